/* Whether a note's file is named as the course wants it, and what to name it. */
#include "course/schedule_link.h"
#include "git/content_id.h"
#include "rules/check.h"
#include "rules/course_view.h"
#include "rules/facts.h"
#include "rules/note_form.h"
#include "rules/page_links.h"

static const char *const places[] = {"name", "expected", "form", "remedy", "how", NULL};

/* The rows that link the note get its new name with it, or they would lead nowhere. */
static void add_links(const struct subject *subject, struct finding *finding, struct slice path) {
    const struct schedule *schedule = subject->course->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        for (size_t k = 0; k < lecture->link_count; k++) {
            const struct lecture_link *link = &lecture->links[k];
            struct edit edit = {.kind = EDIT_REPLACE, .path = lecture->file->path};
            struct buffer text = BUFFER_EMPTY;
            edit.span = link->destination_span;
            edit.before = slice_part(lecture->file->source.bytes, edit.span.start, edit.span.end);
            if (slice_equal(link->path, subject->path) &&
                destination_rename(&text, edit.before, subject->path, path)) {
                edit.text = buffer_slice(&text);
                finding_add_edit(subject->findings, finding, &edit);
            }
            buffer_release(&text);
        }
    }
}

/* A note of the same folder with the form: an example where no lecture tells the name. */
static struct slice find_example(const struct subject *subject, struct slice form) {
    const struct course_view *course = subject->course;
    struct name_values values;
    for (size_t i = course->note_count; i-- > 0;) {
        const struct course_note *note = &course->notes[i];
        if (note->kind == subject->note &&
            slice_equal(slice_folder(note->path), slice_folder(subject->path)) &&
            name_form_read(form, slice_file_name(note->path), &values))
            return slice_file_name(note->path);
    }
    return slice_of("");
}

static void append_form(struct buffer *remedy, const struct subject *subject, struct slice form) {
    struct slice example = find_example(subject, form);
    if (example.size)
        buffer_append_format(remedy, "name it like %.*s (%.*s)", SLICE_ARGUMENTS(example),
                             SLICE_ARGUMENTS(form));
    else
        buffer_append_format(remedy, "names have the form %.*s", SLICE_ARGUMENTS(form));
}

static void report_name(const struct rule *rule, const struct subject *subject, struct slice form,
                        struct slice expected, bool sure) {
    struct slice name = slice_file_name(subject->path);
    struct buffer path = BUFFER_EMPTY, remedy = BUFFER_EMPTY;
    const char *how = "rename it (git mv)";
    bool can_rename =
        expected.size && note_rename_path(&path, subject->snapshot, subject->path, expected);
    if (!expected.size) {
        append_form(&remedy, subject, form);
    } else if (can_rename) {
        buffer_append_format(&remedy, "name it \"%.*s\"", SLICE_ARGUMENTS(expected));
        how = sure ? "rename it (git mv, or scribelint fix)" : how;
    } else {
        buffer_append_format(&remedy, "\"%.*s\" is there already", SLICE_ARGUMENTS(expected));
        how = "a new version goes into the file that is there; else name the right lecture";
    }
    struct place named[] = {{"name", name},
                            {"expected", expected.size ? expected : form},
                            {"form", form},
                            {"remedy", buffer_slice(&remedy)},
                            {"how", slice_of(how)}};
    struct finding *finding = subject_report(subject, rule, NO_PLACE, name, named, 5);
    struct edit edit = {.kind = EDIT_RENAME, .path = subject->path, .text = buffer_slice(&path)};
    if (finding && can_rename && sure) {
        finding_add_edit(subject->findings, finding, &edit);
        add_links(subject, finding, edit.text);
        page_links_rename(subject, finding, edit.text);
    }
    buffer_release(&path);
    buffer_release(&remedy);
}

/* A file that only keeps its folder is no note; file-empty speaks of it. */
static bool is_empty_file(const struct subject *subject) {
    return content_is_empty(snapshot_find(subject->snapshot, subject->path).blob_id);
}

static void check_form(const struct rule *rule, const struct subject *subject, struct slice form) {
    struct slice name = slice_file_name(subject->path);
    struct name_values values;
    if (name_form_read(form, name, &values) || is_empty_file(subject))
        return;
    const struct note_lecture *at = subject_lecture(subject);
    struct buffer expected = BUFFER_EMPTY;
    values = note_name_values(at);
    bool written = name_form_write(&expected, form, &values);
    if (written && !at->lecture && subject->course->schedule->lecture_count)
        buffer_clear(&expected); /* a day without a lecture is not to be kept */
    if (!written || !slice_equal(name, buffer_slice(&expected)))
        report_name(rule, subject, form, buffer_slice(&expected), at->sure);
    buffer_release(&expected);
}

static void run(const struct rule *rule, struct subject *subject) {
    if (!subject->course || !subject->note)
        return;
    struct course_note own = {.path = subject->path, .kind = subject->note};
    struct buffer form = BUFFER_EMPTY;
    if (note_form_find(&form, subject->course, &own))
        check_form(rule, subject, buffer_slice(&form));
    buffer_release(&form);
}

const struct check check_note_name = {.name = "note-name",
                                      .places = places,
                                      .takes_document = true,
                                      .needs_course = true,
                                      .run = run};
