/* What the parts of the layout's reader share. For layout*.c only. */
#ifndef COURSE_LAYOUT_PARTS_H
#define COURSE_LAYOUT_PARTS_H

#include "course/layout.h"

/* Larger pages are no prose; more of them are an archive. */
enum { LARGEST_LAYOUT_PAGE = 256 * 1024, MOST_PAGES = 400, MOST_NOTES_READ = 60 };

/* The ending of a file's name without the dot, in the case it has. */
struct slice path_ending(struct slice path);

/* True when a part of the name says so: "template", "skeleton"; "README", "index". */
bool path_names_template(struct slice path);
bool path_names_page(struct slice path);

/* Appends bytes with what globs take for special behind a backslash. */
void glob_append_quoted(struct buffer *glob, struct slice text);
bool glob_matches(struct slice glob, struct slice path);

struct proposal propose(struct layout *layout, struct slice value, const char *reason, ...)
    __attribute__((format(printf, 3, 4)));
void proposal_list_add(struct proposal_list *list, struct proposal proposal);

/* Which groups of files are notes, and their `files` and `name`: layout_notes.c. */
void layout_find_notes(struct layout *layout);
void layout_take_told_notes(struct layout *layout);

/* Title, template, metadata and assets of Markdown notes: layout_content.c. */
void layout_read_content(struct layout *layout, struct note_layout *notes,
                         const struct snapshot *snapshot);

/* Where the schedule is, unless it is where it is looked for: layout_schedule.c. */
void layout_find_schedule(struct layout *layout, const struct snapshot *snapshot, int year);

/* Which zone the clocks of the commits show; "" when it is none or too few: layout_zone.c. */
void layout_guess_zone(struct layout *layout, const struct layout_options *options);

#endif
