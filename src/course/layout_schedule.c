/* Where the lectures stand, said so that it can be written down; and data files with other keys. */
#include "base/memory.h"
#include "course/layout_parts.h"
#include "course/lecture_claim.h"
#include "document/pdf_reader.h"

#include <stdlib.h>
#include <string.h>

enum { FEWEST_ROWS = 3 };

static size_t count_lectures(const struct schedule *schedule) {
    size_t count = 0;
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture;
         lecture = schedule_next(schedule, lecture->index + 1))
        count++;
    return count;
}

/* One text as YAML; paths and keys may hold anything. */
static void append_quoted(struct buffer *text, struct slice value) {
    buffer_append_byte(text, '\'');
    for (size_t i = 0; i < value.size; i++)
        buffer_append_string(text, value.data[i] == '\'' ? "''" : (char[]){value.data[i], '\0'});
    buffer_append_byte(text, '\'');
}

/* The schedule as it is read with these files and keys; NULL when that can't be. */
static struct schedule *read_with(struct layout *layout, const struct snapshot *snapshot, int year,
                                  const struct proposal_list *files, const char *keys) {
    struct buffer text = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct config *config = NULL;
    struct schedule *schedule = NULL;
    buffer_append_string(&text, "schedule:\n  files:\n");
    for (size_t i = 0; i < files->count; i++) {
        buffer_append_string(&text, "    - ");
        append_quoted(&text, files->items[i].value);
        buffer_append_byte(&text, '\n');
    }
    buffer_append_string(&text, keys);
    if (config_parse(&config, "proposal", buffer_slice(&text), &error) == OK)
        schedule = schedule_read(snapshot, config, &layout->site, year);
    config_free(config);
    error_release(&error);
    buffer_release(&text);
    return schedule;
}

/* Module pages are many, also when the first week's is the only one yet. */
static bool same_folder(const struct schedule *schedule) {
    for (size_t i = 1; i < schedule->file_count; i++)
        if (!slice_equal(slice_folder(schedule->files[i].path),
                         slice_folder(schedule->files[0].path)))
            return false;
    return schedule->file_count > 1 || schedule->form == SCHEDULE_MODULES;
}

/* Kept only where it gives what was found without it. */
static void propose_files(struct layout *layout, const struct snapshot *snapshot, int year) {
    const struct schedule *found = layout->schedule;
    struct proposal_list *files = &layout->schedule_files;
    size_t lectures = count_lectures(found);
    struct buffer glob = BUFFER_EMPTY;
    for (size_t i = 0; i < found->file_count && (i == 0 || !same_folder(found)); i++) {
        struct slice path = found->files[i].path;
        buffer_clear(&glob);
        if (same_folder(found)) {
            glob_append_quoted(&glob, slice_folder(path));
            buffer_append_string(&glob, "/*.");
            glob_append_quoted(&glob, path_ending(path));
        } else {
            glob_append_quoted(&glob, path);
        }
        proposal_list_add(files,
                          propose(layout, buffer_slice(&glob), "%zu lectures in %zu %s", lectures,
                                  found->file_count, found->file_count == 1 ? "file" : "files"));
    }
    buffer_release(&glob);
    struct schedule *again = read_with(layout, snapshot, year, files, "");
    if (!again || again->form != found->form || count_lectures(again) != lectures)
        files->count = 0;
    schedule_free(again);
}

/* --- A data file whose keys are called otherwise
 * --------------------------------------------------- */

/* The rows of a data file: the list that it is, or the longest in it. */
static const struct yaml_node *find_rows(const struct yaml_node *root) {
    const struct yaml_node *rows = root && root->kind == YAML_SEQUENCE ? root : NULL;
    for (size_t i = 0; root && i < root->pair_count; i++) {
        const struct yaml_node *value = root->pairs[i].value;
        if (value->kind == YAML_SEQUENCE && (!rows || value->item_count > rows->item_count))
            rows = value;
    }
    return rows;
}

static bool is_day(const struct yaml_node *value) {
    struct day day;
    struct span place;
    return value && value->kind == YAML_SCALAR && day_find(value->text, true, &day, &place);
}

static bool is_prose(const struct yaml_node *value) {
    return value && value->kind == YAML_SCALAR && !is_day(value) && value->text.size > 4 &&
           slice_find(value->text, " ", 0) != SLICE_NOT_FOUND;
}

/* The key of which most rows have such a value, by the rows that have it; NULL: none. */
static const char *find_key(const struct yaml_node *rows,
                            bool (*wanted)(const struct yaml_node *value)) {
    const char *best = NULL;
    size_t most = FEWEST_ROWS - 1;
    for (size_t i = 0; i < rows->item_count && i < 8; i++)
        for (size_t k = 0; k < rows->items[i]->pair_count; k++) {
            const struct yaml_node *key = rows->items[i]->pairs[k].key;
            size_t count = 0;
            for (size_t row = 0; key->kind == YAML_SCALAR && row < rows->item_count; row++)
                count += wanted(yaml_find(rows->items[row], key->text.data));
            if (count > most) {
                most = count;
                best = key->text.data;
            }
        }
    return most * 2 > rows->item_count ? best : NULL;
}

static bool take_data_file(struct layout *layout, const struct snapshot *snapshot, int year,
                           struct slice path, const struct yaml_node *rows) {
    const char *date = find_key(rows, is_day), *title = find_key(rows, is_prose);
    struct buffer keys = BUFFER_EMPTY, glob = BUFFER_EMPTY;
    if (!date || !title)
        return false;
    glob_append_quoted(&glob, path);
    buffer_append_string(&keys, "  keys:\n    date: ");
    append_quoted(&keys, slice_of(date));
    buffer_append_string(&keys, "\n    title: ");
    append_quoted(&keys, slice_of(title));
    buffer_append_byte(&keys, '\n');
    struct proposal_list files = {0};
    proposal_list_add(&files, propose(layout, buffer_slice(&glob), "a list with days"));
    struct schedule *schedule = read_with(layout, snapshot, year, &files, buffer_string(&keys));
    bool good = schedule && count_lectures(schedule) >= FEWEST_ROWS;
    if (good) {
        schedule_free(layout->schedule);
        layout->schedule = schedule;
        files.items[0] =
            propose(layout, buffer_slice(&glob), "%zu lectures", count_lectures(schedule));
        layout->schedule_files = files;
        proposal_list_add(&layout->schedule_keys, propose(layout, slice_of(date), "date"));
        proposal_list_add(&layout->schedule_keys, propose(layout, slice_of(title), "title"));
    } else {
        schedule_free(schedule);
        free(files.items);
    }
    buffer_release(&keys);
    buffer_release(&glob);
    return good;
}

static bool try_data_file(struct layout *layout, const struct snapshot *snapshot, int year,
                          struct slice path) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct arena arena = ARENA_EMPTY;
    struct yaml_node *root = NULL;
    struct yaml_problem problem;
    bool taken = false;
    if (snapshot_read(snapshot, path, LARGEST_LAYOUT_PAGE, &content, &error) == OK &&
        yaml_parse(&root, buffer_slice(&content), &arena, &problem) == OK) {
        const struct yaml_node *rows = find_rows(root);
        taken = rows && rows->item_count >= FEWEST_ROWS && rows->item_count < 1000 &&
                take_data_file(layout, snapshot, year, path, rows);
    }
    arena_release(&arena);
    buffer_release(&content);
    error_release(&error);
    return taken;
}

/* --- The key of the notes, called otherwise ----------------------------------------------------
 */

/* A file of the repository whose name says the lecture of the row. */
static bool names_its_lecture(const struct layout *layout, const struct lecture *lecture,
                              struct slice path) {
    bool is_there = false;
    if (!path_is_pdf(path) && !path_is_markdown(path))
        return false;
    for (size_t i = 0; i < layout->path_count && !is_there; i++)
        is_there = slice_equal(layout->paths[i], path);
    struct lecture_claim claim = claim_of_name(path);
    return is_there && ((claim.day.month && day_same(claim.day, lecture->day)) ||
                        (claim.number && claim.number == lecture->number));
}

/* At least two rows lead to the file of their lecture, and none to anything else. */
static bool has_notes_of_lectures(const struct layout *layout, const struct schedule *schedule) {
    size_t count = 0;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        const struct lecture_link *link = lecture_find_link(lecture, LINK_NOTES);
        if (!link || link->placeholder)
            continue;
        if (!names_its_lecture(layout, lecture, link->path))
            return false;
        count++;
    }
    return count >= 2;
}

static bool has_links(const struct schedule *schedule, enum link_role role) {
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (lecture_find_link(&schedule->lectures[i], role))
            return true;
    return false;
}

static void append_keys(struct buffer *text, const struct proposal_list *keys) {
    buffer_append_string(text, "  keys:\n");
    for (size_t i = 0; i < keys->count; i++) {
        buffer_append_format(text, "    %.*s: ", SLICE_ARGUMENTS(keys->items[i].reason));
        append_quoted(text, keys->items[i].value);
        buffer_append_byte(text, '\n');
    }
}

static bool try_notes_key(struct layout *layout, const struct snapshot *snapshot, int year,
                          const char *key) {
    struct buffer keys = BUFFER_EMPTY;
    proposal_list_add(&layout->schedule_keys, propose(layout, slice_of(key), "notes"));
    append_keys(&keys, &layout->schedule_keys);
    struct schedule *schedule =
        read_with(layout, snapshot, year, &layout->schedule_files, buffer_string(&keys));
    bool good =
        schedule && has_notes_of_lectures(layout, schedule) && has_links(schedule, LINK_SLIDES);
    if (good) {
        schedule_free(layout->schedule);
        layout->schedule = schedule;
    } else {
        schedule_free(schedule);
        layout->schedule_keys.count--;
    }
    buffer_release(&keys);
    return good;
}

static bool is_note_file(const struct yaml_node *value) {
    return value && value->kind == YAML_SCALAR &&
           (path_is_pdf(value->text) || path_is_markdown(value->text) ||
            slice_ends_with(value->text, ".html") || slice_ends_with(value->text, "/"));
}

/* The first row with a file that may be a note; NULL: none. */
static const struct yaml_node *find_row_with_file(const struct yaml_node *rows) {
    for (size_t i = 0; rows && i < rows->item_count; i++)
        for (size_t k = 0; k < rows->items[i]->pair_count; k++)
            if (is_note_file(rows->items[i]->pairs[k].value))
                return rows->items[i];
    return NULL;
}

/* Slides are called after lectures, too: without a key that is theirs, nothing is guessed. */
static void propose_notes_key(struct layout *layout, const struct snapshot *snapshot, int year) {
    const struct schedule *schedule = layout->schedule;
    struct arena arena = ARENA_EMPTY;
    struct yaml_node *root = NULL;
    struct yaml_problem problem;
    bool found = false;
    if (schedule->form != SCHEDULE_DATA || layout->schedule_files.count != 1 ||
        has_links(schedule, LINK_NOTES) || !has_links(schedule, LINK_SLIDES))
        return;
    if (yaml_parse(&root, schedule->files[0].source.bytes, &arena, &problem) == OK) {
        const struct yaml_node *row = find_row_with_file(find_rows(root));
        for (size_t i = 0; row && !found && i < row->pair_count; i++)
            found = is_note_file(row->pairs[i].value) && row->pairs[i].key->kind == YAML_SCALAR &&
                    try_notes_key(layout, snapshot, year, row->pairs[i].key->text.data);
    }
    arena_release(&arena);
}

static void find_schedule(struct layout *layout, const struct snapshot *snapshot, int year) {
    if (layout->schedule->form != SCHEDULE_NONE && count_lectures(layout->schedule)) {
        propose_files(layout, snapshot, year);
        return;
    }
    for (size_t i = 0; i < layout->path_count; i++) {
        struct slice path = layout->paths[i], ending = path_ending(path);
        if (slice_starts_with(path, "_data/") &&
            (slice_equal_string(ending, "yml") || slice_equal_string(ending, "yaml")) &&
            try_data_file(layout, snapshot, year, path))
            return;
    }
}

void layout_find_schedule(struct layout *layout, const struct snapshot *snapshot, int year) {
    find_schedule(layout, snapshot, year);
    propose_notes_key(layout, snapshot, year);
}
