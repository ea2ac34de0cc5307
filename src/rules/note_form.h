/* Which name a course wants a note to have, for the rules that look at names and at links. */
#ifndef RULES_NOTE_FORM_H
#define RULES_NOTE_FORM_H

#include "config/name_form.h"
#include "rules/subject.h"

/*
 * Appends the form that the name of `note` should have: that of the configuration, or what most
 * other notes of its kind and folder have. False when there is none.
 */
bool note_form_find(struct buffer *form, const struct course_view *course,
                    const struct course_note *note);

/* True when the name of `note` has the form it should have, or there is none. */
bool note_has_form(const struct course_view *course, const struct course_note *note);

/* Everything that a form may ask for, from the lecture, or else from the note's own claims. */
struct name_values note_name_values(const struct note_lecture *at);

/*
 * Appends the path of the file `old` once it is called `name`; false when something stands there in
 * the snapshot.
 */
bool note_rename_path(struct buffer *path, const struct snapshot *snapshot, struct slice old,
                      struct slice name);

/* True when `change` brings a file that by its name may be a note, wherever it stands. */
bool note_may_be_misplaced(const struct change *change);

/*
 * True when note-name will rename the note at `note` (a path): a link to it as it is called now
 * would soon lead nowhere. Appended to `path` is where it will be; else `path` may hold anything.
 */
bool note_waits_for_name(struct buffer *path, const struct subject *subject, struct slice note);

#endif
