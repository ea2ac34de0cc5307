#include "course/person.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Latin letters with marks, and what is left without: Latin-1, Extended-A and -B, Additional. */
struct letters {
    unsigned short first, last;
    const char *plain;
};

static const struct letters latin[] = {
    {0xc0, 0xc5, "a"},     {0xc6, 0xc6, "ae"},    {0xc7, 0xc7, "c"},     {0xc8, 0xcb, "e"},
    {0xcc, 0xcf, "i"},     {0xd0, 0xd0, "d"},     {0xd1, 0xd1, "n"},     {0xd2, 0xd6, "o"},
    {0xd8, 0xd8, "o"},     {0xd9, 0xdc, "u"},     {0xdd, 0xdd, "y"},     {0xde, 0xde, "th"},
    {0xdf, 0xdf, "ss"},    {0xe0, 0xe5, "a"},     {0xe6, 0xe6, "ae"},    {0xe7, 0xe7, "c"},
    {0xe8, 0xeb, "e"},     {0xec, 0xef, "i"},     {0xf0, 0xf0, "d"},     {0xf1, 0xf1, "n"},
    {0xf2, 0xf6, "o"},     {0xf8, 0xf8, "o"},     {0xf9, 0xfc, "u"},     {0xfd, 0xfd, "y"},
    {0xfe, 0xfe, "th"},    {0xff, 0xff, "y"},     {0x100, 0x105, "a"},   {0x106, 0x10d, "c"},
    {0x10e, 0x111, "d"},   {0x112, 0x11b, "e"},   {0x11c, 0x123, "g"},   {0x124, 0x127, "h"},
    {0x128, 0x131, "i"},   {0x132, 0x133, "ij"},  {0x134, 0x135, "j"},   {0x136, 0x138, "k"},
    {0x139, 0x142, "l"},   {0x143, 0x14b, "n"},   {0x14c, 0x151, "o"},   {0x152, 0x153, "oe"},
    {0x154, 0x159, "r"},   {0x15a, 0x161, "s"},   {0x162, 0x167, "t"},   {0x168, 0x173, "u"},
    {0x174, 0x175, "w"},   {0x176, 0x178, "y"},   {0x179, 0x17e, "z"},   {0x17f, 0x17f, "s"},
    {0x1a0, 0x1a1, "o"},   {0x1af, 0x1b0, "u"},   {0x1cd, 0x1ce, "a"},   {0x1cf, 0x1d0, "i"},
    {0x1d1, 0x1d2, "o"},   {0x1d3, 0x1dc, "u"},   {0x218, 0x219, "s"},   {0x21a, 0x21b, "t"},
    {0x1ea0, 0x1eb7, "a"}, {0x1eb8, 0x1ec7, "e"}, {0x1ec8, 0x1ecb, "i"}, {0x1ecc, 0x1ee3, "o"},
    {0x1ee4, 0x1ef1, "u"}, {0x1ef2, 0x1ef9, "y"},
};

static const char *plain_letters(uint32_t code) {
    for (size_t i = 0; i < COUNT_OF(latin); i++)
        if (code >= latin[i].first && code <= latin[i].last)
            return latin[i].plain;
    return NULL;
}

/* Marks that stand behind their letter (macOS), apostrophes, and what cannot be seen. */
static bool is_dropped(uint32_t code) {
    return (code >= 0x300 && code <= 0x36f) || code == '\'' || code == '`' || code == 0xb4 ||
           code == 0x2018 || code == 0x2019 || code == 0x2bc || code == 0xad ||
           (code >= 0x200b && code <= 0x200f) || code == 0xfeff;
}

/* Signs and blanks of any width; letters of other scripts stay as they are. */
static bool is_blank(uint32_t code) {
    return code < 0x80
               ? !isalnum((int)code)
               : code < 0xc0 || code == 0xd7 || code == 0xf7 ||
                     (code >= 0x2000 && code <= 0x206f) || code == 0x3000 || code == UTF8_INVALID;
}

static void append_blank(struct buffer *buffer, size_t start) {
    if (buffer->size > start && buffer->data[buffer->size - 1] != ' ')
        buffer_append_byte(buffer, ' ');
}

static void fold(struct buffer *buffer, struct slice text) {
    size_t start = buffer->size;
    for (size_t at = 0, from = 0; at < text.size; from = at) {
        uint32_t code = utf8_next(text, &at);
        const char *plain = plain_letters(code);
        if (is_dropped(code))
            continue;
        if (plain)
            buffer_append_string(buffer, plain);
        else if (is_blank(code))
            append_blank(buffer, start);
        else if (code < 0x80)
            buffer_append_byte(buffer, (char)tolower((int)code));
        else
            buffer_append_slice(buffer, slice_part(text, from, at));
    }
    append_blank(buffer, start);
}

/* The bracket that closes the one at `at`, or the end; 0: there is none at `at`. */
static size_t bracket_end(struct slice text, size_t at) {
    static const char open[] = "([<{", close[] = ")]>}";
    const char *found = text.data[at] ? strchr(open, text.data[at]) : NULL;
    if (!found)
        return 0;
    for (size_t end = at + 1; end < text.size; end++)
        if (text.data[end] == close[found - open])
            return end + 1;
    return text.size;
}

static size_t word_end(struct slice text, size_t at) {
    while (at < text.size && !isspace((unsigned char)text.data[at]) && !bracket_end(text, at))
        at++;
    return at;
}

/* The words of a name without brackets and addresses, with single blanks. */
static void append_words(struct buffer *buffer, struct slice text) {
    for (size_t at = 0, end; at < text.size; at = end) {
        if ((end = bracket_end(text, at)))
            continue;
        end = word_end(text, at);
        struct slice word = slice_part(text, at, end);
        if (word.size && !memchr(word.data, '@', word.size))
            buffer_append_format(buffer, "%s%.*s", buffer->size ? " " : "", SLICE_ARGUMENTS(word));
        end += end == at;
    }
}

void person_append_folded(struct buffer *buffer, struct slice name) {
    struct buffer words = BUFFER_EMPTY;
    append_words(&words, name);
    fold(buffer, buffer_slice(&words));
    buffer_release(&words);
}

struct slice person_next_word(struct slice folded, size_t *at) {
    while (*at < folded.size && folded.data[*at] == ' ')
        ++*at;
    size_t start = *at;
    while (*at < folded.size && folded.data[*at] != ' ')
        ++*at;
    return slice_part(folded, start, *at);
}

/* --- Comparing -------------------------------------------------------------------------------- */

enum { MOST_WORDS = 12 };

struct words {
    struct buffer text;
    struct slice items[MOST_WORDS];
    size_t count;
};

static void words_read(struct words *words, struct slice name) {
    *words = (struct words){0};
    person_append_folded(&words->text, name);
    size_t at = 0;
    for (struct slice word; words->count < MOST_WORDS &&
                            (word = person_next_word(buffer_slice(&words->text), &at)).size;)
        words->items[words->count++] = word;
}

/* Every word of `few` has one of its own in `many`, by `agrees`. */
static bool all_agree(const struct words *few, const struct words *many,
                      bool (*agrees)(struct slice left, struct slice right)) {
    bool used[MOST_WORDS] = {false};
    for (size_t i = 0; i < few->count; i++) {
        size_t k = 0;
        while (k < many->count && (used[k] || !agrees(few->items[i], many->items[k])))
            k++;
        if (k == many->count)
            return false;
        used[k] = true;
    }
    return few->count > 0;
}

/* "Xiao Ming Li" and "Xiaoming Li". */
static bool same_letters(struct slice left, struct slice right) {
    size_t l = 0, r = 0;
    for (;; l++, r++) {
        while (l < left.size && left.data[l] == ' ')
            l++;
        while (r < right.size && right.data[r] == ' ')
            r++;
        if (l >= left.size || r >= right.size)
            return l >= left.size && r >= right.size && l > 0;
        if (left.data[l] != right.data[r])
            return false;
    }
}

static bool is_same(const struct words *left, const struct words *right) {
    if (same_letters(buffer_slice(&left->text), buffer_slice(&right->text)))
        return true;
    return left->count == right->count && all_agree(left, right, slice_equal);
}

/* The same, or one cut: an initial, "Dan" and "Daniel". */
static bool begins_alike(struct slice left, struct slice right) {
    size_t common = left.size < right.size ? left.size : right.size;
    return common && (common == 1 || common >= 3 || left.size == right.size) &&
           !memcmp(left.data, right.data, common);
}

/* More than initials, which anybody may share. */
static bool shares_word(const struct words *left, const struct words *right) {
    for (size_t i = 0; i < left->count; i++)
        for (size_t k = 0; k < right->count; k++)
            if (left->items[i].size > 1 && right->items[k].size > 1 &&
                begins_alike(left->items[i], right->items[k]))
                return true;
    return false;
}

static bool compare_names(struct slice left, struct slice right,
                          bool (*judge)(const struct words *left, const struct words *right)) {
    struct words one, other;
    words_read(&one, left);
    words_read(&other, right);
    bool answer = one.count && other.count && judge(&one, &other);
    buffer_release(&one.text);
    buffer_release(&other.text);
    return answer;
}

static bool is_maybe_same(const struct words *left, const struct words *right) {
    const struct words *few = left->count < right->count ? left : right;
    const struct words *many = few == left ? right : left;
    return !is_same(left, right) &&
           (shares_word(left, right) || all_agree(few, many, begins_alike));
}

bool person_same_name(struct slice left, struct slice right) {
    return compare_names(left, right, is_same);
}

bool person_maybe_same_name(struct slice left, struct slice right) {
    return compare_names(left, right, is_maybe_same);
}
