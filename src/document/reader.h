/* Parts of the readers, for this folder only. */
#ifndef DOCUMENT_READER_H
#define DOCUMENT_READER_H

#include "document/document.h"
#include "document/mask.h"
#include "document/references.h"

enum leaf_kind { LEAF_HEADING, LEAF_PARAGRAPH, LEAF_CODE };

/* A block without blocks in it, with the links and images that cmark found there. */
struct leaf {
    enum leaf_kind kind;
    int level; /* headings */
    struct span span;
    struct parsed_link *links; /* in the order of the source */
    size_t link_count;
};

/* A link as cmark has it: no trustworthy place, and filler where something was masked. */
struct parsed_link {
    bool image;
    struct slice destination; /* escapes and entities undone */
    struct slice title;       /* NULL data when there is none */
};

struct leaf_list {
    struct leaf *items;
    size_t count;
    size_t capacity;
};

/*
 * Parses the shadow copy with cmark. Only the first line of a block is taken from it (ends and
 * inline places are unreliable); a block ends where the next begins or at a blank line. Texts live
 * in `arena`; release `leaves->items` with free(). STATUS_UNDECIDED when the text would hold up
 * cmark.
 */
int markdown_parse(struct leaf_list *leaves, const struct source *source, const struct mask *mask,
                   struct arena *arena, const char **reason);

/* Builds the tree of sections from the headings. */
void sections_build(struct document *document, const struct leaf_list *leaves);

/*
 * Puts `section` (level from 1) into the tree behind `last`, the one before it in the file or the
 * root, whose content ends at `start`. Returns `section`, the next `last`.
 */
struct section *section_append(struct section *last, struct section *section, size_t start);

/*
 * Finds the bytes of each link that cmark reported by reading the brackets again, and adds the
 * destinations with blanks that kramdown takes and CommonMark does not. Appends to the document's
 * links and images and gives their destinations BYTE_DESTINATION in `mask`.
 */
void links_locate(struct document *document, struct mask *mask, const struct leaf_list *leaves,
                  const struct definition_list *definitions);

/* Adds what <img src> and <a href> say; their attributes are read with gumbo. */
void html_read(struct document *document, const struct mask *mask);

/* Adds to the document's links or images. */
void document_add_link(struct document *document, bool image, struct link link);

#endif
