/* The scripts of hooks/, compiled into the binary. */
#ifndef COMMANDS_HOOK_SCRIPT_H
#define COMMANDS_HOOK_SCRIPT_H

#include "base/buffer.h"

struct hook_script {
    const char *name; /* of the hook: "pre-commit" */
    const char *text;
};

/* Sorted by name; ends with a NULL name. */
extern const struct hook_script hook_scripts[];

/*
 * Appends the script with the path of the program to be tried first, which may be "", and with its
 * checksum.
 */
void hook_script_append(struct buffer *text, const struct hook_script *script, const char *program);

/* True for such a script, of this or another version of the program, with whatever path. */
bool hook_script_is_ours(struct slice text);

/* True when nobody has changed such a script since it was written, by whatever version. */
bool hook_script_is_as_written(struct slice text);

/*
 * The path by which this program is found: on the PATH when that leads to it, since it outlives an
 * upgrade, else that of its file; "" when not known. Release with free().
 */
char *hook_program_find(void);

#endif
