/* The lecture that somebody asks for: "5", "oct 7", "next". */
#ifndef COURSE_LECTURE_REQUEST_H
#define COURSE_LECTURE_REQUEST_H

#include "base/error.h"
#include "course/schedule.h"

struct lecture_request {
    struct day day;   /* month 0: none */
    long number;      /* 0: none */
    bool next;        /* the first one from `today` on without a note */
    struct day today; /* to be set by the caller; has a year */
    int year;         /* of days without one where there is no schedule; 0: unknown */
    bool (*has_note)(const struct lecture *lecture, const void *context);
    const void *context;
};

/* Reads what `text` asks for; anything else is STATUS_USAGE. */
int lecture_request_read(struct lecture_request *request, const char *text, struct error *error);

/*
 * Fills `lecture` with a copy of its row, which lives as long as the schedule. Without a schedule
 * it has the day alone, and `file` is NULL. None, or several: STATUS_USAGE with the nearest or with
 * what tells them apart.
 */
int lecture_request_find(struct lecture *lecture, const struct lecture_request *request,
                         const struct schedule *schedule, struct error *error);

/* Appends "lecture 5, Oct 7, 2025", as far as it is known. */
void lecture_append_name(struct buffer *buffer, const struct lecture *lecture);

#endif
