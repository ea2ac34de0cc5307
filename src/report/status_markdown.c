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
 * send it mail, nor is an issue.
 */
static void append_plain(struct buffer *output, struct slice text) {
    struct buffer visible = BUFFER_EMPTY;
    utf8_append_visible(&visible, slice_trim(text));
    for (size_t i = 0; i < visible.size; i++) {
        char byte = visible.data[i];
        if (strchr("\\`*_{}[]<>#|~$&", byte) || makes_link(&visible, i))
            buffer_append_byte(output, '\\');
        buffer_append_byte(output, byte);
        if (byte == '@' || byte == '#')
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

enum column { NUMBER, DATE, TITLE, SPEAKER, NOTE, SCRIBES, DUE, IN_TIME, COLUMN_COUNT };

static const char *const titles[COLUMN_COUNT] = {
    [NUMBER] = " # |",  [DATE] = " Date |",       [TITLE] = " Title |", [SPEAKER] = " Speaker |",
    [NOTE] = " Note |", [SCRIBES] = " Scribes |", [DUE] = " Due |",     [IN_TIME] = " In time |",
};

/* With the bar behind it. */
static void append_column(struct buffer *output, enum column column,
                          const struct lecture_states *states, const struct lecture_state *state) {
    const struct lecture *lecture = state->lecture;
    struct buffer raw = BUFFER_EMPTY;
    if (column == NOTE) {
        append_note_cell(output, state);
        return;
    }
    if (column == IN_TIME) {
        append_time_cell(output, states, state);
        return;
    }
    if (column == NUMBER)
        status_append_number(&raw, lecture);
    else if (column == DATE)
        status_append_date(&raw, lecture, false);
    else if (column == SCRIBES)
        status_append_scribes(&raw, state, true);
    else if (column == DUE)
        status_append_due(&raw, states, state, false);
    else
        buffer_append_slice(&raw, column == TITLE ? lecture->title : lecture->speaker);
    append_cell(output, &raw);
    buffer_release(&raw);
}

struct column_choice {
    bool has[COLUMN_COUNT];
};

static void append_head(struct buffer *output, const struct column_choice *choice) {
    buffer_append_byte(output, '|');
    for (int i = 0; i < COLUMN_COUNT; i++)
        buffer_append_string(output, choice->has[i] ? titles[i] : "");
    buffer_append_string(output, "\n|");
    for (int i = 0; i < COLUMN_COUNT; i++)
        buffer_append_string(output, !choice->has[i] ? "" : i == NUMBER ? "--:|" : "---|");
    buffer_append_byte(output, '\n');
}

static void append_row(struct buffer *output, const struct column_choice *choice,
                       const struct lecture_states *states, const struct lecture_state *state) {
    buffer_append_byte(output, '|');
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (choice->has[i])
            append_column(output, (enum column)i, states, state);
    buffer_append_byte(output, '\n');
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

static bool has_changed_note(const struct lecture_state *state, const struct change_set *changes) {
    for (size_t i = 0; i < state->note_count; i++) {
        const struct change *change = change_set_find(changes, state->notes[i].path);
        if (change && change->kind != CHANGE_DELETED)
            return true;
    }
    return false;
}

/* Marks the columns that say something about this lecture. */
static void choose_columns(struct column_choice *choice, const struct lecture_states *states,
                           const struct lecture_state *state) {
    struct buffer cell = BUFFER_EMPTY;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        buffer_clear(&cell);
        append_column(&cell, (enum column)i, states, state);
        choice->has[i] = choice->has[i] || cell.size > strlen("  |");
    }
    buffer_release(&cell);
}

void status_append_changed(struct buffer *output, const struct lecture_states *states,
                           const struct change_set *changes) {
    enum { MOST_ROWS = 10 };
    const struct lecture_state *shown[MOST_ROWS];
    struct column_choice choice = {{false}};
    size_t count = 0;
    for (size_t i = 0; i < states->count && count < MOST_ROWS; i++) {
        if (!has_changed_note(&states->items[i], changes))
            continue;
        choose_columns(&choice, states, &states->items[i]);
        shown[count++] = &states->items[i];
    }
    if (count)
        append_head(output, &choice);
    for (size_t i = 0; i < count; i++)
        append_row(output, &choice, states, shown[i]);
}

void status_markdown(struct buffer *output, const struct lecture_states *states,
                     const struct status_options *options) {
    struct column_choice all;
    memset(all.has, true, sizeof all.has);
    append_head(output, &all);
    for (size_t i = 0; i < states->count; i++)
        if (status_shows(&states->items[i], options))
            append_row(output, &all, states, &states->items[i]);
    append_strays(output, states);
    append_end(output, states, options);
}
