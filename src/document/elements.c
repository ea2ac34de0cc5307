/* The left-to-right pass of the mask: code, comments, HTML and $$…$$, whichever opens first. */
#include "document/mask.h"
#include "document/tag.h"

#include <string.h>

enum { LONGEST_BACKTICK_RUN = 32, DEEPEST_RAW_BLOCK = 64 };

struct element_scan {
    struct mask *mask;
    struct slice shadow; /* the shadow copy: Liquid is filler in it */
    size_t raw_end;      /* end of the raw HTML block that is being read, or 0 */
    bool comment_unclosed;
    struct span paragraph; /* the last one asked for */
    size_t block_budget;   /* bytes that may still be read in search of closing tags */
    /* For each length: up to where it is known that no run of that many backticks stands. */
    size_t no_backticks_until[LONGEST_BACKTICK_RUN + 1];
};

static bool is_line_start(const struct element_scan *scan, size_t at) {
    size_t indent = 0;
    while (indent < at && (scan->shadow.data[at - 1 - indent] == ' '))
        indent++;
    return indent <= 3 && (indent == at || scan->shadow.data[at - 1 - indent] == '\n');
}

static size_t run_length(struct slice text, size_t at) {
    size_t end = at;
    while (end < text.size && text.data[end] == text.data[at])
        end++;
    return end - at;
}

static size_t paragraph_end(struct element_scan *scan, size_t at) {
    if (at < scan->paragraph.start || at >= scan->paragraph.end)
        scan->paragraph = (struct span){at, mask_paragraph_end(scan->mask, at)};
    return scan->paragraph.end;
}

static void set_text(struct element_scan *scan, size_t start, size_t end) {
    if (scan->raw_end && start < end)
        mask_set(scan->mask, (struct span){start, end}, BYTE_RAW_TEXT);
}

static size_t take(struct element_scan *scan, enum byte_kind kind, size_t start, size_t end) {
    mask_set(scan->mask, (struct span){start, end}, kind);
    if (kind == BYTE_CODE || kind == BYTE_COMMENT || kind == BYTE_TAG)
        mask_add_region(scan->mask,
                        kind == BYTE_CODE      ? REGION_CODE
                        : kind == BYTE_COMMENT ? REGION_COMMENT
                                               : REGION_TAG,
                        (struct span){start, end});
    return end;
}

/* A code fence at the start of a line, or 0. kramdown wants it closed, else it is text. */
static size_t take_fence(struct element_scan *scan, size_t at) {
    char mark = scan->shadow.data[at];
    size_t length = run_length(scan->shadow, at);
    size_t line = mask_line_end(scan->mask, at);
    if (length < 3 ||
        (mark == '`' && memchr(scan->shadow.data + at + length, '`', line - at - length)))
        return 0;
    for (size_t start = line; start < scan->shadow.size; start = mask_line_end(scan->mask, start)) {
        struct slice text =
            slice_trim(slice_part(scan->shadow, start, mask_line_end(scan->mask, start)));
        if (text.size >= length && *text.data == mark && run_length(text, 0) == text.size)
            return take(scan, BYTE_CODE, at, mask_line_end(scan->mask, start));
    }
    /* cmark would take the rest of the file for code. */
    memset(scan->mask->shadow + at, MASK_FILLER, length);
    return at + length;
}

/* True at the first character of a line, or behind the marks of a list item or quote. */
static bool may_open_fence(const struct element_scan *scan, size_t at) {
    while (at && strchr(" \t>-*+", scan->shadow.data[at - 1]))
        at--;
    return !at || scan->shadow.data[at - 1] == '\n';
}

static size_t take_backticks(struct element_scan *scan, size_t at) {
    size_t length = run_length(scan->shadow, at);
    size_t fence = length >= 3 && may_open_fence(scan, at) ? take_fence(scan, at) : 0;
    if (fence)
        return fence;
    size_t index = length < LONGEST_BACKTICK_RUN ? length : LONGEST_BACKTICK_RUN;
    size_t limit = paragraph_end(scan, at);
    if (scan->no_backticks_until[index] >= limit)
        return at + length;
    for (size_t close = at + length; close < limit;) {
        const char *found = memchr(scan->shadow.data + close, '`', limit - close);
        if (!found)
            break;
        close = (size_t)(found - scan->shadow.data);
        size_t size = run_length(scan->shadow, close);
        if (size == length)
            return take(scan, BYTE_CODE, at, close + size);
        close += size;
    }
    scan->no_backticks_until[index] = limit;
    return at + length;
}

static size_t take_comment(struct element_scan *scan, size_t at) {
    size_t end =
        scan->comment_unclosed ? SLICE_NOT_FOUND : slice_find(scan->mask->bytes, "-->", at + 4);
    scan->comment_unclosed = end == SLICE_NOT_FOUND;
    return scan->comment_unclosed ? at + 4 : take(scan, BYTE_COMMENT, at, end + 3);
}

/*
 * Display math that opens a line may hold blank lines, but no heading; within a line it ends with
 * its paragraph. kramdown: BLOCK_MATH_START, INLINE_MATH_START.
 */
static size_t take_display_math(struct element_scan *scan, size_t at) {
    size_t close = slice_find(scan->mask->bytes, "$$", at + 2);
    size_t paragraph = paragraph_end(scan, at);
    if (close == SLICE_NOT_FOUND || (close >= paragraph && !is_line_start(scan, at)))
        return at + 2;
    size_t heading = slice_find(slice_part(scan->mask->bytes, 0, close), "\n#", at);
    if (heading != SLICE_NOT_FOUND)
        return at + 2;
    return take(scan, BYTE_MATH, at, close + 2);
}

static size_t read_elements(struct element_scan *scan, size_t at, size_t end);

/*
 * The end of the raw block that the tag `open` opens: behind its matching closing tag. 0: never
 * closed, and then the content is read as Markdown.
 */
static size_t find_block_end(struct element_scan *scan, const struct tag *open) {
    struct slice text = slice_part(scan->shadow, 0, open->end + scan->block_budget);
    size_t depth = 1;
    for (size_t at = open->end; (at = slice_find(text, "<", at)) != SLICE_NOT_FOUND;) {
        struct tag tag;
        if (slice_starts_with(slice_part(text, at, text.size), "<!--")) {
            size_t close = slice_find(text, "-->", at);
            at = close == SLICE_NOT_FOUND ? at + 4 : close;
        } else if (!tag_read(text, at, &tag)) {
            at++;
        } else {
            if (slice_equal_ignoring_case(tag.name, open->name) && !tag.self_closed)
                depth += tag.closing ? (size_t)-1 : 1;
            if (!depth)
                return tag.end;
            at = tag.end;
        }
    }
    scan->block_budget -= text.size - open->end;
    return 0;
}

/* The content of <pre>, <script>, <d-math> and their like; the offset of the closing tag, or 0. */
static size_t take_opaque_content(struct element_scan *scan, const struct tag *tag, size_t end) {
    bool math = tag_holds_math(tag->name);
    if (tag->closing || tag->self_closed || (!math && !tag_holds_code(tag->name)))
        return 0;
    size_t limit =
        scan->raw_end || !tag_is_span_level(tag->name) ? end : paragraph_end(scan, tag->end);
    size_t close = tag_find_closing(scan->shadow, tag->name, tag->end, limit);
    if (close == SLICE_NOT_FOUND)
        return 0;
    take(scan, math ? BYTE_MATH : BYTE_CODE, tag->end, close);
    return close;
}

static size_t take_tag(struct element_scan *scan, size_t at, size_t end) {
    struct tag tag;
    if (!tag_read(scan->shadow, at, &tag) || tag.end > end)
        return at + 1;
    /* The shadow is about to be filled, and the name with it. */
    tag.name.data = scan->mask->bytes.data + (tag.name.data - scan->shadow.data);
    bool opens_block = !scan->raw_end && !tag.closing && !tag.self_closed && !tag.markdown &&
                       !tag_is_span_level(tag.name) && !tag_is_void(tag.name) &&
                       is_line_start(scan, at);
    size_t block_end = opens_block ? find_block_end(scan, &tag) : 0;
    take(scan, BYTE_TAG, at, tag.end);
    size_t content_end = take_opaque_content(scan, &tag, end);
    size_t next = content_end ? content_end : tag.end;
    if (block_end) {
        scan->raw_end = block_end;
        next = read_elements(scan, next, block_end);
        scan->raw_end = 0;
    }
    return next;
}

static size_t take_element(struct element_scan *scan, size_t at, size_t end) {
    const char *byte = scan->shadow.data + at;
    struct slice rest = slice_part(scan->shadow, at, end);
    if (scan->mask->kinds[at] == BYTE_LIQUID)
        return at + 1;
    if (*byte == '\\' && !scan->raw_end)
        return at + 2;
    if (*byte == '`' && !scan->raw_end)
        return take_backticks(scan, at);
    if (*byte == '~' && !scan->raw_end && may_open_fence(scan, at)) {
        size_t fence = take_fence(scan, at);
        return fence ? fence : at + run_length(scan->shadow, at);
    }
    if (slice_starts_with(rest, "<!--"))
        return take_comment(scan, at);
    if (*byte == '<')
        return take_tag(scan, at, end);
    if (slice_starts_with(rest, "$$"))
        return take_display_math(scan, at);
    return at + 1;
}

/* Reads up to `end` and returns where it stopped, which may be behind it. */
static size_t read_elements(struct element_scan *scan, size_t at, size_t end) {
    size_t text = at;
    while (at < end) {
        at += strcspn(scan->shadow.data + at, "\\`~<$");
        if (at >= end)
            break;
        size_t next = take_element(scan, at, end);
        if (scan->mask->kinds[at] != BYTE_TEXT && scan->mask->kinds[at] != BYTE_LIQUID) {
            set_text(scan, text, at);
            text = next;
        }
        at = next;
    }
    set_text(scan, text, end);
    return at > end ? at : end;
}

void mask_elements(struct mask *mask, size_t start) {
    struct element_scan scan = {.mask = mask, .shadow = {mask->shadow, mask->bytes.size}};
    scan.block_budget = 16 * mask->bytes.size;
    read_elements(&scan, start, mask->bytes.size);
}
