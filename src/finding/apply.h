/* Edits put into the bytes of a file. Nothing here knows where these come from or go to. */
#ifndef FINDING_APPLY_H
#define FINDING_APPLY_H

#include "base/buffer.h"
#include "finding/edit.h"

/*
 * True when the outcome of two EDIT_REPLACE of one file would hang on their order: they share
 * bytes, or one puts something in where the other begins or ends.
 */
bool edits_collide(const struct edit *left, const struct edit *right);

/* Sorts by span, as edits_apply() and edits_move_to_disk() want them. */
void edits_sort(struct edit *edits, size_t count);

/* True when `edit` is one of `content` and its `before` stands there. */
bool edit_fits(const struct edit *edit, struct slice content);

/* Appends `content` with the edits, which fit, are sorted and do not collide. */
void edits_apply(struct buffer *result, struct slice content, const struct edit *edits,
                 size_t count);

/*
 * Makes sorted edits of `stored`, a file as Git has it, edits of `disk`, the same file with its
 * line ends on disk. Where these are CRLF, new texts get them, too (copies in `arena`). False, and
 * nothing usable in `edits`, when the two differ in more than that.
 */
bool edits_move_to_disk(struct edit *edits, size_t count, struct slice stored, struct slice disk,
                        struct arena *arena);

/* True when a file may be given this path: relative, no "." or "..", nothing of `.git`. */
bool path_is_harmless(struct slice path);

#endif
