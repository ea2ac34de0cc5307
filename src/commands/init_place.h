/* Where `init` writes a file in the working tree. */
#ifndef COMMANDS_INIT_PLACE_H
#define COMMANDS_INIT_PLACE_H

#include "git/repository.h"

#include <stdbool.h>

struct init_place {
    const char *path; /* from the root; set by the caller */
    const char *root; /* of the working tree; borrowed from the repository */
    bool there;       /* something stands there already, and it is a file */
};

/*
 * Finds out what stands at the place, before all the work is done. No working tree, or no file:
 * STATUS_USAGE.
 */
int init_place_find(struct init_place *place, const struct repository *repository,
                    struct error *error);

/* STATUS_USAGE where it stands there already: with --force it is written over. */
int init_place_refuse(const struct init_place *place, struct error *error);

/* Writes it, over what is there. No link is followed. */
int init_place_write(const struct init_place *place, struct slice text, struct error *error);

#endif
