#include "document/reader.h"

#include <ctype.h>
#include <string.h>

/* Narrows a span to leave out white space at both ends. */
static struct span trim(const struct document *document, struct span span) {
    const char *bytes = document->source.bytes.data;
    while (span.start < span.end && isspace((unsigned char)bytes[span.start]))
        span.start++;
    while (span.start < span.end && isspace((unsigned char)bytes[span.end - 1]))
        span.end--;
    return span;
}

static struct span drop_attributes(const struct document *document, struct span span) {
    while (span.start < span.end && document->kinds[span.end - 1] == BYTE_ATTRIBUTES)
        span.end--;
    return trim(document, span);
}

static size_t next_line(const struct document *document, size_t offset) {
    return source_line_start(&document->source, source_line(&document->source, offset) + 1);
}

/* Behind the indentation and the marks of the quotes and list items around a block. */
static size_t skip_marks(const struct document *document, struct span line, const char *marks) {
    const char *bytes = document->source.bytes.data;
    size_t at = line.start;
    while (at < line.end && bytes[at] && strchr(marks, bytes[at]))
        at++;
    return at;
}

/* Offset of the "#" marks of a heading of that level on the block's first line, or the size. */
static size_t find_marks(const struct document *document, const struct leaf *leaf) {
    struct slice bytes = document->source.bytes;
    struct span line = {leaf->span.start, next_line(document, leaf->span.start)};
    size_t at = skip_marks(document, line, " \t>-*+.)0123456789"), end = at;
    while (end < line.end && bytes.data[end] == '#')
        end++;
    bool marks = end - at == (size_t)leaf->level &&
                 (end == line.end || isspace((unsigned char)bytes.data[end]));
    return marks ? at : bytes.size;
}

/* `## Title ##`: the marks at the end count only behind a blank. */
static struct span atx_title(const struct document *document, struct span heading, int level) {
    const char *bytes = document->source.bytes.data;
    heading.start += (size_t)level;
    struct span title = drop_attributes(document, trim(document, heading));
    size_t end = title.end;
    while (end > title.start && bytes[end - 1] == '#')
        end--;
    if (end == title.start || isspace((unsigned char)bytes[end - 1]))
        title.end = end;
    return trim(document, title);
}

/* The line of "=" or "-" under a heading; an empty span at the block's end if it is not found. */
static struct span find_underline(const struct document *document, const struct leaf *leaf) {
    struct slice bytes = document->source.bytes;
    char mark = leaf->level == 1 ? '=' : '-';
    struct span line = {leaf->span.start, next_line(document, leaf->span.start)};
    while (line.end < leaf->span.end) {
        line = (struct span){line.end, next_line(document, line.end)};
        size_t start = skip_marks(document, line, " \t>"), end = start;
        while (end < line.end && bytes.data[end] == mark && document->kinds[end] == BYTE_TEXT)
            end++;
        if (end > start && slice_is_blank(slice_part(bytes, end, line.end)))
            return line;
    }
    return (struct span){leaf->span.end, leaf->span.end};
}

/* NULL when it is none for kramdown: the text over an underline must be a single line. */
static struct section *new_section(struct document *document, const struct leaf *leaf) {
    struct section *section = arena_allocate(&document->arena, 1, sizeof *section);
    section->level = leaf->level;
    struct span line = {leaf->span.start, next_line(document, leaf->span.start)};
    size_t marks = find_marks(document, leaf);
    if (marks < document->source.bytes.size) {
        section->heading = trim(document, (struct span){marks, line.end});
        section->title = atx_title(document, section->heading, leaf->level);
    } else {
        struct span underline = find_underline(document, leaf);
        size_t start = skip_marks(document, line, " \t>");
        section->heading = trim(document, (struct span){start, underline.end});
        section->title = trim(document, (struct span){start, underline.start});
        section->title = drop_attributes(document, section->title);
        if (section->title.end > line.end)
            return NULL;
        line.end = underline.end;
    }
    section->content = (struct span){line.end, document->source.bytes.size};
    return section;
}

void sections_build(struct document *document, const struct leaf_list *leaves) {
    struct section *last = &document->root;
    document->root.content = (struct span){document->body_start, document->source.bytes.size};
    for (size_t i = 0; i < leaves->count; i++) {
        if (leaves->items[i].kind != LEAF_HEADING)
            continue;
        struct section *section = new_section(document, &leaves->items[i]);
        if (!section)
            continue;
        last = section_append(last, section, leaves->items[i].span.start);
    }
}

struct section *section_append(struct section *last, struct section *section, size_t start) {
    struct section *parent = last, *sibling = NULL;
    last->content.end = start;
    while (parent->level >= section->level) {
        sibling = parent;
        parent = parent->parent;
    }
    section->parent = parent;
    if (sibling)
        sibling->next = section;
    else
        parent->first_child = section;
    return section;
}

struct section *section_next(const struct section *section) {
    if (section->first_child)
        return section->first_child;
    while (section && !section->next)
        section = section->parent;
    return section ? section->next : NULL;
}

bool section_is_empty(const struct document *document, const struct section *section) {
    for (size_t i = section->content.start; i < section->content.end; i++) {
        unsigned char kind = document->kinds[i];
        bool unseen = kind == BYTE_COMMENT || kind == BYTE_ATTRIBUTES;
        if (!unseen && !isspace((unsigned char)document->source.bytes.data[i]))
            return false;
    }
    return true;
}
