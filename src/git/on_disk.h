/* What only the working tree can tell about a path: for hints to people, never for findings. */
#ifndef GIT_ON_DISK_H
#define GIT_ON_DISK_H

#include "git/snapshot.h"

enum disk_state {
    DISK_NOTHING,   /* no regular file stands there, or there is no working tree */
    DISK_UNTRACKED, /* a file that Git would add */
    DISK_IGNORED,   /* a file that it adds only with -f */
};

/* What stands at `path`, from the root, where the index has nothing. Paths that leave it: nothing.
 */
enum disk_state disk_look(struct repository *repository, struct slice path);

/* Called with the path, from the root, of a file; stop by returning false. */
typedef bool disk_visitor(struct slice path, void *context);

/* Visits the files on disk that Git does not track and does not ignore. Unreadable: none. */
void disk_visit_untracked(struct repository *repository, disk_visitor *visitor, void *context);

/*
 * True when the file at `path` could be read and is not, as `git add` would take it, the blob that
 * `staged` names. Nothing is written.
 */
bool disk_differs(struct repository *repository, struct slice path, const struct entry *staged);

#endif
