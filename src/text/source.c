#include "text/source.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

void source_init(struct source *source, struct slice bytes) {
    size_t capacity = 0;
    *source = (struct source){.bytes = bytes};
    ARRAY_PUSH(source->line_starts, source->line_count, capacity) = 0;
    for (size_t offset = 0; offset < bytes.size;) {
        const char *line_feed = memchr(bytes.data + offset, '\n', bytes.size - offset);
        if (!line_feed)
            break;
        offset = (size_t)(line_feed - bytes.data) + 1;
        ARRAY_PUSH(source->line_starts, source->line_count, capacity) = offset;
    }
}

void source_release(struct source *source) {
    free(source->line_starts);
    *source = (struct source){0};
}

size_t source_line(const struct source *source, size_t offset) {
    size_t low = 0, high = source->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

struct position source_position(const struct source *source, size_t offset) {
    if (offset > source->bytes.size)
        offset = source->bytes.size;
    size_t line = source_line(source, offset);
    size_t start = source_line_start(source, line);
    if (start == 0 && slice_starts_with(source->bytes, UTF8_BOM))
        start = strlen(UTF8_BOM);
    size_t column = 1;
    enum { LONGEST_SEQUENCE = 4 }; /* so that this many cannot reach behind the offset */
    while (start < offset && (offset - start) / LONGEST_SEQUENCE)
        column += utf8_skip(source->bytes, &start, (offset - start) / LONGEST_SEQUENCE);
    while (start < offset) {
        /* Decoded from the whole line, so that an offset inside a character is that character. */
        utf8_next(source->bytes, &start);
        column += start <= offset;
    }
    return (struct position){line, column};
}

size_t source_line_start(const struct source *source, size_t line) {
    if (line > source->line_count)
        return source->bytes.size;
    return line ? source->line_starts[line - 1] : 0;
}

struct slice source_line_text(const struct source *source, size_t line) {
    if (line == 0 || line > source->line_count)
        return (struct slice){source->bytes.data, 0};
    size_t start = source_line_start(source, line);
    size_t end = source_line_start(source, line + 1);
    struct slice text = slice_part(source->bytes, start, end);
    bool ended = text.size && text.data[text.size - 1] == '\n';
    text.size -= ended;
    text.size -= ended && text.size && text.data[text.size - 1] == '\r';
    return text;
}
