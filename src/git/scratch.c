#include "git/scratch.h"

#include "base/memory.h"
#include "git/internal.h"

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

static int failed(struct error *error, const char *what) {
    return error_set(error, STATUS_UNDECIDED, "cannot %s in memory: %s", what, git_detail());
}

int scratch_open(struct repository **repository, struct error *error) {
    int status = library_start(error);
    *repository = NULL;
    if (status != OK)
        return status;
    struct repository *made = memory_allocate(1, sizeof *made);
    git_odb_backend *backend = NULL;
    *repository = made;
    /* The object database owns the backend once it is added. */
    if (git_odb_new(&made->objects) < 0 || git_mempack_new(&backend) < 0 ||
        git_odb_add_backend(made->objects, backend, 1) < 0 ||
        git_repository_wrap_odb(&made->git, made->objects) < 0) {
        repository_close(made);
        *repository = NULL;
        return failed(error, "make a repository");
    }
    return OK;
}

static int add_file(git_index *index, struct repository *repository,
                    const struct scratch_file *file) {
    git_index_entry entry = {.mode = GIT_FILEMODE_BLOB};
    struct buffer path = BUFFER_EMPTY;
    buffer_append_slice(&path, file->path);
    entry.path = buffer_string(&path);
    int status =
        git_odb_write(&entry.id, repository->objects, file->content.data ? file->content.data : "",
                      file->content.size, GIT_OBJECT_BLOB);
    if (status == 0)
        status = git_index_add(index, &entry);
    buffer_release(&path);
    return status;
}

int scratch_snapshot(struct snapshot **snapshot, struct repository *repository,
                     const struct scratch_file *files, size_t count, struct error *error) {
    git_index *index = NULL;
    git_oid tree_id;
    struct snapshot *made = memory_allocate(1, sizeof *made);
    int status = git_index_new(&index);
    made->repository = repository;
    for (size_t i = 0; status == 0 && i < count; i++)
        status = add_file(index, repository, &files[i]);
    if (status == 0)
        status = git_index_write_tree_to(&tree_id, index, repository->git);
    if (status == 0)
        status = git_tree_lookup(&made->tree, repository->git, &tree_id);
    git_index_free(index);
    if (status < 0) {
        snapshot_close(made);
        return failed(error, "write a tree");
    }
    *snapshot = made;
    return OK;
}

static int find_parent(git_commit **parent, struct repository *repository, const char *id) {
    git_oid oid;
    return git_oid_fromstr(&oid, id) < 0 ? -1 : git_commit_lookup(parent, repository->git, &oid);
}

int scratch_commit(char commit_id[OBJECT_ID_SIZE], struct repository *repository,
                   const struct scratch_commit *commit, struct error *error) {
    git_signature *author = NULL;
    git_commit *parent = NULL;
    git_oid id;
    int status =
        git_signature_new(&author, "A. Scribe", "scribe@example.org", commit->when, commit->offset);
    if (status == 0 && commit->parent)
        status = find_parent(&parent, repository, commit->parent);
    const git_commit *parents[] = {parent};
    if (status == 0)
        status = git_commit_create(&id, repository->git, NULL, author, author, NULL, "A note\n",
                                   commit->side->tree, parent ? 1 : 0, parents);
    git_commit_free(parent);
    git_signature_free(author);
    if (status < 0)
        return failed(error, "write a commit");
    git_oid_tostr(commit_id, OBJECT_ID_SIZE, &id);
    return OK;
}
