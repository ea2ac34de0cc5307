#include "base/arena.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Most arenas hold little: the first chunk is small, each further one four times the one before. */
enum { FIRST_CHUNK = 1024, LARGEST_CHUNK = 16 * 1024, SHORT_TEXT = 256 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used;
    size_t size;
    max_align_t bytes[];
};

static size_t next_chunk_size(const struct arena *arena, size_t needed) {
    size_t size = arena->chunks ? 4 * arena->chunks->size : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    return needed > size ? needed : size;
}

/* Nothing is said about what is in the block. */
static void *take(struct arena *arena, size_t count, size_t size) {
    size_t alignment = sizeof(max_align_t);
    size_t most = SIZE_MAX / 2 - alignment - sizeof(struct arena_chunk);
    if (size && count > most / size)
        memory_exhausted();
    size_t needed = (count * size + alignment - 1) / alignment * alignment;
    struct arena_chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < needed) {
        size_t chunk_size = next_chunk_size(arena, needed);
        chunk = memory_resize(NULL, 1, sizeof *chunk + chunk_size);
        *chunk = (struct arena_chunk){.next = arena->chunks, .size = chunk_size};
        arena->chunks = chunk;
    }
    void *block = (char *)chunk->bytes + chunk->used;
    chunk->used += needed;
    return block;
}

void *arena_allocate(struct arena *arena, size_t count, size_t size) {
    return memset(take(arena, count, size), 0, count * size);
}

char *arena_copy_string(struct arena *arena, const char *text) {
    return (char *)arena_copy(arena, slice_of(text)).data;
}

struct slice arena_copy(struct arena *arena, struct slice bytes) {
    char *copy = take(arena, bytes.size + 1, 1);
    if (bytes.size)
        memcpy(copy, bytes.data, bytes.size);
    copy[bytes.size] = '\0';
    return (struct slice){copy, bytes.size};
}

char *arena_format(struct arena *arena, const char *format, ...) {
    char text[SHORT_TEXT];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(text, sizeof text, format, arguments);
    size_t room = size > 0 ? (size_t)size + 1 : 1;
    char *copy = take(arena, room, 1);
    if (room <= sizeof text)
        memcpy(copy, size > 0 ? text : "", room);
    else
        vsnprintf(copy, room, format, again);
    va_end(again);
    va_end(arguments);
    return copy;
}

/* Behind the first chunk, which goes on being filled. */
void arena_absorb(struct arena *arena, struct arena *other) {
    struct arena_chunk **place = arena->chunks ? &arena->chunks->next : &arena->chunks;
    struct arena_chunk *rest = *place, *last = other->chunks;
    if (!last)
        return;
    while (last->next)
        last = last->next;
    last->next = rest;
    *place = other->chunks;
    *other = ARENA_EMPTY;
}

void arena_release(struct arena *arena) {
    for (struct arena_chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        free(chunk);
    }
    *arena = ARENA_EMPTY;
}
