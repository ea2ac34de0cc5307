/*
 * Makes one allocation of a program fail, for tests/scenarios/allocations.sh:
 *
 *     FAIL_MALLOC_COUNT=file LD_PRELOAD=fail_malloc.so program   writes how many it makes
 *     FAIL_MALLOC_AT=17      LD_PRELOAD=fail_malloc.so program   the 17th gives NULL
 *     FAIL_MALLOC_FROM=17    LD_PRELOAD=fail_malloc.so program   so does every later one
 *
 * Counted from the first one after the libraries are loaded. For glibc only: it passes on to the
 * names that glibc has for its own functions, since dlsym() allocates.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

static unsigned long made, fail_at, fail_from;

static unsigned long read_number(const char *name) {
    const char *text = getenv(name);
    return text ? strtoul(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void start(void) {
    fail_at = read_number("FAIL_MALLOC_AT");
    fail_from = read_number("FAIL_MALLOC_FROM");
    made = 0;
}

__attribute__((destructor)) static void finish(void) {
    unsigned long count = made;
    const char *path = getenv("FAIL_MALLOC_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%lu\n", count);
    fclose(file);
}

static int fails(void) {
    made++;
    if (made != fail_at && (!fail_from || made < fail_from))
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size) {
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
    return fails() ? NULL : __libc_realloc(block, size);
}
