#include "course/first_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "course/lecture_claim.h"
#include "course/note_people.h"
#include "document_fixture.h"
#include "pdf_fixture.h"

#define COURSE                                                                                     \
    { "ABC-101: Systems of Some Scale, Winter 2024", 100, 100, 10, "CMBX10" }
#define TITLE(text)                                                                                \
    { text, 200, 130, 14.4, "CMR12" }
#define LECTURER                                                                                   \
    { "Lecturer: Ada Byron", 100, 160, 10, "CMTI10" }
#define SCRIBES(text)                                                                              \
    { text, 330, 160, 10, "CMTI10" }
#define MORE(text)                                                                                 \
    { text, 340, 172, 10, "CMTI10" }
#define TEXT                                                                                       \
    {"1 Caches", 90, 220, 14.4, "CMBX12"}, {                                                       \
        "A cache keeps what was used lately, and so it is with all that follows.", 90, 240, 10,    \
            "CMR10"                                                                                \
    }

/* The names, parted by "; ", for free(). */
static char *names_of(const struct document *document) {
    struct note_people people;
    struct buffer text = BUFFER_EMPTY;
    note_people_read(&people, document);
    for (size_t i = 0; i < people.count; i++)
        buffer_append_format(&text, "%s%.*s", i ? "; " : "", SLICE_ARGUMENTS(people.items[i].name));
    note_people_release(&people);
    return buffer_detach(&text);
}

static void expect_names(const struct pdf_line_made *made, size_t count, const char *expected) {
    struct document *document = pdf_document_of(made, count, "");
    char *names = names_of(document);
    assert_string_equal(names, expected);
    free(names);
    document_free(document);
}

static void usual(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {COURSE, TITLE("4: Caches and Disks"), LECTURER,
                                                 SCRIBES("Scribe: Bo Li, Cy Twombly"), TEXT};
    struct document *document = pdf_document_of(lines, COUNT(lines), "");
    struct first_page page;
    first_page_read(&page, document);
    assert_slice(page.course.text, "ABC-101: Systems of Some Scale, Winter 2024");
    assert_slice(page.term.text, "Winter 2024");
    assert_int_equal(page.year, 2024);
    assert_int_equal(page.number, 4);
    assert_slice(document_text(document, page.number_span), "4");
    assert_slice(page.title.text, "Caches and Disks");
    assert_slice(document_text(document, page.title.span), "Caches and Disks");
    assert_slice(page.lecturer.text, "Ada Byron");
    assert_slice(page.scribes.text, "Bo Li, Cy Twombly");
    assert_slice(document_text(document, page.scribes.span), "Bo Li, Cy Twombly");
    first_page_release(&page);
    struct lecture_claim claim = claim_of_title(document);
    assert_int_equal(claim.number, 4);
    char *sections = pdf_sections_of(document);
    assert_string_equal(sections, "1:Caches");
    free(sections);
    document_free(document);
}

static void expect_title(const char *line, long number, const char *title) {
    const struct pdf_line_made lines[] = {COURSE, TITLE(line), LECTURER, TEXT};
    struct document *document = pdf_document_of(lines, COUNT(lines), "");
    struct first_page page;
    first_page_read(&page, document);
    if (page.number != number || !slice_equal_string(page.title.text, title))
        fail_msg("\"%s\": %ld, \"%.*s\"", line, page.number, SLICE_ARGUMENTS(page.title.text));
    first_page_release(&page);
    document_free(document);
}

static void titles(void **state) {
    (void)state;
    expect_title("Lecture 12: Disks", 12, "Disks");
    expect_title("Lecture #3 - Disks", 3, "Disks");
    expect_title("Lecture 7", 7, "");
    expect_title("5. Disks", 5, "Disks");
    expect_title("Basics: OS-1", 0, "Basics: OS-1");
    expect_title("3 Ways to Fail", 0, "3 Ways to Fail");
    expect_title("2-Phase Commit", 0, "2-Phase Commit");
    expect_title("2024: A Year", 0, "2024: A Year");
}

static void wrapped_title_and_day(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        COURSE,
        {"6: A long title of which the end is", 150, 130, 14.4, "CMR12"},
        {"on the next line", 250, 147, 14.4, "CMR12"},
        {"January 24, 2024", 250, 156, 10, "CMR10"},
        {"Lecturer: Ada Byron", 100, 170, 10, "CMTI10"},
        TEXT};
    struct document *document = pdf_document_of(lines, COUNT(lines), "");
    struct first_page page;
    first_page_read(&page, document);
    assert_int_equal(page.number, 6);
    assert_slice(page.title.text, "A long title of which the end is on the next line");
    assert_int_equal(page.day.month, 1);
    assert_int_equal(page.day.day, 24);
    assert_false(page.names_scribes);
    first_page_release(&page);
    document_free(document);
}

static void people(void **state) {
    (void)state;
    /* The label, then what wraps below it. */
    static const struct {
        const char *first, *second, *expected;
    } cases[] = {
        {"Scribe: Bo Li, Cy Twombly,", "Di Ana", "Bo Li; Cy Twombly; Di Ana"},
        {"Scribes: Bo Li, Cy", "Twombly", "Bo Li; Cy Twombly"},
        {"Scribe(s): Bo Li and", "Cy Twombly", "Bo Li; Cy Twombly"},
        {"Scribed by: Bo Li, Anne-", "Marie Roe", "Bo Li; Anne-Marie Roe"},
        {"Scribes: Bo Li, Cy Twom-", "bly", "Bo Li; Cy Twombly"},
        {"Scribes: Bo Li (A123), Cy", "Twombly (A456)", "Bo Li; Cy Twombly"},
        {"Scribes: Bo Li; Cy Twombly &", "Di Ana", "Bo Li; Cy Twombly; Di Ana"},
        {"Scribes: Bo Li", "Cy Twombly", "Bo Li; Cy Twombly"},
        {"Scribes :Bo Li,", "Cy Twombly", "Bo Li; Cy Twombly"},
        {"Authors: Bo Li, Cy Twombly", "and Di Ana", "Bo Li; Cy Twombly; Di Ana"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct pdf_line_made lines[] = {
            COURSE, TITLE("4: Caches"), LECTURER, SCRIBES(cases[i].first), MORE(cases[i].second),
            TEXT};
        expect_names(lines, COUNT(lines), cases[i].expected);
    }
}

static void both_labels_on_one_line(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        COURSE,
        TITLE("4: Caches"),
        {"Lecturer: Ada Byron Scribe: Bo Li, Cy Twombly,", 100, 160, 10, "CMTI10"},
        {"Di Ana", 200, 172, 10, "CMTI10"},
        TEXT};
    expect_names(lines, COUNT(lines), "Bo Li; Cy Twombly; Di Ana");
}

static void nobody_and_nothing(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {COURSE, TITLE("4: Caches"), LECTURER,
                                                 SCRIBES("Scribe:"), TEXT};
    struct document *document = pdf_document_of(lines, COUNT(lines), "");
    struct first_page page;
    first_page_read(&page, document);
    assert_true(page.names_scribes);
    assert_int_equal(page.scribes.text.size, 0);
    first_page_release(&page);
    document_free(document);
    first_page_read(&page, NULL);
    assert_false(page.names_scribes || page.names_lecturer);
    first_page_release(&page);
    document = read_text("# Lecture 4\n\nScribe: Bo Li\n");
    first_page_read(&page, document);
    assert_int_equal(page.number, 0);
    assert_null(page.title.text.data);
    first_page_release(&page);
    document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual),
        cmocka_unit_test(titles),
        cmocka_unit_test(wrapped_title_and_day),
        cmocka_unit_test(people),
        cmocka_unit_test(both_labels_on_one_line),
        cmocka_unit_test(nobody_and_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
