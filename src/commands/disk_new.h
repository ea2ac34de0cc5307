/* New files and folders in the working tree. No link is followed below its top. */
#ifndef COMMANDS_DISK_NEW_H
#define COMMANDS_DISK_NEW_H

#include "base/error.h"

/*
 * Makes a file with its folders; `path` is from the root. What stands there is left alone:
 * STATUS_USAGE. Any other failure is STATUS_UNDECIDED, and no file is left behind.
 */
int disk_new_file(const char *root, struct slice path, struct slice content, struct error *error);

/* Makes a folder with those above it; one that is there is as good. */
int disk_new_folder(const char *root, struct slice path, struct error *error);

#endif
