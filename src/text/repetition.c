#include "text/repetition.h"

#include "base/buffer.h"
#include "text/borders.h"

#include <ctype.h>
#include <string.h>

/* Without what (?x) leaves out; comments are not understood. */
static bool copy_condensed(struct buffer *copy, struct slice pattern) {
    bool extended = slice_starts_with(pattern, "(?x)");
    for (size_t at = extended ? strlen("(?x)") : 0; at < pattern.size; at++) {
        char byte = pattern.data[at];
        if (extended && (byte == '#' || byte == '\0'))
            return false;
        if (!extended || !isspace((unsigned char)byte))
            buffer_append_byte(copy, byte);
    }
    return true;
}

static bool take(struct slice *text, const char *start) {
    bool starts = slice_starts_with(*text, start);
    if (starts)
        *text = slice_part(*text, strlen(start), text->size);
    return starts;
}

/* What stands in a class has "\w". */
static bool has_letters(struct slice class) {
    for (size_t at = 0; at + 1 < class.size; at++)
        if (class.data[at] == '\\' && class.data[++at] == 'w')
            return true;
    return false;
}

/* "(?<![…])", or nothing: true when no letter may stand there. */
static bool take_look_behind(struct slice *text) {
    size_t end = slice_find(*text, "])", 0);
    struct slice class = slice_part(*text, 0, end);
    if (end == SLICE_NOT_FOUND || !take(&class, "(?<![") || !class.size ||
        memchr(class.data, ']', class.size) || slice_ends_with(class, "\\"))
        return false;
    *text = slice_part(*text, end + 2, text->size);
    return *class.data != '^' && has_letters(class);
}

static size_t class_end(struct slice text, size_t at) {
    at += text.size > at + 1 && text.data[at + 1] == '^' ? 2 : 1;
    for (at++; at < text.size && text.data[at] != ']'; at++)
        at += text.data[at] == '\\';
    return at;
}

/* True when `text`, which begins within `depth` parentheses, has no alternatives out of others. */
static bool has_one_branch(struct slice text, size_t depth) {
    size_t lowest = depth;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] == '\\')
            at++;
        else if (text.data[at] == '[')
            at = class_end(text, at);
        else if (text.data[at] == '(')
            depth++;
        else if (text.data[at] == ')' && !depth--)
            return false;
        else if (text.data[at] == '|' && depth <= lowest)
            return false;
        lowest = depth < lowest ? depth : lowest;
    }
    return !depth;
}

static enum repetition read(struct slice text) {
    bool of_words = take_look_behind(&text);
    if (!take(&text, "([a-z]{2,}+)"))
        return REPETITION_NONE;
    take(&text, "(*SKIP)");
    if (!take(&text, "\\s+") || !(text.size && strchr("(\\", *text.data)))
        return REPETITION_NONE;
    size_t depth = take(&text, "(?=");
    bool needed =
        take(&text, "\\1") &&
        !(text.size && (strchr("*?{", *text.data) || isdigit((unsigned char)*text.data))) &&
        has_one_branch(text, depth);
    if (!needed)
        return REPETITION_NONE;
    return of_words ? REPETITION_OF_WORDS : REPETITION_OF_ENDINGS;
}

enum repetition repetition_read(struct slice pattern) {
    if (slice_find(pattern, "\\1", 0) == SLICE_NOT_FOUND)
        return REPETITION_NONE;
    struct buffer condensed = BUFFER_EMPTY;
    enum repetition repetition = REPETITION_NONE;
    if (copy_condensed(&condensed, pattern))
        repetition = read(buffer_slice(&condensed));
    buffer_release(&condensed);
    return repetition;
}

/* Some white space has bytes beyond ASCII. */
static bool is_gap(char byte) {
    return byte == ' ' || (byte >= '\t' && byte <= '\r') || !isascii((unsigned char)byte);
}

/* `word`, or its last letters, begin what stands behind the gap. */
static bool is_repeated(enum repetition repetition, struct slice text, struct span word,
                        size_t behind, size_t end) {
    const char *next = text.data + behind;
    size_t last = repetition == REPETITION_OF_WORDS ? word.start + 1 : word.end - 1;
    for (size_t at = word.start; at < last; at++) {
        size_t size = word.end - at;
        if (text.data[at] == next[0] && size <= end - behind &&
            text.data[word.end - 1] == next[size - 1] && !memcmp(text.data + at, next, size))
            return true;
    }
    return false;
}

/* One byte at least, and nothing but blanks. */
static bool is_gap_between(struct slice text, size_t start, size_t end) {
    size_t at = start;
    while (at < end && is_gap(text.data[at]))
        at++;
    return at == end && end > start;
}

static const bool small_letters[256] = {
    ['a'] = true, ['b'] = true, ['c'] = true, ['d'] = true, ['e'] = true, ['f'] = true,
    ['g'] = true, ['h'] = true, ['i'] = true, ['j'] = true, ['k'] = true, ['l'] = true,
    ['m'] = true, ['n'] = true, ['o'] = true, ['p'] = true, ['q'] = true, ['r'] = true,
    ['s'] = true, ['t'] = true, ['u'] = true, ['v'] = true, ['w'] = true, ['x'] = true,
    ['y'] = true, ['z'] = true};

size_t repetition_find(enum repetition repetition, struct slice text, size_t from, size_t end) {
    size_t borders[BORDERS_MOST], count;
    struct span word = {from, from};
    for (size_t at = from; (count = borders_find(borders, small_letters, text, at, end));) {
        for (size_t i = 0; i < count; i += 2) {
            bool may_be = repetition == REPETITION_OF_ENDINGS ||
                          text.data[word.start] == text.data[borders[i]];
            if (may_be && word.end - word.start >= 2 &&
                is_gap_between(text, word.end, borders[i]) &&
                is_repeated(repetition, text, word, borders[i], end))
                return word.start;
            word = (struct span){borders[i], borders[i + 1]};
        }
        at = word.end;
    }
    return SLICE_NOT_FOUND;
}
