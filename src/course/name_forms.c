#include "course/name_forms.h"

#include "config/name_form.h"
#include "course/day.h"
#include "course/note_name.h"

#include <ctype.h>
#include <stdlib.h>

/* A piece of a name that becomes a place. */
struct piece {
    struct span span;
    const char *place;
};

static bool is_digit(struct slice name, size_t at) {
    return at < name.size && isdigit((unsigned char)name.data[at]);
}

static bool is_letter(struct slice name, size_t at) {
    return at < name.size && isalpha((unsigned char)name.data[at]);
}

static size_t run_end(struct slice name, size_t at, bool (*is_part)(struct slice, size_t)) {
    while (is_part(name, at))
        at++;
    return at;
}

/* NULL when the word is no month as forms can write it ("Sept", "MARCH"). */
static const char *month_place(struct slice word, unsigned month) {
    if (!word.size)
        return NULL;
    bool capital = isupper((unsigned char)word.data[0]);
    for (size_t i = 1; i < word.size; i++)
        if (isupper((unsigned char)word.data[i]))
            return NULL;
    if (word.size == 3)
        return capital ? "{Mon}" : "{mon}";
    if (word.size == slice_of(month_name(month)).size)
        return capital ? "{Month}" : "{month}";
    return NULL;
}

static const char *number_place(struct slice digits, bool padded, const char *one,
                                const char *two) {
    bool has_zero = digits.data[0] == '0';
    if (digits.size == 1 || has_zero)
        return has_zero ? two : one;
    return padded ? two : one;
}

/* The parts of a day, in the order in which they stand; 0 when a form can't write it. */
static size_t day_pieces(struct piece *pieces, struct slice name, struct day day, struct span place,
                         bool padded) {
    size_t count = 0, numbers = 0;
    bool worded = false;
    for (size_t at = place.start; at < place.end && count < 3;) {
        size_t start = at;
        if (is_letter(name, at)) {
            at = run_end(name, at, is_letter);
            worded = true;
            pieces[count] =
                (struct piece){{start, at}, month_place(slice_part(name, start, at), day.month)};
        } else if (is_digit(name, at)) {
            at = run_end(name, at, is_digit);
            struct slice digits = slice_part(name, start, at);
            bool is_month = day.year && !worded && numbers == 1;
            /* 2025-01-14: who writes a month with two digits writes days so, too. */
            bool iso = day.year && !worded && numbers == 2 &&
                       slice_equal_string(slice_of(pieces[1].place), "{mm}");
            pieces[count].span = (struct span){start, at};
            pieces[count].place = digits.size == 4  ? "{yyyy}"
                                  : digits.size > 4 ? NULL
                                  : is_month        ? number_place(digits, padded, "{m}", "{mm}")
                                             : number_place(digits, padded || iso, "{d}", "{dd}");
            numbers++;
        } else {
            at++;
            continue;
        }
        if (!pieces[count++].place)
            return 0;
    }
    return count;
}

static size_t number_piece(struct piece *piece, struct slice name, bool padded) {
    unsigned number;
    struct span place;
    if (!lecture_number_find(name, &number, &place))
        return 0;
    size_t end = place.end;
    while (end > place.start && !is_digit(name, end - 1))
        end--;
    size_t start = end;
    while (start > place.start && is_digit(name, start - 1))
        start--;
    if (start == end)
        return 0;
    *piece = (struct piece){{start, end},
                            number_place(slice_part(name, start, end), padded, "{n}", "{nn}")};
    return 1;
}

static int order_pieces(const void *left, const void *right) {
    const struct piece *a = left, *b = right;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

bool name_form_infer(struct buffer *form, struct slice name, bool padded) {
    struct piece pieces[4];
    struct day day;
    struct span place;
    size_t count = 0, at = 0;
    if (slice_find(name, "{", 0) != SLICE_NOT_FOUND || slice_find(name, "}", 0) != SLICE_NOT_FOUND)
        return false;
    if (day_find(name, false, &day, &place))
        count = day_pieces(pieces, name, day, place, padded);
    count += number_piece(&pieces[count], name, padded);
    if (!count)
        return false;
    qsort(pieces, count, sizeof(pieces[0]), order_pieces);
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].span.start < at)
            continue; /* a number within the day */
        buffer_append_slice(form, slice_part(name, at, pieces[i].span.start));
        buffer_append_string(form, pieces[i].place);
        at = pieces[i].span.end;
    }
    buffer_append_slice(form, slice_part(name, at, name.size));
    return true;
}

bool name_form_of_most(struct buffer *form, const struct slice *names, size_t count) {
    size_t most = 0, seen = count < NAME_FORM_SAMPLE ? count : NAME_FORM_SAMPLE;
    struct buffer best = BUFFER_EMPTY, last[2] = {BUFFER_EMPTY, BUFFER_EMPTY};
    for (size_t i = 0; i < 2 * seen && most < seen; i++) {
        struct buffer candidate = BUFFER_EMPTY;
        /* Most names are of the form that the one before them has. */
        if (name_form_infer(&candidate, names[i / 2], i % 2) &&
            !slice_equal(buffer_slice(&candidate), buffer_slice(&last[i % 2]))) {
            size_t agreed = name_form_count(buffer_slice(&candidate), names, seen);
            if (agreed > most) {
                most = agreed;
                buffer_clear(&best);
                buffer_append_slice(&best, buffer_slice(&candidate));
            }
        }
        buffer_release(&last[i % 2]);
        last[i % 2] = candidate;
    }
    bool found = most >= 2 && most * 2 > seen;
    if (found)
        buffer_append_slice(form, buffer_slice(&best));
    buffer_release(&best);
    buffer_release(&last[0]);
    buffer_release(&last[1]);
    return found;
}
