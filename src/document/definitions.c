#include "document/definitions.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST_BODY = 8, WIDEST_INDENT = 3, TAB_WIDTH = 4 };

/* A line of the source. */
struct line {
    size_t start, text, end; /* `text`: its first byte that is not blank; `end` without line end */
    size_t indent;           /* columns before `text` */
    bool blank;              /* nothing but white space */
};

struct body_frame {
    size_t index;  /* in list->bodies */
    size_t indent; /* columns: what is at least as deep belongs to the body */
};

struct scan {
    struct term_list *list;
    const struct document *document;
    struct term pending; /* lines that a colon would make a term; empty span: none */
    bool open;           /* the last of the terms still takes bodies and lines */
    size_t blank_lines;  /* in front of the line */
    struct body_frame frames[DEEPEST_BODY];
    size_t depth;
};

static struct line read_line(struct slice bytes, size_t start) {
    struct line line = {.start = start, .text = start};
    const char *feed = memchr(bytes.data + start, '\n', bytes.size - start);
    line.end = feed ? (size_t)(feed - bytes.data) : bytes.size;
    while (line.text < line.end && isspace((unsigned char)bytes.data[line.text])) {
        bool tab = bytes.data[line.text++] == '\t';
        line.indent += tab ? TAB_WIDTH - line.indent % TAB_WIDTH : 1;
    }
    line.blank = line.text == line.end;
    return line;
}

static struct span trimmed(struct slice bytes, size_t start, size_t end) {
    while (start < end && isspace((unsigned char)bytes.data[start]))
        start++;
    while (end > start && isspace((unsigned char)bytes.data[end - 1]))
        end--;
    return (struct span){start, end};
}

static bool is_colon(const struct scan *scan, const struct line *line) {
    struct slice bytes = scan->document->source.bytes;
    return !line->blank && bytes.data[line->text] == ':' && line->text + 1 < line->end &&
           strchr(" \t", bytes.data[line->text + 1]) &&
           scan->document->kinds[line->text] == BYTE_TEXT;
}

/* Columns from the start of the line to what the colon defines. */
static size_t content_indent(struct slice bytes, const struct line *line) {
    size_t column = line->indent + 1;
    for (size_t at = line->text + 1; at < line->end && strchr(" \t", bytes.data[at]); at++)
        column += bytes.data[at] == '\t' ? TAB_WIDTH - column % TAB_WIDTH : 1;
    return column;
}

static bool has_text(const struct scan *scan, const struct line *line) {
    const unsigned char *kinds = scan->document->kinds;
    for (size_t at = line->text; at < line->end; at++)
        if (kinds[at] != BYTE_COMMENT && kinds[at] != BYTE_ATTRIBUTES &&
            !isspace((unsigned char)scan->document->source.bytes.data[at]))
            return true;
    return false;
}

/* Headings, lists, quotes, code, tags and comments begin a block that can't be a term. */
static bool starts_other_block(const struct scan *scan, const struct line *line) {
    const char *text = scan->document->source.bytes.data + line->text;
    size_t size = line->end - line->text, digits = 0;
    unsigned char kind = scan->document->kinds[line->text];
    if (line->indent > WIDEST_INDENT || kind == BYTE_CODE || kind == BYTE_COMMENT ||
        kind == BYTE_LIQUID || (kind == BYTE_TAG && !has_text(scan, line)) || strchr("#>|", *text))
        return true;
    while (digits < size && isdigit((unsigned char)text[digits]))
        digits++;
    if (digits && digits + 1 < size && strchr(".)", text[digits]) && text[digits + 1] == ' ')
        return true;
    return strchr("*+-", *text) && size > 1 && text[1] == ' ';
}

/* All open bodies from `depth` on end here; `end` is the last byte read that was not blank. */
static void extend(struct scan *scan, size_t end) {
    struct term_list *list = scan->list;
    for (size_t i = 0; i < scan->depth; i++)
        list->bodies[scan->frames[i].index].span.end = end;
    list->items[list->count - 1].span.end = end;
}

static void add_body(struct scan *scan, const struct line *line) {
    struct slice bytes = scan->document->source.bytes;
    struct term_list *list = scan->list;
    struct span text = trimmed(bytes, line->text + 1, line->end);
    struct term_body body = {
        .level = (unsigned)scan->depth, .span = {line->text, text.end}, .line = text};
    scan->frames[scan->depth++] =
        (struct body_frame){list->body_count, content_indent(bytes, line)};
    ARRAY_PUSH(list->bodies, list->body_count, list->body_capacity) = body;
    list->items[list->count - 1].body_count++;
    extend(scan, text.end > line->text ? text.end : line->text + 1);
}

static void open_term(struct scan *scan) {
    scan->pending.first_body = scan->list->body_count;
    ARRAY_PUSH(scan->list->items, scan->list->count, scan->list->capacity) = scan->pending;
    scan->pending = (struct term){0};
    scan->open = true;
    scan->depth = 0;
}

/* A line that no colon opens: part of a body, of a term to come, or of neither. */
static void take_text(struct scan *scan, const struct line *line) {
    struct span text = trimmed(scan->document->source.bytes, line->start, line->end);
    bool in_body = scan->open && (!scan->blank_lines || line->indent >= scan->frames[0].indent);
    if (in_body) {
        extend(scan, text.end);
        return;
    }
    scan->open = false;
    bool continues = scan->pending.span.end && !scan->blank_lines;
    if (!continues)
        scan->pending = (struct term){0};
    if (!continues && starts_other_block(scan, line))
        return;
    if (!continues)
        scan->pending.span.start = text.start;
    scan->pending.span.end = text.end;
    if (has_text(scan, line))
        scan->pending.term = text;
}

static void take_line(struct scan *scan, const struct line *line) {
    bool colon = is_colon(scan, line);
    if (scan->open && colon) {
        size_t depth = scan->depth;
        while (depth && line->indent < scan->frames[depth - 1].indent)
            depth--;
        size_t outer = depth ? scan->frames[depth - 1].indent : 0;
        if (depth < DEEPEST_BODY && line->indent - outer <= WIDEST_INDENT) {
            scan->depth = depth;
            add_body(scan, line);
            return;
        }
    } else if (colon && scan->pending.term.end && scan->blank_lines <= 1 &&
               line->indent <= WIDEST_INDENT) {
        open_term(scan);
        add_body(scan, line);
        return;
    }
    take_text(scan, line);
}

void term_list_read(struct term_list *list, const struct document *document) {
    struct slice bytes = document->source.bytes;
    struct scan scan = {.list = list, .document = document};
    bool other = false; /* within a block that is none of a list's */
    *list = (struct term_list){0};
    if (!document->kinds)
        return;
    for (size_t at = document->body_start; at < bytes.size;) {
        struct line line = read_line(bytes, at);
        at = line.end + 1;
        if (line.blank) {
            scan.blank_lines++;
            other = false;
            continue;
        }
        if (!other)
            take_line(&scan, &line);
        /* A list or quote goes on to the next blank line; headings, tags and comments don't. */
        bool lazy = !scan.open && !scan.pending.span.end && starts_other_block(&scan, &line);
        char first = bytes.data[line.text];
        other = other || (lazy && document->kinds[line.text] == BYTE_TEXT && first != '#');
        scan.blank_lines = 0;
    }
}

void term_list_release(struct term_list *list) {
    free(list->items);
    free(list->bodies);
    *list = (struct term_list){0};
}

/* True when a line within the comment begins as a body does. */
static bool holds_colon_line(struct slice bytes, struct span comment) {
    struct slice all = slice_part(bytes, 0, comment.end);
    for (size_t at = comment.start; (at = slice_find(all, "\n", at)) != SLICE_NOT_FOUND;) {
        struct line line = read_line(all, ++at);
        if (!line.blank && line.indent <= WIDEST_INDENT && line.text + 1 < line.end &&
            all.data[line.text] == ':' && strchr(" \t", all.data[line.text + 1]))
            return true;
        at = line.end;
    }
    return false;
}

/* True when text stands right above the line in which the comment opens, or before it there. */
static bool is_below_text(const struct document *document, size_t start) {
    const struct source *source = &document->source;
    size_t number = source_line(source, start);
    if (!slice_is_blank(slice_part(source->bytes, source_line_start(source, number), start)))
        return true;
    struct slice above = source_line_text(source, number - 1);
    size_t offset = number > 1 ? source_line_start(source, number - 1) : 0;
    if (number == 1 || offset < document->body_start || slice_is_blank(above))
        return false;
    size_t text = offset + (size_t)(slice_trim(above).data - above.data);
    return document->kinds[text] == BYTE_TEXT && source->bytes.data[text] != '#';
}

static void blank_out(char *bytes, size_t start, size_t end) {
    for (size_t i = start; i < end; i++)
        if (bytes[i] != '\n' && bytes[i] != '\r')
            bytes[i] = ' ';
}

bool comments_separate(const struct document *document, struct buffer *shown,
                       struct buffer *hidden) {
    struct slice bytes = document->source.bytes;
    bool any = false;
    for (size_t i = 0; i < document->comment_count && !any; i++)
        any = holds_colon_line(bytes, document->comments[i].span);
    if (!any)
        return false;
    char *seen = buffer_extend(shown, bytes.size);
    char *unseen = buffer_extend(hidden, bytes.size);
    memcpy(seen, bytes.data, bytes.size);
    memcpy(unseen, bytes.data, bytes.size);
    size_t behind = 0;
    for (size_t i = 0; i < document->comment_count; i++) {
        struct span span = document->comments[i].span;
        size_t mark = strlen("<!--"), end = span.end;
        bool html = slice_starts_with(slice_part(bytes, span.start, span.end), "<!--") &&
                    slice_ends_with(slice_part(bytes, span.start, span.end), "-->");
        if (!html || span.start < behind || span.end - span.start < mark + strlen("-->") ||
            !holds_colon_line(bytes, span))
            continue;
        end -= strlen("-->");
        if (is_below_text(document, span.start)) {
            blank_out(seen, span.start, span.start + mark);
            blank_out(seen, end, span.end);
        } else {
            blank_out(unseen, behind, span.start + mark);
            behind = end;
        }
    }
    blank_out(unseen, behind, bytes.size);
    return true;
}
