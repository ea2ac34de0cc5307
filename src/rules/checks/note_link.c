/* Whether a note and its lecture's row in the schedule know of each other. */
#include "course/arrival.h"
#include "course/landing.h"
#include "course/schedule_link.h"
#include "rules/check.h"
#include "rules/course_view.h"
#include "rules/facts.h"
#include "rules/note_form.h"
#include "rules/review.h"

#include <stddef.h>

enum problem { PROBLEM_UNLINKED, PROBLEM_ELSEWHERE, PROBLEM_ROW, PROBLEM_RENAMED };

static const char *const problem_names[] = {"unlinked", "elsewhere", "row", "renamed", NULL};

struct note_link_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct note_link_parameters, finds), problem_names},
    {0}};

static const char *const places[] = {"lecture", "row", "text", "other", "note", "remedy", NULL};

static void append_row(struct buffer *buffer, const struct lecture *lecture) {
    buffer_append_format(buffer, "%.*s:%zu", SLICE_ARGUMENTS(lecture->file->path),
                         source_line(&lecture->file->source, lecture->row.start));
}

static bool stands(const struct subject *subject, struct slice path) {
    return path.size && snapshot_find(subject->snapshot, path).kind == ENTRY_FILE;
}

static bool is_linked(const struct lecture *lecture, struct slice path) {
    for (size_t i = 0; i < lecture->link_count; i++)
        if (slice_equal(lecture->links[i].path, path))
            return true;
    return false;
}

/* The row of another lecture that links the note, or NULL. */
static const struct lecture *linked_elsewhere(const struct subject *subject,
                                              const struct lecture *lecture, struct slice path) {
    const struct schedule *schedule = subject->course->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *other = &schedule->lectures[i];
        if (other != lecture && !other->hidden && is_linked(other, path))
            return other;
    }
    return NULL;
}

/* A link to notes that leads somewhere: to another file, or out of the repository. */
static bool links_other_note(const struct subject *subject, const struct lecture *lecture) {
    const struct lecture_link *link = lecture_find_link(lecture, LINK_NOTES);
    return link && !link->placeholder &&
           (link->external || !link->path.size || stands(subject, link->path));
}

/* A `permalink:` that the page keeps under another name. */
static bool has_own_address(const struct subject *subject) {
    return subject->document && yaml_find(subject->document->front_matter.root, "permalink");
}

/*
 * What makes the row link the note, its text appended to `text`; false: the course's way can't be
 * told, or the page is elsewhere. `stands` is where the note is before it is renamed to `note`.
 */
static bool find_link_edit(struct edit *edit, struct buffer *text, const struct subject *subject,
                           const struct lecture *lecture, struct slice note, struct slice stands) {
    struct note_page page = {subject->site, subject->snapshot, slice_of("")};
    const struct site_page *found = site_find_page(subject->site, subject->snapshot, stands);
    bool is_renamed = !slice_equal(note, stands);
    page.url = found ? found->url : page.url;
    *edit = (struct edit){.kind = EDIT_REPLACE, .path = lecture->file->path};
    if (!schedule_link_note(subject->course->schedule, lecture, note,
                            is_renamed && !has_own_address(subject) ? NULL : &page, &edit->span,
                            text))
        return false;
    edit->text = buffer_slice(text);
    edit->before = slice_part(lecture->file->source.bytes, edit->span.start, edit->span.end);
    return true;
}

/* The one note that is surely of this lecture; NULL when there is none, or several. */
static const struct course_note *only_note(const struct course_view *course,
                                           const struct lecture *lecture) {
    const struct course_note *found = NULL;
    for (size_t i = 0; i < course->note_count; i++) {
        const struct course_note *note = &course->notes[i];
        if (!note->lecture.sure || note->lecture.lecture != lecture)
            continue;
        if (found)
            return NULL;
        found = note;
    }
    return found;
}

/* The row has the name already that note-name asks for. */
static bool links_last_name(const struct subject *subject, const struct lecture *lecture,
                            struct slice note) {
    struct buffer last = BUFFER_EMPTY;
    bool links =
        note_waits_for_name(&last, subject, note) && is_linked(lecture, buffer_slice(&last));
    buffer_release(&last);
    return links;
}

/* What fix writes for a note that it renames before. */
static void append_last_text(struct buffer *text, const struct subject *subject,
                             const struct lecture *lecture, struct slice note) {
    struct buffer last = BUFFER_EMPTY;
    struct edit edit;
    bool waits = note_waits_for_name(&last, subject, note);
    find_link_edit(&edit, text, subject, lecture, waits ? buffer_slice(&last) : note, note);
    buffer_release(&last);
}

static void check_unlinked(const struct rule *rule, const struct subject *subject,
                           const struct lecture *lecture) {
    const struct change *change = subject->change;
    bool is_new = change && (change->kind == CHANGE_ADDED || change->kind == CHANGE_RENAMED);
    /* Of two notes nobody knows which to link. */
    const struct course_note *only = only_note(subject->course, lecture);
    if (!is_new || !only || !slice_equal(only->path, subject->path) || subject->side != SIDE_HEAD ||
        is_linked(lecture, subject->path) || links_other_note(subject, lecture) ||
        linked_elsewhere(subject, lecture, subject->path) ||
        links_last_name(subject, lecture, subject->path))
        return;
    struct buffer name = BUFFER_EMPTY, row = BUFFER_EMPTY, text = BUFFER_EMPTY;
    struct buffer remedy = BUFFER_EMPTY, shown = BUFFER_EMPTY;
    struct edit edit;
    bool disputed = subject_lecture(subject)->disputed;
    bool can_link =
        !disputed && find_link_edit(&edit, &text, subject, lecture, subject->path, subject->path);
    if (!disputed)
        append_last_text(&shown, subject, lecture, subject->path);
    lecture_append_brief(&name, lecture);
    append_row(&row, lecture);
    /* Without quotes: in a data file the text has its own. */
    buffer_append_string(&remedy, can_link ? "; scribelint fix writes there: " : "");
    buffer_append_slice(&remedy, slice_trim(buffer_slice(&shown)));
    struct place named[] = {{"lecture", buffer_slice(&name)},
                            {"row", buffer_slice(&row)},
                            {"text", slice_trim(buffer_slice(&shown))},
                            {"remedy", buffer_slice(&remedy)}};
    struct finding *finding = subject_report(subject, rule, NO_PLACE, subject->path, named, 4);
    if (can_link)
        finding_add_edit(subject->findings, finding, &edit);
    buffer_release(&name);
    buffer_release(&row);
    buffer_release(&text);
    buffer_release(&remedy);
    buffer_release(&shown);
}

/* Which of the two is right, the name or the row, nobody can tell from here. */
static void check_elsewhere(const struct rule *rule, const struct subject *subject,
                            const struct lecture *lecture) {
    const struct lecture *other = linked_elsewhere(subject, lecture, subject->path);
    if (!other || is_linked(lecture, subject->path))
        return;
    struct buffer name = BUFFER_EMPTY, wrong = BUFFER_EMPTY, row = BUFFER_EMPTY;
    lecture_append_brief(&name, lecture);
    lecture_append_brief(&wrong, other);
    append_row(&row, other);
    struct place named[] = {{"lecture", buffer_slice(&name)},
                            {"other", buffer_slice(&wrong)},
                            {"row", buffer_slice(&row)}};
    subject_report(subject, rule, NO_PLACE, subject->path, named, 3);
    buffer_release(&name);
    buffer_release(&wrong);
    buffer_release(&row);
}

static struct span row_place(const struct lecture *lecture) {
    const struct lecture_link *link = lecture_find_link(lecture, LINK_NOTES);
    if (link && link->span.end > link->span.start)
        return link->span;
    return lecture->title_span.end > lecture->title_span.start ? lecture->title_span
                                                               : lecture->date_span;
}

/* The change brings the note and breaks no link to another: that is said at the note itself. */
static bool is_said_at_note(const struct subject *subject, const struct lecture *lecture,
                            struct slice path) {
    const struct change_set *changes = subject->review->changes;
    const struct change *change = changes ? change_set_find(changes, path) : NULL;
    const struct lecture_link *link = lecture_find_link(lecture, LINK_NOTES);
    return change && (change->kind == CHANGE_ADDED || change->kind == CHANGE_RENAMED) &&
           (!link || link->placeholder);
}

static void check_rows(const struct rule *rule, const struct subject *subject) {
    const struct schedule *schedule = subject->course->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (!slice_equal(lecture->file->path, subject->path) || lecture->hidden ||
            lecture->status != LECTURE_HELD || links_other_note(subject, lecture))
            continue;
        const struct course_note *note = only_note(subject->course, lecture);
        if (!note || is_linked(lecture, note->path) ||
            linked_elsewhere(subject, lecture, note->path) ||
            is_said_at_note(subject, lecture, note->path) ||
            links_last_name(subject, lecture, note->path))
            continue;
        struct buffer name = BUFFER_EMPTY, text = BUFFER_EMPTY;
        struct edit edit;
        lecture_append_brief(&name, lecture);
        bool can_link = !note->lecture.disputed &&
                        find_link_edit(&edit, &text, subject, lecture, note->path, note->path);
        struct place named[] = {
            {"lecture", buffer_slice(&name)},
            {"note", note->path},
            {"remedy", slice_of(can_link ? ": scribelint fix --all writes it here" : " here")}};
        struct finding *finding =
            subject_report(subject, rule, row_place(lecture), note->path, named, 3);
        if (can_link)
            finding_add_edit(subject->findings, finding, &edit);
        buffer_release(&name);
        buffer_release(&text);
    }
}

/* The new name of the note that was at `path` until the change renamed it; empty: there is none. */
static struct slice new_name(const struct subject *subject, struct slice path) {
    const struct change_set *changes = subject->review->changes;
    for (size_t i = 0; path.size && i < changes->count; i++) {
        const struct change *change = &changes->changes[i];
        if (change->kind == CHANGE_RENAMED && slice_equal(change->old_path, path) &&
            review_note_kind(subject->review, path) && !stands(subject, path))
            return change->path;
    }
    return slice_of("");
}

static void report_renamed(const struct rule *rule, const struct subject *subject,
                           struct span destination, struct slice old) {
    struct slice new = new_name(subject, old);
    struct buffer text = BUFFER_EMPTY;
    if (!new.size)
        return;
    /* Where note-name renames it again, the link has to wait for its last name. */
    struct buffer last = BUFFER_EMPTY;
    bool waits = note_waits_for_name(&last, subject, new);
    bool is_back = waits && slice_equal(buffer_slice(&last), old);
    struct edit edit = {.kind = EDIT_REPLACE, .path = subject->path, .span = destination};
    edit.before = document_text(subject->document, destination);
    bool can_write = !waits && destination_rename(&text, edit.before, old, new);
    const char *remedy = can_write ? "link the new name (scribelint fix writes it)"
                         : is_back ? "give the note its old name again, as note-name says"
                         : waits   ? "link the name that note-name asks for (scribelint fix does)"
                                   : "link the new name";
    struct place named[] = {{"note", new}, {"remedy", slice_of(remedy)}};
    struct finding *finding = subject_report(subject, rule, destination, old, named, 2);
    edit.text = buffer_slice(&text);
    if (can_write)
        finding_add_edit(subject->findings, finding, &edit);
    buffer_release(&last);
    buffer_release(&text);
}

/* What the row's link at this place of the file means by the schedule; empty: there is none. */
static struct slice row_path(const struct subject *subject, struct span destination) {
    const struct schedule *schedule = subject->course->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (!slice_equal(lecture->file->path, subject->path) || lecture->hidden)
            continue;
        for (size_t k = 0; k < lecture->link_count; k++)
            if (lecture->links[k].destination_span.start == destination.start)
                return lecture->links[k].path;
    }
    return slice_of("");
}

/* By where it leads on the site; what nobody pastes as far as can be seen, by the schedule. */
static void check_renamed_in_page(const struct rule *rule, const struct subject *subject) {
    const struct document *document = subject->document;
    bool is_hidden = subject_landing(subject)->kind == LANDING_HIDDEN;
    for (size_t i = 0; i < document->link_count; i++) {
        const struct link *link = &document->links[i];
        const struct arrival *arrival = subject_arrival(subject, link);
        struct slice old = arrival->target;
        if (is_hidden || arrival->kind != ARRIVAL_NOTHING || !new_name(subject, old).size)
            old = row_path(subject, link->destination_span);
        if (link->has_place && link->destination_span.end > link->destination_span.start)
            report_renamed(rule, subject, link->destination_span, old);
    }
}

static void check_renamed_in_rows(const struct rule *rule, const struct subject *subject) {
    const struct schedule *schedule = subject->course->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (!slice_equal(lecture->file->path, subject->path) || lecture->hidden)
            continue;
        for (size_t k = 0; k < lecture->link_count; k++)
            report_renamed(rule, subject, lecture->links[k].destination_span,
                           lecture->links[k].path);
    }
}

/* Only a change can tell a new name from an old one; pages of the base had the note. */
static void check_renamed(const struct rule *rule, const struct subject *subject) {
    const struct change_set *changes = subject->review->changes;
    bool any = false;
    for (size_t i = 0; changes && i < changes->count; i++)
        any = any || changes->changes[i].kind == CHANGE_RENAMED;
    if (!any || !subject->document || subject->side != SIDE_HEAD)
        return;
    if (subject->document->kind == DOCUMENT_MARKDOWN)
        check_renamed_in_page(rule, subject);
    else
        check_renamed_in_rows(rule, subject);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct note_link_parameters *own = rule->parameters;
    if (!subject->course)
        return;
    if (own->finds == PROBLEM_ROW) {
        if (subject->document)
            check_rows(rule, subject);
        return;
    }
    if (own->finds == PROBLEM_RENAMED)
        check_renamed(rule, subject);
    if (!subject->note || own->finds == PROBLEM_RENAMED ||
        !subject->course->schedule->lecture_count)
        return;
    const struct note_lecture *at = subject_lecture(subject);
    if (!at->lecture || !at->sure || at->source == CLAIM_LINK || at->lecture->hidden)
        return;
    if (own->finds == PROBLEM_UNLINKED)
        check_unlinked(rule, subject, at->lecture);
    else
        check_elsewhere(rule, subject, at->lecture);
}

const struct check check_note_link = {.name = "note-link",
                                      .parameters = parameters,
                                      .parameters_size = sizeof(struct note_link_parameters),
                                      .places = places,
                                      .takes_document = true,
                                      .needs_course = true,
                                      .run = run};
