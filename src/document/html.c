/* The only file that sees gumbo. */
#include "base/memory.h"
#include "document/reader.h"
#include "document/tag.h"

#include <gumbo.h>
#include <stdlib.h>
#include <string.h>

/* gumbo is quadratic in the depth of open elements: 10,000 nested <div> take seconds. */
enum { DEEPEST_NESTING = 400 };

/* Blanks for everything but the tags; Liquid inside a tag is filler already. */
static char *blank_all_but_tags(const struct mask *mask, bool *too_deep) {
    size_t size = mask->bytes.size;
    char *copy = memory_allocate(size + 1, 1);
    long depth = 0;
    for (size_t i = 0; i < size; i++)
        copy[i] = mask->bytes.data[i] == '\n' ? '\n' : ' ';
    for (size_t i = 0; i < mask->region_count; i++) {
        const struct region *region = &mask->regions[i];
        struct tag tag;
        if (region->kind != REGION_TAG)
            continue;
        for (size_t at = region->span.start; at < region->span.end; at++)
            copy[at] = mask->kinds[at] == BYTE_LIQUID && mask->bytes.data[at] != '\n'
                           ? MASK_FILLER
                           : mask->bytes.data[at];
        if (tag_read((struct slice){copy, size}, region->span.start, &tag))
            depth += tag.closing ? -1 : !tag.self_closed && !tag_is_void(tag.name);
        if (depth < 0)
            depth = 0;
        *too_deep = *too_deep || depth > DEEPEST_NESTING;
    }
    return copy;
}

struct html_walk {
    struct document *document;
    const struct mask *mask;
};

/* The value as written between its quotes; with Liquid in it the filler must not be seen. */
static struct slice attribute_text(const struct html_walk *walk, const GumboAttribute *attribute,
                                   struct span *span) {
    size_t start = attribute->value_start.offset;
    size_t size = attribute->original_value.length;
    const char *written = walk->mask->bytes.data + start;
    if (size >= 2 && (*written == '"' || *written == '\''))
        start++, size -= 2;
    *span = (struct span){start, start + size};
    for (size_t i = span->start; i < span->end; i++)
        if (walk->mask->kinds[i] == BYTE_LIQUID)
            return slice_part(walk->document->source.bytes, span->start, span->end);
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
    size_t start = element->start_pos.offset;
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

/* The depth is bounded by blank_all_but_tags(). */
static void walk_tree(const struct html_walk *walk, const GumboNode *node) {
    const GumboVector *children = children_of(node);
    if (node->type == GUMBO_NODE_ELEMENT)
        read_element(walk, &node->v.element);
    for (unsigned i = 0; children && i < children->length; i++)
        walk_tree(walk, children->data[i]);
}

int html_read(struct document *document, const struct mask *mask, const char **reason) {
    bool too_deep = false, has_tags = false;
    for (size_t i = 0; i < mask->region_count && !has_tags; i++)
        has_tags = mask->regions[i].kind == REGION_TAG;
    if (!has_tags)
        return OK;
    char *copy = blank_all_but_tags(mask, &too_deep);
    if (too_deep) {
        free(copy);
        *reason = "its HTML has more than 400 elements open inside each other";
        return STATUS_UNDECIDED;
    }
    GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, copy, mask->bytes.size);
    struct html_walk walk = {document, mask};
    walk_tree(&walk, output->document);
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    free(copy);
    return OK;
}
