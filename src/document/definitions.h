/*
 * Definition lists as kramdown reads them; cmark has no node for them. Courses write schedules so:
 *
 *     Oct 7                             the term
 *     : **4**{: .label} Caches          a body of level 0
 *       : [Slides](assets/4. x.pdf)     a body of level 1: the text above it is its term
 *     : *Reading:*                      another body of level 0
 *
 * Source: Kramdown::Parser::Kramdown#parse_definition_list.
 */
#ifndef DOCUMENT_DEFINITIONS_H
#define DOCUMENT_DEFINITIONS_H

#include "base/buffer.h"
#include "document/document.h"

/* What a colon opens. Spans are offsets in the source and end behind the last byte not blank. */
struct term_body {
    unsigned level;   /* 0 below the term, 1 and more nested */
    struct span span; /* from the colon, with what is nested in it */
    struct span line; /* the rest of the line behind the colon; may be empty */
};

/* A term with its bodies. Of several lines of terms `term` is the last that has text. */
struct term {
    struct span span; /* from the first line of the term to the end of its last body */
    struct span term;
    size_t first_body, body_count; /* in term_list.bodies, in the order of the source */
};

struct term_list {
    struct term *items;
    size_t count, capacity;
    struct term_body *bodies;
    size_t body_count, body_capacity;
};

/*
 * Finds the definition lists at the top of a Markdown document (those in list items and quotes are
 * left out). What is code, a comment, a tag or Liquid there opens nothing. Release with
 * term_list_release().
 */
void term_list_read(struct term_list *list, const struct document *document);
void term_list_release(struct term_list *list);

/*
 * Takes a document with comments apart into two of the same size, so that offsets stay: in `shown`
 * the marks of comments that kramdown prints are blank (those directly below a term or a body in
 * which a line begins with a colon: they are torn apart before they are seen); in `hidden` all but
 * the inside of the others is. Both are appended to. False when there is no such comment of either
 * kind: then nothing is.
 */
bool comments_separate(const struct document *document, struct buffer *shown,
                       struct buffer *hidden);

#endif
