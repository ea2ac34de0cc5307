/*
 * Files of the working tree. No link is followed below its top: what is read and written is inside
 * the repository. Paths are those from the root; failures name the path.
 */
#ifndef COMMANDS_DISK_H
#define COMMANDS_DISK_H

#include "base/error.h"

/* New content for a file that is there; `before` is what it must still hold. */
struct disk_file {
    struct slice path;
    struct slice before, after;
};

struct disk_move {
    struct slice from, to;
};

/* Appends the bytes of a regular file; STATUS_UNDECIDED for anything else. */
int disk_read(struct buffer *content, const char *root, struct slice path, struct error *error);

/* True when nothing stands at `to`, or `from` does, in letters of another case. */
bool disk_is_free(const char *root, struct slice to, struct slice from);

/*
 * Writes the files, then moves files in the given order (never onto another). Each new content is
 * in a file of its own beside the old one before the first takes its place, with the old one's
 * permissions: where that fails nothing was changed. STATUS_UNDECIDED, with what was done.
 */
int disk_write(const char *root, const struct disk_file *files, size_t file_count,
               const struct disk_move *moves, size_t move_count, struct error *error);

/*
 * Makes a file with its folders. What stands there is left alone: STATUS_USAGE. Any other failure
 * is STATUS_UNDECIDED, and no file is left behind.
 */
int disk_new_file(const char *root, struct slice path, struct slice content, bool executable,
                  struct error *error);

/* Makes a folder with those above it; one that is there is as good. */
int disk_new_folder(const char *root, struct slice path, struct error *error);

#endif
