/* scribelint init --github: the workflow that checks each pull request of a course on GitHub. */
#ifndef COMMANDS_INIT_GITHUB_H
#define COMMANDS_INIT_GITHUB_H

#include "base/error.h"

#include <stdbool.h>

struct init_github_options {
    const char *owner; /* the account that holds the action; NULL: the one that was built in */
    bool force;        /* write over a file that says something else */
    bool to_stdout;    /* print the workflow instead, and the report on standard error */
};

/*
 * Writes `.github/workflows/scribelint.yml` and says what it did. A file that is the same already
 * is left alone, and so is one that says something else: STATUS_USAGE. So is a course that
 * another workflow checks with scribelint.
 */
int init_github(const struct init_github_options *options, struct error *error);

#endif
