/* Commands in messages and fixes: people paste them, so that no line may end within one. */
#ifndef REPORT_COMMAND_TEXT_H
#define REPORT_COMMAND_TEXT_H

#include "base/slice.h"

/*
 * Where the word that starts at `offset` ends: at a blank or at the end of `text`. A command is one
 * word, from `git` or `scribelint` and a blank on, also behind "(", up to "," ";" ":" ")" before a
 * blank or the end, or to " (", outside of what is quoted for a shell.
 */
size_t command_text_word_end(struct slice text, size_t offset);

#endif
