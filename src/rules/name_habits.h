/*
 * How the notes of a folder are named, learned once where there are so many that one more or less
 * makes no difference.
 */
#ifndef RULES_NAME_HABITS_H
#define RULES_NAME_HABITS_H

#include "base/arena.h"
#include "config/config.h"

struct course_note;

struct name_habit {
    const struct note_kind *kind;
    struct slice folder;
    size_t count;      /* notes of that kind in it */
    struct slice form; /* see name_form.h; empty: they have none in common */
};

struct name_habits {
    struct name_habit *items; /* of folders with more than NAME_FORM_SAMPLE notes of a kind */
    size_t count;
};

/* Learns them from `notes`, which stand in the order of their paths. Texts live in `arena`. */
void name_habits_learn(struct name_habits *habits, const struct course_note *notes, size_t count,
                       struct arena *arena);

/* NULL: there are fewer notes. */
const struct name_habit *name_habits_find(const struct name_habits *habits,
                                          const struct note_kind *kind, struct slice folder);

#endif
