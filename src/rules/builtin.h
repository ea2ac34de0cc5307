/*
 * The files of rules/ and the rules in them without their examples, compiled into the binary. By
 * numbers instead of addresses: those a loader would have to mend, and so to copy, on each start.
 */
#ifndef RULES_BUILTIN_H
#define RULES_BUILTIN_H

#include <stddef.h>
#include <stdint.h>

/* In builtin_bytes, with a NUL behind it. */
struct builtin_text {
    uint32_t start, size;
};

/* A key and its text, or the texts of its list: numbers of builtin_texts. */
struct builtin_value {
    uint32_t key, first, count;
};

/* What stands in its entry: numbers of builtin_values. */
struct builtin_rule {
    uint32_t first, count;
};

struct builtin_file {
    uint32_t name, text;        /* "rules/images.yml" and all that is in it: of builtin_texts */
    uint32_t first, rule_count; /* of builtin_rules */
};

/* Sorted by name. */
extern const struct builtin_file builtin_files[];
extern const size_t builtin_file_count;

extern const struct builtin_rule builtin_rules[];
extern const struct builtin_value builtin_values[];
extern const struct builtin_text builtin_texts[];
extern const char builtin_bytes[];

/* The id of builtin_bytes by content, as content_hash() makes it. */
extern const char builtin_id[];

#endif
