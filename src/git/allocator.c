/*
 * Makes libgit2 allocate as we do: out of memory ends the program. By itself it goes on, and then
 * some versions follow NULL pointers (1.5 in its configuration) or take "could not" for "is not".
 */
#include "base/memory.h"
#include "git/internal.h"

#include <git2/sys/alloc.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(size_t size, const char *file, int line) {
    (void)file, (void)line;
    return memory_resize(NULL, 1, size);
}

static void *allocate_zeroed(size_t count, size_t size, const char *file, int line) {
    (void)file, (void)line;
    return memory_allocate(count, size);
}

static void *resize(void *block, size_t size, const char *file, int line) {
    (void)file, (void)line;
    return memory_resize(block, 1, size);
}

static void *resize_array(void *block, size_t count, size_t size, const char *file, int line) {
    (void)file, (void)line;
    return memory_resize(block, count, size);
}

static void *allocate_array(size_t count, size_t size, const char *file, int line) {
    return resize_array(NULL, count, size, file, line);
}

static char *copy_part(const char *text, size_t size, const char *file, int line) {
    char *copy = allocate(size + 1, file, line);
    copy[size] = '\0';
    return memcpy(copy, text, size);
}

static char *copy_at_most(const char *text, size_t size, const char *file, int line) {
    return copy_part(text, strnlen(text, size), file, line);
}

static char *copy_string(const char *text, const char *file, int line) {
    return copy_part(text, strlen(text), file, line);
}

/* git_allocator as older versions of libgit2 have it, up to 1.5 at least. */
struct nine_functions {
    void *(*allocate)(size_t size, const char *file, int line);
    void *(*allocate_zeroed)(size_t count, size_t size, const char *file, int line);
    char *(*copy_string)(const char *text, const char *file, int line);
    char *(*copy_at_most)(const char *text, size_t size, const char *file, int line);
    char *(*copy_part)(const char *text, size_t size, const char *file, int line);
    void *(*resize)(void *block, size_t size, const char *file, int line);
    void *(*resize_array)(void *block, size_t count, size_t size, const char *file, int line);
    void *(*allocate_array)(size_t count, size_t size, const char *file, int line);
    void (*release)(void *block);
};

/* And as newer ones do, 1.9 among them. */
struct three_functions {
    void *(*allocate)(size_t size, const char *file, int line);
    void *(*resize)(void *block, size_t size, const char *file, int line);
    void (*release)(void *block);
};

void git_share_allocator(void) {
    static const struct nine_functions nine = {allocate,     allocate_zeroed, copy_string,
                                               copy_at_most, copy_part,       resize,
                                               resize_array, allocate_array,  free};
    static const struct three_functions three = {allocate, resize, free};
    /* It copies the table. */
    if (sizeof(git_allocator) == sizeof nine)
        git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &nine);
    else if (sizeof(git_allocator) == sizeof three)
        git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &three);
}
