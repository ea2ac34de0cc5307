/* What commands print: all of it or a failure, in colour where a person looks. */
#ifndef COMMANDS_OUTPUT_H
#define COMMANDS_OUTPUT_H

#include "base/error.h"
#include "finding/verdict.h"

#include <stdio.h>

/* Writes and flushes; STATUS_UNDECIDED when not all of it went out. */
int output_print(const struct buffer *text, FILE *stream, struct error *error);

/* --color: "auto" (also NULL: on a terminal, without NO_COLOR), "always" or "never". */
bool output_wants_colour(const char *when);

/* Appends a line "LABEL: PATH: REASON" for each, made safe for a terminal or a log. */
void output_append_remarks(struct buffer *output, const char *label,
                           const struct remark_list *remarks);

#endif
