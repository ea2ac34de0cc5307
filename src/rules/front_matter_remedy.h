/* What makes front matter of what Jekyll can't read, where one remedy is certain. */
#ifndef RULES_FRONT_MATTER_REMEDY_H
#define RULES_FRONT_MATTER_REMEDY_H

#include "rules/subject.h"

/*
 * Adds to `finding` (may be NULL), which says that there is none, what makes some of what is almost
 * some: blanks before the first fence deleted, or the fence put before a title.
 */
void front_matter_remedy_absent(const struct subject *subject, struct finding *finding);

#endif
