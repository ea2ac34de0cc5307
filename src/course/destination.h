/* What a link's destination says once Jekyll has expanded its Liquid: a path, or another host. */
#ifndef COURSE_DESTINATION_H
#define COURSE_DESTINATION_H

#include "course/site.h"

struct destination {
    enum target_kind kind;
    bool from_root;    /* begins with a slash: leads from the root of the host */
    bool has_baseurl;  /* … and the site's baseurl stood there, which `path` leaves out */
    bool names_host;   /* written with the host that `url` in `_config.yml` says is the site's */
    bool liquid;       /* written with a filter or a variable of the site */
    struct slice path; /* decoded, without query and fragment; "." and ".." still there */
};

/*
 * Reads `text` as written. Liquid that only a build can expand, an empty destination, a mere
 * fragment or query: TARGET_UNKNOWN. Texts live in `arena`.
 */
struct destination destination_read(const struct site *site, struct slice text,
                                    struct arena *arena);

/* The byte at `*at` of a URL, `%20` being one; `*at` must be below the size, and moves behind it.
 */
char destination_next(struct slice text, size_t *at);

/*
 * `folder` + `path` without empty, "." and ".." parts; ".." above the root is dropped, as in URLs.
 */
struct slice destination_join(struct slice folder, struct slice path, struct arena *arena);

#endif
