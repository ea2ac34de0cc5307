/* What the name of a note's file says about its lecture. */
#ifndef COURSE_NOTE_NAME_H
#define COURSE_NOTE_NAME_H

#include "base/buffer.h"

struct note_name {
    struct slice stem; /* file name without folder and ending */
    bool has_date;     /* yyyy-mm-dd- at its start, as Jekyll wants posts named */
    unsigned year, month, day;
    bool has_number; /* "lecture-05", "Lecture_5", "lecture 5" … */
    unsigned number;
};

struct note_name note_name_read(struct slice path);

/* The stem alone. */
struct slice note_name_stem(struct slice path);

/* True when `date` begins with the day of the name: "2025-1-8 10:00" of 2025-01-08-x.md. */
bool note_name_has_day(const struct note_name *name, struct slice date);

/* False when no calendar has the date of the name: Jekyll stops there. */
bool note_name_date_exists(const struct note_name *name);

/* The number behind the word "lecture" in `text`, with blanks, "-" or "_" between; false if none.
 */
bool lecture_number_find(struct slice text, unsigned *number, struct span *place);

/* The digits that are last in `text`, six at most; false, `*number` 0, when there are none. */
bool last_number_find(struct slice text, long *number, struct span *place);

/*
 * Appends the glob `pattern` with {stem} (its special characters escaped), {nn} (two digits), {n},
 * {yyyy}, {mm} and {dd} filled in; what the name does not say becomes `*`. Returns false when
 * something was not known.
 */
bool note_name_expand(struct buffer *buffer, struct slice pattern, const struct note_name *name);

#endif
