/* A piece of Markdown as a reader sees it. */
#ifndef DOCUMENT_PLAIN_H
#define DOCUMENT_PLAIN_H

#include "base/buffer.h"
#include "document/document.h"

/*
 * Appends what is to be read in `span`, up to a <br> that has text before it: without emphasis,
 * tags, attribute lists, comments, Liquid and the destinations of links; backslash escapes and
 * entities undone (of the named ones the usual); white space as single blanks, none at the ends.
 */
void plain_append(struct buffer *buffer, const struct document *document, struct span span);

/* The same of a text that is no file, as it may stand in data: Markdown, HTML or neither. */
void plain_append_text(struct buffer *buffer, struct slice text);

#endif
