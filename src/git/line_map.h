/* Which line of one version of a file is which in another. */
#ifndef GIT_LINE_MAP_H
#define GIT_LINE_MAP_H

#include "git/snapshot.h"

/* Lines `from` … `from + from_count - 1` (1-based) stand where the others stand in the other. */
struct line_hunk {
    size_t from, from_count, to, to_count;
};

struct line_map {
    struct line_hunk *hunks; /* in the order of the file; none: the two are the same */
    size_t count;
    size_t capacity;
};

/*
 * From the file at `path` in one snapshot to that in another. STATUS_NOT_FOUND (no message) when
 * one of them has no file there; STATUS_UNDECIDED when they can't be compared. Release with
 * line_map_release(), also after a failure.
 */
int line_map_read(struct line_map *map, const struct snapshot *from, const struct snapshot *to,
                  struct slice path, struct error *error);
void line_map_release(struct line_map *map);

/* 0 when the other version has no such line. */
size_t line_map_find(const struct line_map *map, size_t line);

#endif
