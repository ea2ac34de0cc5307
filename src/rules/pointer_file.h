/* Files of a snapshot that are Git LFS pointers. */
#ifndef RULES_POINTER_FILE_H
#define RULES_POINTER_FILE_H

#include "git/snapshot.h"

/*
 * True when the file at `path` is one. A file that is larger than any pointer is not read; one that
 * can't be read (partial clone) is none.
 */
bool is_pointer_file(const struct snapshot *snapshot, struct slice path);

#endif
