/*
 * What rules learned of a note when they looked at it, kept for the others that are held against
 * it: the same bytes need not be read and parsed again. Of the head's side. Any number of threads
 * may; what is not known yet, they read for themselves.
 */
#ifndef RULES_NOTE_STORE_H
#define RULES_NOTE_STORE_H

#include "rules/course_view.h"
#include "text/shingles.h"

struct note_store;

/* The keys that a note cites. */
struct cited_keys {
    struct slice *items;
    size_t count;
};

/* For the notes of `course`, which must outlive it. Never NULL; nothing is kept yet. */
struct note_store *note_store_open(const struct course_view *course);
void note_store_close(struct note_store *store);

/* True when the name of `note`, one of the course's, has the form it should have. */
bool note_store_has_form(struct note_store *store, const struct course_note *note);

/* Those of its text, without their words; NULL: not known. They live as long as the store. */
const struct shingles *note_store_find_shingles(struct note_store *store,
                                                const struct course_note *note);

/* Takes `shingles`, which are empty then: they are kept unless there are too many already. */
void note_store_keep_shingles(struct note_store *store, const struct course_note *note,
                              struct shingles *shingles);

/* NULL: not known. They live as long as the store. */
const struct cited_keys *note_store_find_keys(struct note_store *store,
                                              const struct course_note *note);

/* Copies them, unless they are known. */
void note_store_keep_keys(struct note_store *store, const struct course_note *note,
                          const struct cited_keys *keys);

#endif
