/* Text of a PDF as people write it: ligatures and broken words undone. */
#include "document/pdf_parts.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 60, SHORTEST_HALF = 3 };

static const char *plain_form(uint32_t code) {
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    if (code >= 0xfb00 && code <= 0xfb06)
        return ligatures[code - 0xfb00];
    if (code == 0xa0 || (code >= 0x2000 && code <= 0x200a) || code == 0x202f || code == '\t')
        return " ";
    if (code == 0x2010 || code == 0x2011 || code == 0xad)
        return "-";
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) ||
        (code >= 0x2028 && code <= 0x202e) || code == 0xfeff || code == UTF8_INVALID)
        return "";
    return NULL;
}

void pdf_append_clean(struct buffer *buffer, struct slice text) {
    for (size_t at = 0, from = 0; at < text.size; from = at) {
        uint32_t code = utf8_next(text, &at);
        const char *plain = plain_form(code);
        if (!plain)
            buffer_append_slice(buffer, slice_part(text, from, at));
        else if (code != 0xad || at >= text.size) /* a soft hyphen shows at the end of a line */
            buffer_append_string(buffer, plain);
    }
}

static bool is_word_byte(char byte) {
    return isalnum((unsigned char)byte) || (byte & 0x80);
}

bool pdf_is_broken(struct slice text, struct slice *stem) {
    text = slice_trim(text);
    bool broken = text.size > 1 && text.data[text.size - 1] == '-' &&
                  isalnum((unsigned char)text.data[text.size - 2]);
    *stem = slice_part(text, 0, text.size - (broken ? 1 : 0));
    return broken;
}

static void add_word(struct pdf_words *words, struct slice text) {
    if (!text.size || text.size > LONGEST_WORD)
        return;
    struct slice copy = arena_copy(&words->arena, text);
    for (size_t i = 0; i < copy.size; i++)
        ((char *)copy.data)[i] = (char)tolower((unsigned char)copy.data[i]);
    ARRAY_PUSH(words->items, words->count, words->capacity) = copy;
}

/* "data-parallel" is a word, and so are its parts. `broken`: the last is but a half. */
static void add_words(struct pdf_words *words, struct slice text, size_t at, bool broken) {
    while (at < text.size) {
        size_t start = at, part = at;
        if (!is_word_byte(text.data[at])) {
            at++;
            continue;
        }
        for (; at < text.size && (is_word_byte(text.data[at]) || text.data[at] == '-'); at++) {
            if (text.data[at] != '-')
                continue;
            add_word(words, slice_part(text, part, at));
            part = at + 1;
        }
        if (broken && at >= text.size)
            return;
        add_word(words, slice_part(text, part, at));
        if (part != start)
            add_word(words, slice_part(text, start, at));
    }
}

static int order_words(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

void pdf_words_read(struct pdf_words *words, const struct pdf_rows *rows) {
    struct buffer text = BUFFER_EMPTY;
    bool broken = false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct pdf_row *row = &rows->items[i];
        struct slice stem;
        size_t at = 0;
        buffer_clear(&text);
        for (size_t k = 0; k < row->run_count; k++) {
            pdf_append_clean(&text, row->runs[k]->text);
            buffer_append_byte(&text, ' ');
        }
        struct slice line = slice_trim(buffer_slice(&text));
        while (broken && at < line.size && is_word_byte(line.data[at]))
            at++;
        broken = pdf_is_broken(line, &stem);
        if (!row->code)
            add_words(words, broken ? stem : line, at, broken);
    }
    if (words->count)
        qsort(words->items, words->count, sizeof(*words->items), order_words);
    buffer_release(&text);
}

void pdf_words_release(struct pdf_words *words) {
    free(words->items);
    arena_release(&words->arena);
    *words = (struct pdf_words){0};
}

static bool has_word(const struct pdf_words *words, const char *middle, struct slice left,
                     struct slice right) {
    char bytes[2 * LONGEST_WORD + 2];
    size_t size = 0;
    if (left.size > LONGEST_WORD || right.size > LONGEST_WORD || !words->count)
        return false;
    for (size_t i = 0; i < left.size; i++)
        bytes[size++] = (char)tolower((unsigned char)left.data[i]);
    if (*middle)
        bytes[size++] = *middle;
    for (size_t i = 0; i < right.size; i++)
        bytes[size++] = (char)tolower((unsigned char)right.data[i]);
    struct slice word = {bytes, size};
    return bsearch(&word, words->items, words->count, sizeof(word), order_words) != NULL;
}

/* "GPU-based", "32-bit", "F-score": no hyphenation leaves such a half. */
static bool is_name(struct slice left) {
    size_t lower = 0;
    for (size_t i = 0; i < left.size; i++) {
        if (isdigit((unsigned char)left.data[i]))
            return true;
        lower += islower((unsigned char)left.data[i]) || (left.data[i] & 0x80);
    }
    return !lower;
}

bool pdf_words_joins(const struct pdf_words *words, struct slice left, struct slice right) {
    static const struct slice none = {NULL, 0};
    for (size_t i = left.size; i; i--) {
        if (is_word_byte(left.data[i - 1]))
            continue;
        bool compound = left.data[i - 1] == '-'; /* "state-of-the-" */
        if (compound)
            return false;
        left = slice_part(left, i, left.size);
        break;
    }
    if (!right.size || !(islower((unsigned char)*right.data) || (*right.data & 0x80)) ||
        is_name(left) || has_word(words, "-", left, right))
        return false;
    if (has_word(words, "", left, right))
        return true;
    bool both = left.size >= SHORTEST_HALF && right.size >= SHORTEST_HALF &&
                has_word(words, "", left, none) && has_word(words, "", none, right);
    return !both && right.size >= 2;
}
