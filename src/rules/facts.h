/*
 * What several rules want to know of one file, worked out once: where it lands on the site, where
 * its links lead, its formulas, which lecture it is of, who wrote it. Filled when first asked for.
 */
#ifndef RULES_FACTS_H
#define RULES_FACTS_H

#include "course/arrival.h"
#include "course/note_lecture.h"
#include "course/note_people.h"
#include "course/publication.h"
#include "document/math.h"
#include "document/picture.h"
#include "document/tags.h"
#include "document/tex.h"
#include "document/text_blocks.h"
#include "rules/subject.h"

/* One for each file and side, for the time its rules run; zeroed at first. */
struct facts {
    bool knows_landing, knows_lecture, knows_people;
    struct landing landing;
    struct arrival *links, *images; /* NULL until asked for */
    struct note_lecture lecture;
    struct note_people people;
    bool knows_picture, has_picture;
    struct picture picture;
    size_t picture_size; /* in bytes */
    bool knows_formulas;
    struct formula_list formulas;
    struct tex_macros macros;
    struct tex_verdict *verdicts; /* NULL until asked for */
    bool knows_blocks;
    struct text_block_list blocks;
    bool knows_publication;
    struct publication publication;
    bool knows_liquid, runs_liquid;
    bool knows_tags;
    struct tag_list tags;
    struct arena arena;
};

void facts_release(struct facts *facts);

/* Of a subject with a document. All of these live as long as its facts. */
const struct landing *subject_landing(const struct subject *subject);

/* What Jekyll makes of it by its path. */
const struct publication *subject_publication(const struct subject *subject);

/* Has it Liquid that Jekyll runs? Not where there is none, nor in what Jekyll passes over. */
bool subject_runs_liquid(const struct subject *subject);

/* Where `link` leads, one of the document's links or images. */
const struct arrival *subject_arrival(const struct subject *subject, const struct link *link);

/*
 * Of a subject with a course; the document may be NULL. Of a PDF it is told by name, folder and
 * link, not by what stands in it: that is not read for this.
 */
const struct note_lecture *subject_lecture(const struct subject *subject);

/* The document may be NULL: then nobody is named. */
const struct note_people *subject_people(const struct subject *subject);

/*
 * What the picture is by its bytes, `*size` of them; NULL for an empty file, a Git LFS pointer and
 * one that can't be read. `*size` is then 0, or for a file too large to be read more than
 * PICTURE_LARGEST.
 */
enum { PICTURE_LARGEST = 50 * 1000 * 1000 };
const struct picture *subject_picture(const struct subject *subject, size_t *size);

/* Of a subject whose document has kinds of bytes. */
const struct formula_list *subject_formulas(const struct subject *subject);

const struct text_block_list *subject_text_blocks(const struct subject *subject);

/* Its HTML tags. */
const struct tag_list *subject_tags(const struct subject *subject);

/* The macros that its formulas may use: the site's and the document's own. */
const struct tex_macros *subject_macros(const struct subject *subject);

/* What KaTeX says to `formula`, one of subject_formulas() without Liquid. */
const struct tex_verdict *subject_verdict(const struct subject *subject,
                                          const struct formula *formula);

#endif
