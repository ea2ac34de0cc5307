/*
 * File names and titles that a course's pages tell its scribes to use: "sep30_scribe.pdf",
 * `_posts/yyyy-mm-dd-lecture-xx.md`, `Lecture xx: <title>`. They count where no notes are there
 * yet.
 */
#ifndef COURSE_TOLD_NAMES_H
#define COURSE_TOLD_NAMES_H

#include "course/page_text.h"

/* What a page tells. */
struct told_name {
    struct slice folder; /* "" : not told, or the root */
    struct slice form;   /* of the file name, see config/name_form.h; of assets of the path */
    struct slice page;   /* where it stands */
    size_t line;
    struct slice text; /* as written */
};

/* "owner/name" with the number of links, and the first of them. */
struct told_repository {
    struct slice name, page;
    size_t count, line;
};

struct told_names {
    struct told_name *notes, *assets; /* in the order in which they were read */
    size_t note_count, note_capacity, asset_count, asset_capacity;
    struct told_name title; /* the form of titles, see config/title_form.h; empty: not told */
    struct told_repository *repositories; /* that the passages link on GitHub */
    size_t repository_count, repository_capacity;
    struct arena arena;
};

/* Adds what is told in the passages about scribes; a README tells of its own folder. */
void told_names_add_page(struct told_names *told, const struct page_text *page);

/* The one that most links lead to, the first of several; NULL: none. */
const struct told_repository *told_names_repository(const struct told_names *told);

void told_names_release(struct told_names *told);

/*
 * Appends the form of a name in which letters stand for day and number ("yyyy-mm-dd-lecture-xx"),
 * or of one that is an example. False, and nothing appended, when it is neither.
 */
bool told_name_append_form(struct buffer *form, struct slice name);

#endif
