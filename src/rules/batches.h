/*
 * Many files are reviewed in batches, on as many threads as there are processors for. What a batch
 * finds is kept apart and put together in the order of the files, so that the outcome does not
 * depend on the number of threads.
 */
#ifndef RULES_BATCHES_H
#define RULES_BATCHES_H

#include "rules/run.h"

/* A file to look at. */
struct review_item {
    struct slice path;
    enum entry_kind kind;
    const struct change *change; /* NULL: the whole tree is looked at */
};

typedef void review_function(struct run *run, const struct review_item *item);

/* Calls `function` for each item and adds to `run` what it has to say, in their order. */
void batches_review(struct run *run, const struct review_item *items, size_t count,
                    review_function *function);

#endif
