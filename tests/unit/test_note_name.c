#include "course/note_name.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "text/pattern.h"

static void assert_stem(const char *path, const char *stem) {
    struct note_name name = note_name_read(slice_of(path));
    assert_int_equal(name.stem.size, strlen(stem));
    assert_true(slice_equal_string(name.stem, stem));
}

static void stems(void **state) {
    (void)state;
    assert_stem("_posts/2025-01-08-lecture-02.md", "2025-01-08-lecture-02");
    assert_stem("a.b/c", "c");
    assert_stem("x.tar.gz", "x.tar");
    assert_stem(".hidden", ".hidden");
    assert_stem("a/", "");
    assert_stem("", "");
}

static void assert_date(const char *path, unsigned year, unsigned month, unsigned day) {
    struct note_name name = note_name_read(slice_of(path));
    assert_int_equal(name.has_date, year != 0);
    if (year) {
        assert_int_equal(name.year, year);
        assert_int_equal(name.month, month);
        assert_int_equal(name.day, day);
    }
}

static void dates(void **state) {
    (void)state;
    assert_date("_posts/2025-01-08-lecture-02.md", 2025, 1, 8);
    assert_date("2025-1-8-x.md", 2025, 1, 8);
    assert_date("25-01-08-x.md", 0, 0, 0);
    assert_date("2025-01-08.md", 0, 0, 0);
    assert_date("2025-001-08-x.md", 0, 0, 0);
    assert_date("2025_01_08-x.md", 0, 0, 0);
    assert_date("x-2025-01-08-y.md", 0, 0, 0);
    assert_date("2025-", 0, 0, 0);
    assert_date("", 0, 0, 0);
}

static void days_are_compared_by_value(void **state) {
    (void)state;
    struct note_name name = note_name_read(slice_of("2025-01-08-x.md"));
    static const char *const same[] = {"2025-01-08", "2025-1-8", "2025-01-08 10:00:00 +0100",
                                       "2025-01-08T10:00"};
    static const char *const other[] = {"2025-01-09", "2025-01-081", "01/08/2025", "",
                                        "2025-01",    "tomorrow",    "2026-01-08"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_true(note_name_has_day(&name, slice_of(same[i])));
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(note_name_has_day(&name, slice_of(other[i])));
    name = note_name_read(slice_of("undated.md"));
    assert_false(note_name_has_day(&name, slice_of("2025-01-08")));
}

static void assert_number(struct slice text, int expected) {
    unsigned number = 0;
    struct span place;
    bool found = lecture_number_find(text, &number, &place);
    assert_int_equal(found ? (int)number : -1, expected);
    if (found) {
        assert_true(place.start < place.end && place.end <= text.size);
        assert_true(slice_equal_ignoring_case(slice_part(text, place.start, place.start + 7),
                                              slice_of("lecture")));
    }
}

static void lecture_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int number;
    } cases[] = {
        {"2025-01-08-lecture-02", 2},
        {"Lecture 12: Storage", 12},
        {"LECTURE_5", 5},
        {"lecture5", 5},
        {"Lecture #7", 7},
        {"Lecture - 3", 3},
        {"lecture-0", 0},
        {"lecture lecture 4", 4},
        {"Lectures 5", -1},
        {"lecture", -1},
        {"lecture-", -1},
        {"lectur", -1},
        {"Lecture: 5", -1},
        {"notes 5", -1},
        {"", -1},
        {"lecture-two", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_number(slice_of(cases[i].text), cases[i].number);
    assert_number((struct slice){"lecture\0005", 9}, -1);
    assert_number((struct slice){NULL, 0}, -1);
    /* Nothing behind the end is read. */
    assert_number(slice_part(slice_of("lecture-25"), 0, 9), 2);
}

static void assert_expanded(const char *path, const char *pattern, const char *expected,
                            bool known) {
    struct note_name name = note_name_read(slice_of(path));
    struct buffer buffer = BUFFER_EMPTY;
    assert_int_equal(note_name_expand(&buffer, slice_of(pattern), &name), known);
    assert_string_equal(buffer_string(&buffer), expected);
    buffer_release(&buffer);
}

static void patterns_are_filled_in(void **state) {
    (void)state;
    static const char path[] = "_posts/2025-1-8-lecture-2.md";
    assert_expanded(path, "a/{nn}/{n}.{stem}", "a/02/2.2025-1-8-lecture-2", true);
    assert_expanded(path, "{yyyy}{mm}{dd}", "20250108", true);
    assert_expanded(path, "plain", "plain", true);
    assert_expanded(path, "x.{png,jpg}", "x.{png,jpg}", true);
    assert_expanded(path, "{other}/", "*/", false);
    assert_expanded(path, "{", "{", true);
    assert_expanded(path, "{}", "*", false);
    assert_expanded(path, "a}", "a}", true);
    assert_expanded("template.md", "img/{nn}/{yyyy}", "img/*/*", false);
    assert_expanded("template.md", "{stem}.bib", "template.bib", true);
    assert_expanded("lecture-123.md", "{nn}", "123", true);
}

/* A hostile or careless name must not widen what belongs to the note. */
static void names_are_no_globs(void **state) {
    (void)state;
    static const char *const stems[] = {"lecture-**", "l[ecture-1", "{a,b}", "a\\b", "x?y", "a,b"};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        struct note_name name = {.stem = slice_of(stems[i])};
        struct buffer glob = BUFFER_EMPTY, itself = BUFFER_EMPTY;
        struct pattern *pattern = NULL;
        struct error error = ERROR_NONE;
        assert_true(note_name_expand(&glob, slice_of("bib/{stem}.{bib,txt}"), &name));
        assert_int_equal(pattern_compile_glob(&pattern, buffer_slice(&glob), &error), OK);
        buffer_append_format(&itself, "bib/%s.bib", stems[i]);
        assert_true(pattern_matches(pattern, buffer_slice(&itself)));
        assert_false(pattern_matches(pattern, slice_of("bib/lecture-other.bib")));
        assert_false(pattern_matches(pattern, slice_of("bib/a.bib")));
        pattern_free(pattern);
        buffer_release(&itself);
        buffer_release(&glob);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stems),
        cmocka_unit_test(dates),
        cmocka_unit_test(days_are_compared_by_value),
        cmocka_unit_test(lecture_numbers),
        cmocka_unit_test(patterns_are_filled_in),
        cmocka_unit_test(names_are_no_globs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
