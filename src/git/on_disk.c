#include "git/on_disk.h"

#include "base/memory.h"
#include "git/internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool leaves_root(struct slice path) {
    for (size_t at = 0; at <= path.size;) {
        size_t slash = slice_find(path, "/", at);
        struct slice part = slice_part(path, at, slash);
        if (!part.size || slice_equal_string(part, ".") || slice_equal_string(part, ".."))
            return true;
        if (slash == SLICE_NOT_FOUND)
            break;
        at = slash + 1;
    }
    return !path.size || memchr(path.data, '\0', path.size);
}

/* The path on disk, or NULL when no regular file is there. Release with free(). */
static char *find_file(const struct repository *repository, struct slice path) {
    struct buffer full = BUFFER_EMPTY;
    struct stat found;
    if (!repository->root || leaves_root(path))
        return NULL;
    buffer_append_format(&full, "%s/", repository->root);
    buffer_append_slice(&full, path);
    if (lstat(buffer_string(&full), &found) == 0 && S_ISREG(found.st_mode))
        return buffer_detach(&full);
    buffer_release(&full);
    return NULL;
}

enum disk_state disk_look(struct repository *repository, struct slice path) {
    char *file = find_file(repository, path);
    int ignored = 0;
    if (!file)
        return DISK_NOTHING;
    git_ignore_path_is_ignored(&ignored, repository->git, file + strlen(repository->root) + 1);
    free(file);
    return ignored ? DISK_IGNORED : DISK_UNTRACKED;
}

struct visit {
    disk_visitor *visitor;
    void *context;
};

static int visit_status(const char *path, unsigned int flags, void *payload) {
    const struct visit *visit = payload;
    /* A repository inside this one comes as a folder. */
    if (!(flags & GIT_STATUS_WT_NEW) || slice_ends_with(slice_of(path), "/"))
        return 0;
    return visit->visitor(slice_of(path), visit->context) ? 0 : GIT_EUSER;
}

void disk_visit_untracked(struct repository *repository, disk_visitor *visitor, void *context) {
    struct visit visit = {visitor, context};
    git_status_options options;
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.show = GIT_STATUS_SHOW_WORKDIR_ONLY;
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
                    GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
    if (repository->root)
        git_status_foreach_ext(repository->git, &options, visit_status, &visit);
}

bool disk_differs(struct repository *repository, struct slice path, const struct entry *staged) {
    char *file = find_file(repository, path);
    char id[OBJECT_ID_SIZE] = "";
    git_oid found;
    if (file && git_repository_hashfile(&found, repository->git, file, GIT_OBJECT_BLOB,
                                        file + strlen(repository->root) + 1) == 0)
        git_oid_tostr(id, OBJECT_ID_SIZE, &found);
    free(file);
    return *id && strcmp(id, staged->blob_id) != 0;
}
