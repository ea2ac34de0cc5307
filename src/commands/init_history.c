#include "commands/init_history.h"

#include "base/memory.h"
#include "course/note_name.h"
#include "document/document.h"
#include "git/change_set.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Enough to see what scribes touch; history further back is another year's. */
enum { MOST_CHANGES = 40, MOST_COMMITS = 2000, MOST_NOTES_OF_ONE = 3 };

/* A glob with the number of changes that touch it. */
struct touched {
    struct buffer glob;
    size_t count, last;
};

struct search {
    struct merged_changes *found;
    struct repository *repository;
    const struct config *config;
    struct touched *touched;
    size_t touched_count, touched_capacity;
    size_t marked; /* changes that were pull requests for certain */
    int status;
    struct error *error;
};

/* --- By the message
 * -------------------------------------------------------------------------------- */

/* `git pull` merges the others' work into one's own: the wrong way round for a pull request. */
static bool is_pull(struct slice subject) {
    if (slice_starts_with(subject, "Merge remote-tracking branch"))
        return true;
    return slice_starts_with(subject, "Merge branch ") &&
           (slice_find(subject, "' of ", 0) != SLICE_NOT_FOUND ||
            slice_equal_string(subject, "Merge branch 'main'") ||
            slice_equal_string(subject, "Merge branch 'master'"));
}

/* "Title (#12)", as GitHub names squash commits. */
static bool is_squash(struct slice subject) {
    subject = slice_trim(subject);
    if (!slice_ends_with(subject, ")"))
        return false;
    size_t at = subject.size - 1;
    while (at && isdigit((unsigned char)subject.data[at - 1]))
        at--;
    return at >= 2 && at < subject.size - 1 && subject.data[at - 1] == '#' &&
           subject.data[at - 2] == '(';
}

/* --- By the files
 * ---------------------------------------------------------------------------------- */

static bool is_note(const struct config *config, struct slice path) {
    const struct note_kind *kind = config_note_kind(config, path);
    return kind && !(kind->template_pattern && pattern_matches(kind->template_pattern, path));
}

static bool is_asset_of(const struct config *config, struct slice note, struct slice path) {
    const struct note_kind *kind = config_note_kind(config, note);
    struct note_name name = note_name_read(note);
    bool found = false;
    for (size_t i = 0; kind && i < kind->assets.count && !found; i++) {
        struct buffer glob = BUFFER_EMPTY;
        struct pattern *pattern = NULL;
        struct error error = ERROR_NONE;
        note_name_expand(&glob, kind->assets.items[i], &name);
        found = pattern_compile_glob(&pattern, buffer_slice(&glob), &error) == OK &&
                pattern_matches(pattern, path);
        pattern_free(pattern);
        error_release(&error);
        buffer_release(&glob);
    }
    return found;
}

static bool is_asset(const struct search *search, const struct change_set *changes,
                     struct slice path) {
    for (size_t i = 0; i < changes->count; i++)
        if (is_note(search->config, changes->changes[i].path) &&
            is_asset_of(search->config, changes->changes[i].path, path))
            return true;
    return false;
}

struct counts {
    size_t notes, added, others; /* notes touched, of them new; files that are neither */
};

static struct counts count_changes(const struct search *search, const struct change_set *changes) {
    struct counts counts = {0};
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        if (is_note(search->config, change->path) && change->kind != CHANGE_DELETED) {
            counts.notes++;
            counts.added += change->kind == CHANGE_ADDED;
        } else if (!is_asset(search, changes, change->path)) {
            counts.others++;
        }
    }
    return counts;
}

static void count_touched(struct search *search, struct slice path) {
    struct buffer glob = BUFFER_EMPTY;
    struct slice folder = slice_folder(path);
    size_t dot = path.size;
    while (dot > folder.size && path.data[dot - 1] != '.')
        dot--;
    if (!folder.size || dot <= folder.size + 1)
        buffer_append_slice(&glob, path);
    else
        buffer_append_format(&glob, "%.*s/*.%.*s", SLICE_ARGUMENTS(folder),
                             SLICE_ARGUMENTS(slice_part(path, dot, path.size)));
    for (size_t i = 0; i < search->touched_count; i++) {
        struct touched *touched = &search->touched[i];
        if (!slice_equal(buffer_slice(&touched->glob), buffer_slice(&glob)))
            continue;
        touched->count += touched->last != search->marked;
        touched->last = search->marked;
        buffer_release(&glob);
        return;
    }
    ARRAY_PUSH(search->touched, search->touched_count, search->touched_capacity) =
        (struct touched){glob, 1, search->marked};
}

/* Pages and data that were there before, which staff keep; with special characters: rare, not told.
 */
static void note_touched(struct search *search, const struct change_set *changes) {
    search->marked++;
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        bool page = path_is_markdown(change->path) || slice_ends_with(change->path, ".yml") ||
                    slice_ends_with(change->path, ".yaml");
        bool plain = true;
        for (size_t k = 0; k < change->path.size; k++)
            plain = plain && change->path.data[k] && !strchr("*?[]{}\\", change->path.data[k]);
        const struct note_kind *kind = config_note_kind(search->config, change->path);
        if (page && plain && !kind && change->kind == CHANGE_MODIFIED &&
            !slice_starts_with(change->path, ".") &&
            !slice_equal_string(change->path, "_config.yml") &&
            !is_asset(search, changes, change->path))
            count_touched(search, change->path);
    }
}

/* --- The walk
 * -------------------------------------------------------------------------------------- */

static void add(struct search *search, const struct line_commit *commit, bool squashed) {
    struct merged_changes *found = search->found;
    struct merged_change change = {.squashed = squashed, .year = commit->year};
    memcpy(change.id, commit->id, OBJECT_ID_SIZE);
    memcpy(change.parent_id, commit->parent_id, OBJECT_ID_SIZE);
    memcpy(change.merged_id, commit->merged_id, OBJECT_ID_SIZE);
    change.subject = arena_copy(&found->arena, commit->subject);
    ARRAY_PUSH(found->items, found->count, found->capacity) = change;
}

static bool visit(const struct line_commit *commit, void *context) {
    struct search *search = context;
    bool merge = *commit->merged_id, squashed = !merge && is_squash(commit->subject);
    struct snapshot *base = NULL, *head = NULL;
    struct change_set *changes = NULL;
    struct error ignored = ERROR_NONE;
    if (!*commit->parent_id || (merge && is_pull(commit->subject)))
        return true;
    /* An absent tree ends the search where the clone does, and is no failure. */
    int status = snapshot_open_commit(&base, search->repository, commit->parent_id, &ignored);
    if (status == OK)
        status = snapshot_open_commit(&head, search->repository, commit->id, &ignored);
    if (status == OK)
        status = change_set_compute(&changes, search->repository, base, head, &ignored);
    if (status == OK) {
        struct counts counts = count_changes(search, changes);
        bool marked = (merge || squashed) && counts.notes && counts.notes <= MOST_NOTES_OF_ONE;
        bool bare = !merge && !squashed && counts.added && counts.added == counts.notes &&
                    counts.notes == 1 && !counts.others;
        if (marked)
            note_touched(search, changes);
        if (marked || bare)
            add(search, commit, squashed);
    }
    search->found->cut = status != OK;
    change_set_free(changes);
    snapshot_close(base);
    snapshot_close(head);
    error_release(&ignored);
    return status == OK && search->found->count < MOST_CHANGES;
}

static void propose_also(struct search *search) {
    struct merged_changes *found = search->found;
    for (size_t i = 0; i < search->touched_count; i++) {
        struct touched *touched = &search->touched[i];
        if (touched->count >= 2 && touched->count * 5 >= search->marked) {
            struct proposal proposal = {
                .value = arena_copy(&found->arena, buffer_slice(&touched->glob)),
                .reason = slice_of(arena_format(&found->arena,
                                                "%zu of %zu merged scribe pull requests touch it",
                                                touched->count, search->marked))};
            ARRAY_PUSH(found->also.items, found->also.count, found->also.capacity) = proposal;
        }
        buffer_release(&touched->glob);
    }
    free(search->touched);
}

int merged_changes_find(struct merged_changes *changes, struct repository *repository,
                        const char *head, const struct config *config, struct error *error) {
    *changes = (struct merged_changes){0};
    struct search search = {
        .found = changes, .repository = repository, .config = config, .error = error};
    bool cut = false;
    int status = first_parents_visit(repository, head, MOST_COMMITS, visit, &search, &cut, error);
    changes->cut = changes->cut || cut;
    propose_also(&search);
    return status;
}

void merged_changes_release(struct merged_changes *changes) {
    free(changes->items);
    free(changes->also.items);
    arena_release(&changes->arena);
    *changes = (struct merged_changes){0};
}
