/* The scribe pull requests that a course has merged, as `scribelint init` looks at them. */
#ifndef COMMANDS_INIT_HISTORY_H
#define COMMANDS_INIT_HISTORY_H

#include "config/config.h"
#include "course/layout.h"
#include "git/first_parents.h"

struct merged_change {
    char id[OBJECT_ID_SIZE], parent_id[OBJECT_ID_SIZE], merged_id[OBJECT_ID_SIZE];
    struct slice subject;
    bool squashed; /* a pull request made into one commit: its author date is the merge's */
    int year;
};

struct merged_changes {
    struct merged_change *items; /* newest first */
    size_t count, capacity;
    struct proposal_list also; /* globs of pages that scribes touch with their notes */
    bool cut;                  /* older ones were not looked at, or are not in this clone */
    struct arena arena;
};

/*
 * Finds merges and squash commits on the first parents of `head` that bring or change a note, by
 * the kinds of `config`; a commit pushed as it is counts when it has nothing but new notes and
 * their files. Merges of the branch with itself, as `git pull` makes them, do not. Release in any
 * case.
 */
int merged_changes_find(struct merged_changes *changes, struct repository *repository,
                        const char *head, const struct config *config, struct error *error);
void merged_changes_release(struct merged_changes *changes);

#endif
