/* A row per lecture for spreadsheets, as RFC 4180 has it: UTF-8, lines end in CR LF. */
#include "report/safe.h"
#include "report/status_cells.h"

/* Every cell is quoted: so none is taken for the end of a line or for a number. `raw` is emptied.
 */
static void append_cell(struct buffer *output, struct buffer *raw, bool last) {
    struct buffer safe = BUFFER_EMPTY;
    safe_append(&safe, slice_trim(buffer_slice(raw)));
    buffer_append_byte(output, '"');
    for (size_t i = 0; i < safe.size; i++) {
        buffer_append_byte(output, safe.data[i]);
        if (safe.data[i] == '"')
            buffer_append_byte(output, '"');
    }
    buffer_append_string(output, last ? "\"\r\n" : "\",");
    buffer_release(&safe);
    buffer_clear(raw);
}

static void append_cells(struct buffer *output, const char *const *texts) {
    struct buffer raw = BUFFER_EMPTY;
    for (; *texts; texts++) {
        buffer_append_string(&raw, *texts);
        append_cell(output, &raw, !texts[1]);
    }
    buffer_release(&raw);
}

static void append_paths(struct buffer *raw, const struct lecture_state *state) {
    for (size_t i = 0; i < state->note_count; i++) {
        buffer_append_string(raw, i ? "; " : "");
        buffer_append_slice(raw, state->notes[i].path);
    }
}

/* The moment of the first or last version of the note that counts, by the clocks of the course. */
static void append_moment(struct buffer *raw, const struct lecture_states *states,
                          const struct touch *touch) {
    if (touch && states->course.zone)
        time_zone_append(raw, states->course.zone, touch->when);
}

static void append_time(struct buffer *output, const struct lecture_states *states,
                        const struct lecture_state *state) {
    struct buffer raw = BUFFER_EMPTY;
    const struct state_note *note = state->note_count ? state->notes : NULL;
    const char *lateness = lateness_name(lecture_lateness(state));
    status_append_due(&raw, states, state, true);
    append_cell(output, &raw, false);
    buffer_append_string(&raw, lateness ? lateness : "");
    append_cell(output, &raw, false);
    append_moment(&raw, states, note ? note->submission.first : NULL);
    append_cell(output, &raw, false);
    append_moment(&raw, states, note ? note->submission.last : NULL);
    append_cell(output, &raw, false);
    buffer_release(&raw);
}

static void append_row(struct buffer *output, const struct lecture_states *states,
                       const struct lecture_state *state) {
    const struct lecture *lecture = state->lecture;
    const char *source = scribes_source_name(state->scribes_source);
    struct buffer raw = BUFFER_EMPTY;
    status_append_number(&raw, lecture);
    append_cell(output, &raw, false);
    status_append_date(&raw, lecture, true);
    append_cell(output, &raw, false);
    buffer_append_slice(&raw, lecture->title);
    append_cell(output, &raw, false);
    buffer_append_slice(&raw, lecture->speaker);
    append_cell(output, &raw, false);
    buffer_append_string(&raw, note_state_name(state->state));
    append_cell(output, &raw, false);
    append_paths(&raw, state);
    append_cell(output, &raw, false);
    status_append_scribes(&raw, state, false);
    append_cell(output, &raw, false);
    buffer_append_string(&raw, source ? source : "");
    append_cell(output, &raw, false);
    append_time(output, states, state);
    status_append_pulls(&raw, state);
    append_cell(output, &raw, false);
    status_append_problems(&raw, state);
    append_cell(output, &raw, true);
    buffer_release(&raw);
}

/* With the columns of lectures empty. */
static void append_stray(struct buffer *output, const struct stray_note *stray) {
    struct buffer raw = BUFFER_EMPTY;
    buffer_append_string(output, "\"\",\"\",\"\",\"\",\"stray\",");
    buffer_append_slice(&raw, stray->path);
    append_cell(output, &raw, false);
    buffer_append_string(output, "\"\",\"\",\"\",\"\",\"\",\"\",");
    if (stray->pull)
        buffer_append_format(&raw, "#%u", stray->pull);
    append_cell(output, &raw, false);
    buffer_append_string(&raw, stray->empty ? "an empty file" : "");
    append_cell(output, &raw, true);
    buffer_release(&raw);
}

void status_csv(struct buffer *output, const struct lecture_states *states,
                const struct status_options *options) {
    append_cells(output, (const char *const[]){"lecture", "date", "title", "speaker", "note",
                                               "files", "scribes", "scribes from", "due", "in time",
                                               "first", "last", "pull requests", "problems", NULL});
    for (size_t i = 0; i < states->count; i++)
        if (status_shows(&states->items[i], options))
            append_row(output, states, &states->items[i]);
    for (size_t i = 0; i < states->stray_count; i++)
        append_stray(output, &states->strays[i]);
}
