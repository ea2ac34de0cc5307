/* A snapshot for another thread: libgit2's objects belong to one thread at a time. */
#include "base/memory.h"
#include "git/internal.h"

#include <stdlib.h>
#include <string.h>

static bool open_objects(struct repository *copy, const struct repository *repository) {
    /* What another user owns was refused the first time, or is trusted. */
    return git_repository_open(&copy->git, git_repository_path(repository->git)) == 0 &&
           git_repository_odb(&copy->objects, copy->git) == 0 &&
           /* New objects are kept in memory, and this one does not have them. */
           git_odb_num_backends(copy->objects) == git_odb_num_backends(repository->objects);
}

/* One that is in memory only can't be opened twice. */
static struct repository *repository_reopen(const struct repository *repository) {
    if (!repository->start || !git_repository_path(repository->git))
        return NULL;
    struct repository *copy = memory_allocate(1, sizeof *copy);
    git_libgit2_init();
    copy->start = memory_copy_string(repository->start);
    copy->root = repository->root ? memory_copy_string(repository->root) : NULL;
    if (open_objects(copy, repository))
        return copy;
    repository_close(copy);
    return NULL;
}

static int copy_content(struct snapshot *copy, const struct snapshot *snapshot) {
    if (snapshot->tree)
        return git_tree_lookup(&copy->tree, copy->repository->git, git_tree_id(snapshot->tree));
    return index_of_snapshot(&copy->index, snapshot);
}

struct snapshot *snapshot_reopen(const struct snapshot *snapshot) {
    struct snapshot *copy = snapshot_open_empty();
    if (!snapshot->repository)
        return copy;
    memcpy(copy->name, snapshot->name, OBJECT_ID_SIZE);
    copy->repository = repository_reopen(snapshot->repository);
    copy->owns_repository = true;
    copy->original = snapshot_original(snapshot);
    if (copy->repository && copy_content(copy, snapshot) == 0)
        return copy;
    snapshot_close(copy);
    return NULL;
}
