/* Which two sides a check compares, by the options. */
#ifndef COMMANDS_SIDES_H
#define COMMANDS_SIDES_H

#include "finding/verdict.h"
#include "git/change_set.h"

struct side_options {
    bool staged, worktree, all;
    bool on_disk; /* with base or all, and no head named: the head is what is on disk, if it can */
    const char *base, *head;    /* revisions, or NULL */
    const char *stdin_filename; /* a path whose content is standard input, or NULL */
    const char *pull;           /* the number of a pull request, or NULL */
    const char *merge;          /* a revision: the merge commit to look at, or NULL */
    const char *onto;           /* a revision: what it is merged into; NULL: the course's branch, or
                                   the first parent of `merge` */
    struct repository *repository; /* open already; NULL: that of the current directory */
};

struct sides {
    struct repository *repository;
    struct snapshot *base, *head; /* base is NULL with --all */
    struct change_set *changes;   /* NULL with --all */
    struct snapshot *course; /* where its configuration comes from; NULL: the base, or `head` */
    struct snapshot *own; /* what the author has, where `head` is a merge of it; NULL otherwise */
    bool same_as_head;    /* --stdin-filename, and the content is what HEAD has there */
    bool uncommitted;     /* the base is HEAD, the head is what may come next */
    bool by_default;      /* no side was asked for: --staged was taken */
};

/*
 * Opens the repository of the current directory and both sides, and compares them. Remarks about
 * the comparison go to `verdict->notes`, the names of the sides into it. Release with
 * sides_release(), also after a failure.
 */
int sides_open(struct sides *sides, const struct side_options *options, struct verdict *verdict,
               struct error *error);

/*
 * Puts `head` in the place of the head, which it takes over and closes unless it is `keep` (may be
 * NULL), and compares anew.
 */
int sides_set_head(struct sides *sides, struct snapshot *head, const struct snapshot *keep,
                   struct error *error);
void sides_release(struct sides *sides);

/*
 * Findings in a merge made in memory are moved to where their lines stand in the author's own
 * version. One on a line that the author does not have becomes one about the file as a whole.
 */
int sides_use_own_lines(const struct sides *sides, struct verdict *verdict, struct error *error);

#endif
