/* Runs the examples of rules: each bad one must be flagged, no good one may be. */
#ifndef RULES_EXAMPLES_H
#define RULES_EXAMPLES_H

#include "finding/verdict.h"
#include "rules/rule.h"

/* Called for each example: `problem` is NULL when it behaves, else a line with file:line:column. */
typedef void example_listener(const struct rule *rule, const struct example *example, size_t number,
                              const char *problem, void *context);

/* Runs every example of every rule of the set, in order. Fails only when it cannot run them. */
int examples_run(const struct rule_set *set, example_listener *listener, void *context,
                 struct error *error);

/* What the one rule says of one example; `verdict` is zeroed and released by the caller. */
int example_run(const struct rule *rule, const struct example *example, struct verdict *verdict,
                struct error *error);

#endif
