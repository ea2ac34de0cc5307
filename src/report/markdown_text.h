/* Untrusted text in GitHub Flavored Markdown, and in the HTML that may stand there. */
#ifndef REPORT_MARKDOWN_TEXT_H
#define REPORT_MARKDOWN_TEXT_H

#include "base/buffer.h"

/*
 * Appends `text` on one line so that it shows as it is, by utf8_append_visible(): whatever could be
 * markup, a cell, a link, an emoji or a formula is written as a character reference, which means
 * the same in Markdown and in HTML, and nobody is mentioned. The caller sees to it that it is not
 * first in its line.
 */
void markdown_append(struct buffer *output, struct slice text);

/* The same, of at most the first `limit` bytes, with `…` behind them where there is more. */
void markdown_append_cut(struct buffer *output, struct slice text, size_t limit);

/* The same as code. */
void markdown_append_code(struct buffer *output, struct slice text, size_t limit);

/*
 * Appends a block of code, each line as it is. False, and nothing is appended, when it holds what
 * can't be copied from a page: control characters, hidden ones, bytes that are no UTF-8.
 */
bool markdown_append_block(struct buffer *output, const char *language, struct slice text);

#endif
