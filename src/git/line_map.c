#include "git/line_map.h"

#include "base/memory.h"
#include "git/internal.h"

#include <stdlib.h>

/* Nothing larger is read as a document. */
enum { TEXT_LIMIT = 10 * 1024 * 1024 };

/* A hunk without lines on one side names the line before it there. */
static size_t hunk_start(int start, int count) {
    return (size_t)start + (count == 0);
}

static int add_hunk(const git_diff_delta *delta, const git_diff_hunk *hunk, void *context) {
    (void)delta;
    struct line_map *map = context;
    ARRAY_PUSH(map->hunks, map->count, map->capacity) =
        (struct line_hunk){hunk_start(hunk->old_start, hunk->old_lines), (size_t)hunk->old_lines,
                           hunk_start(hunk->new_start, hunk->new_lines), (size_t)hunk->new_lines};
    return 0;
}

int line_map_read(struct line_map *map, const struct snapshot *from, const struct snapshot *to,
                  struct slice path, struct error *error) {
    struct buffer old = BUFFER_EMPTY, new = BUFFER_EMPTY;
    struct entry left = snapshot_find(from, path), right = snapshot_find(to, path);
    git_diff_options options;
    *map = (struct line_map){0};
    if (slice_equal(slice_of(left.blob_id), slice_of(right.blob_id)))
        return left.kind == ENTRY_FILE ? OK : STATUS_NOT_FOUND;
    int status = snapshot_read(from, path, TEXT_LIMIT, &old, error);
    if (status == OK)
        status = snapshot_read(to, path, TEXT_LIMIT, &new, error);
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_FORCE_TEXT;
    options.context_lines = 0;
    if (status == OK && git_diff_buffers(old.data, old.size, NULL, new.data, new.size, NULL,
                                         &options, NULL, NULL, add_hunk, NULL, map))
        status = error_set(error, STATUS_UNDECIDED, "cannot compare the lines: %s", git_detail());
    buffer_release(&old);
    buffer_release(&new);
    return status;
}

void line_map_release(struct line_map *map) {
    free(map->hunks);
    *map = (struct line_map){0};
}

size_t line_map_find(const struct line_map *map, size_t line) {
    size_t from = 1, to = 1;
    for (size_t i = 0; i < map->count && line >= map->hunks[i].from; i++) {
        from = map->hunks[i].from + map->hunks[i].from_count;
        to = map->hunks[i].to + map->hunks[i].to_count;
        if (line < from)
            return 0;
    }
    return to + (line - from);
}
