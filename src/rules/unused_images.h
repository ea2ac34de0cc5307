/* Images that a change with a note adds and that nothing on the site uses. */
#ifndef RULES_UNUSED_IMAGES_H
#define RULES_UNUSED_IMAGES_H

#include "base/slice.h"

struct review;

struct unused_images {
    struct slice *paths; /* in byte order, borrowed from the changes */
    size_t count, capacity;
};

/*
 * Fills `unused` (zeroed) for a review with changes. Reads the text files of the head, but only
 * where the change adds an image beside a note. A page that lists files by itself uses them all.
 */
void unused_images_find(struct unused_images *unused, const struct review *review);
void unused_images_release(struct unused_images *unused);

bool unused_images_has(const struct unused_images *unused, struct slice path);

#endif
