/* Command-line options by table: one place for parsing, --help and checks. */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include "base/error.h"

#include <stdio.h>

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char *: the next argument, or what follows "=" */
    OPTION_TEXTS,  /* struct operands: those of every time that it is given */
    OPTION_CHOICE, /* as text, and one of those that `argument` lists: "auto|always|never" */
};

struct option_spec {
    const char *name; /* "--base", or "-C" */
    enum option_kind kind;
    size_t offset;        /* of the member in the target */
    const char *argument; /* how help names the argument: "REV" */
    const char *help;     /* one line; a second line after '\n' is indented below */
};

/*
 * What is left when the options are read, or what an option was given: borrowed from argv. Release
 * `items` with free().
 */
struct operands {
    const char **items;
    size_t count, capacity;
};

/*
 * Reads argv[1…] into `target` by `table` (ends with a NULL name). "--" ends the options; operands
 * may stand between them. Unknown options and missing arguments are STATUS_USAGE.
 */
int options_parse(void *target, const struct option_spec *table, int argc, char **argv,
                  struct operands *operands, struct error *error);

/*
 * Reads the one option that argv[*at] is, which must begin with '-'; `*at` is then the last
 * argument that belongs to it. Fails as options_parse() does.
 */
int options_read(void *target, const struct option_spec *table, int argc, char **argv, int *at,
                 struct error *error);

/*
 * The next of the choices that `*rest` lists, which moves behind it; empty when there is no more:
 *
 *     for (struct slice choice; (choice = options_next_choice(&rest)).size;)
 */
struct slice options_next_choice(const char **rest);

/* Prints the table, aligned. */
void options_print(FILE *stream, const struct option_spec *table);

#endif
