/* A table for people: a line per lecture, and below it what there is to say about its notes. */
#include "base/memory.h"
#include "report/safe.h"
#include "report/status_cells.h"
#include "text/width.h"

#include <stdlib.h>
#include <string.h>

enum column { NUMBER, DATE, TITLE, SPEAKER, STATE, DUE, TIME, COLUMN_COUNT };

enum { GAP = 2, LEAST_TITLE = 12, NARROW = 100, NARROW_SPEAKER = 10 };

struct column_form {
    const char *heading;
    size_t most; /* columns of the terminal; 0: what is left over */
    bool right;  /* aligned */
};

static const struct column_form forms[COLUMN_COUNT] = {
    {"#", 6, true},      {"date", 12, false}, {"title", 0, false},   {"speaker", 18, false},
    {"note", 10, false}, {"due", 6, false},   {"in time", 24, false}};

/* SGR parameters */
#define BOLD   "1"
#define DIM    "2"
#define RED    "1;31"
#define GREEN  "32"
#define YELLOW "33"

struct line {
    const struct lecture_state *state;
    struct slice cells[COLUMN_COUNT]; /* safe to show */
};

struct table {
    struct buffer *output;
    const struct lecture_states *states;
    const struct status_options *options;
    struct line *lines;
    size_t count;
    size_t widths[COLUMN_COUNT]; /* 0: nothing in it, so it is left out */
    struct arena arena;
};

static const char *state_style(const struct lecture_state *state) {
    switch (state->state) {
    case NOTE_PROBLEM:
    case NOTE_NONE:
        return RED;
    case NOTE_SUBMITTED:
        return YELLOW;
    case NOTE_LINKED:
        return GREEN;
    default:
        return DIM;
    }
}

static const char *cell_style(const struct lecture_state *state, enum column column) {
    enum lateness lateness = lecture_lateness(state);
    if (state->state == NOTE_NO_LECTURE)
        return DIM;
    if (column == STATE)
        return state_style(state);
    if (column == TIME && lateness == LATENESS_LATE)
        return RED;
    return column == TIME && lateness != LATENESS_ON_TIME ? YELLOW : NULL;
}

static void write_styled(struct table *table, const char *style, struct slice text) {
    bool styled = table->options->colour && style && text.size;
    if (styled)
        buffer_append_format(table->output, "\033[%sm", style);
    buffer_append_slice(table->output, text);
    if (styled)
        buffer_append_string(table->output, "\033[0m");
}

/* `text` is safe already; `…` ends what was cut. */
static struct slice cut(struct table *table, struct slice text, size_t width) {
    if (text_width(text) <= width)
        return text;
    struct slice part = text_fitting(text, width ? width - 1 : 0);
    return slice_of(arena_format(&table->arena, "%.*s\u2026", SLICE_ARGUMENTS(part)));
}

static struct slice make_safe(struct table *table, struct buffer *raw) {
    struct buffer safe = BUFFER_EMPTY;
    safe_append(&safe, slice_trim(buffer_slice(raw)));
    struct slice copy = arena_copy(&table->arena, buffer_slice(&safe));
    buffer_release(&safe);
    buffer_clear(raw);
    return copy;
}

static void fill_line(struct table *table, struct line *line, const struct lecture_state *state) {
    struct buffer raw = BUFFER_EMPTY;
    struct slice *cells = line->cells;
    line->state = state;
    status_append_number(&raw, state->lecture);
    cells[NUMBER] = make_safe(table, &raw);
    if (!safe_can_begin_line(cells[NUMBER]))
        cells[NUMBER] = slice_of("-");
    status_append_date(&raw, state->lecture, false);
    cells[DATE] = make_safe(table, &raw);
    buffer_append_slice(&raw, state->lecture->title);
    cells[TITLE] = make_safe(table, &raw);
    buffer_append_slice(&raw, state->lecture->speaker);
    cells[SPEAKER] = make_safe(table, &raw);
    status_append_state(&raw, state);
    cells[STATE] = make_safe(table, &raw);
    status_append_due(&raw, table->states, state, false);
    cells[DUE] = make_safe(table, &raw);
    if (state->note_count)
        status_append_lateness(&raw, &state->notes[0].submission, state);
    cells[TIME] = make_safe(table, &raw);
    buffer_release(&raw);
}

static void fill(struct table *table) {
    const struct lecture_states *states = table->states;
    table->lines = memory_allocate(states->count ? states->count : 1, sizeof *table->lines);
    for (size_t i = 0; i < states->count; i++)
        if (status_shows(&states->items[i], table->options))
            fill_line(table, &table->lines[table->count++], &states->items[i]);
}

static void measure(struct table *table) {
    const bool narrow = table->options->width < NARROW;
    size_t taken = 0;
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        size_t widest = 0;
        for (size_t i = 0; i < table->count; i++) {
            size_t width = text_width(table->lines[i].cells[column]);
            widest = width > widest ? width : widest;
        }
        size_t heading = strlen(forms[column].heading);
        if (widest && widest < heading)
            widest = heading;
        if (forms[column].most && widest > forms[column].most)
            widest = forms[column].most;
        if (column == SPEAKER && narrow && widest > NARROW_SPEAKER)
            widest = NARROW_SPEAKER;
        table->widths[column] = widest;
        if (column != TITLE && widest)
            taken += widest + GAP;
    }
    size_t left = table->options->width > taken ? table->options->width - taken : 0;
    left = left < LEAST_TITLE ? LEAST_TITLE : left;
    if (table->widths[TITLE] > left)
        table->widths[TITLE] = left;
}

/* Nothing follows the last cell that has text, so that no line ends in blanks. */
static void write_cells(struct table *table, const struct slice *cells,
                        const struct lecture_state *state) {
    size_t pending = 0;
    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        size_t width = table->widths[column];
        if (!width)
            continue;
        struct slice text = cut(table, cells[column], width);
        size_t padding = width - text_width(text);
        if (forms[column].right)
            pending += padding;
        if (text.size) {
            buffer_append_format(table->output, "%*s", (int)pending, "");
            write_styled(table, state ? cell_style(state, (enum column)column) : BOLD, text);
            pending = 0;
        }
        pending += GAP + (forms[column].right ? 0 : padding);
    }
    buffer_append_byte(table->output, '\n');
}

/* Under the title. */
static size_t below_indent(const struct table *table) {
    return table->widths[NUMBER] + GAP + table->widths[DATE] + GAP;
}

/* A line below a lecture; `raw` is emptied. */
static void write_below(struct table *table, const char *style, struct buffer *raw) {
    size_t indent = below_indent(table);
    size_t width = table->options->width > indent ? table->options->width - indent : LEAST_TITLE;
    struct slice text = make_safe(table, raw);
    if (!text.size)
        return;
    buffer_append_format(table->output, "%*s", (int)indent, "");
    if (!safe_can_begin_line(text))
        text = slice_of(arena_format(&table->arena, "./%.*s", SLICE_ARGUMENTS(text)));
    write_styled(table, style, cut(table, text, width));
    buffer_append_byte(table->output, '\n');
}

/* The lateness of the first note stands in its row. */
static void append_times(struct buffer *raw, const struct table *table,
                         const struct lecture_state *state, const struct state_note *note) {
    if (note != state->notes)
        status_append_lateness(raw, &note->submission, state);
    size_t before = raw->size;
    if (before)
        buffer_append_string(raw, ": ");
    size_t start = raw->size;
    status_append_moments(raw, table->states, &note->submission);
    if (raw->size == start)
        raw->size = before;
}

/* Behind the path, or below it where both are too long for a line. */
static void write_note(struct table *table, const struct lecture_state *state,
                       const struct state_note *note) {
    struct buffer raw = BUFFER_EMPTY, times = BUFFER_EMPTY;
    append_times(&times, table, state, note);
    buffer_append_slice(&raw, note->path);
    size_t width = text_width(buffer_slice(&raw)) + times.size + strlen(" ()");
    bool fits = below_indent(table) + width <= table->options->width;
    if (fits && times.size)
        buffer_append_format(&raw, " (%.*s)", SLICE_ARGUMENTS(buffer_slice(&times)));
    write_below(table, DIM, &raw);
    if (!fits)
        write_below(table, DIM, &times);
    buffer_release(&raw);
    buffer_release(&times);
}

static void write_details(struct table *table, const struct lecture_state *state) {
    struct buffer raw = BUFFER_EMPTY;
    for (size_t i = 0; i < state->problem_count; i++) {
        buffer_append_slice(&raw, state->problems[i]);
        write_below(table, RED, &raw);
    }
    for (size_t i = 0; i < state->note_count; i++)
        write_note(table, state, &state->notes[i]);
    if (state->state == NOTE_LINKED && !state->note_count) {
        buffer_append_slice(&raw, state->link);
        write_below(table, DIM, &raw);
    }
    status_append_scribes(&raw, state, true);
    write_below(table, DIM, &raw);
    if (state->pull_count)
        buffer_append_string(&raw, "not merged: ");
    status_append_pulls(&raw, state);
    write_below(table, YELLOW, &raw);
    buffer_release(&raw);
}

static void write_strays(struct table *table) {
    struct buffer *output = table->output;
    if (table->states->stray_count)
        buffer_append_string(output, "\nOf no lecture:\n");
    for (size_t i = 0; i < table->states->stray_count; i++) {
        const struct stray_note *stray = &table->states->strays[i];
        buffer_append_string(output, "  ");
        safe_append_path(output, stray->path);
        buffer_append_string(output, stray->empty ? " (an empty file)" : "");
        if (stray->pull)
            buffer_append_format(output, " (of #%u, not merged)", stray->pull);
        buffer_append_byte(output, '\n');
    }
}

static void write_remarks(struct buffer *output, const char *lead,
                          const struct remark_list *remarks) {
    for (size_t i = 0; i < remarks->count; i++) {
        buffer_append_string(output, lead);
        safe_append(output, remarks->items[i].path);
        buffer_append_string(output, remarks->items[i].path.size ? ": " : "");
        safe_append(output, remarks->items[i].reason);
        buffer_append_byte(output, '\n');
    }
}

static void write_end(struct table *table) {
    struct buffer text = BUFFER_EMPTY;
    status_append_totals(&text, table->states);
    buffer_append_format(table->output, "\n%s\n", buffer_string(&text));
    buffer_clear(&text);
    status_append_hint(&text, table->states);
    if (text.size) {
        buffer_append_format(table->output, "%s\n  ", buffer_string(&text));
        safe_append(table->output, slice_of(table->options->fetch));
        buffer_append_byte(table->output, '\n');
    }
    write_remarks(table->output, "not known: ", table->options->undecided);
    write_remarks(table->output, "note: ", &table->states->remarks);
    buffer_release(&text);
}

void status_text(struct buffer *output, const struct lecture_states *states,
                 const struct status_options *options) {
    struct table table = {.output = output, .states = states, .options = options};
    struct slice headings[COLUMN_COUNT];
    for (size_t column = 0; column < COLUMN_COUNT; column++)
        headings[column] = slice_of(forms[column].heading);
    fill(&table);
    measure(&table);
    if (table.count)
        write_cells(&table, headings, NULL);
    for (size_t i = 0; i < table.count; i++) {
        write_cells(&table, table.lines[i].cells, table.lines[i].state);
        write_details(&table, table.lines[i].state);
    }
    write_strays(&table);
    write_end(&table);
    free(table.lines);
    arena_release(&table.arena);
}
