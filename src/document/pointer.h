/* Git LFS keeps a few lines of text in the place of a file that is stored elsewhere. */
#ifndef DOCUMENT_POINTER_H
#define DOCUMENT_POINTER_H

#include "base/slice.h"

/* In bytes. Source: docs/spec.md of Git LFS, "less than 1024 bytes in size". */
enum { LFS_POINTER_LIMIT = 1024 };

/* True when `bytes`, a whole file, are such a pointer. */
bool is_lfs_pointer(struct slice bytes);

#endif
