/* What needles are made of: between the reader of patterns and the search for them. */
#ifndef TEXT_NEEDLE_H
#define TEXT_NEEDLE_H

#include "text/needles.h"

/* What does not stand before a needle. */
enum neighbour { NEIGHBOUR_WORD = 1, NEIGHBOUR_BACKSLASH = 2 };

enum { MOST_NEEDLES = 32, LONGEST_NEEDLE = 14 };

struct needle {
    unsigned char size;         /* not 0 */
    unsigned char not_behind;   /* a set of neighbours */
    bool leads;                 /* the group that has it begins with it */
    bool ignore_case;           /* `bytes` has small letters */
    char bytes[LONGEST_NEEDLE]; /* ASCII */
};

/* Of `count` items, 1 to MOST_NEEDLES, which are copied. Never NULL. Release with free(). */
struct needles *needles_make(const struct needle *items, size_t count);

#endif
