#include "text/csv_table.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct reading {
    struct csv_table *table;
    struct slice *cells; /* of the row being read */
    size_t count, capacity, row_capacity;
    size_t line, row_line; /* 1-based: being read, and where the row began */
    size_t cell_count;     /* in the whole table */
    bool in_row, at_end;
};

static void *resize(void *block, size_t size) {
    return memory_resize(block, size, 1);
}

static bool is_too_large(const struct reading *reading) {
    return reading->cell_count > CSV_MAX_CELLS || reading->table->count > CSV_MAX_ROWS;
}

static void add_cell(void *bytes, size_t size, void *context) {
    struct reading *reading = context;
    reading->cell_count++;
    if (is_too_large(reading))
        return;
    struct slice cell = slice_trim((struct slice){bytes, size});
    ARRAY_PUSH(reading->cells, reading->count, reading->capacity) =
        cell.size ? arena_copy(&reading->table->arena, cell) : (struct slice){0};
}

static bool is_blank_row(const struct reading *reading) {
    for (size_t i = 0; i < reading->count; i++)
        if (reading->cells[i].size)
            return false;
    return true;
}

static void end_row(int end, void *context) {
    (void)end;
    struct reading *reading = context;
    struct csv_table *table = reading->table;
    reading->in_row = false;
    if (!is_blank_row(reading) && !is_too_large(reading)) {
        size_t size = reading->count * sizeof *reading->cells;
        struct csv_row row = {.count = reading->count, .line = reading->row_line};
        row.cells = memcpy(arena_allocate(&table->arena, 1, size), reading->cells, size);
        ARRAY_PUSH(table->rows, table->count, reading->row_capacity) = row;
    }
    reading->count = 0;
}

/* Of the first line with any: a title above the table often stands alone. */
static char find_separator(struct slice text) {
    static const char candidates[] = ",;\t";
    size_t counts[sizeof candidates - 1] = {0};
    size_t best = 0;
    bool quoted = false;
    for (size_t at = 0; at < text.size; at++) {
        const char *found = text.data[at] ? strchr(candidates, text.data[at]) : NULL;
        quoted ^= text.data[at] == '"';
        if (found && !quoted)
            counts[found - candidates]++;
        bool ends = !quoted && (text.data[at] == '\n' || text.data[at] == '\r');
        if (ends && (counts[0] || counts[1] || counts[2]))
            break;
    }
    for (size_t i = 1; i < COUNT_OF(counts); i++)
        if (counts[i] > counts[best])
            best = i;
    return candidates[best];
}

static size_t line_end(struct slice text, size_t at) {
    while (at < text.size && text.data[at] != '\n' && text.data[at] != '\r')
        at++;
    if (at + 1 < text.size && text.data[at] == '\r' && text.data[at + 1] == '\n')
        at++;
    return at < text.size ? at + 1 : at;
}

/* Line by line, since libcsv does not say where a row stands; the code of libcsv. */
static int feed(struct csv_parser *parser, struct reading *reading, struct slice text, size_t at) {
    for (size_t end; at < text.size; at = end, reading->line++) {
        end = line_end(text, at);
        if (!reading->in_row)
            reading->row_line = reading->line;
        reading->in_row = true;
        if (csv_parse(parser, text.data + at, end - at, add_cell, end_row, reading) != end - at)
            return csv_error(parser);
        if (is_too_large(reading))
            return 0;
        /* Blank lines and the second half of CRLF are no rows. */
        reading->in_row =
            reading->in_row && (reading->count || parser->entry_pos || parser->quoted);
    }
    reading->row_line = reading->in_row ? reading->row_line : reading->line;
    reading->at_end = true;
    return csv_fini(parser, add_cell, end_row, reading) ? csv_error(parser) : 0;
}

static int explain(const struct reading *reading, const char *name, int code, struct error *error) {
    if (is_too_large(reading))
        return error_set(error, STATUS_USAGE,
                         "%s:%zu: the table has more than %d rows or %d cells; export only the "
                         "sheet with lectures and scribes",
                         name, reading->line, CSV_MAX_ROWS, CSV_MAX_CELLS);
    if (code && reading->at_end)
        return error_set(error, STATUS_USAGE,
                         "%s:%zu: a quotation mark of this row is never closed; double it where "
                         "it belongs to the text",
                         name, reading->row_line);
    if (code)
        return error_set(error, STATUS_USAGE,
                         "%s:%zu: a quotation mark stands inside a cell; put the cell in "
                         "quotation marks and double it there",
                         name, reading->line);
    return OK;
}

static int check_text(const char *name, struct slice text, struct error *error) {
    if (text.size > CSV_MAX_SIZE)
        return error_set(error, STATUS_USAGE,
                         "%s: the file has %zu bytes, more than the %d that a table may have; "
                         "export only the sheet with lectures and scribes",
                         name, text.size, CSV_MAX_SIZE);
    if (memchr(text.data ? text.data : "", '\0', text.size) || !utf8_is_valid(text))
        return error_set(error, STATUS_USAGE,
                         "%s: the file is not UTF-8 text; export the sheet as CSV in UTF-8", name);
    return OK;
}

int csv_table_read(struct csv_table *table, const char *name, struct slice text,
                   struct error *error) {
    *table = (struct csv_table){0};
    int status = check_text(name, text, error);
    if (status != OK)
        return status;
    struct reading reading = {.table = table, .line = 1};
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI))
        memory_exhausted();
    csv_set_realloc_func(&parser, resize);
    csv_set_blk_size(&parser, 64 * 1024);
    size_t at = slice_starts_with(text, UTF8_BOM) ? strlen(UTF8_BOM) : 0;
    struct slice rest = slice_part(text, at, text.size);
    char separator = find_separator(rest);
    if (slice_starts_with(rest, "sep=") && rest.size > 4) {
        separator = rest.data[4];
        at += line_end(rest, 0);
        reading.line = 2;
    }
    csv_set_delim(&parser, (unsigned char)separator);
    int code = feed(&parser, &reading, text, at);
    status = explain(&reading, name, code, error);
    csv_free(&parser);
    free(reading.cells);
    return status;
}

void csv_table_release(struct csv_table *table) {
    free(table->rows);
    arena_release(&table->arena);
    *table = (struct csv_table){0};
}

struct slice csv_cell(const struct csv_row *row, size_t column) {
    return column < row->count ? row->cells[column] : (struct slice){0};
}
