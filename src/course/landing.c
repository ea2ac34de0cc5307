#include "course/landing.h"

#include "base/memory.h"
#include "course/pages.h"
#include "course/permalink.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SNAPSHOTS = 4 };

struct landings {
    struct pages *pages[MOST_SNAPSHOTS];
};

struct landings *landings_new(void) {
    return memory_allocate(1, sizeof(struct landings));
}

void landings_free(struct landings *landings) {
    for (size_t i = 0; landings && i < MOST_SNAPSHOTS; i++)
        pages_free(landings->pages[i]);
    free(landings);
}

/* --- looking up ------------------------------------------------------------------------------ */

/* The pages of a snapshot if they have been read, else NULL. */
static const struct pages *known_pages(const struct site *site, const struct snapshot *snapshot) {
    const struct landings *landings = site->landings;
    snapshot = snapshot_original(snapshot);
    for (size_t i = 0; landings && i < MOST_SNAPSHOTS && landings->pages[i]; i++)
        if (landings->pages[i]->snapshot == snapshot)
            return landings->pages[i];
    return NULL;
}

/* For the pages of one more snapshot; NULL: there is none (or this is a site without landings). */
static struct pages **free_place(const struct site *site) {
    struct landings *landings = site->landings;
    for (size_t i = 0; landings && i < MOST_SNAPSHOTS; i++)
        if (!landings->pages[i])
            return &landings->pages[i];
    return NULL;
}

struct pages_reading *site_begin_reading(const struct site *site, const struct snapshot *snapshot) {
    if (known_pages(site, snapshot) || !free_place(site))
        return NULL;
    return pages_begin(site, snapshot_original(snapshot), site->landings->pages, MOST_SNAPSHOTS);
}

void site_read_part(struct pages_reading *reading, const struct snapshot *snapshot) {
    pages_take_part(reading, snapshot);
}

void site_end_reading(const struct site *site, struct pages_reading *reading) {
    *free_place(site) = pages_end(reading);
}

/* The pages of a snapshot; NULL when there is no place to keep them. */
static const struct pages *pages_of(const struct site *site, const struct snapshot *snapshot) {
    const struct pages *known = known_pages(site, snapshot);
    struct pages_reading *reading = known ? NULL : site_begin_reading(site, snapshot);
    if (!reading)
        return known;
    site_read_part(reading, snapshot_original(snapshot));
    site_end_reading(site, reading);
    return known_pages(site, snapshot);
}

const struct page_source *site_find_source(const struct site *site, const struct snapshot *snapshot,
                                           struct slice path) {
    const struct pages *pages = known_pages(site, snapshot);
    const struct page_source *found = pages ? pages_find_source(pages, path) : NULL;
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
        const struct site_page *page = pages->by_path[middle];
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
    if (pages_leave_out(site, document->path, &publication, head->root)) {
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
