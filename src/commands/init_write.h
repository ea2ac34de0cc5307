/* The configuration that `scribelint init` proposes, as a text with comments. */
#ifndef COMMANDS_INIT_WRITE_H
#define COMMANDS_INIT_WRITE_H

#include "base/buffer.h"
#include "course/layout.h"

/*
 * Appends a `.scribelint.yml` with what the layout says, a comment behind each value, and what is
 * not known as examples in comments. `allow` are globs.
 */
void init_write(struct buffer *text, const struct layout *layout,
                const struct proposal_list *allow);

#endif
