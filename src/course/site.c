#include "course/site.h"

#include "base/memory.h"
#include "course/destination.h"
#include "course/landing.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LARGEST_SITE_FILE = 512 * 1024, MOST_LAYOUTS = 60 };

static struct slice join_slices(struct slice left, struct slice right, struct arena *arena) {
    char *both = arena_allocate(arena, left.size + right.size + 1, 1);
    if (left.size)
        memcpy(both, left.data, left.size);
    if (right.size)
        memcpy(both + left.size, right.data, right.size);
    return (struct slice){both, left.size + right.size};
}

static bool mentions_math_script(struct slice text) {
    static const char *const names[] = {"katex", "mathjax"};
    for (size_t i = 0; i < text.size; i++)
        for (size_t k = 0; k < COUNT_OF(names); k++)
            if (tolower((unsigned char)text.data[i]) == names[k][0] &&
                text.size - i >= strlen(names[k]) &&
                !strncasecmp(text.data + i, names[k], strlen(names[k])))
                return true;
    return false;
}

struct layout_search {
    const struct snapshot *snapshot;
    size_t seen;
    bool found;
};

static bool look_into_layout(struct slice path, const struct entry *entry, void *context) {
    struct layout_search *search = context;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (entry->kind == ENTRY_FILE && slice_ends_with(path, ".html") &&
        snapshot_read(search->snapshot, path, LARGEST_SITE_FILE, &content, &error) == OK)
        search->found = mentions_math_script(buffer_slice(&content));
    buffer_release(&content);
    error_release(&error);
    return !search->found && ++search->seen < MOST_LAYOUTS;
}

static bool layouts_load_math(const struct snapshot *snapshot) {
    static const char *const folders[] = {"_layouts", "_includes"};
    struct layout_search search = {snapshot, 0, false};
    for (size_t i = 0; i < COUNT_OF(folders) && !search.found; i++) {
        struct error error = ERROR_NONE;
        snapshot_walk(snapshot, slice_of(folders[i]), look_into_layout, &search, &error);
        error_release(&error);
    }
    return search.found;
}

static struct slice normalise_baseurl(struct slice text, struct arena *arena) {
    while (slice_ends_with(text, "/"))
        text.size--;
    while (slice_starts_with(text, "/"))
        text = slice_part(text, 1, text.size);
    return text.size ? join_slices(slice_of("/"), text, arena) : text;
}

void site_read(struct site *site, const struct snapshot *snapshot) {
    *site = (struct site){.snapshot = snapshot, .landings = landings_new()};
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (snapshot_read(snapshot, slice_of("_config.yml"), LARGEST_SITE_FILE, &content, &error) ==
        OK) {
        struct yaml_node *root = NULL;
        struct yaml_problem problem;
        if (yaml_parse(&root, buffer_slice(&content), &site->arena, &problem) == OK) {
            const struct yaml_node *baseurl = yaml_find(root, "baseurl");
            if (baseurl && baseurl->kind == YAML_SCALAR && !yaml_is_empty(baseurl))
                site->baseurl = normalise_baseurl(baseurl->text, &site->arena);
            site->settings = root;
            site->collections = yaml_find(root, "collections");
        }
        site->renders_dollar_math = mentions_math_script(buffer_slice(&content));
    }
    if (!site->renders_dollar_math)
        site->renders_dollar_math = layouts_load_math(snapshot);
    buffer_release(&content);
    error_release(&error);
}

void site_release(struct site *site) {
    landings_free(site->landings);
    arena_release(&site->arena);
}

static void add_path(struct target *target, struct slice path) {
    if (!slice_is_among(path, target->paths, target->path_count))
        target->paths[target->path_count++] = path;
}

const struct yaml_node *site_collection(const struct site *site, struct slice name) {
    const struct yaml_node *node = site->collections;
    for (size_t i = 0; node && i < node->pair_count; i++)
        if (slice_equal(node->pairs[i].key->text, name))
            return node->pairs[i].value;
    return NULL;
}

/* `collections` is a list of names, or has a key for each. */
bool site_has_collection(const struct site *site, struct slice name) {
    const struct yaml_node *node = site->collections;
    for (size_t i = 0; node && i < node->item_count; i++)
        if (slice_equal(node->items[i]->text, name))
            return true;
    return site_collection(site, name) != NULL;
}

/* The files of a collection are published without the "_" of its folder. */
static void add_published(struct target *target, const struct site *site, struct slice path,
                          struct arena *arena) {
    add_path(target, path);
    size_t slash = slice_find(path, "/", 0);
    if (slash != SLICE_NOT_FOUND && site_has_collection(site, slice_part(path, 0, slash)))
        add_path(target, slice_of(arena_format(arena, "_%.*s", SLICE_ARGUMENTS(path))));
}

struct target site_resolve(const struct site *site, struct slice page, struct slice text,
                           struct arena *arena) {
    struct destination destination = destination_read(site, text, arena);
    struct target target = {.kind = destination.kind, .rooted = destination.from_root};
    struct slice root = destination_join((struct slice){NULL, 0}, destination.path, arena);
    if (target.kind != TARGET_FILE)
        return target;
    if (target.rooted) {
        add_published(&target, site, root, arena);
        return target;
    }
    struct slice beside = destination_join(slice_folder(page), destination.path, arena);
    bool post = slice_starts_with(page, "_posts/");
    if (!post)
        add_path(&target, beside);
    add_published(&target, site, root, arena);
    if (post)
        add_path(&target, beside);
    return target;
}
