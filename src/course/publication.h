/* What Jekyll makes of a file: its place in the site, and what front matter defaults apply to it.
 */
#ifndef COURSE_PUBLICATION_H
#define COURSE_PUBLICATION_H

#include "course/site.h"

enum publication_kind {
    PUBLICATION_NONE,     /* excluded, hidden by its name, a draft, a layout */
    PUBLICATION_PAGE,     /* a page when it has front matter, else copied as it is */
    PUBLICATION_POST,     /* in a `_posts/` folder, with a date in its name */
    PUBLICATION_DOCUMENT, /* in the folder of a collection */
};

struct publication {
    enum publication_kind kind;
    struct slice collection; /* "posts" for posts; empty for pages */
    struct slice inside;     /* posts and documents: the path below the collection's folder */
    struct slice above;      /* posts: the folder that `_posts/` stands in: its categories */
    bool output;             /* documents: each gets a page of its own */
};

/* By the path alone. Source: Jekyll::EntryFilter, Jekyll::Reader. */
struct publication publication_of(const struct site *site, struct slice path);

/*
 * The value of `key` in the front matter (may be NULL), else what `defaults:` in `_config.yml` give
 * this file; NULL when neither says anything. Source: Jekyll::FrontmatterDefaults.
 */
const struct yaml_node *publication_value(const struct site *site, struct slice path,
                                          const struct publication *publication,
                                          const struct yaml_node *front_matter, const char *key);

#endif
