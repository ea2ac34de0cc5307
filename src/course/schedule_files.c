#include "base/memory.h"
#include "course/schedule_reading.h"
#include "document/definitions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 256 * 1024 };

bool is_schedule_by_name(struct slice path) {
    static const char *const names[] = {"schedule", "schedules", "lectures", "lecture", "calendar"};
    struct slice name = slice_file_name(path);
    name = slice_part(name, 0, slice_find(name, ".", 0));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_equal_ignoring_case(name, slice_of(names[i])))
            return true;
    return false;
}

void reading_say_undecided(struct reading *reading, struct slice path, const char *why) {
    if (!reading->schedule->undecided.size && (!reading->guesses || is_schedule_by_name(path)))
        reading->schedule->undecided =
            slice_of(arena_format(reading->arena, "%.*s: %s", SLICE_ARGUMENTS(path), why));
}

void reading_set_files(struct reading *reading, size_t count) {
    reading->schedule->files =
        arena_allocate(reading->arena, count, sizeof *reading->schedule->files);
    reading->schedule->file_count = 0;
}

struct schedule_file *reading_add_file(struct reading *reading, struct slice path,
                                       struct slice content) {
    struct schedule_file *file = &reading->schedule->files[reading->schedule->file_count++];
    *file = (struct schedule_file){.path = arena_copy(reading->arena, path)};
    source_init(&file->source, arena_copy(reading->arena, content));
    return file;
}

struct schedule_file *reading_open_file(struct reading *reading, struct slice path) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct schedule_file *file = NULL;
    int status = snapshot_read(reading->snapshot, path, LARGEST_FILE, &content, &error);
    if (status == OK)
        file = reading_add_file(reading, path, buffer_slice(&content));
    else if (status != STATUS_NOT_FOUND)
        reading_say_undecided(reading, path, error_message(&error));
    buffer_release(&content);
    error_release(&error);
    return file;
}

void reading_drop_file(struct reading *reading, size_t row_count) {
    struct schedule *schedule = reading->schedule;
    source_release(&schedule->files[--schedule->file_count].source);
    schedule->lecture_count = row_count;
}

static void read_front_matter(struct reading *reading, struct schedule_page *page) {
    const struct yaml_node *title = yaml_find(page->shown->front_matter.root, "title");
    if (!title || title->kind != YAML_SCALAR)
        return;
    page->file->title = arena_copy(reading->arena, title->text);
    page->file->title_span = document_value_span(page->shown, title);
}

bool schedule_page_open(struct schedule_page *page, struct reading *reading, struct slice path) {
    const struct document_options options = {.dollar_math = reading->site->renders_dollar_math};
    *page = (struct schedule_page){.file = reading_open_file(reading, path)};
    if (!page->file)
        return false;
    struct slice bytes = page->file->source.bytes;
    page->shown = document_read(path, bytes, &options);
    if (comments_separate(page->shown, &page->shown_bytes, &page->hidden_bytes)) {
        document_free(page->shown);
        page->shown = document_read(path, buffer_slice(&page->shown_bytes), &options);
        page->hidden = document_read(path, buffer_slice(&page->hidden_bytes), &options);
    }
    if (page->shown->undecided)
        reading_say_undecided(reading, path, page->shown->undecided);
    read_front_matter(reading, page);
    return true;
}

void schedule_page_close(struct schedule_page *page) {
    document_free(page->shown);
    document_free(page->hidden);
    buffer_release(&page->shown_bytes);
    buffer_release(&page->hidden_bytes);
}

struct listing {
    struct slice *items;
    size_t count, capacity;
    bool (*wanted)(struct slice path, void *context);
    void *context;
    struct arena *arena;
};

static bool take_path(struct slice path, const struct entry *entry, void *context) {
    struct listing *listing = context;
    if (entry->kind == ENTRY_FILE && listing->wanted(path, listing->context))
        ARRAY_PUSH(listing->items, listing->count, listing->capacity) =
            arena_copy(listing->arena, path);
    return true;
}

/* Behind the number at `at`, which is read into `number` (as large as it gets). */
static size_t read_number(struct slice text, size_t at, unsigned long *number) {
    for (*number = 0; at < text.size && isdigit((unsigned char)text.data[at]); at++)
        *number =
            *number < 100000000 ? *number * 10 + (unsigned long)(text.data[at] - '0') : *number;
    return at;
}

static int by_natural_order(const void *left, const void *right) {
    struct slice a = *(const struct slice *)left, b = *(const struct slice *)right;
    for (size_t i = 0, k = 0; i < a.size && k < b.size;) {
        if (isdigit((unsigned char)a.data[i]) && isdigit((unsigned char)b.data[k])) {
            unsigned long first, second;
            i = read_number(a, i, &first);
            k = read_number(b, k, &second);
            if (first != second)
                return first < second ? -1 : 1;
        } else if (a.data[i] != b.data[k]) {
            return (unsigned char)a.data[i] < (unsigned char)b.data[k] ? -1 : 1;
        } else {
            i++;
            k++;
        }
    }
    return slice_compare(a, b);
}

struct path_list reading_list(struct reading *reading, const char *folder,
                              bool (*wanted)(struct slice path, void *context), void *context) {
    struct listing listing = {.wanted = wanted, .context = context, .arena = reading->arena};
    struct path_list list = {0};
    struct error error = ERROR_NONE;
    if (snapshot_walk(reading->snapshot, slice_of(folder), take_path, &listing, &error) != OK)
        reading_say_undecided(reading, slice_of(folder), error_message(&error));
    error_release(&error);
    if (listing.count) {
        qsort(listing.items, listing.count, sizeof *listing.items, by_natural_order);
        list.items = arena_allocate(reading->arena, listing.count, sizeof *list.items);
        memcpy(list.items, listing.items, listing.count * sizeof *list.items);
        list.count = listing.count;
    }
    free(listing.items);
    return list;
}
