/*
 * YAML mappings into structs, by a table: every key is known, has the right type, and what is wrong
 * is said with file:line:column.
 */
#ifndef TEXT_FIELDS_H
#define TEXT_FIELDS_H

#include "text/source.h"
#include "text/yaml.h"

/* A YAML text with the name that errors show. */
struct yaml_file {
    const char *name;
    struct slice text;
    struct yaml_node *root; /* NULL when the text is empty */
    struct arena arena;
};

struct text_list {
    struct slice *items;
    struct yaml_node **nodes; /* where each stands */
    size_t count;
};

enum field_kind {
    FIELD_TEXT,   /* scalar into struct slice */
    FIELD_TEXTS,  /* scalar or list of scalars into struct text_list */
    FIELD_CHOICE, /* one of `choices` into int, its index */
    FIELD_NODE,   /* anything into struct yaml_node * */
};

struct field {
    const char *name;
    enum field_kind kind;
    bool required;
    size_t offset;              /* of the member */
    const char *const *choices; /* FIELD_CHOICE: ends with NULL */
};

/* Parses `text` (borrowed) as the file `name` (borrowed). Release with yaml_file_release(). */
int yaml_file_open(struct yaml_file *file, const char *name, struct slice text,
                   struct error *error);
void yaml_file_release(struct yaml_file *file);

/*
 * Fills the members of `target` that the mapping has keys for; the others keep their values. Keys
 * that no table entry names, given twice or of the wrong type, and required ones that are missing
 * or empty, are STATUS_USAGE. `fields` ends with an entry whose name is NULL. `extra` (may be NULL)
 * is a second table into `extra_target`.
 */
int fields_read(void *target, const struct field *fields, void *extra_target,
                const struct field *extra, struct yaml_file *file, const struct yaml_node *mapping,
                struct error *error);

/* The entry of a table (may be NULL) that is named so, or NULL. */
const struct field *fields_find(const struct field *fields, struct slice name);

/* Sets "name:line:column: message" for the place of `node` and returns STATUS_USAGE. */
int yaml_file_error(const struct yaml_file *file, const struct yaml_node *node, struct error *error,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* The place of a node. The lines are counted each time: for what is said to people. */
struct position yaml_file_position(const struct yaml_file *file, const struct yaml_node *node);

/* The same as "line:column", in the file's arena. */
const char *yaml_file_place(struct yaml_file *file, const struct yaml_node *node);

#endif
