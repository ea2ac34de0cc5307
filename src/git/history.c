#include "git/history.h"

#include "base/memory.h"
#include "git/commit_walk.h"
#include "git/content_id.h"

#include <stdlib.h>
#include <string.h>

/* What a path of older commits is called at the head; the newest alias of a path counts. */
struct alias {
    struct slice path;
    struct slice name; /* empty: before its rename the name was another file's */
    size_t depth;      /* how many aliases there are, with this one */
    const struct alias *next;
};

struct record {
    struct slice path;
    size_t age; /* position in the walk: larger is older */
    struct touch touch;
};

struct history {
    struct record *records;
    size_t record_count, capacity;
    struct file_history *files; /* as in `paths`, which is sorted */
    struct slice *paths;
    size_t file_count;
    struct file_history unknown; /* of a path without a touch in a history that is cut */
    struct arena arena;
};

struct reading {
    struct history *history;
    struct repository *repository;
    bool (*wanted)(struct slice path, void *context);
    void *context;
    bool cut;
};

/* The name at the head of what stands at `path`; empty: nobody asks. */
static struct slice name_at_head(const struct reading *reading, const struct alias *aliases,
                                 struct slice path) {
    for (; aliases; aliases = aliases->next)
        if (slice_equal(aliases->path, path))
            return aliases->name;
    return reading->wanted(path, reading->context) ? path : (struct slice){0};
}

static const struct alias *add_alias(const struct alias *aliases, struct slice path,
                                     struct slice name, struct arena *arena) {
    struct alias *alias = arena_allocate(arena, 1, sizeof *alias);
    alias->path = arena_copy(arena, path);
    alias->name = name.size ? arena_copy(arena, name) : name;
    alias->depth = aliases ? aliases->depth + 1 : 1;
    alias->next = aliases;
    return alias;
}

/* A commit with several children may be told different things; who knows more renames is right. */
static void tell_parent(struct walk_commit *parent, const struct alias *aliases) {
    const struct alias *known = parent->memo;
    if (aliases && (!known || known->depth < aliases->depth))
        parent->memo = aliases;
}

/* The co-authors that the trailers of the message name. */
static void read_co_authors(struct touch *touch, const git_commit *commit, struct arena *arena) {
    git_message_trailer_array trailers = {0};
    if (git_message_trailers(&trailers, git_commit_message_raw(commit)))
        return;
    touch->co_authors = arena_allocate(arena, trailers.count, sizeof *touch->co_authors);
    for (size_t i = 0; i < trailers.count; i++) {
        struct slice value = slice_trim(slice_of(trailers.trailers[i].value));
        if (value.size && slice_equal_ignoring_case(slice_of(trailers.trailers[i].key),
                                                    slice_of("co-authored-by")))
            touch->co_authors[touch->co_author_count++] = arena_copy(arena, value);
    }
    git_message_trailer_array_free(&trailers);
}

static void describe(struct touch *touch, const git_commit *commit, struct arena *arena) {
    const git_signature *author = git_commit_author(commit);
    git_oid_tostr(touch->commit, OBJECT_ID_SIZE, git_commit_id(commit));
    if (author) {
        touch->author = arena_copy(arena, slice_of(author->name));
        touch->mail = arena_copy(arena, slice_of(author->email));
        touch->when = author->when.time;
        touch->offset = author->when.offset;
    }
    const char *message = git_commit_message(commit);
    if (message)
        touch->subject = arena_copy(arena, (struct slice){message, strcspn(message, "\r\n")});
    read_co_authors(touch, commit, arena);
}

/* What a commit deletes, by content and path: where a new file may have come from. */
struct sources {
    const git_diff_delta **items;
    size_t count;
};

static int compare_sources(const void *left, const void *right) {
    const git_diff_delta *one = *(const git_diff_delta *const *)left;
    const git_diff_delta *other = *(const git_diff_delta *const *)right;
    int order = git_oid_cmp(&one->old_file.id, &other->old_file.id);
    return order ? order : strcmp(one->old_file.path, other->old_file.path);
}

static struct sources find_sources(git_diff *diff) {
    struct sources sources = {0};
    size_t count = git_diff_num_deltas(diff);
    if (!git_diff_num_deltas_of_type(diff, GIT_DELTA_ADDED) ||
        !git_diff_num_deltas_of_type(diff, GIT_DELTA_DELETED))
        return sources;
    sources.items = memory_allocate(count, sizeof(const git_diff_delta *));
    for (size_t i = 0; i < count; i++)
        if (git_diff_get_delta(diff, i)->status == GIT_DELTA_DELETED)
            sources.items[sources.count++] = git_diff_get_delta(diff, i);
    qsort(sources.items, sources.count, sizeof(const git_diff_delta *), compare_sources);
    return sources;
}

static bool is_empty_blob(const git_oid *id) {
    char hexadecimal[OBJECT_ID_SIZE];
    return content_is_empty(git_oid_tostr(hexadecimal, sizeof hexadecimal, id));
}

/* Of several files with the content of `added`, the one that was called alike, else the first. */
static const git_diff_file *find_source(const struct sources *sources,
                                        const git_diff_delta *added) {
    const git_oid *id = &added->new_file.id;
    struct slice name = slice_file_name(slice_of(added->new_file.path));
    const git_diff_file *first = NULL;
    size_t low = 0, high = sources->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (git_oid_cmp(&sources->items[middle]->old_file.id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (is_empty_blob(id))
        return NULL;
    for (; low < sources->count && git_oid_equal(&sources->items[low]->old_file.id, id); low++) {
        const git_diff_file *file = &sources->items[low]->old_file;
        if (slice_equal(slice_file_name(slice_of(file->path)), name))
            return file;
        if (!first)
            first = file;
    }
    return first;
}

/* One commit beside one parent. */
struct comparison {
    struct reading *reading;
    const struct alias *newer, *older; /* names as of the commit, and as of the parent */
    struct touch touch;                /* what all touched paths share */
    bool described;
};

static void add_touch(struct comparison *comparison, struct slice path, size_t age,
                      const git_commit *commit, const git_diff_delta *delta) {
    struct history *history = comparison->reading->history;
    if (!comparison->described)
        describe(&comparison->touch, commit, &history->arena);
    comparison->described = true;
    struct record record = {arena_copy(&history->arena, path), age, comparison->touch};
    if (delta->status != GIT_DELTA_DELETED)
        git_oid_tostr(record.touch.blob, OBJECT_ID_SIZE, &delta->new_file.id);
    ARRAY_PUSH(history->records, history->record_count, history->capacity) = record;
}

/*
 * A file that is written anew under another name shares no content with the old one; but a commit
 * that removes exactly one file of those asked for and adds exactly one has renamed it.
 */
static const git_diff_file *find_replaced(const struct comparison *comparison, git_diff *diff) {
    const struct reading *reading = comparison->reading;
    const git_diff_file *found = NULL;
    size_t added = 0, deleted = 0;
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
        const git_diff_delta *delta = git_diff_get_delta(diff, i);
        if (delta->status == GIT_DELTA_ADDED) {
            added +=
                name_at_head(reading, comparison->newer, slice_of(delta->new_file.path)).size != 0;
        } else if (delta->status == GIT_DELTA_DELETED &&
                   reading->wanted(slice_of(delta->old_file.path), reading->context)) {
            found = &delta->old_file;
            deleted++;
        }
    }
    return added == 1 && deleted == 1 && !is_empty_blob(&found->id) ? found : NULL;
}

static void follow(struct comparison *comparison, const git_diff_file *source,
                   const git_diff_delta *added, struct slice name) {
    struct arena *arena = &comparison->reading->history->arena;
    struct slice path = slice_of(added->new_file.path);
    comparison->older = add_alias(comparison->older, path, (struct slice){0}, arena);
    comparison->older = add_alias(comparison->older, slice_of(source->path), name, arena);
}

/* `commit` is NULL for merges: then only names are followed. */
static void look_at(struct comparison *comparison, git_diff *diff, size_t age,
                    const git_commit *commit) {
    struct sources sources = find_sources(diff);
    const git_diff_file *replaced = sources.count ? find_replaced(comparison, diff) : NULL;
    size_t count = commit || sources.count ? git_diff_num_deltas(diff) : 0;
    for (size_t i = 0; i < count; i++) {
        const git_diff_delta *delta = git_diff_get_delta(diff, i);
        bool deleted = delta->status == GIT_DELTA_DELETED;
        struct slice path = slice_of(deleted ? delta->old_file.path : delta->new_file.path);
        struct slice name = name_at_head(comparison->reading, comparison->newer, path);
        if (name.size && commit)
            add_touch(comparison, name, age, commit, delta);
        if (name.size && sources.count && delta->status == GIT_DELTA_ADDED) {
            const git_diff_file *source = find_source(&sources, delta);
            source = source ? source : replaced;
            if (source)
                follow(comparison, source, delta, name);
        }
    }
    free(sources.items);
}

/* NULL as the parent: the commit has none, everything is new. */
static bool open_diff(git_diff **diff, const struct reading *reading, const git_commit *parent,
                      const git_commit *commit) {
    git_tree *old = NULL, *new = NULL;
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
    bool ok = git_commit_tree(&new, commit) == 0;
    if (ok && parent)
        ok = git_commit_tree(&old, parent) == 0;
    if (ok)
        ok = git_diff_tree_to_tree(diff, reading->repository->git, old, new, &options) == 0;
    git_tree_free(new);
    git_tree_free(old);
    return ok;
}

static void compare(struct reading *reading, struct walk_commit *commit, struct walk_commit *parent,
                    size_t age) {
    git_diff *diff = NULL;
    struct comparison comparison = {
        .reading = reading, .newer = commit->memo, .older = commit->memo};
    if (parent && !parent->commit)
        reading->cut = true;
    else if (!open_diff(&diff, reading, parent ? parent->commit : NULL, commit->commit))
        reading->cut = true;
    else
        look_at(&comparison, diff, age, commit->parent_count > 1 ? NULL : commit->commit);
    git_diff_free(diff);
    if (parent)
        tell_parent(parent, comparison.older);
}

static int compare_records(const void *left, const void *right) {
    const struct record *one = left, *other = right;
    int order = slice_compare(one->path, other->path);
    return order ? order : (one->age < other->age) - (one->age > other->age);
}

static void group_by_path(struct history *history, bool cut) {
    size_t count = history->record_count;
    struct touch *touches = arena_allocate(&history->arena, count, sizeof *touches);
    history->files = arena_allocate(&history->arena, count, sizeof *history->files);
    history->paths = arena_allocate(&history->arena, count, sizeof *history->paths);
    if (count)
        qsort(history->records, count, sizeof *history->records, compare_records);
    for (size_t i = 0; i < count; i++) {
        struct slice path = history->records[i].path;
        touches[i] = history->records[i].touch;
        if (!i || !slice_equal(path, history->records[i - 1].path)) {
            history->paths[history->file_count] = path;
            history->files[history->file_count++] = (struct file_history){&touches[i], 0, cut};
        }
        history->files[history->file_count - 1].count++;
    }
    history->unknown.cut = cut;
    free(history->records);
    history->records = NULL;
}

int history_read(struct history **out, struct repository *repository, const char *head,
                 const char *base, bool (*wanted)(struct slice path, void *context), void *context,
                 struct error *error) {
    struct history *history = memory_allocate(1, sizeof *history);
    struct reading reading = {history, repository, wanted, context, false};
    struct commit_walk walk = {0};
    int status = head ? commit_walk_open(&walk, repository, head, base, error) : OK;
    reading.cut = walk.cut;
    for (size_t i = 0; i < walk.count; i++) {
        struct walk_commit *commit = walk.commits[i];
        if (!commit->parent_count && !commit->cut)
            compare(&reading, commit, NULL, i);
        for (size_t k = 0; k < commit->parent_count; k++)
            compare(&reading, commit, commit->parents[k], i);
    }
    group_by_path(history, reading.cut);
    commit_walk_release(&walk);
    *out = status == OK ? history : NULL;
    if (status != OK)
        history_free(history);
    return status;
}

void history_free(struct history *history) {
    if (!history)
        return;
    free(history->records);
    arena_release(&history->arena);
    free(history);
}

static int compare_paths(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

const struct file_history *history_find(const struct history *history, struct slice path) {
    const struct slice *found =
        history->file_count
            ? bsearch(&path, history->paths, history->file_count, sizeof path, compare_paths)
            : NULL;
    if (found)
        return &history->files[found - history->paths];
    return history->unknown.cut ? &history->unknown : NULL;
}

bool history_next(const struct history *history, size_t *at, struct slice *path,
                  const struct file_history **file) {
    if (*at >= history->file_count)
        return false;
    *path = history->paths[*at];
    *file = &history->files[(*at)++];
    return true;
}
