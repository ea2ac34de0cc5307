/*
 * The course as one side of a review has it: its schedule, its notes, the sign-up sheet, the
 * deadlines, who wrote what and when. Filled before any rule runs; from then on only read, so that
 * several threads may.
 */
#ifndef RULES_COURSE_VIEW_H
#define RULES_COURSE_VIEW_H

#include "course/deadline.h"
#include "course/note_lecture.h"
#include "course/roster.h"
#include "course/schedule.h"
#include "finding/verdict.h"
#include "git/history.h"
#include "rules/name_habits.h"

struct review;

/* A note that stands in the tree. Its lecture is told by name, folder and link, not by its text. */
struct course_note {
    struct slice path;
    const struct note_kind *kind;
    struct note_lecture lecture;
    char blob_id[OBJECT_ID_SIZE];
};

struct course_view {
    struct schedule *schedule; /* never NULL */
    bool borrows_schedule;     /* from the other side's view */
    bool borrows_people;       /* roster, zone and history, too */
    struct course_note *notes; /* in byte order of their paths; templates are none */
    size_t note_count;
    const struct course_note **by_content; /* the same: those with equal bytes stand together */
    struct name_habits habits;
    struct roster *roster;   /* NULL: none configured, or not readable */
    struct time_zone *zone;  /* NULL: none configured, or unknown here */
    struct history *history; /* NULL: no commits to look at */
    struct arena arena;
};

/*
 * Reads what `snapshot` (one side of `review`) has; `site` is of the same side. What can't be read
 * is a remark in the verdict. Release with course_view_release().
 */
void course_view_read(struct course_view *view, const struct review *review,
                      const struct snapshot *snapshot, const struct site *site,
                      struct verdict *verdict);

/*
 * The same for the other side, which has the roster, the zone and the history of `first` (it must
 * live longer), and with `same_schedule` its schedule, too.
 */
void course_view_read_other(struct course_view *view, const struct course_view *first,
                            bool same_schedule, const struct review *review,
                            const struct snapshot *snapshot, const struct site *site,
                            struct verdict *verdict);
void course_view_release(struct course_view *view);

/* True when `path` is a file that holds rows of the schedule. */
bool course_view_has_rows(const struct course_view *view, struct slice path);

/* The note at `path`, or NULL. */
const struct course_note *course_view_find(const struct course_view *view, struct slice path);

/* The notes with the bytes of `note`, it among them, in byte order of their paths. */
const struct course_note *const *course_view_same(const struct course_view *view,
                                                  const struct course_note *note, size_t *count);

#endif
