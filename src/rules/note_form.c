#include "rules/note_form.h"

#include "config/name_form.h"
#include "course/lecture_claim.h"
#include "course/name_forms.h"
#include "document/pdf_reader.h"
#include "rules/review.h"

/*
 * "oct14" and "oct16" do not say whether it is "oct7" or "oct07": when with the note's own name as
 * many of the others (before it in `names`) agree on a form that it has, that is theirs.
 */
static void choose_own_form(struct buffer *form, const struct slice *names, size_t others) {
    struct buffer with_own = BUFFER_EMPTY;
    if (name_form_of_most(&with_own, names, others + 1) &&
        name_form_count(buffer_slice(&with_own), &names[others], 1) &&
        name_form_count(buffer_slice(&with_own), names, others) >=
            name_form_count(buffer_slice(form), names, others)) {
        buffer_clear(form);
        buffer_append_slice(form, buffer_slice(&with_own));
    }
    buffer_release(&with_own);
}

/* Most notes are named like all others, and this is soon seen. */
static bool all_have_own_form(struct buffer *form, const struct slice *names, size_t others) {
    for (int padded = 0; padded < 2 && others >= 2; padded++) {
        buffer_clear(form);
        if (name_form_infer(form, names[others], padded) &&
            name_form_count(buffer_slice(form), names, others) == others)
            return true;
    }
    buffer_clear(form);
    return false;
}

/* What most other notes of the kind have for a name; each note stands in the same folder. */
static bool form_of_others(struct buffer *form, const struct course_view *course,
                           const struct course_note *own) {
    struct slice names[NAME_FORM_SAMPLE + 1];
    size_t count = 0;
    const struct name_habit *habit =
        name_habits_find(&course->habits, own->kind, slice_folder(own->path));
    if (habit) {
        buffer_append_slice(form, habit->form);
        return habit->form.size > 0;
    }
    for (size_t i = 0; i < course->note_count && count < NAME_FORM_SAMPLE; i++) {
        const struct course_note *note = &course->notes[i];
        if (note->kind == own->kind && !slice_equal(note->path, own->path) &&
            slice_equal(slice_folder(note->path), slice_folder(own->path)))
            names[count++] = slice_file_name(note->path);
    }
    names[count] = slice_file_name(own->path);
    if (all_have_own_form(form, names, count))
        return true;
    if (!name_form_of_most(form, names, count))
        return false;
    choose_own_form(form, names, count);
    return true;
}

bool note_form_find(struct buffer *form, const struct course_view *course,
                    const struct course_note *note) {
    if (!note->kind->name_form.size)
        return form_of_others(form, course, note);
    buffer_append_slice(form, note->kind->name_form);
    return true;
}

bool note_has_form(const struct course_view *course, const struct course_note *note) {
    struct buffer form = BUFFER_EMPTY;
    struct name_values values;
    bool has = !note_form_find(&form, course, note) ||
               name_form_read(buffer_slice(&form), slice_file_name(note->path), &values);
    buffer_release(&form);
    return has;
}

/* Everything that a form may ask for, from the lecture, or else from the note's own claims. */
struct name_values note_name_values(const struct note_lecture *at) {
    struct name_values values = {0};
    const struct lecture_claim *name = &at->claims[CLAIM_NAME];
    struct day day = at->lecture ? at->lecture->day : name->day;
    values.year = day.year;
    values.month = day.month;
    values.day = day.day;
    values.number = at->lecture ? at->lecture->called : name->number;
    return values;
}

bool note_rename_path(struct buffer *path, const struct snapshot *snapshot, struct slice old,
                      struct slice name) {
    struct slice folder = slice_folder(old);
    struct buffer found = BUFFER_EMPTY;
    buffer_append_slice(&found, folder);
    if (folder.size)
        buffer_append_byte(&found, '/');
    buffer_append_slice(&found, name);
    bool is_free = snapshot_find(snapshot, buffer_slice(&found)).kind == ENTRY_NONE;
    buffer_append_slice(path, buffer_slice(&found));
    buffer_release(&found);
    return is_free;
}

bool note_may_be_misplaced(const struct change *change) {
    struct slice path = change->path;
    struct lecture_claim claim = claim_of_name(path);
    return (change->kind == CHANGE_ADDED || change->kind == CHANGE_RENAMED) &&
           (claim.number || claim.day.month) &&
           (path_is_markdown(path) || path_is_pdf(path) || slice_ends_with(path, ".PDF") ||
            slice_ends_with(path, ".MD"));
}

static bool rule_is_on(const struct review *review, struct slice path) {
    const struct rule *rule = rule_set_find(review->rules, slice_of("note-name"));
    return rule && config_severity(review->config, slice_of(rule->id), path, rule->severity) !=
                       SEVERITY_OFF;
}

bool note_waits_for_name(struct buffer *path, const struct subject *subject, struct slice note) {
    const struct course_note *own = course_view_find(subject->course, note);
    struct buffer form = BUFFER_EMPTY, name = BUFFER_EMPTY;
    struct name_values values;
    bool waits = own && own->lecture.sure && rule_is_on(subject->review, note) &&
                 note_form_find(&form, subject->course, own) &&
                 !name_form_read(buffer_slice(&form), slice_file_name(note), &values);
    if (waits) {
        values = note_name_values(&own->lecture);
        waits = name_form_write(&name, buffer_slice(&form), &values) &&
                note_rename_path(path, subject->snapshot, note, buffer_slice(&name));
    }
    buffer_release(&form);
    buffer_release(&name);
    return waits;
}
