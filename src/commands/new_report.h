/* What `new` says when it is done. */
#ifndef COMMANDS_NEW_REPORT_H
#define COMMANDS_NEW_REPORT_H

#include "commands/new_note.h"

/*
 * Appends what was made, or with `dry_run` would be, the lecture's row, when the note is due, who
 * writes it, and what comes next. Of a PDF: what it must be called.
 */
void new_report_append(struct buffer *output, const struct new_note *note, bool dry_run);

#endif
