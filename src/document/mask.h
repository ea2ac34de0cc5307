/*
 * Finds what in a Markdown body is not Markdown text: Liquid, code, comments, HTML, math and
 * kramdown attribute lists. Each byte gets a kind, and a shadow copy of the file is made in which
 * all of that (and the front matter) is filler of the same length, newlines kept, for cmark.
 *
 * Liquid comes first, since Jekyll expands it in code too. Of code, comments, tags and $$…$$,
 * whichever opens first wins, as kramdown reads from left to right. Single-dollar math is found
 * afterwards in what is left, since the page's script sees only the text between elements.
 */
#ifndef DOCUMENT_MASK_H
#define DOCUMENT_MASK_H

#include "document/document.h"

enum region_kind { REGION_CODE, REGION_COMMENT, REGION_TAG, REGION_RAW };

/* Something found, in the order of the source. */
struct region {
    enum region_kind kind;
    struct span span;
};

struct mask {
    struct slice bytes;   /* the whole file */
    unsigned char *kinds; /* enum byte_kind for each byte */
    char *shadow;         /* the copy with filler, NUL-terminated */
    struct region *regions;
    size_t region_count, region_capacity;
};

/* Release with mask_release(), which leaves `kinds` to the caller (free()). */
void mask_init(struct mask *mask, struct slice bytes, size_t body_start);
void mask_release(struct mask *mask);

/* The passes, in this order; `end` is the size of the file. */
void mask_liquid(struct mask *mask, size_t start);
void mask_extensions(struct mask *mask, size_t start); /* {::comment}, {::nomarkdown} of kramdown */
void mask_elements(struct mask *mask, size_t start);   /* code, comments, tags, $$…$$ */
void mask_dollar_math(struct mask *mask, size_t start);
void mask_attribute_lists(struct mask *mask, size_t start);

/*
 * Gives the bytes of `span` a kind and fills the shadow: with blanks when the span covers whole
 * lines (nothing is there for Markdown), else with letters (something is there, but not markup).
 * Liquid keeps its kind.
 */
void mask_set(struct mask *mask, struct span span, enum byte_kind kind);

/* Fills the shadow of a block with blanks, but its last line with letters when text follows there.
 */
void mask_blank(struct mask *mask, struct span span);

void mask_add_region(struct mask *mask, enum region_kind kind, struct span span);

/* The letter that stands for what is masked within a line. */
enum { MASK_FILLER = 'x' };

/* Offset behind the newline that ends the line of `offset`, or the size. */
size_t mask_line_end(const struct mask *mask, size_t offset);

/* True when the line that starts at `offset` has nothing but white space. */
bool mask_line_is_blank(const struct mask *mask, size_t offset);

/* Lines that end the paragraph before them: blank ones, headings and list items. */
bool mask_line_starts_block(const struct mask *mask, size_t line);

/* Offset of the first blank line after `offset`, or the size: where a paragraph ends at the latest.
 */
size_t mask_paragraph_end(const struct mask *mask, size_t offset);

#endif
