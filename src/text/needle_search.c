#include "base/memory.h"
#include "text/needle.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

enum { MOST_SELDOM = 6 };
enum { ROWS = 64 }; /* of tables by byte: letters stay apart, in small tables */

struct needles {
    uint32_t first[ROWS], second[ROWS], third[ROWS]; /* a bit for each that has the byte there */
    unsigned char seldom[MOST_SELDOM]; /* what they begin with, where that stands in few places */
    size_t seldom_count;               /* 0: they begin with too much, or with what is common */
    uint32_t single;                   /* those of one byte */
    size_t count;
    struct needle items[];
};

static void mark(uint32_t table[ROWS], char byte, bool ignore_case, uint32_t bit) {
    table[(unsigned char)byte % ROWS] |= bit;
    if (ignore_case)
        table[toupper((unsigned char)byte) % ROWS] |= bit;
}

/* In a text of words. */
static bool is_common(const struct needle *needle) {
    unsigned char byte = (unsigned char)needle->bytes[0];
    return isspace(byte) || (isalpha(byte) && needle->ignore_case) ||
           (islower(byte) && !strchr("jqxz", byte));
}

/* For memchr(), which passes over text many times faster than a look at each byte. */
static void set_seldom(struct needles *needles) {
    for (size_t i = 0; i < needles->count; i++) {
        unsigned char byte = (unsigned char)needles->items[i].bytes[0];
        bool known = memchr(needles->seldom, byte, needles->seldom_count);
        if (is_common(&needles->items[i]) || (!known && needles->seldom_count == MOST_SELDOM)) {
            needles->seldom_count = 0;
            return;
        }
        if (!known)
            needles->seldom[needles->seldom_count++] = byte;
    }
}

/* Each byte may follow on what has none more. */
static void mark_any(uint32_t table[ROWS], uint32_t bits) {
    for (size_t i = 0; bits && i < ROWS; i++)
        table[i] |= bits;
}

struct needles *needles_make(const struct needle *items, size_t count) {
    size_t size = count * sizeof *items;
    struct needles *needles = memory_allocate(1, sizeof *needles + size);
    memcpy(needles->items, items, size);
    needles->count = count;
    uint32_t shorter = 0;
    for (size_t i = 0; i < count; i++) {
        const struct needle *needle = &items[i];
        uint32_t bit = UINT32_C(1) << i;
        mark(needles->first, needle->bytes[0], needle->ignore_case, bit);
        if (needle->size > 1)
            mark(needles->second, needle->bytes[1], needle->ignore_case, bit);
        else
            needles->single |= bit;
        if (needle->size > 2)
            mark(needles->third, needle->bytes[2], needle->ignore_case, bit);
        else
            shorter |= bit;
    }
    mark_any(needles->second, needles->single);
    mark_any(needles->third, shorter);
    set_seldom(needles);
    return needles;
}

/* Where needles are looked for; what stands before `from` is seen too. */
struct view {
    const char *text, *from, *end;
};

static bool is_word_byte(char byte) {
    return (unsigned)(byte | 0x20) - 'a' < 26 || (unsigned)byte - '0' < 10 || byte == '_';
}

/* Whether the byte before `at` forbids it; beyond ASCII none does. */
static bool is_held_off(const struct needle *needle, const char *text, const char *at) {
    return at > text && ((needle->not_behind & NEIGHBOUR_WORD && is_word_byte(at[-1])) ||
                         (needle->not_behind & NEIGHBOUR_BACKSLASH && at[-1] == '\\'));
}

static bool stands_at(const struct needle *needle, const char *at, const char *end) {
    if (needle->size > end - at)
        return false;
    if (!needle->ignore_case)
        return !memcmp(at, needle->bytes, needle->size);
    for (size_t i = 0; i < needle->size; i++)
        if (tolower((unsigned char)at[i]) != needle->bytes[i])
            return false;
    return true;
}

static bool one_stands_at(const struct needles *needles, uint32_t candidates, const char *at,
                          const struct view *view) {
    for (size_t i = 0; candidates; i++, candidates >>= 1)
        if ((candidates & 1) && stands_at(&needles->items[i], at, view->end) &&
            !is_held_off(&needles->items[i], view->text, at))
            return true;
    return false;
}

/* Those that have the two bytes at `at`; some are taken for others. */
static inline uint32_t candidates_at(const struct needles *needles, const char *at) {
    return needles->first[(unsigned char)at[0] % ROWS] &
           needles->second[(unsigned char)at[1] % ROWS];
}

/* And the third. */
static inline uint32_t likely_at(const struct needles *needles, const char *at) {
    return candidates_at(needles, at) & needles->third[(unsigned char)at[2] % ROWS];
}

/* True when one stands at `at`, which is not the last byte. */
static inline bool occurs_at(const struct needles *needles, const char *at,
                             const struct view *view) {
    uint32_t candidates = candidates_at(needles, at);
    return candidates && one_stands_at(needles, candidates, at, view);
}

static bool occurs_behind(const struct needles *needles, unsigned char byte,
                          const struct view *view) {
    const char *at = view->from, *end = view->end;
    for (; at + 1 < end && (at = memchr(at, byte, (size_t)(end - 1 - at))); at++)
        if (occurs_at(needles, at, view))
            return true;
    return false;
}

/* Four places at a time: one jump, mostly the same one, passes over all of them. */
static bool occurs_in(const struct needles *needles, const struct view *view) {
    const char *at = view->from, *end = view->end;
    for (; end - at > 5; at += 4)
        if (likely_at(needles, at) | likely_at(needles, at + 1) | likely_at(needles, at + 2) |
            likely_at(needles, at + 3))
            for (size_t i = 0; i < 4; i++)
                if (occurs_at(needles, at + i, view))
                    return true;
    for (; end - at > 1; at++)
        if (occurs_at(needles, at, view))
            return true;
    return false;
}

bool needles_occur(const struct needles *needles, struct slice text, size_t from, size_t to) {
    if (from >= to)
        return false;
    struct view view = {text.data, text.data + from, text.data + to};
    uint32_t last = needles->first[(unsigned char)view.end[-1] % ROWS] & needles->single;
    if (last && one_stands_at(needles, last, view.end - 1, &view))
        return true;
    for (size_t i = 0; i < needles->seldom_count; i++)
        if (occurs_behind(needles, needles->seldom[i], &view))
            return true;
    return !needles->seldom_count && occurs_in(needles, &view);
}
