/* What a note says about its lecture, held against the schedule. */
#include "base/memory.h"
#include "course/lecture_title.h"
#include "document/front_matter.h"
#include "git/content_id.h"
#include "rules/check.h"
#include "rules/course_view.h"
#include "rules/facts.h"

#include <stddef.h>

enum aspect { ASPECT_DATE, ASPECT_NUMBER, ASPECT_LECTURER, ASPECT_TITLE, ASPECT_UNTOLD };

static const char *const aspect_names[] = {"date", "number", "lecturer", "title", "untold", NULL};

struct note_lecture_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct note_lecture_parameters, finds), aspect_names},
    {0}};

static const char *const places[] = {"reason", "nearest",  "source", "number", "expected",
                                     "date",   "schedule", "other",  NULL};

/* Claims of the text have a place in it; those of the name stand for the file. */
static struct span claim_place(const struct subject *subject, enum claim_source source,
                               struct span span) {
    bool in_text = source == CLAIM_FRONT_MATTER || source == CLAIM_TITLE;
    return in_text && subject->document && span.end > span.start ? span : NO_PLACE;
}

static const struct lecture *last_on_site(const struct schedule *schedule) {
    const struct lecture *last = NULL;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (!lecture->hidden && lecture->day.month && lecture->day.year &&
            (!last || day_serial(lecture->day) > day_serial(last->day)))
            last = lecture;
    }
    return last;
}

/* A row of that day on which there is no lecture. */
static const struct lecture *row_without_lecture(const struct schedule *schedule, struct day day) {
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (!lecture->hidden && lecture->status != LECTURE_HELD && lecture->day.month &&
            day_same(lecture->day, day))
            return lecture;
    }
    return NULL;
}

static bool has_day(const struct schedule *schedule, struct day day) {
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (schedule->lectures[i].day.month && !schedule->lectures[i].hidden &&
            schedule->lectures[i].status == LECTURE_HELD &&
            day_same(schedule->lectures[i].day, day))
            return true;
    return false;
}

/*
 * Rows are often added as the course goes on: a day behind the last one is wrong only if the course
 * never meets on its weekday.
 */
static bool may_come_later(const struct schedule *schedule, struct day day) {
    const struct lecture *last = last_on_site(schedule);
    if (!last)
        return true;
    if (!day.year)
        day.year = last->day.year;
    if (!day_exists(day) || day_serial(day) <= day_serial(last->day))
        return false;
    return !schedule->weekdays || schedule->weekdays & 1u << day_weekday(day);
}

static void check_date(const struct rule *rule, const struct subject *subject,
                       const struct note_lecture *at) {
    const struct schedule *schedule = subject->course->schedule;
    static const enum claim_source sources[] = {CLAIM_NAME, CLAIM_FRONT_MATTER};
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        const struct lecture_claim *claim = &at->claims[sources[i]];
        if (!claim->day.month)
            continue;
        if (has_day(schedule, claim->day) || may_come_later(schedule, claim->day))
            return;
        const struct lecture *none = row_without_lecture(schedule, claim->day);
        struct buffer nearest = BUFFER_EMPTY, reason = BUFFER_EMPTY;
        schedule_append_nearest(&nearest, schedule, claim->day);
        if (none && none->title.size)
            buffer_append_format(&reason, " (the schedule has \"%.*s\" there)",
                                 SLICE_ARGUMENTS(none->title));
        struct place named[] = {{"nearest", buffer_slice(&nearest)},
                                {"reason", buffer_slice(&reason)},
                                {"source", slice_of(claim_source_name(sources[i]))}};
        if (nearest.size)
            subject_report(subject, rule, claim_place(subject, sources[i], claim->span),
                           claim->text, named, 3);
        buffer_release(&nearest);
        buffer_release(&reason);
        return; /* one wrong day is enough: the other claims may be copies of it */
    }
}

/* The lecture that a day names: by the file name, or else by the text. */
static const struct lecture *lecture_of_day(const struct schedule *schedule,
                                            const struct note_lecture *at) {
    static const enum claim_source sources[] = {CLAIM_NAME, CLAIM_FRONT_MATTER};
    for (size_t i = 0; i < COUNT_OF(sources); i++)
        if (at->claims[sources[i]].day.month)
            return schedule_find_day(schedule, at->claims[sources[i]].day);
    return NULL;
}

static void check_number(const struct rule *rule, const struct subject *subject,
                         const struct note_lecture *at) {
    const struct schedule *schedule = subject->course->schedule;
    const struct lecture *lecture = lecture_of_day(schedule, at);
    if (!lecture || !lecture->number || !schedule->numbers_run_on)
        return;
    static const enum claim_source sources[] = {CLAIM_NAME, CLAIM_FOLDER, CLAIM_FRONT_MATTER,
                                                CLAIM_TITLE};
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        const struct lecture_claim *claim = &at->claims[sources[i]];
        if (!claim->number || claim->number == lecture->number)
            continue;
        struct buffer number = BUFFER_EMPTY, expected = BUFFER_EMPTY, date = BUFFER_EMPTY;
        buffer_append_format(&number, "%ld", claim->number);
        buffer_append_format(&expected, "%ld", lecture->number);
        day_append(&date, lecture->day, false);
        struct place named[] = {{"number", buffer_slice(&number)},
                                {"expected", buffer_slice(&expected)},
                                {"date", buffer_slice(&date)},
                                {"schedule", lecture->file->path},
                                {"source", slice_of(claim_source_name(sources[i]))}};
        subject_report(subject, rule, claim_place(subject, sources[i], claim->number_span),
                       claim->number_text, named, 5);
        buffer_release(&number);
        buffer_release(&expected);
        buffer_release(&date);
    }
}

/* A list of maps with names, of strings, or one string. */
static struct slice person_name(const struct yaml_node *node) {
    const struct yaml_node *name = node->kind == YAML_SCALAR ? node : yaml_find(node, "name");
    return name && name->kind == YAML_SCALAR ? slice_trim(name->text) : slice_of("");
}

/* "Eric, Maruan and Ben" holds each of them. */
static bool holds_person(struct slice speakers, struct slice name) {
    static const char *const joints[] = {",", ";", "&", "/", " and ", " with "};
    size_t at = 0;
    while (at <= speakers.size) {
        size_t end = speakers.size, width = 1;
        for (size_t i = 0; i < COUNT_OF(joints); i++) {
            size_t found = slice_find(speakers, joints[i], at);
            if (found < end) {
                end = found;
                width = slice_of(joints[i]).size;
            }
        }
        struct slice one = slice_trim(slice_part(speakers, at, end));
        if (one.size && (person_same_name(one, name) || person_maybe_same_name(one, name)))
            return true;
        at = end + width;
    }
    return false;
}

static void check_lecturer(const struct rule *rule, const struct subject *subject,
                           const struct note_lecture *at) {
    const struct lecture *lecture = at->lecture;
    if (!subject->document || !lecture || !at->sure || at->disputed || !lecture->speaker.size)
        return;
    const struct yaml_node *root = subject->document->front_matter.root;
    const struct yaml_node *people = yaml_find(root, "lecturers");
    people = people ? people : yaml_find(root, "lecturer");
    const struct yaml_node *first = NULL;
    size_t count = people && people->kind == YAML_SEQUENCE ? people->item_count : people ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *one = people->kind == YAML_SEQUENCE ? people->items[i] : people;
        struct slice name = person_name(one);
        if (!name.size)
            return;
        if (holds_person(lecture->speaker, name))
            return;
        first = first ? first : one;
    }
    if (!first)
        return;
    const struct yaml_node *name = first->kind == YAML_SCALAR ? first : yaml_find(first, "name");
    struct buffer date = BUFFER_EMPTY;
    day_append(&date, lecture->day, false);
    struct place named[] = {{"expected", lecture->speaker},
                            {"date", buffer_slice(&date)},
                            {"schedule", lecture->file->path}};
    subject_report(subject, rule, document_value_span(subject->document, name), person_name(first),
                   named, 3);
    buffer_release(&date);
}

/* NULL: the front matter has no title that is a text. */
static const struct yaml_node *title_node(const struct front_matter *front_matter) {
    const struct yaml_node *title = yaml_find(front_matter->root, "title");
    return title && title->kind == YAML_SCALAR && !yaml_is_empty(title) ? title : NULL;
}

/* 1: the title of the other note differs from its lecture's, -1: it does not, 0: nobody knows. */
static int other_differs(const struct subject *subject, const struct course_note *note) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    struct arena arena = ARENA_EMPTY;
    struct front_matter front_matter = {0};
    int answer = 0;
    if (path_is_markdown(note->path) &&
        snapshot_read(subject->snapshot, note->path, DOCUMENT_MAX_SIZE, &content, &error) == OK) {
        front_matter_read(&front_matter, buffer_slice(&content), &arena);
        const struct yaml_node *title = title_node(&front_matter);
        if (title)
            answer = lecture_title_differs(note->lecture.lecture, title->text) ? 1 : -1;
    }
    arena_release(&arena);
    error_release(&error);
    buffer_release(&content);
    return answer;
}

/* Where scribes find titles of their own, nobody wants to hear of it. */
static bool titles_often_differ(const struct subject *subject) {
    enum { MOST_NOTES = 12, MANY = 4 };
    const struct course_view *course = subject->course;
    size_t looked_at = 0, alike = 0, different = 0;
    for (size_t i = course->note_count; i-- > 0 && looked_at < MOST_NOTES;) {
        const struct course_note *note = &course->notes[i];
        if (!note->lecture.sure || note->kind != subject->note ||
            slice_equal(note->path, subject->path))
            continue;
        int answer = other_differs(subject, note);
        looked_at++;
        different += answer > 0;
        alike += answer < 0;
    }
    return MANY * different > alike;
}

/* `title` stands at `place` in the note, whatever kind of document that is. */
static void report_title(const struct rule *rule, const struct subject *subject,
                         const struct lecture *lecture, struct slice title, struct span place) {
    const struct schedule *schedule = subject->course->schedule;
    const struct lecture *other = lecture_title_find_other(schedule, lecture, title);
    struct buffer date = BUFFER_EMPTY, whose = BUFFER_EMPTY;
    lecture_append_brief(&date, lecture);
    if (other) {
        buffer_append_string(&whose, "; it is the title of ");
        lecture_append_brief(&whose, other);
    }
    struct place named[] = {{"expected", lecture->title},
                            {"date", buffer_slice(&date)},
                            {"schedule", lecture->file->path},
                            {"other", buffer_slice(&whose)}};
    subject_report(subject, rule, place, title, named, COUNT_OF(named));
    buffer_release(&date);
    buffer_release(&whose);
}

static void check_own_title(const struct rule *rule, const struct subject *subject,
                            const struct note_lecture *at) {
    const struct yaml_node *title =
        subject->document ? title_node(&subject->document->front_matter) : NULL;
    if (title && at->lecture && at->sure && lecture_title_differs(at->lecture, title->text) &&
        !titles_often_differ(subject))
        report_title(rule, subject, at->lecture, title->text,
                     document_value_span(subject->document, title));
}

/* What a day says is judged as such, and an empty file is no note yet. */
static bool is_untold(const struct subject *subject, const struct note_lecture *at) {
    const struct change *change = subject->change;
    bool comes = change && subject->side == SIDE_HEAD &&
                 (change->kind == CHANGE_ADDED || change->kind == CHANGE_RENAMED) &&
                 !content_is_empty(change->head_id);
    return comes && !(at->lecture && at->sure) && !at->claims[CLAIM_NAME].day.month &&
           !at->claims[CLAIM_FRONT_MATTER].day.month;
}

/* Without it neither link nor deadline nor name can be checked: that must not look clean. */
static void check_untold(const struct rule *rule, const struct subject *subject,
                         const struct note_lecture *at) {
    const struct schedule *schedule = subject->course->schedule;
    struct buffer reason = BUFFER_EMPTY;
    if (!is_untold(subject, at))
        return;
    for (size_t i = 0; i < CLAIM_COUNT && !reason.size; i++)
        if (at->claims[i].number && !schedule->numbers_run_on)
            buffer_append_format(&reason,
                                 ": the schedule's numbers begin anew, so \"%.*s\" may be several",
                                 SLICE_ARGUMENTS(at->claims[i].number_text));
    struct place named = {"reason", buffer_slice(&reason)};
    subject_report(subject, rule, NO_PLACE, subject->path, &named, 1);
    buffer_release(&reason);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct note_lecture_parameters *own = rule->parameters;
    if (!subject->course || !subject->note || !subject->course->schedule->lecture_count)
        return;
    struct note_lecture at = *subject_lecture(subject);
    switch ((enum aspect)own->finds) {
    case ASPECT_DATE:
        check_date(rule, subject, &at);
        break;
    case ASPECT_NUMBER:
        check_number(rule, subject, &at);
        break;
    case ASPECT_LECTURER:
        check_lecturer(rule, subject, &at);
        break;
    case ASPECT_TITLE:
        check_own_title(rule, subject, &at);
        break;
    case ASPECT_UNTOLD:
        check_untold(rule, subject, &at);
        break;
    }
}

const struct check check_note_lecture = {.name = "note-lecture",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct note_lecture_parameters),
                                         .places = places,
                                         .takes_document = true,
                                         .needs_course = true,
                                         .run = run};
