/* Which files belong to the notes that a change touches, and which to the templates. */
#ifndef RULES_ASSETS_H
#define RULES_ASSETS_H

#include "base/buffer.h"
#include "config/globs.h"
#include "git/change_set.h"

struct review;

struct assets {
    struct glob_list touched;  /* of the notes, under their old and new names */
    struct glob_list template; /* of the templates */
    size_t note_count;         /* notes that the change touches */
};

/* A change to more notes than this is no scribe's. */
enum { ASSETS_MOST_NOTES = 20 };

/* Fills `assets` for a review with changes and templates; release with assets_release(). */
void assets_collect(struct assets *assets, const struct review *review);
void assets_release(struct assets *assets);

/*
 * True when `change` adds an image beside a note to another lecture's folder, or to the folder in
 * which those of the lectures lie. Appends the note's own folder to `expected`.
 */
bool assets_are_elsewhere(const struct review *review, const struct change *change,
                          struct buffer *expected);

#endif
