/*
 * What a course's pages say in prose about its scribes: how long notes are to be, when they are
 * due, how many people write one, by which clocks. Only for proposing a configuration: a sentence
 * may be misread, so each value keeps it.
 */
#ifndef COURSE_SYLLABUS_H
#define COURSE_SYLLABUS_H

#include "course/page_text.h"

/* Where it stands; `line` 0: nothing was found. */
struct saying {
    struct slice path;
    size_t line;           /* 1-based */
    struct slice sentence; /* on one line, white space as single blanks */
};

/* How near to the scribes' deadline a time zone is said. */
enum zone_rank { ZONE_UNKNOWN, ZONE_ANYWHERE, ZONE_ABOUT_SCRIBES };

struct syllabus {
    long least_pages, most_pages; /* 0: not said */
    struct saying pages;
    long due_days;   /* after the lecture; set when `due.line` is */
    long due_second; /* of the day; -1: no hour is said */
    struct saying due;
    struct saying other_due;    /* a page that says another number of days */
    struct saying unread_due;   /* says when notes are due, in words that were not understood */
    long least_team, most_team; /* 0: not said */
    struct saying team;
    bool team_is_usual; /* "most lectures have 3-4 scribes": no rule */
    struct slice zone;  /* "America/Los_Angeles" */
    struct saying zone_said;
    enum zone_rank zone_rank;
    struct syllabus_words *words;
    struct arena arena;
};

void syllabus_init(struct syllabus *syllabus);
void syllabus_release(struct syllabus *syllabus);

/* Takes what the page says and none before it did. The page may be released afterwards. */
void syllabus_add_page(struct syllabus *syllabus, const struct page_text *page);

#endif
