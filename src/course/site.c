#include "course/site.h"

#include "base/memory.h"
#include "text/yaml.h"

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
    *site = (struct site){0};
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
    arena_release(&site->arena);
}

/* What stands between the braces, without the signs that ask for white space to be dropped. */
static struct slice inside_tag(struct slice text, size_t close) {
    struct slice inside = slice_part(text, 2, close);
    if (slice_starts_with(inside, "-"))
        inside = slice_part(inside, 1, inside.size);
    if (slice_ends_with(inside, "-"))
        inside.size--;
    return slice_trim(inside);
}

/* True for "| relative_url" and its like, alone or in a row: any other filter changes the path. */
static bool lead_to_root(struct slice filters) {
    static const char *const known[] = {"relative_url", "absolute_url", "prepend: site.baseurl",
                                        "prepend: site.url"};
    bool rooted = false;
    for (size_t at = 0; at < filters.size;) {
        size_t end = slice_find(filters, "|", at + 1);
        end = end == SLICE_NOT_FOUND ? filters.size : end;
        struct slice filter = slice_trim(slice_part(filters, at + 1, end));
        size_t i = 0;
        while (i < COUNT_OF(known) && !slice_equal_string(filter, known[i]))
            i++;
        if (filters.data[at] != '|' || i == COUNT_OF(known))
            return false;
        rooted = true;
        at = end;
    }
    return rooted;
}

/* "{{ 'path' | relative_url }}" and its like: the path between the quotes, and what follows }}. */
static bool read_output_tag(struct slice text, struct slice *path, struct slice *rest) {
    size_t close = slice_find(text, "}}", 2);
    struct slice inside = inside_tag(text, close);
    *rest = slice_part(text, close + 2, text.size);
    if (inside.size && (*inside.data == '\'' || *inside.data == '"')) {
        const char *end = memchr(inside.data + 1, *inside.data, inside.size - 1);
        if (!end)
            return false;
        size_t size = (size_t)(end - inside.data);
        *path = slice_part(inside, 1, size);
        return lead_to_root(slice_trim(slice_part(inside, size + 1, inside.size)));
    }
    *path = (struct slice){inside.data, 0};
    return slice_equal_string(inside, "site.baseurl") || slice_equal_string(inside, "site.url") ||
           slice_equal_string(inside, "site.url | append: site.baseurl");
}

/* Expands the Liquid in front; false when there is some that only a build can expand. */
static bool expand_liquid(struct slice *destination, bool *rooted, struct arena *arena) {
    struct slice path = {NULL, 0}, rest = *destination;
    while (!path.size && slice_starts_with(rest, "{{")) {
        if (slice_find(rest, "}}", 2) == SLICE_NOT_FOUND || !read_output_tag(rest, &path, &rest))
            return false;
        *rooted = true;
    }
    *destination = path.size ? join_slices(path, rest, arena) : rest;
    return slice_find(*destination, "{{", 0) == SLICE_NOT_FOUND &&
           slice_find(*destination, "{%", 0) == SLICE_NOT_FOUND;
}

static bool is_external(struct slice text) {
    if (slice_starts_with(text, "//"))
        return true;
    size_t at = 0;
    while (at < text.size && (isalnum((unsigned char)text.data[at]) || text.data[at] == '+' ||
                              text.data[at] == '.' || text.data[at] == '-'))
        at++;
    return at > 1 && at < text.size && text.data[at] == ':';
}

static struct slice drop_query(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '?' || text.data[i] == '#')
            return slice_part(text, 0, i);
    return text;
}

static int hex_value(char digit) {
    return isdigit((unsigned char)digit) ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10;
}

static struct slice decode_percent(struct slice text, struct arena *arena) {
    char *copy = arena_allocate(arena, text.size + 1, 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool encoded = text.data[i] == '%' && i + 2 < text.size &&
                       isxdigit((unsigned char)text.data[i + 1]) &&
                       isxdigit((unsigned char)text.data[i + 2]);
        copy[size++] = encoded
                           ? (char)(hex_value(text.data[i + 1]) * 16 + hex_value(text.data[i + 2]))
                           : text.data[i];
        i += encoded ? 2 : 0;
    }
    return (struct slice){copy, size};
}

/* `folder` + `path` without empty, "." and ".." parts; ".." above the root is dropped, as in URLs.
 */
static struct slice join(struct slice folder, struct slice path, struct arena *arena) {
    char *joined = arena_allocate(arena, folder.size + path.size + 2, 1);
    size_t size = 0;
    const struct slice parts[] = {folder, path};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        for (size_t start = 0; start < parts[i].size;) {
            size_t end = slice_find(parts[i], "/", start);
            end = end == SLICE_NOT_FOUND ? parts[i].size : end;
            struct slice name = slice_part(parts[i], start, end);
            start = end + 1;
            if (slice_equal_string(name, "..")) {
                while (size && joined[--size] != '/')
                    ;
            } else if (name.size && !slice_equal_string(name, ".")) {
                if (size)
                    joined[size++] = '/';
                memcpy(joined + size, name.data, name.size);
                size += name.size;
            }
        }
    }
    return (struct slice){joined, size};
}

static void add_path(struct target *target, struct slice path) {
    for (size_t i = 0; i < target->path_count; i++)
        if (slice_equal(target->paths[i], path))
            return;
    target->paths[target->path_count++] = path;
}

/* `collections` is a list of names, or has a key for each. */
static bool is_collection(const struct site *site, struct slice name) {
    const struct yaml_node *node = site->collections;
    for (size_t i = 0; node && i < node->item_count; i++)
        if (slice_equal(node->items[i]->text, name))
            return true;
    for (size_t i = 0; node && i < node->pair_count; i++)
        if (slice_equal(node->pairs[i].key->text, name))
            return true;
    return false;
}

/* The files of a collection are published without the "_" of its folder. */
static void add_published(struct target *target, const struct site *site, struct slice path,
                          struct arena *arena) {
    add_path(target, path);
    size_t slash = slice_find(path, "/", 0);
    if (slash != SLICE_NOT_FOUND && is_collection(site, slice_part(path, 0, slash)))
        add_path(target, slice_of(arena_format(arena, "_%.*s", SLICE_ARGUMENTS(path))));
}

struct target site_resolve(const struct site *site, struct slice page, struct slice destination,
                           struct arena *arena) {
    struct target target = {.kind = TARGET_UNKNOWN};
    struct slice root = {NULL, 0};
    bool rooted = false;
    destination = slice_trim(destination);
    if (!expand_liquid(&destination, &rooted, arena))
        return target;
    if (is_external(destination)) {
        target.kind = TARGET_EXTERNAL;
        return target;
    }
    struct slice path = decode_percent(drop_query(destination), arena);
    if (!path.size)
        return target;
    target.kind = TARGET_FILE;
    if (!rooted && *path.data != '/') {
        struct slice beside = join(slice_folder(page), path, arena);
        bool post = slice_starts_with(page, "_posts/");
        if (!post)
            add_path(&target, beside);
        add_published(&target, site, join(root, path, arena), arena);
        if (post)
            add_path(&target, beside);
        return target;
    }
    target.rooted = true;
    size_t base = site->baseurl.size;
    /* The filters put it in front even where it is there already. */
    bool has_base = base && !rooted && slice_equal(slice_part(path, 0, base), site->baseurl) &&
                    (path.size == base || path.data[base] == '/');
    path = slice_part(path, has_base ? base : 0, path.size);
    add_published(&target, site, join(root, path, arena), arena);
    return target;
}
