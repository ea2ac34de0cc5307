/*
 * What texts are about, by their words: how often each stands there, weighed by how few of a
 * collection have it (TF-IDF), and the cosine between two.
 *
 *     struct term_collection decks = {0};
 *     terms_add(&terms, text);
 *     terms_finish(&terms);
 *     term_collection_add(&decks, &terms);
 *     … and so on; term_collection_finish(&decks);
 *     if (terms_cosine(&note, &terms, &decks) > 0.5) …
 */
#ifndef TEXT_TERM_WEIGHTS_H
#define TEXT_TERM_WEIGHTS_H

#include "base/slice.h"

struct term {
    unsigned long long hash;
    size_t count; /* how often; in a collection: in how many texts */
};

/* The words of a text: three letters and more, in any case, accents aside. */
struct terms {
    struct term *items; /* by hash, each once; after terms_finish() */
    size_t count, capacity;
    size_t words; /* all of them */
};

void terms_add(struct terms *terms, struct slice text);

/* Once, after all of the text is added. */
void terms_finish(struct terms *terms);
void terms_release(struct terms *terms);

/* True when the text has each of the words of `title` but a third; `*known` false: it has none that
 * says anything. Plurals count as the same. */
bool terms_have_title(const struct terms *terms, struct slice title, bool *known);

/* The texts among which a word is rare or common. */
struct term_collection {
    struct term *items;
    size_t count, capacity;
    size_t texts;
};

void term_collection_add(struct term_collection *collection, const struct terms *terms);
void term_collection_finish(struct term_collection *collection);
void term_collection_release(struct term_collection *collection);

/* From 0 (no word in common) to 1. Words that no text of the collection has do not count. */
double terms_cosine(const struct terms *left, const struct terms *right,
                    const struct term_collection *collection);

#endif
