/* Which blocks of Liquid stay open: Jekyll stops at the first that does. */
#ifndef RULES_LIQUID_BLOCKS_H
#define RULES_LIQUID_BLOCKS_H

#include "document/liquid.h"

enum liquid_blocks_state {
    LIQUID_BLOCKS_CLOSED,   /* or it cannot be said, see below */
    LIQUID_BLOCKS_OPEN,     /* the tag that was found opens a block that nothing closes */
    LIQUID_BLOCKS_STRAY,    /* it closes, or divides, what is not open */
    LIQUID_BLOCKS_TOO_DEEP, /* nested deeper than is followed */
};

/* What Liquid and Jekyll have as blocks, `raw` and `comment` among them. */
bool liquid_is_block(struct slice name);

/*
 * Behind a tag `name` that Jekyll does not know: past its end tag, since what a plug-in's block
 * encloses may be anything; nowhere when it has none. False when the file asked too often, and no
 * more should be said about it; `searches` starts with 0.
 */
bool liquid_skip_foreign(struct liquid_reader *reader, struct slice name, size_t *searches);

/*
 * Follows the blocks of `bytes` from `start` up to the first fault, and fills `fault` with its tag.
 * `is_known` tells the tags that Jekyll knows: the blocks of others are
 * passed over. Where a tag is swallowed by an output that is not closed, nothing is said.
 */
enum liquid_blocks_state liquid_blocks_follow(struct slice bytes, size_t start,
                                              bool (*is_known)(struct slice name),
                                              struct liquid_token *fault);

#endif
