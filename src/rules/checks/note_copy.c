/* Whether a lecture gets a second note, or a note comes a second time under another name. */
#include "base/memory.h"
#include "rules/check.h"
#include "rules/course_view.h"
#include "rules/note_form.h"
#include "rules/review.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>

enum problem { PROBLEM_SAME_TEXT, PROBLEM_SAME_LECTURE };

static const char *const problem_names[] = {"same-text", "same-lecture", NULL};

struct note_copy_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct note_copy_parameters, finds), problem_names},
    {0}};

static const char *const places[] = {"other", "share", "lecture", NULL};

/*
 * Eight words in a row. Resubmitted notes share nearly all of them, different notes of one course
 * next to none; in between lie revisions of a note.
 */
enum { SHINGLE_WORDS = 8, SAME_PER_MILLE = 200, FEWEST_SHINGLES = 40 };

struct shingles {
    unsigned long long *items; /* sorted, each once */
    size_t count, capacity;
};

static int order_hashes(const void *left, const void *right) {
    unsigned long long a = *(const unsigned long long *)left;
    unsigned long long b = *(const unsigned long long *)right;
    return (a > b) - (a < b);
}

/* FNV-1a of the word at `*at`, which moves behind it; 0 at the end. */
static unsigned long long next_word(struct slice text, size_t *at) {
    unsigned long long hash = 14695981039346656037ull;
    while (*at < text.size && !isalnum((unsigned char)text.data[*at]))
        ++*at;
    if (*at == text.size)
        return 0;
    for (; *at < text.size && isalnum((unsigned char)text.data[*at]); ++*at)
        hash = (hash ^ (unsigned char)tolower((unsigned char)text.data[*at])) * 1099511628211ull;
    return hash ? hash : 1;
}

static void shingles_read(struct shingles *shingles, const struct document *document) {
    unsigned long long window[SHINGLE_WORDS], word;
    size_t words = 0;
    for (size_t i = 0; i < document->prose_count; i++) {
        struct slice run = document_text(document, document->prose[i]);
        for (size_t at = 0; (word = next_word(run, &at));) {
            window[words++ % SHINGLE_WORDS] = word;
            unsigned long long hash = 0;
            for (size_t k = 0; k < SHINGLE_WORDS && words >= SHINGLE_WORDS; k++)
                hash = hash * 1099511628211ull + window[(words + k) % SHINGLE_WORDS];
            if (words >= SHINGLE_WORDS)
                ARRAY_PUSH(shingles->items, shingles->count, shingles->capacity) = hash;
        }
    }
    if (!shingles->count)
        return;
    qsort(shingles->items, shingles->count, sizeof(*shingles->items), order_hashes);
    size_t kept = 1;
    for (size_t i = 1; i < shingles->count; i++)
        if (shingles->items[i] != shingles->items[kept - 1])
            shingles->items[kept++] = shingles->items[i];
    shingles->count = kept;
}

/* Jaccard similarity in thousandths. */
static unsigned long share(const struct shingles *left, const struct shingles *right) {
    size_t common = 0;
    for (size_t i = 0, k = 0; i < left->count && k < right->count;) {
        common += left->items[i] == right->items[k];
        if (left->items[i] < right->items[k])
            i++;
        else if (left->items[i] > right->items[k])
            k++;
        else
            i++, k++;
    }
    size_t all = left->count + right->count - common;
    return all ? (unsigned long)(common * 1000 / all) : 0;
}

static unsigned long share_with(const struct subject *subject, const struct shingles *own,
                                struct slice path) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    unsigned long found = 0;
    if (snapshot_read(subject->snapshot, path, DOCUMENT_MAX_SIZE, &content, &error) == OK) {
        struct document_options options = review_document_options(subject->review, subject->site);
        struct document *document = document_read(path, buffer_slice(&content), &options);
        struct shingles other = {0};
        shingles_read(&other, document);
        if (other.count >= FEWEST_SHINGLES)
            found = share(own, &other);
        free(other.items);
        document_free(document);
    }
    buffer_release(&content);
    error_release(&error);
    return found;
}

static bool is_added(const struct subject *subject, struct slice path) {
    const struct change *change =
        subject->review->changes ? change_set_find(subject->review->changes, path) : NULL;
    return change && change->kind == CHANGE_ADDED;
}

/* True when of two added notes `left` is the one to keep: the properly named, then the shorter. */
static bool goes_first(const struct course_view *course, const struct course_note *left,
                       const struct course_note *right) {
    bool has_form[] = {note_has_form(course, left), note_has_form(course, right)};
    if (has_form[0] != has_form[1])
        return has_form[0];
    return left->path.size != right->path.size ? left->path.size < right->path.size
                                               : slice_compare(left->path, right->path) < 0;
}

/* Of two notes that a change adds only one is a copy; none of a zero-byte file. */
static bool is_candidate(const struct subject *subject, const struct course_note *note) {
    struct course_note own = {.path = subject->path, .kind = subject->note};
    return !slice_equal(note->path, subject->path) && note->kind == subject->note &&
           (!is_added(subject, note->path) || goes_first(subject->course, note, &own));
}

static void report_copy(const struct rule *rule, const struct subject *subject, struct slice other,
                        unsigned long per_mille) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%lu %%", per_mille / 10);
    struct place named[] = {{"other", other}, {"share", buffer_slice(&text)}};
    subject_report(subject, rule, NO_PLACE, other, named, 2);
    buffer_release(&text);
}

static bool is_empty_blob(const char *blob_id) {
    static const char sha1_of_nothing[] = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    return slice_equal_string(slice_of(blob_id), sha1_of_nothing);
}

static void check_text(const struct rule *rule, const struct subject *subject,
                       const struct course_note *self) {
    const struct course_view *course = subject->course;
    for (size_t i = 0; self && i < course->note_count; i++)
        if (!is_empty_blob(self->blob_id) &&
            slice_equal(slice_of(course->notes[i].blob_id), slice_of(self->blob_id)) &&
            is_candidate(subject, &course->notes[i])) {
            report_copy(rule, subject, course->notes[i].path, 1000);
            return;
        }
    struct shingles own = {0};
    if (subject->document && subject->document->kind == DOCUMENT_MARKDOWN)
        shingles_read(&own, subject->document);
    for (size_t i = 0; own.count >= FEWEST_SHINGLES && i < course->note_count; i++) {
        const struct course_note *note = &course->notes[i];
        unsigned long found = is_candidate(subject, note) && path_is_markdown(note->path)
                                  ? share_with(subject, &own, note->path)
                                  : 0;
        if (found >= SAME_PER_MILLE) {
            report_copy(rule, subject, note->path, found);
            break;
        }
    }
    free(own.items);
}

static void check_lecture(const struct rule *rule, const struct subject *subject,
                          const struct course_note *self) {
    const struct course_view *course = subject->course;
    if (!self || !self->lecture.lecture || !self->lecture.sure)
        return;
    for (size_t i = 0; i < course->note_count; i++) {
        const struct course_note *note = &course->notes[i];
        if (!note->lecture.sure || note->lecture.lecture != self->lecture.lecture ||
            !is_candidate(subject, note))
            continue;
        struct buffer name = BUFFER_EMPTY;
        if (self->lecture.lecture->day.month)
            day_append(&name, self->lecture.lecture->day, false);
        else
            buffer_append_format(&name, "lecture %ld", self->lecture.lecture->number);
        struct place named[] = {{"other", note->path}, {"lecture", buffer_slice(&name)}};
        subject_report(subject, rule, NO_PLACE, note->path, named, 2);
        buffer_release(&name);
        return;
    }
}

/* Only what a change brings: which of two that stand there is the copy, nobody can tell. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct note_copy_parameters *own = rule->parameters;
    if (!subject->course || !subject->note || subject->side != SIDE_HEAD || !subject->change ||
        subject->change->kind != CHANGE_ADDED)
        return;
    const struct course_note *self = course_view_find(subject->course, subject->path);
    if (own->finds == PROBLEM_SAME_TEXT)
        check_text(rule, subject, self);
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
