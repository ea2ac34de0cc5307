#include "commands/yaml_text.h"

#include "base/memory.h"
#include "report/safe.h"
#include "text/utf8.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_COMMENT = 240 };

static bool is_number(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!isdigit((unsigned char)text.data[i]))
            return false;
    return text.size && text.size < 10 && *text.data != '0';
}

/* What other readers of YAML take for a truth value or nothing. */
static bool is_special(struct slice text) {
    static const char *const words[] = {"y",   "n",    "yes",   "no",  "on",
                                        "off", "true", "false", "null"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (slice_equal_ignoring_case(text, slice_of(words[i])))
            return true;
    return false;
}

static bool is_word(struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (!isalnum(byte) && (!i || !byte || !strchr("_-./", byte)))
            return false;
    }
    return text.size && isalpha((unsigned char)*text.data) && !is_special(text);
}

/* "#" and "[" too: together they are a command of a log. */
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

void yaml_text_append(struct buffer *output, struct slice text) {
    struct buffer safe = BUFFER_EMPTY;
    safe_append(&safe, text);
    if (is_word(text) || is_number(text)) {
        buffer_append_slice(output, text);
    } else if (!slice_equal(buffer_slice(&safe), text)) {
        append_escaped(output, text);
    } else {
        buffer_append_byte(output, '\'');
        for (size_t i = 0; i < text.size; i++)
            buffer_append_string(output,
                                 text.data[i] == '\'' ? "''" : (const char[]){text.data[i], '\0'});
        buffer_append_byte(output, '\'');
    }
    buffer_release(&safe);
}

void yaml_comment_append(struct buffer *output, struct slice text) {
    buffer_append_string(output, "  # ");
    safe_append_cut(output, text, LONGEST_COMMENT);
    buffer_append_byte(output, '\n');
}
