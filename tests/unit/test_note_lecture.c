#include "course/note_lecture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "course/lecture_claim.h"
#include "document_fixture.h"

/* A path or a text, the day and number that it says, and its words for the day, else the number. */
struct claim_case {
    const char *text;
    struct day day;
    long number;
    const char *says;
};

static void assert_claim(const struct lecture_claim *claim, const struct claim_case *expected) {
    struct slice whole = slice_of(expected->text);
    struct day day = expected->day;
    if (claim->day.year != day.year || claim->day.month != day.month || claim->day.day != day.day ||
        claim->number != expected->number || !slice_equal_string(claim->text, expected->says))
        fail_msg("\"%s\" says %d-%u-%u, %ld: \"%.*s\"", expected->text, claim->day.year,
                 claim->day.month, claim->day.day, claim->number, SLICE_ARGUMENTS(claim->text));
    assert_slice(slice_part(whole, claim->span.start, claim->span.end), expected->says);
    struct slice number_part = slice_part(whole, claim->number_span.start, claim->number_span.end);
    assert_true(slice_equal(number_part, claim->number_text));
    assert_int_equal(claim->number_text.size == 0, claim->number == 0);
}

static void assert_path_claims(const struct claim_case *cases, size_t count,
                               struct lecture_claim (*claim_of)(struct slice path)) {
    for (size_t i = 0; i < count; i++) {
        struct lecture_claim claim = claim_of(slice_of(cases[i].text));
        assert_claim(&claim, &cases[i]);
    }
}

static void assert_text_claims(const struct claim_case *cases, size_t count,
                               struct lecture_claim (*claim_of)(const struct document *document)) {
    for (size_t i = 0; i < count; i++) {
        struct document *document = read_text(cases[i].text);
        struct lecture_claim claim = claim_of(document);
        assert_claim(&claim, &cases[i]);
        document_free(document);
    }
}

static void names(void **state) {
    (void)state;
    static const struct claim_case cases[] = {
        {"assets/scribe_notes/oct7_scribe.pdf", {0, 10, 7}, 0, "oct7"},
        {"feb_18.pdf", {0, 2, 18}, 0, "feb_18"},
        {"notes/March_1_scribe_note_AVijay.pdf", {0, 3, 1}, 0, "March_1"},
        {"ABC204X_Scribe_Notes____Feb_5.pdf", {0, 2, 5}, 0, "Feb_5"},
        {"Lecture_3.pdf", {0}, 3, "Lecture_3"},
        {"_posts/2019-01-28-lecture-05.md", {2019, 1, 28}, 5, "2019-01-28"},
        {"2019-02-20-lecture-09-bq.md", {2019, 2, 20}, 9, "2019-02-20"},
        {"lec12.md", {0}, 12, "lec12"},
        {"L05.pdf", {0}, 5, "L05"},
        {"L05_fourier.pdf", {0}, 5, "L05"},
        {"l5-notes.pdf", {0}, 5, "l5"},
        {"l2-regularization.md", {0}, 0, ""},
        {"week-3-lecture-2.md", {0}, 0, ""},
        {"week-3/lecture-2.md", {0}, 0, ""},
        {"week3_oct7.md", {0, 10, 7}, 0, "oct7"},
        {"lecture-notes-05.pdf", {0}, 5, "lecture-notes-05"},
        {"Lecture Notes No. 5.pdf", {0}, 5, "Lecture Notes No. 5"},
        {"12_scribe.pdf", {0}, 12, "12"},
        {"05.md", {0}, 5, "05"},
        {"scribe_notes_v2.pdf", {0}, 0, ""},
        {"scribe_notes_7_v2.pdf", {0}, 7, "7"},
        {"10-07.pdf", {0, 10, 7}, 0, "10-07"},
        {"scribe_1_10.pdf", {0, 1, 10}, 0, "1_10"},
        {"scribe_17_45.pdf", {0}, 0, ""},
        {"10-minute-history.md", {0}, 0, ""},
        {"group3_final.pdf", {0}, 0, ""},
        {"lecture-2019-01-05.md", {2019, 1, 5}, 0, "2019-01-05"},
        {"lecture.md", {0}, 0, ""},
        {"lecture-0.md", {0}, 0, ""},
        {"lecture2019.md", {0}, 0, ""},
        {"empty.pdf", {0}, 0, ""},
        {"2019-01-09-lecture-notes-template.md", {2019, 1, 9}, 0, "2019-01-09"},
        {"", {0}, 0, ""},
    };
    assert_path_claims(cases, COUNT_OF(cases), claim_of_name);
    struct slice path = slice_of("_posts/2019-01-28-lecture-05.md");
    assert_slice(claim_of_name(path).number_text, "lecture-05");
}

static void folders(void **state) {
    (void)state;
    static const struct claim_case cases[] = {
        {"notes/lecture-04/x.md", {0}, 4, "lecture-04"},
        {"notes/lecture-04/draft/x.md", {0}, 4, "lecture-04"},
        {"lec7/lec8/x.md", {0}, 8, "lec8"},
        {"oct7/notes.md", {0, 10, 7}, 0, "oct7"},
        {"week-3/lecture-2/notes.md", {0}, 0, ""},
        {"week-3/lecture-2-oct-7/notes.md", {0, 10, 7}, 0, "oct-7"},
        {"lecture-04.md", {0}, 0, ""},
        {"_posts/lecture-04.md", {0}, 0, ""},
    };
    assert_path_claims(cases, COUNT_OF(cases), claim_of_folder);
}

static void front_matter(void **state) {
    (void)state;
    static const struct claim_case cases[] = {
        {"---\ndate: 2019-01-28\n---\n", {2019, 1, 28}, 0, "2019-01-28"},
        {"---\ndate: 2019-1-8 10:00:00 -0500\n---\n", {2019, 1, 8}, 0, "2019-1-8 10:00:00 -0500"},
        {"---\nlecture: 5\n---\n", {0}, 5, "5"},
        {"---\nlecture: \"Lecture 05\"\n---\n", {0}, 5, "Lecture 05"},
        {"---\nlecture: Oct 7\n---\n", {0, 10, 7}, 0, "Oct 7"},
        {"---\nnumber: '12'\ndate: 10/7\n---\n", {0, 10, 7}, 12, "10/7"},
        {"---\nweek: 3\nlecture: 2\n---\n", {0}, 0, ""},
        {"---\nlecture: [5]\ndate:\n---\n", {0}, 0, ""},
        {"---\nlecture: Graphs of 5 nodes\n---\n", {0}, 0, ""},
        {"no front matter\n", {0}, 0, ""},
    };
    assert_text_claims(cases, COUNT_OF(cases), claim_of_front_matter);
}

static void titles(void **state) {
    (void)state;
    static const struct claim_case cases[] = {
        {"---\ntitle: \"Lecture 9: Graphs\"\n---\n# Lecture 8\n", {0}, 9, "Lecture 9"},
        {"---\ntitle: \"9: Graphs\"\n---\n", {0}, 9, "9"},
        {"---\ntitle: Graphs\n---\n# Lecture #8\n", {0}, 8, "Lecture #8"},
        {"# Notes of Oct 7, 2025\n", {2025, 10, 7}, 0, "Oct 7, 2025"},
        {"# Lecture 3 (Oct 7)\n", {0, 10, 7}, 3, "Oct 7"},
        {"# Week 3 Lecture 2\n", {0}, 0, ""},
        {"# 1. Introduction\n", {0}, 0, ""},
        {"# L2 norms\n", {0}, 0, ""},
        {"# 24/7 operation\n", {0}, 0, ""},
        {"text\n", {0}, 0, ""},
    };
    assert_text_claims(cases, COUNT_OF(cases), claim_of_title);
}

enum { ROWS = 7 };

/* A course with a holiday, a hidden row, and two lectures on one day. */
struct course {
    struct schedule_file file;
    struct lecture rows[ROWS];
    struct lecture_link links[ROWS];
    struct schedule schedule;
};

static void set_row(struct course *course, size_t index, struct day day, long number,
                    const char *label) {
    course->rows[index] = (struct lecture){.file = &course->file,
                                           .index = index,
                                           .day = day,
                                           .number = number,
                                           .label = slice_of(label),
                                           .links = &course->links[index]};
}

static void make_course(struct course *course, bool numbers_run_on) {
    *course = (struct course){0};
    set_row(course, 0, (struct day){2025, 9, 30}, 1, "1");
    set_row(course, 1, (struct day){2025, 10, 2}, 2, "2");
    set_row(course, 2, (struct day){2025, 10, 7}, 0, "");
    course->rows[2].status = LECTURE_NONE;
    set_row(course, 3, (struct day){2025, 10, 9}, 3, numbers_run_on ? "3" : "1");
    set_row(course, 4, (struct day){2025, 10, 14}, 4, numbers_run_on ? "4" : "2");
    set_row(course, 5, (struct day){2025, 10, 14}, 5, numbers_run_on ? "5" : "3");
    set_row(course, 6, (struct day){2024, 10, 16}, 6, "6");
    course->rows[6].hidden = true;
    course->schedule = (struct schedule){.lectures = course->rows,
                                         .lecture_count = ROWS,
                                         .numbers_run_on = numbers_run_on,
                                         .form = SCHEDULE_MODULES};
    for (size_t i = 0; i < ROWS; i++)
        course->rows[i].called = numbers_run_on ? course->rows[i].number : i == 5 ? 3 : 0;
}

static void set_link(struct course *course, size_t index, const char *destination,
                     const char *path) {
    course->links[index] = (struct lecture_link){.role = LINK_NOTES,
                                                 .destination = slice_of(destination),
                                                 .path = slice_of(path),
                                                 .span = {40, 60}};
    course->rows[index].link_count = 1;
}

/* `row` -1: the note is of no lecture. */
static void assert_lecture(const struct course *course, const char *path, const char *text, int row,
                           enum claim_source source, bool sure) {
    struct document *document = text ? read_text(text) : NULL;
    struct note_lecture note = note_lecture_find(&course->schedule, slice_of(path), document);
    int found = note.lecture ? (int)note.lecture->index : -1;
    document_free(document);
    if (found != row || (row >= 0 && note.source != source) || note.sure != sure)
        fail_msg("\"%s\" is of row %d by %s, %s", path, found, claim_source_name(note.source),
                 note.sure ? "sure" : "not sure");
}

static void by_name(void **state) {
    (void)state;
    struct course course;
    make_course(&course, true);
    assert_lecture(&course, "oct9_scribe.pdf", NULL, 3, CLAIM_NAME, true);
    assert_lecture(&course, "2025-10-09-x.md", "# Lecture 1\n", 3, CLAIM_NAME, true);
    assert_lecture(&course, "2024-10-09-x.md", NULL, -1, CLAIM_NAME, false);
    assert_lecture(&course, "oct7_scribe.pdf", NULL, -1, CLAIM_NAME, false);
    assert_lecture(&course, "oct16_scribe.pdf", NULL, -1, CLAIM_NAME, false);
    assert_lecture(&course, "oct14_scribe.pdf", NULL, -1, CLAIM_NAME, false);
    assert_lecture(&course, "oct14_lecture_5.pdf", NULL, 5, CLAIM_NAME, true);
    assert_lecture(&course, "Lecture_3.pdf", NULL, 3, CLAIM_NAME, true);
    assert_lecture(&course, "2025-10-10-lecture-03.md", NULL, 3, CLAIM_NAME, true);
    assert_lecture(&course, "lecture-9.md", NULL, -1, CLAIM_NAME, false);
    assert_lecture(&course, "notes.md", NULL, -1, CLAIM_NAME, false);
}

/* On the strength of a number beside a day without a lecture nothing is written. */
static void day_and_number_dispute(void **state) {
    (void)state;
    static const struct {
        const char *path;
        bool disputed;
    } cases[] = {{"2025-10-10-lecture-03.md", true},
                 {"2025-10-09-lecture-03.md", false},
                 {"oct14_lecture_5.pdf", false},
                 {"Lecture_3.pdf", false},
                 {"2025-10-10-x.md", false}};
    struct course course;
    make_course(&course, true);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(
            note_lecture_find(&course.schedule, slice_of(cases[i].path), NULL).disputed,
            cases[i].disputed);
}

/* The day on which a note was handed in, in front of the lecture's number. */
static void name_that_contradicts_itself(void **state) {
    (void)state;
    struct course course;
    make_course(&course, true);
    assert_lecture(&course, "oct9_lecture_1.pdf", NULL, 3, CLAIM_NAME, false);
    assert_lecture(&course, "oct9_lecture_1.md", "# Lecture 1\n", 0, CLAIM_NAME, false);
    assert_lecture(&course, "2025-10-09-lecture-01.md", NULL, 0, CLAIM_NAME, false);
    assert_lecture(&course, "2025-10-09-lecture-01.md", "# Lecture 1\n", 0, CLAIM_NAME, false);
    assert_lecture(&course, "2025-10-09-lecture-01.md", "# Lecture 3\n", 3, CLAIM_NAME, false);
    assert_lecture(&course, "2025-10-09-lecture-01.md", "---\nlecture: 1\n---\n", 0, CLAIM_NAME,
                   false);
    set_link(&course, 0, "x", "oct9_lecture_1.pdf");
    assert_lecture(&course, "oct9_lecture_1.pdf", NULL, 0, CLAIM_NAME, false);
    set_link(&course, 3, "x", "2025-10-09-lecture-01.md");
    assert_lecture(&course, "2025-10-09-lecture-01.md", NULL, 3, CLAIM_NAME, false);
}

/* Labels that restart are no numbers to compare; one that a single lecture has is a guess. */
static void restarting_labels(void **state) {
    (void)state;
    struct course course;
    make_course(&course, false);
    assert_lecture(&course, "Lecture_3.pdf", NULL, 5, CLAIM_NAME, false);
    assert_lecture(&course, "Lecture_1.pdf", NULL, -1, CLAIM_NAME, false);
    assert_lecture(&course, "Lecture_5.pdf", NULL, -1, CLAIM_NAME, false);
    assert_lecture(&course, "week-2-lecture-1.pdf", NULL, -1, CLAIM_NAME, false);
    set_link(&course, 1, "Lecture_3.pdf", "Lecture_3.pdf");
    assert_lecture(&course, "Lecture_3.pdf", NULL, 1, CLAIM_LINK, true);
    assert_lecture(&course, "oct9_lecture_2.pdf", NULL, 3, CLAIM_NAME, true);
}

static void by_link(void **state) {
    (void)state;
    struct course course;
    make_course(&course, true);
    set_link(&course, 0, "notes/oct10.pdf", "notes/oct10.pdf");
    set_link(&course, 1, "https://example.org/course/notes/graphs/?x=1#top", "");
    assert_lecture(&course, "notes/oct10.pdf", NULL, 0, CLAIM_LINK, true);
    assert_lecture(&course, "_posts/2025-11-01-graphs.md", NULL, 1, CLAIM_LINK, false);
    assert_lecture(&course, "notes/oct9.pdf", NULL, 3, CLAIM_NAME, true);
    assert_lecture(&course, "lecture-03/graphs.md", NULL, 1, CLAIM_LINK, false);
    struct note_lecture note =
        note_lecture_find(&course.schedule, slice_of("notes/oct10.pdf"), NULL);
    assert_int_equal(note.claims[CLAIM_LINK].number, 1);
    assert_int_equal(note.claims[CLAIM_LINK].span.start, 40);
    assert_int_equal(note.claims[CLAIM_NAME].day.day, 10);
    set_link(&course, 3, "notes/oct10.pdf", "notes/oct10.pdf");
    assert_lecture(&course, "notes/oct10.pdf", NULL, -1, CLAIM_NAME, false);
    course.links[3].role = LINK_SLIDES;
    assert_lecture(&course, "notes/oct10.pdf", NULL, 0, CLAIM_LINK, true);
}

static void by_folder_and_text(void **state) {
    (void)state;
    struct course course;
    make_course(&course, true);
    assert_lecture(&course, "notes/lecture-02/index.md", NULL, 1, CLAIM_FOLDER, true);
    assert_lecture(&course, "graphs.md", "---\ntitle: 'Lecture 2: Graphs'\ndate: 2025-10-09\n---\n",
                   1, CLAIM_TITLE, false);
    assert_lecture(&course, "graphs.md", "---\ndate: 2025-10-09 10:00\n---\n", 3,
                   CLAIM_FRONT_MATTER, false);
    assert_lecture(&course, "graphs.md", "---\nnumber: 2\n---\n", 1, CLAIM_FRONT_MATTER, false);
}

static void assert_nearest(const struct schedule *schedule, struct day day, const char *expected) {
    struct buffer buffer = BUFFER_EMPTY;
    schedule_append_nearest(&buffer, schedule, day);
    assert_string_equal(buffer_string(&buffer), expected);
    buffer_release(&buffer);
}

static void nearest(void **state) {
    (void)state;
    struct course course;
    make_course(&course, true);
    assert_nearest(&course.schedule, (struct day){0, 10, 10}, "Oct 9 (3) and Oct 14 (4)");
    assert_nearest(&course.schedule, (struct day){0, 10, 7}, "Oct 9 (3) and Oct 2 (2)");
    assert_nearest(&course.schedule, (struct day){2025, 9, 1}, "Sep 30 (1) and Oct 2 (2)");
    assert_nearest(&course.schedule, (struct day){2024, 10, 9},
                   "Sep 30, 2025 (1) and Oct 2, 2025 (2)");
    assert_nearest(&course.schedule, (struct day){0, 1, 2}, "Oct 14 (4) and Oct 9 (3)");
    course.schedule.lecture_count = 1;
    assert_nearest(&course.schedule, (struct day){0, 2, 29}, "Sep 30 (1)");
    course.schedule.lecture_count = 0;
    assert_nearest(&course.schedule, (struct day){0, 2, 29}, "");
    make_course(&course, false);
    assert_nearest(&course.schedule, (struct day){0, 10, 10}, "Oct 9 and Oct 14");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names),
                                       cmocka_unit_test(folders),
                                       cmocka_unit_test(front_matter),
                                       cmocka_unit_test(titles),
                                       cmocka_unit_test(by_name),
                                       cmocka_unit_test(day_and_number_dispute),
                                       cmocka_unit_test(name_that_contradicts_itself),
                                       cmocka_unit_test(restarting_labels),
                                       cmocka_unit_test(by_link),
                                       cmocka_unit_test(by_folder_and_text),
                                       cmocka_unit_test(nearest)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
