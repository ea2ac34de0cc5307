/* A hook must not keep anybody waiting for ever. */
#ifndef COMMANDS_HOOK_LIMIT_H
#define COMMANDS_HOOK_LIMIT_H

#include <stdbool.h>

enum { HOOK_SECONDS = 30 };

/*
 * From here on the program may use HOOK_SECONDS of processor time, or less where `ulimit -t` says
 * so. Then one line tells why it ends, with the status that lets the commit go on (EXIT_CLEAN), or
 * stops it where scribelint is `required` (EXIT_FINDINGS). The rules and parsers have limits of
 * their own: this one is for libgit2, which never comes back from an object that is cut short.
 */
void hook_limit_time(bool required);

#endif
