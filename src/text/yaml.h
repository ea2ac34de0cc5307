/*
 * YAML as a tree with positions (libyaml, the parser inside Ruby's Psych, so the syntax accepted is
 * Jekyll's). Scalars keep their text; what they mean follows YAML 1.1 as in Psych.
 */
#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include "base/arena.h"
#include "base/error.h"

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

/* What a plain scalar means in YAML 1.1 (Psych); quoted and block scalars are strings. */
enum yaml_type {
    YAML_TYPE_STRING,
    YAML_TYPE_NULL,
    YAML_TYPE_BOOLEAN,
    YAML_TYPE_INTEGER,
    YAML_TYPE_FLOAT,
    YAML_TYPE_DATE, /* yyyy-mm-dd, or a timestamp */
};

struct yaml_node {
    enum yaml_kind kind;
    struct span span;        /* byte offsets in the input, see yaml_parse() */
    struct slice text;       /* scalar: the value, unescaped, NUL-terminated, owned by the arena */
    bool plain;              /* scalar: written without quotes or block indicator */
    struct yaml_pair *pairs; /* mapping: in the order written, equal keys all there */
    size_t pair_count;
    struct yaml_node **items; /* sequence */
    size_t item_count;
};

struct yaml_pair {
    struct yaml_node *key;
    struct yaml_node *value;
};

/*
 * Limits that keep libyaml from going quadratic (50 KB of "[" take seconds). Aliases count with all
 * that is in them, so that a walk down the tree meets no more levels and no more nodes than this.
 */
enum { YAML_MAX_DEPTH = 50, YAML_MAX_NODES = 200000 };

/* Where and why parsing stopped. */
struct yaml_problem {
    size_t offset;     /* byte offset in the input, best place to point a person at: what was
                          never closed, the key without a colon, else what was not expected */
    char message[160]; /* one line in libyaml's words with their context, e.g. "mapping values
                          are not allowed in this context" */
    bool limit;        /* a limit of ours, not an error of the text */
};

/*
 * Parses the first document of `input` (UTF-8, with or without BOM); an empty one gives `*root`
 * NULL. Text behind it is a problem (Psych loses it in silence) unless `---` or `...` comes first.
 * Aliases give the anchored node itself (no copy, so bombs stay small, and its span is where the
 * anchor stands); an alias inside its own anchor is a problem. Tags are ignored, but `!!str` makes
 * a string. Spans of scalars hold the quotes or the block indicator, not the anchor and the tag;
 * those of collections hold these too. Blank lines at the end are in none. Nodes live in `arena`.
 * Returns OK, or STATUS_USAGE with `problem` filled.
 */
int yaml_parse(struct yaml_node **root, struct slice input, struct arena *arena,
               struct yaml_problem *problem);

/*
 * The value of `key` in a mapping (of equal keys the last, as Psych has it), else in what the
 * mapping merges by `<<`; NULL when `node` is NULL or no mapping or has no such key.
 */
struct yaml_node *yaml_find(const struct yaml_node *node, const char *key);

/*
 * The type of a scalar; YAML_TYPE_STRING for anything that is not plain, a date that is not in the
 * calendar, a symbol (`:a`), and for NULL.
 */
enum yaml_type yaml_scalar_type(const struct yaml_node *node);

/* True for NULL, a null scalar, an empty or blank string, an empty sequence or mapping. */
bool yaml_is_empty(const struct yaml_node *node);

#endif
