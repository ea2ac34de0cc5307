/*
 * What a site's plug-ins may do to its pages and links, as far as their names tell: those that
 * `_config.yml` and the Gemfile name, and those that GitHub turns on.
 */
#ifndef COURSE_PLUGINS_H
#define COURSE_PLUGINS_H

#include "course/site.h"

struct plugins {
    bool rewrite_links;      /* jekyll-relative-links may be on */
    bool make_pages;         /* there may be pages without a source: archives, tags … */
    struct slice paginating; /* jekyll-paginate: how the paths of its pages begin; may be empty */
};

/* Texts live as long as the site. */
struct plugins plugins_read(const struct site *site, const struct snapshot *snapshot);

/* True when the plug-ins may make a page at the path, from the root of the built site. */
bool plugins_may_make(const struct plugins *plugins, struct slice path);

/* True for a scalar that YAML reads as false. */
bool plugins_says_no(const struct yaml_node *node);

#endif
