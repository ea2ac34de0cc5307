/* How far the notes of a course are, in the formats of `scribelint status`. */
#ifndef REPORT_STATUS_REPORT_H
#define REPORT_STATUS_REPORT_H

#include "git/change_set.h"
#include "rules/lecture_states.h"

struct status_options {
    bool colour;       /* text only */
    bool all;          /* rows without a lecture, too */
    size_t width;      /* text only: columns to fit into */
    const char *head;  /* the commit that was looked at */
    const char *fetch; /* the command that brings the pull requests */
    const struct remark_list *undecided;
};

/* Appends the whole report. What came out of the repository is neutralised. */
typedef void status_writer(struct buffer *output, const struct lecture_states *states,
                           const struct status_options *options);

struct status_format {
    const char *name;
    status_writer *write;
};

/* The names in status_formats, as a choice of options. */
#define STATUS_FORMAT_CHOICES "text|markdown|csv|json"

/* Ends with a row whose name is NULL. */
extern const struct status_format status_formats[];

status_writer status_text, status_markdown, status_csv, status_json;

/*
 * Appends the table of status_markdown() with the rows of the lectures whose note is changed, ten
 * at the most; nothing when there is none.
 */
void status_append_changed(struct buffer *output, const struct lecture_states *states,
                           const struct change_set *changes);

#endif
