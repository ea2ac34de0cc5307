/* Where Git looks for the hooks of a repository, and settings of Git's own configuration. */
#ifndef GIT_HOOKS_H
#define GIT_HOOKS_H

#include "git/repository.h"

struct hooks_place {
    char *folder;      /* absolute, without a slash at its end; need not be there */
    char *setting;     /* what core.hooksPath says; NULL: it is not set */
    bool in_work_tree; /* beside the files of the repository, where they can be committed */
    bool outside;      /* neither there nor below .git: other repositories may use it, too */
};

/*
 * What `git rev-parse --git-path hooks` says, in linked worktrees and submodules, too. A
 * core.hooksPath that can't be a folder is STATUS_USAGE, with how to unset it. Release with
 * hooks_place_release(), also after a failure.
 */
int hooks_find(struct hooks_place *place, struct repository *repository, struct error *error);
void hooks_place_release(struct hooks_place *place);

/* The folder that all worktrees of the repository share, without a slash at its end. For free(). */
char *repository_common_folder(struct repository *repository);

/*
 * The value of "section.name" as Git would take it from the files of its configuration (not from
 * `git -c`), or NULL when it is not set. Release with free().
 */
char *repository_setting(struct repository *repository, const char *name);

/* As a yes or no, in Git's words for these; not set is no, another word is STATUS_USAGE. */
int repository_setting_is_true(bool *value, struct repository *repository, const char *name,
                               struct error *error);

#endif
