#include "commands/paths.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* An absolute path with the links in its folder followed, for free(); NULL when no such folder is
 * there. */
static char *follow_links(const char *operand) {
    const char *slash = *operand == '/' ? strrchr(operand, '/') : NULL;
    struct buffer path = BUFFER_EMPTY;
    if (!slash)
        return NULL;
    buffer_append(&path, operand, (size_t)(slash - operand));
    char *folder = realpath(path.size ? buffer_string(&path) : "/", NULL);
    buffer_release(&path);
    if (!folder)
        return NULL;
    buffer_append_format(&path, "%s%s", folder, slash);
    free(folder);
    return buffer_detach(&path);
}

/* As Git has it, whatever the folder that the user stands in. */
static const char root_magic[] = ":/";

int path_from_root(struct buffer *path, const char *operand, struct repository *repository,
                   struct error *error) {
    bool from_root = !strncmp(operand, root_magic, strlen(root_magic));
    char *prefix = from_root ? memory_copy_string("") : repository_prefix(repository);
    operand += from_root ? strlen(root_magic) : 0;
    const char *absolute = from_root ? operand : find_below_root(operand, prefix);
    char *followed = absolute ? NULL : follow_links(operand);
    if (followed)
        absolute = find_below_root(followed, prefix);
    bool inside = absolute ? append_path(path, slice_of(absolute))
                           : *operand != '/' && append_path(path, slice_of(prefix)) &&
                                 append_path(path, slice_of(operand));
    free(prefix);
    free(followed);
    if (path->size && slice_ends_with(slice_of(operand), "/"))
        buffer_append_byte(path, '/');
    return inside ? OK
                  : error_set(error, STATUS_USAGE,
                              "\"%s\" is not below the repository; give paths relative to it",
                              operand);
}

/* From the root to where the user stands, with a slash at the end; for free(). */
static char *find_user(struct repository *repository) {
    char *prefix = repository_prefix(repository);
    const char *told = getenv("GIT_PREFIX"); /* by Git, which left that folder */
    struct buffer joined = BUFFER_EMPTY;
    if (*prefix || !told || *told == '/' || !append_path(&joined, slice_of(told)) || !joined.size) {
        buffer_release(&joined);
        return prefix;
    }
    free(prefix);
    buffer_append_byte(&joined, '/');
    return buffer_detach(&joined);
}

/* `path` from the folder `here`, which has a slash at its end. */
static void append_relative(struct buffer *output, struct slice here, struct slice path) {
    size_t shared = 0, end;
    while ((end = slice_find(here, "/", shared)) != SLICE_NOT_FOUND && end <= path.size &&
           slice_equal(slice_part(here, shared, end), slice_part(path, shared, end)) &&
           (end == path.size || path.data[end] == '/'))
        shared = end + 1;
    struct slice rest = slice_part(path, shared, path.size);
    for (size_t i = shared; i < here.size; i++)
        if (here.data[i] == '/')
            buffer_append_string(output, i + 1 < here.size || rest.size ? "../" : "..");
    /* Neither an option nor what Git takes for the magic of a path. */
    if (slice_starts_with(rest, "-") || slice_starts_with(rest, ":"))
        buffer_append_string(output, shared == here.size ? "./" : "");
    buffer_append_slice(output, rest);
    if (!rest.size && shared == here.size)
        buffer_append_byte(output, '.');
}

void path_append_from_here(struct buffer *output, struct repository *repository,
                           struct slice path) {
    char *here = find_user(repository);
    append_relative(output, slice_of(here), path);
    free(here);
}

static bool is_on_disk(const struct sides *sides, struct slice path) {
    const char *root = repository_root(sides->repository);
    struct buffer file = BUFFER_EMPTY;
    buffer_append_format(&file, "%s/", root ? root : "");
    buffer_append_slice(&file, path);
    bool there = root && path.size && access(buffer_string(&file), F_OK) == 0;
    buffer_release(&file);
    return there;
}

/* Reports print paths from the root, and shells leave quoted patterns alone. */
static int say_not_there(const char *operand, struct slice path, const struct sides *sides,
                         struct error *error) {
    struct buffer advice = BUFFER_EMPTY, from_root = BUFFER_EMPTY;
    if (is_on_disk(sides, path))
        buffer_append_string(
            &advice, "; it is only on your disk: git add it first, or look there with scribelint "
                     "check --worktree");
    else if (*operand && append_path(&from_root, slice_of(operand)) && from_root.size &&
             stands_on_a_side(sides, buffer_slice(&from_root)))
        buffer_append_format(&advice, "; from the top of the repository it is \":/%s\"",
                             buffer_string(&from_root));
    else if (strpbrk(operand, "*?["))
        buffer_append_string(&advice, "; patterns are for the shell: write them without quotes");
    error_set(error, STATUS_USAGE, "neither side has a file or folder \"%s\"%s", path.data,
              buffer_string(&advice));
    buffer_release(&advice);
    buffer_release(&from_root);
    return STATUS_USAGE;
}

static int resolve(struct slice *path, const char *operand, const struct sides *sides,
                   struct error *error) {
    struct buffer joined = BUFFER_EMPTY;
    if (!*operand)
        return error_set(error, STATUS_USAGE,
                         "a PATH is empty; for all of the folder you are in write: .");
    int status = path_from_root(&joined, operand, sides->repository, error);
    bool found = status == OK && stands_on_a_side(sides, buffer_slice(&joined));
    *path = (struct slice){NULL, joined.size};
    path->data = buffer_detach(&joined);
    if (path->size && path->data[path->size - 1] == '/')
        path->size--;
    if (status == OK && !found)
        return say_not_there(operand, *path, sides, error);
    return status;
}

int paths_resolve(struct text_list *paths, const struct operands *operands,
                  const struct sides *sides, struct error *error) {
    int status = OK;
    paths->items = memory_allocate(operands->count, sizeof *paths->items);
    for (size_t i = 0; status == OK && i < operands->count; i++) {
        status = resolve(&paths->items[i], operands->items[i], sides, error);
        paths->count++;
    }
    return status;
}

void paths_release(struct text_list *paths) {
    for (size_t i = 0; i < paths->count; i++)
        free((char *)paths->items[i].data);
    free(paths->items);
}
