/* Whether a lecture gets a second note, or a note comes a second time under another name. */
#include "base/memory.h"
#include "course/landing.h"
#include "document/pdf_reader.h"
#include "git/content_id.h"
#include "rules/check.h"
#include "rules/course_view.h"
#include "rules/note_store.h"
#include "rules/review.h"
#include "text/shingles.h"

#include <stddef.h>
#include <stdlib.h>

enum problem { PROBLEM_SAME_TEXT, PROBLEM_SAME_LECTURE, PROBLEM_SHARED_RUN };

static const char *const problem_names[] = {"same-text", "same-lecture", "shared-run", NULL};

struct note_copy_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct note_copy_parameters, finds), problem_names},
    {0}};

static const char *const places[] = {"other", "share", "lecture", "count", NULL};

/*
 * Of a thousand shingles. Resubmitted notes share nearly all of them, different notes of one course
 * next to none; in between lie revisions of a note.
 */
enum { SAME_PER_MILLE = 200, FEWEST_SHINGLES = 40, LONGEST_COMMON_RUN = 60 };
enum { LONGEST_KEEPER = 1024 }; /* bytes */

/* Comparing each with each takes a tenth of a millisecond. */
enum { MOST_ADDED = 60, MOST_OF_SITE = 400 };

static void read_shingles(struct shingles *shingles, const struct document *document) {
    for (size_t i = 0; i < document->prose_count; i++)
        shingles_add(shingles, document_text(document, document->prose[i]));
    shingles_finish(shingles);
}

/* Adds the shingles of the note at `path`; of one that can't be read, or has too little, none. */
static void read_markdown(struct shingles *shingles, const struct subject *subject,
                          struct slice path, const struct shingles *own, unsigned long per_mille) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    const struct page_source *page = site_find_source(subject->site, subject->snapshot, path);
    bool is_read =
        page || snapshot_read(subject->snapshot, path, DOCUMENT_MAX_SIZE, &content, &error) == OK;
    struct slice text = page ? page->text : buffer_slice(&content);
    if (is_read && shingles_may_share(own, text, per_mille)) {
        struct document_options options = review_document_options(subject->review, subject->site);
        struct document *document =
            page ? document_read_behind(path, text, &page->head, page->body, &options)
                 : document_read(path, text, &options);
        read_shingles(shingles, document);
        document_free(document);
    }
    buffer_release(&content);
    error_release(&error);
}

static void read_other(struct shingles *shingles, const struct subject *subject, struct slice path,
                       const struct shingles *own, unsigned long per_mille) {
    const char *reason;
    if (path_is_markdown(path)) {
        read_markdown(shingles, subject, path, own, per_mille);
    } else if (path_is_pdf(path)) {
        const struct document *document =
            pdf_store_get(subject->review->pdfs, subject->snapshot, path, &reason);
        if (document)
            read_shingles(shingles, document);
    }
}

/* What it learns of the other note is of use to those that come next. */
static unsigned long share_with(const struct subject *subject, const struct shingles *own,
                                const struct course_note *note) {
    struct note_store *store = subject->review->note_store;
    const struct shingles *known = note_store_find_shingles(store, note);
    struct shingles read = {0};
    if (!known)
        read_other(&read, subject, note->path, own, SAME_PER_MILLE);
    const struct shingles *other = known ? known : &read;
    bool may_share =
        other->count >= FEWEST_SHINGLES && shingles_can_share(own, other, SAME_PER_MILLE);
    unsigned long share = may_share ? shingles_share(own, other) : 0;
    note_store_keep_shingles(store, note, &read);
    return share;
}

static bool is_added(const struct subject *subject, struct slice path) {
    const struct change *change =
        subject->review->changes ? change_set_find(subject->review->changes, path) : NULL;
    return change && change->kind == CHANGE_ADDED;
}

/* True when of two added notes `left` is the one to keep: the properly named, then the shorter. */
static bool goes_first(struct note_store *store, const struct course_note *left,
                       const struct course_note *right) {
    bool has_form[] = {note_store_has_form(store, left), note_store_has_form(store, right)};
    if (has_form[0] != has_form[1])
        return has_form[0];
    return left->path.size != right->path.size ? left->path.size < right->path.size
                                               : slice_compare(left->path, right->path) < 0;
}

/* Every file is looked at, and nothing is compared with what stood there before. */
static bool is_of_whole_site(const struct review *review) {
    return !review->base && !(review->paths && review->paths->count);
}

/* Of two notes that a change adds, or that stand there, only one is a copy. */
static bool is_candidate(const struct subject *subject, const struct course_note *self,
                         const struct course_note *note) {
    if (note == self || note->kind != subject->note)
        return false;
    bool old = !is_of_whole_site(subject->review) && !is_added(subject, note->path);
    return old || goes_first(subject->review->note_store, note, self);
}

static void report_copy(const struct rule *rule, const struct subject *subject, struct slice other,
                        unsigned long per_mille) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%lu %%", per_mille / 10);
    struct place named[] = {{"other", other}, {"share", buffer_slice(&text)}};
    subject_report(subject, rule, NO_PLACE, other, named, 2);
    buffer_release(&text);
}

static void read_own(struct shingles *own, const struct subject *subject) {
    const struct document *document = subject->document;
    if (document && (document->kind == DOCUMENT_MARKDOWN || document->kind == DOCUMENT_PDF))
        read_shingles(own, document);
}

/*
 * Equal bytes of a PDF that was not read tell something when there are enough of them: a few are
 * what somebody put there to keep the place.
 */
static bool has_substance(const struct subject *subject) {
    const struct document *document = subject->document;
    bool unread = path_is_pdf(subject->path) &&
                  (!document || !document->pdf || document->pdf->outcome != PDF_READ);
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    int status =
        unread ? snapshot_read(subject->snapshot, subject->path, LONGEST_KEEPER, &content, &error)
               : STATUS_TOO_LARGE;
    buffer_release(&content);
    error_release(&error);
    return status == STATUS_TOO_LARGE;
}

/*
 * A thousand new notes must not hold up a check for hours: only equal files are found then, which
 * is said once.
 */
static bool are_too_many(const struct subject *subject) {
    const struct review *review = subject->review;
    const struct course_view *course = subject->course;
    bool whole_site = is_of_whole_site(review);
    size_t count = whole_site ? course->note_count : 0;
    struct slice first = whole_site && count ? course->notes[0].path : slice_of("");
    for (size_t i = 0; !whole_site && i < review->changes->count; i++) {
        const struct change *change = &review->changes->changes[i];
        if (change->kind == CHANGE_ADDED && review_note_kind(review, change->path) && !count++)
            first = change->path;
    }
    if (count <= (whole_site ? MOST_OF_SITE : MOST_ADDED))
        return false;
    if (slice_equal(first, subject->path))
        verdict_remark(subject->verdict, &subject->verdict->notes, slice_of(""),
                       slice_of("there are too many notes at once to compare the text of each "
                                "with that of the others: of copies only equal files are found"));
    return true;
}

static void check_text(const struct rule *rule, const struct subject *subject,
                       const struct course_note *self) {
    const struct course_view *course = subject->course;
    size_t same_count = 0;
    const struct course_note *const *same = NULL;
    if (!content_is_empty(self->blob_id))
        same = course_view_same(course, self, &same_count);
    for (size_t i = 0; i < same_count; i++)
        if (is_candidate(subject, self, same[i]) && has_substance(subject)) {
            report_copy(rule, subject, same[i]->path, 1000);
            return;
        }
    if (are_too_many(subject))
        return;
    struct shingles own = {0};
    read_own(&own, subject);
    for (size_t i = 0; own.count >= FEWEST_SHINGLES && i < course->note_count; i++) {
        const struct course_note *note = &course->notes[i];
        unsigned long found =
            is_candidate(subject, self, note) ? share_with(subject, &own, note) : 0;
        if (found >= SAME_PER_MILLE) {
            report_copy(rule, subject, note->path, found);
            break;
        }
    }
    note_store_keep_shingles(subject->review->note_store, self, &own);
}

/*
 * A quotation both took from the slides is one, too, so this names nobody and is for staff who ask
 * for it. Notes that are the same all over are check_text()'s.
 */
static void check_run(const struct rule *rule, const struct subject *subject,
                      const struct course_note *self) {
    const struct course_view *course = subject->course;
    struct shingles own = {0};
    size_t longest = 0;
    if (are_too_many(subject))
        return;
    read_own(&own, subject);
    for (size_t i = 0; own.count >= FEWEST_SHINGLES && i < course->note_count; i++) {
        struct shingles other = {0};
        size_t at = 0;
        if (is_candidate(subject, self, &course->notes[i]))
            read_other(&other, subject, course->notes[i].path, &own, 0);
        size_t run = shingles_share(&own, &other) < SAME_PER_MILLE
                         ? shingles_longest_run(&own, &other, &at)
                         : 0;
        longest = run > longest ? run : longest;
        shingles_release(&other);
    }
    shingles_release(&own);
    if (longest < LONGEST_COMMON_RUN)
        return;
    struct buffer count = BUFFER_EMPTY;
    buffer_append_format(&count, "%zu", longest);
    struct place named = {"count", buffer_slice(&count)};
    subject_report(subject, rule, NO_PLACE, buffer_slice(&count), &named, 1);
    buffer_release(&count);
}

static void check_lecture(const struct rule *rule, const struct subject *subject,
                          const struct course_note *self) {
    const struct course_view *course = subject->course;
    if (!self->lecture.lecture || !self->lecture.sure)
        return;
    for (size_t i = 0; i < course->note_count; i++) {
        const struct course_note *note = &course->notes[i];
        if (!note->lecture.sure || note->lecture.lecture != self->lecture.lecture ||
            !is_candidate(subject, self, note))
            continue;
        struct buffer name = BUFFER_EMPTY;
        lecture_append_brief(&name, self->lecture.lecture);
        struct place named[] = {{"other", note->path}, {"lecture", buffer_slice(&name)}};
        subject_report(subject, rule, NO_PLACE, note->path, named, 2);
        buffer_release(&name);
        return;
    }
}

/* What a change does not bring is told of a whole site only: staff find out which is the copy. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct note_copy_parameters *own = rule->parameters;
    bool added = subject->change && subject->change->kind == CHANGE_ADDED;
    if (!subject->course || !subject->note || subject->side != SIDE_HEAD ||
        !(added || is_of_whole_site(subject->review)))
        return;
    const struct course_note *self = course_view_find(subject->course, subject->path);
    if (!self)
        return; /* nothing stands there that could be read */
    if (own->finds == PROBLEM_SAME_TEXT)
        check_text(rule, subject, self);
    else if (own->finds == PROBLEM_SHARED_RUN)
        check_run(rule, subject, self);
    else
        check_lecture(rule, subject, self);
}

const struct check check_note_copy = {.name = "note-copy",
                                      .parameters = parameters,
                                      .parameters_size = sizeof(struct note_copy_parameters),
                                      .places = places,
                                      .takes_document = true,
                                      .needs_course = true,
                                      .run = run};
