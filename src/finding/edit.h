/*
 * What mends a finding, where one remedy is certain: bytes of a file replaced, or a file renamed.
 * Offsets are of the version on the finding's side.
 */
#ifndef FINDING_EDIT_H
#define FINDING_EDIT_H

#include "base/arena.h"
#include "text/source.h"

enum edit_kind { EDIT_REPLACE, EDIT_RENAME };

struct edit {
    enum edit_kind kind;
    struct slice path;
    struct span span;    /* EDIT_REPLACE: bytes to replace; empty at the place of an insertion */
    struct slice text;   /* what comes there; EDIT_RENAME: the new path */
    struct slice before; /* EDIT_REPLACE: the bytes that stand there, to know the place again */
};

/* The edits of one finding belong together: all or none. */
struct edit_list {
    struct edit *items;
    size_t count;
};

/* Adds one; everything is copied into `arena`. */
void edit_list_add(struct edit_list *list, struct arena *arena, const struct edit *edit);

#endif
