#include "commands/new_note.h"

#include "base/memory.h"
#include "course/lecture_request.h"
#include "course/note_people.h"
#include "course/skeleton.h"
#include "rules/templates.h"

#include <stdlib.h>
#include <time.h>

/* --- The course --------------------------------------------------------------------------------
 */

static int open_course(struct new_note *note, const char *config_path, struct error *error) {
    struct side_options options = {.worktree = true};
    struct repository *repository = NULL;
    int status = repository_open(&repository, NULL, error);
    if (status == OK && !repository_root(repository))
        options = (struct side_options){.all = true};
    repository_close(repository);
    if (status == OK)
        status = sides_open(&note->sides, &options, &note->verdict, error);
    if (status == OK)
        status =
            settings_open(&note->settings, &note->sides, config_path, NULL, &note->verdict, error);
    if (status != OK)
        return status;
    note->review = settings_review(&note->settings, &note->sides);
    /* Who wrote what and when is not asked. */
    note->review.commits = (struct commit_range){.year = note->review.commits.year};
    site_read(&note->review.head_site, note->review.head);
    status = templates_find(&note->review, &note->verdict, error);
    if (status == OK)
        course_view_read(&note->course, &note->review, note->review.head, &note->review.head_site,
                         &note->verdict);
    struct slice undecided =
        note->course.schedule ? note->course.schedule->undecided : slice_of("");
    if (undecided.size)
        verdict_remark(&note->verdict, &note->verdict.undecided, slice_of(""), undecided);
    return status;
}

/* --- The lecture -------------------------------------------------------------------------------
 */

static bool is_file(const struct new_note *note, struct slice path) {
    return path.size && snapshot_find(note->review.head, path).kind == ENTRY_FILE;
}

/*
 * The note that a lecture has, or an empty path. Without a schedule names tell. `sure`: only what
 * nothing speaks against.
 */
static struct slice find_note(const struct new_note *note, const struct lecture *lecture,
                              bool sure) {
    const struct course_view *course = &note->course;
    const struct lecture *row = lecture->file ? &course->schedule->lectures[lecture->index] : NULL;
    for (size_t i = 0; i < course->note_count; i++) {
        const struct note_lecture *at = &course->notes[i].lecture;
        const struct lecture_claim *name = &at->claims[CLAIM_NAME];
        if (row ? at->lecture == row && (at->sure || !sure)
                : name->day.month && day_same(name->day, lecture->day))
            return course->notes[i].path;
    }
    const struct lecture_link *link = lecture_find_link(lecture, LINK_NOTES);
    return link && !link->placeholder && is_file(note, link->path) ? link->path : slice_of("");
}

static bool has_note(const struct lecture *lecture, const void *context) {
    return find_note(context, lecture, false).size > 0;
}

/* By the clocks of the course where they are known. */
static struct day today(const struct time_zone *zone) {
    time_t now = time(NULL);
    struct tm local = {0};
    if (zone)
        return day_of_serial((long)((now + time_zone_offset(zone, now)) / 86400));
    localtime_r(&now, &local);
    return (struct day){local.tm_year + 1900, (unsigned)local.tm_mon + 1, (unsigned)local.tm_mday};
}

static int set_number(struct new_note *note, struct error *error) {
    char *end;
    long number = strtol(note->number, &end, 10);
    if (*end || number < 1 || number > 9999)
        return error_set(error, STATUS_USAGE, "--number takes a number from 1 on, not \"%s\"",
                         note->number);
    if (note->lecture.number && note->lecture.number != number &&
        note->course.schedule->numbers_run_on)
        return error_set(error, STATUS_USAGE, "the schedule has lecture %ld there, not %ld",
                         note->lecture.number, number);
    note->lecture.number = note->lecture.called = number;
    return OK;
}

static int find_lecture(struct new_note *note, struct error *error) {
    struct lecture_request request = {
        .today = today(note->course.zone), .has_note = has_note, .context = note};
    long year = note->settings.config->course.year;
    request.year = year ? (int)year : request.today.year;
    int status = lecture_request_read(&request, note->asked, error);
    if (status == OK)
        status = lecture_request_find(&note->lecture, &request, note->course.schedule, error);
    return status == OK && note->number ? set_number(note, error) : status;
}

static int refuse_second(const struct new_note *note, struct error *error) {
    struct slice other = find_note(note, &note->lecture, true);
    if (!other.size)
        return OK;
    struct buffer name = BUFFER_EMPTY;
    lecture_append_name(&name, &note->lecture);
    error_set(error, STATUS_USAGE, "%s has a note already: \"%.*s\"", buffer_string(&name),
              SLICE_ARGUMENTS(other));
    buffer_release(&name);
    return STATUS_USAGE;
}

/* --- The place ---------------------------------------------------------------------------------
 */

/* The kind that the course has notes of, else one with a template or a folder, else the first. */
static const struct note_kind *choose_kind(struct new_note *note) {
    const struct config *config = note->settings.config;
    size_t most = 0, best = 0;
    for (size_t i = 0; i < config->note_count; i++) {
        const struct note_kind *kind = &config->notes[i];
        size_t rank = note->review.templates[i].path.size ? 2 : 0;
        for (size_t k = 0; k < kind->files.count; k++)
            rank += kind->folders[k].size &&
                    snapshot_find(note->review.head, kind->folders[k]).kind == ENTRY_FOLDER;
        for (size_t k = 0; k < note->course.note_count; k++)
            rank += note->course.notes[k].kind == kind ? 4 : 0;
        if (rank > most) {
            most = rank;
            best = i;
        }
    }
    if (!most && config->guessed)
        verdict_remark(&note->verdict, &note->verdict.notes, slice_of(""),
                       slice_of("nothing here says where notes belong, so the defaults were taken; "
                                "a " CONFIG_FILE_NAME " says it"));
    return &config->notes[best];
}

/* Nothing may be made below a link, a file or another repository. */
static int check_folders(const struct new_note *note, struct slice path, struct error *error) {
    for (struct slice folder = slice_folder(path); folder.size; folder = slice_folder(folder)) {
        enum entry_kind kind = snapshot_find(note->review.head, folder).kind;
        if (kind != ENTRY_FOLDER && kind != ENTRY_NONE)
            return error_set(error, STATUS_USAGE, "\"%.*s\" is no folder of this repository",
                             SLICE_ARGUMENTS(folder));
    }
    return OK;
}

static int check_place(const struct new_note *note, struct error *error) {
    struct slice path = note->place.path;
    struct buffer spelling = BUFFER_EMPTY;
    bool other_case = snapshot_find_ignoring_case(note->review.head, path, &spelling);
    int status = check_folders(note, path, error);
    if (status == OK && slice_equal(path, note->template->path))
        status = error_set(error, STATUS_USAGE, "\"%.*s\" is the template of the notes",
                           SLICE_ARGUMENTS(path));
    else if (status == OK && (other_case || snapshot_find(note->review.head, path).kind))
        status = error_set(error, STATUS_USAGE, "\"%.*s\" is there already",
                           SLICE_ARGUMENTS(spelling.size ? buffer_slice(&spelling) : path));
    for (size_t i = 0; status == OK && i < note->folder_count; i++) {
        enum entry_kind kind = snapshot_find(note->review.head, note->folders[i]).kind;
        status = check_folders(note, note->folders[i], error);
        if (status == OK && kind != ENTRY_NONE && kind != ENTRY_FOLDER)
            status = error_set(error, STATUS_USAGE, "\"%.*s\" is no folder",
                               SLICE_ARGUMENTS(note->folders[i]));
    }
    buffer_release(&spelling);
    return status;
}

static int find_place(struct new_note *note, struct error *error) {
    const struct config *config = note->settings.config;
    if (!config->note_count)
        return error_set(error, STATUS_USAGE, "this course has no notes: %s has \"notes: []\"",
                         config->name);
    const struct course_view *course = &note->course;
    const struct note_kind *kind = choose_kind(note);
    struct slice *others = arena_allocate(&note->arena, course->note_count + 1, sizeof(*others));
    size_t count = 0;
    for (size_t i = 0; i < course->note_count; i++)
        if (course->notes[i].kind == kind)
            others[count++] = course->notes[i].path;
    note->place = (struct note_place){config, kind, others, count, note->lecture, {0}};
    note->template = review_template(&note->review, kind);
    int status = note_place_find(&note->place, &note->arena, error);
    if (status != OK)
        return status;
    note->is_text = path_is_markdown(note->place.path);
    if (note->is_text)
        note->folder_count = note_place_folders(&note->folders, &note->place, &note->arena);
    return check_place(note, error);
}

/* --- The people --------------------------------------------------------------------------------
 */

static void find_people(struct new_note *note) {
    const struct roster_row *row =
        note->course.roster ? roster_find(note->course.roster, &note->lecture) : NULL;
    people_add(&note->lecturers, note->lecture.speaker, true, &note->arena);
    const struct roster_person *people = row ? row->people : NULL;
    size_t count = row ? row->count : 0;
    if (note->authors.count) {
        people = note->authors.items;
        count = note->authors.count;
    }
    for (size_t i = 0; i < count; i++)
        ARRAY_PUSH(note->scribes.items, note->scribes.count, note->scribes.capacity) = people[i];
}

/* --- The text ----------------------------------------------------------------------------------
 */

/* The newest of the other notes, for what no template says; NULL: none can be read. */
static struct document *read_precedent(const struct new_note *note, struct buffer *content) {
    const struct note_place *place = &note->place;
    struct error ignored = ERROR_NONE;
    struct document *document = NULL;
    struct slice path = place->other_count ? place->others[place->other_count - 1] : slice_of("");
    if (path.size && path_is_markdown(path) &&
        snapshot_read(note->review.head, path, DOCUMENT_MAX_SIZE, content, &ignored) == OK)
        document = document_read(path, buffer_slice(content), &(struct document_options){0});
    error_release(&ignored);
    return document;
}

/* A form that only the defaults ask for, and the course's own notes do not have, is none. */
static struct slice title_form(const struct new_note *note, const struct document *precedent) {
    const struct note_kind *kind = note->place.kind;
    const struct yaml_node *title =
        precedent ? yaml_find(precedent->front_matter.root, "title") : NULL;
    bool contradicted = note->settings.config->guessed && title && kind->title_pattern &&
                        !pattern_matches(kind->title_pattern, slice_trim(title->text));
    return contradicted ? slice_of("") : kind->title_form;
}

/* Keys are kept, and this one would put two pages at one address. */
static void mention_permalink(struct new_note *note) {
    const struct document *template = note->template->document;
    if (template && yaml_find(template->front_matter.root, "permalink"))
        verdict_remark(&note->verdict, &note->verdict.notes, slice_of(""),
                       slice_of("the template has a \"permalink\", which is now the note's, too: "
                                "change it there"));
}

/* A template may name people in a form that is not understood, or not at all. */
static void mention_scribes(struct new_note *note) {
    struct document *document =
        document_read(note->place.path, buffer_slice(&note->text), &(struct document_options){0});
    struct note_people people;
    bool named = false;
    note_people_read(&people, document);
    for (size_t i = 0; i < people.count && note->scribes.count; i++)
        named = named ||
                person_is((struct roster_person){people.items[i].name, people.items[i].account},
                          note->scribes.items[0]);
    if (note->scribes.count && !named)
        verdict_remark(&note->verdict, &note->verdict.notes, slice_of(""),
                       slice_of("the scribes could not be filled in; name them in the note"));
    note_people_release(&people);
    document_free(document);
}

static void mention_number(struct new_note *note) {
    if (note->lecture.file && !note->lecture.number)
        verdict_remark(&note->verdict, &note->verdict.notes, slice_of(""),
                       slice_of("the schedule has no number for this lecture that is its alone; "
                                "--number gives it one"));
}

static void write_text(struct new_note *note) {
    struct buffer content = BUFFER_EMPTY;
    struct document *precedent = read_precedent(note, &content);
    const struct document *template = note->template->document;
    struct skeleton_facts facts = {.kind = note->place.kind,
                                   .title_form = title_form(note, precedent),
                                   .title = note->lecture.title,
                                   .day = note->lecture.day,
                                   .number = note->lecture.number,
                                   .lecturers = note->lecturers,
                                   .scribes = note->scribes,
                                   .precedent = precedent};
    if (note->folder_count)
        facts.images = note->folders[0];
    note->template_is_filled = template && skeleton_fill(&note->text, template, &facts);
    if (!note->template_is_filled) {
        struct slice body = slice_of("");
        if (template)
            body = slice_part(template->source.bytes, template->body_start,
                              template->source.bytes.size);
        skeleton_write(&note->text, &facts, body);
    } else {
        mention_permalink(note);
    }
    mention_scribes(note);
    mention_number(note);
    document_free(precedent);
    buffer_release(&content);
}

/* --- All of it ---------------------------------------------------------------------------------
 */

int new_note_plan(struct new_note *note, const char *config_path, struct error *error) {
    int status = open_course(note, config_path, error);
    if (status == OK)
        status = find_lecture(note, error);
    if (status == OK)
        status = refuse_second(note, error);
    if (status == OK)
        status = find_place(note, error);
    if (status != OK)
        return status;
    find_people(note);
    if (note->is_text)
        write_text(note);
    return OK;
}

bool new_note_due(const struct new_note *note, long long *moment) {
    return note->course.zone &&
           deadline_find(note->settings.config, note->course.zone, &note->lecture, moment);
}

void new_note_release(struct new_note *note) {
    buffer_release(&note->text);
    free(note->authors.items);
    free(note->lecturers.items);
    free(note->scribes.items);
    if (note->course.schedule)
        course_view_release(&note->course);
    templates_release(&note->review);
    site_release(&note->review.head_site);
    verdict_release(&note->verdict);
    settings_release(&note->settings);
    sides_release(&note->sides);
    arena_release(&note->arena);
}
