#include "finding/apply.h"

#include <stdlib.h>
#include <string.h>

bool edits_collide(const struct edit *left, const struct edit *right) {
    struct span a = left->span, b = right->span;
    bool insertion = a.start == a.end || b.start == b.end;
    return insertion ? a.start <= b.end && b.start <= a.end : a.start < b.end && b.start < a.end;
}

static int compare_spans(const void *left, const void *right) {
    const struct edit *a = left, *b = right;
    if (a->span.start != b->span.start)
        return a->span.start < b->span.start ? -1 : 1;
    return (a->span.end > b->span.end) - (a->span.end < b->span.end);
}

void edits_sort(struct edit *edits, size_t count) {
    if (count > 1)
        qsort(edits, count, sizeof *edits, compare_spans);
}

bool edit_fits(const struct edit *edit, struct slice content) {
    struct span span = edit->span;
    return span.start <= span.end && span.end <= content.size &&
           slice_equal(slice_part(content, span.start, span.end), edit->before);
}

void edits_apply(struct buffer *result, struct slice content, const struct edit *edits,
                 size_t count) {
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        buffer_append_slice(result, slice_part(content, done, edits[i].span.start));
        buffer_append_slice(result, edits[i].text);
        done = edits[i].span.end;
    }
    buffer_append_slice(result, slice_part(content, done, content.size));
}

/* Walks through both versions at once. */
struct walk {
    struct slice stored, disk;
    size_t stored_at, disk_at;
    bool crlf; /* a line ends with CRLF on disk, and with LF for Git */
};

static bool walk_to(struct walk *walk, size_t offset) {
    struct slice stored = walk->stored, disk = walk->disk;
    while (walk->stored_at < offset) {
        if (walk->disk_at + 1 < disk.size && disk.data[walk->disk_at] == '\r' &&
            disk.data[walk->disk_at + 1] == '\n' && stored.data[walk->stored_at] == '\n') {
            walk->disk_at++;
            walk->crlf = true;
        }
        if (walk->disk_at >= disk.size || disk.data[walk->disk_at] != stored.data[walk->stored_at])
            return false;
        walk->disk_at++;
        walk->stored_at++;
    }
    return true;
}

static struct slice with_crlf(struct slice text, struct arena *arena) {
    struct buffer converted = BUFFER_EMPTY;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n' && (!i || text.data[i - 1] != '\r'))
            buffer_append_byte(&converted, '\r');
        buffer_append_byte(&converted, text.data[i]);
    }
    struct slice copy = arena_copy(arena, buffer_slice(&converted));
    buffer_release(&converted);
    return copy;
}

bool edits_move_to_disk(struct edit *edits, size_t count, struct slice stored, struct slice disk,
                        struct arena *arena) {
    struct walk walk = {.stored = stored, .disk = disk};
    for (size_t i = 0; i < count; i++) {
        struct span span = edits[i].span;
        if (!walk_to(&walk, span.start))
            return false;
        edits[i].span.start = walk.disk_at;
        if (!walk_to(&walk, span.end))
            return false;
        edits[i].span.end = walk.disk_at;
    }
    if (!walk_to(&walk, stored.size) || walk.disk_at != disk.size)
        return false;
    for (size_t i = 0; i < count && walk.crlf; i++)
        edits[i].text = with_crlf(edits[i].text, arena);
    return true;
}

static bool is_ascii(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* Some file systems take ".GIT", "git~1", ".git " and one with hidden characters for it, too. */
static bool is_harmless_part(struct slice part) {
    struct slice name = part;
    if (slice_starts_with(part, ".") && !is_ascii(part))
        return false;
    while (name.size && (name.data[name.size - 1] == ' ' || name.data[name.size - 1] == '.'))
        name.size--;
    return name.size && !slice_equal_ignoring_case(name, slice_of(".git")) &&
           !slice_equal_ignoring_case(name, slice_of("git~1"));
}

bool path_is_harmless(struct slice path) {
    if (!path.size || memchr(path.data, '\0', path.size) || memchr(path.data, '\\', path.size))
        return false;
    for (size_t start = 0; start <= path.size;) {
        size_t end = slice_find(path, "/", start);
        if (end == SLICE_NOT_FOUND)
            end = path.size;
        if (!is_harmless_part(slice_part(path, start, end)))
            return false;
        start = end + 1;
    }
    return true;
}
