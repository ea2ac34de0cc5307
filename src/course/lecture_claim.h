/* What the parts of a note say of its lecture, each read for itself. See note_lecture.h. */
#ifndef COURSE_LECTURE_CLAIM_H
#define COURSE_LECTURE_CLAIM_H

#include "course/note_lecture.h"

/* "oct7_scribe", "Lecture_3", "2019-01-28-lecture-05", "10-07", "notes_12" … of the file name. */
struct lecture_claim claim_of_name(struct slice path);

/* Of the innermost folder that says something. */
struct lecture_claim claim_of_folder(struct slice path);

/* The keys date, lecture, number and their like. */
struct lecture_claim claim_of_front_matter(const struct document *document);

/*
 * "Lecture 9: …", "9: …", "Oct 7" in the title of the front matter, else in the first heading; of a
 * PDF in the title of its first page.
 */
struct lecture_claim claim_of_title(const struct document *document);

/*
 * Of the link that leads to the note, when the rows of exactly one lecture have one; else
 * `*lecture` is NULL. `*sure` is false when only the address of the page looks like the note's.
 */
struct lecture_claim claim_of_link(const struct schedule *schedule, struct slice path,
                                   const struct lecture **lecture, bool *sure);

#endif
