/* Ids by content, as Git makes them: the same bytes have the same id, wherever they come from. */
#ifndef GIT_CONTENT_ID_H
#define GIT_CONTENT_ID_H

#include "git/snapshot.h"

/* What `git hash-object --stdin` prints for `content`; nothing is written. */
void content_hash(char id[OBJECT_ID_SIZE], struct slice content);

/*
 * True for the id of an empty file: that another has the same content says nothing. False for "",
 * as of no file, and for NULL.
 */
bool content_is_empty(const char *blob_id);

/*
 * The id of the tree that `snapshot` is: of a commit, a merge made in memory, or the empty one.
 * False for the index and the working tree, which are no tree yet.
 */
bool snapshot_tree_id(char id[OBJECT_ID_SIZE], const struct snapshot *snapshot);

#endif
