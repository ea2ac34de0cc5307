/* The rules that are for a file, one side of it at a time. */
#ifndef RULES_RUN_H
#define RULES_RUN_H

#include "rules/review.h"

/* One side or both of a review, as one thread sees it. */
struct run {
    struct review *review; /* with snapshots that no other thread has; all else is shared */
    struct verdict *verdict;
    struct finding_list base_findings;
    bool *only; /* one for each rule, false: it is left out; NULL: all take part */
};

/* What a file says, for both runs over one side of it; zeroed at first. */
struct content {
    struct buffer bytes;
    struct document *document; /* NULL: not read yet */
};

void content_release(struct content *content);

/*
 * Runs the rules about what stands in a file, or those about the change itself, and adds what they
 * find to `subject->findings`. `content` is read when one of them wants it, and kept for the next
 * run. False when content was wanted and could not be read; the verdict has a remark then.
 */
bool run_rules(struct run *run, struct subject *subject, bool about_changes,
               struct content *content);

/*
 * The rules that must run at the base to tell which of the head's findings from `first` on are new,
 * true for each; NULL: all must. The caller frees it.
 */
bool *run_find_deciding_rules(const struct run *run, size_t first);

/* Copies both texts. */
void run_remark(struct run *run, struct remark_list *list, struct slice path, const char *reason);

#endif
