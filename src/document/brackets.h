/* Everything in a block that has the shape of a link or an image, with its place. */
#ifndef DOCUMENT_BRACKETS_H
#define DOCUMENT_BRACKETS_H

#include "document/references.h"

struct candidate {
    bool image;
    bool inline_form; /* has its destination with it; else a reference */
    bool spaced;      /* only kramdown takes it: its destination has blanks */
    struct span span; /* the whole construct */
    struct span text; /* between the brackets */
    struct span destination;
    struct slice label;                  /* of a reference, as written */
    const struct definition *definition; /* of a reference */
};

struct open_bracket {
    size_t at;   /* of the "[" */
    bool image;  /* a "!" is in front */
    bool around; /* a link is in it: no link then, but an image may be */
};

struct candidate_list {
    struct slice bytes;         /* the file */
    struct slice shadow;        /* the same with filler, as cmark read it */
    const unsigned char *kinds; /* definitions have BYTE_DESTINATION already */
    const struct definition_list *definitions;
    struct candidate *items;
    size_t count, capacity;
    struct open_bracket *open; /* scratch: those that are open */
    size_t open_count, open_capacity;
};

/*
 * Fills `list`, whose first four members are set, anew with the candidates in a block, by their
 * start. Brackets that are followed by no destination and whose label is not defined are none, nor
 * is what stands in the destination or title of another, nor what has a link in it.
 * Release with brackets_release().
 */
void brackets_find(struct candidate_list *list, struct span block);
void brackets_release(struct candidate_list *list);

/* A backslash with the punctuation that it escapes. */
bool is_escaped_pair(struct slice text, size_t at);

#endif
