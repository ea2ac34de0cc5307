#include "text/shingles.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>

static int order_hashes(const void *left, const void *right) {
    unsigned long long a = *(const unsigned long long *)left;
    unsigned long long b = *(const unsigned long long *)right;
    return (a > b) - (a < b);
}

/* FNV-1a of the word at `*at`, which moves behind it; 0 at the end. */
static unsigned long long next_word(struct slice text, size_t *at) {
    unsigned long long hash = 14695981039346656037ull;
    while (*at < text.size && !isalnum((unsigned char)text.data[*at]))
        ++*at;
    if (*at == text.size)
        return 0;
    for (; *at < text.size && isalnum((unsigned char)text.data[*at]); ++*at)
        hash = (hash ^ (unsigned char)tolower((unsigned char)text.data[*at])) * 1099511628211ull;
    return hash ? hash : 1;
}

static unsigned long long hash_of(const unsigned long long *words) {
    unsigned long long hash = 0;
    for (size_t i = 0; i < SHINGLE_WORDS; i++)
        hash = hash * 1099511628211ull + words[i];
    return hash;
}

void shingles_add(struct shingles *shingles, struct slice text) {
    unsigned long long word;
    for (size_t at = 0; (word = next_word(text, &at));)
        ARRAY_PUSH(shingles->words, shingles->word_count, shingles->word_capacity) = word;
}

void shingles_finish(struct shingles *shingles) {
    for (size_t i = 0; i + SHINGLE_WORDS <= shingles->word_count; i++)
        ARRAY_PUSH(shingles->items, shingles->count, shingles->capacity) =
            hash_of(shingles->words + i);
    if (!shingles->count)
        return;
    qsort(shingles->items, shingles->count, sizeof(*shingles->items), order_hashes);
    size_t kept = 1;
    for (size_t i = 1; i < shingles->count; i++)
        if (shingles->items[i] != shingles->items[kept - 1])
            shingles->items[kept++] = shingles->items[i];
    shingles->count = kept;
}

void shingles_release(struct shingles *shingles) {
    free(shingles->items);
    free(shingles->words);
    *shingles = (struct shingles){0};
}

unsigned long shingles_share(const struct shingles *left, const struct shingles *right) {
    size_t common = 0;
    for (size_t i = 0, k = 0; i < left->count && k < right->count;) {
        common += left->items[i] == right->items[k];
        if (left->items[i] < right->items[k])
            i++;
        else if (left->items[i] > right->items[k])
            k++;
        else
            i++, k++;
    }
    size_t all = left->count + right->count - common;
    return all ? (unsigned long)(common * 1000 / all) : 0;
}

/* Words are kept by some bits of their hash; strangers among them do no harm but the work. */
bool shingles_may_share(const struct shingles *shingles, struct slice text,
                        unsigned long per_mille) {
    enum { WORD_BITS = 17 };
    const unsigned long long mask = (1ull << WORD_BITS) - 1;
    unsigned char *known = memory_allocate((size_t)1 << (WORD_BITS - 3), 1);
    unsigned long long word;
    size_t run = 0, shared = 0;
    for (size_t at = 0; (word = next_word(text, &at));)
        known[(word & mask) / 8] |= (unsigned char)(1u << (word & 7));
    for (size_t i = 0; i < shingles->word_count; i++) {
        unsigned long long own = shingles->words[i];
        bool is_known = known[(own & mask) / 8] & 1u << (own & 7);
        run = is_known ? run + 1 : 0;
        shared += run >= SHINGLE_WORDS;
    }
    free(known);
    return shared * 1000 >= shingles->count * per_mille;
}

static bool has(const struct shingles *shingles, unsigned long long hash) {
    return shingles->count &&
           bsearch(&hash, shingles->items, shingles->count, sizeof(*shingles->items), order_hashes);
}

/* Shingles that overlap are one run: that the other text has them elsewhere is too rare to look. */
size_t shingles_longest_run(const struct shingles *left, const struct shingles *right, size_t *at) {
    size_t longest = 0, run = 0;
    for (size_t i = 0; i + SHINGLE_WORDS <= left->word_count; i++) {
        run = has(right, hash_of(left->words + i)) ? run + 1 : 0;
        if (run && run + SHINGLE_WORDS - 1 > longest) {
            longest = run + SHINGLE_WORDS - 1;
            *at = i + 1 - run;
        }
    }
    return longest;
}
