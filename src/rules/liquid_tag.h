/* The Liquid tags of a document that Jekyll runs: `{% name argument %}`. */
#ifndef RULES_LIQUID_TAG_H
#define RULES_LIQUID_TAG_H

#include "document/document.h"

struct liquid_tag {
    struct span span; /* with its braces */
    struct slice name;
    struct slice argument; /* without blanks around it; may be empty */
};

/*
 * Fills `tag` with the first one at or after `*offset`, which moves behind it; false when there is
 * none. Those in code and in HTML comments count, since Jekyll runs them; what `{% raw %}` and
 * `{% comment %}` enclose does not. Start with 0.
 */
bool liquid_tag_next(const struct document *document, size_t *offset, struct liquid_tag *tag);

/* The same for a text that is Liquid as a whole, such as a file in `_includes/`. */
bool liquid_tag_next_in(struct slice bytes, size_t *offset, struct liquid_tag *tag);

/* True for the tags that open a block which may be run never, or more than once. */
bool liquid_tag_opens_choice(const struct liquid_tag *tag);

/* True for those that end it. */
bool liquid_tag_closes_choice(const struct liquid_tag *tag);

#endif
