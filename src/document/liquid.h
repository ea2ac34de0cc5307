/*
 * Liquid as its tokenizer cuts it out of a text, before anything else looks at it: in code,
 * formulas and HTML comments too. Source: Liquid::Tokenizer, Liquid::BlockBody, Liquid::Raw.
 */
#ifndef DOCUMENT_LIQUID_H
#define DOCUMENT_LIQUID_H

#include "base/slice.h"

enum liquid_kind {
    LIQUID_OUTPUT,   /* {{ … }} */
    LIQUID_TAG,      /* {% name argument %} */
    LIQUID_BROKEN,   /* "was not properly terminated": opened, and closed otherwise or never */
    LIQUID_OPEN_RAW, /* {% raw %} that has no end: always the last token */
};

struct liquid_token {
    enum liquid_kind kind;
    struct span span;      /* with the braces; "{{" or "{%" alone where nothing closes them */
    struct slice name;     /* tags: their name; may be "#" */
    struct slice argument; /* tags: without blanks around it; may be empty */
};

/* Start with the text and the offset where its body begins; the rest is the reader's own. */
struct liquid_reader {
    struct slice bytes;
    size_t offset; /* behind the last token */
    bool no_brace, no_percent;
};

/*
 * Fills `token` with the next one; false when there is none. What `{% raw %}` encloses has none,
 * its end tag is one; `{% comment %}` changes nothing.
 */
bool liquid_next(struct liquid_reader *reader, struct liquid_token *token);

#endif
