/* The line of first parents: what was done to a branch, one merge or commit at a time. */
#ifndef GIT_FIRST_PARENTS_H
#define GIT_FIRST_PARENTS_H

#include "git/repository.h"

struct line_commit {
    char id[OBJECT_ID_SIZE];
    char parent_id[OBJECT_ID_SIZE]; /* the first; "" of a root */
    char merged_id[OBJECT_ID_SIZE]; /* the second; "" when it is no merge */
    struct slice subject;           /* first line of the message; valid during the call */
    int year;                       /* in which it was committed, UTC */
    long long when;                 /* author date, seconds since 1970 */
    int offset;                     /* minutes east of UTC, as the author's clock had it */
};

/* Return false to stop. */
typedef bool line_visitor(const struct line_commit *commit, void *context);

/*
 * Visits the commits from `head` (an id) back along first parents, at most `limit` of them. Where
 * history is cut off it ends without a word: `*cut` (may be NULL) tells, also that the limit was
 * reached. STATUS_UNDECIDED when `head` itself can't be read.
 */
int first_parents_visit(struct repository *repository, const char *head, size_t limit,
                        line_visitor *visitor, void *context, bool *cut, struct error *error);

#endif
