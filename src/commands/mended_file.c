#include "commands/mended_file.h"

#include "base/memory.h"
#include "document/document.h"
#include "finding/apply.h"
#include "git/line_map.h"

#include <stdlib.h>
#include <string.h>

/* A file that Git does not track yet has nothing that is not staged in this sense. */
static int find_unstaged(struct mended_file *file, const struct mended_origin *origin,
                         struct error *error) {
    struct source source;
    struct line_map map;
    int status = line_map_read(&map, origin->head, origin->index, file->first_path, error);
    memset(buffer_extend(&file->unstaged, file->content.size), 0, file->content.size);
    source_init(&source, buffer_slice(&file->content));
    for (size_t line = 1; status == OK && line <= source.line_count; line++) {
        size_t start = source_line_start(&source, line);
        size_t end = source_line_start(&source, line + 1);
        if (!line_map_find(&map, line))
            memset(file->unstaged.data + start, 1, end - start);
    }
    source_release(&source);
    line_map_release(&map);
    return status == STATUS_NOT_FOUND ? OK : status;
}

static int load_disk(struct mended_file *file, const struct mended_origin *origin,
                     struct error *error) {
    int status = disk_read(&file->first_disk, origin->root, file->first_path, error);
    if (status == OK && !edits_move_to_disk(NULL, 0, buffer_slice(&file->content),
                                            buffer_slice(&file->first_disk), NULL))
        return error_set(error, STATUS_UNDECIDED,
                         "on disk it differs from what Git stores by more than line ends (a filter "
                         "in .gitattributes)");
    buffer_append_slice(&file->disk, buffer_slice(&file->first_disk));
    return status == OK ? find_unstaged(file, origin, error) : status;
}

static void load(struct mended_file *file, const struct mended_origin *origin,
                 struct arena *arena) {
    struct error error = ERROR_NONE;
    int status =
        snapshot_read(origin->head, file->first_path, DOCUMENT_MAX_SIZE, &file->content, &error);
    if (status == OK && origin->index)
        status = load_disk(file, origin, &error);
    if (status != OK)
        file->obstacle = arena_copy_string(arena, error_message(&error));
    file->loaded = true;
    error_release(&error);
}

static bool is_unstaged(const struct mended_file *file, struct span span) {
    struct slice marks = slice_part(buffer_slice(&file->unstaged), span.start, span.end);
    return marks.size && memchr(marks.data, 1, marks.size);
}

const char *mended_file_refuses(struct mended_file *file, const struct edit *edit,
                                const struct mended_origin *origin, struct arena *arena) {
    if (!file->loaded)
        load(file, origin, arena);
    if (file->obstacle)
        return file->obstacle;
    if (!edit_fits(edit, buffer_slice(&file->content)))
        return "the remedy is for another text than stands there";
    return is_unstaged(file, edit->span)
               ? "what stands there is not staged, and would be lost; stage it with git add first"
               : NULL;
}

static void replace(struct buffer *content, const struct edit *edits, size_t count) {
    struct buffer result = BUFFER_EMPTY;
    edits_apply(&result, buffer_slice(content), edits, count);
    buffer_release(content);
    *content = result;
}

/* What is put in stands nowhere else, but can be put in again. */
static void replace_marks(struct mended_file *file, const struct edit *edits) {
    struct buffer zeros = BUFFER_EMPTY;
    struct edit *marks = memory_allocate(file->edit_count, sizeof *marks);
    for (size_t i = 0; i < file->edit_count; i++) {
        size_t size = edits[i].text.size;
        if (size > zeros.size)
            memset(buffer_extend(&zeros, size - zeros.size), 0, size - zeros.size);
    }
    for (size_t i = 0; i < file->edit_count; i++) {
        marks[i] = edits[i];
        marks[i].text.data = buffer_string(&zeros);
    }
    replace(&file->unstaged, marks, file->edit_count);
    buffer_release(&zeros);
    free(marks);
}

/* That the line ends can be told apart was seen when the file was read. */
static void apply_to_disk(struct mended_file *file) {
    struct arena arena = ARENA_EMPTY;
    struct edit *moved = memory_allocate(file->edit_count, sizeof *moved);
    memcpy(moved, file->edits, file->edit_count * sizeof *moved);
    edits_move_to_disk(moved, file->edit_count, buffer_slice(&file->content),
                       buffer_slice(&file->disk), &arena);
    replace(&file->disk, moved, file->edit_count);
    free(moved);
    arena_release(&arena);
}

void mended_file_apply(struct mended_file *file, const struct mended_origin *origin) {
    if (!file->edit_count)
        return;
    edits_sort(file->edits, file->edit_count);
    if (origin->index) {
        replace_marks(file, file->edits);
        apply_to_disk(file);
    }
    replace(&file->content, file->edits, file->edit_count);
    file->edit_count = 0;
    file->changed = true;
}

void mended_file_free(struct mended_file *file) {
    if (!file)
        return;
    buffer_release(&file->content);
    buffer_release(&file->first_disk);
    buffer_release(&file->disk);
    buffer_release(&file->unstaged);
    free(file->edits);
    free(file);
}
