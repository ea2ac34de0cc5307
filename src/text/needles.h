/*
 * Texts that a pattern cannot match without: looking for them is many times faster than PCRE2, and
 * in most files none of them stands.
 */
#ifndef TEXT_NEEDLES_H
#define TEXT_NEEDLES_H

#include "base/slice.h"

struct needles;

/*
 * Reads a pattern as pattern_compile() takes it. What it matches has at least one of the needles;
 * NULL when no such texts are known, also for what this reader does not understand. Release with
 * free().
 */
struct needles *needles_read(struct slice pattern, bool ignore_case);

/* True when one of them stands in `text` between the offsets `from` and `end` (within `text`). */
bool needles_occur(const struct needles *needles, struct slice text, size_t from, size_t end);

#endif
