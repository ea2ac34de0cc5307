#include "document/text_blocks.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>

struct block_reader {
    struct text_block_list *list;
    const struct document *document;
    struct slice bytes;
    bool open;    /* the last block may go on */
    bool in_item; /* and is of a list item: the next item ends it */
};

size_t list_mark_end(struct slice bytes, size_t at) {
    size_t mark = at;
    while (mark < bytes.size && (bytes.data[mark] == ' ' || bytes.data[mark] == '\t'))
        mark++;
    size_t end = mark;
    if (end < bytes.size && strchr("-*+:", bytes.data[end]) && bytes.data[end])
        end++;
    else
        while (end < bytes.size && isdigit((unsigned char)bytes.data[end]))
            end++;
    if (end == mark)
        return at;
    if (isdigit((unsigned char)bytes.data[mark])) {
        if (end >= bytes.size || bytes.data[end] != '.')
            return at;
        end++;
    }
    size_t text = end;
    while (text < bytes.size && (bytes.data[text] == ' ' || bytes.data[text] == '\t'))
        text++;
    return text > end ? text : at;
}

static void close_block(struct block_reader *reader, bool boundary) {
    if (reader->open)
        reader->list->items[reader->list->count - 1].before_boundary = boundary;
    reader->open = false;
}

static void open_block(struct block_reader *reader, struct span span, bool heading, bool after) {
    struct text_block block = {span, heading, after, heading};
    ARRAY_PUSH(reader->list->items, reader->list->count, reader->list->capacity) = block;
    reader->open = !heading;
}

/* The first byte that is no blank, or the end of the line. */
static size_t first_byte(const struct block_reader *reader, struct span line) {
    while (line.start < line.end && isspace((unsigned char)reader->bytes.data[line.start]))
        line.start++;
    return line.start;
}

static void read_line(struct block_reader *reader, struct span line, bool *after_boundary) {
    size_t first = first_byte(reader, line);
    unsigned char kind = first < line.end ? reader->document->kinds[first] : BYTE_TEXT;
    bool attributes = kind == BYTE_ATTRIBUTES;
    if (first == line.end || attributes || document_is_raw(reader->document, first)) {
        close_block(reader, first == line.end || attributes);
        *after_boundary = first == line.end || attributes;
        return;
    }
    bool code = kind == BYTE_CODE && reader->bytes.data[first] != '`';
    bool fence =
        kind == BYTE_CODE && slice_starts_with(slice_part(reader->bytes, first, line.end), "```");
    if (code || fence || kind == BYTE_COMMENT) {
        close_block(reader, false);
        *after_boundary = false;
        return;
    }
    size_t text = kind == BYTE_TEXT ? list_mark_end(reader->bytes, line.start) : line.start;
    bool heading = kind == BYTE_TEXT && reader->bytes.data[first] == '#';
    bool indented = first > line.start;
    if (heading || text != line.start) {
        close_block(reader, text != line.start && reader->in_item);
        open_block(reader, (struct span){heading ? first : text, line.end}, heading,
                   text != line.start);
        reader->in_item = !heading;
    } else if (reader->open) {
        reader->list->items[reader->list->count - 1].span.end = line.end;
    } else {
        open_block(reader, (struct span){first, line.end}, false, *after_boundary);
        reader->in_item = indented;
    }
    *after_boundary = false;
}

void text_blocks_read(struct text_block_list *list, const struct document *document) {
    *list = (struct text_block_list){0};
    struct block_reader reader = {.list = list, .document = document};
    const struct source *source = &document->source;
    reader.bytes = source->bytes;
    bool after_boundary = true;
    if (!document->kinds)
        return;
    for (size_t number = source_line(source, document->body_start); number <= source->line_count;
         number++) {
        size_t start = source_line_start(source, number);
        struct span line = {start, start + source_line_text(source, number).size};
        if (start < document->body_start)
            line.start = document->body_start; /* behind a BOM */
        if (line.start < reader.bytes.size)
            read_line(&reader, line, &after_boundary);
    }
    close_block(&reader, true);
}
