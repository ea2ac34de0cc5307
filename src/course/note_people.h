/* The people who wrote a note, as its front matter or first page names them. */
#ifndef COURSE_NOTE_PEOPLE_H
#define COURSE_NOTE_PEOPLE_H

#include "course/roster.h"
#include "document/document.h"

struct named_person {
    struct slice name, account; /* one of them may be empty */
    struct span span;           /* in the document: the value that names them */
};

struct note_people {
    struct named_person *items; /* in the order of the file */
    size_t count, capacity;
    struct arena arena;
};

/*
 * Fills `people` from `scribes` or `scribe`, else `authors` or `author`: a text, a list, mappings
 * with a `name`; of a PDF from its first page. Editors are not among them. `document` may be NULL
 * or without front matter: then nobody is named. Release with note_people_release().
 */
void note_people_read(struct note_people *people, const struct document *document);
void note_people_release(struct note_people *people);

/* True when one of the two names or accounts says it is the same person. */
bool person_is(struct roster_person left, struct roster_person right);

#endif
