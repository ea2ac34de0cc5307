/* What the files on disk tell about the findings of what is not committed, for people only. */
#ifndef COMMANDS_HINTS_H
#define COMMANDS_HINTS_H

#include "commands/sides.h"

/*
 * Adds a line for each file that a finding misses and that is on disk, there or under a name like
 * it, or that the change takes away, and for each file with findings that has been changed since it
 * was staged. Fixes that tell to stage a file that is not there lose that command. Nothing unless
 * the head is the index or the working tree. The texts live as long as the verdict; release
 * `hints->items` with free().
 */
void hints_find(struct remark_list *hints, const struct sides *sides, struct verdict *verdict);

#endif
