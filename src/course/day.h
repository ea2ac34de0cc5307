/*
 * Days of the calendar as courses write them: "Oct 7", "Feb_18", "March_1", "10/7", "2025-10-07",
 * "7 October 2025". Gregorian; no time of day and no zone.
 */
#ifndef COURSE_DAY_H
#define COURSE_DAY_H

#include "base/buffer.h"

/* Month 0: no day at all. Year 0: the text does not say. */
struct day {
    int year;
    unsigned month, day;
};

/* True when a calendar has it; without a year, when some year has it (Feb 29). */
bool day_exists(struct day day);

/* Days since 1970-01-01, and back. `day` must exist and have a year. */
long day_serial(struct day day);
struct day day_of_serial(long serial);

/* 0 is Sunday. `day` must exist and have a year. */
unsigned day_weekday(struct day day);

/* Same month and day; years must agree when both have one. */
bool day_same(struct day left, struct day right);

/*
 * The first day written in `text` that exists, with its place. Month names in English, whole or
 * cut to three letters and more, in any case; blanks, "_", "-", "." or nothing between the parts.
 * m/d (with `numeric`) as in the United States; a number alone is none. False when there is none.
 */
bool day_find(struct slice text, bool numeric, struct day *day, struct span *place);

/* Appends "Oct 7", and "Oct 7, 2025" with a year when `with_year`; no day: nothing. */
void day_append(struct buffer *buffer, struct day day, bool with_year);

/* "October", 1 to 12; "Sunday", 0 to 6. */
const char *month_name(unsigned month);
const char *weekday_name(unsigned weekday);

#endif
