#include "git/change_set.h"

#include "base/memory.h"
#include "git/line_changes.h"

#include <stdlib.h>
#include <sys/types.h>

/* Above this many sources libgit2 stops trying; it bounds a quadratic search. */
enum { RENAME_LIMIT = 1000 };

static int open_diff(git_diff **diff, struct repository *repository, const struct snapshot *base,
                     const struct snapshot *head, struct error *error) {
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
    if (base->index)
        return error_set(error, STATUS_USAGE, "the index can only be the later side");
    int code =
        head->index
            ? git_diff_tree_to_index(diff, repository->git, base->tree, head->index, &options)
            : git_diff_tree_to_tree(diff, repository->git, base->tree, head->tree, &options);
    if (code)
        return error_set(error, STATUS_UNDECIDED,
                         "cannot compare the files (%s); get what this clone lacks with: git fetch "
                         "--refetch --no-filter",
                         git_detail());
    return OK;
}

/* False when the search failed, as it does when the blobs of a partial clone are absent. */
static bool find_renames(git_diff *diff) {
    git_diff_find_options options;
    git_diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);
    options.flags = GIT_DIFF_FIND_RENAMES;
    options.rename_limit = RENAME_LIMIT;
    if (!git_diff_num_deltas_of_type(diff, GIT_DELTA_ADDED) ||
        !git_diff_num_deltas_of_type(diff, GIT_DELTA_DELETED))
        return true;
    return git_diff_find_similar(diff, &options) == 0;
}

static enum change_kind kind_of(git_delta_t status) {
    switch (status) {
    case GIT_DELTA_ADDED:
        return CHANGE_ADDED;
    case GIT_DELTA_DELETED:
        return CHANGE_DELETED;
    case GIT_DELTA_RENAMED:
        return CHANGE_RENAMED;
    default:
        return CHANGE_MODIFIED;
    }
}

static void describe(struct change *change, const git_diff_delta *delta, struct arena *arena) {
    change->kind = kind_of(delta->status);
    if (change->kind != CHANGE_ADDED)
        change->old_path = arena_copy(arena, slice_of(delta->old_file.path));
    change->path = change->old_path;
    change->entry = entry_kind_of(delta->old_file.mode);
    if (change->kind == CHANGE_DELETED)
        return;
    if (change->kind == CHANGE_ADDED || change->kind == CHANGE_RENAMED)
        change->path = arena_copy(arena, slice_of(delta->new_file.path));
    change->entry = entry_kind_of(delta->new_file.mode);
    change->head_mode = delta->new_file.mode;
    git_oid_tostr(change->head_id, OBJECT_ID_SIZE, &delta->new_file.id);
}

static int find_lines(struct change *change, struct repository *repository,
                      const git_diff_delta *delta, struct arena *arena, struct error *error) {
    const git_oid *old_id = &delta->old_file.id, *new_id = &delta->new_file.id;
    if (change->kind == CHANGE_DELETED || change->entry != ENTRY_FILE)
        return OK;
    if (change->kind == CHANGE_ADDED || entry_kind_of(delta->old_file.mode) != ENTRY_FILE)
        old_id = NULL;
    if (old_id && git_oid_equal(old_id, new_id))
        return OK;
    return line_changes_find(change, repository, old_id, new_id, arena, error);
}

/* One file that can't be read leaves all others to be compared. */
static void compare_lines(struct change *change, struct repository *repository,
                          const git_diff_delta *delta, struct arena *arena) {
    struct error error = ERROR_NONE;
    if (find_lines(change, repository, delta, arena, &error))
        change->undecided = arena_copy(arena, slice_of(error_message(&error)));
    error_release(&error);
}

static int compare_paths(const void *left, const void *right) {
    return slice_compare(((const struct change *)left)->path, ((const struct change *)right)->path);
}

/*
 * By default libgit2 keeps no blob. Those of a change are read for renames, for lines, by some
 * rules and for their documents; a whole tree, read once, would only fill the memory.
 */
static void keep_blobs(void) {
    static const size_t largest = 256 * 1024;
    static const ssize_t all = 32 * 1024 * 1024;
    git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_BLOB, largest);
    git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, all);
}

int change_set_compute(struct change_set **changes, struct repository *repository,
                       const struct snapshot *base, const struct snapshot *head,
                       struct error *error) {
    git_diff *diff = NULL;
    struct change_set *set = memory_allocate(1, sizeof *set);
    set->arena = memory_allocate(1, sizeof *set->arena);
    *changes = NULL;
    keep_blobs();
    int status = open_diff(&diff, repository, base, head, error);
    if (status)
        goto done;
    set->renames_known = find_renames(diff);
    size_t count = git_diff_num_deltas(diff);
    set->changes = arena_allocate(set->arena, count, sizeof *set->changes);
    for (; set->count < count; set->count++) {
        const git_diff_delta *delta = git_diff_get_delta(diff, set->count);
        struct change *change = &set->changes[set->count];
        describe(change, delta, set->arena);
        compare_lines(change, repository, delta, set->arena);
    }
    if (set->count)
        qsort(set->changes, set->count, sizeof *set->changes, compare_paths);
done:
    git_diff_free(diff);
    if (status)
        change_set_free(set);
    else
        *changes = set;
    return status;
}

void change_set_free(struct change_set *changes) {
    if (!changes)
        return;
    arena_release(changes->arena);
    free(changes->arena);
    free(changes);
}

const struct change *change_set_find(const struct change_set *changes, struct slice path) {
    struct change wanted = {.path = path};
    if (!changes->count)
        return NULL;
    return bsearch(&wanted, changes->changes, changes->count, sizeof wanted, compare_paths);
}

bool change_adds_line(const struct change *change, size_t line) {
    size_t low = 0, high = change->added_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (change->added[middle].last < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < change->added_count && change->added[low].first <= line;
}
