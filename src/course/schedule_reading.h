/* What the parts of the schedule's reader share. For schedule*.c only. */
#ifndef COURSE_SCHEDULE_READING_H
#define COURSE_SCHEDULE_READING_H

#include "course/schedule.h"
#include "course/schedule_words.h"
#include "document/document.h"

struct path_list {
    struct slice *items; /* in the schedule's arena */
    size_t count;
};

/* The reader at work. Rows and links grow here and move into the schedule's arena in the end. */
struct reading {
    const struct snapshot *snapshot;
    const struct config *config;
    const struct site *site;
    const struct schedule_words *words;
    struct schedule *schedule;
    struct arena *arena; /* the schedule's */
    bool guesses;        /* the pages opened need have nothing to do with the schedule */
    size_t row_capacity;
    struct lecture_link *links; /* of the row being read */
    size_t link_count, link_capacity;
};

/* A Markdown page: what the site shows of it, and what stands in its comments. */
struct schedule_page {
    struct schedule_file *file;
    struct document *shown;
    struct document *hidden; /* NULL: nothing there that could be a row */
    struct buffer shown_bytes, hidden_bytes;
};

/* --- Files: schedule_files.c --- */

/* Makes room for `count` files; opens one, or returns NULL (and says so) if it can't be read. */
void reading_set_files(struct reading *reading, size_t count);
struct schedule_file *reading_open_file(struct reading *reading, struct slice path);

/* Adds the file at `path`, which was read already. Both are copied. */
struct schedule_file *reading_add_file(struct reading *reading, struct slice path,
                                       struct slice content);

/* Why not all of the schedule can be read; the first reason stays. */
void reading_say_undecided(struct reading *reading, struct slice path, const char *why);

/* Forgets the last file that was opened, and the rows from `row_count` on. */
void reading_drop_file(struct reading *reading, size_t row_count);

/* The page is released with schedule_page_close(); its file stays. */
bool schedule_page_open(struct schedule_page *page, struct reading *reading, struct slice path);
void schedule_page_close(struct schedule_page *page);

/* Paths below `folder` that `wanted` takes; numbers in them count as such, week-2 before week-10.
 */
struct path_list reading_list(struct reading *reading, const char *folder,
                              bool (*wanted)(struct slice path, void *context), void *context);

/* --- Rows: schedule_rows.c --- */

/* What is said of a row in the source; spans may be empty. */
struct row_text {
    struct slice title, speaker; /* plain text, borrowed */
    struct slice kind;           /* "exam", "lecture"; may be empty */
};

/* The first day in `text`, which stands at `offset` in the file; false when there is none. */
bool row_set_day(struct lecture *row, struct slice text, size_t offset);

/* True, and `undecided` says so, when no more rows are taken: garbage may have any number. */
bool reading_is_full(struct reading *reading);

/* Fills title, speaker, guest and status from the texts, then adds the row with its links. */
void reading_add_row(struct reading *reading, struct lecture *row, const struct row_text *text);

/* Adds a link to the row being read. Texts are copied. */
void reading_add_link(struct reading *reading, const struct schedule_file *file,
                      struct lecture_link link);

/*
 * Adds the Markdown and HTML links within `span`. Those whose text says no role get `role`; without
 * `by_text` all do.
 */
void reading_add_page_links(struct reading *reading, const struct schedule_file *file,
                            const struct document *document, struct span span, enum link_role role,
                            bool by_text);

/* The plain text of `span`, in the arena. */
struct slice reading_plain(struct reading *reading, const struct document *document,
                           struct span span);

/* --- Forms: each reads what it finds into the schedule; true when there were rows --- */

bool schedule_modules_read(struct reading *reading, const struct path_list *paths);
bool schedule_data_read(struct reading *reading, const struct path_list *paths, bool given);

/* Opens a data file that by its name is the schedule, but does not read as one; false: none. */
bool schedule_data_find_broken(struct reading *reading, const struct path_list *paths);

/* "_data/lectures.yml", "schedule.md": what every course that has it keeps its schedule in. */
bool is_schedule_by_name(struct slice path);

/* The first page with a schedule, or `all` of them. */
bool schedule_tables_read(struct reading *reading, const struct path_list *paths, bool all);

/* Sets `hidden` of the files in `folder` that the pages pasting them leave out, by their front
 * matter (one for each file, in order). */
void schedule_hide_files(struct reading *reading, struct slice folder,
                         const struct yaml_node *const *front_matter);

/* --- What follows from all rows --- */

void schedule_number_rows(struct schedule *schedule);
void schedule_find_year(struct reading *reading, int commit_year);

#endif
