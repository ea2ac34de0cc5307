#include "report/file_text.h"

#include "base/memory.h"
#include "finding/apply.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 10 * 1024 * 1024 };

static void forget(struct file_text *text) {
    if (text->known)
        source_release(&text->source);
    buffer_clear(&text->content);
    text->known = false;
}

bool file_text_read(struct file_text *text, struct slice path) {
    struct error ignored = ERROR_NONE;
    if (text->asked && slice_equal(text->path, path))
        return text->known;
    forget(text);
    text->asked = true;
    text->path = path;
    text->known = text->files &&
                  snapshot_read(text->files, path, LARGEST_FILE, &text->content, &ignored) == OK;
    if (text->known)
        source_init(&text->source, buffer_slice(&text->content));
    error_release(&ignored);
    return text->known;
}

void file_text_release(struct file_text *text) {
    forget(text);
    buffer_release(&text->content);
}

/* A byte order mark has no column, but it has bytes. */
size_t file_text_byte_column(const struct file_text *text, struct position place) {
    struct slice line = source_line_text(&text->source, place.line);
    size_t offset = 0;
    if (place.line == 1 && slice_starts_with(line, UTF8_BOM))
        offset = strlen(UTF8_BOM);
    utf8_skip(line, &offset, place.column - 1);
    return offset + 1;
}

static bool is_replacement_in(const struct edit *edit, struct slice path, struct slice content) {
    return edit->kind == EDIT_REPLACE && slice_equal(edit->path, path) && edit_fits(edit, content);
}

/* Sorted copies of the edits; NULL when they are not all replacements in the file, or collide. */
static struct edit *sorted_edits(const struct edit_list *list, struct slice path,
                                 struct slice content) {
    struct edit *edits = memory_allocate(list->count, sizeof *edits);
    bool usable = true;
    for (size_t i = 0; i < list->count; i++) {
        edits[i] = list->items[i];
        usable = usable && is_replacement_in(&edits[i], path, content);
    }
    edits_sort(edits, list->count);
    for (size_t i = 1; i < list->count; i++)
        usable = usable && !edits_collide(&edits[i - 1], &edits[i]);
    if (usable)
        return edits;
    free(edits);
    return NULL;
}

bool file_text_replacement(struct span *span, struct buffer *replacement, struct file_text *text,
                           const struct finding *finding, size_t limit) {
    const struct edit_list *list = &finding->edits;
    if (!list->count || finding->side != SIDE_HEAD || !file_text_read(text, finding->path))
        return false;
    struct slice content = buffer_slice(&text->content);
    struct edit *edits = sorted_edits(list, finding->path, content);
    if (!edits)
        return false;
    *span = (struct span){edits[0].span.start, edits[list->count - 1].span.end};
    bool small = span->end - span->start <= limit;
    for (size_t i = 0, at = span->start; small && i < list->count; i++) {
        buffer_append_slice(replacement, slice_part(content, at, edits[i].span.start));
        buffer_append_slice(replacement, edits[i].text);
        at = edits[i].span.end;
    }
    free(edits);
    return small && replacement->size <= limit;
}
