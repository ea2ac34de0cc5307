#include "course/person.h"

#include "base/memory.h"
#include "text/folded.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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
        if (word.size && !memchr(word.data, '@', word.size)) {
            buffer_append_string(buffer, buffer->size ? " " : "");
            buffer_append_slice(buffer, word);
        }
        end += end == at;
    }
}

void person_append_folded(struct buffer *buffer, struct slice name) {
    struct buffer words = BUFFER_EMPTY;
    append_words(&words, name);
    folded_append(buffer, buffer_slice(&words));
    buffer_release(&words);
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
                            (word = folded_next_word(buffer_slice(&words->text), &at)).size;)
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
