/*
 * Comments in a note that silence a rule, with a reason:
 *
 *     <!-- scribelint-disable-next-line RULE: reason -->
 *     <!-- scribelint-disable-file RULE: reason -->
 *
 * The first holds for the next line that is not blank.
 */
#ifndef RULES_SUPPRESSION_H
#define RULES_SUPPRESSION_H

#include "rules/subject.h"

struct suppression {
    struct span span; /* the comment */
    struct slice rule;
    struct slice reason; /* empty: none was given, and it silences nothing */
    bool whole_file;
    size_t line; /* that it holds for, unless whole_file */
    bool used;
};

struct suppression_list {
    struct suppression *items;
    size_t count, capacity;
};

/* Reads the document's comments; release with suppressions_release(). */
void suppressions_read(struct suppression_list *list, const struct document *document);
void suppressions_release(struct suppression_list *list);

/* Drops the findings from number `from` on that a comment silences, and marks the comment as used.
 */
void suppressions_apply(struct suppression_list *list, const struct subject *subject, size_t from);

/* Remarks in the subject's verdict on those in use that the change adds at the head. */
void suppressions_note(const struct suppression_list *list, const struct subject *subject);

#endif
