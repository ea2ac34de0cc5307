/* Who wrote a file and when, from the commits of a branch. */
#ifndef GIT_HISTORY_H
#define GIT_HISTORY_H

#include "base/arena.h"
#include "git/repository.h"

/*
 * A commit that touches a path. Author dates: the committer's change when others rebase. A commit
 * that only renames the file leaves the `blob` of the touch before it.
 */
struct touch {
    char commit[OBJECT_ID_SIZE];
    struct slice author, mail; /* as in the commit, mailmap not applied */
    struct slice subject;      /* first line of the message */
    long long when;            /* author date, seconds since 1970 */
    int offset;                /* minutes east of UTC, as the author's clock had it */
    struct slice *co_authors;  /* "Name <mail>" of the Co-authored-by trailers */
    size_t co_author_count;
    char blob[OBJECT_ID_SIZE]; /* what stands at the path after it; "" when deleted */
};

/* The commits that touch one path, oldest first. */
struct file_history {
    struct touch *touches;
    size_t count;
    bool cut; /* the history is shallow or has an absent commit: older ones may be missing */
};

struct history;

/*
 * Reads the commits reachable from `head` (NULL: unborn, there are none) and not from `base` (NULL:
 * all), each compared with its parent, merges left out (what they bring was written in their
 * second parents). `wanted` says for which paths; renames without a change of content are followed,
 * and a commit that deletes exactly one wanted file and adds exactly one, so that the name at the
 * head finds the older touches. Where parents cannot be read, the walk ends
 * (`cut`). Nothing is kept of other paths. STATUS_UNDECIDED when head or base is not in this clone.
 * Free with history_free().
 */
int history_read(struct history **history, struct repository *repository, const char *head,
                 const char *base, bool (*wanted)(struct slice path, void *context), void *context,
                 struct error *error);
void history_free(struct history *history);

/*
 * The history of `path` as it is named at the head; NULL: no commit touches it. When the history is
 * cut that is not known, and the answer is one without touches.
 */
const struct file_history *history_find(const struct history *history, struct slice path);

/*
 * All paths with their histories, in byte order. `*at` is 0 at first and moves on; false at the
 * end:
 *
 *     for (size_t at = 0; history_next(history, &at, &path, &file);)
 */
bool history_next(const struct history *history, size_t *at, struct slice *path,
                  const struct file_history **file);

#endif
