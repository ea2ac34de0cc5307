/*
 * Hooks by Git's configuration, from Git 2.54 on: scripts below .git/scribelint that settings
 * hook.scribelint-NAME.event and .command name. They run beside the hooks that are files, whatever
 * core.hooksPath says.
 */
#ifndef COMMANDS_HOOK_SETTINGS_H
#define COMMANDS_HOOK_SETTINGS_H

#include "commands/hook_files.h"
#include "git/repository.h"

/* The folder for the scripts. Release with free(). */
char *hook_settings_folder(struct repository *repository);

/* STATUS_USAGE when the git on the PATH does not know such settings. */
int hook_settings_can_install(struct error *error);

/*
 * Writes `files` (of that folder) and the settings of this repository where they are not; appends
 * what was done.
 */
int hook_settings_install(struct repository *repository, const struct hook_files *files,
                          struct buffer *told, struct error *error);

/* Removes both, when they are there. */
int hook_settings_uninstall(struct repository *repository, const struct hook_files *files,
                            struct buffer *told, struct error *error);

/* True when one of the settings is there. */
bool hook_settings_are_there(struct repository *repository, const struct hook_files *files);

#endif
