/* A file with the name of a note, where the course keeps none: nothing else looks at it. */
#include "base/memory.h"
#include "course/lecture_claim.h"
#include "git/content_id.h"
#include "rules/check.h"
#include "rules/note_form.h"
#include "rules/review.h"

#include <ctype.h>
#include <string.h>

/* The shortest word in the form of a name that a date or a number alone has not: "note". */
enum { FEWEST_LETTERS = 4 };

static const char *const places[] = {"expected", "folder", "lecture", "first", NULL};

/* Where the note should be. */
struct right_place {
    const struct subject *subject;
    struct slice name;  /* as the file is to be called */
    struct buffer path; /* empty: not found */
    struct slice folder;
};

static struct slice ending_of(struct slice name) {
    const char *dot = memrchr(name.data, '.', name.size);
    return dot ? slice_part(name, (size_t)(dot - name.data), name.size) : slice_of("");
}

/* "{mon}{day}_scribe.pdf" has one, and "{mon}{day}.pdf" is the name of anything. */
static bool has_word(struct slice form) {
    size_t end = form.size - ending_of(form).size, letters = 0;
    bool place = false;
    for (size_t i = 0; i < end && letters < FEWEST_LETTERS; i++) {
        place = form.data[i] == '{' || (place && form.data[i] != '}');
        letters = !place && isalpha((unsigned char)form.data[i]) ? letters + 1 : 0;
    }
    return letters >= FEWEST_LETTERS;
}

/* A folder for each lecture is another lecture's. */
static bool is_for_one_lecture(struct slice path) {
    struct lecture_claim claim = claim_of_folder(path);
    return claim.number || claim.day.month;
}

static bool try_folder(struct right_place *target, const struct note_kind *kind,
                       struct slice folder) {
    const struct review *review = target->subject->review;
    struct buffer form = BUFFER_EMPTY;
    struct name_values values;
    buffer_clear(&target->path);
    buffer_append_slice(&target->path, folder);
    buffer_append_string(&target->path, folder.size ? "/" : "");
    buffer_append_slice(&target->path, target->name);
    struct course_note own = {.path = buffer_slice(&target->path), .kind = kind};
    bool found = review_note_kind(review, own.path) == kind && !is_for_one_lecture(own.path) &&
                 note_form_find(&form, target->subject->course, &own) &&
                 has_word(buffer_slice(&form)) &&
                 name_form_read(buffer_slice(&form), target->name, &values);
    buffer_release(&form);
    if (!found)
        buffer_clear(&target->path);
    target->folder = folder;
    return found;
}

/* Where notes of that name stand; in a course without notes, where the settings want them. */
static bool find_target(struct right_place *target) {
    const struct course_view *course = target->subject->course;
    const struct config *config = target->subject->config;
    struct slice last = slice_of("/");
    for (size_t i = course->note_count; i-- > 0;) {
        struct slice folder = slice_folder(course->notes[i].path);
        if (!slice_equal(folder, last) && try_folder(target, course->notes[i].kind, folder))
            return true;
        last = folder;
    }
    for (size_t i = 0; !course->note_count && i < config->note_count; i++)
        for (size_t k = 0; k < config->notes[i].files.count; k++)
            if (config->notes[i].name_form.size && config->notes[i].folders[k].size &&
                try_folder(target, &config->notes[i], config->notes[i].folders[k]))
                return true;
    return false;
}

/* Slides named like notes are what the schedule links as slides, or stand beside their like. */
static bool is_linked(const struct subject *subject) {
    const struct schedule *schedule = subject->course->schedule;
    for (size_t i = 0; i < schedule->lecture_count; i++)
        for (size_t k = 0; k < schedule->lectures[i].link_count; k++) {
            const struct lecture_link *link = &schedule->lectures[i].links[k];
            if (link->role != LINK_NOTES && slice_equal(link->path, subject->path))
                return true;
        }
    return false;
}

struct siblings {
    const struct subject *subject;
    struct slice name; /* as the file is to be called */
    bool found;
};

static bool look_at_sibling(struct slice path, const struct entry *entry, void *context) {
    struct siblings *siblings = context;
    const struct subject *subject = siblings->subject;
    struct lecture_claim claim = claim_of_name(path);
    siblings->found =
        entry->kind == ENTRY_FILE && (claim.number || claim.day.month) &&
        slice_equal(slice_folder(path), slice_folder(subject->path)) &&
        slice_equal_ignoring_case(ending_of(slice_file_name(path)), ending_of(siblings->name)) &&
        !review_note_kind(subject->review, path);
    return !siblings->found;
}

/* Files of other lectures were kept there before. */
static bool is_kept_there(const struct subject *subject, struct slice name) {
    struct siblings siblings = {.subject = subject, .name = name};
    struct error ignored = ERROR_NONE;
    if (subject->review->base)
        snapshot_walk(subject->review->base, slice_folder(subject->path), look_at_sibling,
                      &siblings, &ignored);
    error_release(&ignored);
    return siblings.found;
}

/* With its ending in lower case, as the notes have it. */
static void append_name(struct buffer *name, struct slice path) {
    struct slice own = slice_file_name(path);
    size_t stem = own.size - ending_of(own).size;
    for (size_t i = 0; i < own.size; i++)
        buffer_append_byte(name,
                           (char)(i > stem ? tolower((unsigned char)own.data[i]) : own.data[i]));
}

static void report(const struct rule *rule, const struct right_place *target,
                   const struct lecture *lecture) {
    struct buffer brief = BUFFER_EMPTY, folder = BUFFER_EMPTY;
    struct slice own = slice_folder(target->subject->path);
    bool is_there = !target->folder.size ||
                    snapshot_find(target->subject->review->head, target->folder).kind != ENTRY_NONE;
    lecture_append_brief(&brief, lecture);
    if (slice_equal(own, target->folder)) {
        buffer_append_string(&folder, "have their ending in lower case");
    } else {
        buffer_append_string(&folder, "stand in ");
        buffer_append_slice(&folder, target->folder.size ? target->folder : slice_of("the root"));
        buffer_append_string(&folder, target->folder.size ? "/" : "");
    }
    struct place named[] = {{"expected", buffer_slice(&target->path)},
                            {"folder", buffer_slice(&folder)},
                            {"lecture", buffer_slice(&brief)},
                            {"first", slice_of(is_there ? "" : "make that folder, then ")}};
    subject_report(target->subject, rule, NO_PLACE, target->subject->path, named, 4);
    buffer_release(&folder);
    buffer_release(&brief);
}

/* In the right folder a note in Markdown is note-unrecognized's. */
static bool is_unrecognized(const struct right_place *target) {
    const struct course_view *course = target->subject->course;
    return path_is_markdown(target->name) && course->note_count &&
           slice_equal(slice_folder(target->subject->path), target->folder);
}

static bool is_candidate(const struct subject *subject) {
    const struct change *change = subject->change;
    return subject->course && !review_note_kind(subject->review, change->path) &&
           note_may_be_misplaced(change) && !content_is_empty(change->head_id) &&
           snapshot_find(subject->review->head, change->path).kind == ENTRY_FILE;
}

static void run(const struct rule *rule, struct subject *subject) {
    if (!is_candidate(subject))
        return;
    struct subject about = *subject;
    struct buffer name = BUFFER_EMPTY;
    about.path = subject->change->path;
    append_name(&name, about.path);
    struct note_lecture at = note_lecture_find(about.course->schedule, buffer_slice(&name), NULL);
    struct right_place target = {.subject = &about, .name = buffer_slice(&name)};
    if (at.sure && at.lecture && at.source == CLAIM_NAME && find_target(&target) &&
        snapshot_find(subject->review->head, buffer_slice(&target.path)).kind == ENTRY_NONE &&
        !is_unrecognized(&target) && !is_linked(&about) && !is_kept_there(&about, target.name))
        report(rule, &target, at.lecture);
    buffer_release(&target.path);
    buffer_release(&name);
}

const struct check check_note_misplaced = {.name = "note-misplaced",
                                           .places = places,
                                           .about_changes = true,
                                           .needs_course = true,
                                           .run = run};
