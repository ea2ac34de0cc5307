/* The left-to-right pass of the mask: code, comments, HTML and $$…$$, whichever opens first. */
#include "document/mask.h"
#include "document/tag.h"

#include <ctype.h>
#include <string.h>

/* LONGEST_TAG: pictures are sometimes written into the tag itself, as base64. */
enum { LONGEST_BACKTICK_RUN = 32, LONGEST_TAG = 1024 * 1024 };

/* Of a scheme, or of the name in a mail address. */
static const char autolink_bytes[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789.+-_";

struct element_scan {
    struct mask *mask;
    struct slice shadow; /* the shadow copy: Liquid is filler in it */
    size_t raw_end;      /* end of the raw HTML block that is being read, or 0 */
    bool comment_unclosed;
    struct span paragraph; /* the last one asked for */
    size_t block_budget;   /* bytes that may still be read in search of closing tags */
    size_t tag_budget;     /* bytes that may still be read for tags that turn out to be none */
    /* For each opaque element: up to where it is known that no closing tag of it stands. */
    size_t no_closing_until[TAG_OPAQUE_COUNT];
    size_t unclosed_fence[2]; /* by mark: fences of this length or longer are not closed, or 0 */
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

/* Behind the line of the fence that closes one of `length` marks, or SLICE_NOT_FOUND. */
static size_t find_closing_fence(struct element_scan *scan, size_t line, char mark, size_t length) {
    size_t *unclosed = &scan->unclosed_fence[mark == '~'];
    if (*unclosed && length >= *unclosed)
        return SLICE_NOT_FOUND;
    for (size_t start = line; start < scan->shadow.size;) {
        size_t end = mask_line_end(scan->mask, start);
        struct slice text = slice_trim(slice_part(scan->shadow, start, end));
        if (text.size >= length && *text.data == mark && run_length(text, 0) == text.size)
            return end;
        start = end;
    }
    *unclosed = length;
    return SLICE_NOT_FOUND;
}

/* A code fence at the start of a line, or 0. kramdown wants it closed, else it is text. */
static size_t take_fence(struct element_scan *scan, size_t at) {
    char mark = scan->shadow.data[at];
    size_t length = run_length(scan->shadow, at);
    size_t line = mask_line_end(scan->mask, at);
    if (length < 3 ||
        (mark == '`' && memchr(scan->shadow.data + at + length, '`', line - at - length)))
        return 0;
    size_t end = find_closing_fence(scan, line, mark, length);
    if (end != SLICE_NOT_FOUND)
        return take(scan, BYTE_CODE, at, end);
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

/* Text stands before it on its line, or on the line before and runs on. */
static bool continues_paragraph(const struct element_scan *scan, size_t at) {
    const char *text = scan->shadow.data;
    size_t line = at;
    while (line && text[line - 1] == ' ')
        line--;
    if (line && text[line - 1] != '\n')
        return !may_open_fence(scan, at);
    size_t previous = line ? line - 1 : 0;
    while (previous && text[previous - 1] != '\n')
        previous--;
    struct slice before = slice_trim(slice_part(scan->shadow, previous, line));
    if (!before.size)
        return previous < line && scan->mask->kinds[previous] == BYTE_MATH;
    size_t rule = 0;
    while (rule < before.size && strchr("-=*_ ", before.data[rule]))
        rule++;
    return rule < before.size && *before.data != '#';
}

/* kramdown ends a paragraph at such a line even within a comment. */
static bool ends_paragraph(const struct element_scan *scan, size_t line) {
    const char *text = scan->shadow.data + line;
    size_t indent = strspn(text, " ");
    struct slice name = {text + indent + 1,
                         strspn(text + indent, "<") ? strcspn(text + indent + 1, " />\n") : 0};
    return mask_line_starts_block(scan->mask, line) ||
           (name.size && isalpha((unsigned char)*name.data) && !tag_is_span_level(name));
}

/*
 * Within a paragraph a comment must end before the paragraph does, else kramdown prints it: so it
 * does with rows that are commented out under the text of a definition list.
 */
static bool is_printed(const struct element_scan *scan, size_t at, size_t end) {
    if (scan->raw_end || !continues_paragraph(scan, at))
        return false;
    struct slice comment = slice_part(scan->shadow, 0, end);
    for (size_t line = at; (line = slice_find(comment, "\n", line)) != SLICE_NOT_FOUND;)
        if (ends_paragraph(scan, ++line))
            return true;
    return false;
}

static size_t take_comment(struct element_scan *scan, size_t at) {
    size_t end =
        scan->comment_unclosed ? SLICE_NOT_FOUND : slice_find(scan->mask->bytes, "-->", at + 4);
    scan->comment_unclosed = end == SLICE_NOT_FOUND;
    if (end != SLICE_NOT_FOUND && !is_printed(scan, at, end))
        return take(scan, BYTE_COMMENT, at, end + 3);
    /* Text for kramdown; cmark would hide it, up to the end of the file when it is not closed. */
    scan->mask->shadow[at] = MASK_FILLER;
    return at + 4;
}

/* Nothing behind on its line, and a blank line or the end of the file under that. */
static bool ends_block(const struct element_scan *scan, size_t end) {
    size_t line = mask_line_end(scan->mask, end);
    return slice_is_blank(slice_part(scan->mask->bytes, end, line)) &&
           mask_line_is_blank(scan->mask, line);
}

/*
 * Display math that opens a line may hold blank lines when a blank line follows it, but no heading;
 * else it ends with its paragraph. kramdown: BLOCK_MATH_START, parse_block_math().
 */
static size_t take_display_math(struct element_scan *scan, size_t at) {
    size_t close = slice_find(scan->mask->bytes, "$$", at + 2);
    if (close == SLICE_NOT_FOUND)
        return at + 2;
    bool block = is_line_start(scan, at) && ends_block(scan, close + 2);
    if (!block && close >= paragraph_end(scan, at))
        return at + 2;
    if (slice_find(slice_part(scan->mask->bytes, 0, close), "\n#", at) != SLICE_NOT_FOUND)
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
        } else if (!tag_read(slice_part(text, 0, at + TAG_USUAL_SIZE), at, &tag)) {
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
    bool math = false;
    size_t index = tag_opaque_index(tag->name, &math);
    if (tag->closing || tag->self_closed || index == TAG_OPAQUE_COUNT)
        return 0;
    size_t limit =
        scan->raw_end || !tag_is_span_level(tag->name) ? end : paragraph_end(scan, tag->end);
    size_t *known = &scan->no_closing_until[index];
    size_t from = *known > tag->end ? *known : tag->end;
    size_t close =
        from < limit ? tag_find_closing(scan->shadow, tag->name, from, limit) : SLICE_NOT_FOUND;
    if (close == SLICE_NOT_FOUND) {
        *known = limit > *known ? limit : *known;
        return 0;
    }
    take(scan, math ? BYTE_MATH : BYTE_CODE, tag->end, close);
    return close;
}

/* "<https://…>", "<name@place>", "[text](<destination>)", "[label]: <…>": cmark must see these. */
static bool is_pointed_destination(const struct element_scan *scan, size_t at) {
    const char *text = scan->shadow.data;
    size_t before = at;
    while (before && isspace((unsigned char)text[before - 1]))
        before--;
    if (before > 1 && text[before - 2] == ']' && strchr("(:", text[before - 1]))
        return true;
    size_t name = at + 1 + strspn(text + at + 1, autolink_bytes);
    return name > at + 1 && (text[name] == ':' || text[name] == '@');
}

/* Text for kramdown, but cmark is less strict with what opens a block of HTML. */
static size_t pass_pointed_bracket(struct element_scan *scan, size_t at) {
    if (!is_pointed_destination(scan, at))
        scan->mask->shadow[at] = MASK_FILLER;
    return at + 1;
}

static bool read_tag(struct element_scan *scan, size_t at, size_t end, struct tag *tag) {
    size_t longest = scan->tag_budget ? LONGEST_TAG : TAG_USUAL_SIZE;
    struct slice text = slice_part(scan->shadow, 0, end < at + longest ? end : at + longest);
    bool found = tag_read(text, at, tag);
    size_t cost = found ? 0 : tag->end - at;
    scan->tag_budget -= cost < scan->tag_budget ? cost : scan->tag_budget;
    /* The shadow is about to be filled, and the name with it. */
    if (found)
        tag->name.data = scan->mask->bytes.data + (tag->name.data - scan->shadow.data);
    return found;
}

/* "[text](<destination>)" may look like a tag, but the link opens first. */
static bool is_destination(const struct element_scan *scan, size_t at, size_t end) {
    const char *text = scan->shadow.data;
    if (scan->raw_end || at < 2 || text[at - 1] != '(' || text[at - 2] != ']')
        return false;
    size_t limit = end < at + TAG_USUAL_SIZE ? end : at + TAG_USUAL_SIZE;
    const char *close = memchr(text + at, '>', limit - at);
    const char *behind = close ? close + 1 + strspn(close + 1, " \t") : NULL;
    return behind && *behind && strchr(")\"'", *behind);
}

static size_t take_tag(struct element_scan *scan, size_t at, size_t end) {
    struct tag tag;
    if (is_destination(scan, at, end))
        return at + 1;
    if (!read_tag(scan, at, end, &tag))
        return pass_pointed_bracket(scan, at);
    bool opens_block = !scan->raw_end && !tag.closing && !tag.self_closed && !tag.markdown &&
                       !tag_is_span_level(tag.name) && !tag_is_void(tag.name) &&
                       is_line_start(scan, at);
    size_t block_end = opens_block ? find_block_end(scan, &tag) : 0;
    take(scan, BYTE_TAG, at, tag.end);
    if (block_end)
        mask_add_region(scan->mask, REGION_RAW, (struct span){at, block_end});
    size_t content_end = take_opaque_content(scan, &tag, end);
    size_t next = content_end ? content_end : tag.end;
    if (block_end) {
        scan->raw_end = block_end;
        next = read_elements(scan, next, block_end);
        scan->raw_end = 0;
        mask_blank(scan->mask, (struct span){at, block_end});
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
    scan.tag_budget = 16 * mask->bytes.size;
    read_elements(&scan, start, mask->bytes.size);
}
