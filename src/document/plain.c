#include "document/plain.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_ENTITY = 32 };

/* Of the two thousand names of HTML those that are written in titles and between links. */
static const struct {
    const char *name;
    unsigned long code;
} entities[] = {{"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},
                {"apos", '\''},    {"nbsp", ' '},     {"ndash", 0x2013},  {"mdash", 0x2014},
                {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201c},  {"rdquo", 0x201d},
                {"bull", 0x2022},  {"middot", 0xb7},  {"hellip", 0x2026}, {"times", 0xd7},
                {"rarr", 0x2192},  {"eacute", 0xe9},  {"ouml", 0xf6},     {"uuml", 0xfc}};

static void append_code_point(struct buffer *buffer, unsigned long code) {
    if (code < 0x80) {
        buffer_append_byte(buffer, (char)code);
        return;
    }
    if (code < 0x800) {
        buffer_append_byte(buffer, (char)(0xc0 | code >> 6));
    } else {
        if (code < 0x10000) {
            buffer_append_byte(buffer, (char)(0xe0 | code >> 12));
        } else {
            buffer_append_byte(buffer, (char)(0xf0 | code >> 18));
            buffer_append_byte(buffer, (char)(0x80 | (code >> 12 & 0x3f)));
        }
        buffer_append_byte(buffer, (char)(0x80 | (code >> 6 & 0x3f)));
    }
    buffer_append_byte(buffer, (char)(0x80 | (code & 0x3f)));
}

/* The character of "#8226" or "amp"; 0 when it is none. */
static unsigned long entity_code(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(entities); i++)
        if (slice_equal_string(name, entities[i].name))
            return entities[i].code;
    if (name.size < 2 || *name.data != '#')
        return 0;
    bool hexadecimal = tolower((unsigned char)name.data[1]) == 'x';
    unsigned long code = 0;
    for (size_t i = 1 + (size_t)hexadecimal; i < name.size; i++) {
        unsigned char digit = (unsigned char)name.data[i];
        if (hexadecimal ? !isxdigit(digit) : !isdigit(digit))
            return 0;
        unsigned value = isdigit(digit) ? digit - '0' : tolower(digit) - 'a' + 10;
        code = code * (hexadecimal ? 16 : 10) + value;
        if (code > 0x10ffff)
            return 0;
    }
    return code >= 0xd800 && code < 0xe000 ? 0 : code;
}

/* Appends the character of the entity at `at`; the offset behind it, or `at` when there is none. */
static size_t append_entity(struct buffer *buffer, struct slice text, size_t at) {
    struct slice rest = slice_part(text, at + 1, at + LONGEST_ENTITY);
    const char *end = rest.size ? memchr(rest.data, ';', rest.size) : NULL;
    size_t size = end ? (size_t)(end - rest.data) : 0;
    unsigned long code = size ? entity_code(slice_part(rest, 0, size)) : 0;
    if (!code)
        return at;
    append_code_point(buffer, code);
    return at + size + 2;
}

static bool is_word(struct slice text, size_t at) {
    return at < text.size &&
           (isalnum((unsigned char)text.data[at]) || (unsigned char)text.data[at] >= 0x80);
}

/* Signs of emphasis and code: "*" and "~~" but between blanks, "_" but within words, "`". */
static bool is_mark(struct slice text, size_t at) {
    char byte = text.data[at];
    bool space_before = !at || isspace((unsigned char)text.data[at - 1]);
    bool space_behind = at + 1 >= text.size || isspace((unsigned char)text.data[at + 1]);
    if (byte == '*')
        return !space_before || !space_behind;
    if (byte == '_')
        return (!space_before || !space_behind) &&
               !(at && is_word(text, at - 1) && is_word(text, at + 1));
    if (byte == '~')
        return (at && text.data[at - 1] == '~') || (at + 1 < text.size && text.data[at + 1] == '~');
    return byte == '`';
}

static bool is_read(enum byte_kind kind) {
    return kind == BYTE_TEXT || kind == BYTE_RAW_TEXT || kind == BYTE_CODE || kind == BYTE_MATH;
}

/* In code only the backticks around it are signs. */
static bool is_dropped(struct slice text, size_t at, enum byte_kind kind) {
    return (kind == BYTE_CODE && text.data[at] == '`') || (kind == BYTE_TEXT && is_mark(text, at));
}

static bool is_break(struct slice text, size_t at) {
    return text.size - at >= strlen("<br>") && !strncasecmp(text.data + at, "<br", 3) &&
           !isalnum((unsigned char)text.data[at + 3]);
}

void plain_append(struct buffer *buffer, const struct document *document, struct span span) {
    struct slice text = slice_part(document->source.bytes, 0, span.end);
    struct buffer read = BUFFER_EMPTY;
    for (size_t at = span.start; at < text.size;) {
        enum byte_kind kind = document->kinds ? (enum byte_kind)document->kinds[at] : BYTE_TEXT;
        size_t behind = at + 1;
        bool entity = text.data[at] == '&' && (kind == BYTE_TEXT || kind == BYTE_RAW_TEXT);
        if (kind == BYTE_TAG && is_break(text, at) && !slice_is_blank(buffer_slice(&read)))
            break;
        if (kind == BYTE_TAG && is_break(text, at))
            buffer_append_byte(&read, ' ');
        if (entity)
            behind = append_entity(&read, text, at);
        if (entity && behind == at)
            buffer_append_byte(&read, text.data[behind++]);
        if (!entity && kind == BYTE_TEXT && text.data[at] == '\\' && behind < text.size &&
            ispunct((unsigned char)text.data[behind]))
            buffer_append_byte(&read, text.data[behind++]);
        else if (!entity && is_read(kind) && !is_dropped(text, at, kind))
            buffer_append_byte(&read, text.data[at]);
        at = behind;
    }
    buffer_append_squeezed(buffer, buffer_slice(&read));
    buffer_release(&read);
}

/*
 * The end of the words that begin at `at`: nothing that Markdown, HTML, Liquid or kramdown could
 * read otherwise.
 */
static size_t words_end(struct slice text, size_t at) {
    if (at >= text.size || !isalpha((unsigned char)text.data[at]))
        return at;
    for (; at < text.size; at++) {
        char byte = text.data[at];
        bool lone_sign = byte == '&' && at + 1 < text.size && text.data[at + 1] == ' ';
        if (!is_word(text, at) && !lone_sign && (!byte || !strchr(" ,.;:()'-", byte)))
            break;
    }
    return at;
}

static bool stands_at(struct slice text, size_t at, const char *expected) {
    return at < text.size && slice_starts_with(slice_part(text, at, text.size), expected);
}

/*
 * The words of "Words", "<b>Words</b>" and either before a "<br>", in one line; empty: it is none
 * of these, and takes a document to read. Behind an indent a tag may be code.
 */
static struct slice only_words(struct slice text, bool indented) {
    static const struct {
        const char *open, *close;
    } tags[] = {{"<strong>", "</strong>"}, {"<b>", "</b>"}, {"<em>", "</em>"}, {"<i>", "</i>"}};
    static const char *const breaks[] = {"<br>", "<br/>", "<br />"};
    enum { LONGEST = 1000 };
    const struct slice none = {NULL, 0};
    const char *close = NULL;
    size_t start = 0;
    for (size_t i = 0; i < COUNT_OF(tags) && !close; i++)
        if (!indented && slice_starts_with(text, tags[i].open)) {
            start = strlen(tags[i].open);
            close = tags[i].close;
        }
    size_t end = words_end(text, start), behind = end;
    if (close && !stands_at(text, end, close))
        return none;
    behind += close ? strlen(close) : 0;
    while (behind < text.size && text.data[behind] == ' ')
        behind++;
    bool whole = behind == text.size;
    for (size_t i = 0; i < COUNT_OF(breaks) && !whole; i++)
        whole = !indented && text.size < LONGEST && !memchr(text.data, '\n', text.size) &&
                !memchr(text.data, '\r', text.size) && !memchr(text.data, '\0', text.size) &&
                stands_at(text, behind, breaks[i]);
    return whole ? slice_part(text, start, end) : none;
}

void plain_append_text(struct buffer *buffer, struct slice text) {
    static const struct document_options options = {.dollar_math = true};
    struct slice trimmed = slice_trim(text);
    struct slice words = only_words(trimmed, trimmed.data != text.data);
    if (words.size) {
        buffer_append_squeezed(buffer, words);
        return;
    }
    struct document *document = document_read(slice_of("text.md"), text, &options);
    if (document->kinds)
        plain_append(buffer, document, (struct span){0, text.size});
    else
        buffer_append_squeezed(buffer, text);
    document_free(document);
}
