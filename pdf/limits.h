/* What the process may use, and what becomes of the answer when it wants more. */
#ifndef PDF_LIMITS_H
#define PDF_LIMITS_H

#include "base/error.h"

#include <stdbool.h>

struct limits {
    size_t pages;
    size_t output_bytes;
    size_t seconds;
    size_t memory_mib; /* address space */
    size_t input_mib;  /* of the file itself */
};

/* True when the program was built with a sanitizer, which wants address space without end. */
bool limits_are_loose(void);

/*
 * Sets the limits on memory, time, files and processes for this process, and the handlers that end
 * the answer in the right words when time or memory is used up. Standard error is closed for
 * what libraries print. Fails with a message when the system refuses.
 */
int limits_set(const struct limits *limits, struct error *error);

#endif
