/* PATH arguments: from where the user stands to paths from the root of the repository. */
#ifndef COMMANDS_PATHS_H
#define COMMANDS_PATHS_H

#include "base/options.h"
#include "commands/sides.h"
#include "text/fields.h"

/*
 * Appends the path from the root that `operand` means, without "." and ".."; ":/" before it says
 * that it is one already. A slash at its end, which asks for a folder, stays. One that leads out of
 * the repository is STATUS_USAGE.
 */
int path_from_root(struct buffer *path, const char *operand, struct repository *repository,
                   struct error *error);

/*
 * Appends `path`, which is from the root ("" is the root), as it is called where the user stands,
 * for a command to paste: also when Git runs a hook or an alias, which it does at the root. Never
 * an option, nor what Git takes for a pattern with magic; to be quoted for the shell.
 */
void path_append_from_here(struct buffer *output, struct repository *repository, struct slice path);

/*
 * Fills `paths` with the operands as paths from the root, without "." and "..". One that neither
 * side has, or that leads out of the repository, is STATUS_USAGE: a typing error must not look
 * clean. Release with paths_release().
 */
int paths_resolve(struct text_list *paths, const struct operands *operands,
                  const struct sides *sides, struct error *error);
void paths_release(struct text_list *paths);

#endif
