/* What changed inside a file, by lines. Private to this folder. */
#ifndef GIT_LINE_CHANGES_H
#define GIT_LINE_CHANGES_H

#include "git/change_set.h"
#include "git/internal.h"

/*
 * Fills `added` and `blank_only` of a change whose other members are set, from its two blobs
 * (`old_id` NULL when the base has no text there). `arena` holds the ranges.
 */
int line_changes_find(struct change *change, struct repository *repository, const git_oid *old_id,
                      const git_oid *new_id, struct arena *arena, struct error *error);

#endif
