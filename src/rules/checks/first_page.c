/*
 * The first page of a PDF note, held against its lecture: number, title, lecturer, course and term;
 * and whether it names its scribes.
 */
#include "course/first_page.h"

#include "base/memory.h"
#include "course/lecture_title.h"
#include "course/note_people.h"
#include "course/person.h"
#include "document/pdf_model.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "text/folded.h"

#include <stddef.h>
#include <stdlib.h>

enum aspect {
    ASPECT_NUMBER,
    ASPECT_DAY,
    ASPECT_TITLE,
    ASPECT_SLIP,
    ASPECT_LECTURER,
    ASPECT_COURSE,
    ASPECT_YEAR,
    ASPECT_NO_SCRIBES,
    ASPECT_FIRST_NAMES,
};

static const char *const aspect_names[] = {"number",      "day",    "title", "slip",
                                           "lecturer",    "course", "year",  "no-scribes",
                                           "first-names", NULL};

struct first_page_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct first_page_parameters, finds), aspect_names},
    {0}};

static const char *const places[] = {"expected", "source", "lecture", "other", NULL};

struct look {
    const struct rule *rule;
    const struct subject *subject;
    struct first_page page;
    const struct note_lecture *at; /* NULL: the course has no schedule */
    const struct lecture *lecture; /* NULL: not known for sure */
};

/* `source` is what says otherwise; `lecture` is filled in where it is known. */
static void report(const struct look *look, struct span span, struct slice flagged,
                   struct slice expected, struct slice source, struct slice other) {
    struct buffer lecture = BUFFER_EMPTY;
    if (look->lecture)
        lecture_append_brief(&lecture, look->lecture);
    struct place named[] = {{"expected", expected},
                            {"source", source},
                            {"lecture", buffer_slice(&lecture)},
                            {"other", other}};
    subject_report(look->subject, look->rule, span, flagged, named, COUNT_OF(named));
    buffer_release(&lecture);
}

static struct slice schedule_path(const struct look *look) {
    return look->lecture->file->path;
}

/* --- Number and day ------------------------------------------------------------------------- */

/* The number by file or folder name, else that of the lecture; 0 where labels begin anew. */
static long expected_number(const struct look *look, struct slice *source) {
    static const enum claim_source sources[] = {CLAIM_NAME, CLAIM_FOLDER};
    if (look->at && !look->subject->course->schedule->numbers_run_on)
        return 0;
    for (size_t i = 0; look->at && i < COUNT_OF(sources); i++)
        if (look->at->claims[sources[i]].number) {
            *source = slice_of(claim_source_name(sources[i]));
            return look->at->claims[sources[i]].number;
        }
    if (!look->lecture)
        return 0;
    *source = schedule_path(look);
    return look->lecture->number;
}

static void check_number(const struct look *look) {
    struct slice source = {0};
    long expected = look->page.number ? expected_number(look, &source) : 0;
    if (!expected || expected == look->page.number)
        return;
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%ld", expected);
    report(look, look->page.number_span,
           document_text(look->subject->document, look->page.number_span), buffer_slice(&text),
           source, slice_of(""));
    buffer_release(&text);
}

/* A day that is no lecture's may be when the note was written. */
static void check_day(const struct look *look) {
    if (!look->page.day.month || !look->lecture || !look->lecture->day.month ||
        day_same(look->page.day, look->lecture->day))
        return;
    const struct lecture *other =
        schedule_find_day(look->subject->course->schedule, look->page.day);
    if (!other || other == look->lecture)
        return;
    struct buffer day = BUFFER_EMPTY, expected = BUFFER_EMPTY, brief = BUFFER_EMPTY;
    day_append(&day, look->page.day, false);
    day_append(&expected, look->lecture->day, false);
    lecture_append_brief(&brief, other);
    report(look, NO_PLACE, buffer_slice(&day), buffer_slice(&expected), schedule_path(look),
           buffer_slice(&brief));
    buffer_release(&day);
    buffer_release(&expected);
    buffer_release(&brief);
}

/* --- Title ---------------------------------------------------------------------------------- */

static void compare_title(const struct look *look) {
    struct slice title = look->page.title.text;
    if (!title.size || !look->lecture || !lecture_title_differs(look->lecture, title))
        return;
    const struct lecture *other =
        lecture_title_find_other(look->subject->course->schedule, look->lecture, title);
    struct buffer whose = BUFFER_EMPTY;
    if (other) {
        buffer_append_string(&whose, "; it is the title of ");
        lecture_append_brief(&whose, other);
    }
    report(look, look->page.title.span, title, look->lecture->title, schedule_path(look),
           buffer_slice(&whose));
    buffer_release(&whose);
}

static void check_slip(const struct look *look) {
    struct slice word, expected;
    struct arena arena = ARENA_EMPTY;
    if (look->page.title.text.size && look->lecture &&
        lecture_title_find_slip(look->lecture, look->page.title.text, &arena, &word, &expected))
        report(look, look->page.title.span, word, expected, schedule_path(look), slice_of(""));
    arena_release(&arena);
}

/* --- Lecturer, course, term ------------------------------------------------------------------ */

static bool names_same(const struct people *left, const struct people *right) {
    for (size_t i = 0; i < left->count; i++)
        for (size_t k = 0; k < right->count; k++)
            if (person_same_name(left->items[i].name, right->items[k].name) ||
                person_maybe_same_name(left->items[i].name, right->items[k].name))
                return true;
    return false;
}

/* Who is named beside the right one may have been there, too. */
static void check_lecturer(const struct look *look) {
    struct slice said = look->page.lecturer.text;
    if (!said.size || !look->lecture || !look->lecture->speaker.size)
        return;
    struct arena arena = ARENA_EMPTY;
    struct people named = {0}, speakers = {0};
    people_add(&named, said, true, &arena);
    people_add(&speakers, look->lecture->speaker, true, &arena);
    if (named.count && speakers.count && !names_same(&named, &speakers))
        report(look, look->page.lecturer.span, said, look->lecture->speaker, schedule_path(look),
               slice_of(""));
    free(named.items);
    free(speakers.items);
    arena_release(&arena);
}

/* "ABC-101A" of "ABC 101A: Systems": letters and digits of a course's code, or nothing. */
static void append_code(struct buffer *code, struct slice text) {
    struct buffer folded = BUFFER_EMPTY;
    size_t at = 0, digits = 0, letters = 0;
    folded_append(&folded, text);
    for (struct slice word; (word = folded_next_word(buffer_slice(&folded), &at)).size;) {
        for (size_t i = 0; i < word.size; i++) {
            bool digit = word.data[i] >= '0' && word.data[i] <= '9';
            letters += !digit && !digits;
            digits += digit;
        }
        buffer_append_slice(code, word);
        if (digits || letters > 5)
            break;
    }
    if (digits < 2 || digits > 4 || letters < 2 || letters > 5)
        buffer_clear(code);
    buffer_release(&folded);
}

/* A course may have two codes: "ABC 101 / XYZ 12". */
static bool has_code(struct slice text, const struct buffer *code) {
    struct buffer folded = BUFFER_EMPTY, joined = BUFFER_EMPTY;
    size_t at = 0;
    folded_append(&folded, text);
    for (struct slice word; (word = folded_next_word(buffer_slice(&folded), &at)).size;)
        buffer_append_slice(&joined, word);
    bool found = slice_find(buffer_slice(&joined), buffer_string(code), 0) != SLICE_NOT_FOUND;
    buffer_release(&folded);
    buffer_release(&joined);
    return found;
}

static void check_course(const struct look *look) {
    struct buffer said = BUFFER_EMPTY, expected = BUFFER_EMPTY;
    append_code(&said, look->page.course.text);
    append_code(&expected, look->subject->config->course.name);
    if (said.size && expected.size && !has_code(look->page.course.text, &expected))
        report(look, look->page.course.span, look->page.course.text,
               look->subject->config->course.name, slice_of(CONFIG_FILE_NAME), slice_of(""));
    buffer_release(&said);
    buffer_release(&expected);
}

/* A course that goes on over New Year is called after one of the two. */
static bool is_year_of(const struct schedule *schedule, int year) {
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (schedule->lectures[i].day.month && schedule->lectures[i].day.year == year)
            return true;
    return year == schedule->year;
}

static void check_year(const struct look *look) {
    const struct course_view *course = look->subject->course;
    const struct schedule *schedule = course ? course->schedule : NULL;
    if (!look->page.year || !schedule || !schedule->year || !schedule->lecture_count ||
        schedule->year_source == YEAR_COMMITS || is_year_of(schedule, look->page.year))
        return;
    struct buffer expected = BUFFER_EMPTY;
    buffer_append_format(&expected, "%d", schedule->year);
    report(look, look->page.term.span, look->page.term.text, buffer_slice(&expected),
           slice_of(year_source_name(schedule->year_source)), slice_of(""));
    buffer_release(&expected);
}

/* --- Scribes -------------------------------------------------------------------------------- */

/* Somebody may be named in words that the reader of the page does not know. */
static bool says_who(const struct document *document) {
    static const char *const words[] = {"scribe",     "author",      "notes by",
                                        "written by", "prepared by", "notetaker"};
    struct slice page = document_text(document, document->pages[0].span);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t size = slice_of(words[i]).size;
        for (size_t at = 0; at + size <= page.size; at++)
            if (slice_equal_ignoring_case(slice_part(page, at, at + size), slice_of(words[i])))
                return true;
    }
    return false;
}

/* Of a page that is not made like those of this course nothing is known. */
static void check_no_scribes(const struct look *look) {
    const struct document *document = look->subject->document;
    const struct first_page *page = &look->page;
    struct note_people people;
    bool known = page->course.text.size || page->names_lecturer || page->names_scribes;
    if (!known || !document->page_count || document->pages[0].number != 1 ||
        (!page->names_scribes && says_who(document)))
        return;
    note_people_read(&people, document);
    if (!people.count)
        report(look, NO_PLACE, slice_of("scribes"), slice_of(""), slice_of(""), slice_of(""));
    note_people_release(&people);
}

static bool is_one_word(struct slice name) {
    struct buffer folded = BUFFER_EMPTY;
    size_t at = 0;
    person_append_folded(&folded, name);
    bool first = folded_next_word(buffer_slice(&folded), &at).size > 0;
    bool more = folded_next_word(buffer_slice(&folded), &at).size > 0;
    buffer_release(&folded);
    return first && !more;
}

/* On the sign-up sheet as it stands there. */
static bool is_on_roster(const struct look *look, struct slice name) {
    const struct course_view *course = look->subject->course;
    const struct roster *roster = course ? course->roster : NULL;
    for (size_t i = 0; roster && i < roster->count; i++)
        for (size_t k = 0; k < roster->rows[i].count; k++)
            if (person_same_name(roster->rows[i].people[k].name, name))
                return true;
    return false;
}

static void check_first_names(const struct look *look) {
    struct note_people people;
    note_people_read(&people, look->subject->document);
    for (size_t i = 0; i < people.count; i++) {
        struct slice name = people.items[i].name;
        if (!people.items[i].account.size && is_one_word(name) && !is_on_roster(look, name))
            report(look, people.items[i].span, name, slice_of(""), slice_of(""), slice_of(""));
    }
    note_people_release(&people);
}

/* -------------------------------------------------------------------------------------------- */

static void run_aspect(const struct look *look, enum aspect aspect) {
    switch (aspect) {
    case ASPECT_NUMBER:
        check_number(look);
        break;
    case ASPECT_DAY:
        check_day(look);
        break;
    case ASPECT_TITLE:
        compare_title(look);
        break;
    case ASPECT_SLIP:
        check_slip(look);
        break;
    case ASPECT_LECTURER:
        check_lecturer(look);
        break;
    case ASPECT_COURSE:
        check_course(look);
        break;
    case ASPECT_YEAR:
        check_year(look);
        break;
    case ASPECT_NO_SCRIBES:
        check_no_scribes(look);
        break;
    case ASPECT_FIRST_NAMES:
        check_first_names(look);
        break;
    }
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct first_page_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    struct look look = {.rule = rule, .subject = subject};
    if (!document->pdf || document->pdf->outcome != PDF_READ || !document->source.bytes.size)
        return;
    if (subject->course && subject->course->schedule->lecture_count) {
        look.at = subject_lecture(subject);
        look.lecture = look.at->sure ? look.at->lecture : NULL;
    }
    first_page_read(&look.page, document);
    run_aspect(&look, (enum aspect)own->finds);
    first_page_release(&look.page);
}

const struct check check_first_page = {.name = "first-page",
                                       .parameters = parameters,
                                       .parameters_size = sizeof(struct first_page_parameters),
                                       .places = places,
                                       .needs_document = true,
                                       .needs_course = true,
                                       .run = run};
