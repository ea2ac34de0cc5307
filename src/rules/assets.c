#include "rules/assets.h"

#include "base/memory.h"
#include "course/note_name.h"
#include "rules/review.h"

#include <stdlib.h>
#include <string.h>

static void add_glob(struct glob_list *globs, struct slice glob) {
    struct error error = ERROR_NONE;
    struct pattern *pattern = NULL;
    if (pattern_compile_glob(&pattern, glob, &error) == OK) {
        globs->patterns =
            memory_resize(globs->patterns, globs->count + 1, sizeof(struct pattern *));
        globs->patterns[globs->count++] = pattern;
    }
    error_release(&error);
}

/* Adds what belongs to the note `owner`; `exactly`: only what its name fully determines. */
static void add_owner(struct glob_list *globs, const struct note_kind *note, struct slice owner,
                      bool exactly) {
    struct note_name name = note_name_read(owner);
    for (size_t i = 0; i < note->assets.count; i++) {
        struct buffer glob = BUFFER_EMPTY;
        if (note_name_expand(&glob, note->assets.items[i], &name) || !exactly)
            add_glob(globs, buffer_slice(&glob));
        buffer_release(&glob);
    }
}

static void add_touched(struct assets *assets, const struct review *review, struct slice path) {
    const struct note_kind *note = review_note_kind(review, path);
    if (note && assets->note_count <= ASSETS_MOST_NOTES)
        add_owner(&assets->touched, note, path, false);
}

void assets_collect(struct assets *assets, const struct review *review) {
    for (size_t i = 0; i < review->changes->count; i++) {
        const struct change *change = &review->changes->changes[i];
        assets->note_count += review_note_kind(review, change->path) != NULL;
        add_touched(assets, review, change->path);
        if (change->kind == CHANGE_RENAMED)
            add_touched(assets, review, change->old_path);
    }
    for (size_t i = 0; i < review->config->note_count; i++)
        if (review->templates[i].path.size)
            add_owner(&assets->template, &review->config->notes[i], review->templates[i].path,
                      true);
}

void assets_release(struct assets *assets) {
    glob_list_release(&assets->touched);
    glob_list_release(&assets->template);
}

/* What stands before the part of a glob that depends on the note; no folder: empty. */
static struct slice shared_folder(struct slice glob) {
    size_t end = 0;
    while (end < glob.size && !strchr("{*?[", glob.data[end]))
        end++;
    return end < glob.size ? slice_folder(slice_part(glob, 0, end)) : (struct slice){NULL, 0};
}

/* `glob` names a folder for each note: is `path` in one of these, or just above them? */
static bool is_in_any_folder(struct slice path, struct slice glob) {
    struct note_name nobody = {.has_date = false};
    struct glob_list any = {0};
    struct buffer expanded = BUFFER_EMPTY;
    struct slice above = shared_folder(glob);
    if (!slice_ends_with(glob, "/") || !above.size)
        return false;
    note_name_expand(&expanded, glob, &nobody);
    add_glob(&any, buffer_slice(&expanded));
    bool inside = slice_equal(slice_folder(path), above) || glob_list_matches(&any, path);
    glob_list_release(&any);
    buffer_release(&expanded);
    return inside;
}

/* A note that the change brings or keeps, of the kind `note`. */
static const struct change *find_note(const struct review *review, const struct note_kind *note) {
    for (size_t i = 0; i < review->changes->count; i++) {
        const struct change *change = &review->changes->changes[i];
        if (change->kind != CHANGE_DELETED && review_note_kind(review, change->path) == note)
            return change;
    }
    return NULL;
}

bool assets_are_elsewhere(const struct review *review, const struct change *change,
                          struct buffer *expected) {
    size_t notes = review->assets.note_count;
    bool comes = change->kind == CHANGE_ADDED || change->kind == CHANGE_RENAMED;
    if (!notes || notes > ASSETS_MOST_NOTES || !comes || change->entry != ENTRY_FILE ||
        !path_is_image(change->path) || glob_list_matches(&review->assets.touched, change->path) ||
        glob_list_matches(&review->config->allow, change->path))
        return false;
    for (size_t i = 0; i < review->config->note_count; i++) {
        const struct note_kind *note = &review->config->notes[i];
        const struct change *owner = find_note(review, note);
        for (size_t k = 0; owner && k < note->assets.count; k++) {
            struct note_name name = note_name_read(owner->path);
            struct buffer folder = BUFFER_EMPTY;
            bool known = note_name_expand(&folder, note->assets.items[k], &name);
            bool elsewhere = known && is_in_any_folder(change->path, note->assets.items[k]);
            if (elsewhere)
                buffer_append_slice(expected, buffer_slice(&folder));
            buffer_release(&folder);
            if (elsewhere)
                return true;
        }
    }
    return false;
}
