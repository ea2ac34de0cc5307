/* The sides of a merge commit: what it brought to the branch that took it in. */
#ifndef COMMANDS_MERGED_H
#define COMMANDS_MERGED_H

#include "commands/sides.h"

/*
 * Opens base and head of the commit `options->merge` in the repository of `sides`: its first
 * parent, or `options->onto`, and the commit itself; `own` is its second parent, where it has one
 * and was merged into that base. The clone need not have more than these commits.
 */
int merged_open(struct sides *sides, const struct side_options *options, struct error *error);

#endif
