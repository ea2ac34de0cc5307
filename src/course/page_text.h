/*
 * A page as people read it, byte for byte where it stands: for finding what prose says, with its
 * line. Pages are read paragraph by paragraph, and those about scribes are told from the others.
 */
#ifndef COURSE_PAGE_TEXT_H
#define COURSE_PAGE_TEXT_H

#include "document/document.h"

struct page_text {
    const struct document *document;
    char *flat; /* as many bytes as the source: markup, tags, comments and line ends are blanks */
    struct passage_text *passages; /* paragraphs, items of lists, rows; in order */
    size_t count, capacity;
};

struct passage_text {
    struct span span;   /* of the source, and of `flat` */
    bool about_scribes; /* it, a heading above it, or the page's title or path says "scribe" */
    bool says_scribe;   /* it does itself */
};

/* `document` must outlive it. Release with page_text_release(). */
void page_text_read(struct page_text *page, const struct document *document);
void page_text_release(struct page_text *page);

/* The flat text of a span. */
struct slice page_text_part(const struct page_text *page, struct span span);

/* The passage at an offset, or NULL. */
const struct passage_text *page_text_find(const struct page_text *page, size_t offset);

/*
 * The sentence around `span` within its passage, trimmed; a part of `flat`. Of a very long one the
 * part around.
 */
struct slice page_text_sentence(const struct page_text *page, const struct passage_text *passage,
                                struct span span);

/* True when `text` has the word scribe, scribes, scribing … or note-taker in any case. */
bool says_scribe(struct slice text);

#endif
