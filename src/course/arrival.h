/*
 * Where a link leads on the built site: not what file somebody meant, but what a browser asks for
 * from the page on which the link stands, and whether the site has it.
 */
#ifndef COURSE_ARRIVAL_H
#define COURSE_ARRIVAL_H

#include "course/landing.h"

enum arrival_kind {
    ARRIVAL_UNKNOWN,         /* another host, Liquid, a page on nobody's site: nothing to say */
    ARRIVAL_FINE,            /* there, or made by something that cannot be seen from here */
    ARRIVAL_NOTHING,         /* the site has nothing there */
    ARRIVAL_WRONG_CASE,      /* … but something that differs in upper and lower case */
    ARRIVAL_BASEURL_DROPPED, /* from the root of the host, where the site is not */
    ARRIVAL_FOLDER,          /* a folder without a page in it */
    ARRIVAL_MISPLACED,       /* right in the repository, wrong from where the page lands */
};

struct arrival {
    enum arrival_kind kind;
    bool surely;           /* nothing: no plug-in makes files of that kind in such a place */
    struct slice target;   /* path from the root of the site, or of the repository if misplaced */
    struct slice spelling; /* wrong case: of the repository; dropped, misplaced: what to write */
    struct slice page;     /* the URL on which that was seen; empty when it lands nowhere */
    struct slice file;     /* fine: the source of what is there, when it is in the repository */
};

/*
 * Follows `link` of `document`, which stands in `snapshot` and landed at `landing`. From a page
 * that lands nowhere known, a link is followed as site_resolve() does. What is wrong on any of the
 * landings is told. Texts live in `arena`.
 */
struct arrival site_follow(const struct site *site, const struct snapshot *snapshot,
                           const struct document *document, const struct landing *landing,
                           const struct link *link, struct arena *arena);

#endif
