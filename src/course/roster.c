#include "course/roster.h"

#include "base/memory.h"
#include "course/person.h"
#include "course/roster_columns.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* More is not a team, but a column that holds something else. */
enum { MOST_PEOPLE = 200 };

struct row_builder {
    struct day day;
    long number;
    struct slice lecture;
    struct people people;
    size_t line;
};

struct reading {
    const char *name;
    struct csv_table table;
    struct roster_columns columns;
    struct row_builder *rows;
    size_t count, capacity;
    struct row_builder current; /* lecture and people of one row of the sheet */
    size_t current_row;         /* where these go; SLICE_NOT_FOUND: not known yet */
    bool weekly;                /* lectures are counted anew each week */
    struct arena *arena;
};

/* --- The lecture of a row --------------------------------------------------------------------- */

/* Up to three digits from `*at` on, with the ".0" of spreadsheets; 0: none, or a year. */
static long read_number(struct slice text, size_t *at) {
    long number = 0;
    size_t start = *at;
    while (*at < text.size && isdigit((unsigned char)text.data[*at]) && *at - start < 4)
        number = number * 10 + (text.data[(*at)++] - '0');
    bool fits = *at - start < 4;
    if (slice_equal_string(slice_part(text, *at, *at + 2), ".0"))
        *at += 2;
    return fits ? number : 0;
}

/* Behind "Lecture", "Lec. #", "L"; 0: none. */
static long number_behind_word(struct slice text) {
    static const char *const words[] = {"lectures", "lecture", "lect", "lec", "class", "session",
                                        "number",   "no",      "nr",   "l",   "#"};
    for (size_t at = 0; at < text.size; at++) {
        if (at && isalnum((unsigned char)text.data[at - 1]))
            continue;
        for (size_t i = 0; i < COUNT_OF(words); i++) {
            size_t end = at + strlen(words[i]);
            if (end >= text.size || strncasecmp(text.data + at, words[i], strlen(words[i])))
                continue;
            while (end < text.size && text.data[end] && strchr(" \t\r\n.#:-_", text.data[end]))
                end++;
            long number = read_number(text, &end);
            if (number)
                return number;
        }
    }
    return 0;
}

/* "4", "4: Storage", "4 - Storage", "(4)"; not "4 people" and "4:30". 0: none. */
static long number_at_start(struct slice text) {
    size_t at = 0;
    while (at < text.size && !isalnum((unsigned char)text.data[at]))
        at++;
    long number = read_number(text, &at);
    while (at < text.size && isspace((unsigned char)text.data[at]))
        at++;
    bool is_time =
        at + 1 < text.size && text.data[at] == ':' && isdigit((unsigned char)text.data[at + 1]);
    return !is_time && (at == text.size || strchr(".:)-,", text.data[at])) ? number : 0;
}

static void read_lecture_cell(struct row_builder *row, struct slice cell, bool is_date) {
    struct day day;
    struct span place = {0};
    struct buffer rest = BUFFER_EMPTY;
    if (day_find(cell, true, &day, &place) && !row->day.month)
        row->day = day;
    buffer_append_slice(&rest, slice_part(cell, 0, place.start));
    buffer_append_byte(&rest, ' ');
    buffer_append_slice(&rest, slice_part(cell, place.end, cell.size));
    long number = number_behind_word(buffer_slice(&rest));
    if (!number && !is_date)
        number = number_at_start(buffer_slice(&rest));
    if (!row->number || (number && !is_date))
        row->number = number;
    if (!row->lecture.size || !is_date)
        row->lecture = cell;
    buffer_release(&rest);
}

/* False when the row has no cell for it: it is merged with the one above, or never filled. */
static bool read_lecture(struct reading *reading, const struct csv_row *row) {
    struct row_builder lecture = {.line = row->line};
    bool has_cell = false;
    for (size_t i = 0; i < reading->columns.count; i++) {
        enum column_role role = reading->columns.roles[i];
        struct slice cell = csv_cell(row, i);
        if ((role != COLUMN_LECTURE && role != COLUMN_DATE) || !cell.size)
            continue;
        read_lecture_cell(&lecture, cell, role == COLUMN_DATE);
        has_cell = true;
    }
    lecture.people = reading->current.people;
    if (has_cell) {
        reading->current = lecture;
        reading->current_row = SLICE_NOT_FOUND;
    }
    reading->current.line = row->line;
    return has_cell;
}

/* --- The people of a row ---------------------------------------------------------------------- */

/* First and last names stand in columns of their own: the k-th first with the k-th last. */
static void add_split_names(struct reading *reading, const struct csv_row *row) {
    size_t last = 0;
    for (size_t i = 0; i < reading->columns.count; i++) {
        if (reading->columns.roles[i] != COLUMN_FIRST_NAME)
            continue;
        while (last < reading->columns.count && reading->columns.roles[last] != COLUMN_LAST_NAME)
            last++;
        struct buffer name = BUFFER_EMPTY;
        buffer_append_slice(&name, csv_cell(row, i));
        buffer_append_byte(&name, ' ');
        if (last < reading->columns.count)
            buffer_append_slice(&name, csv_cell(row, last++));
        people_add(&reading->current.people, buffer_slice(&name), true, reading->arena);
        buffer_release(&name);
    }
}

/* Accounts go with the names of the row when there are as many; else nobody knows whose they are.
 */
static void pair_accounts(struct people *people, const struct people *accounts) {
    for (size_t i = 0; people->count == accounts->count && i < people->count; i++)
        if (!people->items[i].account.size)
            people->items[i].account = accounts->items[i].account;
}

static void read_people(struct reading *reading, const struct csv_row *row) {
    struct people *people = &reading->current.people;
    struct people accounts = {0};
    people->count = 0;
    add_split_names(reading, row);
    for (size_t i = 0; i < reading->columns.count; i++) {
        enum column_role role = reading->columns.roles[i];
        if (role == COLUMN_NAME || role == COLUMN_NAMES)
            people_add(people, csv_cell(row, i), role == COLUMN_NAMES, reading->arena);
        else if (role == COLUMN_ACCOUNT)
            people_add_accounts(&accounts, csv_cell(row, i), reading->arena);
    }
    if (people->count)
        pair_accounts(people, &accounts);
    else
        for (size_t i = 0; i < accounts.count; i++)
            ARRAY_PUSH(people->items, people->count, people->capacity) = accounts.items[i];
    free(accounts.items);
}

/* --- Rows of one lecture together ------------------------------------------------------------- */

static bool is_same_lecture(const struct row_builder *left, const struct row_builder *right) {
    if (left->day.month && right->day.month)
        return day_same(left->day, right->day) &&
               (!left->number || !right->number || left->number == right->number);
    if (left->number && right->number)
        return left->number == right->number;
    return !left->day.month && !right->day.month && !left->number && !right->number &&
           slice_equal_ignoring_case(left->lecture, right->lecture);
}

static bool is_same_person(const struct roster_person *left, const struct roster_person *right) {
    if (left->account.size && right->account.size)
        return slice_equal_ignoring_case(left->account, right->account);
    return person_same_name(left->name, right->name);
}

static int add_people(struct reading *reading, struct row_builder *row, struct error *error) {
    for (size_t i = 0; i < reading->current.people.count; i++) {
        const struct roster_person *person = &reading->current.people.items[i];
        size_t k = 0;
        while (k < row->people.count && !is_same_person(&row->people.items[k], person))
            k++;
        if (k == row->people.count)
            ARRAY_PUSH(row->people.items, row->people.count, row->people.capacity) = *person;
        if (row->people.count > MOST_PEOPLE)
            return error_set(error, STATUS_USAGE,
                             "%s:%zu: more than %d people for one lecture; name the columns in the "
                             "configuration under roster: columns",
                             reading->name, reading->current.line, MOST_PEOPLE);
    }
    return OK;
}

/* The row of the current lecture, a new one if need be. Where weeks count, "1" is never the same.
 */
static size_t find_row(struct reading *reading) {
    size_t i = reading->weekly && !reading->current.day.month ? reading->count : 0;
    while (i < reading->count && !is_same_lecture(&reading->rows[i], &reading->current))
        i++;
    if (i == reading->count) {
        struct row_builder row = reading->current;
        row.people = (struct people){0};
        row.lecture = arena_copy(reading->arena, row.lecture);
        ARRAY_PUSH(reading->rows, reading->count, reading->capacity) = row;
    }
    return i;
}

static int add_row(struct reading *reading, struct error *error) {
    if (reading->current_row == SLICE_NOT_FOUND)
        reading->current_row = find_row(reading);
    struct row_builder *row = &reading->rows[reading->current_row];
    if (!row->number)
        row->number = reading->current.number;
    if (!row->day.month)
        row->day = reading->current.day;
    return add_people(reading, row, error);
}

/* "Lecture 1, 2, 1, 2" beside a column of weeks: such numbers name no lecture of the course. */
static bool counts_weekly(struct reading *reading) {
    bool has_weeks = false;
    long last = 0;
    for (size_t i = 0; i < reading->columns.count; i++)
        has_weeks |= reading->columns.roles[i] == COLUMN_WEEK;
    for (size_t i = reading->columns.heading + 1; has_weeks && i < reading->table.count; i++) {
        if (!read_lecture(reading, &reading->table.rows[i]))
            continue;
        if (reading->current.number < last)
            return true;
        last = reading->current.number;
    }
    return false;
}

static int read_rows(struct reading *reading, struct error *error) {
    int status = OK;
    reading->weekly = counts_weekly(reading);
    reading->current = (struct row_builder){0};
    bool has_lecture = false;
    for (size_t i = reading->columns.heading + 1; status == OK && i < reading->table.count; i++) {
        const struct csv_row *row = &reading->table.rows[i];
        has_lecture |= read_lecture(reading, row);
        if (reading->weekly)
            reading->current.number = 0;
        read_people(reading, row);
        if (has_lecture && reading->current.people.count)
            status = add_row(reading, error);
    }
    return status;
}

static void keep_rows(struct roster *roster, const struct reading *reading) {
    roster->rows = arena_allocate(&roster->arena, reading->count, sizeof *roster->rows);
    for (; roster->count < reading->count; roster->count++) {
        const struct row_builder *row = &reading->rows[roster->count];
        size_t size = row->people.count * sizeof *row->people.items;
        struct roster_row kept = {.day = row->day,
                                  .number = row->number,
                                  .lecture = row->lecture,
                                  .count = row->people.count,
                                  .line = row->line};
        kept.people = memcpy(arena_allocate(&roster->arena, 1, size), row->people.items, size);
        roster->rows[roster->count] = kept;
    }
}

int roster_read(struct roster **out, const char *name, struct slice text,
                const struct config *config, struct error *error) {
    struct roster *roster = memory_allocate(1, sizeof *roster);
    struct reading reading = {.name = name, .arena = &roster->arena};
    int status = csv_table_read(&reading.table, name, text, error);
    if (status == OK)
        status =
            roster_columns_find(&reading.columns, name, &reading.table, &config->roster, error);
    if (status == OK)
        status = read_rows(&reading, error);
    if (status == OK)
        keep_rows(roster, &reading);
    for (size_t i = 0; i < reading.count; i++)
        free(reading.rows[i].people.items);
    free(reading.rows);
    free(reading.current.people.items);
    free(reading.columns.roles);
    csv_table_release(&reading.table);
    *out = status == OK ? roster : NULL;
    if (status != OK)
        roster_free(roster);
    return status;
}

void roster_free(struct roster *roster) {
    if (!roster)
        return;
    arena_release(&roster->arena);
    free(roster);
}

/* By day; of several on one day the one with the number. A number alone may be another count. */
static const struct roster_row *find_by_day(const struct roster *roster,
                                            const struct lecture *lecture) {
    const struct roster_row *found = NULL;
    size_t count = 0;
    for (size_t i = 0; i < roster->count; i++) {
        const struct roster_row *row = &roster->rows[i];
        if (!day_same(row->day, lecture->day))
            continue;
        if (row->number && row->number == lecture->called)
            return row;
        found = row;
        count++;
    }
    return count == 1 ? found : NULL;
}

static bool is_called(const struct roster_row *row, const struct lecture *lecture) {
    if (row->number)
        return row->number == lecture->called;
    return !row->day.month && row->lecture.size &&
           slice_equal_ignoring_case(row->lecture, slice_trim(lecture->title));
}

bool roster_row_is_for(const struct roster_row *row, const struct lecture *lecture) {
    if (row->day.month && lecture->day.month)
        return day_same(row->day, lecture->day);
    return is_called(row, lecture);
}

const struct roster_row *roster_find(const struct roster *roster, const struct lecture *lecture) {
    const struct roster_row *found = find_by_day(roster, lecture);
    for (size_t i = 0; !found && i < roster->count; i++) {
        const struct roster_row *row = &roster->rows[i];
        if (!(row->day.month && lecture->day.month) && is_called(row, lecture))
            found = row;
    }
    return found;
}
