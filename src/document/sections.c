#include "document/reader.h"

#include <ctype.h>

static struct slice line_at(const struct document *document, struct span span) {
    return slice_part(document->source.bytes, span.start, span.end);
}

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

/* `## Title ##`: the marks at the end count only behind a blank. */
static struct span atx_title(const struct document *document, struct span line) {
    const char *bytes = document->source.bytes.data;
    size_t start = line.start;
    while (start < line.end && bytes[start] != '#')
        start++;
    while (start < line.end && bytes[start] == '#')
        start++;
    struct span title = drop_attributes(document, trim(document, (struct span){start, line.end}));
    size_t end = title.end;
    while (end > title.start && bytes[end - 1] == '#')
        end--;
    if (end == title.start || isspace((unsigned char)bytes[end - 1]))
        title.end = end;
    return trim(document, title);
}

/* Text over a line of "=" or "-". */
static struct span setext_title(const struct document *document, struct span block) {
    struct span title = trim(document, block);
    const char *bytes = document->source.bytes.data;
    size_t end = title.end;
    while (end > title.start && bytes[end - 1] != '\n')
        end--;
    return drop_attributes(document, trim(document, (struct span){title.start, end}));
}

static bool is_setext(const struct document *document, struct span block) {
    struct slice text = slice_trim(line_at(document, block));
    char last = text.size ? text.data[text.size - 1] : '\0';
    size_t start = text.size;
    while (start && text.data[start - 1] == last)
        start--;
    return (last == '=' || last == '-') && start && text.data[start - 1] == '\n';
}

static struct section *new_section(struct document *document, const struct leaf *leaf) {
    struct section *section = arena_allocate(&document->arena, 1, sizeof *section);
    section->level = leaf->level;
    struct span block = leaf->span;
    bool setext = is_setext(document, block);
    if (!setext)
        block.end =
            source_line_start(&document->source, source_line(&document->source, block.start) + 1);
    section->heading = trim(document, block);
    section->title = setext ? setext_title(document, block) : atx_title(document, block);
    section->content = (struct span){block.end, document->source.bytes.size};
    return section;
}

void sections_build(struct document *document, const struct leaf_list *leaves) {
    struct section *last = &document->root;
    document->root.content = (struct span){document->body_start, document->source.bytes.size};
    for (size_t i = 0; i < leaves->count; i++) {
        if (leaves->items[i].kind != LEAF_HEADING)
            continue;
        struct section *section = new_section(document, &leaves->items[i]);
        last->content.end = leaves->items[i].span.start;
        struct section *parent = last, *sibling = NULL;
        while (parent->level >= section->level) {
            sibling = parent;
            parent = parent->parent;
        }
        section->parent = parent;
        if (sibling)
            sibling->next = section;
        else
            parent->first_child = section;
        last = section;
    }
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
