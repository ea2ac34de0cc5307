#include "course/skeleton_value.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <ctype.h>
#include <string.h>

static bool is_blank(uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xa0 ||
           code == 0x2028 || code == 0x2029;
}

/* Controls, zero-width and bidirectional marks, tags: YAML refuses some, readers see none. */
static bool is_hidden(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad ||
           (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code & 0xfffe) == 0xfffe ||
           (code >= 0xe0000 && code <= 0xe007f);
}

void skeleton_append_clean(struct buffer *buffer, struct slice text) {
    struct buffer valid = BUFFER_EMPTY;
    utf8_append_valid(&valid, text);
    struct slice rest = buffer_slice(&valid);
    size_t first = buffer->size;
    bool gap = false;
    for (size_t at = 0; at < rest.size;) {
        size_t start = at;
        uint32_t code = utf8_next(rest, &at);
        if (is_blank(code)) {
            gap = buffer->size > first;
        } else if (!is_hidden(code)) {
            if (gap)
                buffer_append_byte(buffer, ' ');
            buffer_append_slice(buffer, slice_part(rest, start, at));
            gap = false;
        }
    }
    buffer_release(&valid);
}

/* What readers of YAML take for something other than a text. */
static bool is_special(struct slice text) {
    static const char *const words[] = {"y",   "n",    "yes",   "no",   "on",
                                        "off", "true", "false", "null", "nan"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (slice_equal_ignoring_case(text, slice_of(words[i])))
            return true;
    return false;
}

/* Begins with a letter, and holds letters, digits, blanks and signs that mean nothing in YAML. */
static bool can_be_plain(struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < 0x80 && !isalnum(byte) && (!i || !strchr(" -_./+()'&", byte)))
            return false;
    }
    return text.size && !isdigit((unsigned char)*text.data) && !is_special(text);
}

void skeleton_append_scalar(struct buffer *buffer, struct slice text) {
    struct buffer clean = BUFFER_EMPTY;
    skeleton_append_clean(&clean, text);
    struct slice shown = buffer_slice(&clean);
    bool single = slice_find(shown, "\"", 0) != SLICE_NOT_FOUND ||
                  slice_find(shown, "\\", 0) != SLICE_NOT_FOUND;
    const char *quote = can_be_plain(shown) ? "" : single ? "'" : "\"";
    buffer_append_string(buffer, quote);
    for (size_t i = 0; i < shown.size; i++) {
        if (*quote == '\'' && shown.data[i] == '\'')
            buffer_append_byte(buffer, '\'');
        buffer_append_byte(buffer, shown.data[i]);
    }
    buffer_append_string(buffer, quote);
    buffer_release(&clean);
}
