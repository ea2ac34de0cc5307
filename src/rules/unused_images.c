#include "rules/unused_images.h"

#include "base/memory.h"
#include "rules/review.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A change with more of them is no scribe's. */
enum { MOST_IMAGES = 300, MOST_TEXT = 2 * 1024 * 1024 };

struct image_names {
    struct slice name; /* in lower case, as far as no link has to encode anything of it */
    struct slice stem; /* without the ending: data files and scripts may add it */
    bool is_plain;     /* no link has to encode anything of it */
    bool used;
};

struct search {
    const struct review *review;
    struct unused_images *unused;
    struct image_names *names; /* one for each of `unused` */
    size_t left;
    struct arena arena;
};

static bool may_name_images(struct slice path) {
    static const char *const endings[] = {".html", ".htm",  ".yml",   ".yaml",  ".json", ".csv",
                                          ".css",  ".scss", ".sass",  ".js",    ".tex",  ".svg",
                                          ".xml",  ".txt",  ".ipynb", ".liquid"};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (slice_ends_with(path, endings[i]))
            return true;
    return false;
}

static struct slice lower(struct slice text, struct arena *arena) {
    char *copy = arena_allocate(arena, text.size + 1, 1);
    for (size_t i = 0; i < text.size; i++)
        copy[i] = (char)tolower((unsigned char)text.data[i]);
    return (struct slice){copy, text.size};
}

static bool occurs(struct slice text, struct slice word) {
    return text.size && memmem(text.data, text.size, word.data, word.size);
}

static bool is_name_byte(char byte) {
    return isalnum((unsigned char)byte) || byte == '-' || byte == '_';
}

/* Not as the end of a longer name, and `whole`: not as the start of one. */
static bool occurs_alone(struct slice text, struct slice word, bool whole) {
    for (size_t at = 0; at + word.size <= text.size;) {
        const char *found = memmem(text.data + at, text.size - at, word.data, word.size);
        if (!found)
            return false;
        at = (size_t)(found - text.data) + 1;
        size_t end = at - 1 + word.size;
        if ((at == 1 || !is_name_byte(text.data[at - 2])) &&
            (!whole || end == text.size || !is_name_byte(text.data[end])))
            return true;
    }
    return false;
}

/* Links encode blanks and the like: then only what stands before them is looked for. */
static struct slice plain_start(struct slice name) {
    size_t size = 0;
    while (size < name.size &&
           (isalnum((unsigned char)name.data[size]) || strchr("-_.", name.data[size])))
        size++;
    return slice_part(name, 0, size);
}

static void note_uses(struct search *search, struct slice text, bool by_stem) {
    for (size_t i = 0; i < search->unused->count; i++) {
        struct image_names *names = &search->names[i];
        struct slice word = by_stem ? names->stem : names->name;
        if (!names->used && occurs_alone(text, word, names->is_plain)) {
            names->used = true;
            search->left--;
        }
    }
}

static bool visit(struct slice path, const struct entry *entry, void *context) {
    struct search *search = context;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    bool markdown = path_is_markdown(path);
    if (entry->kind != ENTRY_FILE || (!markdown && !may_name_images(path)))
        return true;
    int status = snapshot_read(search->review->head, path, MOST_TEXT, &content, &error);
    struct arena arena = ARENA_EMPTY;
    struct slice text = lower(buffer_slice(&content), &arena);
    /* What can't be read may use any of them, and so may a page that lists the files. */
    if ((status != OK && status != STATUS_TOO_LARGE) || occurs(text, slice_of("static_files")))
        search->left = 0;
    else
        note_uses(search, text, !markdown);
    arena_release(&arena);
    buffer_release(&content);
    error_release(&error);
    return search->left > 0;
}

static void collect(struct search *search) {
    const struct change_set *changes = search->review->changes;
    struct unused_images *unused = search->unused;
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        if (change->kind == CHANGE_ADDED && change->entry == ENTRY_FILE &&
            path_is_image(change->path))
            ARRAY_PUSH(unused->paths, unused->count, unused->capacity) = change->path;
    }
    search->left = unused->count;
    search->names = memory_allocate(unused->count + 1, sizeof *search->names);
    for (size_t i = 0; i < unused->count; i++) {
        struct slice name = lower(slice_file_name(unused->paths[i]), &search->arena);
        size_t dot = name.size;
        while (dot > 0 && name.data[dot - 1] != '.')
            dot--;
        search->names[i].name = plain_start(name);
        search->names[i].is_plain = search->names[i].name.size == name.size;
        search->names[i].stem = plain_start(slice_part(name, 0, dot ? dot - 1 : name.size));
    }
}

void unused_images_find(struct unused_images *unused, const struct review *review) {
    struct search search = {.review = review, .unused = unused};
    struct error error = ERROR_NONE;
    size_t notes = review->assets.note_count, kept = 0;
    if (!notes || notes > ASSETS_MOST_NOTES)
        return;
    collect(&search);
    if (unused->count > MOST_IMAGES ||
        (unused->count && snapshot_walk(review->head, slice_of(""), visit, &search, &error) != OK))
        search.left = 0;
    for (size_t i = 0; i < unused->count && search.left; i++)
        if (!search.names[i].used)
            unused->paths[kept++] = unused->paths[i];
    unused->count = kept;
    free(search.names);
    arena_release(&search.arena);
    error_release(&error);
}

void unused_images_release(struct unused_images *unused) {
    free(unused->paths);
    *unused = (struct unused_images){0};
}

bool unused_images_has(const struct unused_images *unused, struct slice path) {
    return slice_is_among(path, unused->paths, unused->count);
}
