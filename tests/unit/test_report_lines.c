#include "sample_verdict.h"

static void expect_lines(struct verdict *verdict, bool carried, const char *expected) {
    struct buffer output = BUFFER_EMPTY;
    struct report_options options = {.fail_on = SEVERITY_ERROR, .carried = carried};
    finding_list_sort(&verdict->findings);
    report_lines(&output, verdict, &options);
    assert_string_equal(buffer_string(&output), expected);
    buffer_release(&output);
}

static void test_nothing_is_no_line(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_remark(&verdict, &verdict.skipped, "a.pdf", "not text");
    sample_remark(&verdict, &verdict.notes, "", "a note");
    sample_expect("lines", &verdict, "");
}

static void test_states(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct finding *finding = sample_finding(&verdict, "image-missing", "a b.md", "no image");
    sample_place(finding, 12, 5, 9, "![](x)");
    finding->fix = slice_of("not in the format");
    finding = sample_finding(&verdict, "no-place", "a b.md", "no front matter");
    finding->severity = SEVERITY_WARNING;
    finding = sample_finding(&verdict, "old", "b.md", "carried");
    finding->severity = SEVERITY_NOTICE;
    finding->state = FINDING_CARRIED;
    sample_place(finding, 3, 1, 2, "x");
    sample_finding(&verdict, "gone", "b.md", "fixed")->state = FINDING_FIXED;
    expect_lines(&verdict, false,
                 "a b.md:1:1: warning: no front matter [no-place]\n"
                 "a b.md:12:5: error: no image [image-missing]\n");
    expect_lines(&verdict, true,
                 "a b.md:1:1: warning: no front matter [no-place]\n"
                 "a b.md:12:5: error: no image [image-missing]\n"
                 "b.md:3:1: notice: carried [old]\n");
    verdict_release(&verdict);
}

static void test_undecided_is_told(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_remark(&verdict, &verdict.undecided, "a.md", "too large");
    sample_remark(&verdict, &verdict.undecided, "", "shallow clone");
    sample_expect("lines", &verdict,
                  "a.md:1:1: error: could not be checked: too large\n"
                  "scribelint: could not decide: shallow clone\n");
}

static void test_hostile_text_is_harmless(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_place(sample_finding(&verdict, "r", HOSTILE, HOSTILE), 1, 1, 2, HOSTILE);
    sample_finding(&verdict, "r", "::error::x", "##");
    sample_remark(&verdict, &verdict.undecided, HOSTILE, HOSTILE);
    sample_expect("lines", &verdict,
                  "./" HOSTILE_SHOWN ":1:1: error: " HOSTILE_SHOWN " [r]\n"
                  "./::error::x:1:1: error: ## [r]\n"
                  "./" HOSTILE_SHOWN ":1:1: error: could not be checked: " HOSTILE_SHOWN "\n");
}

static void test_long_messages_are_cut(void **state) {
    (void)state;
    char message[5001];
    memset(message, 'm', 5000);
    message[5000] = '\0';
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "r", "a.txt", message);
    char *report = sample_report("lines", &verdict, false);
    assert_non_null(strstr(report, "mmm\u2026 [r]\n"));
    assert_int_equal(sample_count(report, "m"), 997);
    free(report);
    verdict_release(&verdict);
}

/* The list of choices is the table of formats. */
static void test_every_format_is_a_choice(void **state) {
    (void)state;
    struct buffer names = BUFFER_EMPTY;
    for (const struct report_format *format = report_formats; format->name; format++)
        buffer_append_format(&names, "%s%s", names.size ? "|" : "", format->name);
    assert_string_equal(buffer_string(&names), REPORT_FORMAT_CHOICES);
    buffer_release(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_no_line),
        cmocka_unit_test(test_states),
        cmocka_unit_test(test_undecided_is_told),
        cmocka_unit_test(test_hostile_text_is_harmless),
        cmocka_unit_test(test_long_messages_are_cut),
        cmocka_unit_test(test_every_format_is_a_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
