/*
 * Where a document stands on the site once Jekyll has built it: at its permalink, or, in a
 * collection without pages of its own, wherever a page pastes it.
 *
 * The pages of a snapshot are read when a landing or an arrival first needs them, which not every
 * run does; before several threads use the site, let them read those of each snapshot together (see
 * site_begin_reading()). From then on the site is only read.
 */
#ifndef COURSE_LANDING_H
#define COURSE_LANDING_H

#include "course/site.h"
#include "document/document.h"

enum landing_kind {
    LANDING_UNKNOWN, /* nobody pastes it as far as can be seen, or its URL cannot be told */
    LANDING_NOWHERE, /* Jekyll passes over it (README files, drafts), or this is no Jekyll site */
    LANDING_HIDDEN,  /* `published: false`, or left out by every page that pastes its collection */
    LANDING_AT,
};

enum { LANDING_MAX_URLS = 8 };

struct landing {
    enum landing_kind kind;
    bool pasted; /* belongs to a collection and stands in other pages */
    bool mended; /* jekyll-relative-links may rewrite what its Markdown links say */
    struct slice urls[LANDING_MAX_URLS]; /* without the baseurl: "/", "/notes/a.html" */
    size_t url_count;
};

/* A page that the site has, or another file that does not stand where its source does. */
struct site_page {
    struct slice path; /* empty: a redirection without a source */
    struct slice url;  /* empty: it has none of its own */
    struct slice file; /* in the built site: "notes/index.html" */
    bool is_bare;      /* without front matter, a page by a plug-in: its source is copied, too */
    bool is_static;    /* a picture or the like in the folder of a collection */
};

/* A page as it is written. */
struct page_source {
    struct slice path, text;
    char blob_id[OBJECT_ID_SIZE];
    struct front_matter head;
    size_t body; /* where in `text` it begins */
};

/*
 * Lands `document`, which stands in `snapshot`, a side of which `site` is (its settings are the
 * same). Texts live in `arena` or as long as the site.
 */
struct landing site_land(const struct site *site, const struct snapshot *snapshot,
                         const struct document *document, struct arena *arena);

/*
 * Reads the pages of `snapshot` on several threads: one of them begins, all read their part, each
 * with a snapshot of its own (this one opened again), and when they are through, one ends it. NULL
 * when there is nothing left to read.
 */
struct pages_reading;
struct pages_reading *site_begin_reading(const struct site *site, const struct snapshot *snapshot);
void site_read_part(struct pages_reading *reading, const struct snapshot *snapshot);
void site_end_reading(const struct site *site, struct pages_reading *reading);

/*
 * The file `path` as it was read with the pages of `snapshot`: it lives as long as the site. NULL
 * when they have not been read, which this does not do, and for a file that is empty, too large for
 * a page or none.
 */
const struct page_source *site_find_source(const struct site *site, const struct snapshot *snapshot,
                                           struct slice path);

/* The page whose built file is `file`, or whose source is `path`; NULL: none. */
const struct site_page *site_find_file(const struct site *site, const struct snapshot *snapshot,
                                       struct slice file);
const struct site_page *site_find_page(const struct site *site, const struct snapshot *snapshot,
                                       struct slice path);

/*
 * Another page whose built file is that of the page with the source `path`: Jekyll writes one over
 * the other. NULL: none.
 */
const struct site_page *site_find_twin(const struct site *site, const struct snapshot *snapshot,
                                       struct slice path);

/* The same as site_find_file() for a file that differs in upper and lower case. */
const struct site_page *site_find_ignoring_case(const struct site *site,
                                                const struct snapshot *snapshot, struct slice file);

/* True when a plug-in may make a page at `path`, from the root of the site. */
bool site_may_make_page(const struct site *site, const struct snapshot *snapshot,
                        struct slice path);

/* True when the folder of the built site has a page that Jekyll makes. */
bool site_has_page_below(const struct site *site, const struct snapshot *snapshot,
                         struct slice folder);

/* For site.c: what is kept of the snapshots, at first nothing. NULL may be freed. */
struct landings *landings_new(void);
void landings_free(struct landings *landings);

#endif
