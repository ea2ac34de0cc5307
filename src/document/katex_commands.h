/* What KaTeX has: the commands and environments that katex_commands.c lists. */
#ifndef DOCUMENT_KATEX_COMMANDS_H
#define DOCUMENT_KATEX_COMMANDS_H

#include <stddef.h>

enum tex_flag {
    TEX_TEXT_ONLY = 1,    /* refused in math, fine in \text{…} */
    TEX_MATH_ONLY = 2,    /* the other way round */
    TEX_NO_SCRIPT = 4,    /* refused as the bare argument of ^, _ or another command */
    TEX_TAKES_LIMITS = 8, /* \limits may follow */
};

struct tex_command {
    const char *name; /* without its backslash */
    unsigned char arguments, flags;
};

/* In byte order of their names. */
extern const struct tex_command katex_commands[];
extern const size_t katex_command_count;
extern const char *const katex_environments[];
extern const size_t katex_environment_count;

#endif
