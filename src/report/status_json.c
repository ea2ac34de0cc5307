/* Everything, for programs. The format is in docs/json.md. */
#include "report/json_value.h"
#include "report/status_cells.h"

enum { FORMAT_VERSION = 1 };

/* RFC 3339: the zone's "2025-10-17 23:59:59 -0700" with "T" and without the blank. */
static json_t *make_moment(const struct time_zone *zone, const long long *when) {
    struct buffer text = BUFFER_EMPTY, whole = BUFFER_EMPTY;
    if (!zone || !when)
        return json_null();
    time_zone_append(&text, zone, *when);
    struct slice written = buffer_slice(&text);
    buffer_append_slice(&whole, slice_part(written, 0, 10));
    buffer_append_byte(&whole, 'T');
    buffer_append_slice(&whole, slice_part(written, 11, 19));
    buffer_append_slice(&whole, slice_part(written, 20, 23));
    buffer_append_byte(&whole, ':');
    buffer_append_slice(&whole, slice_part(written, 23, 25));
    json_t *value = json_value_text(buffer_slice(&whole));
    buffer_release(&text);
    buffer_release(&whole);
    return value;
}

static json_t *make_date(const struct lecture *lecture) {
    struct buffer text = BUFFER_EMPTY;
    if (!lecture->day.month || !lecture->day.year)
        return json_null();
    status_append_date(&text, lecture, true);
    json_t *value = json_value_text(buffer_slice(&text));
    buffer_release(&text);
    return value;
}

static json_t *make_note(const struct lecture_states *states, const struct state_note *note) {
    const struct submission *submission = &note->submission;
    const struct time_zone *zone = states->course.zone;
    json_t *object = json_object();
    json_value_set(object, "path", json_value_text(note->path));
    json_value_set(object, "linked", json_boolean(note->linked));
    json_value_set(object, "empty", json_boolean(note->empty));
    json_value_set(object, "lateness", json_value_string(lateness_name(submission->lateness)));
    json_value_set(object, "first",
                   make_moment(zone, submission->first ? &submission->first->when : NULL));
    json_value_set(object, "last",
                   make_moment(zone, submission->last ? &submission->last->when : NULL));
    return object;
}

static json_t *make_scribe(const struct roster_person *person) {
    json_t *object = json_object();
    json_value_set(object, "name", json_value_text_or_null(person->name));
    json_value_set(object, "account", json_value_text_or_null(person->account));
    return object;
}

static void set_lists(json_t *object, const struct lecture_states *states,
                      const struct lecture_state *state) {
    json_t *problems = json_array(), *notes = json_array(), *scribes = json_array();
    json_t *pulls = json_array();
    for (size_t i = 0; i < state->problem_count; i++)
        json_value_push(problems, json_value_text(state->problems[i]));
    for (size_t i = 0; i < state->note_count; i++)
        json_value_push(notes, make_note(states, &state->notes[i]));
    for (size_t i = 0; i < state->scribes.count; i++)
        json_value_push(scribes, make_scribe(&state->scribes.items[i]));
    for (size_t i = 0; i < state->pull_count; i++)
        json_value_push(pulls, json_value_count(state->pulls[i]->number));
    json_value_set(object, "problems", problems);
    json_value_set(object, "notes", notes);
    json_value_set(object, "scribes", scribes);
    json_value_set(object, "scribes_from",
                   json_value_string(scribes_source_name(state->scribes_source)));
    json_value_set(object, "pull_requests", pulls);
}

static json_t *make_lecture(const struct lecture_states *states,
                            const struct lecture_state *state) {
    static const char *const kinds[] = {"held", "none", "canceled"};
    const struct lecture *lecture = state->lecture;
    size_t line = source_line(&lecture->file->source, lecture->row.start);
    json_t *object = json_object();
    json_value_set(object, "number",
                   lecture->number > 0 ? json_integer(lecture->number) : json_null());
    json_value_set(object, "label", json_value_text_or_null(lecture->label));
    json_value_set(object, "date", make_date(lecture));
    json_value_set(object, "date_text", json_value_text(lecture->date_text));
    json_value_set(object, "title", json_value_text(lecture->title));
    json_value_set(object, "speaker", json_value_text_or_null(lecture->speaker));
    json_value_set(object, "status", json_value_string(kinds[lecture->status]));
    json_value_set(object, "path", json_value_text(lecture->file->path));
    json_value_set(object, "line", json_value_count(line));
    json_value_set(object, "state", json_value_string(note_state_name(state->state)));
    json_value_set(object, "link", json_value_text_or_null(state->link));
    json_value_set(object, "due",
                   make_moment(states->course.zone, state->has_due ? &state->due : NULL));
    set_lists(object, states, state);
    return object;
}

static json_t *make_totals(const struct state_totals *totals) {
    json_t *object = json_object();
    json_value_set(object, "lectures", json_value_count(totals->lectures));
    json_value_set(object, "with_note", json_value_count(totals->with_note));
    json_value_set(object, "linked", json_value_count(totals->linked));
    json_value_set(object, "without_note", json_value_count(totals->without_note));
    json_value_set(object, "not_yet", json_value_count(totals->not_yet));
    json_value_set(object, "late", json_value_count(totals->late));
    json_value_set(object, "problems", json_value_count(totals->problems));
    return object;
}

static json_t *make_strays(const struct lecture_states *states) {
    json_t *array = json_array();
    for (size_t i = 0; i < states->stray_count; i++) {
        const struct stray_note *stray = &states->strays[i];
        json_t *object = json_object();
        json_value_set(object, "path", json_value_text(stray->path));
        json_value_set(object, "empty", json_boolean(stray->empty));
        json_value_set(object, "pull_request",
                       stray->pull ? json_value_count(stray->pull) : json_null());
        json_value_push(array, object);
    }
    return array;
}

void status_json(struct buffer *output, const struct lecture_states *states,
                 const struct status_options *options) {
    json_value_begin();
    json_t *report = json_object(), *lectures = json_array();
    for (size_t i = 0; i < states->count; i++)
        if (status_shows(&states->items[i], options))
            json_value_push(lectures, make_lecture(states, &states->items[i]));
    json_value_set(report, "version", json_value_count(FORMAT_VERSION));
    json_value_set(report, "head", json_value_string(options->head));
    json_value_set(report, "summary", make_totals(&states->totals));
    json_value_set(report, "lectures", lectures);
    json_value_set(report, "other_notes", make_strays(states));
    json_value_set(report, "fetch", json_value_string(states->lacks_pulls ? options->fetch : NULL));
    json_value_set(report, "undecided", json_value_remarks(options->undecided));
    json_value_print(output, report);
}
