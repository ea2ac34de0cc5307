/* A finding: one thing that a rule says about one place of one side. */
#ifndef FINDING_FINDING_H
#define FINDING_FINDING_H

#include "base/arena.h"
#include "config/severity.h"
#include "finding/edit.h"
#include "text/source.h"

enum finding_state {
    FINDING_INTRODUCED, /* the change answers for it */
    FINDING_FIXED,      /* stood at the base, is gone at the head */
    FINDING_CARRIED,    /* stood at the base and still stands */
};

enum side { SIDE_HEAD, SIDE_BASE };

enum { FINGERPRINT_SIZE = 17 }; /* 16 hexadecimal digits and NUL */

struct finding {
    const char *rule; /* id; lives as long as the rule set */
    enum severity severity;
    enum finding_state state;
    enum side side; /* where path and place belong to: the base for FINDING_FIXED */
    struct slice path;
    struct slice base_path;     /* the path at the base (renames followed), for the fingerprint */
    bool has_place;             /* false: the finding is about the file as a whole */
    struct position start, end; /* end is behind the last character */
    size_t page;                /* of a PDF, which has no lines: has_place is false; 0: none */
    struct slice excerpt;       /* the source line of `start`, raw; on a page the line there; empty
                                   without a place */
    struct slice subject;       /* what the fingerprint holds: the flagged text or a parameter */
    struct slice message;       /* raw: may hold bytes of the checked file */
    struct slice fix;           /* what to do, may be empty */
    struct edit_list edits;     /* what mends it, together; none: no remedy is certain */
    bool on_added_line;         /* head side: `start.line` is one that the change adds */
    char fingerprint[FINGERPRINT_SIZE];
};

/* Findings in a growing list; they and their texts live in its arena. */
struct finding_list {
    struct finding **items;
    size_t count;
    size_t capacity;
    struct arena arena;
};

/* Adds a zeroed finding and returns it. */
struct finding *finding_list_add(struct finding_list *list);

/*
 * Says what mends `finding`, which is of `list`; the edit is copied. Edits have no part in the
 * fingerprint. Nothing happens when `finding` is NULL, as subject_report() may return it.
 */
void finding_add_edit(struct finding_list *list, struct finding *finding, const struct edit *edit);

/*
 * <0, 0 or >0 by path, place (file-level findings first), rule, message, and where those are the
 * same by end, state and fingerprint, so that no order is left to chance.
 */
int finding_order(const struct finding *left, const struct finding *right);

/* Sorts by finding_order(). */
void finding_list_sort(struct finding_list *list);

/* Adds the findings of `other` behind those of `list`; `other` is empty afterwards. */
void finding_list_absorb(struct finding_list *list, struct finding_list *other);

void finding_list_release(struct finding_list *list);

/* "introduced", "fixed", "carried". */
const char *finding_state_name(enum finding_state state);

#endif
