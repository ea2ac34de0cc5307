/* What the answer says of a document as a whole. */
#ifndef PDF_DOCUMENT_H
#define PDF_DOCUMENT_H

#include <poppler.h>
#include <stdbool.h>

/* Opens `bytes`; what cannot be opened ends the process with an answer that says why. */
PopplerDocument *document_open(GBytes *bytes);

/* Answers `document`. False when the answer is at its limit. */
bool document_answer(PopplerDocument *document);

/* Answers `outline` for each entry. False as above. */
bool document_answer_outline(PopplerDocument *document);

/*
 * The page, counted from 1, to which `action` leads in the same file; 0 when it leads to none.
 * Either may be NULL.
 */
int document_target_page(PopplerDocument *document, const PopplerAction *action);

#endif
