#include "rules/link_change.h"

#include "course/landing.h"
#include "rules/note_form.h"
#include "rules/review.h"

#include <ctype.h>
#include <string.h>

/* Lines of a text, one after the other. */
struct reader {
    struct slice text;
    size_t at, line; /* behind the last line read; its number, from 1 */
};

static bool next_line(struct reader *reader, struct slice *line) {
    if (reader->at >= reader->text.size)
        return false;
    size_t end = slice_find(reader->text, "\n", reader->at);
    end = end == SLICE_NOT_FOUND ? reader->text.size : end;
    *line = slice_part(reader->text, reader->at, end);
    reader->at = end + 1;
    reader->line++;
    return true;
}

static bool has_text(struct slice line, struct slice text) {
    struct buffer needle = BUFFER_EMPTY;
    buffer_append_slice(&needle, text);
    bool found = slice_find(line, buffer_string(&needle), 0) != SLICE_NOT_FOUND;
    buffer_release(&needle);
    return found;
}

/* By its file's name, or without the ending, as URLs have it. */
static bool mentions(struct slice line, struct slice path) {
    struct slice name = slice_file_name(path);
    size_t stem = name.size;
    while (stem && name.data[stem - 1] != '.')
        stem--;
    return name.size &&
           has_text(line,
                    stem > 1 && path_is_markdown(path) ? slice_part(name, 0, stem - 1) : name);
}

/* By an address that a row of the file has for it: a page need not be called what its source is. */
static bool has_row_link(const struct subject *subject, struct slice line, struct slice path) {
    const struct schedule *schedule = subject->course->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (!slice_equal(lecture->file->path, subject->change->path))
            continue;
        for (size_t k = 0; k < lecture->link_count; k++)
            if (slice_equal(lecture->links[k].path, path) && lecture->links[k].destination.size &&
                has_text(line, lecture->links[k].destination))
                return true;
    }
    return false;
}

/* Also by the name of the course's host. */
static bool has_address(const struct subject *subject, struct slice line, struct slice path) {
    const struct site_page *page = site_find_page(subject->site, subject->snapshot, path);
    struct slice url = page ? page->url : slice_of("");
    url = slice_ends_with(url, "/") ? slice_part(url, 0, url.size - 1) : url;
    return url.size > 1 && has_text(line, slice_part(url, 1, url.size));
}

static bool links_note(const struct subject *subject, struct slice line, bool renamed_only) {
    const struct change_set *changes = subject->review->changes;
    for (size_t i = 0; i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        if (change->kind != CHANGE_DELETED && review_note_kind(subject->review, change->path) &&
            (!renamed_only || change->kind == CHANGE_RENAMED) &&
            (mentions(line, change->path) || has_address(subject, line, change->path) ||
             has_row_link(subject, line, change->path)))
            return true;
    }
    return false;
}

static bool next_word(struct slice line, size_t *at, struct slice *word) {
    while (*at < line.size && isspace((unsigned char)line.data[*at]))
        ++*at;
    size_t start = *at;
    while (*at < line.size && !isspace((unsigned char)line.data[*at]))
        ++*at;
    *word = slice_part(line, start, *at);
    return *at > start;
}

/* Word for word the same but for those that have such a note now. */
static bool differs_in_notes(const struct subject *subject, struct slice old, struct slice new,
                             bool renamed_only) {
    struct slice old_word, new_word;
    size_t old_at = 0, new_at = 0;
    while (next_word(new, &new_at, &new_word))
        if (!next_word(old, &old_at, &old_word) ||
            (!slice_equal(old_word, new_word) && !links_note(subject, new_word, renamed_only)))
            return false;
    return !next_word(old, &old_at, &old_word);
}

/* What `new` has instead of it is a word of `old` at most: a "#", the name of a file. */
static bool differs_in_word(struct slice old, struct slice new) {
    size_t least = old.size < new.size ? old.size : new.size, start = 0, end = 0;
    while (start < least && old.data[start] == new.data[start])
        start++;
    while (end < least - start && old.data[old.size - end - 1] == new.data[new.size - end - 1])
        end++;
    for (size_t i = start; i < old.size - end; i++)
        if (isspace((unsigned char)old.data[i]))
            return false;
    return true;
}

/* Both texts are read side by side: what the base has between lines that stay was taken out. */
static bool compare(const struct subject *subject, struct slice base, struct slice head,
                    bool renamed_only) {
    struct reader old = {.text = base}, new = {.text = head};
    struct slice old_line, line;
    while (next_line(&new, &line)) {
        bool is_added = change_adds_line(subject->change, new.line);
        struct reader before = old;
        bool has_old = next_line(&old, &old_line);
        if (!is_added) {
            if (!has_old || !slice_equal(old_line, line))
                return false;
            continue;
        }
        if (!links_note(subject, line, renamed_only))
            return false;
        if (has_old && old_line.size &&
            (differs_in_word(old_line, line) ||
             differs_in_notes(subject, old_line, line, renamed_only)))
            continue;
        old = before;
        if (renamed_only)
            return false;
    }
    return !next_line(&old, &old_line);
}

bool links_notes_only(const struct subject *subject) {
    const struct change *change = subject->change;
    const struct review *review = subject->review;
    if (!subject->course || change->kind != CHANGE_MODIFIED || change->entry != ENTRY_FILE ||
        change->undecided.size || !change->added_count)
        return false;
    bool has_rows = course_view_has_rows(subject->course, change->path);
    if (!has_rows && !path_is_markdown(change->path))
        return false;
    struct buffer base = BUFFER_EMPTY, head = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    bool is_link =
        snapshot_read(review->base, change->old_path, DOCUMENT_MAX_SIZE, &base, &error) == OK &&
        snapshot_read(review->head, change->path, DOCUMENT_MAX_SIZE, &head, &error) == OK &&
        compare(subject, buffer_slice(&base), buffer_slice(&head), !has_rows);
    buffer_release(&base);
    buffer_release(&head);
    error_release(&error);
    return is_link;
}
