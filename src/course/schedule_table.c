/* Pipe tables in pages, with a heading for the date and one for the title. */
#include "base/memory.h"
#include "course/schedule_reading.h"

#include <ctype.h>
#include <string.h>

enum { MOST_CELLS = 24, FEWEST_ROWS = 2 };

enum column_role {
    COLUMN_OTHER,
    COLUMN_DATE,
    COLUMN_NUMBER,
    COLUMN_TITLE,
    COLUMN_SPEAKER,
    COLUMN_SLIDES,
    COLUMN_RECORDING,
    COLUMN_NOTES,
};

/* The cells of a line, without the blanks around them. */
struct cells {
    struct span items[MOST_CELLS];
    size_t count;
};

struct table {
    struct reading *reading;
    const struct schedule_file *file;
    const struct document *document;
    bool hidden;
    enum column_role columns[MOST_CELLS];
};

static struct span line_span(const struct document *document, size_t line) {
    size_t start = source_line_start(&document->source, line);
    return (struct span){start, start + source_line_text(&document->source, line).size};
}

static bool is_bar(const struct document *document, size_t at) {
    struct slice bytes = document->source.bytes;
    return bytes.data[at] == '|' && document->kinds[at] == BYTE_TEXT &&
           !(at && bytes.data[at - 1] == '\\');
}

static struct span trim_cell(const struct document *document, size_t start, size_t end) {
    const char *bytes = document->source.bytes.data;
    size_t first = start;
    while (first < end && isspace((unsigned char)bytes[first]))
        first++;
    if (first == end) /* an empty cell: behind its first blank */
        return (struct span){start + (end > start), start + (end > start)};
    while (end > first && isspace((unsigned char)bytes[end - 1]))
        end--;
    return (struct span){first, end};
}

static void split(struct cells *cells, const struct document *document, struct span line) {
    struct slice text = document_text(document, line), inner = slice_trim(text);
    cells->count = 0;
    if (!inner.size)
        return;
    size_t start = line.start + (size_t)(inner.data - text.data), end = start + inner.size;
    bool any = false;
    start += is_bar(document, start);
    for (size_t at = start; at <= end && cells->count < MOST_CELLS; at++) {
        bool bar = at < end && is_bar(document, at);
        any = any || bar;
        if (!bar && at < end)
            continue;
        if (at < end || at > start)
            cells->items[cells->count++] = trim_cell(document, start, at);
        start = at + 1;
    }
    if (!any)
        cells->count = 0;
}

/* "|---|:-:|" */
static bool is_rule(struct slice line) {
    bool dash = false, bar = false;
    line = slice_trim(line);
    for (size_t i = 0; i < line.size; i++) {
        if (!strchr("|-: \t+=", line.data[i]) || !line.data[i])
            return false;
        dash = dash || line.data[i] == '-' || line.data[i] == '=';
        bar = bar || line.data[i] == '|';
    }
    return dash && bar;
}

static bool is_heading(const struct table *table, struct slice text, struct slice configured,
                       enum schedule_word word) {
    return configured.size ? slice_equal_ignoring_case(text, configured)
                           : schedule_word_is(table->reading->words, word, text);
}

/* "Lecture" may be above numbers or titles: the first row tells. */
static bool is_number_column(const struct table *table, const struct cells *first, size_t column) {
    if (column >= first->count)
        return false;
    struct slice cell = document_text(table->document, first->items[column]);
    return cell.size && isdigit((unsigned char)cell.data[cell.size - 1]) &&
           schedule_word_is(table->reading->words, WORD_LECTURE_LABEL, cell);
}

static enum column_role role_of_column(const struct table *table, struct slice text,
                                       const struct cells *first, size_t column) {
    const struct schedule_setting *keys = &table->reading->config->schedule;
    if (!text.size)
        return COLUMN_OTHER;
    if (is_heading(table, text, keys->date, WORD_DATE))
        return COLUMN_DATE;
    if (is_heading(table, text, keys->number, WORD_NUMBER) &&
        is_number_column(table, first, column))
        return COLUMN_NUMBER;
    if (is_heading(table, text, keys->title, WORD_TITLE))
        return COLUMN_TITLE;
    if (is_heading(table, text, keys->lecturer, WORD_SPEAKER))
        return COLUMN_SPEAKER;
    if (is_heading(table, text, keys->notes, WORD_NOTES))
        return COLUMN_NOTES;
    if (is_heading(table, text, keys->slides, WORD_SLIDES))
        return COLUMN_SLIDES;
    return is_heading(table, text, keys->recording, WORD_RECORDING) ? COLUMN_RECORDING
                                                                    : COLUMN_OTHER;
}

/* Of two columns for one thing the first counts. False when there is no date or no title. */
static bool find_columns(struct table *table, const struct cells *heading,
                         const struct cells *first) {
    bool taken[COLUMN_NOTES + 1] = {false};
    for (size_t i = 0; i < heading->count; i++) {
        struct slice text = reading_plain(table->reading, table->document, heading->items[i]);
        enum column_role role = role_of_column(table, text, first, i);
        table->columns[i] = taken[role] ? COLUMN_OTHER : role;
        taken[role] = true;
    }
    return taken[COLUMN_DATE] && taken[COLUMN_TITLE];
}

static enum link_role link_role_of(enum column_role column) {
    switch (column) {
    case COLUMN_SLIDES:
        return LINK_SLIDES;
    case COLUMN_RECORDING:
        return LINK_RECORDING;
    case COLUMN_NOTES:
        return LINK_NOTES;
    default:
        return LINK_OTHER;
    }
}

/* The cell of the notes, else all cells that have slides or a recording. */
static void extend_links_span(struct lecture *lecture, enum column_role column, struct span cell,
                              bool links, bool *notes) {
    if (column == COLUMN_NOTES) {
        lecture->links_span = cell;
        *notes = true;
    } else if (links && !*notes) {
        if (!lecture->links_span.end)
            lecture->links_span.start = cell.start;
        lecture->links_span.end = cell.end;
    }
}

static bool has_roles(const struct reading *reading, size_t from) {
    for (size_t i = from; i < reading->link_count; i++)
        if (reading->links[i].role != LINK_OTHER)
            return true;
    return false;
}

static void read_cell(struct table *table, struct lecture *lecture, struct row_text *text,
                      enum column_role column, struct span cell) {
    struct reading *reading = table->reading;
    struct slice bytes = table->file->source.bytes;
    struct slice plain = reading_plain(reading, table->document, cell);
    if (column == COLUMN_DATE) {
        row_set_day(lecture, slice_part(bytes, cell.start, cell.end), cell.start);
    } else if (column == COLUMN_NUMBER) {
        lecture->label = slice_part(bytes, cell.start, cell.end);
        lecture->label_span = cell;
    } else if (column == COLUMN_TITLE) {
        text->title = plain;
        lecture->title_span = cell;
    } else if (column == COLUMN_SPEAKER) {
        text->speaker = plain;
        lecture->speaker_span = cell;
    }
}

static void read_row(struct table *table, const struct cells *cells, struct span line) {
    struct reading *reading = table->reading;
    struct slice whole = document_text(table->document, line), inner = slice_trim(whole);
    struct lecture lecture = {.file = table->file, .hidden = table->hidden};
    struct row_text text = {0};
    bool notes = false;
    lecture.row.start = line.start + (size_t)(inner.data - whole.data);
    lecture.row.end = lecture.row.start + inner.size;
    for (size_t i = 0; i < cells->count; i++) {
        size_t links = reading->link_count;
        read_cell(table, &lecture, &text, table->columns[i], cells->items[i]);
        reading_add_page_links(reading, table->file, table->document, cells->items[i],
                               link_role_of(table->columns[i]), true);
        extend_links_span(&lecture, table->columns[i], cells->items[i], has_roles(reading, links),
                          &notes);
    }
    if (lecture.day.month || (schedule_label_number(lecture.label) && lecture.date_text.size) ||
        schedule_word_is(reading->words, WORD_DATE_LIKE, lecture.date_text))
        reading_add_row(reading, &lecture, &text);
    reading->link_count = 0;
}

/* Reads the table whose rule is the line `rule`; returns the line behind it. */
static size_t read_table(struct table *table, size_t rule) {
    const struct source *source = &table->document->source;
    struct cells heading, cells;
    split(&heading, table->document, line_span(table->document, rule - 1));
    split(&cells, table->document, line_span(table->document, rule + 1));
    memset(table->columns, 0, sizeof table->columns);
    size_t line = rule + 1;
    if (!heading.count || !find_columns(table, &heading, &cells))
        return line;
    for (; line <= source->line_count && !reading_is_full(table->reading); line++) {
        struct slice text = source_line_text(source, line);
        split(&cells, table->document, line_span(table->document, line));
        if (!cells.count)
            break;
        if (!is_rule(text))
            read_row(table, &cells, line_span(table->document, line));
    }
    return line;
}

static void read_tables(struct reading *reading, const struct schedule_page *page,
                        const struct document *document, bool hidden) {
    struct table table = {
        .reading = reading, .file = page->file, .document = document, .hidden = hidden};
    if (!document || !document->kinds)
        return;
    for (size_t line = 2; line < document->source.line_count + 1;) {
        if (source_line_start(&document->source, line) > document->body_start &&
            is_rule(source_line_text(&document->source, line)))
            line = read_table(&table, line);
        else
            line++;
    }
}

static size_t count_dated(const struct schedule *schedule, size_t from) {
    size_t count = 0;
    for (size_t i = from; i < schedule->lecture_count; i++)
        count += schedule->lectures[i].day.month && !schedule->lectures[i].hidden;
    return count;
}

bool schedule_tables_read(struct reading *reading, const struct path_list *paths, bool all) {
    struct schedule *schedule = reading->schedule;
    reading_set_files(reading, paths->count);
    for (size_t i = 0; i < paths->count; i++) {
        struct schedule_page page;
        size_t before = schedule->lecture_count;
        if (!schedule_page_open(&page, reading, paths->items[i]))
            continue;
        read_tables(reading, &page, page.shown, false);
        read_tables(reading, &page, page.hidden, true);
        schedule_page_close(&page);
        if (count_dated(schedule, before) < FEWEST_ROWS)
            reading_drop_file(reading, before);
        else if (!all)
            return true;
    }
    return schedule->lecture_count > 0;
}
