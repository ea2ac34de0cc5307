/*
 * A commit with one file that has other content: the commit's tree as an index, in memory, and the
 * file as a blob, in memory, too. Nothing is written.
 */
#include "git/internal.h"

#include <string.h>

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
    int code = git_index_new(&index);
    if (!code && below->tree)
        code = git_index_read_tree(index, below->tree);
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
