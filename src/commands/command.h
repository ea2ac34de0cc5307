/*
 * The commands of the program: one thin file each, one row each in command.c. --help, the manual
 * page and the completions are made from what stands here.
 */
#ifndef COMMANDS_COMMAND_H
#define COMMANDS_COMMAND_H

#include "base/options.h"

#ifndef SCRIBELINT_VERSION
#define SCRIBELINT_VERSION "0.1.0"
#endif

/*
 * Runs with argv[0] being the command's name. Returns an exit status (enum exit_status), or a
 * negative enum status with a message in `error`.
 */
typedef int command_runner(int argc, char **argv, struct error *error);

/* Something with what is to be said about it; tables end with a NULL name. */
struct term {
    const char *name;
    const char *text;
};

/*
 * By their names arguments of options, and operands, are completed: FILE, DIR, PATH (both), REV,
 * RULE, and choices such as "bash|zsh". Any other is free text.
 */
struct command {
    const char *name;
    const char *summary;               /* a few words, in lower case */
    const char *usage;                 /* what follows the name; '\n' where a line is full */
    const char *description;           /* paragraphs, each one line */
    const char *operand;               /* NULL: none */
    const struct option_spec *options; /* ends with a NULL name */
    const struct term *examples;       /* at least one: a command line with its meaning */
    bool judges;                       /* its exit status is about findings, so help tells it */
    command_runner *run;
};

extern const struct command command_check, command_fix, command_new, command_init, command_config,
    command_explain, command_rules, command_manual, command_completion, command_status,
    command_hook, command_show;

/* In the order of --help; ends with NULL. */
extern const struct command *const commands[];

/* The options that stand before the command. */
struct program_options {
    bool help, version;
    const char *directory;
};

extern const struct option_spec program_table[];
extern const struct term exit_statuses[];

/* What the program is for, in one sentence. */
extern const char program_summary[];

/* NULL when there is no such command. */
const struct command *command_find(const char *name);

/*
 * How every command starts: reads argv into `options` and `operands` by the command's table, obeys
 * --help and -C, and refuses operands where the command has none. False: `*status` is how it ends.
 * Release `operands->items` with free() either way.
 */
bool command_begin(int *status, void *options, const struct command *command, int argc, char **argv,
                   struct operands *operands, struct error *error);

/* -C DIR; STATUS_USAGE when it can't be entered. */
int command_enter(const char *directory, struct error *error);

/* --help: of one command, and of the program as a whole. Returns EXIT_CLEAN. */
int command_print_help(const struct command *command);
void program_print_help(FILE *stream);

#endif
