/* Other tools that write the hooks of a repository anew: what is put there would be lost. */
#ifndef COMMANDS_HOOK_TOOLS_H
#define COMMANDS_HOOK_TOOLS_H

#include "base/slice.h"

struct hook_tool {
    const char *name;   /* "Lefthook" */
    const char *whose;  /* "Lefthook's" */
    const char *advice; /* how it is made to run scribelint: what to do, as a clause */
    const char *mark;   /* stands in every script that it writes */
    const char *file;   /* in the root of a repository that uses it */
    bool moves_others;  /* scripts that it finds are moved aside and not called any more */
};

/* Whose script this is, or NULL. */
const struct hook_tool *hook_tool_of_script(struct slice text);

/* Whose folder core.hooksPath names, or NULL. */
const struct hook_tool *hook_tool_of_folder(const char *folder);

/*
 * The tool that the files in `root` (of the working tree) are for and that will not let other hooks
 * stand once it is set up; NULL: none.
 */
const struct hook_tool *hook_tool_to_come(const char *root);

#endif
