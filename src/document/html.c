/* The only file that sees gumbo. */
#include "base/buffer.h"
#include "base/memory.h"
#include "document/reader.h"

#include <ctype.h>
#include <gumbo.h>
#include <stdlib.h>
#include <string.h>

static bool is_wanted(struct slice tag) {
    static const char *const names[] = {"a", "img"};
    size_t size = 1;
    while (size < tag.size && isalpha((unsigned char)tag.data[size]))
        size++;
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_equal_ignoring_case(slice_part(tag, 1, size), slice_of(names[i])))
            return true;
    return false;
}

/* A tag in the copy that gumbo reads, and where it stands in the file. */
struct copied_tag {
    size_t copy_start, start;
};

struct tag_copy {
    struct buffer text;
    struct copied_tag *tags;
    size_t count, capacity;
};

/*
 * The opening tags of links and images, a line each: gumbo is quadratic in the depth of open
 * elements (10,000 nested <div> take seconds), moves and drops what stands where HTML does not want
 * it, and only the attributes matter here. Liquid inside a tag is filler.
 */
static void copy_wanted_tags(struct tag_copy *copy, const struct mask *mask) {
    for (size_t i = 0; i < mask->region_count; i++) {
        struct span span = mask->regions[i].span;
        if (mask->regions[i].kind != REGION_TAG ||
            !is_wanted(slice_part(mask->bytes, span.start, span.end)))
            continue;
        ARRAY_PUSH(copy->tags, copy->count, copy->capacity) =
            (struct copied_tag){copy->text.size, span.start};
        buffer_append_slice(&copy->text, slice_part(mask->bytes, span.start, span.end));
        char *copied = copy->text.data + copy->text.size - (span.end - span.start);
        for (size_t at = span.start; at < span.end; at++)
            if (mask->kinds[at] == BYTE_LIQUID && mask->bytes.data[at] != '\n')
                copied[at - span.start] = MASK_FILLER;
        buffer_append_byte(&copy->text, '\n');
    }
}

struct html_walk {
    struct document *document;
    const struct mask *mask;
    const struct tag_copy *copy;
};

/* What stands at `offset` of the copy stands there in the file. */
static size_t offset_in_file(const struct tag_copy *copy, size_t offset) {
    size_t low = 0, high = copy->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (copy->tags[middle].copy_start <= offset)
            low = middle;
        else
            high = middle;
    }
    return copy->tags[low].start + (offset - copy->tags[low].copy_start);
}

/* Without its quotes. gumbo leaves value_start unset when there is only a name. */
static struct span value_span(const struct html_walk *walk, const GumboAttribute *attribute) {
    struct slice written = {attribute->original_value.data, attribute->original_value.length};
    if (written.data == attribute->original_name.data) {
        written.data += attribute->original_name.length;
        written.size = 0;
    } else if (written.size >= 2 && (*written.data == '"' || *written.data == '\'')) {
        written.data++;
        written.size -= 2;
    }
    size_t start = offset_in_file(walk->copy, (size_t)(written.data - walk->copy->text.data));
    return (struct span){start, start + written.size};
}

/* With Liquid in it as written, since the filler must not be seen. */
static struct slice attribute_text(const struct html_walk *walk, const GumboAttribute *attribute,
                                   struct span *span) {
    *span = value_span(walk, attribute);
    for (size_t i = span->start; i < span->end; i++)
        if (walk->mask->kinds[i] == BYTE_LIQUID)
            return document_text(walk->document, *span);
    return arena_copy(&walk->document->arena, slice_of(attribute->value));
}

static struct slice find_text(const struct html_walk *walk, const GumboElement *element,
                              const char *name) {
    struct span span;
    GumboAttribute *attribute = gumbo_get_attribute(&element->attributes, name);
    return attribute ? attribute_text(walk, attribute, &span) : (struct slice){NULL, 0};
}

static void read_element(const struct html_walk *walk, const GumboElement *element) {
    bool image = element->tag == GUMBO_TAG_IMG;
    if ((!image && element->tag != GUMBO_TAG_A) || !element->original_tag.length)
        return;
    GumboAttribute *target = gumbo_get_attribute(&element->attributes, image ? "src" : "href");
    if (!target)
        return;
    size_t start = offset_in_file(walk->copy, element->start_pos.offset);
    struct link link = {.syntax = LINK_HTML, .has_place = true};
    link.span = (struct span){start, start + element->original_tag.length};
    link.destination = attribute_text(walk, target, &link.destination_span);
    link.title = find_text(walk, element, "title");
    if (image)
        link.text = find_text(walk, element, "alt");
    document_add_link(walk->document, image, link);
}

static const GumboVector *children_of(const GumboNode *node) {
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
        return &node->v.element.children;
    return node->type == GUMBO_NODE_DOCUMENT ? &node->v.document.children : NULL;
}

/* An <a> ends where the next begins, so the tree is only some levels deep. */
static void walk_tree(const struct html_walk *walk, const GumboNode *node) {
    const GumboVector *children = children_of(node);
    if (node->type == GUMBO_NODE_ELEMENT)
        read_element(walk, &node->v.element);
    for (unsigned i = 0; children && i < children->length; i++)
        walk_tree(walk, children->data[i]);
}

static void *allocate(void *arena, size_t size) {
    return arena_allocate(arena, 1, size);
}

/* All goes at once. */
static void release(void *arena, void *block) {
    (void)arena, (void)block;
}

void html_read(struct document *document, const struct mask *mask) {
    struct tag_copy copy = {0};
    copy_wanted_tags(&copy, mask);
    if (copy.count) {
        GumboOptions options = kGumboDefaultOptions;
        struct arena arena = ARENA_EMPTY;
        options.allocator = allocate;
        options.deallocator = release;
        options.userdata = &arena;
        GumboOutput *output = gumbo_parse_with_options(&options, copy.text.data, copy.text.size);
        struct html_walk walk = {document, mask, &copy};
        walk_tree(&walk, output->document);
        arena_release(&arena);
    }
    free(copy.tags);
    buffer_release(&copy.text);
}
