/* The note that `new` makes: for which lecture, where, with which text. Nothing is written here. */
#ifndef COMMANDS_NEW_NOTE_H
#define COMMANDS_NEW_NOTE_H

#include "commands/settings.h"
#include "course/note_place.h"
#include "course/person.h"
#include "rules/review.h"

struct new_note {
    /* Set by the caller. */
    const char *asked;     /* the lecture: "5", "oct 7", "next" */
    const char *number;    /* of the lecture, where the schedule does not say it, or NULL */
    struct people authors; /* those given by hand */

    /* The course. */
    struct sides sides;
    struct settings settings;
    struct verdict verdict; /* remarks only */
    struct review review;   /* for its site and templates */
    struct course_view course;

    /* The note. Texts live in the arena or the course. */
    struct lecture lecture; /* `file` NULL: there is no schedule */
    struct note_place place;
    bool is_text; /* false: a PDF, which no program can begin */
    struct people lecturers, scribes;
    struct slice *folders; /* of its own, for images */
    size_t folder_count;
    const struct note_template *template; /* its path is empty where there is none */
    bool template_is_filled;
    struct buffer text;
    struct arena arena;
};

/*
 * Opens the course in the current directory and finds out all about the note. A lecture that is not
 * known or has a note is STATUS_USAGE. Release with new_note_release(), also after a failure.
 */
int new_note_plan(struct new_note *note, const char *config_path, struct error *error);
void new_note_release(struct new_note *note);

/* The last second in which it is on time; false when there is no deadline. */
bool new_note_due(const struct new_note *note, long long *moment);

#endif
