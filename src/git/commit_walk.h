/*
 * The commits between two others, children before their parents, as far as this clone has them.
 * Not git_revwalk: before libgit2 1.7 it gives nothing at all where a parent is absent.
 *
 *     if (commit_walk_open(&walk, repository, head, base, error) == OK)
 *         for (size_t i = 0; i < walk.count; i++)
 *             look_at(walk.commits[i]);
 *     commit_walk_release(&walk);
 */
#ifndef GIT_COMMIT_WALK_H
#define GIT_COMMIT_WALK_H

#include "base/arena.h"
#include "git/internal.h"

struct walk_commit {
    git_oid id;
    git_commit *commit;           /* NULL: not in this clone, or unreadable */
    struct walk_commit **parents; /* hidden and absent ones too */
    size_t parent_count;
    bool cut;            /* has parents that the boundary of a shallow clone hides */
    bool hidden;         /* reachable from the base */
    bool queued, loaded; /* of the walk itself */
    size_t children;     /* of the walk itself: those not given out yet */
    const void *memo;    /* the caller's; NULL at first */
};

struct commit_walk {
    struct walk_commit **commits; /* topological, then newest first; equal times by id */
    size_t count;
    bool cut; /* some commit between the two could not be read */
    struct walk_commit **table;
    size_t table_size, known; /* slots, and those in use */
    struct arena arena;
};

/*
 * The commits reachable from `head` and not from `base` (NULL: all), both as hexadecimal digits.
 * STATUS_UNDECIDED when one of these two is not in this clone. `walk` is filled anew; release it
 * with commit_walk_release(), also after a failure.
 */
int commit_walk_open(struct commit_walk *walk, struct repository *repository, const char *head,
                     const char *base, struct error *error);
void commit_walk_release(struct commit_walk *walk);

#endif
