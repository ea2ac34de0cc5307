/* The files of rules/, compiled into the binary. */
#ifndef RULES_BUILTIN_H
#define RULES_BUILTIN_H

#include <stddef.h>

struct builtin_file {
    const char *name; /* "rules/images.yml" */
    const char *data;
    size_t size;
};

/* Sorted by name; ends with a NULL name. */
extern const struct builtin_file builtin_files[];

#endif
