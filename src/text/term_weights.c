#include "text/term_weights.h"

#include "base/memory.h"
#include "text/folded.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>

enum { SHORTEST = 3 };

static int order_terms(const void *left, const void *right) {
    unsigned long long a = ((const struct term *)left)->hash;
    unsigned long long b = ((const struct term *)right)->hash;
    return (a > b) - (a < b);
}

static bool has_letter(struct slice word) {
    for (size_t i = 0; i < word.size; i++)
        if (!isdigit((unsigned char)word.data[i]))
            return true;
    return false;
}

/* "caches" is "cache", "misses" is "miss". */
static struct slice without_plural(struct slice word) {
    if (word.size <= SHORTEST || !slice_ends_with(word, "s") || slice_ends_with(word, "ss"))
        return word;
    word.size -= slice_ends_with(word, "sses") ? 2 : 1;
    return word;
}

/* FNV-1a. */
static unsigned long long hash_word(struct slice word) {
    unsigned long long hash = 14695981039346656037ull;
    word = without_plural(word);
    for (size_t i = 0; i < word.size; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * 1099511628211ull;
    return hash;
}

void terms_add(struct terms *terms, struct slice text) {
    struct buffer folded = BUFFER_EMPTY;
    size_t at = 0;
    folded_append(&folded, text);
    for (struct slice word; (word = folded_next_word(buffer_slice(&folded), &at)).size;) {
        if (word.size < SHORTEST || !has_letter(word))
            continue;
        ARRAY_PUSH(terms->items, terms->count, terms->capacity) = (struct term){hash_word(word), 1};
        terms->words++;
    }
    buffer_release(&folded);
}

/* Sorts, and adds up what is there more than once; returns how many are left. */
static size_t merge(struct term *items, size_t count) {
    if (!count)
        return 0;
    qsort(items, count, sizeof(*items), order_terms);
    size_t kept = 1;
    for (size_t i = 1; i < count; i++) {
        if (items[i].hash == items[kept - 1].hash)
            items[kept - 1].count += items[i].count;
        else
            items[kept++] = items[i];
    }
    return kept;
}

void terms_finish(struct terms *terms) {
    terms->count = merge(terms->items, terms->count);
}

void terms_release(struct terms *terms) {
    free(terms->items);
    *terms = (struct terms){0};
}

static const struct term *find(const struct term *items, size_t count, unsigned long long hash) {
    struct term key = {hash, 0};
    return count ? bsearch(&key, items, count, sizeof(*items), order_terms) : NULL;
}

static bool is_joint(struct slice word) {
    static const char *const words[] = {"and",  "are",  "but", "can",   "does", "for",  "from",
                                        "has",  "how",  "let", "our",   "the",  "this", "that",
                                        "what", "when", "why", "where", "with", "you"};
    return slice_is_one_of(word, words, COUNT_OF(words));
}

bool terms_have_title(const struct terms *terms, struct slice title, bool *known) {
    struct buffer folded = BUFFER_EMPTY;
    size_t at = 0, all = 0, there = 0;
    folded_append(&folded, title);
    for (struct slice word; (word = folded_next_word(buffer_slice(&folded), &at)).size;) {
        if (word.size < SHORTEST || !has_letter(word) || is_joint(word))
            continue;
        all++;
        there += find(terms->items, terms->count, hash_word(word)) != NULL;
    }
    buffer_release(&folded);
    *known = all > 0;
    return all && 3 * there >= 2 * all;
}

void term_collection_add(struct term_collection *collection, const struct terms *terms) {
    for (size_t i = 0; i < terms->count; i++)
        ARRAY_PUSH(collection->items, collection->count, collection->capacity) =
            (struct term){terms->items[i].hash, 1};
    collection->texts++;
}

void term_collection_finish(struct term_collection *collection) {
    collection->count = merge(collection->items, collection->count);
}

void term_collection_release(struct term_collection *collection) {
    free(collection->items);
    *collection = (struct term_collection){0};
}

/* 0: no text of the collection has it. */
static double weigh(const struct term *term, const struct term_collection *collection) {
    const struct term *all = find(collection->items, collection->count, term->hash);
    if (!all)
        return 0;
    return (double)term->count * log((1.0 + (double)collection->texts) / (double)all->count);
}

static double length(const struct terms *terms, const struct term_collection *collection) {
    double sum = 0;
    for (size_t i = 0; i < terms->count; i++) {
        double weight = weigh(&terms->items[i], collection);
        sum += weight * weight;
    }
    return sqrt(sum);
}

double terms_cosine(const struct terms *left, const struct terms *right,
                    const struct term_collection *collection) {
    double product = 0;
    for (size_t i = 0; i < left->count; i++) {
        const struct term *other = find(right->items, right->count, left->items[i].hash);
        if (other)
            product += weigh(&left->items[i], collection) * weigh(other, collection);
    }
    double both = length(left, collection) * length(right, collection);
    return both > 0 ? product / both : 0;
}
