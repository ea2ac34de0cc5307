#include "text/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

int file_read(struct buffer *content, const char *path, size_t limit, struct error *error) {
    enum { CHUNK = 65536 };
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_set(error, STATUS_USAGE, "cannot read \"%s\": %s", path, strerror(errno));
    char chunk[CHUNK];
    size_t size;
    do {
        size = fread(chunk, 1, CHUNK, file);
        buffer_append(content, chunk, size);
    } while (size && content->size <= limit);
    int problem = ferror(file) ? errno : 0;
    fclose(file);
    if (problem)
        return error_set(error, STATUS_USAGE, "cannot read \"%s\": %s", path, strerror(problem));
    if (content->size > limit)
        return error_set(error, STATUS_USAGE, "\"%s\" is larger than %zu bytes", path, limit);
    return OK;
}
