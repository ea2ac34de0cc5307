/* Which file is the template of a kind of note. */
#ifndef RULES_TEMPLATES_H
#define RULES_TEMPLATES_H

#include "rules/review.h"

/* Fills review->templates; release with templates_release(). */
void templates_find(struct review *review);
void templates_release(struct review *review);

#endif
