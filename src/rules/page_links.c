#include "rules/page_links.h"

#include "course/schedule_link.h"
#include "finding/apply.h"
#include "rules/review.h"

#include <string.h>

/* More pages than a course has: a hostile tree must not hold the run. */
enum { MOST_PAGES = 2000 };

struct page_search {
    const struct subject *subject;
    struct finding *finding;
    struct slice to;
    size_t read;
};

/* The first of the files that a destination may mean and that are there. */
static bool leads_to_note(const struct subject *subject, struct slice page,
                          struct slice destination, struct arena *arena) {
    struct target target = site_resolve(subject->site, page, destination, arena);
    for (size_t i = 0; target.kind == TARGET_FILE && i < target.path_count; i++)
        if (snapshot_find(subject->snapshot, target.paths[i]).kind == ENTRY_FILE)
            return slice_equal(target.paths[i], subject->path);
    return false;
}

static bool is_edited(const struct finding *finding, const struct edit *edit) {
    for (size_t i = 0; i < finding->edits.count; i++) {
        const struct edit *other = &finding->edits.items[i];
        if (other->kind == EDIT_REPLACE && slice_equal(other->path, edit->path) &&
            edits_collide(other, edit))
            return true;
    }
    return false;
}

static void add_links(struct page_search *search, const struct document *page) {
    const struct subject *subject = search->subject;
    struct arena arena = ARENA_EMPTY;
    for (size_t i = 0; i < page->link_count; i++) {
        const struct link *link = &page->links[i];
        struct edit edit = {.kind = EDIT_REPLACE, .path = page->path};
        struct buffer text = BUFFER_EMPTY;
        edit.span = link->destination_span;
        edit.before = document_text(page, edit.span);
        if (link->has_place && !is_edited(search->finding, &edit) &&
            leads_to_note(subject, page->path, link->destination, &arena) &&
            destination_rename(&text, edit.before, subject->path, search->to)) {
            edit.text = buffer_slice(&text);
            finding_add_edit(subject->findings, search->finding, &edit);
        }
        buffer_release(&text);
    }
    arena_release(&arena);
}

/* The file's name as far as no link has to encode anything of it. */
static struct slice plain_start(struct slice name) {
    size_t size = 0;
    while (size < name.size && (unsigned char)name.data[size] > ' ' &&
           (unsigned char)name.data[size] < 0x7f && !strchr("%\"'()<>[]&?#", name.data[size]))
        size++;
    return slice_part(name, 0, size);
}

static bool visit(struct slice path, const struct entry *entry, void *context) {
    struct page_search *search = context;
    const struct subject *subject = search->subject;
    struct slice start = plain_start(slice_file_name(subject->path));
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (entry->kind != ENTRY_FILE || !path_is_markdown(path) || slice_equal(path, subject->path))
        return true;
    if (snapshot_read(subject->snapshot, path, DOCUMENT_MAX_SIZE, &content, &error) == OK &&
        content.size && memmem(content.data, content.size, start.data, start.size)) {
        struct document_options options = review_document_options(subject->review, subject->site);
        struct document *page = document_read(path, buffer_slice(&content), &options);
        add_links(search, page);
        document_free(page);
    }
    buffer_release(&content);
    error_release(&error);
    return ++search->read < MOST_PAGES;
}

void page_links_rename(const struct subject *subject, struct finding *finding, struct slice path) {
    struct page_search search = {.subject = subject, .finding = finding, .to = path};
    struct error error = ERROR_NONE;
    /* A folder that can't be read has no links to write; the run says so elsewhere. */
    (void)snapshot_walk(subject->snapshot, slice_of(""), visit, &search, &error);
    error_release(&error);
}
