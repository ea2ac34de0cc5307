/* Tables as spreadsheets export them: CSV (RFC 4180) with ",", ";" or tabs, read by libcsv. */
#ifndef TEXT_CSV_TABLE_H
#define TEXT_CSV_TABLE_H

#include "base/arena.h"
#include "base/error.h"

/* Larger ones are no sheet that people keep; they are refused. */
enum { CSV_MAX_SIZE = 4 * 1024 * 1024, CSV_MAX_ROWS = 10000, CSV_MAX_CELLS = 200000 };

struct csv_row {
    struct slice *cells; /* without white space at both ends; line breaks as they are */
    size_t count;
    size_t line; /* 1-based, where the row begins */
};

struct csv_table {
    struct csv_row *rows; /* those with something in them */
    size_t count;
    struct arena arena;
};

/*
 * Reads `text` as the file `name`. What separates the cells is what stands most often in the first
 * line that has any of the three; a line "sep=;" at the top says it, as in Excel. No UTF-8, a
 * quotation mark that is never closed, too large: STATUS_USAGE with name and line. Cells are
 * copies. Release with csv_table_release(), also after a failure.
 */
int csv_table_read(struct csv_table *table, const char *name, struct slice text,
                   struct error *error);
void csv_table_release(struct csv_table *table);

/* The cell of that column, from 0; empty when the row has fewer. */
struct slice csv_cell(const struct csv_row *row, size_t column);

#endif
