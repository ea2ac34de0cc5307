/* Single values written as YAML that reads back as the same text. */
#ifndef COMMANDS_YAML_TEXT_H
#define COMMANDS_YAML_TEXT_H

#include "base/buffer.h"

/*
 * Appends `text` as a scalar on one line: plain where nothing can be mistaken, else in quotes, with
 * what acts on a terminal or a log escaped. Bytes that are no UTF-8 become U+FFFD.
 */
void yaml_text_append(struct buffer *output, struct slice text);

/* Appends "  # TEXT" and a line end; the text is made safe, and cut where it is very long. */
void yaml_comment_append(struct buffer *output, struct slice text);

#endif
