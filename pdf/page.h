/* What the answer says of one page. */
#ifndef PDF_PAGE_H
#define PDF_PAGE_H

#include <poppler.h>
#include <stdbool.h>

/*
 * Answers the page `number`, counted from 1, with what is on it; one that cannot be read is left
 * out. False when the answer is at its limit.
 */
bool page_answer(PopplerDocument *document, int number);

#endif
