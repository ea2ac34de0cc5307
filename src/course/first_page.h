/*
 * The first page of a PDF note as scribes write it: a line of the course and term, the lecture's
 * number and title, the lecturer, the scribes.
 */
#ifndef COURSE_FIRST_PAGE_H
#define COURSE_FIRST_PAGE_H

#include "base/arena.h"
#include "course/day.h"
#include "document/document.h"

/* Something that is said there. Not said: NULL data and an empty span. */
struct first_page_part {
    struct slice text; /* white space, line ends too, as single blanks */
    struct span span;  /* in the document, line ends included */
};

struct first_page {
    struct first_page_part course; /* the line: "ABC-101: Title of the Course, Winter 2024" */
    struct first_page_part term;   /* of it, or of a line of its own: "Winter 2024" */
    int year;                      /* of the term; 0: not said */
    long number;                   /* of the lecture; 0: not said */
    struct span number_span;       /* "Lecture 4", or "4" */
    struct first_page_part title;  /* without the number; lines of one that wraps joined */
    struct day day;                /* of a line that is a date; month 0: none */
    struct first_page_part lecturer, scribes; /* behind their labels */
    bool names_lecturer, names_scribes;       /* the label is there, even with nothing behind it */
    struct slice scribe_list;                 /* `scribes.text`, lines apart where nothing else
                                                 parts the names; for people_add() */
    struct arena arena;
};

/* Of a document that is no PDF, or has no text, nothing is said. Release with _release(). */
void first_page_read(struct first_page *page, const struct document *document);
void first_page_release(struct first_page *page);

#endif
