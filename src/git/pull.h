/* Pull requests as Git sees them: a ref that was fetched, and perhaps the merge that took it in. */
#ifndef GIT_PULL_H
#define GIT_PULL_H

#include "git/upstream.h"

/*
 * The head of pull request `number`: refs/pull/N/head, or below refs/remotes/ of the upstream's
 * remote pull/N/head or pr/N. Without one, STATUS_UNDECIDED with the `git fetch` that brings it.
 */
int pull_find_head(struct repository *repository, const struct upstream *upstream, unsigned number,
                   char head_id[OBJECT_ID_SIZE], struct error *error);

/* The numbers of all that have such a ref, ascending. Release `*numbers` with free(). */
int pull_list(unsigned **numbers, size_t *count, struct repository *repository,
              const struct upstream *upstream, struct error *error);

/*
 * The merge that brought `head_id` into `target_id`: the first commit on the line of first parents
 * that has it. `before_id` is that commit's first parent. STATUS_NOT_FOUND (no message) when the
 * target does not have the head; STATUS_UNDECIDED when no merge brought it, since the head is on
 * the line itself, or when history is cut off.
 */
int pull_find_merge(struct repository *repository, const char *target_id, const char *head_id,
                    char merge_id[OBJECT_ID_SIZE], char before_id[OBJECT_ID_SIZE],
                    struct error *error);

#endif
