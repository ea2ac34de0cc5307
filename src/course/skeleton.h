/*
 * The text of a new note: the course's template with what is known about the lecture filled in, or,
 * where the course has none, a plain one. Both leave placeholders where the scribe has to write.
 */
#ifndef COURSE_SKELETON_H
#define COURSE_SKELETON_H

#include "course/day.h"
#include "course/person.h"
#include "document/document.h"

struct skeleton_facts {
    const struct note_kind *kind;
    struct slice title_form; /* see config/title_form.h; empty: as the template has it */
    struct slice title;      /* of the lecture; empty: not known */
    struct day day;          /* month or year 0: not known */
    long number;             /* 0: not known */
    struct people lecturers; /* empty: not known; borrowed */
    struct people scribes;
    struct slice images;              /* folder for its images; empty: none */
    const struct document *precedent; /* another note of the course, or NULL */
};

/*
 * Appends the template's text with title, date, lecture number, lecturers and scribes of the facts.
 * Keys, comments and the body stay as they are; required keys that it lacks are added. False, and
 * nothing appended, when it has no front matter that can be filled in.
 */
bool skeleton_fill(struct buffer *text, const struct document *template,
                   const struct skeleton_facts *facts);

/*
 * Appends front matter with the keys that the kind of note requires. Then comes `body`, or, when it
 * is empty, the sections of the configuration with short instructions as comments.
 */
void skeleton_write(struct buffer *text, const struct skeleton_facts *facts, struct slice body);

/* Appends the title of the note; "<title>" and "x" stand for what is not known. */
void skeleton_append_title(struct buffer *title, struct slice form,
                           const struct skeleton_facts *facts);

#endif
