/*
 * Who scribes which lecture: a CSV file exported from the sign-up sheet, and the people a note or
 * its commits name. Comparison of names is by word, in any order and case, accents aside.
 */
#ifndef COURSE_ROSTER_H
#define COURSE_ROSTER_H

#include "base/arena.h"
#include "base/error.h"
#include "config/config.h"
#include "course/schedule.h"

struct roster_person {
    struct slice name;    /* may be empty */
    struct slice account; /* on GitHub, without "@"; may be empty */
};

/* The people of one lecture, from one row of the sheet or several. */
struct roster_row {
    struct day day;       /* month 0: none */
    long number;          /* 0: none */
    struct slice lecture; /* the cell as written */
    struct roster_person *people;
    size_t count;
    size_t line; /* in the file: the first of its rows */
};

struct roster {
    struct roster_row *rows;
    size_t count;
    struct arena arena;
};

/*
 * Reads CSV as spreadsheets export it (RFC 4180, BOM, CRLF, ";" and tabs too). Names of one row may
 * be in several columns, or in one, separated by commas, ";", "and", "&" or line breaks. Without
 * column names in `config` headings are recognised ("Lecture", "Date", "Name", "Scribe 1",
 * "GitHub", …). A row without a lecture belongs to the one above, whose cell spans it. No column of
 * lectures, or none of people: STATUS_USAGE with name:line and what the headings are; so is a file
 * that is too large or no CSV in UTF-8. Texts are copied.
 */
int roster_read(struct roster **roster, const char *name, struct slice text,
                const struct config *config, struct error *error);
void roster_free(struct roster *roster);

/*
 * All rows of a lecture together (people in order, each once), or NULL: by day where both have one,
 * else by number, else by title.
 */
const struct roster_row *roster_find(const struct roster *roster, const struct lecture *lecture);

/* True when the row is for that lecture, whether or not another is for it, too. */
bool roster_row_is_for(const struct roster_row *row, const struct lecture *lecture);

/*
 * True when both name the same person: the same words in any order and case, accents, hyphens,
 * brackets and mail addresses aside: "Zhang, Hao", "hao zhang", "Hao  Zhang (A123)".
 */
bool person_same_name(struct slice left, struct slice right);

/*
 * True when the names are not the same but may be one person's: they share a word, one is cut short
 * or has initials ("A. Smith", "Alice", "Dan Li" and "Daniel Li"). Too little to accuse anybody.
 */
bool person_maybe_same_name(struct slice left, struct slice right);

#endif
