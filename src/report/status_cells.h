/* What stands in the cells of a status report, before a format neutralises it. */
#ifndef REPORT_STATUS_CELLS_H
#define REPORT_STATUS_CELLS_H

#include "report/status_report.h"

/* The label that the course gives, else the number by which people call it; empty: none. */
void status_append_number(struct buffer *cell, const struct lecture *lecture);

/* "Oct 7", or with `whole` "2025-10-07" where the year is known; what is no day, as written. */
void status_append_date(struct buffer *cell, const struct lecture *lecture, bool whole);

/* "linked", "not yet", "canceled": the state in words. */
void status_append_state(struct buffer *cell, const struct lecture_state *state);

/* "Alice Ito, @bob"; with `lead` "commits by " or "signed up: " before them, where it is so. */
void status_append_scribes(struct buffer *cell, const struct lecture_state *state, bool lead);

/* The day of the deadline by the clocks of the course, as status_append_date(). */
void status_append_due(struct buffer *cell, const struct lecture_states *states,
                       const struct lecture_state *state, bool whole);

/* "on time", "late by 3 days", "revised 2 hours late", "?"; nothing without a deadline. */
void status_append_lateness(struct buffer *cell, const struct submission *submission,
                            const struct lecture_state *state);

/* "first Oct 15 20:11, last Oct 19 09:30" where the verdicts of the two differ. */
void status_append_moments(struct buffer *cell, const struct lecture_states *states,
                           const struct submission *submission);

/* "#12, #15". */
void status_append_pulls(struct buffer *cell, const struct lecture_state *state);

/* "a; b". */
void status_append_problems(struct buffer *cell, const struct lecture_state *state);

/* "27 lectures: 25 with a note (22 linked), 2 without; 1 late, 1 with a problem". */
void status_append_totals(struct buffer *cell, const struct lecture_states *states);

/*
 * What is not known for want of pull requests; status_options.fetch is to follow. Nothing when none
 * is lacking.
 */
void status_append_hint(struct buffer *cell, const struct lecture_states *states);

/* False for rows that are not shown. */
bool status_shows(const struct lecture_state *state, const struct status_options *options);

#endif
