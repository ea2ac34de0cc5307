#include "rules/assets.h"

#include "base/memory.h"
#include "course/note_name.h"
#include "rules/review.h"

#include <stdlib.h>

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
