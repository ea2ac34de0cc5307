/* What a proposed configuration would have said of pull requests that are merged already. */
#ifndef COMMANDS_INIT_TRIAL_H
#define COMMANDS_INIT_TRIAL_H

#include "commands/init_history.h"
#include "rules/rule.h"

/*
 * Appends a report of a few lines for each of the newest changes (of five at most), checked with
 * `config` and `rules`. One that can't be read is said in its place.
 */
void init_trial_append(struct buffer *text, struct repository *repository,
                       const struct merged_changes *changes, const struct config *config,
                       const struct rule_set *rules);

#endif
