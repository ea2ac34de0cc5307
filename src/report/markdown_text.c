#include "report/markdown_text.h"

#include "text/utf8.h"

#include <string.h>

/* Splits a word for what GitHub looks for in the finished page: accounts, issues, emoji. */
#define SPLIT "<!-- -->"

static void append_reference(struct buffer *output, char byte) {
    buffer_append_format(output, "&#%u;", (unsigned)(unsigned char)byte);
}

static bool ends_word(struct slice text, size_t at) {
    return at + 1 >= text.size || text.data[at + 1] == ' ';
}

/* "http://" and "www." become links of themselves, ":tada:" a picture. */
static bool is_markup(struct slice text, size_t at) {
    char byte = text.data[at], before = at ? text.data[at - 1] : ' ';
    if (byte == ':')
        return !ends_word(text, at);
    if (byte == '.')
        return (before == 'w' || before == 'W') && !ends_word(text, at);
    return strchr("\\`*_{}[]<>#|~&^\"@", byte) != NULL;
}

/* `text` is visible already. */
static void append_escaped(struct buffer *output, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        if (byte == '$') { /* GitHub's own way to have one that begins no formula */
            buffer_append_string(output, "<span>&#36;</span>");
            continue;
        }
        if (!is_markup(text, i)) {
            buffer_append_byte(output, byte);
            continue;
        }
        append_reference(output, byte);
        if (strchr("@#:", byte))
            buffer_append_string(output, SPLIT);
    }
}

void markdown_append(struct buffer *output, struct slice text) {
    struct buffer visible = BUFFER_EMPTY;
    utf8_append_visible(&visible, text);
    append_escaped(output, buffer_slice(&visible));
    buffer_release(&visible);
}

void markdown_append_cut(struct buffer *output, struct slice text, size_t limit) {
    size_t end = text.size <= limit ? text.size : limit;
    while (end && end < text.size && ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    markdown_append(output, slice_part(text, 0, end));
    if (end < text.size)
        buffer_append_string(output, "\u2026");
}

void markdown_append_code(struct buffer *output, struct slice text, size_t limit) {
    buffer_append_string(output, "<code>");
    markdown_append_cut(output, text, limit);
    buffer_append_string(output, "</code>");
}

static bool is_shown_as_it_is(struct slice line) {
    struct buffer visible = BUFFER_EMPTY;
    bool same = true;
    for (size_t at = 0; same && at <= line.size;) {
        size_t tab = slice_find(line, "\t", at);
        struct slice part = slice_part(line, at, tab);
        buffer_clear(&visible);
        utf8_append_visible(&visible, part);
        same = slice_equal(part, buffer_slice(&visible));
        at += part.size + 1;
    }
    buffer_release(&visible);
    return same;
}

static struct slice next_line(struct slice text, size_t *at) {
    struct slice line = slice_part(text, *at, slice_find(text, "\n", *at));
    *at += line.size + 1;
    return line;
}

/* <pre> instead of a fence: in a fence a line could not be escaped, and could close it. */
bool markdown_append_block(struct buffer *output, const char *language, struct slice text) {
    for (size_t at = 0; at < text.size;)
        if (!is_shown_as_it_is(next_line(text, &at)))
            return false;
    buffer_append_format(output, "<pre lang=\"%s\">", language);
    for (size_t at = 0; at < text.size;) {
        struct slice line = next_line(text, &at);
        for (size_t i = 0; i < line.size; i++) {
            if (strchr("&<>:#@[", line.data[i]))
                append_reference(output, line.data[i]);
            else
                buffer_append_byte(output, line.data[i]);
        }
        buffer_append_byte(output, '\n');
    }
    buffer_append_string(output, "</pre>\n");
    return true;
}
