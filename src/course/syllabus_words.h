/* The ways in which courses say it. For syllabus*.c only. */
#ifndef COURSE_SYLLABUS_WORDS_H
#define COURSE_SYLLABUS_WORDS_H

#include "text/pattern.h"

/* Numbers are in the groups "a" (from), "b" (to) and "c" (exactly). */
enum { SYLLABUS_PAGES = 3, SYLLABUS_DUE = 2, SYLLABUS_TEAM = 11, SYLLABUS_ZONE = 4 };

struct syllabus_words {
    struct pattern *pages[SYLLABUS_PAGES];
    struct pattern *due[SYLLABUS_DUE]; /* "u": day or week */
    struct pattern *team[SYLLABUS_TEAM];
    struct pattern *zone[SYLLABUS_ZONE]; /* "z" */
    struct pattern *clock;               /* "h", "m", "p"; "w": a word */
    struct pattern *hour;                /* "h", "p" */
    struct pattern *submit;              /* a passage about handing in */
    struct pattern *is_due;
    struct pattern *late;  /* sentences about something after the deadline */
    struct pattern *other; /* sentences about other work */
    struct pattern *usual;
};

struct syllabus_words *syllabus_words_new(void);
void syllabus_words_free(struct syllabus_words *words);

/* "12", "twelve", "a"; 0: no number. */
long number_of_words(struct slice text);

/* The zone of the database for "PT", "Pacific Time" …; empty: not known, or ambiguous. */
struct slice zone_of_words(struct slice text);

#endif
