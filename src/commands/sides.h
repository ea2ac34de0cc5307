/* Which two sides a check compares, by the options. */
#ifndef COMMANDS_SIDES_H
#define COMMANDS_SIDES_H

#include "finding/verdict.h"
#include "git/change_set.h"

struct side_options {
    bool staged, worktree, all;
    const char *base, *head;    /* revisions, or NULL */
    const char *stdin_filename; /* a path whose content is standard input, or NULL */
    const char *pull;           /* the number of a pull request, or NULL */
    const char *onto;           /* a revision: what it is merged into; NULL: the course's branch */
};

struct sides {
    struct repository *repository;
    struct snapshot *base, *head; /* base is NULL with --all */
    struct change_set *changes;   /* NULL with --all */
    struct snapshot *course; /* where its configuration comes from; NULL: the base, or `head` */
    struct snapshot *own; /* what the author has, where `head` is a merge of it; NULL otherwise */
    bool same_as_head;    /* --stdin-filename, and the content is what HEAD has there */
    bool by_default;      /* no side was asked for: --staged was taken */
};

/*
 * Opens the repository of the current directory and both sides, and compares them. Remarks about
 * the comparison go to `verdict->notes`, the names of the sides into it. Release with
 * sides_release(), also after a failure.
 */
int sides_open(struct sides *sides, const struct side_options *options, struct verdict *verdict,
               struct error *error);
void sides_release(struct sides *sides);

/*
 * Findings in a merge made in memory are moved to where their lines stand in the author's own
 * version. One on a line that the author does not have becomes one about the file as a whole.
 */
int sides_use_own_lines(const struct sides *sides, struct verdict *verdict, struct error *error);

#endif
