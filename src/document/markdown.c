/* The only file that sees cmark. */
#include "base/memory.h"
#include "document/reader.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

struct walk {
    struct leaf_list *leaves;
    const struct source *source;
    const struct mask *mask;
    struct arena *arena;
    size_t capacity; /* of the links of the last leaf */
};

/* cmark before 0.30.3 is quadratic on this (CVE-2023-22486): 300 KB take seconds. */
static bool holds_up_cmark(const struct mask *mask) {
    enum { HARMLESS = 2000 };
    struct slice shadow = {mask->shadow, mask->bytes.size};
    size_t count = 0;
    for (size_t at = 0; (at = slice_find(shadow, "![[", at)) != SLICE_NOT_FOUND; at += 3)
        if (++count > HARMLESS)
            return true;
    return false;
}

/* A code block has one line for each in its text, and its fences, which the mask has taken away. */
static size_t code_end(const struct walk *walk, cmark_node *node, size_t line) {
    size_t lines = 0;
    for (const char *at = cmark_node_get_literal(node); at && (at = strchr(at, '\n')); at++)
        lines++;
    return source_line_start(walk->source, line + (lines ? lines : 1));
}

static void add_leaf(struct walk *walk, cmark_node *node, enum leaf_kind kind) {
    size_t line = (size_t)cmark_node_get_start_line(node);
    size_t start = source_line_start(walk->source, line);
    size_t end =
        kind == LEAF_CODE ? code_end(walk, node, line) : mask_paragraph_end(walk->mask, start);
    int level = kind == LEAF_HEADING ? cmark_node_get_heading_level(node) : 0;
    struct leaf_list *leaves = walk->leaves;
    if (leaves->count && leaves->items[leaves->count - 1].span.end > start)
        leaves->items[leaves->count - 1].span.end = start;
    ARRAY_PUSH(leaves->items, leaves->count, leaves->capacity) =
        (struct leaf){.kind = kind, .level = level, .span = {start, end}};
    walk->capacity = 0;
}

static struct slice copy_text(struct arena *arena, const char *text) {
    return text && *text ? arena_copy(arena, slice_of(text)) : (struct slice){NULL, 0};
}

static void add_link(struct walk *walk, cmark_node *node, bool image) {
    if (!walk->leaves->count)
        return;
    struct leaf *leaf = &walk->leaves->items[walk->leaves->count - 1];
    if (leaf->link_count == walk->capacity) {
        size_t capacity = walk->capacity ? 2 * walk->capacity : 4;
        struct parsed_link *links = arena_allocate(walk->arena, capacity, sizeof *links);
        if (leaf->link_count)
            memcpy(links, leaf->links, leaf->link_count * sizeof *links);
        leaf->links = links;
        walk->capacity = capacity;
    }
    leaf->links[leaf->link_count++] =
        (struct parsed_link){image, copy_text(walk->arena, cmark_node_get_url(node)),
                             copy_text(walk->arena, cmark_node_get_title(node))};
}

static void enter(struct walk *walk, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        add_leaf(walk, node, LEAF_HEADING);
        break;
    case CMARK_NODE_PARAGRAPH:
        add_leaf(walk, node, LEAF_PARAGRAPH);
        break;
    case CMARK_NODE_CODE_BLOCK:
        add_leaf(walk, node, LEAF_CODE);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        add_link(walk, node, cmark_node_get_type(node) == CMARK_NODE_IMAGE);
        break;
    default:
        break;
    }
}

int markdown_parse(struct leaf_list *leaves, const struct source *source, const struct mask *mask,
                   struct arena *arena, const char **reason) {
    if (holds_up_cmark(mask)) {
        *reason = "thousands of \"![[\" in it would hold up the Markdown parser";
        return STATUS_UNDECIDED;
    }
    cmark_node *root = cmark_parse_document(mask->shadow, mask->bytes.size, CMARK_OPT_DEFAULT);
    if (!root)
        memory_exhausted();
    struct walk walk = {leaves, source, mask, arena, 0};
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_ENTER)
            enter(&walk, cmark_iter_get_node(iterator));
    cmark_iter_free(iterator);
    cmark_node_free(root);
    return OK;
}
