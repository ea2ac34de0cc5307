/* Includes that lead back to themselves: Jekyll stops with "Nesting too deep". */
#ifndef RULES_INCLUDE_CYCLE_H
#define RULES_INCLUDE_CYCLE_H

#include "base/arena.h"
#include "git/snapshot.h"

/* The file that the tag's argument begins with; variables make it no literal name, and it is empty.
 */
struct slice include_name(struct slice argument);

/*
 * True when `_includes/<name>` is surely included again by itself, or by what it includes. Tags
 * that may be passed over (in `{% if %}`, `{% for %}` …) and files that cannot be read are not
 * followed. `arena` takes the paths; `read` counts the files that were
 * read for one page, which has its limit: start with 0.
 */
bool include_leads_back(const struct snapshot *snapshot, struct slice name, struct arena *arena,
                        size_t *read);

#endif
