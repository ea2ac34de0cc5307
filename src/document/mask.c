#include "document/mask.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "document/liquid.h"

#include <stdlib.h>
#include <string.h>

static void fill_line(char *line, size_t size, char filler) {
    bool plain = !memchr(line, '\r', size);
    if (plain)
        memset(line, filler, size);
    for (size_t i = 0; !plain && i < size; i++)
        if (line[i] != '\r')
            line[i] = filler;
}

/* Line by line: one call fills nearly all of a line. */
static void fill(struct mask *mask, struct span span, char filler) {
    for (size_t at = span.start; at < span.end; at++) {
        char *line = mask->shadow + at;
        const char *line_feed = memchr(line, '\n', span.end - at);
        size_t size = line_feed ? (size_t)(line_feed - line) : span.end - at;
        fill_line(line, size, filler);
        at += size;
    }
}

void mask_init(struct mask *mask, struct slice bytes, size_t body_start) {
    *mask = (struct mask){.bytes = bytes};
    mask->kinds = memory_allocate(bytes.size + 1, 1);
    mask->shadow = memory_allocate(bytes.size + 1, 1);
    if (bytes.size)
        memcpy(mask->shadow, bytes.data, bytes.size);
    bool plain = !bytes.size ||
                 (!memchr(bytes.data, '\r', bytes.size) && !memchr(bytes.data, '\0', bytes.size));
    for (size_t i = 0; !plain && i < bytes.size; i++) {
        /* For cmark a CR alone ends a line, and then it would count other lines than the source. */
        if (mask->shadow[i] == '\r' && mask->shadow[i + 1] != '\n')
            mask->shadow[i] = ' ';
        if (!mask->shadow[i])
            mask->shadow[i] = MASK_FILLER;
    }
    memset(mask->kinds, BYTE_FRONT_MATTER, body_start);
    fill(mask, (struct span){0, body_start}, ' ');
}

void mask_release(struct mask *mask) {
    free(mask->shadow);
    free(mask->regions);
}

void mask_add_region(struct mask *mask, enum region_kind kind, struct span span) {
    ARRAY_PUSH(mask->regions, mask->region_count, mask->region_capacity) =
        (struct region){kind, span};
}

size_t mask_line_end(const struct mask *mask, size_t offset) {
    if (offset >= mask->bytes.size)
        return mask->bytes.size;
    const char *end = memchr(mask->bytes.data + offset, '\n', mask->bytes.size - offset);
    return end ? (size_t)(end - mask->bytes.data) + 1 : mask->bytes.size;
}

bool mask_line_is_blank(const struct mask *mask, size_t offset) {
    return slice_is_blank(slice_part(mask->bytes, offset, mask_line_end(mask, offset)));
}

size_t mask_paragraph_end(const struct mask *mask, size_t offset) {
    size_t line = mask_line_end(mask, offset);
    while (line < mask->bytes.size && !mask_line_is_blank(mask, line))
        line = mask_line_end(mask, line);
    return line;
}

/*
 * Nothing but white space between the span and the borders of its first and last line, and not
 * indented like code: that must stay code. Looks no further than the next byte that is not blank:
 * lines may be as long as the file.
 */
static bool covers_whole_lines(const struct mask *mask, struct span span) {
    enum { CODE_INDENT = 4 };
    size_t start = span.start, end = span.end;
    while (start && span.start - start < CODE_INDENT && mask->shadow[start - 1] == ' ')
        start--;
    if (span.start - start >= CODE_INDENT || (start && mask->bytes.data[start - 1] != '\n'))
        return false;
    if (end && mask->bytes.data[end - 1] == '\n')
        return true;
    while (end < mask->bytes.size && strchr(" \t\r", mask->shadow[end]) && mask->shadow[end])
        end++;
    return end == mask->bytes.size || mask->bytes.data[end] == '\n';
}

void mask_set(struct mask *mask, struct span span, enum byte_kind kind) {
    size_t size = span.end > span.start ? span.end - span.start : 0;
    bool liquid = memchr(mask->kinds + span.start, BYTE_LIQUID, size);
    if (!liquid)
        memset(mask->kinds + span.start, kind, size);
    for (size_t i = span.start; liquid && i < span.end; i++)
        if (mask->kinds[i] != BYTE_LIQUID)
            mask->kinds[i] = (unsigned char)kind;
    fill(mask, span, covers_whole_lines(mask, span) ? ' ' : MASK_FILLER);
}

void mask_blank(struct mask *mask, struct span span) {
    size_t last_line = span.end;
    while (last_line > span.start && mask->bytes.data[last_line - 1] != '\n')
        last_line--;
    size_t rest = span.end + strspn(mask->shadow + span.end, " \t\r");
    bool whole = rest >= mask->bytes.size || mask->shadow[rest] == '\n';
    fill(mask, (struct span){span.start, whole ? span.end : last_line}, ' ');
    if (!whole)
        fill(mask, (struct span){last_line, span.end}, MASK_FILLER);
}

enum { LIQUID_BLOCKS = 2 };

/* A search that found nothing once is not made again. */
struct liquid_scan {
    bool tag_unclosed, block_unclosed[LIQUID_BLOCKS];
};

static size_t find_closing(const struct mask *mask, const char *needle, size_t from,
                           bool *unclosed) {
    size_t found = *unclosed ? SLICE_NOT_FOUND : slice_find(mask->bytes, needle, from);
    *unclosed = found == SLICE_NOT_FOUND;
    return found;
}

/*
 * What is commented out never reaches the page, and highlight is code: behind their end tag. Of a
 * raw block only the tags are Liquid, its content is Markdown.
 */
static size_t liquid_end(const struct mask *mask, struct liquid_scan *scan,
                         const struct liquid_token *token) {
    static const struct {
        const char *name, *closing;
    } blocks[LIQUID_BLOCKS] = {{"comment", "endcomment"}, {"highlight", "endhighlight"}};
    size_t end = token->span.end;
    for (size_t i = 0; i < LIQUID_BLOCKS; i++) {
        if (!slice_equal_string(token->name, blocks[i].name))
            continue;
        size_t close = find_closing(mask, blocks[i].closing, end, &scan->block_unclosed[i]);
        if (close != SLICE_NOT_FOUND)
            close = find_closing(mask, "%}", close, &scan->tag_unclosed);
        return close == SLICE_NOT_FOUND ? end : close + 2;
    }
    return end;
}

void mask_liquid(struct mask *mask, size_t start) {
    struct liquid_reader reader = {.bytes = mask->bytes, .offset = start};
    struct liquid_token token;
    struct liquid_scan scan = {0};
    while (liquid_next(&reader, &token)) {
        if (token.kind == LIQUID_BROKEN)
            continue;
        size_t end = liquid_end(mask, &scan, &token);
        mask_set(mask, (struct span){token.span.start, end}, BYTE_LIQUID);
        if (end > reader.offset)
            reader.offset = end;
    }
}

/* Behind the end of an extension that opens with `name`, or SLICE_NOT_FOUND. */
static size_t extension_end(const struct mask *mask, const char *name, size_t from) {
    struct buffer closing = BUFFER_EMPTY;
    buffer_append_format(&closing, "{:/%s}", name);
    size_t named = slice_find(mask->bytes, buffer_string(&closing), from);
    size_t plain = slice_find(mask->bytes, "{:/}", from);
    size_t size = closing.size;
    buffer_release(&closing);
    if (plain < named)
        return plain + strlen("{:/}");
    return named == SLICE_NOT_FOUND ? named : named + size;
}

void mask_extensions(struct mask *mask, size_t start) {
    static const struct {
        const char *open, *name;
        enum byte_kind kind;
    } extensions[] = {{"{::comment}", "comment", BYTE_COMMENT},
                      {"{::nomarkdown}", "nomarkdown", BYTE_CODE}};
    for (size_t i = 0; i < COUNT_OF(extensions); i++) {
        size_t at = start, end;
        while ((at = slice_find(mask->bytes, extensions[i].open, at)) != SLICE_NOT_FOUND &&
               (end = extension_end(mask, extensions[i].name, at)) != SLICE_NOT_FOUND) {
            mask_set(mask, (struct span){at, end}, extensions[i].kind);
            at = end;
        }
    }
}
