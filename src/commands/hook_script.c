#include "commands/hook_script.h"

#include "base/memory.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

static const char place[] = "'@program@'";
static const char mark[] = "\n# Installed by scribelint. ";

void hook_script_append(struct buffer *text, const struct hook_script *script,
                        const char *program) {
    struct slice whole = slice_of(script->text);
    size_t at = slice_find(whole, place, 0);
    buffer_append_slice(text, slice_part(whole, 0, at));
    buffer_append_byte(text, '\'');
    for (; *program; program++)
        buffer_append_string(text, *program == '\'' ? "'\\''" : (char[]){*program, '\0'});
    buffer_append_byte(text, '\'');
    buffer_append_slice(text, slice_part(whole, at + strlen(place), whole.size));
}

bool hook_script_is_ours(struct slice text) {
    size_t line_end = slice_find(text, "\n", 0);
    return line_end != SLICE_NOT_FOUND && slice_find(text, mark, 0) == line_end;
}

bool hook_script_is_as_written(struct slice text, const struct hook_script *script) {
    struct slice whole = slice_of(script->text);
    size_t at = slice_find(whole, place, 0);
    struct slice end = slice_part(whole, at + strlen(place), whole.size);
    return text.size >= at + end.size &&
           slice_equal(slice_part(text, 0, at), slice_part(whole, 0, at)) &&
           slice_equal(slice_part(text, text.size - end.size, text.size), end) &&
           slice_find(slice_part(text, at, text.size - end.size), "\n", 0) == SLICE_NOT_FOUND;
}

/* The absolute path of the file that runs, or NULL. Release with free(). */
static char *find_running(void) {
#ifdef __APPLE__
    char path[PATH_MAX];
    uint32_t size = sizeof path;
    return _NSGetExecutablePath(path, &size) == 0 ? realpath(path, NULL) : NULL;
#else
    return realpath("/proc/self/exe", NULL);
#endif
}

static bool leads_to(const char *path, const char *file) {
    char *real = realpath(path, NULL);
    bool same = real && file && !strcmp(real, file) && access(path, X_OK) == 0;
    free(real);
    return same;
}

/* Relative entries of the PATH mean another place in each folder. */
static char *find_on_path(const char *file) {
    const char *folders = getenv("PATH");
    for (struct slice rest = slice_of(folders); rest.size;) {
        size_t colon = slice_find(rest, ":", 0);
        struct slice folder = slice_part(rest, 0, colon);
        rest = colon == SLICE_NOT_FOUND ? slice_of("") : slice_part(rest, colon + 1, rest.size);
        struct buffer path = BUFFER_EMPTY;
        buffer_append_slice(&path, folder);
        buffer_append_string(&path, "/scribelint");
        if (slice_starts_with(folder, "/") && leads_to(buffer_string(&path), file))
            return buffer_detach(&path);
        buffer_release(&path);
    }
    return NULL;
}

char *hook_program_find(void) {
    char *file = find_running();
    char *path = file ? find_on_path(file) : NULL;
    if (!path)
        return file ? file : memory_copy_string("");
    free(file);
    return path;
}
