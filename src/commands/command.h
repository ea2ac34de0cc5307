/* The commands of the program: one thin file each, one row each in main.c. */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include "base/error.h"

/*
 * Runs with argv[0] being the command's name. Returns an exit status (enum exit_status), or a
 * negative enum status with a message in `error`.
 */
typedef int command_runner(int argc, char **argv, struct error *error);

struct command {
    const char *name;
    const char *summary;
    command_runner *run;
};

command_runner command_check, command_explain, command_rules;

#endif
