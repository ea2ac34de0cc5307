/* Allocation that cannot fail: out of memory prints one line and exits with status 3. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* A zeroed block of `count * size` bytes; never NULL. Release it with free(). */
void *memory_allocate(size_t count, size_t size);

/* Resizes `block` (may be NULL) to `count * size` bytes; the added part is not zeroed. */
void *memory_resize(void *block, size_t count, size_t size);

/* A copy of the NUL-terminated `text`; never NULL. Release it with free(). */
char *memory_copy_string(const char *text);

/*
 * For the start of a program: memory once freed is kept for the next allocation, up to some hundred
 * MB, where the C library has a say in that. By itself glibc gives it back to the system and asks
 * for it anew, page by page, many times in a run.
 */
void memory_keep_freed(void);

/* Prints the out-of-memory message and exits. For libraries that report the failure themselves. */
_Noreturn void memory_exhausted(void);

/*
 * Makes room for one more element at the end of a growing array and yields an lvalue for it:
 *
 *     ARRAY_PUSH(list->items, list->count, list->capacity) = item;
 *
 * `items` is released with free().
 */
#define ARRAY_PUSH(items, count, capacity)                                                         \
    (*((count) == (capacity)                                                                       \
           ? ((capacity) = (capacity) ? 2 * (capacity) : 8,                                        \
              (items) = memory_resize((items), (capacity), sizeof *(items)), &(items)[(count)++])  \
           : &(items)[(count)++]))

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#endif
