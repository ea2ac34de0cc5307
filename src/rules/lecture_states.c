#include "rules/lecture_states.h"

#include "base/memory.h"
#include "course/landing.h"
#include "course/schedule_words.h"
#include "document/pdf_reader.h"
#include "git/content_id.h"
#include "rules/templates.h"

#include <stdlib.h>
#include <string.h>

struct state_reading {
    struct lecture_states *states;
    struct review *review;
    struct verdict *verdict;
    struct pdf_store *pdfs;
    long long now;
};

static bool is_note(struct slice path, void *review) {
    return review_note_kind(review, path) != NULL;
}

static struct lecture_state *find_state(struct lecture_states *states,
                                        const struct lecture *lecture) {
    for (size_t i = 0; lecture && i < states->count; i++)
        if (states->items[i].lecture == lecture)
            return &states->items[i];
    return NULL;
}

/* "Oct 7 (4)": how people call a lecture. */
static void append_lecture(struct buffer *buffer, const struct lecture *lecture) {
    if (lecture->day.month)
        day_append(buffer, lecture->day, false);
    else
        buffer_append_slice(buffer, lecture->date_text);
    if (lecture->label.size)
        buffer_append_format(buffer, " (%.*s)", SLICE_ARGUMENTS(lecture->label));
}

static void add_problem(struct state_reading *reading, struct lecture_state *state,
                        const char *before, struct slice name, const char *after) {
    struct slice text = slice_of(
        arena_format(&reading->states->arena, "%s%.*s%s", before, SLICE_ARGUMENTS(name), after));
    if (!slice_is_among(text, state->problems, state->problem_count))
        ARRAY_PUSH(state->problems, state->problem_count, state->problem_capacity) = text;
}

static void add_lecture_problem(struct state_reading *reading, struct lecture_state *state,
                                const char *before, const struct lecture *other) {
    struct buffer name = BUFFER_EMPTY;
    append_lecture(&name, other);
    add_problem(reading, state, before, buffer_slice(&name), "");
    buffer_release(&name);
}

/* --- Rows and their notes ----------------------------------------------------------------------
 */

static void list_lectures(struct lecture_states *states) {
    const struct schedule *schedule = states->course.schedule;
    states->items = arena_allocate(&states->arena, schedule->lecture_count, sizeof *states->items);
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (!schedule->lectures[i].hidden)
            states->items[states->count++].lecture = &schedule->lectures[i];
}

/* The document of a Markdown note; NULL: none, or not readable. `content` must outlive it. */
static struct document *read_document(struct state_reading *reading, struct slice path,
                                      struct buffer *content) {
    struct error error = ERROR_NONE;
    struct document_options options =
        review_document_options(reading->review, &reading->states->site);
    struct document *document = NULL;
    if (!path_is_markdown(path))
        return NULL;
    if (snapshot_read(reading->review->head, path, DOCUMENT_MAX_SIZE, content, &error) == OK)
        document = document_read(path, buffer_slice(content), &options);
    else
        verdict_remark(reading->verdict, &reading->verdict->undecided, path,
                       slice_of(error_message(&error)));
    error_release(&error);
    return document;
}

/* A link by the address of a page is told by what it is in. */
static bool is_linked(const struct lecture *lecture, const struct course_note *note) {
    const struct lecture_claim *claim = &note->lecture.claims[CLAIM_LINK];
    for (size_t i = 0; i < lecture->link_count; i++) {
        const struct lecture_link *link = &lecture->links[i];
        if (link->role == LINK_NOTES && !link->placeholder &&
            (slice_equal(link->path, note->path) ||
             (claim->text.size && claim->text.data == link->destination.data)))
            return true;
    }
    return false;
}

static void add_stray(struct lecture_states *states, struct slice path, const char *blob_id,
                      unsigned pull) {
    ARRAY_PUSH(states->strays, states->stray_count, states->stray_capacity) =
        (struct stray_note){path, content_is_empty(blob_id), pull};
}

/* NULL: no PDF, or none that can be read here; what is wrong with it is for check to say. */
static const struct document *read_pdf(struct state_reading *reading,
                                       const struct course_note *note) {
    const char *reason;
    if (!path_is_pdf(note->path) || content_is_empty(note->blob_id))
        return NULL;
    return pdf_store_get(reading->pdfs, reading->review->head, note->path, &reason);
}

static void add_note(struct state_reading *reading, const struct course_note *note) {
    struct lecture_states *states = reading->states;
    struct buffer content = BUFFER_EMPTY;
    struct document *document = read_document(reading, note->path, &content);
    struct note_lecture at = note_lecture_find(states->course.schedule, note->path, document);
    struct lecture_state *state = find_state(states, at.lecture);
    if (state) {
        ARRAY_PUSH(state->notes, state->note_count, state->note_capacity) =
            (struct state_note){.path = note->path,
                                .linked = is_linked(state->lecture, note),
                                .empty = content_is_empty(note->blob_id)};
        scribes_add_named(&state->scribes, document ? document : read_pdf(reading, note),
                          &states->arena);
        state->scribes_source = state->scribes.count ? SCRIBES_NOTE : SCRIBES_UNKNOWN;
    } else {
        add_stray(states, note->path, note->blob_id, 0);
    }
    document_free(document);
    buffer_release(&content);
}

/* A row that links the note of another lecture, and that lecture's own row. */
static void find_crossed_links(struct state_reading *reading, struct lecture_state *state,
                               const struct course_note *note) {
    struct lecture_states *states = reading->states;
    for (size_t i = 0; i < states->count; i++) {
        struct lecture_state *other = &states->items[i];
        if (other == state || !is_linked(other->lecture, note))
            continue;
        add_problem(reading, other, "links ", note->path, ", the note of another lecture");
        if (!is_linked(state->lecture, note))
            add_lecture_problem(reading, state, "its note is linked from ", other->lecture);
    }
}

static int order_notes(const void *left, const void *right) {
    const struct state_note *a = left, *b = right;
    return a->linked != b->linked ? b->linked - a->linked : slice_compare(a->path, b->path);
}

static void add_notes(struct state_reading *reading) {
    struct lecture_states *states = reading->states;
    for (size_t i = 0; i < states->course.note_count; i++)
        add_note(reading, &states->course.notes[i]);
    for (size_t i = 0; i < states->count; i++) {
        struct lecture_state *state = &states->items[i];
        if (state->note_count)
            qsort(state->notes, state->note_count, sizeof *state->notes, order_notes);
        for (size_t k = 0; k < state->note_count; k++)
            find_crossed_links(reading, state,
                               course_view_find(&states->course, state->notes[k].path));
    }
}

/* --- Pull requests -----------------------------------------------------------------------------
 */

static void add_pull(struct state_reading *reading, const struct pull_request *pull) {
    struct lecture_states *states = reading->states;
    for (size_t i = 0; i < pull->note_count; i++) {
        const struct pull_note *note = &pull->notes[i];
        if (note->history->touches[0].when > reading->now)
            continue;
        struct note_lecture at = note_lecture_find(states->course.schedule, note->path, NULL);
        struct lecture_state *state = find_state(states, at.lecture);
        if (!state)
            add_stray(states, note->path, note->blob_id, pull->number);
        else if (!state->pull_count || state->pulls[state->pull_count - 1] != pull)
            ARRAY_PUSH(state->pulls, state->pull_count, state->pull_capacity) = pull;
    }
}

/* --- What a row comes to -----------------------------------------------------------------------
 */

static struct slice without_ending(struct slice path) {
    for (size_t at = path.size; at && path.data[at - 1] != '/'; at--)
        if (path.data[at - 1] == '.')
            return slice_part(path, 0, at - 1);
    return path;
}

/* A note and its source ("x.pdf" beside "x.md") are one. */
static size_t count_different(const struct lecture_state *state) {
    size_t count = 0;
    for (size_t i = 0; i < state->note_count; i++) {
        bool known = false;
        for (size_t k = 0; k < i; k++)
            known |= slice_equal(without_ending(state->notes[i].path),
                                 without_ending(state->notes[k].path));
        count += !known;
    }
    return count;
}

static void find_link(struct state_reading *reading, struct lecture_state *state) {
    for (size_t i = 0; i < state->lecture->link_count; i++) {
        const struct lecture_link *link = &state->lecture->links[i];
        if (link->role != LINK_NOTES || link->placeholder)
            continue;
        if (!state->link.size)
            state->link = link->destination;
        const struct snapshot *head = reading->review->head;
        if (link->path.size && snapshot_find(head, link->path).kind == ENTRY_NONE &&
            !site_may_make_page(&reading->states->site, head, link->path))
            add_problem(reading, state, "links ", link->path, ", which is not there");
    }
}

static void find_problems(struct state_reading *reading, struct lecture_state *state) {
    for (size_t i = 0; i < state->note_count; i++)
        if (state->notes[i].empty)
            add_problem(reading, state, "", state->notes[i].path, " is an empty file");
    size_t count = count_different(state);
    if (count > 1)
        add_problem(reading, state, "",
                    slice_of(arena_format(&reading->states->arena, "%zu", count)),
                    " notes for one lecture");
}

static void find_due(struct state_reading *reading, struct lecture_state *state) {
    const struct course_view *course = &reading->states->course;
    state->has_due = course->zone && deadline_find(reading->review->config, course->zone,
                                                   state->lecture, &state->due);
}

static bool is_to_come(const struct state_reading *reading, const struct lecture_state *state) {
    enum { DAY = 86400 };
    struct day day = state->lecture->day;
    if (state->has_due)
        return state->due >= reading->now;
    return day.month && day.year && (day_serial(day) + 1) * (long long)DAY > reading->now;
}

static enum note_state judge(const struct state_reading *reading,
                             const struct lecture_state *state) {
    if (state->problem_count)
        return NOTE_PROBLEM;
    if (state->link.size)
        return NOTE_LINKED;
    if (state->note_count)
        return NOTE_SUBMITTED;
    if (state->lecture->status != LECTURE_HELD)
        return NOTE_NO_LECTURE;
    return is_to_come(reading, state) ? NOTE_NOT_YET : NOTE_NONE;
}

static void find_submissions(struct state_reading *reading, struct lecture_state *state) {
    struct lecture_states *states = reading->states;
    for (size_t i = 0; i < state->note_count; i++) {
        struct submission *submission = &state->notes[i].submission;
        submission_find(submission, states->course.history, &states->pulls, state->notes[i].path,
                        state->has_due ? &state->due : NULL);
        for (size_t k = 0; k < submission->count; k++)
            states->lacks_pulls |=
                submission->deliveries[k].at_latest && submission->lateness == LATENESS_UNKNOWN;
    }
}

static void find_scribes(struct lecture_states *states, struct lecture_state *state) {
    if (!state->scribes.count && state->lecture->status == LECTURE_HELD) {
        scribes_add_roster(&state->scribes, states->course.roster, state->lecture, &states->arena);
        state->scribes_source = state->scribes.count ? SCRIBES_ROSTER : SCRIBES_UNKNOWN;
    }
    if (state->scribes.count)
        return;
    for (size_t i = 0; i < state->note_count; i++)
        scribes_add_authors(&state->scribes, &state->notes[i].submission, &states->arena);
    state->scribes_source = state->scribes.count ? SCRIBES_COMMITS : SCRIBES_UNKNOWN;
}

static void count(struct state_totals *totals, const struct lecture_state *state) {
    bool linked = false, late = false;
    if (state->state == NOTE_NO_LECTURE)
        return;
    for (size_t i = 0; i < state->note_count; i++) {
        linked |= state->notes[i].linked;
        late |= state->notes[i].submission.lateness == LATENESS_LATE;
    }
    bool there = state->note_count || state->state == NOTE_LINKED;
    totals->lectures++;
    totals->with_note += there;
    totals->linked += linked || state->state == NOTE_LINKED;
    totals->not_yet += state->state == NOTE_NOT_YET;
    totals->without_note += !there && state->state != NOTE_NOT_YET;
    totals->late += late;
    totals->problems += state->state == NOTE_PROBLEM;
}

static void finish(struct state_reading *reading) {
    struct lecture_states *states = reading->states;
    for (size_t i = 0; i < states->count; i++) {
        struct lecture_state *state = &states->items[i];
        find_link(reading, state);
        find_problems(reading, state);
        if (state->lecture->status == LECTURE_HELD)
            find_due(reading, state);
        find_submissions(reading, state);
        find_scribes(states, state);
        state->state = judge(reading, state);
        count(&states->totals, state);
    }
}

/* --- What names no lecture ---------------------------------------------------------------------
 */

static bool has_lecture(const struct schedule *schedule, const struct roster_row *row,
                        const struct extension *extension) {
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (row ? roster_row_is_for(row, lecture) : extension_is_for(extension, lecture))
            return true;
    }
    return false;
}

static void add_remark(struct lecture_states *states, const char *path, const char *reason) {
    struct remark_list *list = &states->remarks;
    ARRAY_PUSH(list->items, list->count, list->capacity) =
        (struct remark){slice_of(path), slice_of(reason)};
}

/* `named` is how a row of the roster or an extension names a lecture that is none. */
static const char *why_no_lecture(struct lecture_states *states, struct slice named, long number) {
    const struct schedule *schedule = states->course.schedule;
    size_t count = 0;
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture && number;
         lecture = schedule_next(schedule, lecture->index + 1))
        count += schedule_label_number(lecture->label) == number;
    if (count > 1)
        return arena_format(&states->arena,
                            "\"%.*s\" may be %zu lectures, as the schedule's numbers begin anew; "
                            "give the day",
                            SLICE_ARGUMENTS(named), count);
    return arena_format(&states->arena, "the schedule has no lecture \"%.*s\"",
                        SLICE_ARGUMENTS(named));
}

/* Silently left out, a slip in a date would look as if nobody had signed up. */
static void find_remarks(struct lecture_states *states, const struct config *config) {
    const struct schedule *schedule = states->course.schedule;
    const struct roster *roster = states->course.roster;
    const struct deadline_setting *deadline = &config->deadline;
    for (size_t i = 0; roster && i < roster->count; i++) {
        const struct roster_row *row = &roster->rows[i];
        if (row->count && !has_lecture(schedule, row, NULL))
            add_remark(states,
                       arena_format(&states->arena, "%.*s:%zu",
                                    SLICE_ARGUMENTS(config->roster.file), row->line),
                       arena_format(
                           &states->arena, "%s; this row counts for none",
                           why_no_lecture(states, row->lecture, row->day.month ? 0 : row->number)));
    }
    for (size_t i = 0; i < deadline->extension_count; i++) {
        const struct extension *extension = &deadline->extensions[i];
        if (!has_lecture(schedule, NULL, extension))
            add_remark(states, config->name,
                       arena_format(&states->arena, "deadline.extensions: %s",
                                    why_no_lecture(states, extension->lecture,
                                                   extension_number(extension))));
    }
}

/* --- All of it ---------------------------------------------------------------------------------
 */

static int check_schedule(const struct schedule *schedule, struct error *error) {
    if (schedule->form != SCHEDULE_NONE && schedule->lecture_count)
        return OK;
    if (schedule->undecided.size)
        return error_set(error, STATUS_UNDECIDED, "the schedule could not be read: %.*s",
                         SLICE_ARGUMENTS(schedule->undecided));
    return error_set(error, STATUS_UNDECIDED,
                     "no schedule was found; say in " CONFIG_FILE_NAME
                     " where the lectures stand: schedule: {files: PATH}");
}

/* Also where no deadline and no roster asks for it: the commits name the scribes. */
static void read_history(struct state_reading *reading) {
    struct course_view *course = &reading->states->course;
    const struct commit_range *commits = &reading->review->commits;
    const struct config *config = reading->review->config;
    struct error error = ERROR_NONE;
    if (config->deadline.is_set || config->roster.file.size || !commits->head)
        return;
    if (history_read(&course->history, commits->repository, commits->head, NULL, is_note,
                     reading->review, &error) != OK)
        verdict_remark(reading->verdict, &reading->verdict->undecided, slice_of(""),
                       slice_of(error_message(&error)));
    error_release(&error);
}

int lecture_states_read(struct lecture_states *states, struct review *review,
                        const struct upstream *upstream, long long now, struct verdict *verdict,
                        struct error *error) {
    struct state_reading reading = {states, review, verdict, NULL, now};
    *states = (struct lecture_states){0};
    site_read(&states->site, review->head);
    int status = templates_find(review, verdict, error);
    if (status == OK) {
        course_view_read(&states->course, review, review->head, &states->site, verdict);
        status = check_schedule(states->course.schedule, error);
    }
    if (status != OK) {
        templates_release(review);
        return status;
    }
    read_history(&reading);
    if (states->course.history)
        status = pull_requests_read(&states->pulls, review, states->course.history, upstream,
                                    verdict, error);
    list_lectures(states);
    reading.pdfs = pdf_store_open(review->pdf_answers);
    add_notes(&reading);
    pdf_store_close(reading.pdfs);
    finish(&reading);
    find_remarks(states, review->config);
    for (size_t i = 0; i < states->pulls.count; i++)
        if (!states->pulls.items[i].taken)
            add_pull(&reading, &states->pulls.items[i]);
    templates_release(review);
    return status;
}

void lecture_states_release(struct lecture_states *states) {
    for (size_t i = 0; i < states->count; i++) {
        struct lecture_state *state = &states->items[i];
        for (size_t k = 0; k < state->note_count; k++)
            submission_release(&state->notes[k].submission);
        free(state->notes);
        free(state->problems);
        free(state->scribes.items);
        free(state->pulls);
    }
    free(states->strays);
    free(states->remarks.items);
    pull_requests_release(&states->pulls);
    course_view_release(&states->course);
    site_release(&states->site);
    arena_release(&states->arena);
    *states = (struct lecture_states){0};
}

enum lateness lecture_lateness(const struct lecture_state *state) {
    return state->note_count ? state->notes[0].submission.lateness : LATENESS_NONE;
}

const char *note_state_name(enum note_state state) {
    static const char *const names[NOTE_STATE_COUNT] = {"no-lecture", "not-yet", "none",
                                                        "submitted",  "linked",  "problem"};
    return names[state];
}
