/* The year of dates that are written without one, and the days of the week a course meets on. */
#include "base/memory.h"
#include "course/schedule_reading.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LARGEST_PAGE = 256 * 1024, HEAD_OF_PAGE = 4096 };

/* Dates go on through a new year: a month long before the last one is in the next year. */
struct calendar {
    int year;
    unsigned month; /* of the last row; 0: none yet */
};

static bool is_long_before(const struct lecture *row, unsigned month) {
    enum { HALF_A_YEAR = 6 };
    return row->day.month + HALF_A_YEAR < month;
}

/* A few rows left from another year's course do not move those behind them: most rows go on so. */
static bool begins_year(const struct schedule *schedule, size_t index, unsigned month) {
    enum { ROWS = 64 };
    size_t before = 0, others = 0;
    for (size_t i = index; i < schedule->lecture_count && before + others < ROWS; i++) {
        const struct lecture *row = &schedule->lectures[i];
        if (row->hidden || !row->day.month)
            continue;
        bool long_before = is_long_before(row, month);
        before += long_before;
        others += !long_before;
    }
    return before > others;
}

/* The year of that row. */
static int next_year(struct calendar *calendar, const struct schedule *schedule, size_t index) {
    const struct lecture *row = &schedule->lectures[index];
    if (!row->day.month)
        return calendar->year;
    bool back = is_long_before(row, calendar->month);
    if (row->hidden) /* often last year's */
        return calendar->year + back;
    if (back && !begins_year(schedule, index, calendar->month))
        return calendar->year;
    calendar->year += back;
    calendar->month = row->day.month;
    return calendar->year;
}

/* --- What the rows and the site say ----------------------------------------------------------- */

/* The year of the first row, told by the first that has one; 0: none has. */
static int written_year(const struct schedule *schedule) {
    struct calendar calendar = {0};
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *row = &schedule->lectures[i];
        int offset = next_year(&calendar, schedule, i);
        if (row->day.month && row->day.year && !row->hidden)
            return row->day.year - offset;
    }
    return 0;
}

static int year_in(const struct schedule_words *words, enum schedule_word word, struct slice text) {
    enum { CENTURY = 2000 };
    struct match match;
    if (!schedule_word_find(words, word, text, &match))
        return 0;
    size_t group = match.group_count > 2 && match.groups[2].start != SLICE_NOT_FOUND ? 2 : 1;
    int year = 0;
    for (size_t at = match.groups[group].start; at < match.groups[group].end; at++)
        year = year * 10 + (text.data[at] - '0');
    return year < 100 ? CENTURY + year : year;
}

/* A bare number that looks like a year must be near the commits to be believed. */
static int year_in_name(const struct schedule_words *words, struct slice text, int commit_year) {
    int year = year_in(words, WORD_TERM, text);
    year = year ? year : year_in(words, WORD_TERM_CODE, text);
    if (year)
        return year;
    year = year_in(words, WORD_YEAR, text);
    return commit_year && abs(year - commit_year) > 1 ? 0 : year;
}

static int year_in_mapping(const struct schedule_words *words, const struct yaml_node *root,
                           int commit_year) {
    static const char *const keys[] = {"term",        "semester", "quarter", "year",
                                       "title",       "name",     "course",  "subtitle",
                                       "description", "tagline",  "baseurl", "repository"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        const struct yaml_node *value = yaml_find(root, keys[i]);
        int year =
            value && value->kind == YAML_SCALAR ? year_in_name(words, value->text, commit_year) : 0;
        if (year)
            return year;
    }
    return 0;
}

/* Any value that names a term, however deep: `seo: {name: "… Fall 2025"}`. */
static int term_in_values(const struct schedule_words *words, const struct yaml_node *node) {
    int year = 0;
    if (node && node->kind == YAML_SCALAR)
        return year_in(words, WORD_TERM, node->text);
    for (size_t i = 0; node && i < node->item_count && !year; i++)
        year = term_in_values(words, node->items[i]);
    for (size_t i = 0; node && i < node->pair_count && !year; i++)
        year = term_in_values(words, node->pairs[i].value);
    return year;
}

static int year_in_page(const struct reading *reading, const char *path) {
    static const struct document_options options = {0};
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    int year = 0;
    if (snapshot_read(reading->snapshot, slice_of(path), LARGEST_PAGE, &content, &error) == OK) {
        struct document *document =
            document_read(slice_of("index.md"), buffer_slice(&content), &options);
        year = term_in_values(reading->words, document->front_matter.root);
        for (size_t i = 0; i < document->prose_count && !year; i++)
            if (document->prose[i].start < document->body_start + HEAD_OF_PAGE)
                year =
                    year_in(reading->words, WORD_TERM, document_text(document, document->prose[i]));
        document_free(document);
    }
    buffer_release(&content);
    error_release(&error);
    return year;
}

static int site_year(const struct reading *reading, int commit_year) {
    static const char *const pages[] = {"index.md", "index.html", "README.md"};
    int year = year_in_mapping(reading->words, reading->site->settings, commit_year);
    for (size_t i = 0; i < COUNT_OF(pages) && !year; i++)
        year = year_in_page(reading, pages[i]);
    return year;
}

/* --- What the calendar says ------------------------------------------------------------------- */

/* How many lectures are on each day of the week if the first row is in `year`. */
struct week {
    size_t counts[7], dated;
    size_t right, wrong; /* rows that name their day of the week, and another one */
};

/* On the date's line; a title further away, or under another key, may be about SAT solvers. */
static struct slice text_beside(const struct lecture *row) {
    enum { BEFORE = 12, BEHIND = 8 };
    const struct source *source = &row->file->source;
    size_t line = source_line_start(source, source_line(source, row->date_span.start));
    size_t start = row->date_span.start, end = row->date_span.end;
    start = start - line > BEFORE ? start - BEFORE : line;
    while (start > line && start < row->date_span.start &&
           isalnum((unsigned char)source->bytes.data[start - 1]))
        start++; /* whole words only */
    for (size_t at = start; at < row->date_span.start; at++)
        if (source->bytes.data[at] == ':')
            start = at + 1;
    const char *bytes = source->bytes.data;
    while (end < source->bytes.size && !strchr("|\n", bytes[end]) &&
           (end < row->date_span.end + BEHIND || isalnum((unsigned char)bytes[end])))
        end++;
    return slice_part(source->bytes, start, end);
}

/* True when `row` names days of the week; `*right`: `weekday` is among them ("Mon/Wed"). */
static bool names_weekday(const struct schedule_words *words, const struct lecture *row,
                          unsigned weekday, bool *right, struct slice *word) {
    struct slice text = text_beside(row);
    struct match match;
    bool named = false;
    for (*right = false; !*right && schedule_word_find(words, WORD_WEEKDAY, text, &match);) {
        const struct span *found = &match.groups[0];
        if (!named)
            *word = slice_part(text, found->start, found->end);
        named = true;
        *right = !strncasecmp(text.data + found->start, weekday_name(weekday), 3);
        text = slice_part(text, found->end, text.size);
    }
    return named;
}

static void count_weekdays(struct week *week, const struct schedule *schedule,
                           const struct schedule_words *words, int year) {
    struct calendar calendar = {.year = year};
    *week = (struct week){0};
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *row = &schedule->lectures[i];
        struct day day = row->day;
        int here = next_year(&calendar, schedule, i);
        day.year = day.year ? day.year : here;
        if (!day.month || row->hidden || row->status != LECTURE_HELD || !day_exists(day))
            continue;
        unsigned weekday = day_weekday(day);
        week->counts[weekday]++;
        week->dated++;
        bool right;
        struct slice word;
        if (names_weekday(words, row, weekday, &right, &word))
            *(right ? &week->right : &week->wrong) += 1;
    }
}

/* Lower is likelier: no other weekday written, few days of the week, none of its end. */
static size_t oddness(const struct week *week) {
    enum { WRONG = 100, DAY = 4, WEEKEND = 2 };
    size_t odd = week->wrong * WRONG;
    for (size_t i = 0; i < COUNT_OF(week->counts); i++)
        if (week->counts[i])
            odd += DAY + (i == 0 || i == 6 ? WEEKEND : 0);
    return odd;
}

/* Around the year of the commits, the likeliest first. */
static const int year_offsets[] = {0, -1, 1, -2};

/*
 * The year in which most of the days of the week that are written are right; of several the first,
 * and `given` (ends with 0) before those around `near`. 0: there is none.
 */
static int year_by_words(const struct schedule *schedule, const struct schedule_words *words,
                         const int *given, int near) {
    enum { MOST_YEARS = 8 };
    int years[MOST_YEARS], best = 0;
    size_t count = 0, most = 0;
    while (count < MOST_YEARS - COUNT_OF(year_offsets) && given[count]) {
        years[count] = given[count];
        count++;
    }
    for (size_t i = 0; i < COUNT_OF(year_offsets) && near; i++)
        years[count++] = near + year_offsets[i];
    for (size_t i = 0; i < count; i++) {
        struct week week;
        count_weekdays(&week, schedule, words, years[i]);
        if (week.right > week.wrong && week.right > most) {
            most = week.right;
            best = years[i];
        }
    }
    return best;
}

/* Of the years around the commits the one with the fewest weekdays, the nearest first. */
static int year_by_weekdays(const struct schedule *schedule, const struct schedule_words *words,
                            int commit_year) {
    enum { FEWEST_DATES = 4, MOST_WEEKDAYS = 3, MOST_ODDNESS = 12 };
    size_t least = SIZE_MAX;
    int best = 0;
    for (size_t i = 0; i < COUNT_OF(year_offsets) && commit_year; i++) {
        struct week week;
        count_weekdays(&week, schedule, words, commit_year + year_offsets[i]);
        size_t odd = oddness(&week);
        if (week.dated >= FEWEST_DATES && odd <= MOST_ODDNESS && odd < least) {
            least = odd;
            best = commit_year + year_offsets[i];
        }
    }
    return best;
}

static void set_weekdays(struct schedule *schedule, const struct schedule_words *words) {
    enum { SHARE = 5 };
    struct week week;
    count_weekdays(&week, schedule, words, schedule->year);
    for (unsigned i = 0; i < COUNT_OF(week.counts); i++)
        if (week.counts[i] >= 2 || (week.counts[i] && week.counts[i] * SHARE >= week.dated))
            schedule->weekdays |= 1u << i;
}

/* A row in its year: does the day exist, and is it the day of the week that the row says? */
static void check_day(struct lecture *row, const struct schedule_words *words) {
    bool right;
    struct slice word;
    if (!day_exists(row->day)) { /* February 29 */
        row->day.year = 0;
        row->unreadable = true;
    } else if (names_weekday(words, row, day_weekday(row->day), &right, &word) && !right) {
        row->wrong_weekday = word;
    }
}

static void set_years(struct schedule *schedule, const struct schedule_words *words) {
    struct calendar calendar = {.year = schedule->year};
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        struct lecture *row = &schedule->lectures[i];
        int year = next_year(&calendar, schedule, i);
        if (!row->day.month)
            continue;
        row->day.year = row->day.year ? row->day.year : year;
        check_day(row, words);
    }
}

/* The first source that has a year; what rows say of their weekdays is better than a guess. */
static void choose_year(struct reading *reading, int commit_year) {
    struct schedule *schedule = reading->schedule;
    int years[] = {[YEAR_CONFIGURATION] = (int)reading->config->course.year,
                   [YEAR_WRITTEN] = written_year(schedule),
                   [YEAR_SITE] = site_year(reading, commit_year),
                   [YEAR_WEEKDAY] = year_by_weekdays(schedule, reading->words, commit_year),
                   [YEAR_COMMITS] = commit_year};
    int given[3] = {0};
    size_t count = 0;
    for (size_t i = YEAR_SITE; i <= YEAR_WEEKDAY; i++)
        if (years[i])
            given[count++] = years[i];
    int said = year_by_words(schedule, reading->words, given,
                             commit_year ? commit_year : years[YEAR_SITE]);
    if (said && said != years[YEAR_SITE]) {
        years[YEAR_SITE] = 0;
        years[YEAR_WEEKDAY] = said;
    }
    for (size_t i = YEAR_CONFIGURATION; i < COUNT_OF(years) && !schedule->year; i++) {
        schedule->year = years[i];
        schedule->year_source = years[i] ? (enum year_source)i : YEAR_UNKNOWN;
    }
}

void schedule_find_year(struct reading *reading, int commit_year) {
    choose_year(reading, commit_year);
    if (!reading->schedule->year)
        return;
    set_weekdays(reading->schedule, reading->words);
    set_years(reading->schedule, reading->words);
}
