/* What every document must hold, whatever bytes it was read from. */
#ifndef FUZZ_WALK_H
#define FUZZ_WALK_H

#include "fuzz.h"

/* Reads `bytes` as Markdown, checks each span of the model against them, and frees it. */
void walk_document(struct slice bytes, bool dollar_math);

/* The same for a YAML tree over `size` bytes; `root` may be NULL. */
void walk_yaml(const struct yaml_node *root, size_t size);

#endif
