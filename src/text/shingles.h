/*
 * How much two texts share, word for word: every eight words in a row are one shingle. Case, signs
 * and line ends do not count.
 */
#ifndef TEXT_SHINGLES_H
#define TEXT_SHINGLES_H

#include "base/slice.h"

enum { SHINGLE_WORDS = 8 };

struct shingles {
    unsigned long long *items; /* sorted, each once; after shingles_finish() */
    size_t count;
    unsigned long long *words; /* the hash of each word, in order */
    size_t word_count, word_capacity;
    unsigned long long *sketch; /* a bit for each item, by its hash; NULL: there is none */
    size_t hidden;              /* items whose bit another one has set before */
};

/* Adds the words of `text` behind those that are there. Zero the structure before the first. */
void shingles_add(struct shingles *shingles, struct slice text);

/* Once, after all texts are added. */
void shingles_finish(struct shingles *shingles);
void shingles_release(struct shingles *shingles);

/* Frees what only shingles_may_share() and shingles_longest_run() ask for: of the left one. */
void shingles_forget_words(struct shingles *shingles);

/*
 * Shared shingles among all of both, in thousandths (Jaccard). Resubmitted notes have nearly 1000,
 * different notes of one course next to none; in between lie revisions of a note.
 */
unsigned long shingles_share(const struct shingles *left, const struct shingles *right);

/*
 * False when shingles_share() is sure to be below `per_mille`: told at a glance, where that one
 * compares them all.
 */
bool shingles_can_share(const struct shingles *left, const struct shingles *right,
                        unsigned long per_mille);

/*
 * False when notes with `text` can't share `per_mille` of the shingles. What two documents share
 * stands in the bytes of both, so it is enough to look for the words: most need not be parsed.
 */
bool shingles_may_share(const struct shingles *shingles, struct slice text,
                        unsigned long per_mille);

/*
 * The longest run of words that both have, in order; returns how many, and `*at` is the index of
 * its first word in `left->words`. Runs below SHINGLE_WORDS are not seen.
 */
size_t shingles_longest_run(const struct shingles *left, const struct shingles *right, size_t *at);

#endif
