#include "walk.h"

void walk_yaml(const struct yaml_node *node, size_t size) {
    if (!node)
        return;
    require_span(node->span, size);
    if (node->kind == YAML_SCALAR) {
        require(node->text.data && !node->text.data[node->text.size]);
        yaml_scalar_type(node);
    }
    yaml_is_empty(node);
    yaml_find(node, "title");
    for (size_t i = 0; i < node->item_count; i++)
        walk_yaml(node->items[i], size);
    for (size_t i = 0; i < node->pair_count; i++) {
        walk_yaml(node->pairs[i].key, size);
        walk_yaml(node->pairs[i].value, size);
    }
}

static void walk_front_matter(const struct document *document) {
    const struct front_matter *front_matter = &document->front_matter;
    size_t size = document->source.bytes.size;
    require(document->body_start <= size);
    require_span(front_matter->span, size);
    require_span(front_matter->almost, size);
    require(front_matter->state == FRONT_MATTER_PRESENT || !front_matter->root);
    require(front_matter->state != FRONT_MATTER_ABSENT || front_matter->reason);
    require(front_matter->state != FRONT_MATTER_UNREADABLE || *front_matter->problem.message);
    walk_yaml(front_matter->root, front_matter->span.end);
    for (size_t i = 0; front_matter->root && i < front_matter->root->pair_count; i++)
        require_span(document_value_span(document, front_matter->root->pairs[i].value), size);
}

static void walk_links(const struct document *document, const struct link *links, size_t count) {
    size_t size = document->source.bytes.size;
    for (size_t i = 0; i < count; i++) {
        require_span(links[i].span, size);
        require_span(links[i].destination_span, size);
        require(links[i].span.start >= document->body_start);
        require(!i || links[i - 1].span.start <= links[i].span.start);
        source_position(&document->source, links[i].span.start);
    }
}

static void walk_passages(const struct document *document, const struct passage *passages,
                          size_t count) {
    for (size_t i = 0; i < count; i++)
        require_span(passages[i].span, document->source.bytes.size);
}

static void walk_sections(const struct document *document) {
    size_t size = document->source.bytes.size, last = 0;
    for (const struct section *section = &document->root; (section = section_next(section));) {
        require(section->level >= 1 && section->level <= 6 && section->parent);
        require(section->parent->level < section->level);
        require_span(section->heading, size);
        require_span(section->title, size);
        require_span(section->content, size);
        require(section->heading.start >= last);
        last = section->heading.start;
        section_is_empty(document, section);
    }
}

static void walk_body(const struct document *document) {
    size_t size = document->source.bytes.size, last = document->body_start;
    for (size_t i = 0; i < size; i++)
        require(document->kinds[i] <= BYTE_FRONT_MATTER);
    for (size_t i = 0; i < document->prose_count; i++) {
        require_span(document->prose[i], size);
        require(document->prose[i].start >= last);
        last = document->prose[i].end;
    }
    walk_passages(document, document->code, document->code_count);
    walk_passages(document, document->comments, document->comment_count);
    walk_links(document, document->links, document->link_count);
    walk_links(document, document->images, document->image_count);
    walk_sections(document);
}

void walk_document(struct slice bytes, bool dollar_math) {
    struct document_options options = {.dollar_math = dollar_math};
    struct document *document = document_read(slice_of("_posts/a.md"), bytes, &options);
    walk_front_matter(document);
    if (document->kind == DOCUMENT_MARKDOWN)
        walk_body(document);
    document_free(document);
}
