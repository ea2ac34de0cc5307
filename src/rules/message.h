/*
 * Messages and fixes with named places: {name}, and {sh:name} for a path that shell and Git take as
 * it is, in commands for people to paste. Other braces stand for themselves.
 */
#ifndef RULES_MESSAGE_H
#define RULES_MESSAGE_H

#include "base/arena.h"
#include "base/buffer.h"

/* A named place and what stands there. */
struct place {
    const char *name;
    struct slice text;
};

/* The text with its places filled in, on one line; long values are cut unless for a shell. */
struct slice message_expand(struct arena *arena, struct slice text, const struct place *places,
                            size_t count);

/*
 * Appends what a setting asks for: "2 to 12", "3", "at least 2", "at most 12". 0: no such bound;
 * one of the two must be set.
 */
void message_append_range(struct buffer *text, long least, long most);

/*
 * Finds the next place at or after `*at`, which moves behind it: its name goes into `*name`. False
 * when there is no more.
 */
bool message_next_place(struct slice text, size_t *at, struct slice *name);

#endif
