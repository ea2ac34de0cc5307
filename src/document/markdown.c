/* The only file that sees cmark. */
#include "base/memory.h"
#include "document/reader.h"

#include <cmark.h>
#include <stdint.h>
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

static void push_leaf(struct walk *walk, enum leaf_kind kind, int level, struct span span) {
    struct leaf_list *leaves = walk->leaves;
    ARRAY_PUSH(leaves->items, leaves->count, leaves->capacity) =
        (struct leaf){.kind = kind, .level = level, .span = span};
    walk->capacity = 0;
}

/* The line has something, but the mask has made it blank. */
static bool is_masked_line(const struct walk *walk, size_t start, size_t end) {
    struct slice shadow = {walk->mask->shadow, walk->mask->bytes.size};
    return slice_is_blank(slice_part(shadow, start, end)) &&
           !slice_is_blank(slice_part(walk->mask->bytes, start, end));
}

/* Indented code goes on behind blank lines, but what the mask has blanked is not part of it. */
static void add_code(struct walk *walk, cmark_node *node) {
    size_t line = (size_t)cmark_node_get_start_line(node);
    size_t end = code_end(walk, node, line), start = source_line_start(walk->source, line);
    for (size_t at = start; at < end;) {
        size_t next = mask_line_end(walk->mask, at);
        if (is_masked_line(walk, at, next)) {
            if (start < at)
                push_leaf(walk, LEAF_CODE, 0, (struct span){start, at});
            start = next;
        }
        at = next;
    }
    if (start < end)
        push_leaf(walk, LEAF_CODE, 0, (struct span){start, end});
}

/* Offset of a block's first line, behind a BOM. */
static size_t line_start(const struct walk *walk, cmark_node *node) {
    size_t start = source_line_start(walk->source, (size_t)cmark_node_get_start_line(node));
    while (start < walk->mask->bytes.size && walk->mask->kinds[start] == BYTE_FRONT_MATTER)
        start++;
    return start;
}

static void add_leaf(struct walk *walk, cmark_node *node, enum leaf_kind kind) {
    size_t start = line_start(walk, node);
    int level = kind == LEAF_HEADING ? cmark_node_get_heading_level(node) : 0;
    push_leaf(walk, kind, level, (struct span){start, walk->mask->bytes.size});
}

/* Where the next block begins, at a blank line at the latest. */
static void set_ends(struct leaf_list *leaves, const struct mask *mask) {
    for (size_t i = 0; i < leaves->count; i++) {
        struct span *span = &leaves->items[i].span;
        size_t next = i + 1 < leaves->count ? leaves->items[i + 1].span.start : span->end;
        if (span->end > next)
            span->end = next;
        if (leaves->items[i].kind == LEAF_CODE)
            continue;
        size_t line = mask_line_end(mask, span->start);
        while (line < span->end && !mask_line_is_blank(mask, line))
            line = mask_line_end(mask, line);
        span->end = line < span->end ? line : span->end;
    }
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

/* ` # Title`: a heading for CommonMark, text for kramdown's GFM parser (ATX_HEADER_START). */
static bool is_indented_heading(const struct walk *walk, cmark_node *node) {
    size_t start = line_start(walk, node);
    size_t indent = strspn(walk->mask->shadow + start, " ");
    return indent && walk->mask->shadow[start + indent] == '#' &&
           cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT;
}

static void enter(struct walk *walk, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        add_leaf(walk, node, is_indented_heading(walk, node) ? LEAF_PARAGRAPH : LEAF_HEADING);
        break;
    case CMARK_NODE_PARAGRAPH:
        add_leaf(walk, node, LEAF_PARAGRAPH);
        break;
    case CMARK_NODE_CODE_BLOCK:
        add_code(walk, node);
        break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        add_link(walk, node, cmark_node_get_type(node) == CMARK_NODE_IMAGE);
        break;
    default:
        break;
    }
}

/*
 * All that cmark makes for a file goes at once: that is twice as fast as its many small blocks one
 * by one. It tells an allocator nothing, so what this thread is reading stands here.
 */
static _Thread_local struct arena *parsing;

/* In front of each block: its size. */
union head {
    size_t size;
    max_align_t aligned;
};

static void *allocate(size_t count, size_t size) {
    if (size && count > (SIZE_MAX - sizeof(union head)) / size)
        memory_exhausted();
    union head *head = arena_allocate(parsing, 1, sizeof *head + count * size);
    head->size = count * size;
    return head + 1;
}

static void *resize(void *block, size_t size) {
    size_t old_size = block ? ((union head *)block - 1)->size : 0;
    if (block && size <= old_size)
        return block;
    void *larger = allocate(1, size);
    if (old_size)
        memcpy(larger, block, old_size);
    return larger;
}

static void release(void *block) {
    (void)block;
}

static cmark_node *parse(const struct mask *mask, cmark_mem *memory) {
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, memory);
    cmark_parser_feed(parser, mask->shadow, mask->bytes.size);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

int markdown_parse(struct leaf_list *leaves, const struct source *source, const struct mask *mask,
                   struct arena *arena, const char **reason) {
    if (holds_up_cmark(mask)) {
        *reason = "thousands of \"![[\" in it would hold up the Markdown parser";
        return STATUS_UNDECIDED;
    }
    struct arena arena_of_cmark = ARENA_EMPTY;
    cmark_mem memory = {allocate, resize, release};
    parsing = &arena_of_cmark;
    cmark_node *root = parse(mask, &memory);
    struct walk walk = {leaves, source, mask, arena, 0};
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        if (event == CMARK_EVENT_ENTER)
            enter(&walk, cmark_iter_get_node(iterator));
    arena_release(&arena_of_cmark);
    parsing = NULL;
    set_ends(leaves, mask);
    return OK;
}
