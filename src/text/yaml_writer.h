/* Scalars written as YAML that every reader reads back as the same text. */
#ifndef TEXT_YAML_WRITER_H
#define TEXT_YAML_WRITER_H

#include "base/buffer.h"

enum yaml_style {
    YAML_SETTING, /* a word or a whole number plain, all else in single quotes */
    YAML_PROSE,   /* words in a row plain, all else in double quotes, numbers too: they are texts */
};

/*
 * Appends `text` as a scalar on one line, in quotes where it could be taken for anything else. What
 * acts on a terminal or a log, or what YAML does not allow, is escaped; bytes that are no UTF-8
 * become U+FFFD.
 */
void yaml_append_scalar(struct buffer *output, struct slice text, enum yaml_style style);

#endif
