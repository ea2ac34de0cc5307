/* The HTML tags of a document, where Markdown and kramdown see tags. */
#ifndef DOCUMENT_TAGS_H
#define DOCUMENT_TAGS_H

#include "document/document.h"
#include "document/tag.h"

/*
 * Reads the tag at `at`, with Liquid in it taken for letters. False when it is none, or is longer
 * than TAG_USUAL_SIZE. The document has `kinds`.
 */
bool tags_read(const struct document *document, size_t at, struct tag *tag);

struct found_tag {
    struct tag tag;
    struct span span;
};

struct tag_list {
    struct found_tag *items;
    size_t count, capacity;
};

/* All of them; the caller frees `items`. */
void tags_collect(struct tag_list *list, const struct document *document);

/* The next tag that begins at or after `*at` and before `limit`; `*at` moves behind it. */
bool tags_next(const struct document *document, size_t *at, size_t limit, struct tag *tag,
               struct span *span);

#endif
