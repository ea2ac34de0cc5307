#include "rules/message.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_VALUE = 120 };

static const char shell_prefix[] = "sh:";

struct piece {
    struct span span; /* with its braces */
    struct slice name;
    bool for_shell;
};

static bool is_name_byte(char byte) {
    return isalpha((unsigned char)byte) || byte == '-' || byte == ':';
}

/* The place that starts at `at`, or false: "{{" starts none. */
static bool read_piece(struct slice text, size_t at, struct piece *piece) {
    size_t end = at + 1;
    if (text.data[at] != '{' || (at && text.data[at - 1] == '{'))
        return false;
    while (end < text.size && is_name_byte(text.data[end]))
        end++;
    if (end == at + 1 || end == text.size || text.data[end] != '}')
        return false;
    piece->span = (struct span){at, end + 1};
    piece->name = slice_part(text, at + 1, end);
    piece->for_shell = slice_starts_with(piece->name, shell_prefix);
    if (piece->for_shell)
        piece->name = slice_part(piece->name, strlen(shell_prefix), piece->name.size);
    return true;
}

static struct slice find_text(const struct place *places, size_t count, struct slice name) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal_string(name, places[i].name))
            return places[i].text;
    return (struct slice){NULL, 0};
}

static void append_value(struct buffer *buffer, struct slice text) {
    size_t size = text.size;
    if (size > LONGEST_VALUE) {
        size = LONGEST_VALUE;
        while (size && ((unsigned char)text.data[size] & 0xc0) == 0x80)
            size--;
    }
    for (size_t i = 0; i < size; i++)
        if (text.data[i] != '\r' || i + 1 == text.size || text.data[i + 1] != '\n')
            buffer_append_byte(buffer, isspace((unsigned char)text.data[i]) ? ' ' : text.data[i]);
    if (size < text.size)
        buffer_append_string(buffer, "…");
}

static bool is_plain_word(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!isalnum((unsigned char)text.data[i]) && !strchr("_./@%+=:,-", text.data[i]))
            return false;
    return text.size > 0;
}

/* To Git a path may be an option or a pattern, quoted or not. */
static const char *find_prefix(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (strchr("*?[\\", text.data[i]))
            return ":(literal)";
    return slice_starts_with(text, "-") || slice_starts_with(text, ":") ? "./" : "";
}

static void append_shell_word(struct buffer *buffer, struct slice text) {
    const char *prefix = find_prefix(text);
    if (is_plain_word(text)) {
        buffer_append_string(buffer, prefix);
        buffer_append_slice(buffer, text);
        return;
    }
    buffer_append_byte(buffer, '\'');
    buffer_append_string(buffer, prefix);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\'')
            buffer_append_string(buffer, "'\\''");
        else
            buffer_append_byte(buffer, text.data[i]);
    }
    buffer_append_byte(buffer, '\'');
}

struct slice message_expand(struct arena *arena, struct slice text, const struct place *places,
                            size_t count) {
    struct buffer buffer = BUFFER_EMPTY;
    for (size_t at = 0; at < text.size;) {
        struct piece piece;
        if (!read_piece(text, at, &piece)) {
            buffer_append_byte(&buffer, text.data[at++]);
            continue;
        }
        struct slice value = find_text(places, count, piece.name);
        if (piece.for_shell)
            append_shell_word(&buffer, value);
        else
            append_value(&buffer, value);
        at = piece.span.end;
    }
    struct slice copy = arena_copy(arena, slice_trim(buffer_slice(&buffer)));
    buffer_release(&buffer);
    return copy;
}

bool message_next_place(struct slice text, size_t *at, struct slice *name) {
    struct piece piece;
    for (; *at < text.size; ++*at) {
        if (read_piece(text, *at, &piece)) {
            *name = piece.name;
            *at = piece.span.end;
            return true;
        }
    }
    return false;
}

void message_append_range(struct buffer *text, long least, long most) {
    if (least && most && least != most)
        buffer_append_format(text, "%ld to %ld", least, most);
    else if (least == most)
        buffer_append_format(text, "%ld", least);
    else
        buffer_append_format(text, "at %s %ld", most ? "most" : "least", most ? most : least);
}
