/* The files of rules/, compiled into the binary. */
#ifndef RULES_BUILTIN_H
#define RULES_BUILTIN_H

#include "base/slice.h"

struct builtin_file {
    const char *name; /* "rules/images.yml" */
    struct slice full;
    struct slice brief; /* without the examples, which are half of it */
};

/* Sorted by name; ends with a NULL name. */
extern const struct builtin_file builtin_files[];

#endif
