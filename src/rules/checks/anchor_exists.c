/* Has the page that a link leads to the heading or id that the link names? */
#include "base/memory.h"
#include "course/anchors.h"
#include "course/destination.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/review.h"

#include <stdlib.h>

static const char *const places[] = {"page", "remedy", NULL};

/* Pages that links of one file lead to. */
struct target_page {
    struct slice path;
    struct anchors anchors;
};

struct target_pages {
    struct target_page *items;
    size_t count, capacity;
};

static void read_target(struct target_page *target, const struct subject *subject) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct document_options options = {subject->site->renders_dollar_math};
    target->anchors = (struct anchors){.open = true};
    if (snapshot_read(subject->snapshot, target->path, DOCUMENT_MAX_SIZE, &content, &error) == OK) {
        struct document *document = document_read(target->path, buffer_slice(&content), &options);
        anchors_read(&target->anchors, subject->site, document);
        document_free(document);
    }
    buffer_release(&content);
    error_release(&error);
}

static const struct anchors *anchors_of(struct target_pages *pages, const struct subject *subject,
                                        struct slice path) {
    for (size_t i = 0; i < pages->count; i++)
        if (slice_equal(pages->items[i].path, path))
            return &pages->items[i].anchors;
    struct target_page *target = &ARRAY_PUSH(pages->items, pages->count, pages->capacity);
    *target = (struct target_page){.path = path};
    if (slice_equal(path, subject->path))
        anchors_read(&target->anchors, subject->site, subject->document);
    else
        read_target(target, subject);
    return &target->anchors;
}

/* The source of the page that `link` leads to; empty: not a page, or not known. */
static struct slice page_of(const struct subject *subject, const struct link *link) {
    static const char *const endings[] = {".html", ".htm", ".xhtml"};
    struct slice none = {NULL, 0}, path = subject->path;
    if (!slice_starts_with(link->destination, "#")) {
        const struct arrival *arrival = subject_arrival(subject, link);
        path = arrival->kind == ARRIVAL_FINE ? arrival->file : none;
    }
    if (path_is_markdown(path))
        return path;
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (slice_ends_with(path, endings[i]))
            return path;
    return none;
}

static bool read_fragment(struct slice destination, struct buffer *fragment) {
    size_t hash = slice_find(destination, "#", 0);
    if (hash == SLICE_NOT_FOUND)
        return false;
    struct slice text = slice_part(destination, hash + 1, destination.size);
    for (size_t at = 0; at < text.size;)
        buffer_append_byte(fragment, destination_next(text, &at));
    struct slice whole = buffer_slice(fragment);
    return whole.size && slice_find(whole, "{", 0) == SLICE_NOT_FOUND &&
           slice_find(whole, "}", 0) == SLICE_NOT_FOUND;
}

/* False when there are enough findings. */
static bool look_at(const struct rule *rule, struct subject *subject, const struct link *link,
                    struct target_pages *pages) {
    struct buffer fragment = BUFFER_EMPTY, remedy = BUFFER_EMPTY;
    struct slice page = {NULL, 0};
    bool goes_on = true;
    if (read_fragment(link->destination, &fragment))
        page = page_of(subject, link);
    struct slice text = buffer_slice(&fragment);
    const struct anchors *anchors = page.size ? anchors_of(pages, subject, page) : NULL;
    if (anchors && !anchors_have(anchors, text) && !anchors_in_theme(subject->snapshot, text)) {
        struct slice near = anchors_nearest(anchors, text);
        if (near.size)
            buffer_append_format(&remedy, "write \"#%.*s\"", SLICE_ARGUMENTS(near));
        else
            buffer_append_string(&remedy, "link a heading that is there, or give it that name: "
                                          "{#name} at the end of its line");
        struct place named[] = {{"page", page}, {"remedy", buffer_slice(&remedy)}};
        bool placed = link->has_place && link->destination_span.end > link->destination_span.start;
        goes_on = subject_report(subject, rule, placed ? link->destination_span : link->span, text,
                                 named, 2) != NULL;
    }
    buffer_release(&fragment);
    buffer_release(&remedy);
    return goes_on;
}

/* What stands in another page has that page's anchors around it. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct document *document = subject->document;
    struct target_pages pages = {0};
    if (!document->link_count)
        return;
    const struct landing *landing = subject_landing(subject);
    if (landing->kind != LANDING_AT)
        return;
    bool goes_on = true;
    for (size_t i = 0; goes_on && i < document->link_count; i++)
        if (!landing->pasted || !slice_starts_with(document->links[i].destination, "#"))
            goes_on = look_at(rule, subject, &document->links[i], &pages);
    for (size_t i = 0; i < pages.count; i++)
        anchors_release(&pages.items[i].anchors);
    free(pages.items);
}

const struct check check_anchor_exists = {
    .name = "anchor-exists", .places = places, .needs_document = true, .run = run};
