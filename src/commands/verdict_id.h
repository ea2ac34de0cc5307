/* A short name for what a run looked at and what it found. */
#ifndef COMMANDS_VERDICT_ID_H
#define COMMANDS_VERDICT_ID_H

#include "commands/settings.h"

/*
 * Fills `verdict->id` from the contents of both sides, the texts of configuration and rules, the
 * findings with their states, and what was undecided or skipped; how the sides are named and where
 * lines stand has no part in it. So the hook, the check of the pull request and a reviewer can see
 * that they say the same of the same.
 */
void verdict_identify(struct verdict *verdict, const struct sides *sides,
                      const struct settings *settings);

#endif
