/* Who scribes a lecture: as its notes say, else the sign-up sheet, else the commits. */
#ifndef RULES_LECTURE_SCRIBES_H
#define RULES_LECTURE_SCRIBES_H

#include "course/note_people.h"
#include "course/person.h"
#include "rules/submission.h"

enum scribes_source { SCRIBES_UNKNOWN, SCRIBES_NOTE, SCRIBES_ROSTER, SCRIBES_COMMITS };

/* Appends whom the front matter names. `document` may be NULL. Texts are copied into `arena`. */
void scribes_add_named(struct people *scribes, const struct document *document,
                       struct arena *arena);

/* Appends whom the sign-up sheet has for the lecture. `roster` may be NULL. */
void scribes_add_roster(struct people *scribes, const struct roster *roster,
                        const struct lecture *lecture, struct arena *arena);

/* Appends authors and co-authors of the commits that brought the note; programs are left out. */
void scribes_add_authors(struct people *scribes, const struct submission *submission,
                         struct arena *arena);

/* "note", "roster", "commits"; NULL for SCRIBES_UNKNOWN. */
const char *scribes_source_name(enum scribes_source source);

#endif
