/* The text of a page: runs of one font, in reading order. */
#ifndef PDF_RUNS_H
#define PDF_RUNS_H

#include <poppler.h>
#include <stdbool.h>

/* Answers `run` for each. False when the answer is at its limit. */
bool runs_answer(PopplerPage *page);

#endif
