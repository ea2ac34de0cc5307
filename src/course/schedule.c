#include "course/schedule.h"

#include "base/memory.h"
#include "course/schedule_reading.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_data(struct slice path) {
    return slice_ends_with(path, ".yml") || slice_ends_with(path, ".yaml") ||
           slice_ends_with(path, ".json");
}

static bool is_page_path(struct slice path, void *context) {
    (void)context;
    return path_is_markdown(path) && !slice_starts_with(slice_file_name(path), ".");
}

static bool is_data_path(struct slice path, void *context) {
    (void)context;
    return is_data(path);
}

static bool is_configured(struct slice path, void *context) {
    return glob_list_matches(context, path);
}

/* Of `paths` the data files, or the others. */
static struct path_list select_paths(struct reading *reading, const struct path_list *paths,
                                     bool data) {
    struct path_list list = {.items =
                                 arena_allocate(reading->arena, paths->count, sizeof *list.items)};
    for (size_t i = 0; i < paths->count; i++)
        if (is_data(paths->items[i]) == data)
            list.items[list.count++] = paths->items[i];
    return list;
}

static enum schedule_form read_configured(struct reading *reading) {
    const struct glob_list *globs = &reading->config->schedule.files;
    struct path_list paths = reading_list(reading, "", is_configured, (void *)globs);
    if (!paths.count)
        reading_say_undecided(reading, slice_of(CONFIG_FILE_NAME),
                              "schedule.files matches no file");
    struct path_list pages = select_paths(reading, &paths, false);
    struct path_list data = select_paths(reading, &paths, true);
    if (pages.count && schedule_modules_read(reading, &pages))
        return SCHEDULE_MODULES;
    if (pages.count && schedule_tables_read(reading, &pages, true))
        return SCHEDULE_TABLE;
    if (data.count && (schedule_data_read(reading, &data, true) || reading->schedule->file_count))
        return SCHEDULE_DATA;
    return SCHEDULE_NONE;
}

/* The pages of a collection that is pasted into another page. */
static enum schedule_form read_collections(struct reading *reading) {
    static const char *const folders[] = {"_modules", "_weeks", "_schedule", "_schedules",
                                          "_units"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        struct path_list paths = reading_list(reading, folders[i], is_page_path, NULL);
        if (paths.count && schedule_modules_read(reading, &paths))
            return SCHEDULE_MODULES;
        if (paths.count && schedule_tables_read(reading, &paths, true))
            return SCHEDULE_TABLE;
    }
    return SCHEDULE_NONE;
}

static void add_path(struct reading *reading, struct path_list *list, const char *path) {
    if (snapshot_find(reading->snapshot, slice_of(path)).kind == ENTRY_FILE)
        list->items[list->count++] = arena_copy(reading->arena, slice_of(path));
}

/* Pages by the names that schedules usually have: listing the root would read all folders. */
static enum schedule_form read_pages(struct reading *reading) {
    static const char *const names[] = {
        "schedule.md",        "calendar.md",        "lectures.md",
        "syllabus.md",        "index.md",           "home.md",
        "course.md",          "_pages/schedule.md", "_pages/calendar.md",
        "_pages/lectures.md", "README.md"};
    struct path_list paths = {
        .items = arena_allocate(reading->arena, COUNT_OF(names), sizeof *paths.items)};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        add_path(reading, &paths, names[i]);
    reading->guesses = true;
    if (paths.count && schedule_tables_read(reading, &paths, false))
        return SCHEDULE_TABLE;
    for (size_t i = 0; i < paths.count; i++) {
        const struct path_list one = {&paths.items[i], 1};
        if (schedule_modules_read(reading, &one))
            return SCHEDULE_MODULES;
    }
    return SCHEDULE_NONE;
}

static enum schedule_form read_any(struct reading *reading) {
    if (reading->config->schedule.files.count)
        return read_configured(reading);
    enum schedule_form form = read_collections(reading);
    if (form)
        return form;
    struct path_list data = reading_list(reading, "_data", is_data_path, NULL);
    if (data.count && schedule_data_read(reading, &data, false))
        return SCHEDULE_DATA;
    form = read_pages(reading);
    reading->guesses = false;
    if (!form && data.count && schedule_data_find_broken(reading, &data))
        return SCHEDULE_DATA;
    return form;
}

/* Pointers into the arena stay; the rows themselves move there. */
static void keep_rows(struct schedule *schedule) {
    struct lecture *rows = schedule->lectures;
    schedule->lectures =
        arena_allocate(&schedule->arena, schedule->lecture_count, sizeof *schedule->lectures);
    if (schedule->lecture_count)
        memcpy(schedule->lectures, rows, schedule->lecture_count * sizeof *rows);
    free(rows);
}

struct schedule *schedule_read(const struct snapshot *snapshot, const struct config *config,
                               const struct site *site, int commit_year) {
    struct schedule *schedule = memory_allocate(1, sizeof *schedule);
    struct schedule_words words;
    schedule_words_init(&words);
    struct reading reading = {.snapshot = snapshot,
                              .config = config,
                              .site = site,
                              .words = &words,
                              .schedule = schedule,
                              .arena = &schedule->arena};
    schedule->form = read_any(&reading);
    schedule_number_rows(schedule);
    if (schedule->lecture_count)
        schedule_find_year(&reading, commit_year);
    keep_rows(schedule);
    free(reading.links);
    schedule_words_release(&words);
    return schedule;
}

void schedule_free(struct schedule *schedule) {
    if (!schedule)
        return;
    for (size_t i = 0; i < schedule->file_count; i++)
        source_release(&schedule->files[i].source);
    arena_release(&schedule->arena);
    free(schedule);
}

bool schedule_has_file(const struct schedule *schedule, struct slice path) {
    for (size_t i = 0; i < schedule->file_count; i++)
        if (slice_equal(schedule->files[i].path, path))
            return true;
    return false;
}

const struct lecture *schedule_next(const struct schedule *schedule, size_t index) {
    for (; index < schedule->lecture_count; index++)
        if (!schedule->lectures[index].hidden && schedule->lectures[index].status == LECTURE_HELD)
            return &schedule->lectures[index];
    return NULL;
}

const struct lecture *schedule_find_day(const struct schedule *schedule, struct day day) {
    const struct lecture *found = NULL;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (lecture->hidden || !day_same(lecture->day, day))
            continue;
        if (found)
            return NULL;
        found = lecture;
    }
    return found;
}

const struct lecture *schedule_find_number(const struct schedule *schedule, long number) {
    const struct lecture *found = NULL;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (lecture->hidden || !number || lecture->number != number)
            continue;
        if (found)
            return NULL;
        found = lecture;
    }
    return found;
}

const struct lecture_link *lecture_find_link(const struct lecture *lecture, enum link_role role) {
    const struct lecture_link *placeholder = NULL;
    for (size_t i = 0; i < lecture->link_count; i++) {
        const struct lecture_link *link = &lecture->links[i];
        if (link->role == role && !link->placeholder)
            return link;
        if (link->role == role && !placeholder)
            placeholder = link;
    }
    return placeholder;
}

void lecture_append_brief(struct buffer *buffer, const struct lecture *lecture) {
    if (lecture->day.month)
        day_append(buffer, lecture->day, false);
    if (lecture->called)
        buffer_append_format(buffer, lecture->day.month ? " (%ld)" : "lecture %ld",
                             lecture->called);
    else if (!lecture->day.month)
        buffer_append_format(buffer, "\"%.*s\"", SLICE_ARGUMENTS(lecture->title));
}

const char *year_source_name(enum year_source source) {
    static const char *const names[] = {
        [YEAR_UNKNOWN] = "unknown",      [YEAR_CONFIGURATION] = "configuration",
        [YEAR_WRITTEN] = "the schedule", [YEAR_SITE] = "_config.yml",
        [YEAR_WEEKDAY] = "weekdays",     [YEAR_COMMITS] = "commit dates"};
    return names[source];
}
