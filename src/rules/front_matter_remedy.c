#include "rules/front_matter_remedy.h"

#include "document/front_matter.h"
#include "text/utf8.h"

#include <ctype.h>
#include <string.h>

enum { MOST_VALUES = 8 };

/* Only where Jekyll reads the outcome is the remedy certain. */
static bool has_title(struct slice bytes) {
    struct arena arena = ARENA_EMPTY;
    struct front_matter read = {0};
    front_matter_read(&read, bytes, &arena);
    bool certain = read.state == FRONT_MATTER_PRESENT && yaml_find(read.root, "title");
    arena_release(&arena);
    return certain;
}

void front_matter_remedy_absent(const struct subject *subject, struct finding *finding) {
    struct span almost = subject->document->front_matter.almost;
    struct slice bytes = subject->document->source.bytes;
    size_t start = slice_starts_with(bytes, UTF8_BOM) ? strlen(UTF8_BOM) : 0;
    struct slice rest = slice_part(bytes, almost.start, bytes.size);
    struct slice line = slice_part(rest, 0, slice_find(rest, "\n", 0));
    struct edit edit = {.path = subject->path, .span = {start, almost.start}};
    edit.before = slice_part(bytes, start, almost.start);
    if (!slice_starts_with(rest, "---"))
        edit.text = slice_of(slice_ends_with(line, "\r") ? "---\r\n" : "---\n");
    struct buffer mended = BUFFER_EMPTY;
    buffer_append_slice(&mended, edit.text);
    buffer_append_slice(&mended, rest);
    if (almost.end > almost.start && has_title(buffer_slice(&mended)))
        finding_add_edit(subject->findings, finding, &edit);
    buffer_release(&mended);
}

static bool is_key(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (!isalnum((unsigned char)text.data[i]) && !strchr("_-", text.data[i]))
            return false;
    return text.size > 0;
}

/* In double quotes it means what it says, and without them it is no plain scalar. */
static bool wants_quotes(struct slice value) {
    if (!value.size || strchr("'\"[{|>&*!#?-", *value.data) ||
        memchr(value.data, '"', value.size) || memchr(value.data, '\\', value.size) ||
        slice_find(value, " #", 0) != SLICE_NOT_FOUND)
        return false;
    return slice_find(value, ": ", 0) != SLICE_NOT_FOUND || slice_ends_with(value, ":") ||
           strchr("@`%", *value.data);
}

/* The value of the "key: value" line at `offset`; empty when there is none to put into quotes. */
static struct span find_value(struct slice bytes, size_t offset) {
    size_t start = offset, end = slice_find(bytes, "\n", offset);
    while (start && bytes.data[start - 1] != '\n')
        start--;
    struct slice line = slice_part(bytes, start, end);
    size_t key = 0, colon;
    while (key < line.size && strchr(" -", line.data[key]))
        key++;
    colon = slice_find(line, ": ", key);
    if (colon == SLICE_NOT_FOUND || !is_key(slice_part(line, key, colon)))
        return (struct span){0, 0};
    struct slice value = slice_trim(slice_part(line, colon + 1, line.size));
    size_t at = (size_t)(value.data - bytes.data);
    return wants_quotes(value) ? (struct span){at, at + value.size} : (struct span){0, 0};
}

/* Puts the next value that can't be read into quotes; false when there is none, or no more need. */
static bool quote_next(struct buffer *mended, struct span *value, bool *valid) {
    struct arena arena = ARENA_EMPTY;
    struct front_matter read = {0};
    struct slice bytes = buffer_slice(mended);
    front_matter_read(&read, bytes, &arena);
    *valid = read.state == FRONT_MATTER_PRESENT;
    *value = (struct span){0, 0};
    if (read.state == FRONT_MATTER_UNREADABLE && !read.problem.limit &&
        read.problem.offset < bytes.size)
        *value = find_value(bytes, read.problem.offset);
    arena_release(&arena);
    if (value->start == value->end)
        return false;
    struct buffer next = BUFFER_EMPTY;
    buffer_append_slice(&next, slice_part(bytes, 0, value->start));
    buffer_append_byte(&next, '"');
    buffer_append_slice(&next, slice_part(bytes, value->start, value->end));
    buffer_append_byte(&next, '"');
    buffer_append_slice(&next, slice_part(bytes, value->end, bytes.size));
    buffer_release(mended);
    *mended = next;
    return true;
}

void front_matter_remedy_invalid(const struct subject *subject, struct finding *finding) {
    struct slice bytes = subject->document->source.bytes;
    struct span values[MOST_VALUES], value;
    struct buffer mended = BUFFER_EMPTY;
    size_t count = 0;
    bool valid = false;
    buffer_append_slice(&mended, bytes);
    /* Each pair of quotes shifts what is behind it; YAML gives up further down each time. */
    while (quote_next(&mended, &value, &valid) && count < MOST_VALUES &&
           (!count || value.start > values[count - 1].end + 2 * count)) {
        values[count] = (struct span){value.start - 2 * count, value.end - 2 * count};
        count++;
    }
    for (size_t i = 0; valid && i < count; i++) {
        struct slice before = slice_part(bytes, values[i].start, values[i].end);
        struct edit edit = {.path = subject->path, .span = values[i], .before = before};
        edit.text =
            slice_of(arena_format(&subject->findings->arena, "\"%.*s\"", SLICE_ARGUMENTS(before)));
        finding_add_edit(subject->findings, finding, &edit);
    }
    buffer_release(&mended);
}
