#include "report/status_cells.h"

#include <string.h>

void status_append_number(struct buffer *cell, const struct lecture *lecture) {
    if (lecture->label.size)
        buffer_append_slice(cell, lecture->label);
    else if (lecture->called)
        buffer_append_format(cell, "%ld", lecture->called);
}

void status_append_date(struct buffer *cell, const struct lecture *lecture, bool whole) {
    struct day day = lecture->day;
    if (!day.month)
        buffer_append_slice(cell, lecture->date_text);
    else if (whole && day.year)
        buffer_append_format(cell, "%04d-%02u-%02u", day.year, day.month, day.day);
    else
        day_append(cell, day, false);
}

void status_append_state(struct buffer *cell, const struct lecture_state *state) {
    if (state->state == NOTE_NO_LECTURE)
        buffer_append_string(cell, state->lecture->status == LECTURE_CANCELED ? "canceled"
                                                                              : "no lecture");
    else if (state->state == NOTE_NOT_YET)
        buffer_append_string(cell, "not yet");
    else
        buffer_append_string(cell, note_state_name(state->state));
}

void status_append_scribes(struct buffer *cell, const struct lecture_state *state, bool lead) {
    static const char *const leads[] = {"", "", "signed up: ", "commits by "};
    const struct people *scribes = &state->scribes;
    if (lead)
        buffer_append_string(cell, leads[state->scribes_source]);
    for (size_t i = 0; i < scribes->count; i++) {
        struct roster_person person = scribes->items[i];
        buffer_append_string(cell, i ? ", " : "");
        buffer_append_string(cell, person.name.size ? "" : "@");
        buffer_append_slice(cell, person.name.size ? person.name : person.account);
    }
}

/* The day that the clocks of the zone show. */
static void append_day(struct buffer *cell, const struct time_zone *zone, long long when) {
    enum { DAY = 86400 };
    long long local = when + time_zone_offset(zone, when);
    day_append(cell, day_of_serial((long)(local / DAY - (local % DAY < 0))), false);
}

void status_append_due(struct buffer *cell, const struct lecture_states *states,
                       const struct lecture_state *state, bool whole) {
    if (!state->has_due)
        return;
    if (whole) {
        time_zone_append(cell, states->course.zone, state->due);
        return;
    }
    append_day(cell, states->course.zone, state->due);
}

void status_append_lateness(struct buffer *cell, const struct submission *submission,
                            const struct lecture_state *state) {
    switch (submission->lateness) {
    case LATENESS_NONE:
        break;
    case LATENESS_ON_TIME:
        buffer_append_string(cell, "on time");
        break;
    case LATENESS_LATE_REVISION:
        buffer_append_string(cell, "revised ");
        duration_append(cell, submission->last->when - state->due);
        buffer_append_string(cell, " late");
        break;
    case LATENESS_LATE:
        buffer_append_string(cell, "late by ");
        duration_append(cell, submission->first->when - state->due);
        break;
    case LATENESS_UNKNOWN:
        buffer_append_string(cell, "?");
        break;
    }
}

/* "Oct 17 23:59" of "2025-10-17 23:59:59 -0700". */
static void append_moment(struct buffer *cell, const struct time_zone *zone, long long when) {
    struct buffer text = BUFFER_EMPTY;
    time_zone_append(&text, zone, when);
    append_day(cell, zone, when);
    buffer_append_slice(
        cell, slice_part(buffer_slice(&text), strlen("2025-10-17"), strlen("2025-10-17 23:59")));
    buffer_release(&text);
}

void status_append_moments(struct buffer *cell, const struct lecture_states *states,
                           const struct submission *submission) {
    if (submission->lateness != LATENESS_LATE_REVISION)
        return;
    buffer_append_string(cell, "first ");
    append_moment(cell, states->course.zone, submission->first->when);
    buffer_append_string(cell, ", last ");
    append_moment(cell, states->course.zone, submission->last->when);
}

void status_append_pulls(struct buffer *cell, const struct lecture_state *state) {
    for (size_t i = 0; i < state->pull_count; i++)
        buffer_append_format(cell, "%s#%u", i ? ", " : "", state->pulls[i]->number);
}

void status_append_problems(struct buffer *cell, const struct lecture_state *state) {
    for (size_t i = 0; i < state->problem_count; i++) {
        buffer_append_string(cell, i ? "; " : "");
        buffer_append_slice(cell, state->problems[i]);
    }
}

void status_append_totals(struct buffer *cell, const struct lecture_states *states) {
    const struct state_totals *totals = &states->totals;
    buffer_append_format(cell, "%zu lecture%s: %zu with a note (%zu linked), %zu without",
                         totals->lectures, totals->lectures == 1 ? "" : "s", totals->with_note,
                         totals->linked, totals->without_note);
    if (totals->not_yet)
        buffer_append_format(cell, ", %zu not due yet", totals->not_yet);
    if (states->course.zone)
        buffer_append_format(cell, "; %zu late", totals->late);
    buffer_append_format(cell, "; %zu with a problem", totals->problems);
}

void status_append_hint(struct buffer *cell, const struct lecture_states *states) {
    if (states->lacks_pulls)
        buffer_append_string(cell, "when the notes with a \"?\" were handed in only their pull "
                                   "requests tell, which are not in this clone; get them with:");
}

bool status_shows(const struct lecture_state *state, const struct status_options *options) {
    return options->all || state->state != NOTE_NO_LECTURE;
}
