/* What a pull request that brings a note may touch. */
#include "course/lecture_request.h"
#include "rules/check.h"
#include "rules/link_change.h"
#include "rules/review.h"

#include <stddef.h>

enum problem { PROBLEM_OUTSIDE, PROBLEM_TEMPLATE, PROBLEM_OTHER_NOTE };

static const char *const problem_names[] = {"outside", "template", "other-note", NULL};

struct scope_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct scope_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"action", "base", "lecture", "other", NULL};

static const char *action_of(const struct change *change) {
    switch (change->kind) {
    case CHANGE_ADDED:
        return "added";
    case CHANGE_DELETED:
        return "deleted";
    case CHANGE_RENAMED:
        return "renamed";
    case CHANGE_MODIFIED:
        break;
    }
    return "changed";
}

/* The template itself, or what belongs to it, under the name it has at the base. */
static bool changes_template(const struct review *review, const struct change *change) {
    if (change->blank_only || change->kind == CHANGE_ADDED)
        return false;
    return review_is_template(review, change->old_path) ||
           glob_list_matches(&review->assets.template, change->old_path);
}

/* Only a change that brings or touches a note is held to this: staff may touch anything. */
static bool is_outside(const struct review *review, struct slice path) {
    size_t notes = review->assets.note_count;
    return notes && notes <= ASSETS_MOST_NOTES && !review_note_kind(review, path) &&
           !glob_list_matches(&review->config->allow, path) &&
           !glob_list_matches(&review->assets.touched, path);
}

/* The commit that has the file as it was, short enough to type. */
static struct slice base_name(const struct subject *subject) {
    const char *name = subject->verdict->base;
    return slice_part(slice_of(name ? name : "HEAD"), 0, 10);
}

static void report(const struct rule *rule, const struct subject *subject, struct slice path) {
    struct subject about = *subject;
    struct place named[] = {{"action", slice_of(action_of(subject->change))},
                            {"base", base_name(subject)}};
    about.path = path;
    subject_report(&about, rule, NO_PLACE, path, named, 2);
}

static const struct lecture *lecture_of(const struct subject *subject, struct slice path) {
    if (!path.size || !review_note_kind(subject->review, path))
        return NULL;
    struct note_lecture at = note_lecture_find(subject->course->schedule, path, NULL);
    return at.sure ? at.lecture : NULL;
}

/* The lecture that gets a note, under a name that another lecture's note may have had. */
static const struct lecture *brought_lecture(const struct subject *subject,
                                             const struct change *change) {
    if (change->kind != CHANGE_ADDED && change->kind != CHANGE_RENAMED)
        return NULL;
    const struct lecture *now = lecture_of(subject, change->path);
    bool stays = change->kind == CHANGE_RENAMED && now == lecture_of(subject, change->old_path);
    return stays ? NULL : now;
}

/*
 * A scribe who brings the note of one lecture has no business in that of another. A note that goes
 * while one of its own lecture comes is a new version.
 */
static void check_other_note(const struct rule *rule, const struct subject *subject) {
    const struct change_set *changes = subject->review->changes;
    const struct change *change = subject->change;
    const struct lecture *own = subject->course ? lecture_of(subject, change->old_path) : NULL;
    const struct lecture *other = NULL;
    if (!own || change->kind == CHANGE_ADDED || change->blank_only ||
        subject->review->assets.note_count > ASSETS_MOST_NOTES)
        return;
    for (size_t i = 0; i < changes->count; i++) {
        const struct lecture *brought = brought_lecture(subject, &changes->changes[i]);
        if (brought == own)
            return;
        other = other ? other : brought;
    }
    if (!other)
        return;
    struct subject about = *subject;
    struct buffer names[2] = {{0}};
    lecture_append_name(&names[0], own);
    lecture_append_name(&names[1], other);
    struct place named[] = {{"action", slice_of(action_of(change))},
                            {"base", base_name(subject)},
                            {"lecture", buffer_slice(&names[0])},
                            {"other", buffer_slice(&names[1])}};
    about.path = change->old_path;
    subject_report(&about, rule, NO_PLACE, change->old_path, named, 4);
    buffer_release(&names[0]);
    buffer_release(&names[1]);
}

/* What was renamed away is reported where it was: there it is missed. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct scope_parameters *own = rule->parameters;
    const struct change *change = subject->change;
    if (own->finds == PROBLEM_OTHER_NOTE)
        check_other_note(rule, subject);
    bool template = changes_template(subject->review, change);
    if (own->finds == PROBLEM_TEMPLATE && template)
        report(rule, subject, change->old_path);
    /* Without a configuration nobody knows where the course keeps what its notes bring along. */
    bool guess = subject->review->config->guessed && change->kind == CHANGE_ADDED;
    if (own->finds != PROBLEM_OUTSIDE || template || guess)
        return;
    if (is_outside(subject->review, change->path) && links_notes_only(subject))
        return;
    if (is_outside(subject->review, change->path))
        report(rule, subject, change->path);
    else if (change->kind == CHANGE_RENAMED && is_outside(subject->review, change->old_path))
        report(rule, subject, change->old_path);
}

const struct check check_change_scope = {.name = "change-scope",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct scope_parameters),
                                         .places = places,
                                         .about_changes = true,
                                         .needs_course = true,
                                         .run = run};
