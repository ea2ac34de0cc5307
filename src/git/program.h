/* The program `git`, for what libgit2 cannot do: which version runs the hooks, whole sections of
 * its configuration. */
#ifndef GIT_PROGRAM_H
#define GIT_PROGRAM_H

#include "base/error.h"

/*
 * Runs `git` with these arguments (the last is NULL) in the current directory and appends what it
 * prints on standard output to `output` (may be NULL). `*exit_status` (may be NULL: anything but 0
 * is a failure) is that of git. STATUS_UNDECIDED when it can't be run.
 */
int git_program_run(const char *const *arguments, struct buffer *output, int *exit_status,
                    struct error *error);

/* True when the git on the PATH is this version or a later one; `version` is what it says. */
int git_program_is_at_least(bool *at_least, unsigned major, unsigned minor, struct buffer *version,
                            struct error *error);

#endif
