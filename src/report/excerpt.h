/* The line of a finding with a mark under the place, for people. */
#ifndef REPORT_EXCERPT_H
#define REPORT_EXCERPT_H

#include "finding/finding.h"

#include "base/buffer.h"

/* Columns that an excerpt takes, cut marks included; a last escaped character may stand over. */
enum { EXCERPT_WIDTH = 86 };

/*
 * Puts the source line of a finding with a place into `line` and blanks with `^~~~` into `mark`
 * (what they held is lost), both without a line end. A tab is shown as one blank; hidden characters
 * as in safe_append(); a line that is too long is cut around the place with `…`. A place behind the
 * end of the line is marked there. False, and both empty, when there is nothing to show.
 */
bool excerpt_render(struct buffer *line, struct buffer *mark, const struct finding *finding);

#endif
