#include "text/shingles.h"

#include "base/memory.h"

#include <stdlib.h>

enum { SKETCH_SIZE = 512 }; /* words of 64 bits: few shingles of a long note hide each other */

static int order_hashes(const void *left, const void *right) {
    unsigned long long a = *(const unsigned long long *)left;
    unsigned long long b = *(const unsigned long long *)right;
    return (a > b) - (a < b);
}

/* A letter or digit of ASCII, in lower case; 0: it is in no word. */
static unsigned char fold(char byte) {
    unsigned char letter = (unsigned char)byte | 0x20;
    bool is_part = (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9');
    return is_part ? letter : 0;
}

/* FNV-1a of the word at `*at`, which moves behind it; 0 at the end. */
static unsigned long long next_word(struct slice text, size_t *at) {
    unsigned long long hash = 14695981039346656037ull;
    unsigned char byte = 0;
    size_t i = *at;
    while (i < text.size && !(byte = fold(text.data[i])))
        i++;
    *at = i;
    if (i == text.size)
        return 0;
    while (byte) {
        hash = (hash ^ byte) * 1099511628211ull;
        byte = ++i < text.size ? fold(text.data[i]) : 0;
    }
    *at = i;
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

/* By one byte after the other, from the lowest: half the work of comparing, whatever the text. */
static void sort_hashes(unsigned long long *items, size_t count) {
    unsigned long long *spare = memory_allocate(count, sizeof(*items));
    unsigned long long *from = items, *to = spare;
    for (int shift = 0; shift < 64; shift += 8) {
        size_t starts[257] = {0};
        for (size_t i = 0; i < count; i++)
            starts[(from[i] >> shift & 255) + 1]++;
        for (size_t i = 1; i < 256; i++)
            starts[i] += starts[i - 1];
        for (size_t i = 0; i < count; i++)
            to[starts[from[i] >> shift & 255]++] = from[i];
        unsigned long long *sorted = to;
        to = from;
        from = sorted;
    }
    free(spare);
}

static void drop_repeated(struct shingles *shingles) {
    size_t kept = 1;
    for (size_t i = 1; i < shingles->count; i++)
        if (shingles->items[i] != shingles->items[kept - 1])
            shingles->items[kept++] = shingles->items[i];
    shingles->count = kept;
}

static void draw_sketch(struct shingles *shingles) {
    shingles->sketch = memory_allocate(SKETCH_SIZE, sizeof(*shingles->sketch));
    for (size_t i = 0; i < shingles->count; i++) {
        unsigned long long item = shingles->items[i] >> 32, bit = 1ull << (item & 63);
        unsigned long long *bits = &shingles->sketch[item / 64 % SKETCH_SIZE];
        shingles->hidden += (*bits & bit) != 0;
        *bits |= bit;
    }
}

void shingles_finish(struct shingles *shingles) {
    if (shingles->word_count < SHINGLE_WORDS)
        return;
    shingles->count = shingles->word_count - SHINGLE_WORDS + 1;
    shingles->items = memory_allocate(shingles->count, sizeof(*shingles->items));
    for (size_t i = 0; i < shingles->count; i++)
        shingles->items[i] = hash_of(shingles->words + i);
    sort_hashes(shingles->items, shingles->count);
    drop_repeated(shingles);
    draw_sketch(shingles);
}

void shingles_release(struct shingles *shingles) {
    free(shingles->items);
    free(shingles->words);
    free(shingles->sketch);
    *shingles = (struct shingles){0};
}

void shingles_forget_words(struct shingles *shingles) {
    free(shingles->words);
    shingles->words = NULL;
    shingles->word_count = shingles->word_capacity = 0;
}

/* What both have is in both sketches, or hidden behind another one in the emptier of them. */
static size_t most_in_common(const struct shingles *left, const struct shingles *right) {
    size_t most = left->hidden < right->hidden ? left->hidden : right->hidden;
    for (size_t i = 0; left->sketch && right->sketch && i < SKETCH_SIZE; i++) {
        unsigned long long common = left->sketch[i] & right->sketch[i];
        /* Most have none, and not every processor counts by itself. */
        most += common ? (size_t)__builtin_popcountll(common) : 0;
    }
    return most;
}

static unsigned long share_of(const struct shingles *left, const struct shingles *right,
                              size_t common) {
    size_t all = left->count + right->count - common;
    return all ? (unsigned long)(common * 1000 / all) : 0;
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
    return share_of(left, right, common);
}

bool shingles_can_share(const struct shingles *left, const struct shingles *right,
                        unsigned long per_mille) {
    size_t most = most_in_common(left, right);
    size_t least = left->count < right->count ? left->count : right->count;
    return share_of(left, right, most < least ? most : least) >= per_mille;
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
