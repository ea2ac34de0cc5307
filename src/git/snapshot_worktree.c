/*
 * The working tree as a snapshot: a copy of the index in memory, brought up to what stands on disk.
 * The blobs it needs are made by Git's own filters and kept in memory, too: nothing is written.
 */
#include "git/internal.h"

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <string.h>

/* Above those of the repository's own storage (1 and 2), so that new objects go there. */
enum { MEMORY_PRIORITY = 1000 };

int repository_keep_in_memory(struct repository *repository) {
    git_odb_backend *memory = NULL;
    return git_mempack_new(&memory) ||
           git_odb_add_backend(repository->objects, memory, MEMORY_PRIORITY);
}

static int compare_to_disk(git_diff **diff, const struct snapshot *snapshot) {
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
                    GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_INCLUDE_UNREADABLE;
    options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL;
    return git_diff_index_to_workdir(diff, snapshot->repository->git, snapshot->index, &options);
}

static int apply(git_index *index, struct repository *repository, const git_diff_delta *delta) {
    git_index_entry entry = {.mode = delta->new_file.mode, .path = delta->new_file.path};
    if (delta->status == GIT_DELTA_DELETED)
        return git_index_remove_bypath(index, delta->old_file.path);
    if (entry.mode == GIT_FILEMODE_COMMIT || entry.mode == GIT_FILEMODE_TREE)
        return 0; /* a repository inside this one */
    int code = git_blob_create_from_workdir(&entry.id, repository->git, entry.path);
    return code ? code : git_index_add(index, &entry);
}

static int apply_all(git_index *index, struct repository *repository, git_diff *diff,
                     struct error *error) {
    for (size_t i = 0, count = git_diff_num_deltas(diff); i < count; i++) {
        const git_diff_delta *delta = git_diff_get_delta(diff, i);
        if (apply(index, repository, delta))
            return error_set(error, STATUS_UNDECIDED, "cannot read \"%s\" on disk: %s",
                             delta->new_file.path, git_detail());
    }
    return OK;
}

int snapshot_open_worktree(struct snapshot **snapshot, struct repository *repository,
                           struct error *error) {
    git_diff *diff = NULL;
    git_index *index = NULL;
    *snapshot = NULL;
    if (!repository->root)
        return error_set(error, STATUS_UNDECIDED,
                         "a bare repository has no working tree; name two commits: "
                         "--base REV --head REV (fix: with --diff)");
    int status = snapshot_open_index(snapshot, repository, error);
    if (status)
        return status;
    if (repository_keep_in_memory(repository) || index_of_snapshot(&index, *snapshot) ||
        compare_to_disk(&diff, *snapshot))
        status =
            error_set(error, STATUS_UNDECIDED, "cannot read the working tree: %s", git_detail());
    else
        status = apply_all(index, repository, diff, error);
    git_diff_free(diff);
    git_index_free((*snapshot)->index);
    (*snapshot)->index = index;
    memcpy((*snapshot)->name, "worktree", sizeof "worktree");
    if (status) {
        snapshot_close(*snapshot);
        *snapshot = NULL;
    }
    return status;
}
