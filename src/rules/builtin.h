/* The files of rules/, compiled into the binary. */
#ifndef RULES_BUILTIN_H
#define RULES_BUILTIN_H

#include "text/yaml.h"

struct builtin_file {
    const char *name; /* "rules/images.yml" */
    struct slice text;
    struct yaml_node *brief; /* its tree without the examples, which are half of it */
};

/* Sorted by name; ends with a NULL name. */
extern const struct builtin_file builtin_files[];

#endif
