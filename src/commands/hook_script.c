#include "commands/hook_script.h"

#include "base/memory.h"
#include "git/content_id.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

static const char program_place[] = "'@program@'", checksum_place[] = "@checksum@";
static const char program_line[] = "\nfor program in ",
                  second_program[] = "' scribelint \"${HOME-}";
static const char checksum_line[] = "\n# checksum ";
static const char mark[] = "\n# Installed by scribelint. ";

/* What was installed before scripts had a checksum, with program_place in it. */
static const char *const ids_before_checksums[] = {"071ad7d72603c4cef48a834f81daf9d0efcefb51",
                                                   "8e7cd3f129ffaa3441016742eb29460dbdc64cc5",
                                                   "1861664af0ad18073d3e75967dcc6c5198346185"};

static void append_replaced(struct buffer *text, struct slice whole, size_t start, size_t end,
                            const char *by) {
    buffer_append_slice(text, slice_part(whole, 0, start));
    buffer_append_string(text, by);
    buffer_append_slice(text, slice_part(whole, end, whole.size));
}

static void append_quoted(struct buffer *text, const char *program) {
    buffer_append_byte(text, '\'');
    for (; *program; program++)
        buffer_append_string(text, *program == '\'' ? "'\\''" : (char[]){*program, '\0'});
    buffer_append_byte(text, '\'');
}

/* The checksum is that of the text with its place in it. */
void hook_script_append(struct buffer *text, const struct hook_script *script,
                        const char *program) {
    struct slice whole = slice_of(script->text);
    struct buffer quoted = BUFFER_EMPTY, filled = BUFFER_EMPTY;
    char checksum[OBJECT_ID_SIZE];
    size_t at = slice_find(whole, program_place, 0);
    append_quoted(&quoted, program);
    append_replaced(&filled, whole, at, at + strlen(program_place), buffer_string(&quoted));
    content_hash(checksum, buffer_slice(&filled));
    at = slice_find(buffer_slice(&filled), checksum_place, 0);
    append_replaced(text, buffer_slice(&filled), at, at + strlen(checksum_place), checksum);
    buffer_release(&filled);
    buffer_release(&quoted);
}

bool hook_script_is_ours(struct slice text) {
    size_t line_end = slice_find(text, "\n", 0);
    return line_end != SLICE_NOT_FOUND && slice_find(text, mark, 0) == line_end;
}

static bool has_id(struct slice text, size_t start, size_t end, const char *place,
                   struct slice expected) {
    struct buffer original = BUFFER_EMPTY;
    char id[OBJECT_ID_SIZE];
    append_replaced(&original, text, start, end, place);
    content_hash(id, buffer_slice(&original));
    buffer_release(&original);
    return slice_equal_string(expected, id);
}

static bool was_written_before_checksums(struct slice text) {
    size_t start = slice_find(text, program_line, 0), end;
    if (start == SLICE_NOT_FOUND)
        return false;
    start += strlen(program_line);
    end = slice_find(text, second_program, start);
    for (size_t i = 0; i < COUNT_OF(ids_before_checksums) && end != SLICE_NOT_FOUND; i++)
        if (has_id(text, start, end + 1, program_place, slice_of(ids_before_checksums[i])))
            return true;
    return false;
}

bool hook_script_is_as_written(struct slice text) {
    size_t start = slice_find(text, checksum_line, 0), end;
    if (start == SLICE_NOT_FOUND)
        return was_written_before_checksums(text);
    start += strlen(checksum_line);
    end = slice_find(text, "\n", start);
    return has_id(text, start, end, checksum_place, slice_part(text, start, end));
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
