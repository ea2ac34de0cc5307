/* What changed between two snapshots as text that `git apply` takes. */
#ifndef GIT_PATCH_H
#define GIT_PATCH_H

#include "git/snapshot.h"

/*
 * Appends the patch that makes the file at `old_path` of `from` that at `new_path` of `to`, as
 * `git diff` writes it: with extended headers for a rename, odd names quoted, and always as text.
 * Nothing when the two are the same. No file at one of them: STATUS_NOT_FOUND; a blob that can't be
 * read: STATUS_UNDECIDED.
 */
int patch_append(struct buffer *patch, const struct snapshot *from, struct slice old_path,
                 const struct snapshot *to, struct slice new_path, struct error *error);

#endif
