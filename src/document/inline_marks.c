/* The later passes of the mask: single-dollar math and kramdown attribute lists. */
#include "document/mask.h"

#include <ctype.h>
#include <string.h>

/* In bytes. Once the budget for dollars that nothing closes is used up, only short ones are read.
 */
enum { LONGEST_FORMULA = 4096, SHORT_FORMULA = 64, LONGEST_ATTRIBUTE_LIST = 1024 };

bool mask_line_starts_block(const struct mask *mask, size_t line) {
    const char *text = mask->shadow + line;
    const char *first = text;
    while (*first == ' ' || *first == '\t')
        first++;
    if (isalpha((unsigned char)*first))
        return false;
    if (*first == '\n' || *first == '\r' || !*first || *first == '#')
        return true;
    if (strchr("-*+", *first))
        return isspace((unsigned char)first[1]);
    size_t digits = strspn(first, "0123456789");
    return digits && (first[digits] == '.' || first[digits] == ')') &&
           isspace((unsigned char)first[digits + 1]);
}

static size_t text_block_end(const struct mask *mask, size_t start) {
    size_t line = mask_line_end(mask, start);
    if (mask->shadow[start + strspn(mask->shadow + start, " \t")] == '#')
        return line;
    while (line < mask->bytes.size && !mask_line_starts_block(mask, line))
        line = mask_line_end(mask, line);
    return line;
}

/*
 * The dollar that closes the one at `open`, or SLICE_NOT_FOUND: in the same block and the same kind
 * of text, outside braces, with no element, link or image between. Source: KaTeX's auto-render
 * extension, which looks within one text node and counts braces.
 */
static size_t find_dollar(const struct mask *mask, size_t open, size_t end) {
    unsigned char kind = mask->kinds[open];
    long depth = 0;
    for (size_t at = open + 1; at < end; at++) {
        char byte = mask->bytes.data[at];
        if (mask->kinds[at] == BYTE_LIQUID)
            continue;
        if (mask->kinds[at] != kind)
            return SLICE_NOT_FOUND;
        if (byte == '\\' && at + 1 < end)
            at++;
        else if (byte == '{')
            depth++;
        else if (byte == '}')
            depth--;
        else if (byte == '$' && depth <= 0)
            return at;
        else if (byte == ']' && at + 1 < end && mask->bytes.data[at + 1] == '(' &&
                 memchr(mask->bytes.data + open, '[', at - open))
            return SLICE_NOT_FOUND;
    }
    return SLICE_NOT_FOUND;
}

/* Raw HTML is blank in the shadow, and must stay so: filler behind its blanks would be code. */
static void set_math(struct mask *mask, struct span span) {
    if (mask->kinds[span.start] != BYTE_RAW_TEXT) {
        mask_set(mask, span, BYTE_MATH);
        return;
    }
    for (size_t at = span.start; at < span.end; at++)
        if (mask->kinds[at] != BYTE_LIQUID)
            mask->kinds[at] = BYTE_MATH;
}

static void mask_dollars_in_block(struct mask *mask, size_t start, size_t end, size_t *budget) {
    for (size_t at = start; at < end; at++) {
        char byte = mask->bytes.data[at];
        if ((byte != '$' && byte != '\\') ||
            (mask->kinds[at] != BYTE_TEXT && mask->kinds[at] != BYTE_RAW_TEXT))
            continue;
        if (byte == '\\') {
            at++;
        } else if (at + 1 < end && mask->bytes.data[at + 1] == '$') {
            at++; /* display math that is not closed */
        } else {
            size_t longest = *budget ? LONGEST_FORMULA : SHORT_FORMULA;
            size_t limit = end - at < longest ? end : at + longest;
            size_t close = find_dollar(mask, at, limit);
            if (close == SLICE_NOT_FOUND) {
                *budget -= limit - at < *budget ? limit - at : *budget;
                continue;
            }
            set_math(mask, (struct span){at, close + 1});
            at = close;
        }
    }
}

void mask_dollar_math(struct mask *mask, size_t start) {
    size_t budget = 64 * mask->bytes.size;
    while (start < mask->bytes.size) {
        size_t end = text_block_end(mask, start);
        if (memchr(mask->bytes.data + start, '$', end - start))
            mask_dollars_in_block(mask, start, end, &budget);
        start = end;
    }
}

static bool is_text(const struct mask *mask, size_t at) {
    return mask->kinds[at] == BYTE_TEXT;
}

/* "{:", "{::" or, at the end of a line, "{#". */
static bool opens_attribute_list(const struct mask *mask, size_t at, size_t close) {
    char second = mask->bytes.data[at + 1];
    if (second == ':')
        return true;
    size_t behind = close + 1;
    while (behind < mask->bytes.size && strchr(" \t\r", mask->bytes.data[behind]) &&
           mask->bytes.data[behind])
        behind++;
    return second == '#' && (behind == mask->bytes.size || mask->bytes.data[behind] == '\n');
}

/* Behind the brace that closes the one at `at` on the same line, or 0. */
static size_t attribute_list_end(const struct mask *mask, size_t at) {
    const char *inside = mask->bytes.data + at + 1;
    size_t left = mask->bytes.size - at - 1;
    size_t longest = left < LONGEST_ATTRIBUTE_LIST ? left : LONGEST_ATTRIBUTE_LIST;
    for (size_t i = 0; i < longest && inside[i] != '\n'; i++)
        if (inside[i] == '}')
            return opens_attribute_list(mask, at, at + 1 + i) ? at + 2 + i : 0;
    return 0;
}

void mask_attribute_lists(struct mask *mask, size_t start) {
    for (size_t at = start; (at = slice_find(mask->bytes, "{", at)) != SLICE_NOT_FOUND; at++) {
        char second = at + 2 < mask->bytes.size ? mask->bytes.data[at + 1] : '\0';
        if ((second != ':' && second != '#') || !is_text(mask, at))
            continue;
        size_t end = attribute_list_end(mask, at);
        if (!end)
            continue;
        mask_set(mask, (struct span){at, end}, BYTE_ATTRIBUTES);
        at = end - 1;
    }
}
