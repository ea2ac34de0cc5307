/* Pages that a change takes from the address at which other pages link them. */
#include "course/arrival.h"
#include "course/publication.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/review.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum problem { PROBLEM_MOVED, PROBLEM_LAYOUT_LOST };

static const char *const problem_names[] = {"moved", "layout-lost", NULL};

struct moved_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct moved_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"url", "now", "other", "count", NULL};

/* The page as it was; release `content` and the document. */
struct old_page {
    struct document *document; /* NULL: there was none, or it can't be read */
    const struct site *site;
    struct buffer content;
};

/* The usual case, at no cost: the head of the file is as it was, and it stands where it stood. */
static bool keeps_front_matter(const struct old_page *old, const struct subject *subject) {
    const struct document *document = subject->document;
    if (subject->change->kind != CHANGE_MODIFIED || subject->review->site_changes || !document ||
        document->front_matter.state != FRONT_MATTER_PRESENT)
        return false;
    size_t size = document->body_start;
    return slice_equal(slice_part(document->source.bytes, 0, size),
                       slice_part(buffer_slice(&old->content), 0, size));
}

static void read_old(struct old_page *old, const struct subject *subject) {
    const struct review *review = subject->review;
    struct error error = ERROR_NONE;
    old->site = review->site_changes ? &review->base_site : &review->head_site;
    struct document_options options = review_document_options(review, old->site);
    if (snapshot_read(review->base, subject->change->old_path, DOCUMENT_MAX_SIZE, &old->content,
                      &error) == OK &&
        !keeps_front_matter(old, subject))
        old->document =
            document_read(subject->change->old_path, buffer_slice(&old->content), &options);
    error_release(&error);
}

/* The layout that the page is put into; empty: none. */
static struct slice layout_of(const struct site *site, const struct document *document) {
    struct publication publication = publication_of(site, document->path);
    const struct yaml_node *layout = publication_value(site, document->path, &publication,
                                                       document->front_matter.root, "layout");
    struct slice name =
        layout && layout->kind == YAML_SCALAR ? slice_trim(layout->text) : (struct slice){NULL, 0};
    bool none = slice_equal_string(name, "none") || slice_equal_string(name, "null") ||
                slice_equal_string(name, "~");
    return none ? (struct slice){NULL, 0} : name;
}

/* --- who links it ---------------------------------------------------------------------------- */

struct search {
    const struct subject *subject;
    const struct site *old_site;
    struct slice word;  /* of the address, in each link */
    struct slice first; /* the first page with such a link */
    size_t count, read;
    struct arena arena;
};

/* A link that led to the page, and leads nowhere now. */
static bool has_dead_link(struct search *search, const struct document *page) {
    const struct subject *subject = search->subject;
    const struct snapshot *base = subject->review->base;
    struct arena *arena = &search->arena;
    struct landing was = site_land(search->old_site, base, page, arena);
    struct landing is = site_land(subject->site, subject->snapshot, page, arena);
    for (size_t i = 0; i < page->link_count; i++) {
        const struct link *link = &page->links[i];
        struct arrival before = site_follow(search->old_site, base, page, &was, link, arena);
        if (before.kind == ARRIVAL_FINE && slice_equal(before.file, subject->change->old_path) &&
            site_follow(subject->site, subject->snapshot, page, &is, link, arena).kind ==
                ARRIVAL_NOTHING)
            return true;
    }
    return false;
}

/* Pages that the change touches answer for their links themselves. */
static bool visit(struct slice path, const struct entry *entry, void *context) {
    enum { MOST_PAGES = 2000 };
    struct search *search = context;
    const struct subject *subject = search->subject;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (entry->kind != ENTRY_FILE || !path_is_markdown(path) ||
        change_set_find(subject->review->changes, path))
        return true;
    if (snapshot_read(subject->snapshot, path, DOCUMENT_MAX_SIZE, &content, &error) == OK &&
        content.size && memmem(content.data, content.size, search->word.data, search->word.size)) {
        struct document_options options = review_document_options(subject->review, subject->site);
        struct document *page = document_read(path, buffer_slice(&content), &options);
        if (has_dead_link(search, page) && !search->count++)
            search->first = arena_copy(&search->arena, path);
        document_free(page);
    }
    buffer_release(&content);
    error_release(&error);
    return ++search->read < MOST_PAGES;
}

/* The last part of the address, as far as no link has to encode anything of it. */
static struct slice word_of(struct slice url) {
    while (slice_ends_with(url, "/"))
        url.size--;
    struct slice name = slice_file_name(url);
    if (slice_ends_with(name, ".html"))
        name.size -= strlen(".html");
    size_t size = 0;
    while (size < name.size && (unsigned char)name.data[size] > ' ' &&
           (unsigned char)name.data[size] < 0x7f && !strchr("%\"'()<>[]&?#", name.data[size]))
        size++;
    return slice_part(name, 0, size);
}

static void report_moved(const struct rule *rule, const struct subject *subject,
                         const struct site *old_site, struct slice url, struct slice now) {
    struct search search = {.subject = subject, .old_site = old_site, .word = word_of(url)};
    struct error error = ERROR_NONE;
    if (search.word.size)
        snapshot_walk(subject->snapshot, slice_of(""), visit, &search, &error);
    if (search.count) {
        char count[32];
        snprintf(count, sizeof count, "%zu", search.count);
        struct place named[] = {
            {"url", url}, {"now", now}, {"other", search.first}, {"count", slice_of(count)}};
        subject_report(subject, rule, NO_PLACE, url, named, 4);
    }
    arena_release(&search.arena);
    error_release(&error);
}

/* --- the page before and after --------------------------------------------------------------- */

static void check_moved(const struct rule *rule, const struct subject *subject,
                        const struct old_page *old) {
    struct arena *arena = &subject->facts->arena;
    struct landing was = site_land(old->site, subject->review->base, old->document, arena);
    if (was.kind != LANDING_AT || was.pasted || was.url_count != 1)
        return;
    struct slice now = slice_of("nowhere");
    if (subject->document) {
        const struct landing *is = subject_landing(subject);
        if (is->kind == LANDING_UNKNOWN || (is->kind == LANDING_AT && is->url_count != 1))
            return;
        if (is->kind == LANDING_AT)
            now = is->urls[0];
    }
    if (!slice_equal(now, was.urls[0]))
        report_moved(rule, subject, old->site, was.urls[0], now);
}

static void check_layout(const struct rule *rule, const struct subject *subject,
                         const struct old_page *old) {
    if (!subject->document || subject->document->front_matter.state != FRONT_MATTER_PRESENT)
        return;
    struct slice was = layout_of(old->site, old->document);
    if (was.size && !layout_of(subject->site, subject->document).size &&
        subject_landing(subject)->kind == LANDING_AT)
        subject_report(subject, rule, NO_PLACE, was, NULL, 0);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct moved_parameters *own = rule->parameters;
    struct old_page old = {.content = BUFFER_EMPTY};
    if (subject->change->kind == CHANGE_ADDED || !path_is_markdown(subject->change->old_path))
        return;
    read_old(&old, subject);
    if (old.document && own->finds == PROBLEM_MOVED)
        check_moved(rule, subject, &old);
    else if (old.document)
        check_layout(rule, subject, &old);
    document_free(old.document);
    buffer_release(&old.content);
}

const struct check check_page_moved = {.name = "page-moved",
                                       .parameters = parameters,
                                       .parameters_size = sizeof(struct moved_parameters),
                                       .places = places,
                                       .about_changes = true,
                                       .takes_document = true,
                                       .run = run};
