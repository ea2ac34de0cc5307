/*
 * The Jekyll site a repository makes: what its `_config.yml` says, and which file of the repository
 * a destination written in a page means. Where pages land and what a link does there is in
 * landing.h and arrival.h.
 */
#ifndef COURSE_SITE_H
#define COURSE_SITE_H

#include "base/arena.h"
#include "git/snapshot.h"
#include "text/yaml.h"

struct landings;

struct site {
    struct slice baseurl;                /* begins with a slash and ends without; may be empty */
    bool renders_dollar_math;            /* loads KaTeX or MathJax */
    const struct yaml_node *settings;    /* the mapping of `_config.yml`, or NULL */
    const struct yaml_node *collections; /* as `_config.yml` has them, or NULL */
    const struct snapshot *snapshot;     /* the one it was read from; NULL: none */
    struct landings *landings;           /* filled when asked for, see landing.h; may be NULL */
    struct arena arena;
};

/*
 * Reads what is there; a missing or broken `_config.yml` gives Jekyll's defaults. The snapshot must
 * outlive the site.
 */
void site_read(struct site *site, const struct snapshot *snapshot);
void site_release(struct site *site);

/* True when `name` is a collection that `_config.yml` names. "posts" is one only if it says so. */
bool site_has_collection(const struct site *site, struct slice name);

/* What `_config.yml` says under the collection's name; NULL for a list of names. */
const struct yaml_node *site_collection(const struct site *site, struct slice name);

enum target_kind {
    TARGET_FILE,     /* `paths` are the files it may mean */
    TARGET_EXTERNAL, /* another host, mail, data: */
    TARGET_UNKNOWN,  /* Liquid that only a build can expand, or nothing at all */
};

enum { TARGET_MAX_PATHS = 4 };

/* Where a destination leads; paths are from the root of the repository, without "." and "..". */
struct target {
    enum target_kind kind;
    bool rooted; /* leads from the root of the site, however it is written */
    struct slice paths[TARGET_MAX_PATHS];
    size_t path_count;
};

/*
 * The files that `destination`, as written in the file `page`, may mean, whether it leads there on
 * the site or not: `relative_url`, `absolute_url` and `site.baseurl` mean the root, as does a
 * leading slash. A plain relative destination may mean the page's own folder or the root, since
 * pages land elsewhere than their source: both are given, the likelier first. `notes/x.png` may be
 * a file of the collection `_notes/`. Query and fragment are dropped, %XX decoded. Paths live in
 * `arena`.
 */
struct target site_resolve(const struct site *site, struct slice page, struct slice destination,
                           struct arena *arena);

#endif
