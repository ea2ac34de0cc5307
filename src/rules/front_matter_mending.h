/* What is wrong with front matter that YAML can't read, in words that help, and what mends it. */
#ifndef RULES_FRONT_MATTER_MENDING_H
#define RULES_FRONT_MATTER_MENDING_H

#include "document/document.h"

enum { MENDING_MOST_EDITS = 16 };

struct front_matter_mending {
    size_t offset;                          /* where to point */
    const char *reason;                     /* a clause; static, or the problem's own */
    const char *remedy;                     /* static */
    struct span spans[MENDING_MOST_EDITS];  /* to be replaced, in order; with these it is valid */
    struct slice texts[MENDING_MOST_EDITS]; /* what comes there; in the arena */
    size_t count;                           /* 0: no remedy is certain */
};

/* `front_matter` is the unreadable one of `bytes`, the whole file. */
struct front_matter_mending front_matter_mending_find(const struct front_matter *front_matter,
                                                      struct slice bytes, struct arena *arena);

#endif
