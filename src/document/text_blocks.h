/*
 * The pieces of Markdown within which kramdown reads marks such as *…* and decides what is a table:
 * paragraphs, headings and the texts of list items, without raw HTML and code.
 */
#ifndef DOCUMENT_TEXT_BLOCKS_H
#define DOCUMENT_TEXT_BLOCKS_H

#include "document/document.h"

struct text_block {
    struct span span; /* behind the list mark, to the last line's end, which it lacks */
    bool heading;
    bool after_boundary;  /* a table or $$…$$ of its own could begin here */
    bool before_boundary; /* and end here */
};

struct text_block_list {
    struct text_block *items; /* in the order of the file */
    size_t count, capacity;
};

/* Release `items` with free(). */
void text_blocks_read(struct text_block_list *list, const struct document *document);

/* Behind the blanks and the mark (`-`, `2.`, `:`) of the list item at `at`; `at` when none. */
size_t list_mark_end(struct slice bytes, size_t at);

#endif
