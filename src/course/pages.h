/*
 * The pages of one snapshot: for landing.c, which looks things up in them. They are read in three
 * steps, so that several threads can share the long one:
 *
 *     reading = pages_begin(site, snapshot, known);
 *     pages_take_part(reading, snapshot);   on any thread, with a snapshot of its own
 *     pages = pages_end(reading);
 */
#ifndef COURSE_PAGES_H
#define COURSE_PAGES_H

#include "course/landing.h"
#include "course/pasting.h"
#include "course/plugins.h"
#include "course/publication.h"

/* A collection in a page. */
struct pasted {
    struct paste paste;
    struct slice url;
};

struct file_text {
    struct slice path, text;
    bool found;
};

struct pages {
    const struct snapshot *snapshot;
    struct site_page *items; /* by `file` */
    size_t count, capacity;
    const struct site_page **by_path; /* into `items` */
    struct page_source *sources;      /* by path, as a walk brings them */
    size_t source_count, source_capacity;
    struct pasted *pasted;
    size_t pasted_count, pasted_capacity;
    struct plugins plugins;
    struct file_text *texts; /* layouts and includes that were asked for */
    size_t text_count, text_capacity;
    struct arena arena;
};

/*
 * Finds the files that may be pages. `known` are the pages of other snapshots of the site, before a
 * NULL when fewer: a file that is the same there is taken over, so they must outlive these.
 */
struct pages_reading *pages_begin(const struct site *site, const struct snapshot *snapshot,
                                  struct pages *const *known, size_t known_count);

/* Reads files until none is left; `snapshot` is that of the reading, or it opened again. */
void pages_take_part(struct pages_reading *reading, const struct snapshot *snapshot);

/* Once nobody takes part any more; it frees the reading. Release with pages_free(). */
struct pages *pages_end(struct pages_reading *reading);
void pages_free(struct pages *pages);

/* The file at `path`, whatever came of reading it; NULL: it can't be a page. */
const struct page_source *pages_find_source(const struct pages *pages, struct slice path);

/* Defaults are not asked for pages. Source: Jekyll::Publisher, Jekyll::Page. */
bool pages_leave_out(const struct site *site, struct slice path,
                     const struct publication *publication, const struct yaml_node *front_matter);

#endif
