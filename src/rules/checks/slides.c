/* A PDF note held against the slides of its lecture, and of the others. */
#include "base/memory.h"
#include "document/pdf_model.h"
#include "rules/check.h"
#include "rules/decks.h"
#include "rules/facts.h"

#include <stddef.h>
#include <stdlib.h>

enum problem { PROBLEM_OTHER_LECTURE, PROBLEM_UNCOVERED };

static const char *const problem_names[] = {"other-lecture", "uncovered", NULL};

struct slides_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct slides_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"lecture", "other", "slides", "share",
                                     "count",   "list",  "remedy", NULL};

/* Measured on notes of two courses and their slides: own 0.4 to 0.8, others up to 0.3. */
#define MUCH_CLOSER 1.5
#define LEAST_CLOSE 0.25

enum { FEWEST_DECKS = 2, FEWEST_TITLES = 8, LOW_PERCENT = 25 };

struct look {
    const struct rule *rule;
    const struct subject *subject;
    const struct lecture *lecture;
    struct slice path; /* of its slides */
    const struct document *slides;
    struct terms note;
};

/* A day between two lectures is a slip for the nearest: nobody else's slides are meant. */
static const struct lecture *nearest_lecture(const struct schedule *schedule, struct day day) {
    enum { MOST_DAYS = 2 };
    const struct lecture *found = NULL;
    long nearest = MOST_DAYS + 1;
    if (!day.year)
        day.year = schedule->year;
    if (!day.month || !day.year || !day_exists(day))
        return NULL;
    for (const struct lecture *at = schedule_next(schedule, 0); at;
         at = schedule_next(schedule, at->index + 1)) {
        if (!at->day.month || !at->day.year || !day_exists(at->day))
            continue;
        long days = labs(day_serial(at->day) - day_serial(day));
        found = days < nearest ? at : days == nearest ? NULL : found;
        nearest = days < nearest ? days : nearest;
    }
    return found;
}

static const struct lecture *find_lecture(const struct subject *subject) {
    const struct note_lecture *at = subject_lecture(subject);
    if (at->sure && at->lecture)
        return at->lecture;
    return nearest_lecture(subject->course->schedule, at->claims[CLAIM_NAME].day);
}

/* False: there is nothing to hold the note against. */
static bool look_begin(struct look *look) {
    const struct subject *subject = look->subject;
    look->lecture = find_lecture(subject);
    look->slides = look->lecture ? deck_of_lecture(subject, look->lecture) : NULL;
    if (!look->slides)
        return false;
    look->path = lecture_find_link(look->lecture, LINK_SLIDES)->path;
    terms_add(&look->note, subject->document->source.bytes);
    terms_finish(&look->note);
    return look->note.words >= DECK_FEWEST_WORDS;
}

/* The deck that the note is much closer to than to its own, or NULL. */
static const struct deck *find_closer(const struct look *look) {
    const struct deck_list *decks = decks_get(look->subject);
    const struct deck *best = NULL;
    double own = -1, highest = 0;
    for (size_t i = 0; i < decks->count; i++) {
        const struct deck *deck = &decks->items[i];
        double cosine = terms_cosine(&look->note, &deck->terms, &decks->collection);
        if (slice_equal(deck->path, look->path)) {
            own = cosine;
        } else if (cosine > highest) {
            highest = cosine;
            best = deck;
        }
    }
    bool closer = own >= 0 && decks->count >= FEWEST_DECKS && highest >= MUCH_CLOSER * own &&
                  highest >= LEAST_CLOSE;
    return closer ? best : NULL;
}

/* Another note than this that is surely of `lecture`; NULL: there is none. */
static const struct course_note *find_note(const struct look *look, const struct lecture *lecture) {
    const struct course_view *course = look->subject->course;
    for (size_t i = 0; i < course->note_count; i++) {
        const struct course_note *note = &course->notes[i];
        if (note->lecture.sure && note->lecture.lecture == lecture &&
            !slice_equal(note->path, look->subject->path))
            return note;
    }
    return NULL;
}

/* Nothing is advised that another note has done already. */
static void append_remedy(struct buffer *remedy, const struct look *look, struct slice lecture,
                          struct slice other, const struct lecture *closer) {
    const struct course_note *own = find_note(look, look->lecture);
    const struct course_note *there = find_note(look, closer);
    if (!own)
        buffer_append_format(remedy, "submit the note of %.*s", SLICE_ARGUMENTS(lecture));
    if (there)
        buffer_append_format(remedy, "%s%.*s has a note already: \"%.*s\"", own ? "" : "; ",
                             SLICE_ARGUMENTS(other), SLICE_ARGUMENTS(there->path));
    else
        buffer_append_format(remedy, "%sname the file after the other lecture", own ? "" : ", or ");
}

static void check_lecture(const struct look *look) {
    const struct deck *closer = find_closer(look);
    if (!closer)
        return;
    struct buffer lecture = BUFFER_EMPTY, other = BUFFER_EMPTY, remedy = BUFFER_EMPTY;
    lecture_append_brief(&lecture, look->lecture);
    lecture_append_brief(&other, closer->lecture);
    append_remedy(&remedy, look, buffer_slice(&lecture), buffer_slice(&other), closer->lecture);
    struct place named[] = {{"lecture", buffer_slice(&lecture)},
                            {"other", buffer_slice(&other)},
                            {"slides", closer->path},
                            {"remedy", buffer_slice(&remedy)}};
    subject_report(look->subject, look->rule, NO_PLACE, closer->path, named, COUNT_OF(named));
    buffer_release(&lecture);
    buffer_release(&other);
    buffer_release(&remedy);
}

/* --- What the note leaves out ----------------------------------------------------------------- */

struct coverage {
    const struct terms *note;
    size_t titles, found, listed;
    struct buffer missing;
};

/* As many as a message has room for. */
static void list_title(struct coverage *coverage, struct slice title) {
    enum { ROOM = 100 };
    if (coverage->missing.size + title.size > ROOM)
        return;
    if (coverage->missing.size)
        buffer_append_string(&coverage->missing, "; ");
    buffer_append_slice(&coverage->missing, title);
    coverage->listed++;
}

static bool look_for_title(struct slice title, void *context) {
    struct coverage *coverage = context;
    bool known;
    bool found = terms_have_title(coverage->note, title, &known);
    coverage->titles += known;
    coverage->found += known && found;
    if (known && !found)
        list_title(coverage, title);
    return true;
}

static void check_coverage(const struct look *look) {
    struct coverage coverage = {.note = &look->note};
    deck_visit_titles(look->slides, look_for_title, &coverage);
    bool low =
        coverage.titles >= FEWEST_TITLES && 100 * coverage.found < LOW_PERCENT * coverage.titles;
    if (low && !find_closer(look)) {
        struct buffer count = BUFFER_EMPTY, share = BUFFER_EMPTY;
        size_t left = coverage.titles - coverage.found - coverage.listed;
        if (left)
            buffer_append_format(&coverage.missing, "%sand %zu more", coverage.listed ? " " : "",
                                 left);
        buffer_append_format(&share, "%zu", coverage.found);
        buffer_append_format(&count, "%zu", coverage.titles);
        struct place named[] = {{"share", buffer_slice(&share)},
                                {"count", buffer_slice(&count)},
                                {"slides", look->path},
                                {"list", buffer_slice(&coverage.missing)}};
        subject_report(look->subject, look->rule, NO_PLACE, look->path, named, COUNT_OF(named));
        buffer_release(&count);
        buffer_release(&share);
    }
    buffer_release(&coverage.missing);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct slides_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    struct look look = {.rule = rule, .subject = subject};
    if (!document->pdf || document->pdf->outcome != PDF_READ || !subject->course ||
        !subject->course->schedule->lecture_count)
        return;
    bool has_both = look_begin(&look);
    if (has_both && own->finds == PROBLEM_OTHER_LECTURE)
        check_lecture(&look);
    else if (has_both)
        check_coverage(&look);
    terms_release(&look.note);
}

const struct check check_slides = {.name = "slides",
                                   .parameters = parameters,
                                   .parameters_size = sizeof(struct slides_parameters),
                                   .places = places,
                                   .needs_document = true,
                                   .needs_course = true,
                                   .run = run};
