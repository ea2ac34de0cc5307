/* The title of a note, held against the one that the schedule has for its lecture. */
#ifndef COURSE_LECTURE_TITLE_H
#define COURSE_LECTURE_TITLE_H

#include "course/schedule.h"

/*
 * True when `title` (of a note: from front matter, or a PDF's first page) and the row of `lecture`
 * both say what the lecture is about, and have not a word in common: case, accents, order,
 * endings, small slips, "Lecture 9:", subtitles and abbreviations ("GMs" for "Graphical Models")
 * aside. Words that any lecture may have ("Introduction", "Part 2") do not count.
 */
bool lecture_title_differs(const struct lecture *lecture, struct slice title);

/* Of the lectures on the site but `lecture` the first whose title is `title`, or NULL. */
const struct lecture *lecture_title_find_other(const struct schedule *schedule,
                                               const struct lecture *lecture, struct slice title);

/*
 * True when `title` has a word that is one of the row's but for a slip inside of it: a letter too
 * many, too few, another one, or two that changed places. Both words, folded, are put into `arena`.
 */
bool lecture_title_find_slip(const struct lecture *lecture, struct slice title, struct arena *arena,
                             struct slice *word, struct slice *expected);

#endif
