/*
 * A snapshot with files that have other content or another place: its entries as an index, in
 * memory, and the files as blobs, in memory, too. Nothing is written.
 */
#include "base/memory.h"
#include "git/internal.h"

#include <stdlib.h>
#include <string.h>

int index_of_snapshot(git_index **index, const struct snapshot *snapshot) {
    int code = git_index_new(index);
    if (!code && snapshot->tree)
        code = git_index_read_tree(*index, snapshot->tree);
    size_t count = snapshot->index ? git_index_entrycount(snapshot->index) : 0;
    for (size_t i = 0; i < count && !code; i++)
        code = git_index_add(*index, git_index_get_byindex(snapshot->index, i));
    return code;
}

static int failed(struct slice path, struct error *error) {
    return error_set(error, STATUS_UNDECIDED, "cannot put \"%.*s\" over the commit: %s",
                     SLICE_ARGUMENTS(path), git_detail());
}

/* Stays executable; what was a link is a file now. */
static unsigned mode_at(git_index *index, const char *path) {
    const git_index_entry *found = git_index_get_bypath(index, path, 0);
    return found && found->mode == GIT_FILEMODE_BLOB_EXECUTABLE ? GIT_FILEMODE_BLOB_EXECUTABLE
                                                                : GIT_FILEMODE_BLOB;
}

static int filter_apply(git_buf *filtered, git_filter_list *filters, struct slice content) {
#if LIBGIT2_AT_LEAST(2)
    return git_filter_list_apply_to_buffer(filtered, filters, content.data, content.size);
#else
    git_buf given = {.ptr = (char *)content.data, .size = content.size};
    return git_filter_list_apply_to_data(filtered, filters, &given);
#endif
}

/* As `git add` would write it: with the line ends that the attributes of the path ask for. */
static int write_blob(git_oid *id, struct repository *repository, const char *path,
                      struct slice content) {
    git_filter_list *filters = NULL;
    git_buf filtered = {0};
    int code = 0;
    if (repository->root)
        code = git_filter_list_load(&filters, repository->git, NULL, path, GIT_FILTER_TO_ODB,
                                    GIT_FILTER_ALLOW_UNSAFE);
    if (!code && filters) {
        code = filter_apply(&filtered, filters, content);
        content = (struct slice){filtered.ptr, filtered.size};
    }
    if (!code)
        code = git_odb_write(id, repository->objects, content.data ? content.data : "",
                             content.size, GIT_OBJECT_BLOB);
    git_filter_list_free(filters);
    git_buf_dispose(&filtered);
    return code;
}

static int put_file(git_index *index, struct repository *repository, const char *path,
                    struct slice content) {
    git_index_entry entry = {.mode = mode_at(index, path), .path = path};
    int code = repository_keep_in_memory(repository);
    if (!code)
        code = write_blob(&entry.id, repository, path, content);
    return code ? code : git_index_add(index, &entry);
}

int snapshot_open_overlay(struct snapshot **snapshot, struct repository *repository,
                          const struct snapshot *below, struct slice path, struct slice content,
                          struct error *error) {
    struct buffer name = BUFFER_EMPTY;
    git_index *index = NULL;
    *snapshot = NULL;
    if (!path.size || slice_ends_with(path, "/") || snapshot_find(below, path).kind == ENTRY_FOLDER)
        return error_set(error, STATUS_USAGE, "\"%.*s\" is no file but a folder",
                         SLICE_ARGUMENTS(path));
    buffer_append_slice(&name, path);
    int code = index_of_snapshot(&index, below);
    if (!code)
        code = put_file(index, repository, buffer_string(&name), content);
    buffer_release(&name);
    if (code) {
        git_index_free(index);
        return failed(path, error);
    }
    *snapshot = snapshot_open_empty();
    (*snapshot)->repository = repository;
    (*snapshot)->index = index;
    memcpy((*snapshot)->name, "stdin", sizeof "stdin");
    return OK;
}

/* The entry of a file below with its new path and blob; `path` must outlive it. */
static int make_entry(git_index_entry *entry, git_index *index, struct repository *repository,
                      const struct overlay_file *file, const char *path) {
    struct buffer old_path = BUFFER_EMPTY;
    buffer_append_slice(&old_path, file->old_path);
    const git_index_entry *found = git_index_get_bypath(index, buffer_string(&old_path), 0);
    buffer_release(&old_path);
    if (!found)
        return GIT_ENOTFOUND;
    *entry = (git_index_entry){.mode = found->mode, .id = found->id, .path = path};
    return file->content.data ? git_odb_write(&entry->id, repository->objects, file->content.data,
                                              file->content.size, GIT_OBJECT_BLOB)
                              : 0;
}

/* All leave their old places before one takes a new one, so that two may change places. */
static int put_changed(git_index *index, struct repository *repository,
                       const struct overlay_file *files, size_t count, size_t *at) {
    git_index_entry *entries = memory_allocate(count, sizeof *entries);
    char **paths = memory_allocate(count, sizeof *paths);
    int code = repository_keep_in_memory(repository);
    for (*at = 0; !code && *at < count; ++*at) {
        struct buffer path = BUFFER_EMPTY;
        buffer_append_slice(&path, files[*at].path);
        paths[*at] = buffer_detach(&path);
        code = make_entry(&entries[*at], index, repository, &files[*at], paths[*at]);
    }
    for (size_t i = 0; !code && i < count; i++) {
        struct buffer path = BUFFER_EMPTY;
        buffer_append_slice(&path, files[i].old_path);
        code = git_index_remove_bypath(index, buffer_string(&path));
        buffer_release(&path);
    }
    for (*at = code ? *at : 0; !code && *at < count; ++*at)
        code = git_index_add(index, &entries[*at]);
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    free(paths);
    free(entries);
    return code;
}

int snapshot_open_changed(struct snapshot **snapshot, const struct snapshot *below,
                          const struct overlay_file *files, size_t count, struct error *error) {
    git_index *index = NULL;
    size_t at = 0;
    *snapshot = NULL;
    int code = index_of_snapshot(&index, below);
    if (!code)
        code = put_changed(index, below->repository, files, count, &at);
    if (code) {
        git_index_free(index);
        return error_set(error, STATUS_USAGE, "cannot write \"%.*s\": %s",
                         SLICE_ARGUMENTS(files[at ? at - 1 : 0].path), git_detail());
    }
    *snapshot = snapshot_open_empty();
    (*snapshot)->repository = below->repository;
    (*snapshot)->index = index;
    memcpy((*snapshot)->name, below->name, OBJECT_ID_SIZE);
    return OK;
}
