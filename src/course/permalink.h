/* Where Jekyll puts a page, post or document: permalinks and their templates. */
#ifndef COURSE_PERMALINK_H
#define COURSE_PERMALINK_H

#include "course/publication.h"

/*
 * The URL of a file that has front matter (its mapping; NULL when that is empty), without the
 * site's baseurl, not percent-encoded: "/notes/", "/a.html". Empty when it cannot be told (a date
 * that only a build knows, an unknown placeholder). Lives in `arena`. Source: Jekyll::Page,
 * Jekyll::Document, Jekyll::URL.
 */
struct slice permalink_of(const struct site *site, struct slice path,
                          const struct publication *publication,
                          const struct yaml_node *front_matter, struct arena *arena);

/* The file in the built site that a URL is: "notes/index.html" for "/notes/". */
struct slice permalink_file(struct slice url, struct arena *arena);

#endif
