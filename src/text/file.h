/* Files on disk that the user names: configuration and rules. Notes never come from there. */
#ifndef TEXT_FILE_H
#define TEXT_FILE_H

#include "base/error.h"

/* Reads a whole file of at most `limit` bytes; else STATUS_USAGE with the reason. */
int file_read(struct buffer *content, const char *path, size_t limit, struct error *error);

#endif
