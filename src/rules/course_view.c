#include "rules/course_view.h"

#include "base/memory.h"
#include "rules/review.h"

#include <stdlib.h>
#include <string.h>

enum { ROSTER_MAX_SIZE = 4 * 1024 * 1024 };

struct note_search {
    struct course_view *view;
    const struct course_view *first; /* with the same schedule; may be NULL */
    const struct review *review;
    size_t capacity;
};

static bool visit_note(struct slice path, const struct entry *entry, void *context) {
    struct note_search *search = context;
    struct course_view *view = search->view;
    if (entry->kind != ENTRY_FILE)
        return true;
    /* Kind and lecture follow from the path: nearly all notes stand on both sides. */
    const struct course_note *known = search->first ? course_view_find(search->first, path) : NULL;
    const struct note_kind *kind = known ? known->kind : review_note_kind(search->review, path);
    if (!kind)
        return true;
    struct course_note *note = &ARRAY_PUSH(view->notes, view->note_count, search->capacity);
    *note = (struct course_note){.path = arena_copy(&view->arena, path), .kind = kind};
    note->lecture = known ? known->lecture : note_lecture_find(view->schedule, note->path, NULL);
    memcpy(note->blob_id, entry->blob_id, sizeof(note->blob_id));
    return true;
}

static int order_notes(const void *left, const void *right) {
    const struct course_note *a = left, *b = right;
    return slice_compare(a->path, b->path);
}

static int order_by_content(const void *left, const void *right) {
    const struct course_note *a = *(const struct course_note *const *)left;
    const struct course_note *b = *(const struct course_note *const *)right;
    int order = strcmp(a->blob_id, b->blob_id);
    return order ? order : slice_compare(a->path, b->path);
}

static void sort_by_content(struct course_view *view) {
    view->by_content = arena_allocate(&view->arena, view->note_count, sizeof(*view->by_content));
    for (size_t i = 0; i < view->note_count; i++)
        view->by_content[i] = &view->notes[i];
    if (view->note_count)
        qsort(view->by_content, view->note_count, sizeof(*view->by_content), order_by_content);
}

static bool is_within(struct slice path, struct slice folder) {
    return !folder.size || slice_equal(path, folder) ||
           (path.size > folder.size && path.data[folder.size] == '/' &&
            slice_equal(slice_part(path, 0, folder.size), folder));
}

/* Each folder once, and none that lies in another one. */
static size_t choose_folders(struct slice *folders, const struct config *config) {
    size_t count = 0;
    for (size_t i = 0; i < config->note_count; i++) {
        for (size_t k = 0; k < config->notes[i].files.count; k++) {
            struct slice folder = config->notes[i].folders[k];
            size_t kept = 0;
            bool known = false;
            for (size_t m = 0; m < count; m++)
                known = known || is_within(folder, folders[m]);
            for (size_t m = 0; !known && m < count; m++)
                if (!is_within(folders[m], folder))
                    folders[kept++] = folders[m];
            if (!known) {
                folders[kept] = folder;
                count = kept + 1;
            }
        }
    }
    return count;
}

/* Only folders where notes can be are walked: a repository may hold a hundred thousand files. */
static void find_notes(struct course_view *view, const struct course_view *first,
                       const struct review *review, const struct snapshot *snapshot,
                       struct verdict *verdict) {
    struct note_search search = {view, first, review, 0};
    size_t globs = 0;
    for (size_t i = 0; i < review->config->note_count; i++)
        globs += review->config->notes[i].files.count;
    struct slice *folders = arena_allocate(&view->arena, globs, sizeof(*folders));
    size_t count = choose_folders(folders, review->config);
    for (size_t i = 0; i < count; i++) {
        struct error error = ERROR_NONE;
        if (snapshot_walk(snapshot, folders[i], visit_note, &search, &error) != OK)
            verdict_remark(verdict, &verdict->undecided, folders[i],
                           slice_of(error_message(&error)));
        error_release(&error);
    }
    if (view->note_count)
        qsort(view->notes, view->note_count, sizeof(*view->notes), order_notes);
    sort_by_content(view);
    name_habits_learn(&view->habits, view->notes, view->note_count, &view->arena);
}

static void read_roster(struct course_view *view, const struct review *review,
                        const struct snapshot *snapshot, struct verdict *verdict) {
    struct slice path = review->config->roster.file;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    /* Who is on the list must not be up to the change under review. */
    const struct snapshot *trusted = review->base ? review->base : snapshot;
    if (!path.size)
        return;
    int status = snapshot_read(trusted, path, ROSTER_MAX_SIZE, &content, &error);
    if (status == OK)
        status =
            roster_read(&view->roster, arena_format(&view->arena, "%.*s", SLICE_ARGUMENTS(path)),
                        buffer_slice(&content), review->config, &error);
    const char *reason = status == STATUS_NOT_FOUND   ? "the configured roster is not there"
                         : status == STATUS_TOO_LARGE ? "the roster is larger than 4 MB"
                                                      : error_message(&error);
    if (status != OK)
        verdict_remark(verdict, &verdict->undecided, path, slice_of(reason));
    buffer_release(&content);
    error_release(&error);
}

static bool wants_note(struct slice path, void *context) {
    return review_note_kind(context, path) != NULL;
}

/* Who wrote what matters for deadlines and scribes only, and reading it is slow. */
static void read_history(struct course_view *view, const struct review *review,
                         struct verdict *verdict) {
    const struct commit_range *commits = &review->commits;
    const struct config *config = review->config;
    struct error error = ERROR_NONE;
    if (!commits->repository || !commits->head ||
        !(config->deadline.is_set || config->roster.file.size))
        return;
    if (history_read(&view->history, commits->repository, commits->head, commits->base, wants_note,
                     (void *)review, &error) != OK)
        verdict_remark(verdict, &verdict->undecided, slice_of(""), slice_of(error_message(&error)));
    error_release(&error);
}

static void open_zone(struct course_view *view, const struct review *review,
                      struct verdict *verdict) {
    const struct config *config = review->config;
    struct error error = ERROR_NONE;
    if (!config->deadline.is_set)
        return;
    const char *name =
        config->course.timezone.size
            ? arena_format(&view->arena, "%.*s", SLICE_ARGUMENTS(config->course.timezone))
            : "UTC";
    if (time_zone_open(&view->zone, name, &error) != OK)
        verdict_remark(verdict, &verdict->undecided, slice_of(CONFIG_FILE_NAME),
                       slice_of(error_message(&error)));
    error_release(&error);
}

void course_view_read(struct course_view *view, const struct review *review,
                      const struct snapshot *snapshot, const struct site *site,
                      struct verdict *verdict) {
    *view = (struct course_view){0};
    view->schedule = schedule_read(snapshot, review->config, site, review->commits.year);
    /* Commands that look at no rule say it in their own words. */
    if (review->knows_course && view->schedule->undecided.size)
        verdict_remark(verdict, &verdict->undecided, slice_of(""), view->schedule->undecided);
    find_notes(view, NULL, review, snapshot, verdict);
    read_roster(view, review, snapshot, verdict);
    open_zone(view, review, verdict);
    read_history(view, review, verdict);
}

void course_view_read_other(struct course_view *view, const struct course_view *first,
                            bool same_schedule, const struct review *review,
                            const struct snapshot *snapshot, const struct site *site,
                            struct verdict *verdict) {
    *view = (struct course_view){.borrows_schedule = same_schedule,
                                 .borrows_people = true,
                                 .roster = first->roster,
                                 .zone = first->zone,
                                 .history = first->history};
    view->schedule = same_schedule
                         ? first->schedule
                         : schedule_read(snapshot, review->config, site, review->commits.year);
    find_notes(view, same_schedule ? first : NULL, review, snapshot, verdict);
}

void course_view_release(struct course_view *view) {
    if (!view->borrows_schedule)
        schedule_free(view->schedule);
    if (!view->borrows_people) {
        roster_free(view->roster);
        time_zone_close(view->zone);
        history_free(view->history);
    }
    free(view->notes);
    arena_release(&view->arena);
    *view = (struct course_view){0};
}

bool course_view_has_rows(const struct course_view *view, struct slice path) {
    return schedule_has_file(view->schedule, path);
}

const struct course_note *course_view_find(const struct course_view *view, struct slice path) {
    const struct course_note wanted = {.path = path};
    return view->note_count
               ? bsearch(&wanted, view->notes, view->note_count, sizeof(*view->notes), order_notes)
               : NULL;
}

const struct course_note *const *course_view_same(const struct course_view *view,
                                                  const struct course_note *note, size_t *count) {
    size_t low = 0, high = view->note_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(view->by_content[middle]->blob_id, note->blob_id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (high < view->note_count && !strcmp(view->by_content[high]->blob_id, note->blob_id))
        high++;
    *count = high - low;
    return view->by_content + low;
}
