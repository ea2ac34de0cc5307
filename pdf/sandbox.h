/*
 * What the process can no longer do, held by the kernel: seccomp for system calls, Landlock for
 * files. Neither asks for privileges.
 */
#ifndef PDF_SANDBOX_H
#define PDF_SANDBOX_H

#include "base/error.h"

/*
 * From here on and for good, the process can read what it has open, write to what it has open, use
 * memory and end. It opens files for reading only, and only the library's character maps. No
 * connection, no process or thread, no other process's memory, no code made or loaded.
 *
 * Where the kernel, or the library at build time, knows the one or the other means not, that one is
 * left out silently. Fails when the means is there and refuses.
 */
int sandbox_enter(struct error *error);

#endif
