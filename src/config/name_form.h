/*
 * Forms of file names, such as "{mon}{day}_scribe.pdf". The places of a form:
 *
 *   {yyyy}            year                       {mm}, {m}         month, two digits or as it is
 *   {mon}, {Mon}      oct, Oct                   {month}, {Month}  october, October
 *   {dd}, {d}, {day}  day, two digits or as it is ({day} is {d})
 *   {nn}, {n}         number of the lecture, at least two digits or as it is
 *   {text}            anything, also nothing
 *
 * All else stands for itself, in its case. A brace alone is refused, and so is what could be read
 * in two ways: two places side by side (or with digits between them) of which neither has a fixed
 * number of digits, and {text} twice. No folders.
 */
#ifndef CONFIG_NAME_FORM_H
#define CONFIG_NAME_FORM_H

#include "base/buffer.h"
#include "base/error.h"

/* What a name says; 0 and empty: it does not. */
struct name_values {
    int year;
    unsigned month, day;
    long number;
    struct slice text; /* borrowed from the name */
};

/* True when `form` is one; else `problem` (static) says why not, as a clause. */
bool name_form_is_valid(struct slice form, const char **problem);

/*
 * True when `name` (no folder) has exactly the form; then `values` are what it says, else they are
 * untouched. Places that say the same must agree, and the calendar must have the day (Feb 29 where
 * no year is said). Of several readings the one with the shortest {text} counts.
 */
bool name_form_read(struct slice form, struct slice name, struct name_values *values);

/* How many of `names` have the form: asked at once, as the form is looked through only once. */
size_t name_form_count(struct slice form, const struct slice *names, size_t count);

/*
 * Appends the name for the values, one that name_form_read() takes; false, and nothing appended,
 * when the form wants one that is 0, or the calendar or a file name cannot have it. An
 * empty text for {text} leaves it out.
 */
bool name_form_write(struct buffer *buffer, struct slice form, const struct name_values *values);

#endif
