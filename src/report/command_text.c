#include "report/command_text.h"

#include <ctype.h>
#include <string.h>

static bool is_one_of(char byte, const char *set) {
    return byte && strchr(set, byte);
}

static bool is_command(struct slice text, size_t offset) {
    static const char *const programs[] = {"git ", "scribelint "};
    struct slice rest = slice_part(text, offset, text.size);
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        size_t size = strlen(programs[i]);
        if (slice_starts_with(rest, programs[i]) && size < rest.size &&
            islower((unsigned char)rest.data[size]))
            return true;
    }
    return false;
}

/* Behind the quote that closes the one at `offset`; a quote without an end opens nothing. */
static size_t skip_quoted(struct slice text, size_t offset) {
    const char quote[] = {text.data[offset], '\0'};
    size_t end = slice_find(text, quote, offset + 1);
    return end == SLICE_NOT_FOUND ? offset + 1 : end + 1;
}

static bool ends_command(struct slice text, size_t offset) {
    size_t next = offset + 1;
    if (text.data[offset] == ' ')
        return next < text.size && text.data[next] == '(';
    return is_one_of(text.data[offset], ",;:)") &&
           (next == text.size || is_one_of(text.data[next], " ,;:.)"));
}

static size_t command_end(struct slice text, size_t offset) {
    while (offset < text.size && !ends_command(text, offset)) {
        if (text.data[offset] == '\'' || text.data[offset] == '"')
            offset = skip_quoted(text, offset);
        else
            offset += text.data[offset] == '\\' && offset + 1 < text.size ? 2 : 1;
    }
    return offset;
}

size_t command_text_word_end(struct slice text, size_t offset) {
    size_t start = offset;
    while (start < text.size && is_one_of(text.data[start], "(\"`"))
        start++;
    if (is_command(text, start))
        offset = command_end(text, start);
    size_t end = offset < text.size ? slice_find(text, " ", offset) : text.size;
    return end == SLICE_NOT_FOUND ? text.size : end;
}
