/* Which form the names of a course's notes have, learned from those that are there. */
#ifndef COURSE_NAME_FORMS_H
#define COURSE_NAME_FORMS_H

#include "base/buffer.h"

/*
 * Appends the form (see config/name_form.h) that `name` (no folder) looks to have: day and lecture
 * number become places. `padded`: a number of two digits is taken for {dd} or {nn}, not {d} or {n},
 * which one name alone can't tell. False, and nothing appended, when it names no lecture.
 */
bool name_form_infer(struct buffer *form, struct slice name, bool padded);

/* More names than these are not looked at. */
enum { NAME_FORM_SAMPLE = 64 };

/*
 * Appends the form that most of `names` have (of at least two, and more than half); false when
 * there is none. Of more names than NAME_FORM_SAMPLE the first count.
 */
bool name_form_of_most(struct buffer *form, const struct slice *names, size_t count);

#endif
