/*
 * The anchors that kramdown gives a page, in Jekyll's way: ids of headings, `{#id}`, and `id` and
 * `name` in raw HTML.
 */
#ifndef COURSE_ANCHORS_H
#define COURSE_ANCHORS_H

#include "course/site.h"
#include "document/document.h"

struct anchors {
    struct slice *ids; /* free() */
    size_t count, capacity;
    bool open; /* there may be others: of includes, of loops, of another Markdown engine, more than
                  are kept */
    struct arena arena;
};

/* Reads a page, Markdown or HTML. Release with anchors_release(). */
void anchors_read(struct anchors *anchors, const struct site *site,
                  const struct document *document);
void anchors_release(struct anchors *anchors);

/*
 * True when a browser finds `fragment` (decoded, without "#") there, or may: letters beyond ASCII
 * and underscores, which may be emphasis, are not compared, and what kramdown and browsers bring
 * themselves is there.
 */
bool anchors_have(const struct anchors *anchors, struct slice fragment);

/* The id that was meant; empty when none is near. Lives as long as the anchors. */
struct slice anchors_nearest(const struct anchors *anchors, struct slice fragment);

/* True when a layout or an include has that id; without them, when themes usually have. */
bool anchors_in_theme(const struct snapshot *snapshot, struct slice fragment);

#endif
