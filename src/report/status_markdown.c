/* A table for an issue or a wiki page, in GitHub Flavored Markdown. */
#include "report/status_cells.h"
#include "text/utf8.h"

#include <string.h>

/* True for what GitHub would make a link of: "http://" and "www.". */
static bool makes_link(const struct buffer *text, size_t at) {
    char before = at ? text->data[at - 1] : ' ';
    return (text->data[at] == ':' && text->data[at + 1] == '/') ||
           (text->data[at] == '.' && (before == 'w' || before == 'W'));
}

/*
 * Nothing in `text` is markup: every mark is escaped, and an account is not mentioned, which would
 * send it mail.
 */
static void append_plain(struct buffer *output, struct slice text) {
    struct buffer visible = BUFFER_EMPTY;
    utf8_append_visible(&visible, slice_trim(text));
    for (size_t i = 0; i < visible.size; i++) {
        char byte = visible.data[i];
        if (strchr("\\`*_{}[]<>#|~$&", byte) || makes_link(&visible, i))
            buffer_append_byte(output, '\\');
        buffer_append_byte(output, byte);
        if (byte == '@')
            buffer_append_string(output, "<!-- -->");
    }
    buffer_release(&visible);
}

/* Of what stands in `raw`, which is emptied. */
static void append_cell(struct buffer *output, struct buffer *raw) {
    buffer_append_string(output, " ");
    append_plain(output, buffer_slice(raw));
    buffer_append_string(output, " |");
    buffer_clear(raw);
}

static void append_note_cell(struct buffer *output, const struct lecture_state *state) {
    struct buffer raw = BUFFER_EMPTY;
    buffer_append_byte(output, ' ');
    status_append_state(&raw, state);
    append_plain(output, buffer_slice(&raw));
    for (size_t i = 0; i < state->problem_count; i++) {
        buffer_append_string(output, "<br>");
        append_plain(output, state->problems[i]);
    }
    for (size_t i = 0; i < state->note_count; i++) {
        buffer_append_string(output, "<br>");
        append_plain(output, state->notes[i].path);
    }
    for (size_t i = 0; i < state->pull_count; i++)
        buffer_append_format(output, "%s#%u",
                             i ? ", " : "<br>not merged: ", state->pulls[i]->number);
    buffer_append_string(output, " |");
    buffer_release(&raw);
}

static void append_time_cell(struct buffer *output, const struct lecture_states *states,
                             const struct lecture_state *state) {
    struct buffer raw = BUFFER_EMPTY;
    bool known = false;
    for (size_t i = 0; i < state->note_count; i++)
        known |= state->notes[i].submission.lateness != LATENESS_NONE;
    for (size_t i = 0; known && i < state->note_count; i++) {
        const struct submission *submission = &state->notes[i].submission;
        struct buffer moments = BUFFER_EMPTY;
        buffer_clear(&raw);
        status_append_lateness(&raw, submission, state);
        status_append_moments(&moments, states, submission);
        if (moments.size)
            buffer_append_format(&raw, " (%s)", buffer_string(&moments));
        buffer_append_string(output, i ? "<br>" : " ");
        append_plain(output, buffer_slice(&raw));
        buffer_release(&moments);
    }
    buffer_append_string(output, " |");
    buffer_release(&raw);
}

static void append_row(struct buffer *output, const struct lecture_states *states,
                       const struct lecture_state *state) {
    const struct lecture *lecture = state->lecture;
    struct buffer raw = BUFFER_EMPTY;
    buffer_append_byte(output, '|');
    status_append_number(&raw, lecture);
    append_cell(output, &raw);
    status_append_date(&raw, lecture, false);
    append_cell(output, &raw);
    buffer_append_slice(&raw, lecture->title);
    append_cell(output, &raw);
    buffer_append_slice(&raw, lecture->speaker);
    append_cell(output, &raw);
    append_note_cell(output, state);
    status_append_scribes(&raw, state, true);
    append_cell(output, &raw);
    status_append_due(&raw, states, state, false);
    append_cell(output, &raw);
    append_time_cell(output, states, state);
    buffer_append_byte(output, '\n');
    buffer_release(&raw);
}

static void append_strays(struct buffer *output, const struct lecture_states *states) {
    if (states->stray_count)
        buffer_append_string(output, "\nOf no lecture:\n\n");
    for (size_t i = 0; i < states->stray_count; i++) {
        buffer_append_string(output, "- ");
        append_plain(output, states->strays[i].path);
        buffer_append_string(output, states->strays[i].empty ? " (an empty file)" : "");
        if (states->strays[i].pull)
            buffer_append_format(output, " (of #%u, not merged)", states->strays[i].pull);
        buffer_append_byte(output, '\n');
    }
}

static void append_paragraph(struct buffer *output, struct buffer *raw) {
    if (raw->size) {
        buffer_append_byte(output, '\n');
        append_plain(output, buffer_slice(raw));
        buffer_append_byte(output, '\n');
    }
    buffer_clear(raw);
}

static void append_remarks(struct buffer *output, const char *lead,
                           const struct remark_list *remarks) {
    struct buffer raw = BUFFER_EMPTY;
    for (size_t i = 0; i < remarks->count; i++) {
        const struct remark *remark = &remarks->items[i];
        buffer_append_string(&raw, lead);
        buffer_append_slice(&raw, remark->path);
        buffer_append_string(&raw, remark->path.size ? ": " : "");
        buffer_append_slice(&raw, remark->reason);
        append_paragraph(output, &raw);
    }
    buffer_release(&raw);
}

static void append_end(struct buffer *output, const struct lecture_states *states,
                       const struct status_options *options) {
    struct buffer raw = BUFFER_EMPTY;
    status_append_totals(&raw, states);
    append_paragraph(output, &raw);
    status_append_hint(&raw, states);
    if (raw.size)
        buffer_append_format(&raw, " %s", options->fetch);
    append_paragraph(output, &raw);
    append_remarks(output, "not known: ", options->undecided);
    append_remarks(output, "note: ", &states->remarks);
    buffer_release(&raw);
}

static const char table_head[] = "| # | Date | Title | Speaker | Note | Scribes | Due | In time |\n"
                                 "|--:|---|---|---|---|---|---|---|\n";

static bool has_changed_note(const struct lecture_state *state, const struct change_set *changes) {
    for (size_t i = 0; i < state->note_count; i++) {
        const struct change *change = change_set_find(changes, state->notes[i].path);
        if (change && change->kind != CHANGE_DELETED)
            return true;
    }
    return false;
}

void status_append_changed(struct buffer *output, const struct lecture_states *states,
                           const struct change_set *changes) {
    enum { MOST_ROWS = 10 };
    size_t rows = 0;
    for (size_t i = 0; i < states->count && rows < MOST_ROWS; i++) {
        if (!has_changed_note(&states->items[i], changes))
            continue;
        buffer_append_string(output, rows++ ? "" : table_head);
        append_row(output, states, &states->items[i]);
    }
}

void status_markdown(struct buffer *output, const struct lecture_states *states,
                     const struct status_options *options) {
    buffer_append_string(output, table_head);
    for (size_t i = 0; i < states->count; i++)
        if (status_shows(&states->items[i], options))
            append_row(output, states, &states->items[i]);
    append_strays(output, states);
    append_end(output, states, options);
}
