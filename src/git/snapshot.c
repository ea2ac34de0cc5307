#include "base/memory.h"
#include "git/internal.h"

#include <stdlib.h>
#include <string.h>

struct snapshot *snapshot_open_empty(void) {
    return memory_allocate(1, sizeof(struct snapshot));
}

void snapshot_close(struct snapshot *snapshot) {
    if (!snapshot)
        return;
    git_tree_free(snapshot->tree);
    git_index_free(snapshot->index);
    if (snapshot->owns_repository)
        repository_close(snapshot->repository);
    free(snapshot);
}

const struct snapshot *snapshot_original(const struct snapshot *snapshot) {
    return snapshot->original ? snapshot->original : snapshot;
}

const char *snapshot_name(const struct snapshot *snapshot) {
    return *snapshot->name ? snapshot->name : NULL;
}

enum entry_kind entry_kind_of(unsigned mode) {
    switch (mode) {
    case 0:
        return ENTRY_NONE;
    case GIT_FILEMODE_TREE:
        return ENTRY_FOLDER;
    case GIT_FILEMODE_LINK:
        return ENTRY_SYMLINK;
    case GIT_FILEMODE_COMMIT:
        return ENTRY_SUBMODULE;
    default:
        return ENTRY_FILE;
    }
}

struct entry entry_of(unsigned mode, const git_oid *id) {
    struct entry entry = {.kind = entry_kind_of(mode)};
    if (entry.kind == ENTRY_FILE || entry.kind == ENTRY_SYMLINK)
        git_oid_tostr(entry.blob_id, OBJECT_ID_SIZE, id);
    return entry;
}

/* For libgit2, without a slash at the end; NULL when no entry can have that name. */
static char *path_string(struct slice path) {
    if (path.size && memchr(path.data, '\0', path.size))
        return NULL;
    if (slice_ends_with(path, "/"))
        path.size--;
    struct buffer string = BUFFER_EMPTY;
    buffer_append_slice(&string, path);
    return buffer_detach(&string);
}

struct entry snapshot_find(const struct snapshot *snapshot, struct slice path) {
    struct entry entry = {.kind = path.size ? ENTRY_NONE : ENTRY_FOLDER};
    char *string = path_string(path);
    if (string && *string && snapshot->index)
        entry = index_find(snapshot, string);
    else if (string && *string && snapshot->tree)
        entry = tree_find(snapshot, string);
    free(string);
    if (slice_ends_with(path, "/") && entry.kind != ENTRY_FOLDER)
        return (struct entry){.kind = ENTRY_NONE};
    return entry;
}

int snapshot_walk(const struct snapshot *snapshot, struct slice folder, snapshot_visitor *visitor,
                  void *context, struct error *error) {
    int status = OK;
    char *string = path_string(folder);
    if (string && snapshot->index)
        status = index_walk(snapshot, string, visitor, context, error);
    else if (string && snapshot->tree)
        status = tree_walk(snapshot, string, visitor, context, error);
    free(string);
    return status;
}

bool snapshot_find_ignoring_case(const struct snapshot *snapshot, struct slice path,
                                 struct buffer *spelling) {
    if (snapshot->index)
        return index_find_ignoring_case(snapshot, path, spelling);
    return snapshot->tree && tree_find_ignoring_case(snapshot, path, spelling);
}

static int absent(const git_oid *id, struct error *error) {
    return error_set(error, STATUS_UNDECIDED,
                     "blob %s is not in this clone (%s); get it with: git fetch --refetch "
                     "--no-filter",
                     git_oid_tostr_s(id), git_detail());
}

int blob_size(struct repository *repository, const git_oid *id, size_t *size, struct error *error) {
    git_object_t type;
    if (git_odb_read_header(size, &type, repository->objects, id))
        return absent(id, error);
    return OK;
}

int blob_read(git_odb_object **blob, struct repository *repository, const git_oid *id,
              struct error *error) {
    if (git_odb_read(blob, repository->objects, id))
        return absent(id, error);
    return OK;
}

struct slice blob_content(git_odb_object *blob) {
    return (struct slice){git_odb_object_data(blob), git_odb_object_size(blob)};
}

int snapshot_read_blob(const struct snapshot *snapshot, const char *blob_id, size_t limit,
                       struct buffer *content, struct error *error) {
    git_oid id;
    git_odb_object *blob = NULL;
    size_t size = 0;
    git_oid_fromstr(&id, blob_id);
    int status = blob_size(snapshot->repository, &id, &size, error);
    if (status == OK && size > limit)
        status = error_set(error, STATUS_TOO_LARGE, "has %zu bytes, more than the limit of %zu",
                           size, limit);
    if (status == OK)
        status = blob_read(&blob, snapshot->repository, &id, error);
    if (status == OK)
        buffer_append_slice(content, blob_content(blob));
    git_odb_object_free(blob);
    return status;
}

int snapshot_read(const struct snapshot *snapshot, struct slice path, size_t limit,
                  struct buffer *content, struct error *error) {
    struct entry entry = snapshot_find(snapshot, path);
    if (entry.kind != ENTRY_FILE)
        return STATUS_NOT_FOUND;
    return snapshot_read_blob(snapshot, entry.blob_id, limit, content, error);
}
