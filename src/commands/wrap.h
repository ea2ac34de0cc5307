/* Text for people on standard output, broken into lines. */
#ifndef COMMANDS_WRAP_H
#define COMMANDS_WRAP_H

#include "base/slice.h"

/*
 * Prints one paragraph with `indent` blanks before each line, broken at blanks; nothing when it is
 * blank. The text is made safe as in reports.
 */
void wrap_print(struct slice text, int indent);

#endif
