/* The bytes of a file with its lines: offsets to line and column and back. */
#ifndef TEXT_SOURCE_H
#define TEXT_SOURCE_H

#include "base/slice.h"

struct source {
    struct slice bytes;  /* borrowed */
    size_t *line_starts; /* offset of the first byte of each line */
    size_t line_count;   /* at least 1 */
};

/* 1-based; columns count code points, an invalid byte as one. */
struct position {
    size_t line;
    size_t column;
};

/* Lines end at LF; a CR before it belongs to the line's end. Release with source_release(). */
void source_init(struct source *source, struct slice bytes);
void source_release(struct source *source);

/* The position of a byte offset; an offset past the end is taken as the end. A BOM has no column.
 */
struct position source_position(const struct source *source, size_t offset);

/* 1-based line of an offset. */
size_t source_line(const struct source *source, size_t offset);

/* Offset of the first byte of a 1-based line; past the last line, the size. */
size_t source_line_start(const struct source *source, size_t line);

/* The bytes of a 1-based line without its line end; empty when there is no such line. */
struct slice source_line_text(const struct source *source, size_t line);

#endif
