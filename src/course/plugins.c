#include "course/plugins.h"

#include "base/memory.h"

#include <string.h>

enum { LARGEST_GEMFILE = 512 * 1024 };

/* Plug-ins whose pages, if they make any, are feeds and the like, or whose sources are there. */
static const char *const makes_no_pages[] = {"github-pages",
                                             "jekyll-avatar",
                                             "jekyll-coffeescript",
                                             "jekyll-commonmark",
                                             "jekyll-commonmark-ghpages",
                                             "jekyll-default-layout",
                                             "jekyll-email-protect",
                                             "jekyll-feed",
                                             "jekyll-gist",
                                             "jekyll-github-metadata",
                                             "jekyll-include-cache",
                                             "jekyll-last-modified-at",
                                             "jekyll-mentions",
                                             "jekyll-optional-front-matter",
                                             "jekyll-paginate",
                                             "jekyll-readme-index",
                                             "jekyll-redirect-from",
                                             "jekyll-relative-links",
                                             "jekyll-remote-theme",
                                             "jekyll-sass-converter",
                                             "jekyll-seo-tag",
                                             "jekyll-sitemap",
                                             "jekyll-titles-from-headings",
                                             "jekyll-toc",
                                             "jekyll-watch",
                                             "jemoji",
                                             "kramdown-math-katex",
                                             "kramdown-parser-gfm"};

static bool is_harmless(struct slice name) {
    return slice_is_one_of(name, makes_no_pages, COUNT_OF(makes_no_pages));
}

bool plugins_says_no(const struct yaml_node *node) {
    return node && node->kind == YAML_SCALAR && yaml_scalar_type(node) == YAML_TYPE_BOOLEAN &&
           node->text.size && strchr("fFnN", *node->text.data);
}

/* A list, or a single name. */
static void read_listed(struct plugins *plugins, const struct yaml_node *list) {
    size_t count = list && list->kind == YAML_SEQUENCE ? list->item_count : 0;
    bool single = list && list->kind == YAML_SCALAR && !yaml_is_empty(list);
    for (size_t i = 0; i < count + single; i++) {
        struct slice name = single ? list->text : list->items[i]->text;
        plugins->rewrite_links |= slice_equal_string(name, "jekyll-relative-links");
        plugins->make_pages |= !is_harmless(name);
    }
}

/* `gem "name", …` on a line that is no comment; empty: something else. */
static struct slice gem_of(struct slice line) {
    line = slice_trim(line);
    if (!slice_starts_with(line, "gem"))
        return (struct slice){NULL, 0};
    size_t start = 3;
    while (start < line.size && memchr(" \t(", line.data[start], 3))
        start++;
    if (start == line.size || !memchr("\"'", line.data[start], 2))
        return (struct slice){NULL, 0};
    const char *name = line.data + start + 1;
    const char *end = memchr(name, line.data[start], line.size - start - 1);
    return end ? (struct slice){name, (size_t)(end - name)} : (struct slice){NULL, 0};
}

static void read_gemfile(struct plugins *plugins, struct slice text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = slice_find(text, "\n", at);
        end = end == SLICE_NOT_FOUND ? text.size : end;
        struct slice gem = gem_of(slice_part(text, at, end));
        at = end + 1;
        plugins->rewrite_links |= slice_equal_string(gem, "github-pages") ||
                                  slice_equal_string(gem, "jekyll-relative-links");
        plugins->make_pages |= slice_starts_with(gem, "jekyll-") && !is_harmless(gem);
    }
}

static void find_pagination(struct plugins *plugins, const struct site *site) {
    const struct yaml_node *path = yaml_find(site->settings, "paginate_path");
    if (!yaml_find(site->settings, "paginate"))
        return;
    struct slice text = slice_of("page:num");
    if (path && path->kind == YAML_SCALAR && !yaml_is_empty(path))
        text = path->text;
    while (slice_starts_with(text, "/"))
        text = slice_part(text, 1, text.size);
    size_t number = slice_find(text, ":num", 0);
    plugins->paginating = slice_part(text, 0, number == SLICE_NOT_FOUND ? text.size : number);
    plugins->make_pages |= !plugins->paginating.size;
}

/*
 * jekyll-relative-links is on when it is named, and always with the github-pages gem. Without a
 * Gemfile GitHub builds the site, with that gem: then what the plug-in would mend must not be
 * called wrong.
 */
struct plugins plugins_read(const struct site *site, const struct snapshot *snapshot) {
    struct plugins plugins = {.rewrite_links = false};
    struct buffer gemfile = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    read_listed(&plugins, yaml_find(site->settings, "plugins"));
    read_listed(&plugins, yaml_find(site->settings, "gems"));
    if (snapshot_find(snapshot, slice_of("Gemfile")).kind != ENTRY_FILE)
        plugins.rewrite_links = true;
    else if (snapshot_read(snapshot, slice_of("Gemfile"), LARGEST_GEMFILE, &gemfile, &error) == OK)
        read_gemfile(&plugins, buffer_slice(&gemfile));
    if (plugins_says_no(yaml_find(yaml_find(site->settings, "relative_links"), "enabled")))
        plugins.rewrite_links = false;
    plugins.make_pages |=
        !site->settings || snapshot_find(snapshot, slice_of("_plugins")).kind != ENTRY_NONE;
    find_pagination(&plugins, site);
    buffer_release(&gemfile);
    error_release(&error);
    return plugins;
}

bool plugins_may_make(const struct plugins *plugins, struct slice path) {
    struct slice start = plugins->paginating;
    return plugins->make_pages ||
           (start.size && path.size > start.size && !memcmp(path.data, start.data, start.size));
}
