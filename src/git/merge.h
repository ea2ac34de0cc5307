/* Merging two commits in memory: what a pull request would make of its target. */
#ifndef GIT_MERGE_H
#define GIT_MERGE_H

#include "git/snapshot.h"

/*
 * The files of `target_id` after merging `head_id` into it as `git merge` would; the snapshot is
 * named after `head_id`. Nothing is written. Where they conflict, `*merged` is NULL and the paths
 * are appended to `conflicts`, at most three of them, for a message. No common ancestor, or objects
 * that this clone lacks: STATUS_UNDECIDED. Release with snapshot_close().
 */
int merge_in_memory(struct snapshot **merged, struct repository *repository, const char *target_id,
                    const char *head_id, struct buffer *conflicts, struct error *error);

#endif
