/*
 * What makes two findings "the same" on two sides of a change: rule, path at the base and the
 * flagged text with blanks folded, or a parameter (key, heading, target) where there is no text.
 * Line, message and severity are not in it.
 */
#ifndef FINDING_FINGERPRINT_H
#define FINDING_FINGERPRINT_H

#include "finding/finding.h"

/*
 * Fills finding->fingerprint from its rule, base_path (path when that is empty, as for an added
 * file) and subject (FNV-1a, 64 bits).
 */
void fingerprint_set(struct finding *finding);

#endif
