/* Words as they are compared: in small letters, without accents and signs. */
#ifndef TEXT_FOLDED_H
#define TEXT_FOLDED_H

#include "base/buffer.h"

/*
 * Appends the words of `text` in small letters without accents, each with a blank behind it;
 * apostrophes are dropped, other signs are blanks. Letters other than Latin ones stay as they are.
 */
void folded_append(struct buffer *buffer, struct slice text);

/*
 * The next blank-separated word at or after `*at`, which moves behind it; empty when there is none:
 *
 *     for (struct slice word; (word = folded_next_word(folded, &at)).size;)
 */
struct slice folded_next_word(struct slice folded, size_t *at);

#endif
