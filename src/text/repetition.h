/* Patterns for a doubled word, which PCRE2 must try at every word of a text. */
#ifndef TEXT_REPETITION_H
#define TEXT_REPETITION_H

#include "base/slice.h"

/*
 * True for a pattern that matches only where "([a-z]{2,}+)", white space and "\1" follow each
 * other. False also for what this reader does not understand.
 */
bool repetition_is_needed(struct slice pattern);

/*
 * Where between `from` and `end` the first word begins whose last letters stand once more behind
 * blanks: no match of such a pattern begins before. SLICE_NOT_FOUND: there is none.
 */
size_t repetition_find(struct slice text, size_t from, size_t end);

#endif
