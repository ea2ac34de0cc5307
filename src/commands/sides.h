/* Which two sides a check compares, by the options. */
#ifndef COMMANDS_SIDES_H
#define COMMANDS_SIDES_H

#include "finding/verdict.h"
#include "git/change_set.h"

struct side_options {
    bool staged, worktree, all;
    const char *base, *head; /* revisions, or NULL */
};

struct sides {
    struct repository *repository;
    struct snapshot *base, *head; /* base is NULL with --all */
    struct change_set *changes;   /* NULL with --all */
    bool by_default;              /* no side was asked for: --staged was taken */
};

/*
 * Opens the repository of the current directory and both sides, and compares them. Remarks about
 * the comparison go to `verdict->notes`, the names of the sides into it. Release with
 * sides_release(), also after a failure.
 */
int sides_open(struct sides *sides, const struct side_options *options, struct verdict *verdict,
               struct error *error);
void sides_release(struct sides *sides);

#endif
