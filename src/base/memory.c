#include "base/memory.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void memory_exhausted(void) {
    fputs("scribelint: out of memory\n", stderr);
    exit(3);
}

void *memory_allocate(size_t count, size_t size) {
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (!block)
        memory_exhausted();
    return block;
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
