/* Moments as Git writes them, for examples of rules. */
#ifndef RULES_MOMENT_H
#define RULES_MOMENT_H

#include "base/slice.h"

/*
 * Reads "2025-10-17 23:59:59 -0700": seconds since 1970, and minutes east of UTC. Both may be NULL.
 * False when it is none.
 */
bool moment_read(struct slice text, long long *when, int *offset);

#endif
