/* The last line of the reports that people read: what was found and what was compared. */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "report/report.h"

/*
 * Appends it without a line end. With nothing introduced and nothing undecided:
 *     scribelint: 2 files checked against 24 rules (base 1c25d27, head index): nothing found
 * (with the id of the verdict behind the sides, where it has one), else:
 *     3 errors, 1 warning introduced (3 blocking); 1 fixed; 5 files checked against 24 rules (…)
 */
void summary_append(struct buffer *output, const struct verdict *verdict,
                    const struct report_options *options);

/* … and "at least 200 errors introduced …" where a rule found more than is kept. */

/* Appends "1 file" or "2 files": the noun gets an s unless `count` is 1. */
void summary_append_count(struct buffer *output, size_t count, const char *noun);

#endif
