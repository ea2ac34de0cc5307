/*
 * Pages that a change does not touch but may break: those that mention a file which it removes or
 * renames, and notes whose row of the schedule it changes.
 */
#ifndef RULES_REFERRERS_H
#define RULES_REFERRERS_H

#include "git/change_set.h"
#include "rules/course_view.h"

struct removed_names {
    struct slice *items; /* file names without folder, borrowed from the changes */
    size_t count, capacity;
};

/* The names of the files that are gone at the head; release `items` with free(). */
void removed_names_collect(struct removed_names *names, const struct change_set *changes);

/* True when one of the names stands in `text`. */
bool removed_names_mentioned(const struct removed_names *names, struct slice text);

/* True when the two sides' schedules have another lecture for the note at `path`. */
bool lecture_changes(const struct course_view *base, const struct course_view *head,
                     struct slice path);

#endif
