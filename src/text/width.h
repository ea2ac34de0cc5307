/* How many columns of a terminal a text takes. */
#ifndef TEXT_WIDTH_H
#define TEXT_WIDTH_H

#include "base/slice.h"

/*
 * Columns of `text`, which has no control characters: East Asian wide and full-width characters and
 * emoji take two, combining marks none, all others (and invalid bytes) one. By blocks of Unicode,
 * so that rare characters may be counted wrong.
 */
size_t text_width(struct slice text);

/* The longest beginning of `text` in whole code points that takes at most `width` columns. */
struct slice text_fitting(struct slice text, size_t width);

#endif
