/* A rule's entry on its way into the rule: what load.c and load_builtin.c share. */
#ifndef RULES_ENTRY_H
#define RULES_ENTRY_H

#include "rules/rule.h"

struct rule_entry {
    struct slice id, summary, why, message, fix, check;
    int severity;
    struct text_list files, yields_to;
    struct yaml_node *examples;
};

/* The keys that all rules have in common, into a struct rule_entry. */
extern const struct field rule_entry_fields[];

/* Sets the check that the rule uses and makes room for its parameters. */
void rule_use_check(struct rule *rule, const struct check *check, struct yaml_file *file);

/*
 * Copies what is common into the rule, but for the examples: slices as they are, `id` with a NUL
 * behind it. A bad glob among its files is STATUS_USAGE.
 */
int rule_take_entry(struct rule *rule, const struct rule_entry *entry, struct yaml_file *file,
                    struct error *error);

/* As the functions that add rules leave it: sorted by id. */
void rule_set_sort(struct rule_set *set);

/* A file of the set, empty. */
struct yaml_file *rule_set_new_file(struct rule_set *set);

#endif
