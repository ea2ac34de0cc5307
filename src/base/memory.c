#include "base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void memory_keep_freed(void) {
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 256 * 1024 * 1024);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    mallopt(M_TOP_PAD, 1024 * 1024);
#endif
}

_Noreturn void memory_exhausted(void) {
    fputs("scribelint: out of memory\n", stderr);
    exit(3);
}

/* The GNU library has small blocks ready that malloc() takes and calloc() does not. */
enum { SMALL_BLOCK = 1024 };

void *memory_allocate(size_t count, size_t size) {
    count = count ? count : 1;
    size = size ? size : 1;
    bool small = size <= SMALL_BLOCK && count <= SMALL_BLOCK / size;
    void *block = small ? malloc(count * size) : calloc(count, size);
    if (!block)
        memory_exhausted();
    return small ? memset(block, 0, count * size) : block;
}

void *memory_resize(void *block, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size)
        memory_exhausted();
    block = realloc(block, count && size ? count * size : 1);
    if (!block)
        memory_exhausted();
    return block;
}

char *memory_copy_string(const char *text) {
    size_t size = strlen(text) + 1;
    return memcpy(memory_allocate(size, 1), text, size);
}
