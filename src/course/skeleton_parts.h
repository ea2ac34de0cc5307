/* What the two ways of making a skeleton share. */
#ifndef COURSE_SKELETON_PARTS_H
#define COURSE_SKELETON_PARTS_H

#include "course/skeleton.h"

/* What a key of the front matter is about. */
enum key_role {
    KEY_OTHER,
    KEY_TITLE,
    KEY_DATE,
    KEY_NUMBER,
    KEY_LECTURERS,
    KEY_SCRIBES,
    KEY_EDITORS
};

enum key_role skeleton_key_role(struct slice key);

/* Appends "key: value" and a line end, `newline`, with a placeholder for what is not known. */
void skeleton_append_key(struct buffer *text, struct slice key, const struct skeleton_facts *facts,
                         const char *newline);

/* Appends "2025-10-07". */
void skeleton_append_day(struct buffer *text, struct day day);

/* How a person is called: by name, else by account. */
struct slice skeleton_person_name(const struct roster_person *person);

/* Appends the names as a scalar: "Ann Lee, Bo Ray". */
void skeleton_append_names(struct buffer *text, const struct people *people);

/* Bytes of a document that another text takes the place of. */
struct replacement {
    struct span span;
    struct slice text;
};

struct replacements {
    const struct document *document;
    struct replacement *items; /* free() */
    size_t count, capacity;
    struct arena arena;
};

/* Puts `text` (copied) in the place of a span. */
void skeleton_replace(struct replacements *edits, struct span span, struct slice text);

/* Puts `text` (copied, YAML on one line) in the place of a scalar, which may be empty. */
void skeleton_replace_scalar(struct replacements *edits, const struct yaml_node *node,
                             struct slice text);

/*
 * Puts people in the place of those that `node`, a list, a text or a mapping with a name, holds.
 * With `keep`, entries that may be one of the people stay as they are. What is written in a form
 * that is not understood stays.
 */
void skeleton_replace_people(struct replacements *edits, const struct yaml_node *node,
                             const struct people *people, bool keep);

#endif
