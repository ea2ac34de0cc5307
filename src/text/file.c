#include "text/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int cannot_read(const char *name, struct error *error) {
    return error_set(error, STATUS_USAGE, "cannot read \"%s\": %s", name, strerror(errno));
}

int file_read_stream(struct buffer *content, FILE *stream, const char *name, size_t limit,
                     struct error *error) {
    enum { CHUNK = 65536 };
    char chunk[CHUNK];
    size_t size;
    do {
        size = fread(chunk, 1, CHUNK, stream);
        buffer_append(content, chunk, size);
    } while (size && content->size <= limit);
    if (ferror(stream))
        return cannot_read(name, error);
    if (content->size > limit)
        return error_set(error, STATUS_USAGE, "\"%s\" is larger than %zu bytes", name, limit);
    return OK;
}

int file_read(struct buffer *content, const char *path, size_t limit, struct error *error) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return cannot_read(path, error);
    int status = file_read_stream(content, file, path, limit, error);
    fclose(file);
    return status;
}
