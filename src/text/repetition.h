/* Patterns for a doubled word, which PCRE2 must try at every word of a text. */
#ifndef TEXT_REPETITION_H
#define TEXT_REPETITION_H

#include "base/slice.h"

/*
 * True for a pattern that matches only where "([a-z]{2,}+)", white space and "\1" follow each
 * other. False also for what this reader does not understand.
 */
bool repetition_is_needed(struct slice pattern);

/* True when some small letters stand twice in `text` between `from` and `end`, blanks between. */
bool repetition_occurs(struct slice text, size_t from, size_t end);

#endif
