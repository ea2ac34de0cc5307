#include "course/day.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    FIRST_YEAR = 1970, /* what counts as a year in a text */
    LAST_YEAR = 2099,
    MOST_SEPARATORS = 4,
};

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const short_months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekdays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};

const char *month_name(unsigned month) {
    return months[month - 1];
}

const char *weekday_name(unsigned weekday) {
    return weekdays[weekday];
}

static bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool day_exists(struct day day) {
    static const unsigned char sizes[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (day.year < 0 || day.month < 1 || day.month > 12 || day.day < 1)
        return false;
    bool short_february = day.month == 2 && day.year && !is_leap(day.year);
    return day.day <= sizes[day.month - 1] - (short_february ? 1u : 0u);
}

/*
 * "days_from_civil" and its inverse (Howard Hinnant, chrono-compatible low-level date algorithms):
 * years begin in March and come in eras of 400, so that leap days are at the end.
 */
long day_serial(struct day day) {
    long year = day.year - (day.month <= 2);
    long era = year / 400;
    long year_of_era = year % 400;
    long day_of_year = (153 * ((long)day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

struct day day_of_serial(long serial) {
    long shifted = serial + 719468;
    long era = shifted / 146097;
    long day_of_era = shifted % 146097;
    long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * day_of_year + 2) / 153;
    struct day day = {.month = (unsigned)(month < 10 ? month + 3 : month - 9),
                      .day = (unsigned)(day_of_year - (153 * month + 2) / 5 + 1)};
    day.year = (int)(year_of_era + era * 400 + (day.month <= 2));
    return day;
}

unsigned day_weekday(struct day day) {
    long weekday = (day_serial(day) + 4) % 7; /* 1970-01-01 was a Thursday */
    return (unsigned)(weekday < 0 ? weekday + 7 : weekday);
}

bool day_same(struct day left, struct day right) {
    return left.month && left.month == right.month && left.day == right.day &&
           (!left.year || !right.year || left.year == right.year);
}

void day_append(struct buffer *buffer, struct day day, bool with_year) {
    if (!day.month)
        return;
    buffer_append_format(buffer, "%s %u", short_months[day.month - 1], day.day);
    if (with_year && day.year)
        buffer_append_format(buffer, ", %d", day.year);
}

/* --- Finding a day in a text ------------------------------------------------------------------ */

/* The byte at `at`, NUL behind the end. */
static unsigned char byte_at(struct slice text, size_t at) {
    return at < text.size ? (unsigned char)text.data[at] : '\0';
}

/* Size of the blank or sign between the parts of a day that stands at `at`; 0: none. */
static size_t separator_size(struct slice text, size_t at) {
    unsigned char byte = byte_at(text, at);
    if (byte && strchr(" \t_-.,", byte))
        return 1;
    return byte == 0xc2 && byte_at(text, at + 1) == 0xa0 ? 2 : 0; /* no-break space */
}

static size_t skip_separators(struct slice text, size_t at) {
    for (int i = 0; i < MOST_SEPARATORS; i++)
        at += separator_size(text, at);
    return at;
}

/* All digits from `*at` on, when there are `least` to `most`; `*at` moves behind them. */
static bool read_number(struct slice text, size_t *at, size_t least, size_t most,
                        unsigned *number) {
    size_t end = *at;
    *number = 0;
    for (; isdigit(byte_at(text, end)) && end - *at <= most; end++)
        *number = *number * 10 + (byte_at(text, end) - (unsigned)'0');
    bool fits = end - *at >= least && end - *at <= most;
    *at = fits ? end : *at;
    return fits;
}

/* A month's name, whole or cut, and nothing but it. */
static bool read_month(struct slice text, size_t *at, unsigned *month) {
    size_t size = 0;
    while (isalpha(byte_at(text, *at + size)))
        size++;
    for (*month = 1; size >= 3 && *month <= 12; ++*month) {
        const char *name = month_name(*month);
        bool same_letter = (text.data[*at] | 0x20) == (*name | 0x20); /* most words have another */
        if (same_letter && size <= strlen(name) && !strncasecmp(text.data + *at, name, size)) {
            *at += size;
            return true;
        }
    }
    return false;
}

/* "Oct7Scribe" is three words, "dec12ode" is none. */
static bool ends_word(struct slice text, size_t at) {
    return !isalnum(byte_at(text, at)) ||
           (isupper(byte_at(text, at)) && islower(byte_at(text, at + 1)));
}

/* The day of a month, "7" or "7th": not the hour of a time. */
static bool read_day_of_month(struct slice text, size_t *at, unsigned *day) {
    static const char *const ordinals[] = {"st", "nd", "rd", "th"};
    size_t end = *at;
    if (!read_number(text, &end, 1, 2, day))
        return false;
    for (size_t i = 0; i < COUNT_OF(ordinals); i++) {
        if (end + 2 <= text.size && !strncasecmp(text.data + end, ordinals[i], 2)) {
            end += 2;
            break;
        }
    }
    if (byte_at(text, end) == ':' && isdigit(byte_at(text, end + 1)))
        return false;
    *at = end;
    return true;
}

/* ", 2025" or nothing: a year that may follow. */
static void read_year_behind(struct slice text, size_t *at, int *year) {
    unsigned number;
    size_t end = skip_separators(text, *at);
    if (read_number(text, &end, 4, 4, &number) && number >= FIRST_YEAR && number <= LAST_YEAR &&
        ends_word(text, end)) {
        *year = (int)number;
        *at = end;
    }
}

/* "Oct 7", "oct7", "Feb_18", "October 7, 2025" */
static bool read_month_first(struct slice text, size_t *at, struct day *day) {
    size_t end = *at;
    *day = (struct day){0};
    if (!read_month(text, &end, &day->month))
        return false;
    end = skip_separators(text, end);
    if (!read_day_of_month(text, &end, &day->day) || !ends_word(text, end))
        return false;
    read_year_behind(text, &end, &day->year);
    *at = end;
    return day_exists(*day);
}

/* "2025 Oct 7", "2025-oct-07" */
static bool read_year_and_name(struct slice text, size_t *at, struct day *day) {
    unsigned year;
    size_t end = *at;
    if (!read_number(text, &end, 4, 4, &year) || year < FIRST_YEAR || year > LAST_YEAR)
        return false;
    end = skip_separators(text, end);
    if (!read_month_first(text, &end, day) || (day->year && day->year != (int)year))
        return false;
    day->year = (int)year;
    *at = end;
    return day_exists(*day);
}

/* "-25" of "7-Oct-25", as spreadsheets write it. */
static bool read_short_year(struct slice text, size_t *at, int *year) {
    unsigned number;
    size_t end = *at + 1;
    if (byte_at(text, *at) != '-' || !read_number(text, &end, 2, 2, &number) ||
        !ends_word(text, end))
        return false;
    *year = 2000 + (int)number;
    *at = end;
    return true;
}

/* "7 Oct", "7th of October 2025"; but of "Lecture 3 Oct 7" the second number is the day. */
static bool read_day_first(struct slice text, size_t *at, struct day *day) {
    struct day other;
    size_t end = *at;
    *day = (struct day){0};
    if (!read_day_of_month(text, &end, &day->day))
        return false;
    bool hyphen = byte_at(text, end) == '-';
    end = skip_separators(text, end);
    if (slice_starts_with(slice_part(text, end, text.size), "of "))
        end += strlen("of ");
    size_t month = end;
    if (!read_month(text, &end, &day->month))
        return false;
    if (!hyphen || !read_short_year(text, &end, &day->year)) {
        if (read_month_first(text, &month, &other))
            return false;
        read_year_behind(text, &end, &day->year);
    }
    *at = end;
    return day_exists(*day);
}

/* "2025-10-07", "2025_10_7", "2025/10/7", "20251007" */
static bool read_year_first(struct slice text, size_t *at, struct day *day) {
    unsigned number;
    size_t end = *at;
    *day = (struct day){0};
    if (read_number(text, &end, 8, 8, &number)) {
        *day = (struct day){(int)(number / 10000), number / 100 % 100, number % 100};
    } else {
        if (!read_number(text, &end, 4, 4, &number) || !byte_at(text, end) ||
            !strchr("-_./", byte_at(text, end)))
            return false;
        unsigned char separator = byte_at(text, end++);
        day->year = (int)number;
        if (!read_number(text, &end, 1, 2, &day->month) || byte_at(text, end++) != separator ||
            !read_number(text, &end, 1, 2, &day->day))
            return false;
    }
    bool time_follows = byte_at(text, end) == 'T' && isdigit(byte_at(text, end + 1));
    *at = end;
    return (time_follows || ends_word(text, end)) && day->year >= FIRST_YEAR &&
           day->year <= LAST_YEAR && day_exists(*day);
}

/* "10/7", "10/7/2025", "10/7/25" */
static bool read_slashes(struct slice text, size_t *at, struct day *day) {
    unsigned year;
    size_t end = *at;
    *day = (struct day){0};
    if (!read_number(text, &end, 1, 2, &day->month) || byte_at(text, end++) != '/' ||
        !read_number(text, &end, 1, 2, &day->day))
        return false;
    if (byte_at(text, end) == '/') {
        end++;
        if (read_number(text, &end, 2, 2, &year))
            day->year = 2000 + (int)year;
        else if (read_number(text, &end, 4, 4, &year))
            day->year = (int)year;
        else
            return false;
    }
    *at = end;
    return ends_word(text, end) && day_exists(*day);
}

/* A day that begins with the digit at `*at`. */
static bool read_from_digit(struct slice text, size_t *at, bool numeric, struct day *day) {
    bool (*const readers[])(struct slice, size_t *, struct day *) = {
        read_year_first, read_year_and_name, read_day_first, read_slashes};
    size_t count = COUNT_OF(readers) - (numeric ? 0 : 1);
    unsigned char before = *at ? byte_at(text, *at - 1) : '\0';
    if (isalnum(before))
        return false;
    /* "13/10" of "2025/13/10" is no day. */
    if (before == '/' && *at > 1 && isdigit(byte_at(text, *at - 2)))
        count = 1;
    for (size_t i = 0; i < count; i++) {
        size_t end = *at;
        if (readers[i](text, &end, day)) {
            *at = end;
            return true;
        }
    }
    return false;
}

/* A day that begins with a month's name at `*at`: of "ScribeOct7" too. */
static bool read_from_letter(struct slice text, size_t *at, struct day *day) {
    unsigned char before = *at ? byte_at(text, *at - 1) : '\0';
    if (isalpha(before) && !(islower(before) && isupper(byte_at(text, *at))))
        return false;
    return read_month_first(text, at, day);
}

bool day_find(struct slice text, bool numeric, struct day *day, struct span *place) {
    for (size_t start = 0; start < text.size; start++) {
        size_t end = start;
        bool found = isdigit(byte_at(text, start))
                         ? read_from_digit(text, &end, numeric, day)
                         : isalpha(byte_at(text, start)) && read_from_letter(text, &end, day);
        if (found) {
            *place = (struct span){start, end};
            return true;
        }
    }
    *day = (struct day){0};
    return false;
}
