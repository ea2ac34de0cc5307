/* How much of what stands in a document, for people who look at it. */
#ifndef DOCUMENT_COUNTS_H
#define DOCUMENT_COUNTS_H

#include "document/document.h"

struct document_counts {
    size_t words;    /* of the text: no code, formulas, tags, running heads */
    size_t figures;  /* images; of a PDF captions of figures, or pictures where it has none */
    size_t formulas; /* what is set as one; of a PDF by its fonts, so a rough number */
    size_t links;    /* to other places than the file itself */
};

struct document_counts document_count(const struct document *document);

#endif
