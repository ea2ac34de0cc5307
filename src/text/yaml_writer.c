#include "text/yaml_writer.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <ctype.h>
#include <string.h>

/* No longer: other readers make it a float. */
enum { MOST_DIGITS = 9 };

static bool is_number(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!isdigit((unsigned char)text.data[i]))
            return false;
    return text.size && text.size <= MOST_DIGITS && *text.data != '0';
}

/* What some readers of YAML take for a truth value, a number or nothing. */
static bool is_special(struct slice text) {
    static const char *const words[] = {"y",   "n",    "yes",   "no",   "on",
                                        "off", "true", "false", "null", "nan"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (slice_equal_ignoring_case(text, slice_of(words[i])))
            return true;
    return false;
}

/* Begins with a letter, and all else are letters, digits and signs that mean nothing in YAML. */
static bool can_be_plain(struct slice text, enum yaml_style style) {
    const char *signs = style == YAML_PROSE ? " -_./+()'&" : "-_./";
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool letter = isalpha(byte) || (byte >= 0x80 && style == YAML_PROSE);
        if (!letter && (!i || (!isdigit(byte) && !strchr(signs, byte))))
            return false;
    }
    return text.size && text.data[text.size - 1] != ' ' && !is_special(text);
}

/* Nothing to escape: all can be seen, no YAML reader refuses it, and "##[" is a command of a log.
 */
static bool is_harmless(struct slice text) {
    struct buffer visible = BUFFER_EMPTY;
    utf8_append_visible(&visible, text);
    bool same = slice_equal(buffer_slice(&visible), text);
    buffer_release(&visible);
    return same && slice_find(text, "##[", 0) == SLICE_NOT_FOUND &&
           slice_find(text, "\uFFFE", 0) == SLICE_NOT_FOUND &&
           slice_find(text, "\uFFFF", 0) == SLICE_NOT_FOUND;
}

static void append_escaped(struct buffer *output, struct slice text) {
    enum { REPLACEMENT = 0xfffd };
    buffer_append_byte(output, '"');
    for (size_t at = 0; at < text.size;) {
        uint32_t code = utf8_next(text, &at);
        if (code < 0x80 && isprint((int)code) && !strchr("\"\\#[", (int)code))
            buffer_append_byte(output, (char)code);
        else
            buffer_append_format(output, "\\U%08X",
                                 code == UTF8_INVALID ? REPLACEMENT : (unsigned)code);
    }
    buffer_append_byte(output, '"');
}

static void append_quoted(struct buffer *output, struct slice text, char quote) {
    buffer_append_byte(output, quote);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\'' && quote == '\'')
            buffer_append_byte(output, quote);
        buffer_append_byte(output, text.data[i]);
    }
    buffer_append_byte(output, quote);
}

void yaml_append_scalar(struct buffer *output, struct slice text, enum yaml_style style) {
    bool needs_single = slice_find(text, "\"", 0) != SLICE_NOT_FOUND ||
                        slice_find(text, "\\", 0) != SLICE_NOT_FOUND;
    if (!is_harmless(text))
        append_escaped(output, text);
    else if (can_be_plain(text, style) || (style == YAML_SETTING && is_number(text)))
        buffer_append_slice(output, text);
    else
        append_quoted(output, text, style == YAML_SETTING || needs_single ? '\'' : '"');
}
