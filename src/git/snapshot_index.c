#include "base/memory.h"
#include "git/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { OUR_STAGE = 2 };

static bool is_regular_file(const char *path) {
    struct stat found;
    if (stat(path, &found) != 0)
        return false;
    if (S_ISREG(found.st_mode))
        return true;
    errno = EISDIR;
    return false;
}

/* Git has no index file before the first `git add`; later it is lost, or was never made. */
static int check_own_index(struct repository *repository, const char *path, struct error *error) {
    if (is_regular_file(path) || git_repository_head_unborn(repository->git) == 1)
        return OK;
    if (git_repository_is_bare(repository->git))
        return error_set(error, STATUS_UNDECIDED,
                         "a bare repository has no index; name two commits: "
                         "--base REV --head REV (fix: with --diff)");
    return error_set(error, STATUS_UNDECIDED,
                     "there is no index at \"%s\"; make one that equals HEAD with: git reset",
                     path);
}

/* libgit2 takes a missing file for an index with nothing in it: everything would look deleted. */
static int locate_index(struct buffer *path, struct repository *repository, struct error *error) {
    const char *given = git_environment("GIT_INDEX_FILE");
    if (!given) {
        buffer_append_format(path, "%sindex", git_repository_path(repository->git));
        return check_own_index(repository, buffer_string(path), error);
    }
    if (*given != '/')
        buffer_append_format(path, "%s/", repository->root ? repository->root : repository->start);
    buffer_append_string(path, given);
    if (is_regular_file(buffer_string(path)))
        return OK;
    return error_set(error, STATUS_UNDECIDED,
                     "cannot read the index \"%s\" that GIT_INDEX_FILE names: %s; outside a hook "
                     "run: unset GIT_INDEX_FILE",
                     buffer_string(path), strerror(errno));
}

static const struct remedy {
    const char *detail; /* part of what libgit2 says */
    const char *cause;
    const char *command;
} remedies[] = {
    {"'sdir'", "it is a sparse index", "git sparse-checkout reapply --no-sparse-index"},
    {"'link'", "it is a split index", "git update-index --no-split-index"},
    {"no longer exists", "it is cut short", /* what libgit2 says of less than a checksum */
     "rm \"$(git rev-parse --git-path index)\" && git reset"},
    {"checksum", "its checksum is wrong or left out",
     "git config index.skipHash false && git update-index --force-write-index"},
};

static int explain_unreadable(const char *path, struct error *error) {
    const char *detail = git_detail();
    for (size_t i = 0; i < COUNT_OF(remedies); i++)
        if (strstr(detail, remedies[i].detail))
            return error_set(error, STATUS_UNDECIDED,
                             "libgit2 can't read the index \"%s\": %s; run: %s", path,
                             remedies[i].cause, remedies[i].command);
    return error_set(error, STATUS_UNDECIDED,
                     "libgit2 can't read the index \"%s\": %s; see what this says: git status",
                     path, detail);
}

static bool is_intent_to_add(const git_index_entry *entry) {
    return entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD;
}

static bool is_settled(git_index *index) {
    for (size_t i = 0, count = git_index_entrycount(index); i < count; i++) {
        const git_index_entry *entry = git_index_get_byindex(index, i);
        if (is_intent_to_add(entry) || git_index_entry_stage(entry))
            return false;
    }
    return true;
}

/*
 * Puts a copy in memory in the place of an index with conflicts or intent-to-add entries, so that
 * neither look-ups nor the comparison need to know about them.
 */
static int settle(git_index **index) {
    git_index *settled = NULL;
    if (is_settled(*index))
        return 0;
    int code = git_index_new(&settled);
    for (size_t i = 0, count = git_index_entrycount(*index); i < count && !code; i++) {
        const git_index_entry *entry = git_index_get_byindex(*index, i);
        int stage = git_index_entry_stage(entry);
        if (is_intent_to_add(entry) || (stage && stage != OUR_STAGE))
            continue;
        git_index_entry copy = *entry;
        GIT_INDEX_ENTRY_STAGE_SET(&copy, 0);
        code = git_index_add(settled, &copy);
    }
    git_index_free(*index);
    *index = settled;
    return code;
}

int snapshot_open_index(struct snapshot **snapshot, struct repository *repository,
                        struct error *error) {
    struct buffer path = BUFFER_EMPTY;
    git_index *index = NULL;
    *snapshot = NULL;
    int status = locate_index(&path, repository, error);
    if (status == OK && (git_index_open(&index, buffer_string(&path)) || settle(&index)))
        status = explain_unreadable(buffer_string(&path), error);
    buffer_release(&path);
    if (status) {
        git_index_free(index);
        return status;
    }
    *snapshot = snapshot_open_empty();
    (*snapshot)->repository = repository;
    (*snapshot)->index = index;
    memcpy((*snapshot)->name, "index", sizeof "index");
    return OK;
}

/* The first entry below `folder`; false when there is none. */
static bool find_first_below(const struct snapshot *snapshot, const char *folder, size_t *at) {
    struct buffer prefix = BUFFER_EMPTY;
    buffer_append_format(&prefix, "%s/", folder);
    bool found = git_index_find_prefix(at, snapshot->index, buffer_string(&prefix)) == 0;
    buffer_release(&prefix);
    return found;
}

struct entry index_find(const struct snapshot *snapshot, const char *path) {
    const git_index_entry *found = git_index_get_bypath(snapshot->index, path, 0);
    size_t at;
    if (found)
        return entry_of(found->mode, &found->id);
    return (struct entry){.kind =
                              find_first_below(snapshot, path, &at) ? ENTRY_FOLDER : ENTRY_NONE};
}

int index_walk(const struct snapshot *snapshot, const char *folder, snapshot_visitor *visitor,
               void *context, struct error *error) {
    size_t at = 0, size = strlen(folder);
    (void)error;
    if (size && !find_first_below(snapshot, folder, &at))
        return OK;
    for (size_t count = git_index_entrycount(snapshot->index); at < count; at++) {
        const git_index_entry *found = git_index_get_byindex(snapshot->index, at);
        struct entry entry = entry_of(found->mode, &found->id);
        if (size && (strncmp(found->path, folder, size) != 0 || found->path[size] != '/'))
            break;
        if (!visitor(slice_of(found->path), &entry, context))
            break;
    }
    return OK;
}

/* Where two spellings of `path` differ first, is it `later` that has this part exactly? */
static bool is_closer(struct slice path, struct slice earlier, struct slice later) {
    size_t start = 0, end = 0;
    for (size_t i = 0; i < path.size && earlier.data[i] == later.data[i]; i++)
        if (path.data[i] == '/')
            start = i + 1;
    for (end = start; end < path.size && path.data[end] != '/';)
        end++;
    return slice_equal(slice_part(path, start, end), slice_part(later, start, end));
}

/*
 * The index is one flat list: an entry matches as a whole, or its first folders do. Of several
 * spellings it takes the same one as tree_find_ignoring_case().
 */
bool index_find_ignoring_case(const struct snapshot *snapshot, struct slice path,
                              struct buffer *spelling) {
    struct slice best = {0};
    for (size_t i = 0, count = git_index_entrycount(snapshot->index); i < count; i++) {
        struct slice whole = slice_of(git_index_get_byindex(snapshot->index, i)->path);
        struct slice part = slice_part(whole, 0, path.size);
        bool ends_here =
            whole.size == path.size || (whole.size > path.size && whole.data[path.size] == '/');
        if (!ends_here || !slice_equal_ignoring_case(part, path))
            continue;
        if (!best.size || is_closer(path, best, part))
            best = part;
    }
    buffer_append_slice(spelling, best);
    return best.size > 0;
}
