/*
 * Which collections a page pastes into itself: what Liquid loops over `site.NAME` and prints. A
 * collection without pages of its own is read where it is pasted.
 */
#ifndef COURSE_PASTING_H
#define COURSE_PASTING_H

#include "base/arena.h"
#include "text/yaml.h"

/* `key` of an item must be, or must not be, this text for the item to be shown. */
struct paste_condition {
    struct slice key, value;
    bool negated;
    bool strict;  /* `==` with a text, which true is not; `where` compares texts */
    bool boolean; /* `==` with true or false, which no text is */
};

/* The items of one collection for which all conditions hold. */
struct paste {
    struct slice collection;
    const struct paste_condition *conditions;
    size_t condition_count;
};

struct paste_list {
    struct paste *items; /* free() */
    size_t count, capacity;
};

/* Finds the text of `_includes/NAME`; false when there is none. */
typedef bool include_reader(void *context, struct slice name, struct slice *text);

/*
 * Adds what `text` pastes: assignments, `where` with a literal, `push`, `concat`, loops, `if` and
 * `unless` with `==` or `!=` and a literal are followed, and includes; conditions of other kinds
 * are taken to hold. Texts must outlive the list, conditions live in `arena`.
 */
void pasting_find(struct paste_list *list, struct slice text, include_reader *reader, void *context,
                  struct arena *arena);

/* False when the item with this front matter value (NULL: none) for the condition's key is left
 * out. */
bool paste_condition_holds(const struct paste_condition *condition, const struct yaml_node *value);

#endif
