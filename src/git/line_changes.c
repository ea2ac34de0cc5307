#include "git/line_changes.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Larger files are no text that anybody wrote; comparing them would stall the hook. */
enum { TEXT_LIMIT = 10 * 1024 * 1024 };

static size_t count_lines(struct slice text) {
    size_t lines = 0;
    for (const char *at = text.data, *end = at + text.size; at < end; lines++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        at = feed ? feed + 1 : end;
    }
    return lines;
}

static void add_all_lines(struct change *change, struct slice text, struct arena *arena) {
    size_t lines = count_lines(text);
    if (!lines)
        return;
    change->added = arena_allocate(arena, 1, sizeof *change->added);
    change->added[0] = (struct line_range){1, lines};
    change->added_count = 1;
}

/* How many bytes the two begin with alike, up to the start of a line. */
static size_t common_lines(struct slice left, struct slice right) {
    enum { STEP = 64 };
    size_t size = left.size < right.size ? left.size : right.size, at = 0;
    while (at + STEP <= size && !memcmp(left.data + at, right.data + at, STEP))
        at += STEP;
    while (at < size && left.data[at] == right.data[at])
        at++;
    while (at && left.data[at - 1] != '\n')
        at--;
    return at;
}

static size_t skip_blanks(struct slice text, size_t at) {
    while (at < text.size && isspace((unsigned char)text.data[at]))
        at++;
    return at;
}

static bool differ_in_blanks_only(struct slice left, struct slice right) {
    size_t l = skip_blanks(left, 0), r = skip_blanks(right, 0);
    while (l < left.size && r < right.size) {
        if (left.data[l] != right.data[r] || !left.data[l])
            return false; /* with a NUL byte it is no text: white space may mean anything */
        l = skip_blanks(left, l + 1);
        r = skip_blanks(right, r + 1);
    }
    return l == left.size && r == right.size;
}

struct ranges {
    struct line_range *items;
    size_t count;
    size_t capacity;
    size_t before; /* lines in front of what is compared */
};

/* Origins `<`, `>` and `=` are marks for the end of the file, not lines. */
static int add_line(const git_diff_delta *delta, const git_diff_hunk *hunk,
                    const git_diff_line *line, void *context) {
    (void)delta;
    (void)hunk;
    struct ranges *ranges = context;
    size_t number = ranges->before + (size_t)line->new_lineno;
    if (line->origin != GIT_DIFF_LINE_ADDITION)
        return 0;
    if (ranges->count && ranges->items[ranges->count - 1].last + 1 == number)
        ranges->items[ranges->count - 1].last = number;
    else
        ARRAY_PUSH(ranges->items, ranges->count, ranges->capacity) =
            (struct line_range){number, number};
    return 0;
}

/*
 * Buffers without a path have no attributes, and GIT_DIFF_FORCE_TEXT looks past NUL bytes: neither
 * hides a line.
 */
static int add_new_lines(struct change *change, struct slice old, struct slice new, size_t before,
                         struct arena *arena, struct error *error) {
    struct ranges ranges = {.before = before};
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_FORCE_TEXT;
    options.context_lines = 0;
    int code = git_diff_buffers(old.data, old.size, NULL, new.data, new.size, NULL, &options, NULL,
                                NULL, NULL, add_line, &ranges);
    if (!code && ranges.count) {
        size_t size = ranges.count * sizeof *ranges.items;
        change->added = memcpy(arena_allocate(arena, 1, size), ranges.items, size);
        change->added_count = ranges.count;
    }
    free(ranges.items);
    if (code)
        return error_set(error, STATUS_UNDECIDED, "cannot compare the lines: %s", git_detail());
    return OK;
}

/* NULL without an error for a blob over the limit. */
static int read_text(git_odb_object **blob, struct repository *repository, const git_oid *id,
                     struct error *error) {
    size_t size = 0;
    *blob = NULL;
    int status = blob_size(repository, id, &size, error);
    if (status || size > TEXT_LIMIT)
        return status;
    return blob_read(blob, repository, id, error);
}

/* A base over the limit can't be compared: then every line of the head counts as added. */
int line_changes_find(struct change *change, struct repository *repository, const git_oid *old_id,
                      const git_oid *new_id, struct arena *arena, struct error *error) {
    git_odb_object *old_blob = NULL, *new_blob = NULL;
    int status = read_text(&new_blob, repository, new_id, error);
    if (status || !new_blob)
        goto done;
    if (old_id)
        status = read_text(&old_blob, repository, old_id, error);
    if (status)
        goto done;
    struct slice new = blob_content(new_blob);
    if (old_blob) {
        struct slice old = blob_content(old_blob);
        size_t common = common_lines(old, new);
        struct slice alike = slice_part(new, 0, common);
        old = slice_part(old, common, old.size);
        new = slice_part(new, common, new.size);
        change->blank_only =
            !memchr(alike.data, '\0', alike.size) && differ_in_blanks_only(old, new);
        status = add_new_lines(change, old, new, count_lines(alike), arena, error);
    } else {
        add_all_lines(change, new, arena);
    }
done:
    git_odb_object_free(new_blob);
    git_odb_object_free(old_blob);
    return status;
}
