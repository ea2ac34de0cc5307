/* Whether a note came in time: by the author dates of the commits that touch it. */
#include "base/memory.h"
#include "rules/check.h"
#include "rules/course_view.h"
#include "rules/facts.h"
#include "rules/review.h"

#include <stddef.h>

enum lateness { LATE_FIRST, LATE_REVISION };

static const char *const lateness_names[] = {"late", "late-revision", NULL};

struct deadline_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct deadline_parameters, finds), lateness_names},
    {0}};

static const char *const places[] = {"lecture", "due", "first", "last", "late", NULL};

static bool stands_at_base(const struct subject *subject) {
    const struct snapshot *base = subject->review->base;
    return base && snapshot_find(base, subject->base_path).kind == ENTRY_FILE;
}

static void report(const struct rule *rule, const struct subject *subject,
                   const struct lecture *lecture, const struct file_history *history,
                   long long due) {
    const struct time_zone *zone = subject->course->zone;
    const struct deadline_parameters *own = rule->parameters;
    long long first = history->touches[0].when;
    long long last = history->touches[history->count - 1].when;
    struct buffer texts[5] = {{0}};
    day_append(&texts[0], lecture->day, true);
    time_zone_append(&texts[1], zone, due);
    time_zone_append(&texts[2], zone, first);
    time_zone_append(&texts[3], zone, last);
    duration_append(&texts[4], (own->finds == LATE_FIRST ? first : last) - due);
    struct place named[COUNT_OF(texts)];
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        named[i] = (struct place){places[i], buffer_slice(&texts[i])};
    subject_report(subject, rule, NO_PLACE, subject->path, named, COUNT_OF(named));
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        buffer_release(&texts[i]);
}

/*
 * What a review asked for after the deadline is no late submission: of a note that was there, or
 * whose first version came in time, later versions are revisions.
 */
static void run(const struct rule *rule, struct subject *subject) {
    const struct deadline_parameters *own = rule->parameters;
    const struct course_view *course = subject->course;
    long long due;
    if (!course || !subject->note || !course->zone || !course->history ||
        subject->side != SIDE_HEAD || (subject->change && subject->change->kind == CHANGE_DELETED))
        return;
    const struct file_history *history = history_find(course->history, subject->path);
    struct note_lecture at = *subject_lecture(subject);
    if (!history || !history->count || !at.lecture || !at.sure ||
        !deadline_find(subject->config, course->zone, at.lecture, &due))
        return;
    bool is_revision = stands_at_base(subject) || history->touches[0].when <= due;
    bool is_late = history->touches[history->count - 1].when > due;
    if (is_late && is_revision == (own->finds == LATE_REVISION))
        report(rule, subject, at.lecture, history, due);
}

const struct check check_note_deadline = {.name = "note-deadline",
                                          .parameters = parameters,
                                          .parameters_size = sizeof(struct deadline_parameters),
                                          .places = places,
                                          .about_changes = true,
                                          .takes_document = true,
                                          .needs_course = true,
                                          .run = run};
