/* A check as the command `check` runs it, for what else runs one: the hooks. */
#ifndef COMMANDS_CHECK_H
#define COMMANDS_CHECK_H

#include "base/options.h"
#include "commands/sides.h"

/* Those of the command line, by the names they have there, and more. */
struct check_options {
    bool help;
    struct side_options sides;
    bool quiet;
    const char *show, *max;
    const char *directory, *format, *fail_on, *config, *rules, *color;

    /* Only for who calls check_run(). */
    enum severity least;  /* the text report leaves out what is less severe */
    size_t fits;          /* … and has so many lines of findings at the most; 0: any number */
    bool *unread;         /* set when PDF notes were not read, which is then said; NULL: not told */
    const char *after;    /* what names the commit once it is made, for the commands advised where
                             nothing stops it: "--base HEAD~1"; NULL: they are for now */
    bool stops_undecided; /* … it is stopped, too, when something was not looked at */
    const char *heading;  /* a line before the report, when there is one; NULL: none */
};

/*
 * Checks, prints the report on standard output and returns an exit status, or a negative status
 * with a message in `error`.
 */
int check_run(const struct check_options *options, const struct operands *operands,
              struct error *error);

#endif
