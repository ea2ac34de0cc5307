#include "document/references.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LABEL = 999 }; /* CommonMark's limit */

/* The next byte of a label with its case and runs of white space folded; 0 at its end. */
static int next_folded(struct slice label, size_t *at) {
    if (*at >= label.size)
        return 0;
    unsigned char byte = (unsigned char)label.data[*at];
    if (!isspace(byte)) {
        ++*at;
        return tolower(byte);
    }
    while (*at < label.size && isspace((unsigned char)label.data[*at]))
        ++*at;
    return ' ';
}

static int compare_labels(struct slice left, struct slice right) {
    size_t i = 0, k = 0;
    left = slice_trim(left);
    right = slice_trim(right);
    for (;;) {
        int a = next_folded(left, &i), b = next_folded(right, &k);
        if (a != b || !a)
            return a - b;
    }
}

static int by_label(const void *left, const void *right) {
    const struct definition *a = left, *b = right;
    int order = compare_labels(a->label, b->label);
    if (order)
        return order;
    return a->label.data < b->label.data ? -1 : a->label.data > b->label.data;
}

const struct definition *references_lookup(const struct definition_list *list, struct slice label) {
    size_t low = 0, high = list->count;
    if (label.size > LONGEST_LABEL)
        return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_labels(list->items[middle].label, label) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low && !compare_labels(list->items[low - 1].label, label);
    return found ? &list->items[low - 1] : NULL;
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Behind the indentation and the marks of quotes and list items. */
static size_t skip_marks(struct slice line) {
    size_t at = 0;
    while (at < line.size && (is_blank(line.data[at]) || strchr(">-*+", line.data[at])))
        at++;
    size_t digits = at;
    while (digits < line.size && isdigit((unsigned char)line.data[digits]))
        digits++;
    if (digits > at && digits + 1 < line.size && strchr(".)", line.data[digits]) &&
        is_blank(line.data[digits + 1]))
        at = digits + 1;
    while (at < line.size && is_blank(line.data[at]))
        at++;
    return at;
}

/* Offset of the "]:" that closes the label at `at`, or 0. */
static size_t label_end(struct slice line, size_t at) {
    if (at + 3 > line.size || line.data[at] != '[' || line.data[at + 1] == '^')
        return 0;
    for (size_t end = at + 1; end + 1 < line.size && end - at <= LONGEST_LABEL; end++) {
        if (line.data[end] == ']')
            return end > at + 1 && line.data[end + 1] == ':' ? end : 0;
        if (line.data[end] == '[')
            return 0;
        end += line.data[end] == '\\';
    }
    return 0;
}

/* `"title"`, `'title'` or `(title)`, the last without parentheses of its own. */
static bool is_title(struct slice text) {
    if (text.size < 2)
        return false;
    char first = *text.data, last = text.data[text.size - 1];
    struct slice inner = slice_part(text, 1, text.size - 1);
    if (first == '(' && last == ')')
        return !inner.size ||
               (!memchr(inner.data, '(', inner.size) && !memchr(inner.data, ')', inner.size));
    return first == last && (first == '"' || first == '\'');
}

static bool has_quote_behind_blank(struct slice text) {
    for (size_t i = 1; i < text.size; i++)
        if (strchr("\"'", text.data[i]) && is_blank(text.data[i - 1]))
            return true;
    return false;
}

/*
 * Reads what follows `[label]:`. False: no definition at all. Source of what has blanks: kramdown's
 * LINK_DEFINITION_START and parse_link_definition().
 */
static bool read_value(struct slice text, size_t base, struct definition *definition) {
    struct slice value = slice_trim(text);
    size_t start = value.size ? (size_t)(value.data - text.data) : text.size;
    bool pointed = slice_starts_with(value, "<");
    size_t size = 0;
    if (pointed) {
        size = slice_find(value, ">", 0);
        if (size == SLICE_NOT_FOUND)
            return false;
        definition->destination = (struct span){base + start + 1, base + start + size};
        size++;
    } else {
        while (size < value.size && !is_blank(value.data[size]))
            size++;
        definition->destination = (struct span){base + start, base + start + size};
    }
    struct slice rest = slice_trim(slice_part(value, size, value.size));
    if (!rest.size || is_title(rest))
        return true;
    definition->spaced = true;
    if (!pointed)
        definition->destination.end = base + start + value.size;
    return !pointed && !has_quote_behind_blank(value);
}

enum line_kind {
    LINE_TEXT,       /* a definition cannot follow */
    LINE_BORDER,     /* blank, or a heading */
    LINE_DEFINITION, /* `[label]: destination` */
};

static struct slice shadow_of(const struct mask *mask, struct span span) {
    return slice_part((struct slice){mask->shadow, mask->bytes.size}, span.start, span.end);
}

static void hide(struct mask *mask, struct span span) {
    for (size_t i = span.start; i < span.end; i++)
        if (mask->kinds[i] == BYTE_TEXT)
            mask->kinds[i] = BYTE_DESTINATION;
}

/* `starts_block`: the line before it is no text. True: this line is a definition. */
static bool read_definition(struct definition_list *list, struct mask *mask, struct span line,
                            bool starts_block) {
    struct slice text = shadow_of(mask, line);
    size_t open = skip_marks(text), close = label_end(text, open);
    if (!close || mask->kinds[line.start + open] != BYTE_TEXT)
        return false;
    struct definition definition = {
        .label = slice_part(mask->bytes, line.start + open + 1, line.start + close)};
    size_t value = line.start + close + 2;
    if (!read_value(slice_part(text, close + 2, text.size), value, &definition) ||
        (definition.spaced && !starts_block))
        return false;
    ARRAY_PUSH(list->items, list->count, list->capacity) = definition;
    struct span whole = {line.start + open, line.end};
    if (starts_block)
        hide(mask, whole);
    if (starts_block && definition.spaced)
        mask_blank(mask, whole);
    return starts_block;
}

static enum line_kind read_line(struct definition_list *list, struct mask *mask, struct span line,
                                enum line_kind before) {
    struct slice text = slice_trim(shadow_of(mask, line));
    if (!text.size || *text.data == '#')
        return LINE_BORDER;
    if (read_definition(list, mask, line, before != LINE_TEXT))
        return LINE_DEFINITION;
    if (before != LINE_DEFINITION || !is_title(text))
        return LINE_TEXT;
    hide(mask, line);
    return LINE_DEFINITION;
}

void references_find(struct definition_list *list, struct mask *mask, size_t start) {
    enum line_kind kind = LINE_BORDER;
    for (size_t at = start; at < mask->bytes.size;) {
        size_t end = mask_line_end(mask, at);
        kind = read_line(list, mask, (struct span){at, end}, kind);
        at = end;
    }
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, by_label);
    for (size_t i = 1; i < list->count; i++)
        if (!compare_labels(list->items[i - 1].label, list->items[i].label))
            list->items[i - 1].repeated = list->items[i].repeated = true;
}

/* kramdown: ALD_ID_NAME. */
static size_t footnote_label_end(struct slice text, size_t at) {
    size_t end = at;
    while (end < text.size &&
           (isalnum((unsigned char)text.data[end]) || (unsigned char)text.data[end] >= 0x80 ||
            strchr("_-:", text.data[end])) &&
           text.data[end])
        end++;
    return end > at && end < text.size && text.data[end] == ']' ? end : 0;
}

void references_mask_footnotes(struct mask *mask, size_t start) {
    struct slice shadow = {mask->shadow, mask->bytes.size};
    for (size_t at = start; (at = slice_find(shadow, "[^", at)) != SLICE_NOT_FOUND; at += 2)
        if (mask->kinds[at] == BYTE_TEXT && footnote_label_end(shadow, at + 2))
            memset(mask->shadow + at, MASK_FILLER, 2);
}
