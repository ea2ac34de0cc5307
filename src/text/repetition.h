/* Patterns for a doubled word, which PCRE2 must try at every word of a text. */
#ifndef TEXT_REPETITION_H
#define TEXT_REPETITION_H

#include "base/slice.h"

enum repetition {
    REPETITION_NONE,       /* also what this reader does not understand */
    REPETITION_OF_ENDINGS, /* matches only where "([a-z]{2,}+)", white space and "\1" follow */
    REPETITION_OF_WORDS,   /* and no letter may stand before them */
};

/* What a pattern needs. */
enum repetition repetition_read(struct slice pattern);

/*
 * Where between `from` and `end` the first word of small letters begins that stands once more
 * behind blanks, or (REPETITION_OF_ENDINGS) whose last letters do: no match of a pattern that needs
 * such a repetition begins before. SLICE_NOT_FOUND: there is none.
 */
size_t repetition_find(enum repetition repetition, struct slice text, size_t from, size_t end);

#endif
