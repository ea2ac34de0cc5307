/* The sides of a pull request: what merging it now would change. */
#ifndef COMMANDS_PULL_H
#define COMMANDS_PULL_H

#include "commands/sides.h"

/*
 * Opens base and head (and `own`) of the pull request `options->pull` in the repository of `sides`:
 * the target's tip and the merge made in memory; where the two conflict, their merge base and the
 * head; of a merged one, what its merge changed. The latter two are noted in `verdict`.
 */
int pull_open(struct sides *sides, const struct side_options *options, struct verdict *verdict,
              struct error *error);

/*
 * The numbers that `text` names: one, several with commas between them, or "all" that are not
 * contained in the target. Opens the repository of the current directory for "all" only. `*idle` of
 * those are left out: merging them would change nothing, as after a squash. Release `*numbers` with
 * free().
 */
int pull_read_numbers(unsigned **numbers, size_t *count, size_t *idle,
                      const struct side_options *options, struct error *error);

#endif
