/* Source: kramdown's parsers list.rb, codeblock.rb, paragraph.rb and html.rb. */
#include "document/indented_code.h"

#include "base/memory.h"
#include "document/tag.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CODE_INDENT = 4, MOST_LISTS = 16, MOST_STEPS = 1000000 };

/* A line as a list item passes it on: `spaces` blanks, then `rest`, which may begin with a tab. */
struct line {
    struct span whole; /* in the source, without its end */
    size_t spaces;
    struct slice rest;
};

struct line_list {
    struct line *items;
    size_t count, capacity;
};

struct block_reader {
    struct indented_code_list *list;
    const struct document *document;
    struct slice bytes;
    int depth;    /* of lists */
    bool lost;    /* nobody knows what follows is */
    size_t steps; /* that may still be made in search of closing fences */
};

/* What stands before a block: the text over ":" is a term. */
enum before { BEFORE_OTHER, BEFORE_TERM, BEFORE_TERM_BLANK };

static bool is_among(char byte, const char *bytes) {
    return byte && strchr(bytes, byte);
}

/* --- Lines -------------------------------------------------------------------------------- */

static void fold_spaces(struct line *line) {
    while (line->rest.size && *line->rest.data == ' ') {
        line->rest = slice_part(line->rest, 1, line->rest.size);
        line->spaces++;
    }
}

static struct line make_line(struct slice bytes, struct span whole) {
    struct line line = {whole, 0, slice_part(bytes, whole.start, whole.end)};
    fold_spaces(&line);
    return line;
}

static char first_byte(const struct line *line) {
    return line->rest.size ? *line->rest.data : '\0';
}

static bool is_blank(const struct line *line) {
    return slice_is_blank(line->rest);
}

static bool begins_code(const struct line *line) {
    return !is_blank(line) &&
           (line->spaces >= CODE_INDENT || (!line->spaces && first_byte(line) == '\t'));
}

/* Begins with `text`, up to three blanks before it. */
static bool begins_with(const struct line *line, const char *text) {
    return line->spaces < CODE_INDENT && slice_starts_with(line->rest, text);
}

/* Where the first byte that is no blank stands in the source. */
static size_t text_offset(const struct block_reader *reader, const struct line *line) {
    size_t at = line->whole.start;
    while (at < line->whole.end && isspace((unsigned char)reader->bytes.data[at]))
        at++;
    return at;
}

/* kramdown takes an attribute list for one only if nothing stands behind it. */
static bool is_attributes(const struct line *line) {
    return begins_with(line, "{:") && slice_ends_with(slice_trim(line->rest), "}");
}

/* A tag of an element that is not read within a line: it ends what can go on over lines. */
static bool begins_html(const struct line *line) {
    if (!begins_with(line, "<"))
        return false;
    size_t start = slice_starts_with(line->rest, "</") ? 2 : 1, end = start;
    while (end < line->rest.size &&
           (isalnum((unsigned char)line->rest.data[end]) || is_among(line->rest.data[end], "-_:.")))
        end++;
    struct slice name = slice_part(line->rest, start, end);
    return name.size && isalpha((unsigned char)*name.data) && !tag_is_span_level(name) &&
           !tag_is_void(name) && !slice_equal_ignoring_case(name, slice_of("script"));
}

/* The mark of kramdown that ends a block. */
static bool is_end_mark(const struct line *line) {
    return !line->spaces && first_byte(line) == '^' && slice_trim(line->rest).size == 1;
}

static bool begins_fence(const struct line *line) {
    return begins_with(line, "```") || begins_with(line, "~~~");
}

static bool begins_heading(const struct line *line) {
    size_t level = 0;
    while (level < line->rest.size && line->rest.data[level] == '#')
        level++;
    return level && !line->spaces &&
           !slice_is_blank(slice_part(line->rest, level, line->rest.size));
}

/* Three stars, hyphens or underscores and nothing else but blanks. */
static bool is_rule(const struct line *line) {
    char mark = first_byte(line);
    size_t count = 0;
    if (line->spaces >= CODE_INDENT || !is_among(mark, "*-_"))
        return false;
    for (size_t i = 0; i < line->rest.size; i++) {
        if (line->rest.data[i] == mark)
            count++;
        else if (!isspace((unsigned char)line->rest.data[i]))
            return false;
    }
    return count >= 3;
}

/* --- List items --------------------------------------------------------------------------- */

enum list_kind { NO_LIST, LIST_STARS, LIST_NUMBERS, LIST_DEFINITIONS };

/* Size of the mark of an item that begins here, after `most` blanks at the most; 0: none does. */
static size_t mark_size(const struct line *line, enum list_kind kind, size_t most) {
    struct slice text = line->rest;
    size_t end = 0;
    if (line->spaces > most)
        return 0;
    if (kind == LIST_NUMBERS) {
        while (end < text.size && isdigit((unsigned char)text.data[end]))
            end++;
        if (!end || end == text.size || text.data[end] != '.')
            return 0;
        end++;
    } else if (text.size && is_among(*text.data, kind == LIST_STARS ? "*+-" : ":")) {
        end = 1;
    }
    return end && end < text.size && is_among(text.data[end], "\t| ") ? end : 0;
}

static enum list_kind list_start(const struct line *line) {
    if (mark_size(line, LIST_STARS, 3))
        return LIST_STARS;
    return mark_size(line, LIST_NUMBERS, 3) ? LIST_NUMBERS : NO_LIST;
}

static struct slice without_attributes(struct slice text) {
    size_t close = slice_starts_with(text, "{:") ? slice_find(text, "}", 2) : SLICE_NOT_FOUND;
    return close == SLICE_NOT_FOUND ? text : slice_trim(slice_part(text, close + 1, text.size));
}

/* Turns the line with the mark into the item's first; returns how far its text is indented. */
static size_t open_item(struct line *line, size_t mark) {
    size_t indent = line->spaces + mark, column = 0, at = mark;
    for (; at < line->rest.size && is_among(line->rest.data[at], " \t"); at++)
        column += line->rest.data[at] == ' ' ? 1 : 4 - (column + indent) % 4;
    struct slice text = without_attributes(slice_part(line->rest, at, line->rest.size));
    line->rest = text;
    line->spaces = 0;
    return slice_is_blank(text) ? 4 : indent + column;
}

static char byte_at(const struct line *line, size_t at) {
    size_t behind = at - line->spaces;
    if (at < line->spaces)
        return ' ';
    return behind < line->rest.size ? line->rest.data[behind] : '\0';
}

static bool take_blanks(const struct line *line, size_t *at, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (byte_at(line, *at + i) != ' ')
            return false;
    *at += count;
    return true;
}

static bool take_unit(const struct line *line, size_t *at) {
    if (byte_at(line, *at) != '\t')
        return take_blanks(line, at, 4);
    ++*at;
    return true;
}

/* Is it indented as far as the text of the item? */
static bool is_indented(const struct line *line, size_t indent) {
    size_t at = 0;
    for (size_t i = 0; i < indent / 4; i++)
        if (!take_unit(line, &at))
            return false;
    return take_blanks(line, &at, indent % 4) || take_unit(line, &at);
}

static bool goes_on_lazily(const struct line *line, size_t indent) {
    bool far = line->spaces > indent;
    return far || (!is_attributes(line) && !begins_html(line));
}

/* The line as the item's own text has it. `*nested`: a list was seen in the item; may be NULL. */
static struct line take_indent(struct line line, size_t indent, bool *nested) {
    while (!line.spaces && first_byte(&line) == '\t') {
        size_t tabs = 0;
        while (tabs < line.rest.size && line.rest.data[tabs] == '\t')
            tabs++;
        line.spaces = 4 * tabs;
        line.rest = slice_part(line.rest, tabs, line.rest.size);
        fold_spaces(&line);
    }
    bool found = line.spaces >= indent;
    line.spaces -= found ? indent : 0;
    if (nested && list_start(&line)) {
        line.spaces += *nested && !found ? indent + CODE_INDENT : 0;
        *nested |= found;
    }
    return line;
}

/* --- Blocks ------------------------------------------------------------------------------- */

static void read_blocks(struct block_reader *reader, const struct line_list *lines, bool in_item);

/* Behind the items of the list that begins at line `at`. */
static size_t read_list(struct block_reader *reader, const struct line_list *lines, size_t at,
                        enum list_kind kind) {
    struct line_list item = {0};
    size_t indent = 0, most = 3;
    bool after_blank = false, nested = false;
    if (++reader->depth > MOST_LISTS)
        reader->lost = true;
    for (; at < lines->count && !reader->lost; at++) {
        struct line line = lines->items[at];
        size_t mark = mark_size(&line, kind, most);
        if ((after_blank && kind != LIST_DEFINITIONS && is_rule(&line)) || is_end_mark(&line))
            break;
        if (mark) {
            read_blocks(reader, &item, true);
            item.count = 0;
            indent = open_item(&line, mark);
            most = indent < CODE_INDENT ? indent - 1 : 3;
            nested = list_start(&line) != NO_LIST;
            after_blank = false;
        } else if (is_blank(&line)) {
            nested = after_blank = true;
        } else if (is_indented(&line, indent) || (!after_blank && goes_on_lazily(&line, indent))) {
            line = take_indent(line, indent, kind == LIST_DEFINITIONS ? NULL : &nested);
            after_blank = false;
        } else {
            break;
        }
        ARRAY_PUSH(item.items, item.count, item.capacity) = line;
    }
    read_blocks(reader, &item, true);
    free(item.items);
    reader->depth--;
    return at;
}

/* Behind the code that begins at line `at`, and the lines that run on from it. */
static size_t code_end(const struct line_list *lines, size_t at) {
    size_t end = at;
    for (;;) {
        size_t next = end;
        while (next < lines->count && is_blank(&lines->items[next]))
            next++;
        if (next == lines->count || !begins_code(&lines->items[next]))
            return end;
        for (end = next; end < lines->count; end++) {
            const struct line *line = &lines->items[end];
            bool ends = is_attributes(line) || is_end_mark(line) || begins_html(line);
            if (is_blank(line) || (ends && !begins_code(line)))
                break;
        }
    }
}

static void add_code(struct block_reader *reader, const struct line_list *lines, size_t start,
                     size_t end, bool in_item) {
    struct span span = {lines->items[start].whole.start, lines->items[end - 1].whole.end};
    ARRAY_PUSH(reader->list->items, reader->list->count, reader->list->capacity) =
        (struct indented_code){span, in_item};
}

/* Behind the fence that closes the one at `at`; `at` when there is none. */
static size_t fence_end(struct block_reader *reader, const struct line_list *lines, size_t at) {
    struct slice open = lines->items[at].rest;
    size_t size = 0;
    while (size < open.size && open.data[size] == *open.data)
        size++;
    for (size_t end = at + 1; end < lines->count && !reader->lost; end++) {
        reader->lost = !reader->steps--;
        struct slice text = slice_trim(lines->items[end].rest);
        size_t marks = 0;
        while (marks < text.size && text.data[marks] == *open.data)
            marks++;
        if (marks >= size && marks == text.size)
            return end + 1;
    }
    return at;
}

static size_t paragraph_end(const struct line_list *lines, size_t at) {
    for (at++; at < lines->count; at++) {
        const struct line *line = &lines->items[at];
        if (is_blank(line) || is_attributes(line) || is_end_mark(line) || begins_html(line) ||
            list_start(line) || begins_heading(line) || mark_size(line, LIST_DEFINITIONS, 3) ||
            begins_with(line, ">") || begins_fence(line))
            break;
    }
    return at;
}

static int compare_place(const void *key, const void *element) {
    size_t offset = *(const size_t *)key;
    const struct span *span = &((const struct passage *)element)->span;
    return offset < span->start ? -1 : offset >= span->end;
}

/* Where the raw HTML, formula, comment or Liquid ends that begins at `offset`, or `offset`. */
static size_t masked_until(const struct block_reader *reader, size_t offset) {
    const struct document *document = reader->document;
    const struct passage *raw = document->raw_count
                                    ? bsearch(&offset, document->raw, document->raw_count,
                                              sizeof *document->raw, compare_place)
                                    : NULL;
    if (raw)
        return raw->span.end;
    unsigned char kind = document->kinds[offset];
    bool math = kind == BYTE_MATH &&
                slice_starts_with(slice_part(reader->bytes, offset, reader->bytes.size), "$$");
    size_t end = offset;
    while ((math || kind == BYTE_COMMENT || kind == BYTE_LIQUID) && end < reader->bytes.size &&
           document->kinds[end] == kind)
        end++;
    return end;
}

/*
 * Behind what is masked at line `at`, and what stands under it without a blank line: what that is
 * can depend on it. `at` when nothing is masked.
 */
static size_t masked_end(const struct block_reader *reader, const struct line_list *lines,
                         size_t at) {
    size_t offset = text_offset(reader, &lines->items[at]), end = masked_until(reader, offset);
    if (end == offset)
        return at;
    while (at + 1 < lines->count && lines->items[at + 1].whole.start < end)
        at++;
    return paragraph_end(lines, at);
}

/* A line that is a block by itself: heading, rule, attribute list, definition of a link. */
static bool is_single(const struct line *line) {
    bool definition = (begins_with(line, "[") || begins_with(line, "*[")) &&
                      slice_find(line->rest, "]:", 1) != SLICE_NOT_FOUND;
    return begins_heading(line) || is_rule(line) || is_end_mark(line) || is_attributes(line) ||
           definition || (line->spaces && first_byte(line) == '\t');
}

static size_t read_block(struct block_reader *reader, const struct line_list *lines, size_t at,
                         bool in_item, enum before *before) {
    const struct line *line = &lines->items[at];
    enum before above = *before;
    *before = BEFORE_OTHER;
    if (begins_code(line)) {
        size_t end = code_end(lines, at);
        add_code(reader, lines, at, end, in_item);
        return end;
    }
    if (begins_with(line, "[^") && slice_find(line->rest, "]:", 1) != SLICE_NOT_FOUND)
        return code_end(lines, at + 1); /* a footnote's text is indented as code is */
    size_t end = begins_fence(line) ? fence_end(reader, lines, at) : at;
    if (end > at)
        return end;
    end = masked_end(reader, lines, at);
    *before = end > at ? BEFORE_TERM : BEFORE_OTHER;
    if (end > at)
        return end;
    if (is_single(line))
        return at + 1;
    enum list_kind kind = list_start(line);
    if (!kind && above != BEFORE_OTHER && mark_size(line, LIST_DEFINITIONS, 3))
        kind = LIST_DEFINITIONS;
    if (kind) {
        size_t next = read_list(reader, lines, at, kind);
        return next > at ? next : at + 1;
    }
    reader->lost |= begins_html(line) && !slice_starts_with(line->rest, "</");
    *before = BEFORE_TERM;
    return paragraph_end(lines, at);
}

static void read_blocks(struct block_reader *reader, const struct line_list *lines, bool in_item) {
    enum before before = BEFORE_OTHER;
    for (size_t at = 0; at < lines->count && !reader->lost;) {
        if (is_blank(&lines->items[at])) {
            before = before == BEFORE_TERM ? BEFORE_TERM_BLANK : BEFORE_OTHER;
            at++;
        } else {
            at = read_block(reader, lines, at, in_item, &before);
        }
    }
}

/* Some line of the body is indented as code is: most files have none. */
static bool has_indented_line(const struct document *document) {
    struct slice bytes = document->source.bytes;
    size_t end_before = document->body_start ? document->body_start - 1 : 0;
    bytes = slice_part(bytes, end_before, bytes.size);
    return slice_find(bytes, "\n    ", 0) != SLICE_NOT_FOUND ||
           slice_find(bytes, "\n\t", 0) != SLICE_NOT_FOUND;
}

void indented_code_read(struct indented_code_list *list, const struct document *document) {
    *list = (struct indented_code_list){0};
    const struct source *source = &document->source;
    struct block_reader reader = {
        .list = list, .document = document, .bytes = source->bytes, .steps = MOST_STEPS};
    struct line_list lines = {0};
    if (!document->kinds || !has_indented_line(document))
        return;
    for (size_t number = source_line(source, document->body_start); number <= source->line_count;
         number++) {
        size_t start = source_line_start(source, number);
        struct span whole = {start, start + source_line_text(source, number).size};
        if (start < document->body_start)
            whole.start = document->body_start; /* behind a BOM */
        if (whole.start <= whole.end)
            ARRAY_PUSH(lines.items, lines.count, lines.capacity) = make_line(source->bytes, whole);
    }
    read_blocks(&reader, &lines, false);
    free(lines.items);
}
