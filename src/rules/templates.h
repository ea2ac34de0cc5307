/* Which file is the template of a kind of note. */
#ifndef RULES_TEMPLATES_H
#define RULES_TEMPLATES_H

#include "rules/review.h"

/*
 * Fills review->templates; release with templates_release(), also after a failure. A file that
 * could be the template and cannot be read is a remark in `verdict->undecided`.
 */
int templates_find(struct review *review, struct verdict *verdict, struct error *error);
void templates_release(struct review *review);

#endif
