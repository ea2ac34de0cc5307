/* Memory that is released all at once: many small blocks with one lifetime. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/slice.h"

#include <stdarg.h>

struct arena {
    struct arena_chunk *chunks; /* newest first */
};

#define ARENA_EMPTY ((struct arena){0})

/* A zeroed block, aligned for any type, that lives as long as the arena. */
void *arena_allocate(struct arena *arena, size_t count, size_t size);

/* Copies with a NUL behind them. */
char *arena_copy_string(struct arena *arena, const char *text);
struct slice arena_copy(struct arena *arena, struct slice bytes);
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Takes over the blocks of `other`, which is empty afterwards. */
void arena_absorb(struct arena *arena, struct arena *other);

/* Frees every block; the arena is empty and usable afterwards. */
void arena_release(struct arena *arena);

#endif
