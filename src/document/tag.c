#include "document/tag.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* kramdown: Kramdown::Parser::Html::Constants::HTML_SPAN_ELEMENTS. */
static const char *const span_level[] = {
    "a",      "abbr", "acronym", "b",   "big", "bdo",   "br",  "button", "cite",  "code",
    "del",    "dfn",  "em",      "i",   "img", "input", "ins", "kbd",    "label", "mark",
    "option", "q",    "rb",      "rbc", "rp",  "rt",    "rtc", "ruby",   "samp",  "select",
    "small",  "span", "strong",  "sub", "sup", "tt",    "u",   "var"};

/* kramdown: HTML_ELEMENTS_WITHOUT_BODY. */
static const char *const void_elements[] = {
    "area",  "base",   "br",   "col",  "command", "embed",  "hr",    "img",
    "input", "keygen", "link", "meta", "param",   "source", "track", "wbr"};

/* HTML's own, and the elements of the Distill and LaTeX.js components that note sites use. */
static const struct {
    const char *name;
    bool math;
} opaque_elements[TAG_OPAQUE_COUNT] = {
    {"script", false},   {"style", false}, {"pre", false},    {"code", false},
    {"textarea", false}, {"svg", false},   {"d-code", false}, {"kbd", false},
    {"latex-js", false}, {"samp", false},  {"d-math", true},  {"math", true},
};

bool tag_is_span_level(struct slice name) {
    return slice_is_one_of(name, span_level, COUNT_OF(span_level));
}

bool tag_is_void(struct slice name) {
    return slice_is_one_of(name, void_elements, COUNT_OF(void_elements));
}

size_t tag_opaque_index(struct slice name, bool *math) {
    size_t i = 0;
    while (i < TAG_OPAQUE_COUNT &&
           !slice_equal_ignoring_case(name, slice_of(opaque_elements[i].name)))
        i++;
    *math = i < TAG_OPAQUE_COUNT && opaque_elements[i].math;
    return i;
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_name_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '-' || byte == '_' || byte == ':' || byte == '.';
}

static size_t skip_spaces(struct slice text, size_t at) {
    while (at < text.size && is_space(text.data[at]))
        at++;
    return at;
}

/* A letter or digit of any script, as far as a byte tells: all that kramdown takes without quotes.
 * Source: Kramdown::Parser::Html::Constants::HTML_ATTRIBUTE_RE. */
static bool is_word_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '_' || (byte & 0x80);
}

/* Behind an attribute's value, or `at` when what stands there is none. */
static size_t skip_value(struct slice text, size_t at) {
    char quote = at < text.size ? text.data[at] : '\0';
    if (quote == '"' || quote == '\'') {
        const char *end = memchr(text.data + at + 1, quote, text.size - at - 1);
        return end ? (size_t)(end - text.data) + 1 : at;
    }
    while (at < text.size && is_word_byte(text.data[at]))
        at++;
    return at;
}

/* Behind `name` or `name="value"`; 0 when malformed. */
static size_t skip_attribute(struct slice text, size_t at, struct tag *tag) {
    size_t start = at;
    if (!isalpha((unsigned char)text.data[at]) && text.data[at] != '_' && text.data[at] != ':' &&
        text.data[at] != '@')
        return 0;
    for (at++; at < text.size && is_name_byte(text.data[at]);)
        at++;
    if (slice_equal_ignoring_case(slice_part(text, start, at), slice_of("markdown")))
        tag->markdown = true;
    size_t sign = skip_spaces(text, at);
    if (sign >= text.size || text.data[sign] != '=')
        return at;
    size_t value = skip_spaces(text, sign + 1);
    size_t end = skip_value(text, value);
    return end == value ? 0 : end;
}

bool tag_read(struct slice text, size_t offset, struct tag *tag) {
    size_t at = offset + 1;
    *tag = (struct tag){.closing = at < text.size && text.data[at] == '/'};
    at += tag->closing;
    size_t name = at;
    tag->end = at;
    if (at >= text.size || !isalpha((unsigned char)text.data[at]))
        return false;
    while (at < text.size && (isalnum((unsigned char)text.data[at]) || text.data[at] == '-'))
        at++;
    tag->name = slice_part(text, name, at);
    for (;;) {
        size_t next = skip_spaces(text, at);
        tag->end = next;
        if (next >= text.size)
            return false;
        if (text.data[next] == '>') {
            tag->end = next + 1;
            return true;
        }
        if (text.data[next] == '/' && next + 1 < text.size && text.data[next + 1] == '>') {
            tag->self_closed = true;
            tag->end = next + 2;
            return !tag->closing;
        }
        if (tag->closing || next == at || !(at = skip_attribute(text, next, tag)))
            return false;
    }
}

size_t tag_find_closing(struct slice text, struct slice name, size_t from, size_t limit) {
    text = slice_part(text, 0, limit);
    for (size_t at = from; (at = slice_find(text, "</", at)) != SLICE_NOT_FOUND; at += 2) {
        size_t end = at + 2 + name.size;
        if (end <= text.size && !strncasecmp(text.data + at + 2, name.data, name.size) &&
            (end == text.size || !is_name_byte(text.data[end])))
            return at;
    }
    return SLICE_NOT_FOUND;
}
