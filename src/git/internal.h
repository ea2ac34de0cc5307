/* What the files of this folder share: the structures behind the public headers, and libgit2. */
#ifndef GIT_INTERNAL_H
#define GIT_INTERNAL_H

#include "git/snapshot.h"

#include <git2.h>

#ifdef LIBGIT2_VERSION_MAJOR /* the names since 1.7 */
#define LIBGIT2_AT_LEAST(minor) (LIBGIT2_VERSION_MAJOR > 1 || LIBGIT2_VERSION_MINOR >= (minor))

/* Newer ones keep git_error_clear() there. */
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif
#else
#define LIBGIT2_AT_LEAST(minor) (LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= (minor))
#endif

struct repository {
    git_repository *git;
    git_odb *objects;
    char *start;         /* absolute: where the user stands */
    char *root;          /* absolute: the top of the working tree; NULL in a bare repository */
    size_t other_owners; /* repository_share() */
};

/* A commit has a tree, the index an index, the empty snapshot neither. */
struct snapshot {
    struct repository *repository;
    git_tree *tree;
    git_index *index;
    char name[OBJECT_ID_SIZE];
    bool owns_repository;            /* see snapshot_reopen() */
    const struct snapshot *original; /* that it was opened from once more; NULL: none */
};

/* Before git_libgit2_init(): from here on libgit2's allocations cannot fail, like ours. */
void git_share_allocator(void);

/* Starts libgit2, for a git_libgit2_shutdown() later; each further time it only counts. */
int library_start(struct error *error);

/* What libgit2 said last; never NULL. */
const char *git_detail(void);

/* After GIT_ENOTFOUND: true when an object is absent, false when nothing has that name. */
bool git_object_was_absent(void);

/* The value of a variable that is set and not empty, or NULL. */
const char *git_environment(const char *name);

/* True at the boundary of a shallow clone where libgit2 (since 1.7) tells of no parents. */
bool commit_hides_parents(const git_commit *commit);

/* From here on new objects are kept in memory; the code of libgit2. */
int repository_keep_in_memory(struct repository *repository);

/* The size of a blob without reading it. STATUS_UNDECIDED when it is absent. */
int blob_size(struct repository *repository, const git_oid *id, size_t *size, struct error *error);

/* The content of a blob, for git_odb_object_free(). STATUS_UNDECIDED when it is absent. */
int blob_read(git_odb_object **blob, struct repository *repository, const git_oid *id,
              struct error *error);

struct slice blob_content(git_odb_object *blob);

enum entry_kind entry_kind_of(unsigned mode);
struct entry entry_of(unsigned mode, const git_oid *id);

/* A new index, in memory, with the entries of a snapshot; the code of libgit2. */
int index_of_snapshot(git_index **index, const struct snapshot *snapshot);

/* The two kinds of snapshot that have something in them; see the functions of snapshot.h. */
struct entry tree_find(const struct snapshot *snapshot, const char *path);
struct entry index_find(const struct snapshot *snapshot, const char *path);
int tree_walk(const struct snapshot *snapshot, const char *folder, snapshot_visitor *visitor,
              void *context, struct error *error);
int index_walk(const struct snapshot *snapshot, const char *folder, snapshot_visitor *visitor,
               void *context, struct error *error);
bool tree_find_ignoring_case(const struct snapshot *snapshot, struct slice path,
                             struct buffer *spelling);
bool index_find_ignoring_case(const struct snapshot *snapshot, struct slice path,
                              struct buffer *spelling);

#endif
