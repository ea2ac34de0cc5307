/* What the installed hooks do, and what other tools that run hooks can call. */
#ifndef COMMANDS_HOOK_RUN_H
#define COMMANDS_HOOK_RUN_H

#include "base/options.h"

/* The hooks that there are, as a choice of operands. */
#define HOOK_NAMES "pre-commit|pre-merge-commit|pre-push"

/*
 * Runs the hook operands->items[0] with the arguments that Git gave it behind that; pre-push reads
 * Git's lines from standard input. Returns 0 when Git may go on, also where nothing could be
 * decided and scribelint.required is not set, and 1 when not. All that is said goes to standard
 * error, also the reports, since standard output is put there. A hook that is not known is
 * STATUS_USAGE.
 */
int hook_run(const struct operands *operands, struct error *error);

/* What scribelint.failOn may be: a severity that findings have, or "never". */
bool hook_fail_on_is_valid(const char *value);

#endif
