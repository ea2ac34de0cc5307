/* A note as it is read, in the formats of `scribelint show`. */
#ifndef REPORT_NOTE_REPORT_H
#define REPORT_NOTE_REPORT_H

#include "course/first_page.h"
#include "course/note_lecture.h"
#include "course/note_people.h"

struct note_view {
    struct slice path;
    const char *revision; /* the side it is taken from, as snapshot_name() calls it */
    const struct document *document;
    const struct schedule *schedule;
    const struct note_lecture *lecture;
    const struct first_page *first_page; /* of a PDF; else nothing is said in it */
    const struct note_people *people;
};

/* Appends the whole report. What came out of the file is neutralised. */
typedef void note_writer(struct buffer *output, const struct note_view *view);

struct note_format {
    const char *name;
    note_writer *write;
};

/* The names in note_formats, as a choice of options. */
#define NOTE_FORMAT_CHOICES "text|json"

/* Ends with a row whose name is NULL. */
extern const struct note_format note_formats[];

note_writer note_text, note_json;

/* Appends the text of `span` with white space as single blanks. */
void note_append_squeezed(struct buffer *buffer, const struct document *document, struct span span);

#endif
