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

/* The part of an absolute path that is below the root, or NULL; `prefix` leads from there to here.
 */
static const char *find_below_root(const char *operand, const char *prefix) {
    char *here = *operand == '/' ? realpath(".", NULL) : NULL;
    size_t size = here ? strlen(here) - strlen(prefix) : 0;
    const char *rest = here && !strncmp(operand, here, size) ? operand + size : NULL;
    free(here);
    return rest && (*rest == '/' || !*rest) ? rest : NULL;
}

/* A slash at the end asks for a folder. */
static int resolve(struct slice *path, const char *operand, const char *prefix,
                   const struct sides *sides, struct error *error) {
    struct buffer joined = BUFFER_EMPTY;
    const char *absolute = find_below_root(operand, prefix);
    bool inside = absolute ? append_path(&joined, slice_of(absolute))
                           : *operand != '/' && append_path(&joined, slice_of(prefix)) &&
                                 append_path(&joined, slice_of(operand));
    size_t size = joined.size;
    if (size && slice_ends_with(slice_of(operand), "/"))
        buffer_append_byte(&joined, '/');
    bool found = inside && *operand && stands_on_a_side(sides, buffer_slice(&joined));
    *path = (struct slice){NULL, size};
    path->data = buffer_detach(&joined);
    if (!inside)
        return error_set(error, STATUS_USAGE,
                         "\"%s\" is not below the repository; give paths relative to it", operand);
    if (!found)
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
