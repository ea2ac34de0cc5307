/*
 * Untrusted text in reports. A CI log takes commands from what a program prints: `::name::` after
 * leading white space and `##[name]` anywhere in a line; a terminal takes them from escapes.
 */
#ifndef REPORT_SAFE_H
#define REPORT_SAFE_H

#include "base/buffer.h"

/*
 * Appends `text` on one line by utf8_append_visible(), with `##[` written `##\[`, also where the
 * `##` stands in the output already. The caller sees to it that it is not first in its line.
 */
void safe_append(struct buffer *output, struct slice text);

/* The same, cut to at most `limit` bytes (3 or more) with `…` at the end. */
void safe_append_cut(struct buffer *output, struct slice text, size_t limit);

/* Appends a path so that it may be first in a line: behind `./` when it does not begin safely. */
void safe_append_path(struct buffer *output, struct slice path);

/*
 * True when a line may begin with `text`: its first byte is visible ASCII other than a colon. More
 * than ASCII blanks can stand before a command (.NET skips U+3000, too), so this asks for less.
 */
bool safe_can_begin_line(struct slice text);

#endif
