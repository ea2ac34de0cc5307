#include "config/severity.h"
#include "config/title_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static bool fits(const char *form, const char *title) {
    struct pattern *pattern = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(title_form_compile(&pattern, slice_of(form), &error), OK);
    bool found = pattern_matches(pattern, slice_of(title));
    pattern_free(pattern);
    return found;
}

static void numbers(void **state) {
    (void)state;
    static const char form[] = "Lecture {n}: {title}";
    assert_true(fits(form, "Lecture 2: Storage"));
    assert_true(fits(form, "Lecture 12: A: B"));
    assert_false(fits(form, "Lecture 02: Storage"));
    assert_false(fits(form, "Lecture 2 : Storage"));
    assert_false(fits(form, "Lecture 2: "));
    assert_false(fits(form, "Lecture 2:  Storage"));
    assert_false(fits(form, "lecture 2: Storage"));
    assert_false(fits(form, "My Lecture 2: Storage"));
    assert_false(fits(form, "Lecture two: Storage"));
    assert_false(fits(form, "Lecture 2: Storage\nmore"));
    assert_true(fits("{nn}", "02"));
    assert_true(fits("{nn}", "112"));
    assert_false(fits("{nn}", "2"));
    assert_false(fits("{nn}", "012"));
}

static void all_else_stands_for_itself(void **state) {
    (void)state;
    assert_true(fits("(L.{n}) [x] {title}*", "(L.3) [x] y*"));
    assert_false(fits("L.{n}", "Lx3"));
    assert_true(fits("{title} # {n}", "Storage # 4"));
    assert_true(fits("a}b", "a}b"));
    assert_true(fits("a{b", "a{b"));
    assert_true(fits("{", "{"));
    assert_true(fits("\xC3\xA9 {n}", "\xC3\xA9 1"));
}

static void unknown_names_are_told(void **state) {
    (void)state;
    static const char *const names[] = {"{number}", "x {number} y", "{n}{number}"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct pattern *pattern = NULL;
        struct error error = ERROR_NONE;
        assert_int_equal(title_form_compile(&pattern, slice_of(names[i]), &error), STATUS_USAGE);
        assert_string_equal(error_message(&error),
                            "no {number} in a title; there are {n}, {nn} and {title}");
        assert_null(pattern);
        error_release(&error);
    }
}

static void assert_example(const char *form, unsigned number, const char *expected) {
    struct buffer text = BUFFER_EMPTY;
    title_form_append_example(&text, slice_of(form), number);
    assert_string_equal(buffer_string(&text), expected);
    assert_true(fits(form, buffer_string(&text)));
    buffer_release(&text);
}

static void examples_have_the_form(void **state) {
    (void)state;
    assert_example("Lecture {n}: {title}", 0, "Lecture 2: Title of the lecture");
    assert_example("Lecture {n}: {title}", 13, "Lecture 13: Title of the lecture");
    assert_example("L{nn} {title} {x", 5, "L05 Title of the lecture {x");
    assert_example("{nn}", 0, "02");
}

static void severities(void **state) {
    (void)state;
    static const char *const names[] = {"off", "notice", "warning", "error"};
    enum severity severity;
    for (size_t i = 0; i < 4; i++) {
        assert_true(severity_parse(slice_of(names[i]), &severity));
        assert_string_equal(severity_name(severity), names[i]);
    }
    assert_true(SEVERITY_OFF < SEVERITY_NOTICE && SEVERITY_NOTICE < SEVERITY_WARNING &&
                SEVERITY_WARNING < SEVERITY_ERROR);
    severity = SEVERITY_NOTICE;
    assert_false(severity_parse(slice_of("Error"), &severity));
    assert_false(severity_parse(slice_of("errors"), &severity));
    assert_false(severity_parse(slice_of(NULL), &severity));
    assert_int_equal(severity, SEVERITY_NOTICE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(all_else_stands_for_itself),
        cmocka_unit_test(unknown_names_are_told),
        cmocka_unit_test(examples_have_the_form),
        cmocka_unit_test(severities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
