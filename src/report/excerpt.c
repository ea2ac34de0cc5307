#include "report/excerpt.h"

#include "report/safe.h"
#include "text/utf8.h"

#include <string.h>

#define CUT_MARK "\u2026"

enum {
    LONG_LEAD = 60,       /* columns before the place in a line whose beginning is shown */
    SHORT_LEAD = 30,      /* the same where the beginning is cut */
    MOST_CHARACTERS = 180 /* marks that take no column must not make the line endless */
};

/*
 * Code points that take no column or two, after Unicode's EastAsianWidth.txt; wcwidth() would
 * need a locale, and reports must not depend on it. Sorted.
 */
static const struct {
    uint32_t first, last;
    unsigned width;
} widths[] = {
    {0x0300, 0x036F, 0},   {0x0483, 0x0489, 0},   {0x0591, 0x05BD, 0},   {0x064B, 0x065F, 0},
    {0x1100, 0x115F, 2},   {0x1AB0, 0x1AFF, 0},   {0x1DC0, 0x1DFF, 0},   {0x20D0, 0x20F0, 0},
    {0x231A, 0x231B, 2},   {0x23E9, 0x23EC, 2},   {0x2614, 0x2615, 2},   {0x2705, 0x2705, 2},
    {0x274C, 0x274E, 2},   {0x2753, 0x2757, 2},   {0x2E80, 0x303E, 2},   {0x3041, 0xA4CF, 2},
    {0xA960, 0xA97C, 2},   {0xAC00, 0xD7A3, 2},   {0xF900, 0xFAFF, 2},   {0xFE00, 0xFE0F, 0},
    {0xFE20, 0xFE2F, 0},   {0xFE30, 0xFE6F, 2},   {0xFF01, 0xFF60, 2},   {0xFFE0, 0xFFE6, 2},
    {0x1F300, 0x1F64F, 2}, {0x1F680, 0x1F6FF, 2}, {0x1F900, 0x1FAFF, 2}, {0x20000, 0x3FFFD, 2},
    {0xE0100, 0xE01EF, 0},
};

static size_t code_width(uint32_t code) {
    for (size_t i = 0; i < sizeof widths / sizeof *widths && code >= widths[i].first; i++)
        if (code <= widths[i].last)
            return widths[i].width;
    return 1;
}

/* Appends one character of the source as it is shown; returns the columns it takes. */
static size_t append_cell(struct buffer *line, struct slice character) {
    if (slice_equal_string(character, "\t")) {
        buffer_append_byte(line, ' ');
        return 1;
    }
    size_t start = line->size, offset = 0, width = 0;
    safe_append(line, character);
    struct slice shown = slice_part(buffer_slice(line), start, line->size);
    while (offset < shown.size)
        width += code_width(utf8_next(shown, &offset));
    return width;
}

/* The columns of the source, 1-based and half open, that a line of `size` characters flags. */
struct range {
    size_t start, end;
};

static struct range flagged_range(const struct finding *finding, size_t size) {
    struct range range = {finding->start.column, finding->end.column};
    if (!range.start)
        range.start = 1;
    if (range.start > size + 1)
        range.start = size + 1;
    if (finding->end.line > finding->start.line)
        range.end = size + 1;
    if (range.end <= range.start)
        range.end = range.start + 1; /* an empty place is shown by the caret alone */
    return range;
}

/* Under a character of `width` columns: blanks before the place, `^` first, `~` behind. */
static void mark_cell(struct buffer *mark, struct range range, size_t column, size_t width) {
    if (column == range.start && !width)
        width = 1; /* else a place that is only a combining mark would have no caret */
    for (size_t i = 0; i < width && column < range.end; i++) {
        bool marked = mark->size && mark->data[mark->size - 1] != ' ';
        buffer_append_byte(mark, column < range.start ? ' ' : marked ? '~' : '^');
    }
}

static size_t skip_characters(struct slice text, size_t count) {
    size_t offset = 0;
    utf8_skip(text, &offset, count);
    return offset;
}

/* The column to show first: 1, or one not far before `start`, so that the place is in sight. */
static size_t first_column(struct slice text, size_t start) {
    size_t cells[LONG_LEAD], total = 0, count = 0;
    size_t first = start > LONG_LEAD + 1 ? start - LONG_LEAD : 1;
    struct buffer shown = BUFFER_EMPTY;
    for (size_t offset = skip_characters(text, first - 1); first + count < start; count++) {
        size_t from = offset;
        utf8_next(text, &offset);
        cells[count] = append_cell(&shown, slice_part(text, from, offset));
        total += cells[count];
    }
    buffer_release(&shown);
    if (first == 1 && total <= LONG_LEAD)
        return 1;
    for (size_t i = 0; i < count && total > SHORT_LEAD; i++, first++)
        total -= cells[i];
    return first;
}

bool excerpt_render(struct buffer *line, struct buffer *mark, const struct finding *finding) {
    buffer_clear(line);
    buffer_clear(mark);
    struct slice text = finding->excerpt;
    if (slice_starts_with(text, UTF8_BOM))
        text = slice_part(text, strlen(UTF8_BOM), text.size);
    if (!finding->has_place || slice_is_blank(text))
        return false;
    struct range range = flagged_range(finding, utf8_count(text));
    size_t first = first_column(text, range.start), column = first, used = 0;
    size_t offset = skip_characters(text, first - 1);
    if (first > 1) {
        buffer_append_string(line, CUT_MARK);
        buffer_append_byte(mark, ' ');
        used = 1;
    }
    for (; offset < text.size && used < EXCERPT_WIDTH - 1 && column - first < MOST_CHARACTERS;
         column++) {
        size_t start = offset;
        utf8_next(text, &offset);
        size_t width = append_cell(line, slice_part(text, start, offset));
        mark_cell(mark, range, column, width);
        used += width;
    }
    if (offset < text.size)
        buffer_append_string(line, CUT_MARK);
    mark_cell(mark, range, column, 1);
    return true;
}
