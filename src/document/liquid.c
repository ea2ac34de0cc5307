#include "document/liquid.h"

#include <string.h>

/* A search that found nothing once is not made again. */
static size_t find_closing(const struct liquid_reader *reader, const char *needle, size_t from,
                           bool *missing) {
    size_t found = *missing ? SLICE_NOT_FOUND : slice_find(reader->bytes, needle, from);
    *missing = found == SLICE_NOT_FOUND;
    return found;
}

/* The next "{%" or "{{": formulas have many a brace that is neither. */
static size_t find_opening(struct slice bytes, size_t from) {
    if (from + 1 >= bytes.size)
        return SLICE_NOT_FOUND;
    const char *at = bytes.data + from, *last = bytes.data + bytes.size - 1;
    while (at < last && (at = memchr(at, '{', (size_t)(last - at))) != NULL) {
        if (at[1] == '{' || at[1] == '%')
            return (size_t)(at - bytes.data);
        at++;
    }
    return SLICE_NOT_FOUND;
}

/* `{%` up to "%}", `{{` up to the first "}" and one more: /\{%.*?%\}|\{\{.*?\}\}?|\{%|\{\{/m. */
static bool cut(struct liquid_reader *reader, struct span *span) {
    struct slice bytes = reader->bytes;
    size_t at = find_opening(bytes, reader->offset);
    if (at == SLICE_NOT_FOUND)
        return false;
    *span = (struct span){at, at + 2};
    if (bytes.data[at + 1] == '%') {
        size_t close = find_closing(reader, "%}", at + 2, &reader->no_percent);
        if (close != SLICE_NOT_FOUND)
            span->end = close + 2;
    } else {
        size_t close = find_closing(reader, "}", at + 2, &reader->no_brace);
        if (close != SLICE_NOT_FOUND)
            span->end = close + 1 + (close + 1 < bytes.size && bytes.data[close + 1] == '}');
    }
    reader->offset = span->end;
    return true;
}

static bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           (byte >= '0' && byte <= '9');
}

/* `inside` stands between "{%" and "%}"; a hyphen at either end trims white space. */
static bool read_tag(struct liquid_token *token, struct slice inside) {
    if (slice_starts_with(inside, "-"))
        inside = slice_part(inside, 1, inside.size);
    if (slice_ends_with(inside, "-"))
        inside.size--;
    inside = slice_trim(inside);
    size_t size = slice_starts_with(inside, "#");
    while (!slice_starts_with(inside, "#") && size < inside.size && is_name_byte(inside.data[size]))
        size++;
    token->name = slice_part(inside, 0, size);
    token->argument = slice_trim(slice_part(inside, size, inside.size));
    return size > 0;
}

static void read_token(struct slice bytes, struct span span, struct liquid_token *token) {
    struct slice text = slice_part(bytes, span.start, span.end);
    bool is_tag = text.data[1] == '%';
    *token = (struct liquid_token){.kind = LIQUID_BROKEN, .span = span};
    if (text.size < 4)
        return;
    if (!is_tag && slice_ends_with(text, "}}"))
        token->kind = LIQUID_OUTPUT;
    else if (is_tag && read_tag(token, slice_part(text, 2, text.size - 2)))
        token->kind = LIQUID_TAG;
}

/*
 * The end tag of a raw block may stand in what looks like another token, `{{ {% endraw %}`. Some
 * versions take no hyphen there: this does.
 */
static size_t find_endraw(struct liquid_reader *reader) {
    struct span span;
    struct liquid_token token;
    while (cut(reader, &span)) {
        size_t start = span.end;
        if (span.end - span.start < 4 || reader->bytes.data[span.end - 2] != '%')
            continue;
        while (start > span.start &&
               !slice_starts_with(slice_part(reader->bytes, start, span.end), "{%"))
            start--;
        read_token(reader->bytes, (struct span){start, span.end}, &token);
        if (token.kind == LIQUID_TAG && slice_equal_string(token.name, "endraw"))
            return start;
    }
    return SLICE_NOT_FOUND;
}

bool liquid_next(struct liquid_reader *reader, struct liquid_token *token) {
    struct span span;
    if (!cut(reader, &span))
        return false;
    read_token(reader->bytes, span, token);
    if (token->kind != LIQUID_TAG || !slice_equal_string(token->name, "raw"))
        return true;
    size_t end = find_endraw(reader);
    if (end == SLICE_NOT_FOUND)
        token->kind = LIQUID_OPEN_RAW;
    reader->offset = end == SLICE_NOT_FOUND ? reader->bytes.size : end;
    return true;
}
