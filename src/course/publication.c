#include "course/publication.h"

#include "base/memory.h"
#include "course/note_name.h"

#include <fnmatch.h>
#include <string.h>

enum { LONGEST_PATTERN = 1024 };

/* Source: Jekyll::EntryFilter#glob_include?, which also takes every path that begins so. */
static bool matches(struct slice pattern, struct slice entry) {
    char glob[LONGEST_PATTERN], name[LONGEST_PATTERN];
    while (pattern.size && *pattern.data == '/')
        pattern = slice_part(pattern, 1, pattern.size);
    if (!pattern.size || pattern.size >= sizeof glob || entry.size + 1 >= sizeof name)
        return false;
    if ((!entry.size || *pattern.data != *entry.data) && !strchr("*?[\\", *pattern.data))
        return false;
    if (slice_equal(slice_part(entry, 0, pattern.size), pattern))
        return true;
    memcpy(glob, pattern.data, pattern.size);
    glob[pattern.size] = '\0';
    if (!strpbrk(glob, "*?[\\"))
        return pattern.size == entry.size + 1 && slice_ends_with(pattern, "/") &&
               slice_equal(slice_part(pattern, 0, entry.size), entry);
    memcpy(name, entry.data, entry.size);
    name[entry.size] = '\0';
    if (!fnmatch(glob, name, 0))
        return true;
    name[entry.size] = '/';
    name[entry.size + 1] = '\0';
    return !strcmp(glob, name);
}

static bool is_listed(const struct yaml_node *list, struct slice entry) {
    for (size_t i = 0; list && i < list->item_count; i++)
        if (list->items[i]->kind == YAML_SCALAR && matches(list->items[i]->text, entry))
            return true;
    return false;
}

/* Source: Jekyll::Configuration, DEFAULT_EXCLUDES. */
static bool is_excluded(const struct yaml_node *exclude, struct slice entry) {
    static const char *const always[] = {
        ".sass-cache",  ".jekyll-cache",  "gemfiles",      "Gemfile",      "Gemfile.lock",
        "node_modules", "vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"};
    for (size_t i = 0; i < COUNT_OF(always); i++)
        if (entry.size && *entry.data == *always[i] && matches(slice_of(always[i]), entry))
            return true;
    return is_listed(exclude, entry);
}

/* Whether Jekyll passes over `path` because of what its parts from `start` on are called. */
static bool is_passed_over(const struct site *site, struct slice path, size_t start) {
    const struct yaml_node *include = yaml_find(site->settings, "include");
    const struct yaml_node *exclude = yaml_find(site->settings, "exclude");
    while (start < path.size) {
        size_t end = slice_find(path, "/", start);
        end = end == SLICE_NOT_FOUND ? path.size : end;
        struct slice name = slice_part(path, start, end);
        bool included = is_listed(include, name) || slice_equal_string(name, ".htaccess");
        bool special = name.size && strchr("._#~", *name.data) != NULL;
        if (!included && (special || slice_ends_with(name, "~") ||
                          is_excluded(exclude, slice_part(path, 0, end))))
            return true;
        start = end + 1;
    }
    return false;
}

/* Offset behind `collections_dir` in the path. */
static size_t collections_start(const struct site *site, struct slice path) {
    const struct yaml_node *folder = yaml_find(site->settings, "collections_dir");
    if (!folder || folder->kind != YAML_SCALAR || yaml_is_empty(folder))
        return 0;
    struct slice name = folder->text;
    while (slice_ends_with(name, "/"))
        name.size--;
    bool below = path.size > name.size && path.data[name.size] == '/' &&
                 slice_equal(slice_part(path, 0, name.size), name);
    return below ? name.size + 1 : 0;
}

static bool is_true(const struct yaml_node *node) {
    return node && node->kind == YAML_SCALAR && yaml_scalar_type(node) == YAML_TYPE_BOOLEAN &&
           node->text.size && strchr("tTyYoO", *node->text.data) &&
           !slice_equal_ignoring_case(node->text, slice_of("off"));
}

static bool read_document(const struct site *site, struct slice path, struct publication *found) {
    size_t start = collections_start(site, path), slash = slice_find(path, "/", start);
    if (slash == SLICE_NOT_FOUND || slash < start + 2 || path.data[start] != '_')
        return false;
    struct slice name = slice_part(path, start + 1, slash);
    if (slice_equal_string(name, "posts") || !site_has_collection(site, name))
        return false;
    found->kind = PUBLICATION_DOCUMENT;
    found->collection = name;
    found->inside = slice_part(path, slash + 1, path.size);
    found->output = is_true(yaml_find(site_collection(site, name), "output"));
    if (is_passed_over(site, found->inside, 0))
        found->kind = PUBLICATION_NONE;
    return true;
}

static bool read_post(const struct site *site, struct slice path, struct publication *found) {
    static const char folder[] = "_posts/";
    size_t start = collections_start(site, path), at = start;
    while ((at = slice_find(path, folder, at)) != SLICE_NOT_FOUND && at > start &&
           path.data[at - 1] != '/')
        at++;
    if (at == SLICE_NOT_FOUND)
        return false;
    found->collection = slice_of("posts");
    found->inside = slice_part(path, at + strlen(folder), path.size);
    found->above = slice_part(path, start, at ? at - (at > start) : 0);
    found->output = true;
    if (!is_passed_over(site, found->above, 0) && !is_passed_over(site, found->inside, 0) &&
        note_name_read(path).has_date)
        found->kind = PUBLICATION_POST;
    return true;
}

struct publication publication_of(const struct site *site, struct slice path) {
    struct publication found = {.kind = PUBLICATION_NONE};
    if (read_post(site, path, &found) || read_document(site, path, &found))
        return found;
    if (!is_passed_over(site, path, 0))
        found.kind = PUBLICATION_PAGE;
    return found;
}

static struct slice type_of(const struct publication *publication) {
    return publication->collection.size ? publication->collection : slice_of("pages");
}

static struct slice scope_text(const struct yaml_node *scope, const char *key) {
    const struct yaml_node *node = yaml_find(scope, key);
    return node && node->kind == YAML_SCALAR ? node->text : (struct slice){NULL, 0};
}

static bool has_type(struct slice wanted, struct slice type) {
    if (slice_equal(wanted, type))
        return true;
    return (slice_equal_string(wanted, "page") && slice_equal_string(type, "pages")) ||
           (slice_equal_string(wanted, "post") && slice_equal_string(type, "posts"));
}

static bool is_in_scope(const struct yaml_node *scope, struct slice path, struct slice type) {
    struct slice folder = scope_text(scope, "path");
    if (yaml_find(scope, "type") && !has_type(scope_text(scope, "type"), type))
        return false;
    while (slice_starts_with(folder, "/"))
        folder = slice_part(folder, 1, folder.size);
    return !folder.size || matches(folder, path);
}

/* The longer path wins, then the one with a type, then the later. */
static bool takes_precedence(const struct yaml_node *over, const struct yaml_node *scope) {
    size_t size = scope_text(scope, "path").size, old = scope_text(over, "path").size;
    if (!over || size != old)
        return !over || size > old;
    return yaml_find(scope, "type") || !yaml_find(over, "type");
}

const struct yaml_node *publication_value(const struct site *site, struct slice path,
                                          const struct publication *publication,
                                          const struct yaml_node *front_matter, const char *key) {
    const struct yaml_node *written = yaml_find(front_matter, key), *best = NULL, *value = NULL;
    const struct yaml_node *defaults = yaml_find(site->settings, "defaults");
    for (size_t i = 0; !written && defaults && i < defaults->item_count; i++) {
        const struct yaml_node *scope = yaml_find(defaults->items[i], "scope");
        const struct yaml_node *found = yaml_find(yaml_find(defaults->items[i], "values"), key);
        if (!scope || !found || !is_in_scope(scope, path, type_of(publication)) ||
            !takes_precedence(best, scope))
            continue;
        best = scope;
        value = found;
    }
    return written ? written : value;
}
