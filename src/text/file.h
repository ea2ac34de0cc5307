/* Files on disk that the user names: configuration and rules. Notes never come from there. */
#ifndef TEXT_FILE_H
#define TEXT_FILE_H

#include "base/error.h"

#include <stdio.h>

/* Reads a whole file of at most `limit` bytes; else STATUS_USAGE with the reason. */
int file_read(struct buffer *content, const char *path, size_t limit, struct error *error);

/* The same for what is open; `name` is for the message. */
int file_read_stream(struct buffer *content, FILE *stream, const char *name, size_t limit,
                     struct error *error);

#endif
