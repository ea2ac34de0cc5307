/*
 * Messages and fixes with named places: {name}, and {sh:name} for a word that a shell takes as it
 * is, in commands for people to paste. Other braces stand for themselves.
 */
#ifndef RULES_MESSAGE_H
#define RULES_MESSAGE_H

#include "base/arena.h"

/* A named place and what stands there. */
struct place {
    const char *name;
    struct slice text;
};

/* The text with its places filled in, on one line; long values are cut unless for a shell. */
struct slice message_expand(struct arena *arena, struct slice text, const struct place *places,
                            size_t count);

/*
 * Finds the next place at or after `*at`, which moves behind it: its name goes into `*name`. False
 * when there is no more.
 */
bool message_next_place(struct slice text, size_t *at, struct slice *name);

#endif
