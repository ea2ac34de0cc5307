/* UTF-8: decoding one code point, and what is safe to show a person. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/buffer.h"

#include <stdint.h>

#define UTF8_INVALID ((uint32_t)-1)
#define UTF8_BOM     "\xEF\xBB\xBF"

/*
 * The code point at `*offset`, which moves behind it; `*offset` must be below the size. An invalid
 * byte gives UTF8_INVALID and moves by one; overlong forms, surrogates, code points above U+10FFFF
 * and cut sequences are invalid byte by byte.
 */
uint32_t utf8_next(struct slice text, size_t *offset);

/*
 * Moves `*offset` behind the next `count` code points, or to the end; returns how many they were.
 * Eight ASCII bytes at a time: a line may be as long as a file, and have hundreds of findings.
 */
size_t utf8_skip(struct slice text, size_t *offset, size_t count);

bool utf8_is_valid(struct slice text);

/* Number of code points; an invalid byte counts as one. */
size_t utf8_count(struct slice text);

/*
 * Appends `text` on one line with nothing in it that acts on a terminal or a log or hides what
 * stands there: control characters (C0, C1, DEL), line and paragraph separators, bidirectional
 * marks, zero-width characters, soft hyphens and tag characters become \n, \t, \r, \xHH (ASCII) or
 * \u{HHHH}; invalid bytes become \xHH. Backslashes stay as they are, so this is for showing, not
 * for reading back; nor does it know the commands of any log format.
 */
void utf8_append_visible(struct buffer *buffer, struct slice text);

/* Appends `text` with every invalid byte replaced by U+FFFD. */
void utf8_append_valid(struct buffer *buffer, struct slice text);

#endif
