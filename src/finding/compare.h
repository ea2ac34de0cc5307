/* The two-sided verdict: which findings of the head a change answers for. */
#ifndef FINDING_COMPARE_H
#define FINDING_COMPARE_H

#include "finding/finding.h"

/*
 * Matches findings by fingerprint. Of each fingerprint the number at the base is set against the
 * number at the head: as many as the base had are FINDING_CARRIED, the surplus is
 * FINDING_INTRODUCED, taken first from those on added lines and then from the last in the file.
 * What the head has fewer is FINDING_FIXED, the first ones of the base, and is moved (with its
 * texts copied) into `head`. Afterwards `head` holds every finding with its state, sorted.
 */
void findings_compare(struct finding_list *head, const struct finding_list *base);

#endif
