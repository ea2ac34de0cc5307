/*
 * What several rules want to know of one file, worked out once: where it lands on the site, where
 * its links lead, which lecture it is of. Filled when first asked for.
 */
#ifndef RULES_FACTS_H
#define RULES_FACTS_H

#include "course/arrival.h"
#include "course/note_lecture.h"
#include "rules/subject.h"

/* One for each file and side, for the time its rules run; zeroed at first. */
struct facts {
    bool knows_landing, knows_lecture;
    struct landing landing;
    struct arrival *links, *images; /* NULL until asked for */
    struct note_lecture lecture;
    struct arena arena;
};

void facts_release(struct facts *facts);

/* Of a subject with a document. All of these live as long as its facts. */
const struct landing *subject_landing(const struct subject *subject);

/* Where `link` leads, one of the document's links or images. */
const struct arrival *subject_arrival(const struct subject *subject, const struct link *link);

/* Of a subject with a course; the document may be NULL. */
const struct note_lecture *subject_lecture(const struct subject *subject);

#endif
