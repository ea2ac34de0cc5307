/* Values of a note's front matter, written so that YAML reads back what was meant. */
#ifndef COURSE_SKELETON_VALUE_H
#define COURSE_SKELETON_VALUE_H

#include "base/buffer.h"

/*
 * Appends `text` as a scalar on one line: plain where nothing can be mistaken, else in quotes.
 * White space is folded; control and invisible characters are left out, and what is no UTF-8 is
 * U+FFFD.
 */
void skeleton_append_scalar(struct buffer *buffer, struct slice text);

/* Appends the text as it is then, without quotes: what the scalar reads back as. */
void skeleton_append_clean(struct buffer *buffer, struct slice text);

#endif
