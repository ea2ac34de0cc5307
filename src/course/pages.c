#include "course/pages.h"

#include "base/memory.h"
#include "course/permalink.h"
#include "document/front_matter.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_PAGE = 512 * 1024, DEEPEST_LAYOUT = 4, FILES_AT_ONCE = 8 };

/* What may be a page, or stands beside the pages of a collection. */
struct candidate {
    struct slice path;
    struct publication publication;
    bool is_static, is_page; /* neither: nothing comes of it */
    size_t source;           /* an index; not when static */
    struct slice url, file;
};

struct pages_reading {
    const struct site *site;
    struct pages *pages;
    struct pages *const *known;
    size_t known_count;
    struct candidate *candidates; /* by path */
    size_t count, capacity;
    atomic_size_t next;   /* the candidate that nobody has taken yet */
    pthread_mutex_t lock; /* for the arena of the pages, while several take part */
    const char *folder;   /* for read_part() */
};

/* --- what several threads do ----------------------------------------------------------------- */

/* Empty when it cannot be read, or is too large for a page. */
static struct slice read_file(const struct snapshot *snapshot, const char *blob_id,
                              struct arena *arena) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct slice text = {NULL, 0};
    if (snapshot_read_blob(snapshot, blob_id, LARGEST_PAGE, &content, &error) == OK)
        text = arena_copy(arena, buffer_slice(&content));
    buffer_release(&content);
    error_release(&error);
    return text;
}

static int compare_source(const void *key, const void *element) {
    return slice_compare(*(const struct slice *)key, ((const struct page_source *)element)->path);
}

const struct page_source *pages_find_source(const struct pages *pages, struct slice path) {
    return pages->source_count ? bsearch(&path, pages->sources, pages->source_count,
                                         sizeof *pages->sources, compare_source)
                               : NULL;
}

/* The same file in a snapshot that was read before; NULL: there is none. */
static const struct page_source *find_known(const struct pages_reading *reading,
                                            const struct page_source *source) {
    for (size_t i = 0; i < reading->known_count && reading->known[i]; i++) {
        const struct page_source *found = pages_find_source(reading->known[i], source->path);
        if (found && !strcmp(found->blob_id, source->blob_id))
            return found;
    }
    return NULL;
}

/* Of two sides that differ in a file, all others are read once. */
static void read_source(const struct pages_reading *reading, const struct snapshot *snapshot,
                        struct page_source *source, struct arena *arena) {
    const struct page_source *known = find_known(reading, source);
    if (known) {
        *source = *known;
        return;
    }
    source->text = read_file(snapshot, source->blob_id, arena);
    source->body = front_matter_read(&source->head, source->text, arena);
}

bool pages_leave_out(const struct site *site, struct slice path,
                     const struct publication *publication, const struct yaml_node *front_matter) {
    if (publication->kind == PUBLICATION_PAGE)
        return plugins_says_no(yaml_find(front_matter, "published"));
    return plugins_says_no(publication_value(site, path, publication, front_matter, "published"));
}

static void read_candidate(const struct pages_reading *reading, const struct snapshot *snapshot,
                           struct candidate *candidate, struct arena *arena) {
    struct page_source *source = &reading->pages->sources[candidate->source];
    struct publication *publication = &candidate->publication;
    *publication = publication_of(reading->site, candidate->path);
    if (publication->kind == PUBLICATION_NONE)
        return;
    read_source(reading, snapshot, source, arena);
    const struct yaml_node *root = source->head.root;
    /* A plug-in of GitHub Pages makes pages of Markdown without front matter. */
    if (source->head.state == FRONT_MATTER_ABSENT &&
        !(reading->pages->plugins.rewrite_links && path_is_markdown(candidate->path)))
        return;
    candidate->is_page = !pages_leave_out(reading->site, candidate->path, publication, root);
    if (!candidate->is_page || (publication->kind == PUBLICATION_DOCUMENT && !publication->output))
        return;
    candidate->url = permalink_of(reading->site, candidate->path, publication, root, arena);
    if (candidate->url.size)
        candidate->file = permalink_file(candidate->url, arena);
}

void pages_take_part(struct pages_reading *reading, const struct snapshot *snapshot) {
    struct arena arena = ARENA_EMPTY;
    for (size_t i; (i = atomic_fetch_add(&reading->next, FILES_AT_ONCE)) < reading->count;)
        for (size_t at = i; at < i + FILES_AT_ONCE && at < reading->count; at++)
            if (!reading->candidates[at].is_static)
                read_candidate(reading, snapshot, &reading->candidates[at], &arena);
    pthread_mutex_lock(&reading->lock);
    arena_absorb(&reading->pages->arena, &arena);
    pthread_mutex_unlock(&reading->lock);
}

/* --- before that ----------------------------------------------------------------------------- */

static bool is_page_name(struct slice path) {
    return path_is_markdown(path) || slice_ends_with(path, ".html") ||
           slice_ends_with(path, ".htm") || slice_ends_with(path, ".xhtml");
}

static bool visit(struct slice path, const struct entry *entry, void *context) {
    struct pages_reading *reading = context;
    struct pages *pages = reading->pages;
    if (entry->kind != ENTRY_FILE)
        return true;
    struct candidate candidate = {.is_static = !is_page_name(path)};
    if (candidate.is_static) {
        struct publication publication = publication_of(reading->site, path);
        if (publication.kind != PUBLICATION_DOCUMENT || !publication.output)
            return true;
    }
    candidate.path = arena_copy(&pages->arena, path);
    if (!candidate.is_static) {
        struct page_source source = {.path = candidate.path, .head = {.reason = ""}};
        memcpy(source.blob_id, entry->blob_id, sizeof source.blob_id);
        candidate.source = pages->source_count;
        ARRAY_PUSH(pages->sources, pages->source_count, pages->source_capacity) = source;
    }
    ARRAY_PUSH(reading->candidates, reading->count, reading->capacity) = candidate;
    return true;
}

struct pages_reading *pages_begin(const struct site *site, const struct snapshot *snapshot,
                                  struct pages *const *known, size_t known_count) {
    struct pages_reading *reading = memory_allocate(1, sizeof *reading);
    struct pages *pages = memory_allocate(1, sizeof *pages);
    struct error error = ERROR_NONE;
    *reading = (struct pages_reading){
        .site = site, .pages = pages, .known = known, .known_count = known_count};
    atomic_init(&reading->next, 0);
    pthread_mutex_init(&reading->lock, NULL);
    pages->snapshot = snapshot;
    pages->plugins = plugins_read(site, snapshot);
    snapshot_walk(snapshot, slice_of(""), visit, reading, &error);
    error_release(&error);
    return reading;
}

/* --- behind it, in the order of the paths ---------------------------------------------------- */

/* A layout or an include, read once. */
static bool read_part(void *context, struct slice name, struct slice *text) {
    const struct pages_reading *reading = context;
    struct pages *pages = reading->pages;
    struct slice path =
        slice_of(arena_format(&pages->arena, "%s/%.*s", reading->folder, SLICE_ARGUMENTS(name)));
    for (size_t i = 0; i < pages->text_count; i++)
        if (slice_equal(pages->texts[i].path, path)) {
            *text = pages->texts[i].text;
            return pages->texts[i].found;
        }
    struct file_text file = {.path = path};
    struct entry entry = snapshot_find(pages->snapshot, path);
    file.found = entry.kind == ENTRY_FILE;
    if (file.found)
        file.text = read_file(pages->snapshot, entry.blob_id, &pages->arena);
    ARRAY_PUSH(pages->texts, pages->text_count, pages->text_capacity) = file;
    *text = file.text;
    return file.found;
}

static bool include_part(void *context, struct slice name, struct slice *text) {
    struct pages_reading *reading = context;
    reading->folder = "_includes";
    return read_part(context, name, text);
}

static void add_pasted(struct pages_reading *reading, struct slice text, struct slice url) {
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
static void find_pasted(struct pages_reading *reading, struct slice text, struct slice url,
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

static struct site_page *add_page(struct pages *pages, struct slice path, struct slice url,
                                  struct slice file) {
    struct site_page *page = &ARRAY_PUSH(pages->items, pages->count, pages->capacity);
    *page = (struct site_page){.path = path, .url = url, .file = file};
    return page;
}

/* Beside the pages of its collection. Source: Jekyll::StaticFile#destination_rel_dir. */
static void add_static(struct pages *pages, const struct site *site, struct slice path) {
    struct publication publication = publication_of(site, path);
    struct slice url = permalink_of(site, path, &publication, NULL, &pages->arena);
    while (slice_ends_with(url, "/"))
        url.size--;
    if (!url.size)
        return;
    struct slice folder = slice_folder(slice_part(url, 1, url.size));
    struct slice whole =
        slice_of(arena_format(&pages->arena, "/%.*s%s%.*s", SLICE_ARGUMENTS(folder),
                              folder.size ? "/" : "", SLICE_ARGUMENTS(slice_file_name(path))));
    add_page(pages, path, whole, slice_part(whole, 1, whole.size))->is_static = true;
}

/* What jekyll-redirect-from makes: pages without a source. */
static void add_redirects(struct pages *pages, const struct yaml_node *from) {
    size_t count = from && from->kind == YAML_SCALAR && from->text.size ? 1 : 0;
    count = from && from->kind == YAML_SEQUENCE ? from->item_count : count;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *node = from->kind == YAML_SCALAR ? from : from->items[i];
        if (node->kind != YAML_SCALAR || !node->text.size)
            continue;
        struct slice url =
            slice_of(arena_format(&pages->arena, "%s%.*s", *node->text.data == '/' ? "" : "/",
                                  SLICE_ARGUMENTS(node->text)));
        add_page(pages, (struct slice){NULL, 0}, url, permalink_file(url, &pages->arena));
    }
}

static void add_candidate(struct pages_reading *reading, const struct candidate *candidate) {
    struct pages *pages = reading->pages;
    struct slice path = candidate->path, url = candidate->url;
    if (candidate->is_static)
        add_static(pages, reading->site, path);
    if (!candidate->is_page)
        return;
    const struct page_source *source = &pages->sources[candidate->source];
    const struct yaml_node *root = source->head.root;
    add_page(pages, path, url, candidate->file)->is_bare =
        source->head.state == FRONT_MATTER_ABSENT;
    add_redirects(pages, yaml_find(root, "redirect_from"));
    if (candidate->publication.kind == PUBLICATION_PAGE && url.size)
        find_pasted(
            reading, slice_part(source->text, source->body, source->text.size), url,
            publication_value(reading->site, path, &candidate->publication, root, "layout"));
}

static int by_file(const void *left, const void *right) {
    const struct site_page *a = left, *b = right;
    int order = slice_compare(a->file, b->file);
    return order ? order : slice_compare(a->path, b->path);
}

static int by_path(const void *left, const void *right) {
    const struct site_page *const *a = left, *const *b = right;
    return slice_compare((*a)->path, (*b)->path);
}

static void sort(struct pages *pages) {
    if (pages->count)
        qsort(pages->items, pages->count, sizeof *pages->items, by_file);
    pages->by_path = memory_allocate(pages->count + 1, sizeof *pages->by_path);
    for (size_t i = 0; i < pages->count; i++)
        pages->by_path[i] = &pages->items[i];
    if (pages->count)
        qsort(pages->by_path, pages->count, sizeof *pages->by_path, by_path);
}

struct pages *pages_end(struct pages_reading *reading) {
    struct pages *pages = reading->pages;
    for (size_t i = 0; i < reading->count; i++)
        add_candidate(reading, &reading->candidates[i]);
    sort(pages);
    pthread_mutex_destroy(&reading->lock);
    free(reading->candidates);
    free(reading);
    return pages;
}

void pages_free(struct pages *pages) {
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
