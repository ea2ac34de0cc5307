/*
 * A Git repository: opening it, revisions, merge bases. This folder is the only one that sees
 * git2.h; everything above works with snapshots.
 */
#ifndef GIT_REPOSITORY_H
#define GIT_REPOSITORY_H

#include "base/error.h"

struct repository;

enum { OBJECT_ID_SIZE = 41 }; /* 40 hexadecimal digits and NUL */

/*
 * Opens the repository that contains the current directory, or `directory` as `git -C` would: a
 * relative GIT_DIR or GIT_WORK_TREE starts there. Honours GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE as
 * Git sets them for a hook; bare repositories too. On failure STATUS_UNDECIDED,
 * and the message names the remedy (no repository, foreign owner, format that libgit2 can't read).
 * Release with repository_close().
 */
int repository_open(struct repository **repository, const char *directory, struct error *error);

/* The same one for a second owner, who calls repository_close() as well. Not from another thread.
 */
struct repository *repository_share(struct repository *repository);
void repository_close(struct repository *repository);

/*
 * The commit that `revision` names (tags peeled), as hexadecimal digits. Unknown: STATUS_USAGE;
 * known but unreadable (shallow or partial clone): STATUS_UNDECIDED.
 */
int repository_resolve(struct repository *repository, const char *revision,
                       char commit_id[OBJECT_ID_SIZE], struct error *error);

/* As repository_resolve() for HEAD; STATUS_NOT_FOUND and no message when HEAD is unborn. */
int repository_resolve_head(struct repository *repository, char commit_id[OBJECT_ID_SIZE],
                            struct error *error);

/*
 * The best common ancestor of two commits. None, or hidden behind the boundary of a shallow clone:
 * STATUS_UNDECIDED with the `git fetch` command that helps. `*several` (may be NULL) tells whether
 * there was more than one and the first was taken.
 */
int repository_merge_base(struct repository *repository, const char *left_id, const char *right_id,
                          char base_id[OBJECT_ID_SIZE], bool *several, struct error *error);

/* The absolute path of the top of the working tree; NULL in a bare repository. */
const char *repository_root(const struct repository *repository);

/* When the commit was made (author date, seconds since 1970); false when it is not in this clone.
 */
bool repository_commit_time(struct repository *repository, const char *commit_id, long long *when);

/*
 * The path from the root of the working tree to `directory` (as given to repository_open()), with a
 * trailing slash, or "" at the root and in a bare repository. For narrowing by PATH arguments,
 * which are relative to where the user stands. Release with free().
 */
char *repository_prefix(struct repository *repository);

/* True when history was cut off by `git clone --depth`. */
bool repository_is_shallow(struct repository *repository);

#endif
