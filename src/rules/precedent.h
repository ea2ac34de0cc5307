/*
 * What the notes that a course has already accepted look like. Where a course has no configuration,
 * the defaults are a guess, and a guess that most of its notes contradict is not held against a new
 * one.
 */
#ifndef RULES_PRECEDENT_H
#define RULES_PRECEDENT_H

#include "rules/review.h"

/* Does a note with this front matter agree with the guess? */
typedef bool precedent_test(const struct document *note, const void *context);

/*
 * True when most of the other notes of the kind, at the base where there is one, fail `test`. Looks
 * at a few notes only; none there or none readable: false.
 */
bool precedent_contradicts(const struct subject *subject, precedent_test *test,
                           const void *context);

/*
 * Shows `visit` some of the other notes of the kind, at the base where there is one; returns how
 * many.
 */
typedef void precedent_visit(const struct document *note, void *context);
size_t precedent_look(const struct subject *subject, precedent_visit *visit, void *context);

#endif
