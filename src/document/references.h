/* Reference definitions `[label]: destination "title"` and what kramdown adds to them. */
#ifndef DOCUMENT_REFERENCES_H
#define DOCUMENT_REFERENCES_H

#include "document/mask.h"

struct definition {
    struct slice label;      /* as written */
    struct span destination; /* without pointed brackets; may be empty */
    bool spaced;             /* has blanks: only kramdown takes it */
    bool repeated;           /* there are others with this label */
};

/* Sorted by label; equal labels in the order written. Release `items` with free(). */
struct definition_list {
    struct definition *items;
    size_t count, capacity;
};

/*
 * Finds everything that has the shape of a definition: more than what the parser accepts, so a
 * label that is not here is surely not defined. Those at the start of a block are invisible on the
 * page and get BYTE_DESTINATION; those that only kramdown takes are filled in the shadow.
 */
void references_find(struct definition_list *list, struct mask *mask, size_t start);

/* The last definition of a label (as kramdown has it), whatever its case and white space, or NULL.
 */
const struct definition *references_lookup(const struct definition_list *list, struct slice label);

/*
 * Fills the "[^" of kramdown's footnote marks `[^1]` and `[^1]: text` in the shadow: for CommonMark
 * they would be links and definitions.
 */
void references_mask_footnotes(struct mask *mask, size_t start);

#endif
