#include "config/name_form.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>

/* A file name is no longer on any system that matters; the depth of match() depends on it. */
enum { LONGEST_FORM = 255, MOST_DIGITS = 9 };

enum place_kind { PLACE_YEAR, PLACE_MONTH, PLACE_DAY, PLACE_NUMBER, PLACE_TEXT };

static const struct place {
    const char *name;
    enum place_kind kind;
    size_t least, most; /* digits; 0: no number */
    size_t letters;     /* of a month's name that count; 0: no such name */
    bool capital;
} places[] = {
    {"yyyy", PLACE_YEAR, 4, 4, 0, false},
    {"mm", PLACE_MONTH, 2, 2, 0, false},
    {"m", PLACE_MONTH, 1, 2, 0, false},
    {"mon", PLACE_MONTH, 0, 0, 3, false},
    {"Mon", PLACE_MONTH, 0, 0, 3, true},
    {"month", PLACE_MONTH, 0, 0, 9, false},
    {"Month", PLACE_MONTH, 0, 0, 9, true},
    {"dd", PLACE_DAY, 2, 2, 0, false},
    {"d", PLACE_DAY, 1, 2, 0, false},
    {"day", PLACE_DAY, 1, 2, 0, false},
    {"nn", PLACE_NUMBER, 2, MOST_DIGITS, 0, false},
    {"n", PLACE_NUMBER, 1, MOST_DIGITS, 0, false},
    {"text", PLACE_TEXT, 0, 0, 0, false},
};

static const char *const months[] = {"january",   "february", "march",    "april",
                                     "may",       "june",     "july",     "august",
                                     "september", "october",  "november", "december"};

static const struct place *find_place(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(places); i++)
        if (slice_equal_string(name, places[i].name))
            return &places[i];
    return NULL;
}

/* The next piece of a form: a byte that stands for itself, or what is between braces. */
static struct slice next_piece(struct slice form, size_t *at, bool *named) {
    size_t start = *at;
    size_t close = form.data[start] == '{' ? slice_find(form, "}", start) : SLICE_NOT_FOUND;
    *named = close != SLICE_NOT_FOUND;
    *at = *named ? close + 1 : start + 1;
    return *named ? slice_part(form, start + 1, close) : slice_part(form, start, *at);
}

/* --- What is a form ----------------------------------------------------------------------------
 */

static const char *byte_problem(char byte) {
    if (byte == '{' || byte == '}')
        return "a brace stands alone in it";
    if (byte == '/')
        return "it must be of the file's own name, without folders";
    return byte ? NULL : "a NUL is in it";
}

static const char *find_problem(struct slice form) {
    size_t open_numbers = 0, texts = 0; /* open: of no fixed width, in this run of digits */
    for (size_t at = 0; at < form.size;) {
        bool named;
        struct slice piece = next_piece(form, &at, &named);
        const struct place *place = named ? find_place(piece) : NULL;
        if (named && !place)
            return "there is no such place; there are {yyyy}, {mm}, {m}, {mon}, {Mon}, {month}, "
                   "{Month}, {dd}, {d}, {day}, {nn}, {n} and {text}";
        if (!named && byte_problem(*piece.data))
            return byte_problem(*piece.data);
        if (place ? !place->most : !isdigit((unsigned char)*piece.data))
            open_numbers = 0;
        else if (place && place->least != place->most && open_numbers++)
            return "nobody can tell where the first of two numbers side by side ends";
        if (place && place->kind == PLACE_TEXT && texts++)
            return "{text} is in it twice";
    }
    return NULL;
}

bool name_form_is_valid(struct slice form, const char **problem) {
    *problem = find_problem(form);
    if (!form.size)
        *problem = "it is empty";
    else if (form.size > LONGEST_FORM)
        *problem = "it is longer than a file name";
    return !*problem;
}

/* --- Values ------------------------------------------------------------------------------------
 */

static bool is_in_calendar(int year, unsigned month, unsigned day) {
    static const unsigned char lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = !year || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    if (month > 12 || day > (month ? lengths[month - 1] : 31))
        return false;
    return month != 2 || day < 29 || leap;
}

static bool values_exist(const struct name_values *values) {
    return is_in_calendar(values->year, values->month, values->day);
}

static long get_number(const struct name_values *values, enum place_kind kind) {
    switch (kind) {
    case PLACE_YEAR:
        return values->year;
    case PLACE_MONTH:
        return values->month;
    case PLACE_DAY:
        return values->day;
    default:
        return values->number;
    }
}

/* False when another place says otherwise. */
static bool take_number(struct name_values *values, enum place_kind kind, long number) {
    long known = get_number(values, kind);
    if (known)
        return known == number;
    switch (kind) {
    case PLACE_YEAR:
        values->year = (int)number;
        break;
    case PLACE_MONTH:
        values->month = (unsigned)number;
        break;
    case PLACE_DAY:
        values->day = (unsigned)number;
        break;
    default:
        values->number = number;
    }
    return true;
}

/* A month's name as the place has it. */
static struct slice month_word(const struct place *place, unsigned month, char word[16]) {
    size_t size = strlen(months[month - 1]);
    if (size > place->letters)
        size = place->letters;
    memcpy(word, months[month - 1], size);
    if (place->capital)
        word[0] = (char)toupper((unsigned char)word[0]);
    return (struct slice){word, size};
}

/* --- Reading -----------------------------------------------------------------------------------
 */

static bool match(struct slice form, size_t at, struct slice rest, struct name_values *values);

static struct slice behind(struct slice rest, size_t size) {
    return slice_part(rest, size, rest.size);
}

static bool match_month(const struct place *place, struct slice form, size_t at, struct slice rest,
                        struct name_values *values) {
    char word[16];
    for (unsigned month = 1; month <= 12; month++) {
        struct slice name = month_word(place, month, word);
        struct name_values tried = *values;
        if (slice_equal(slice_part(rest, 0, name.size), name) &&
            take_number(&tried, PLACE_MONTH, month) &&
            match(form, at, behind(rest, name.size), &tried)) {
            *values = tried;
            return true;
        }
    }
    return false;
}

/* As many digits as can be, so that what follows tells where the number ends. */
static bool match_number(const struct place *place, struct slice form, size_t at, struct slice rest,
                         struct name_values *values) {
    size_t digits = 0;
    while (digits < place->most && digits < rest.size && isdigit((unsigned char)rest.data[digits]))
        digits++;
    for (; digits && digits >= place->least; digits--) {
        long number = 0;
        for (size_t i = 0; i < digits; i++)
            number = 10 * number + (rest.data[i] - '0');
        bool padded = digits > place->least && *rest.data == '0';
        struct name_values tried = *values;
        if (!padded && number && take_number(&tried, place->kind, number) &&
            match(form, at, behind(rest, digits), &tried)) {
            *values = tried;
            return true;
        }
    }
    return false;
}

static bool match_text(struct slice form, size_t at, struct slice rest,
                       struct name_values *values) {
    for (size_t size = 0; size <= rest.size; size++) {
        struct name_values tried = *values;
        tried.text = slice_part(rest, 0, size);
        if (match(form, at, behind(rest, size), &tried)) {
            *values = tried;
            return true;
        }
    }
    return false;
}

/* True when `rest` of a name has what stands in the form from `at` on. */
static bool match(struct slice form, size_t at, struct slice rest, struct name_values *values) {
    while (at < form.size) {
        bool named;
        struct slice piece = next_piece(form, &at, &named);
        const struct place *place = named ? find_place(piece) : NULL;
        if (place && place->kind == PLACE_TEXT)
            return match_text(form, at, rest, values);
        if (place)
            return place->letters ? match_month(place, form, at, rest, values)
                                  : match_number(place, form, at, rest, values);
        if (!rest.size || *rest.data != *piece.data)
            return false;
        rest = behind(rest, 1);
    }
    return !rest.size && values_exist(values);
}

/* Of a valid form. */
static bool read_name(struct slice form, struct slice name, struct name_values *values) {
    struct name_values read = {0};
    if (slice_find(name, "/", 0) != SLICE_NOT_FOUND || !match(form, 0, name, &read))
        return false;
    *values = read;
    return true;
}

bool name_form_read(struct slice form, struct slice name, struct name_values *values) {
    const char *problem;
    return name_form_is_valid(form, &problem) && read_name(form, name, values);
}

size_t name_form_count(struct slice form, const struct slice *names, size_t count) {
    const char *problem;
    struct name_values values;
    size_t found = 0;
    if (!name_form_is_valid(form, &problem))
        return 0;
    for (size_t i = 0; i < count; i++)
        found += read_name(form, names[i], &values);
    return found;
}

/* --- Writing -----------------------------------------------------------------------------------
 */

static bool can_be_in_name(struct slice text) {
    return slice_find(text, "/", 0) == SLICE_NOT_FOUND &&
           (!text.size || !memchr(text.data, '\0', text.size));
}

static bool write_place(struct buffer *buffer, const struct place *place,
                        const struct name_values *values) {
    char word[16], digits[32];
    if (place->kind == PLACE_TEXT) {
        buffer_append_slice(buffer, values->text);
        return can_be_in_name(values->text);
    }
    long number = get_number(values, place->kind);
    if (number <= 0)
        return false;
    if (place->letters) {
        buffer_append_slice(buffer, month_word(place, values->month, word));
        return true;
    }
    size_t count = 0;
    for (; number; number /= 10)
        digits[count++] = (char)('0' + number % 10);
    if (count > place->most)
        return false;
    while (count < place->least)
        digits[count++] = '0';
    while (count)
        buffer_append_byte(buffer, digits[--count]);
    return true;
}

bool name_form_write(struct buffer *buffer, struct slice form, const struct name_values *values) {
    const char *problem;
    struct buffer name = BUFFER_EMPTY;
    bool good = name_form_is_valid(form, &problem) && values_exist(values);
    for (size_t at = 0; good && at < form.size;) {
        bool named;
        struct slice piece = next_piece(form, &at, &named);
        if (named)
            good = write_place(&name, find_place(piece), values);
        else
            buffer_append_slice(&name, piece);
    }
    if (good)
        buffer_append_slice(buffer, buffer_slice(&name));
    buffer_release(&name);
    return good;
}
