#include "commands/paths.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Appends the parts of `path` to `joined`; false when ".." leads above the root. */
static bool append_path(struct buffer *joined, struct slice path) {
    for (size_t start = 0; start < path.size;) {
        size_t end = slice_find(path, "/", start);
        end = end == SLICE_NOT_FOUND ? path.size : end;
        struct slice part = slice_part(path, start, end);
        start = end + 1;
        if (slice_equal_string(part, "..")) {
            if (!joined->size)
                return false;
            const char *slash = memrchr(joined->data, '/', joined->size);
            joined->size = slash ? (size_t)(slash - joined->data) : 0;
            joined->data[joined->size] = '\0';
        } else if (part.size && !slice_equal_string(part, ".")) {
            if (joined->size)
                buffer_append_byte(joined, '/');
            buffer_append_slice(joined, part);
        }
    }
    return true;
}

static bool stands_on_a_side(const struct sides *sides, struct slice path) {
    return snapshot_find(sides->head, path).kind != ENTRY_NONE ||
           (sides->base && snapshot_find(sides->base, path).kind != ENTRY_NONE);
}

static int resolve(struct slice *path, const char *operand, const char *prefix,
                   const struct sides *sides, struct error *error) {
    struct buffer joined = BUFFER_EMPTY;
    bool inside = *operand != '/' && append_path(&joined, slice_of(prefix)) &&
                  append_path(&joined, slice_of(operand));
    *path = (struct slice){NULL, joined.size};
    path->data = buffer_detach(&joined);
    if (!inside)
        return error_set(error, STATUS_USAGE,
                         "\"%s\" is not below the repository; give paths relative to it", operand);
    if (!stands_on_a_side(sides, *path))
        return error_set(error, STATUS_USAGE, "neither side has a file or folder \"%s\"",
                         path->data);
    return OK;
}

int paths_resolve(struct text_list *paths, const struct operands *operands,
                  const struct sides *sides, struct error *error) {
    char *prefix = repository_prefix(sides->repository);
    int status = OK;
    paths->items = memory_allocate(operands->count, sizeof *paths->items);
    for (size_t i = 0; status == OK && i < operands->count; i++) {
        status = resolve(&paths->items[i], operands->items[i], prefix, sides, error);
        paths->count++;
    }
    free(prefix);
    return status;
}

void paths_release(struct text_list *paths) {
    for (size_t i = 0; i < paths->count; i++)
        free((char *)paths->items[i].data);
    free(paths->items);
}
