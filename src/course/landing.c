#include "course/landing.h"

#include "base/memory.h"
#include "course/pasting.h"
#include "course/permalink.h"
#include "course/plugins.h"
#include "document/front_matter.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SNAPSHOTS = 4, LARGEST_PAGE = 512 * 1024, DEEPEST_LAYOUT = 4 };

/* A collection in a page. */
struct pasted {
    struct paste paste;
    struct slice url;
};

struct file_text {
    struct slice path, text;
    bool found;
};

/* One snapshot's. */
struct pages {
    const struct snapshot *snapshot;
    struct site_page *items; /* by `file` */
    size_t count, capacity;
    size_t *by_path;             /* indices into `items` */
    struct page_source *sources; /* by path, as a walk brings them */
    size_t source_count, source_capacity;
    struct pasted *pasted;
    size_t pasted_count, pasted_capacity;
    struct plugins plugins;
    struct file_text *texts; /* layouts and includes that were asked for */
    size_t text_count, text_capacity;
    struct arena arena;
};

struct landings {
    struct pages *pages[MOST_SNAPSHOTS];
};

struct landings *landings_new(void) {
    return memory_allocate(1, sizeof(struct landings));
}

static void free_pages(struct pages *pages) {
    if (!pages)
        return;
    free(pages->items);
    free(pages->by_path);
    free(pages->sources);
    free(pages->pasted);
    free(pages->texts);
    arena_release(&pages->arena);
    free(pages);
}

void landings_free(struct landings *landings) {
    for (size_t i = 0; landings && i < MOST_SNAPSHOTS; i++)
        free_pages(landings->pages[i]);
    free(landings);
}

/* --- reading the pages ----------------------------------------------------------------------- */

struct reading {
    const struct site *site;
    struct pages *pages;
    const char *folder; /* for read_part() */
};

/* Empty when it is not there, or too large for a page. */
static struct slice read_file(const struct snapshot *snapshot, struct slice path,
                              struct arena *arena) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct slice text = {NULL, 0};
    if (snapshot_read(snapshot, path, LARGEST_PAGE, &content, &error) == OK)
        text = arena_copy(arena, buffer_slice(&content));
    buffer_release(&content);
    error_release(&error);
    return text;
}

static int compare_source(const void *key, const void *element) {
    return slice_compare(*(const struct slice *)key, ((const struct page_source *)element)->path);
}

static const struct page_source *find_in(const struct pages *pages, struct slice path) {
    return pages->source_count ? bsearch(&path, pages->sources, pages->source_count,
                                         sizeof *pages->sources, compare_source)
                               : NULL;
}

/* The same file in a snapshot that was read before; NULL: there is none. */
static const struct page_source *find_source(const struct landings *landings, struct slice path,
                                             const struct entry *entry) {
    for (size_t i = 0; i < MOST_SNAPSHOTS && landings->pages[i]; i++) {
        const struct page_source *found = find_in(landings->pages[i], path);
        if (found && !strcmp(found->blob_id, entry->blob_id))
            return found;
    }
    return NULL;
}

/* Of two sides that differ in a file, all others are read once. */
static const struct page_source *read_source(struct reading *reading, struct slice path,
                                             const struct entry *entry) {
    struct pages *pages = reading->pages;
    const struct page_source *known = find_source(reading->site->landings, path, entry);
    struct page_source source = {.head = {.reason = ""}};
    if (known) {
        source = *known;
    } else {
        source.path = arena_copy(&pages->arena, path);
        source.text = read_file(pages->snapshot, path, &pages->arena);
        memcpy(source.blob_id, entry->blob_id, sizeof source.blob_id);
        source.body = front_matter_read(&source.head, source.text, &pages->arena);
    }
    ARRAY_PUSH(pages->sources, pages->source_count, pages->source_capacity) = source;
    return &pages->sources[pages->source_count - 1];
}

/* A layout or an include, read once. */
static bool read_part(void *context, struct slice name, struct slice *text) {
    const struct reading *reading = context;
    struct pages *pages = reading->pages;
    struct slice path =
        slice_of(arena_format(&pages->arena, "%s/%.*s", reading->folder, SLICE_ARGUMENTS(name)));
    for (size_t i = 0; i < pages->text_count; i++)
        if (slice_equal(pages->texts[i].path, path)) {
            *text = pages->texts[i].text;
            return pages->texts[i].found;
        }
    struct file_text file = {.path = path};
    file.found = snapshot_find(pages->snapshot, path).kind == ENTRY_FILE;
    if (file.found)
        file.text = read_file(pages->snapshot, path, &pages->arena);
    ARRAY_PUSH(pages->texts, pages->text_count, pages->text_capacity) = file;
    *text = file.text;
    return file.found;
}

static bool include_part(void *context, struct slice name, struct slice *text) {
    struct reading *reading = context;
    reading->folder = "_includes";
    return read_part(context, name, text);
}

static void add_pasted(struct reading *reading, struct slice text, struct slice url) {
    struct paste_list list = {0};
    struct pages *pages = reading->pages;
    if (slice_find(text, "{%", 0) == SLICE_NOT_FOUND)
        return;
    pasting_find(&list, text, include_part, reading, &pages->arena);
    for (size_t i = 0; i < list.count; i++)
        ARRAY_PUSH(pages->pasted, pages->pasted_count, pages->pasted_capacity) =
            (struct pasted){list.items[i], url};
    free(list.items);
}

/* The page's text, and that of its layout and the layouts around it. */
static void find_pasted(struct reading *reading, struct slice text, struct slice url,
                        const struct yaml_node *layout) {
    add_pasted(reading, text, url);
    for (int i = 0; i < DEEPEST_LAYOUT && layout && layout->kind == YAML_SCALAR; i++) {
        struct arena *arena = &reading->pages->arena;
        struct front_matter head = {.reason = ""};
        struct slice name =
            slice_of(arena_format(arena, "%.*s.html", SLICE_ARGUMENTS(layout->text)));
        reading->folder = "_layouts";
        if (!read_part(reading, name, &text))
            return;
        size_t body = front_matter_read(&head, text, arena);
        add_pasted(reading, slice_part(text, body, text.size), url);
        layout = yaml_find(head.root, "layout");
    }
}

static struct site_page *add_page(struct pages *pages, struct slice path, struct slice url) {
    struct site_page *page = &ARRAY_PUSH(pages->items, pages->count, pages->capacity);
    *page = (struct site_page){.path = arena_copy(&pages->arena, path), .url = url};
    if (url.size)
        page->file = permalink_file(url, &pages->arena);
    return page;
}

/* Beside the pages of its collection. Source: Jekyll::StaticFile#destination_rel_dir. */
static void add_static(struct pages *pages, const struct site *site, struct slice path,
                       const struct publication *publication) {
    struct slice url = permalink_of(site, path, publication, NULL, &pages->arena);
    while (slice_ends_with(url, "/"))
        url.size--;
    if (!url.size)
        return;
    struct slice folder = slice_folder(slice_part(url, 1, url.size));
    struct slice whole =
        slice_of(arena_format(&pages->arena, "/%.*s%s%.*s", SLICE_ARGUMENTS(folder),
                              folder.size ? "/" : "", SLICE_ARGUMENTS(slice_file_name(path))));
    struct site_page *page = add_page(pages, path, whole);
    page->file = slice_part(whole, 1, whole.size);
    page->is_static = true;
}

/* What jekyll-redirect-from makes: pages without a source. */
static void add_redirects(struct pages *pages, const struct yaml_node *from) {
    size_t count = from && from->kind == YAML_SCALAR && from->text.size ? 1 : 0;
    count = from && from->kind == YAML_SEQUENCE ? from->item_count : count;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *node = from->kind == YAML_SCALAR ? from : from->items[i];
        if (node->kind == YAML_SCALAR && node->text.size)
            add_page(
                pages, (struct slice){NULL, 0},
                slice_of(arena_format(&pages->arena, "%s%.*s", *node->text.data == '/' ? "" : "/",
                                      SLICE_ARGUMENTS(node->text))));
    }
}

static bool is_page_name(struct slice path) {
    return path_is_markdown(path) || slice_ends_with(path, ".html") ||
           slice_ends_with(path, ".htm") || slice_ends_with(path, ".xhtml");
}

/* Defaults are not asked for pages. Source: Jekyll::Publisher, Jekyll::Page. */
static bool is_unpublished(const struct site *site, struct slice path,
                           const struct publication *publication,
                           const struct yaml_node *front_matter) {
    if (publication->kind == PUBLICATION_PAGE)
        return plugins_says_no(yaml_find(front_matter, "published"));
    return plugins_says_no(publication_value(site, path, publication, front_matter, "published"));
}

static bool visit(struct slice path, const struct entry *entry, void *context) {
    struct reading *reading = context;
    struct pages *pages = reading->pages;
    if (entry->kind != ENTRY_FILE)
        return true;
    struct publication publication = publication_of(reading->site, path);
    bool is_page = is_page_name(path);
    if (!is_page && publication.kind == PUBLICATION_DOCUMENT && publication.output)
        add_static(pages, reading->site, path, &publication);
    if (!is_page || publication.kind == PUBLICATION_NONE)
        return true;
    const struct page_source *source = read_source(reading, path, entry);
    const struct yaml_node *root = source->head.root;
    /* A plug-in of GitHub Pages makes pages of Markdown without front matter. */
    bool bare = source->head.state == FRONT_MATTER_ABSENT;
    if (bare && !(pages->plugins.rewrite_links && path_is_markdown(path)))
        return true;
    if (is_unpublished(reading->site, path, &publication, root))
        return true;
    struct slice url = {NULL, 0};
    if (publication.kind != PUBLICATION_DOCUMENT || publication.output)
        url = permalink_of(reading->site, path, &publication, root, &pages->arena);
    add_page(pages, path, url)->is_bare = bare;
    add_redirects(pages, yaml_find(root, "redirect_from"));
    if (publication.kind == PUBLICATION_PAGE && url.size)
        find_pasted(reading, slice_part(source->text, source->body, source->text.size), url,
                    publication_value(reading->site, path, &publication, root, "layout"));
    return true;
}

/* --- looking up ------------------------------------------------------------------------------ */

static int by_file(const void *left, const void *right) {
    const struct site_page *a = left, *b = right;
    int order = slice_compare(a->file, b->file);
    return order ? order : slice_compare(a->path, b->path);
}

static int by_path(const void *left, const void *right, void *context) {
    const struct site_page *items = context;
    const size_t *a = left, *b = right;
    return slice_compare(items[*a].path, items[*b].path);
}

static struct pages *read_pages(const struct site *site, const struct snapshot *snapshot) {
    struct pages *pages = memory_allocate(1, sizeof *pages);
    struct reading reading = {.site = site, .pages = pages};
    struct error error = ERROR_NONE;
    pages->snapshot = snapshot;
    pages->plugins = plugins_read(site, snapshot);
    snapshot_walk(snapshot, slice_of(""), visit, &reading, &error);
    error_release(&error);
    if (pages->count)
        qsort(pages->items, pages->count, sizeof *pages->items, by_file);
    pages->by_path = memory_allocate(pages->count + 1, sizeof *pages->by_path);
    for (size_t i = 0; i < pages->count; i++)
        pages->by_path[i] = i;
    if (pages->count)
        qsort_r(pages->by_path, pages->count, sizeof *pages->by_path, by_path, pages->items);
    return pages;
}

/* The pages of a snapshot if they have been read, else NULL. */
static const struct pages *known_pages(const struct site *site, const struct snapshot *snapshot) {
    const struct landings *landings = site->landings;
    snapshot = snapshot_original(snapshot);
    for (size_t i = 0; landings && i < MOST_SNAPSHOTS && landings->pages[i]; i++)
        if (landings->pages[i]->snapshot == snapshot)
            return landings->pages[i];
    return NULL;
}

/* The pages of a snapshot; NULL when there is no room to keep them (a site without landings). */
static const struct pages *pages_of(const struct site *site, const struct snapshot *snapshot) {
    const struct pages *known = known_pages(site, snapshot);
    struct landings *landings = site->landings;
    for (size_t i = 0; !known && landings && i < MOST_SNAPSHOTS; i++)
        if (!landings->pages[i])
            known = landings->pages[i] = read_pages(site, snapshot_original(snapshot));
    return known;
}

void site_prepare(const struct site *site, const struct snapshot *snapshot) {
    pages_of(site, snapshot);
}

const struct page_source *site_find_source(const struct site *site, const struct snapshot *snapshot,
                                           struct slice path) {
    const struct pages *pages = known_pages(site, snapshot);
    const struct page_source *found = pages ? find_in(pages, path) : NULL;
    return found && found->text.size ? found : NULL;
}

/* The first page whose file is not before `file`. */
static size_t lower_bound(const struct pages *pages, struct slice file) {
    size_t low = 0, high = pages->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (slice_compare(pages->items[middle].file, file) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct site_page *site_find_file(const struct site *site, const struct snapshot *snapshot,
                                       struct slice file) {
    const struct pages *pages = pages_of(site, snapshot);
    size_t at = pages ? lower_bound(pages, file) : 0;
    bool found = pages && at < pages->count && slice_equal(pages->items[at].file, file);
    return found ? &pages->items[at] : NULL;
}

bool site_has_page_below(const struct site *site, const struct snapshot *snapshot,
                         struct slice folder) {
    const struct pages *pages = pages_of(site, snapshot);
    struct buffer start = BUFFER_EMPTY;
    buffer_append_slice(&start, folder);
    buffer_append_byte(&start, '/');
    bool found = false;
    for (size_t at = pages ? lower_bound(pages, buffer_slice(&start)) : 0;
         pages && at < pages->count && !found &&
         slice_starts_with(pages->items[at].file, buffer_string(&start));
         at++)
        found = !pages->items[at].is_static;
    buffer_release(&start);
    return found;
}

const struct site_page *site_find_ignoring_case(const struct site *site,
                                                const struct snapshot *snapshot,
                                                struct slice file) {
    const struct pages *pages = pages_of(site, snapshot);
    for (size_t i = 0; pages && i < pages->count; i++)
        if (slice_equal_ignoring_case(pages->items[i].file, file))
            return &pages->items[i];
    return NULL;
}

bool site_may_make_page(const struct site *site, const struct snapshot *snapshot,
                        struct slice path) {
    const struct pages *pages = pages_of(site, snapshot);
    return !pages || plugins_may_make(&pages->plugins, path);
}

static const struct site_page *page_at(const struct pages *pages, struct slice path) {
    size_t low = 0, high = pages ? pages->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct site_page *page = &pages->items[pages->by_path[middle]];
        int order = slice_compare(page->path, path);
        if (!order)
            return page;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct site_page *site_find_page(const struct site *site, const struct snapshot *snapshot,
                                       struct slice path) {
    return page_at(pages_of(site, snapshot), path);
}

const struct site_page *site_find_twin(const struct site *site, const struct snapshot *snapshot,
                                       struct slice path) {
    const struct pages *pages = pages_of(site, snapshot);
    const struct site_page *own = site_find_page(site, snapshot, path);
    if (!own || !own->file.size)
        return NULL;
    for (size_t at = lower_bound(pages, own->file);
         at < pages->count && slice_equal(pages->items[at].file, own->file); at++)
        if (pages->items[at].path.size && !slice_equal(pages->items[at].path, path))
            return &pages->items[at];
    return NULL;
}

/* --- landing --------------------------------------------------------------------------------- */

static void add_url(struct landing *landing, struct slice url) {
    for (size_t i = 0; i < landing->url_count; i++)
        if (slice_equal(landing->urls[i], url))
            return;
    if (landing->url_count < LANDING_MAX_URLS)
        landing->urls[landing->url_count++] = url;
}

static bool is_shown(const struct site *site, const struct document *document,
                     const struct publication *publication, const struct paste *paste) {
    for (size_t i = 0; i < paste->condition_count; i++) {
        char key[64];
        struct slice name = paste->conditions[i].key;
        if (name.size >= sizeof key)
            continue;
        memcpy(key, name.data, name.size);
        key[name.size] = '\0';
        if (!paste_condition_holds(&paste->conditions[i],
                                   publication_value(site, document->path, publication,
                                                     document->front_matter.root, key)))
            return false;
    }
    return true;
}

static void land_pasted(struct landing *landing, const struct site *site, const struct pages *pages,
                        const struct document *document, const struct publication *publication) {
    bool known = false;
    for (size_t i = 0; pages && i < pages->pasted_count; i++) {
        const struct pasted *pasted = &pages->pasted[i];
        if (!slice_equal(pasted->paste.collection, publication->collection))
            continue;
        known = true;
        if (is_shown(site, document, publication, &pasted->paste))
            add_url(landing, pasted->url);
    }
    landing->pasted = landing->url_count > 0;
    landing->kind = known ? LANDING_HIDDEN : LANDING_UNKNOWN;
}

static bool mends_collections(const struct site *site) {
    const struct yaml_node *set =
        yaml_find(yaml_find(site->settings, "relative_links"), "collections");
    return set && yaml_scalar_type(set) == YAML_TYPE_BOOLEAN && !plugins_says_no(set);
}

static bool is_jekyll_site(const struct snapshot *snapshot) {
    return snapshot_find(snapshot, slice_of("_config.yml")).kind == ENTRY_FILE;
}

static enum landing_kind kind_without_page(const struct publication *publication,
                                           const struct front_matter *head) {
    if (publication->kind == PUBLICATION_NONE)
        return LANDING_NOWHERE;
    if (head->state == FRONT_MATTER_ABSENT)
        return publication->kind == PUBLICATION_PAGE ? LANDING_NOWHERE : LANDING_UNKNOWN;
    return head->state == FRONT_MATTER_UNREADABLE ? LANDING_UNKNOWN : LANDING_AT;
}

struct landing site_land(const struct site *site, const struct snapshot *snapshot,
                         const struct document *document, struct arena *arena) {
    struct landing landing = {0};
    const struct front_matter *head = &document->front_matter;
    struct publication publication = publication_of(site, document->path);
    bool site_is_there = publication.kind == PUBLICATION_POST || is_jekyll_site(snapshot);
    landing.kind = site_is_there ? kind_without_page(&publication, head) : LANDING_NOWHERE;
    if (landing.kind != LANDING_AT)
        return landing;
    bool own = publication.kind != PUBLICATION_DOCUMENT || publication.output;
    if (is_unpublished(site, document->path, &publication, head->root)) {
        landing.kind = LANDING_HIDDEN;
        return landing;
    }
    if (publication.kind == PUBLICATION_DOCUMENT)
        land_pasted(&landing, site, pages_of(site, snapshot), document, &publication);
    if (own) {
        const struct site_page *page = page_at(known_pages(site, snapshot), document->path);
        struct slice url =
            page ? page->url : permalink_of(site, document->path, &publication, head->root, arena);
        landing.kind = LANDING_UNKNOWN;
        if (url.size)
            add_url(&landing, url);
        else
            landing.url_count = 0;
    }
    if (landing.url_count)
        landing.kind = LANDING_AT;
    if (publication.kind == PUBLICATION_PAGE || mends_collections(site))
        landing.mended =
            pages_of(site, snapshot) && pages_of(site, snapshot)->plugins.rewrite_links;
    return landing;
}
