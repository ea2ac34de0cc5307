/*
 * PDFs as documents: by the helper program, or by what is kept of its answers.
 *
 *     struct pdf_reader *reader = pdf_reader_open();
 *     struct document *document = pdf_reader_read(reader, path, bytes, blob_id);
 *     if (document->pdf->outcome == PDF_READ)
 *         look_at(document);
 *     document_free(document);
 *     pdf_reader_close(reader);
 *
 * Several threads may read with one reader.
 */
#ifndef DOCUMENT_PDF_READER_H
#define DOCUMENT_PDF_READER_H

#include "document/pdf_model.h"

struct pdf_reader;

/* Never NULL. Looks for the helper and the cache; starts and writes nothing. */
struct pdf_reader *pdf_reader_open(void);

/*
 * One that takes what the bytes of a "PDF" say, lines as of docs/pdf-reader.md, for the answer: for
 * examples of rules and tests.
 */
struct pdf_reader *pdf_reader_open_answers(void);
void pdf_reader_close(struct pdf_reader *reader);

/* False: the helper is not installed, and every file will be PDF_UNAVAILABLE. */
bool pdf_reader_is_available(const struct pdf_reader *reader);

/*
 * The document of a PDF, never NULL; why it could not be read is in its `pdf`. `blob_id` (40
 * digits; NULL or "": unknown) is what its answer is kept by. Release with document_free().
 */
struct document *pdf_reader_read(const struct pdf_reader *reader, struct slice path,
                                 struct slice bytes, const char *blob_id);

/* By the path's ending only. */
bool path_is_pdf(struct slice path);

#endif
