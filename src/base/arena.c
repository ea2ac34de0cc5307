#include "base/arena.h"

#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 16 * 1024 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used;
    size_t size;
    max_align_t bytes[];
};

void *arena_allocate(struct arena *arena, size_t count, size_t size) {
    size_t alignment = sizeof(max_align_t);
    size_t most = SIZE_MAX - alignment - sizeof(struct arena_chunk);
    if (size && count > most / size)
        memory_exhausted();
    size_t needed = (count * size + alignment - 1) / alignment * alignment;
    struct arena_chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < needed) {
        size_t chunk_size = needed > CHUNK_SIZE ? needed : CHUNK_SIZE;
        chunk = memory_allocate(1, sizeof *chunk + chunk_size);
        chunk->size = chunk_size;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
    }
    void *block = (char *)chunk->bytes + chunk->used;
    chunk->used += needed;
    return block;
}

char *arena_copy_string(struct arena *arena, const char *text) {
    return (char *)arena_copy(arena, slice_of(text)).data;
}

struct slice arena_copy(struct arena *arena, struct slice bytes) {
    char *copy = arena_allocate(arena, bytes.size + 1, 1);
    if (bytes.size)
        memcpy(copy, bytes.data, bytes.size);
    return (struct slice){copy, bytes.size};
}

char *arena_format(struct arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    size_t room = size > 0 ? (size_t)size + 1 : 1;
    char *text = arena_allocate(arena, room, 1);
    vsnprintf(text, room, format, again);
    va_end(again);
    va_end(arguments);
    return text;
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
