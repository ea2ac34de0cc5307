/* Which indented lines kramdown takes for code: in lists it counts otherwise than CommonMark. */
#ifndef DOCUMENT_INDENTED_CODE_H
#define DOCUMENT_INDENTED_CODE_H

#include "document/document.h"

struct indented_code {
    struct span span; /* from its first line's start to its last line's end, which it lacks */
    bool in_item;     /* of a list or a definition list */
};

struct indented_code_list {
    struct indented_code *items; /* in the order of the file */
    size_t count, capacity;
};

/*
 * Finds the indented code of a Markdown document. Some of it may be left out: what stands in a
 * quotation or a footnote, and all behind an element of HTML that is not closed or asks for
 * Markdown. Release `items` with free().
 */
void indented_code_read(struct indented_code_list *list, const struct document *document);

#endif
