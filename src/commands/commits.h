/* The commits that two sides of a check stand for. */
#ifndef COMMANDS_COMMITS_H
#define COMMANDS_COMMITS_H

#include "commands/sides.h"
#include "rules/review.h"

/*
 * Those between the base and the head (of a merge made in memory: what the author has); without a
 * base all of the head's. The index and the working tree stand for no commit: then only the year is
 * known, of HEAD. `sides` must outlive it.
 */
struct commit_range commits_between(const struct sides *sides);

#endif
