/* Which lecture a note belongs to, and why: from its name, its text, and who links it. */
#ifndef COURSE_NOTE_LECTURE_H
#define COURSE_NOTE_LECTURE_H

#include "course/schedule.h"
#include "document/document.h"

/*
 * What something says of the lecture. A part that is not said is 0, and its span is empty. Places
 * are in the document; in the path for name and folder; in the schedule's file for the link.
 */
struct lecture_claim {
    struct day day;
    long number;       /* counted through the course: not "week-3-lecture-2" */
    struct slice text; /* what says so, the day first: "oct10", "Lecture 9" */
    struct span span;
    struct slice number_text; /* what says the number, also where a day is said: "lecture-05" */
    struct span number_span;
};

enum claim_source {
    CLAIM_NAME,         /* the file name, however misspelled: oct7_scribe, feb_18, Lecture_3 */
    CLAIM_FOLDER,       /* notes/lecture-04/x.md */
    CLAIM_FRONT_MATTER, /* date, lecture, number */
    CLAIM_TITLE,        /* "Lecture 9: …" in the title or the first heading */
    CLAIM_LINK,         /* the row of the schedule that links the note */
    CLAIM_COUNT
};

struct note_lecture {
    struct lecture_claim claims[CLAIM_COUNT];
    const struct lecture *lecture; /* the best guess; NULL: none */
    enum claim_source source;      /* what the guess rests on */
    bool sure;     /* name, folder or link says a day or number that the schedule has, and
                      nothing else of the name says another */
    bool disputed; /* told by the number, while the name says a day that has no lecture: another
                      than the lecture's. Nothing is to be written on the strength of it */
};

/*
 * `document` may be NULL (a PDF, a file that is not read). Claims are filled even where the
 * schedule has no such lecture. Numbers are compared only where those of the schedule run on.
 */
struct note_lecture note_lecture_find(const struct schedule *schedule, struct slice path,
                                      const struct document *document);

/*
 * Appends up to two lectures nearest to `day`: "Oct 9 (5) and Oct 7 (4)", the number only where it
 * can be compared with a note's. Nothing without lectures.
 */
void schedule_append_nearest(struct buffer *buffer, const struct schedule *schedule,
                             struct day day);

/* "the file name", "its folder", "the front matter", "the title", "the schedule". */
const char *claim_source_name(enum claim_source source);

#endif
