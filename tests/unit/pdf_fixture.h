/* Answers of scribelint-pdf and their documents, made from a few lines of a page. */
#ifndef PDF_FIXTURE_H
#define PDF_FIXTURE_H

#include "document/pdf_model.h"

/* A line on a page, as a note made with TeX has it. */
struct pdf_line_made {
    const char *text; /* NULL: the next page begins */
    double x, y, size;
    const char *font; /* CMR10, CMBX12 … */
};

/* The answer with these lines (`outline` may be ""), appended to `lines`. */
void pdf_append_answer(struct buffer *lines, const struct pdf_line_made *made, size_t count,
                       const char *outline);

/* Its document. Release with document_free(). */
struct document *pdf_document_of(const struct pdf_line_made *made, size_t count,
                                 const char *outline);

/* "1:Cache 2:Locality": levels and titles of the sections, for free(). */
char *pdf_sections_of(const struct document *document);

#define COUNT(array) (sizeof(array) / sizeof *(array))

#endif
