/* The configuration and the rules that a check goes by. */
#ifndef COMMANDS_SETTINGS_H
#define COMMANDS_SETTINGS_H

#include "commands/sides.h"
#include "rules/review.h"

struct settings {
    struct config *config;
    struct rule_set rules;
};

/*
 * The configuration is `config_path` when given, else CONFIG_FILE_NAME where HEAD left the course's
 * branch (`sides->course`), at the base, or with --all of the one side, else the defaults: a pull
 * request must not set the rules that judge it. Rules are the built-in ones, those in
 * CONFIG_RULES_FOLDER on the same side, and those in the folder `rules_path` on disk (may be NULL).
 * A file that only the head has is noted in `verdict`. Release with settings_release(), also after
 * a failure.
 */
int settings_open(struct settings *settings, const struct sides *sides, const char *config_path,
                  const char *rules_path, struct verdict *verdict, struct error *error);
void settings_release(struct settings *settings);

/* The review of the sides by them, of all paths; it borrows from both. */
struct review settings_review(const struct settings *settings, const struct sides *sides);

#endif
