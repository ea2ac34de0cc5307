#include "course/note_name.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static bool read_digits(struct slice text, size_t *at, size_t most, unsigned *number) {
    size_t start = *at;
    *number = 0;
    while (*at < text.size && *at - start < most && isdigit((unsigned char)text.data[*at]))
        *number = *number * 10 + (unsigned)(text.data[(*at)++] - '0');
    return *at > start;
}

static bool read_dash(struct slice text, size_t *at) {
    return *at < text.size && text.data[(*at)++] == '-';
}

/* Year, month and day; `*at` moves behind them. */
static bool read_date(struct slice text, size_t *at, struct note_name *name) {
    return read_digits(text, at, 4, &name->year) && *at == 4 && read_dash(text, at) &&
           read_digits(text, at, 2, &name->month) && read_dash(text, at) &&
           read_digits(text, at, 2, &name->day);
}

/* The other forms of a date that Ruby reads, and people write. */
static bool has_day_in_words(const struct note_name *name, struct slice date) {
    static const char *const forms[] = {"%Y/%m/%d", "%b %d, %Y",    "%b %d %Y",
                                        "%d %b %Y", "%a, %d %b %Y", "%Y.%m.%d"};
    char text[64];
    if (date.size >= sizeof text)
        return false;
    memcpy(text, date.data, date.size);
    text[date.size] = '\0';
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        struct tm day = {0};
        const char *rest = strptime(text, forms[i], &day);
        if (rest && !isdigit((unsigned char)*rest) && (unsigned)day.tm_year + 1900 == name->year &&
            (unsigned)day.tm_mon + 1 == name->month && (unsigned)day.tm_mday == name->day)
            return true;
    }
    return false;
}

bool note_name_has_day(const struct note_name *name, struct slice date) {
    struct note_name other;
    size_t at = 0;
    if (!name->has_date || !date.size)
        return false;
    if (!read_date(date, &at, &other))
        return has_day_in_words(name, date);
    return other.year == name->year && other.month == name->month && other.day == name->day &&
           (at == date.size || !isdigit((unsigned char)date.data[at]));
}

bool note_name_date_exists(const struct note_name *name) {
    struct tm day = {.tm_year = (int)name->year - 1900,
                     .tm_mon = (int)name->month - 1,
                     .tm_mday = (int)name->day,
                     .tm_hour = 12};
    return name->has_date && timegm(&day) != -1 && day.tm_mon == (int)name->month - 1 &&
           day.tm_mday == (int)name->day;
}

bool lecture_number_find(struct slice text, unsigned *number, struct span *place) {
    static const char word[] = "lecture";
    for (size_t start = 0; start + sizeof word - 1 < text.size; start++) {
        if ((text.data[start] | 0x20) != *word ||
            strncasecmp(text.data + start, word, sizeof word - 1))
            continue;
        size_t at = start + sizeof word - 1;
        while (at < text.size && text.data[at] && strchr(" -_#", text.data[at]))
            at++;
        if (!read_digits(text, &at, 4, number))
            continue;
        *place = (struct span){start, at};
        return true;
    }
    return false;
}

bool last_number_find(struct slice text, long *number, struct span *place) {
    size_t end = text.size;
    while (end && !isdigit((unsigned char)text.data[end - 1]))
        end--;
    size_t start = end;
    while (start && end - start < 6 && isdigit((unsigned char)text.data[start - 1]))
        start--;
    *number = 0;
    for (size_t i = start; i < end; i++)
        *number = *number * 10 + (text.data[i] - '0');
    *place = (struct span){start, end};
    return end > start;
}

struct slice note_name_stem(struct slice path) {
    struct slice stem = slice_file_name(path);
    const char *dot = stem.size ? memrchr(stem.data, '.', stem.size) : NULL;
    if (dot && dot != stem.data)
        stem.size = (size_t)(dot - stem.data);
    return stem;
}

struct note_name note_name_read(struct slice path) {
    struct note_name name = {.stem = note_name_stem(path)};
    struct span place;
    size_t at = 0;
    name.has_date = read_date(name.stem, &at, &name) && read_dash(name.stem, &at);
    name.has_number = lecture_number_find(name.stem, &name.number, &place);
    return name;
}

/* What means something in a glob stands for itself in a file's name. */
static void append_literal(struct buffer *buffer, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] && strchr("\\*?[]{},", text.data[i]))
            buffer_append_byte(buffer, '\\');
        buffer_append_byte(buffer, text.data[i]);
    }
}

static bool append_part(struct buffer *buffer, struct slice key, const struct note_name *name) {
    const struct {
        const char *key;
        bool known;
        unsigned value;
        int digits;
    } parts[] = {
        {"nn", name->has_number, name->number, 2}, {"n", name->has_number, name->number, 1},
        {"yyyy", name->has_date, name->year, 4},   {"mm", name->has_date, name->month, 2},
        {"dd", name->has_date, name->day, 2},
    };
    if (slice_equal_string(key, "stem")) {
        append_literal(buffer, name->stem);
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].known && slice_equal_string(key, parts[i].key)) {
            buffer_append_format(buffer, "%0*u", parts[i].digits, parts[i].value);
            return true;
        }
    }
    buffer_append_byte(buffer, '*');
    return false;
}

bool note_name_expand(struct buffer *buffer, struct slice pattern, const struct note_name *name) {
    bool known = true;
    for (size_t at = 0; at < pattern.size;) {
        const char *close =
            pattern.data[at] == '{' ? memchr(pattern.data + at, '}', pattern.size - at) : NULL;
        size_t end = close ? (size_t)(close - pattern.data) : at;
        struct slice key = slice_part(pattern, at + 1, end);
        if (close && !memchr(key.data, ',', key.size)) {
            known = append_part(buffer, key, name) && known;
            at = end + 1;
        } else {
            buffer_append_byte(buffer, pattern.data[at++]);
        }
    }
    return known;
}
