/* Where the note of a lecture belongs, and what else is the note's. */
#ifndef COURSE_NOTE_PLACE_H
#define COURSE_NOTE_PLACE_H

#include "base/arena.h"
#include "base/error.h"
#include "config/config.h"
#include "course/schedule.h"

struct note_place {
    /* Set by the caller. */
    const struct config *config;
    const struct note_kind *kind;
    const struct slice *others; /* paths of the notes of this kind that are there */
    size_t other_count;
    struct lecture lecture; /* what is known of it */

    struct slice path; /* set by note_place_find() */
};

/*
 * Finds the path: the name by the form of the configuration, else by that of most of the other
 * notes, else a usual one; the folder is that of most of the others, else the configuration's. A
 * path that the kind of notes does not take, or a form that wants what is not known, is
 * STATUS_USAGE. It never leads out of the repository or into `.git`. Lives in `arena`.
 */
int note_place_find(struct note_place *place, struct arena *arena, struct error *error);

/*
 * The folders that are the note's own (`assets` of its kind), without a slash at their end; what is
 * known only in part is left out. `*folders` lives in `arena`.
 */
size_t note_place_folders(struct slice **folders, const struct note_place *place,
                          struct arena *arena);

/* True for a path from the root that stays in the repository, on any system. */
bool note_path_is_safe(struct slice path);

#endif
