/* PATH arguments: from where the user stands to paths from the root of the repository. */
#ifndef COMMANDS_PATHS_H
#define COMMANDS_PATHS_H

#include "base/options.h"
#include "commands/sides.h"
#include "text/fields.h"

/*
 * Appends the path from the root that `operand` means, without "." and ".."; a slash at its end,
 * which asks for a folder, stays. One that leads out of the repository is STATUS_USAGE.
 */
int path_from_root(struct buffer *path, const char *operand, struct repository *repository,
                   struct error *error);

/*
 * Fills `paths` with the operands as paths from the root, without "." and "..". One that neither
 * side has, or that leads out of the repository, is STATUS_USAGE: a typing error must not look
 * clean. Release with paths_release().
 */
int paths_resolve(struct text_list *paths, const struct operands *operands,
                  const struct sides *sides, struct error *error);
void paths_release(struct text_list *paths);

#endif
