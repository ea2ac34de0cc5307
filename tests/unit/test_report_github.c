#include "sample_verdict.h"

#include <ctype.h>
#include <stdio.h>

#define SCOPE "2 files checked against 24 rules (base 1c25d27, head index)"

static struct finding *add(struct verdict *verdict, enum severity severity, const char *rule,
                           const char *path, size_t line, const char *message) {
    struct finding *finding = sample_finding(verdict, rule, path, message);
    finding->severity = severity;
    if (line)
        sample_place(finding, line, 3, 8, "source line");
    return finding;
}

/* Findings of `count` files, so that none can be put together. */
static void add_files(struct verdict *verdict, enum severity severity, size_t count) {
    for (size_t i = 0; i < count; i++)
        add(verdict, severity, "r", arena_format(&verdict->findings.arena, "%03zu.md", i), 1, "m");
}

static void test_clean_is_one_line(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_remark(&verdict, &verdict.notes, "", "text only");
    sample_expect("github", &verdict, "scribelint: " SCOPE ": nothing found\n");
}

static void test_only_introduced_are_shown(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add(&verdict, SEVERITY_ERROR, "r", "a.md", 1, "m")->state = FINDING_CARRIED;
    add(&verdict, SEVERITY_ERROR, "r", "a.md", 2, "m")->state = FINDING_FIXED;
    sample_expect("github", &verdict,
                  "scribelint: " SCOPE ": nothing introduced; 1 fixed, 1 carried\n");
}

static void test_errors_first_and_places(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add(&verdict, SEVERITY_NOTICE, "r", "a.md", 0, "of the file");
    struct finding *finding = add(&verdict, SEVERITY_WARNING, "r", "a.md", 1, "several lines");
    finding->end = (struct position){4, 2};
    finding = add(&verdict, SEVERITY_WARNING, "s", "a.md", 1, "whole lines");
    finding->end = (struct position){4, 1};
    finding = add(&verdict, SEVERITY_WARNING, "t", "a.md", 1, "point");
    finding->end = finding->start;
    finding = add(&verdict, SEVERITY_ERROR, "r", "b.md", 12, "one line");
    finding->fix = slice_of("do this");
    sample_expect("github", &verdict,
                  "::error file=b.md,line=12,endLine=12,col=3,endColumn=8,title=r::one line%0AFix: "
                  "do this\n"
                  "::warning file=a.md,line=1,endLine=4,title=r::several lines\n"
                  "::warning file=a.md,line=1,endLine=3,title=s::whole lines\n"
                  "::warning file=a.md,line=1,endLine=1,col=3,title=t::point\n"
                  "::notice file=a.md,title=r::of the file\n"
                  "1 error, 3 warnings, 1 notice introduced (1 blocking); " SCOPE "\n");
}

static void test_one_annotation_per_rule_and_file(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add(&verdict, SEVERITY_ERROR, "r", "a.md", 52, "m");
    add(&verdict, SEVERITY_ERROR, "r", "a.md", 12, "m")->fix = slice_of("f");
    add(&verdict, SEVERITY_ERROR, "r", "a.md", 40, "m");
    add(&verdict, SEVERITY_ERROR, "r", "a.md", 40, "m");
    add(&verdict, SEVERITY_ERROR, "r", "a.md", 61, "m");
    add(&verdict, SEVERITY_ERROR, "s", "a.md", 1, "first");
    add(&verdict, SEVERITY_ERROR, "s", "a.md", 2, "second");
    add(&verdict, SEVERITY_ERROR, "s", "a.md", 3, "first");
    add(&verdict, SEVERITY_ERROR, "t", "a.md", 0, "one");
    add(&verdict, SEVERITY_ERROR, "t", "a.md", 0, "two");
    add(&verdict, SEVERITY_ERROR, "t", "b.md", 5, "m");
    add(&verdict, SEVERITY_WARNING, "t", "b.md", 6, "m");
    sample_expect(
        "github", &verdict,
        "::error file=a.md,line=12,endLine=12,col=3,endColumn=8,title=r::m%0AFix: f%0AAlso on "
        "lines 40, 52, 61.\n"
        "::error file=a.md,line=1,endLine=1,col=3,endColumn=8,title=s::first%0AAlso on line "
        "3.%0ALine 2: second\n"
        "::error file=a.md,title=t::one%0AAlso: two\n"
        "::error file=b.md,line=5,endLine=5,col=3,endColumn=8,title=t::m\n"
        "::warning file=b.md,line=6,endLine=6,col=3,endColumn=8,title=t::m\n"
        "11 errors, 1 warning introduced (11 blocking); " SCOPE "\n");
}

static void expect_levels(struct verdict *verdict, size_t errors, size_t warnings, size_t notices,
                          const char *rest) {
    char *report = sample_report("github", verdict, false);
    assert_int_equal(sample_count(report, "::error "), errors);
    assert_int_equal(sample_count(report, "::warning "), warnings);
    assert_int_equal(sample_count(report, "::notice "), notices);
    if (rest)
        assert_non_null(strstr(report, rest));
    else
        assert_null(strstr(report, "not shown here"));
    free(report);
    verdict_release(verdict);
}

static void test_ten_of_each_level(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add_files(&verdict, SEVERITY_ERROR, 10);
    add_files(&verdict, SEVERITY_WARNING, 10);
    add_files(&verdict, SEVERITY_NOTICE, 10);
    expect_levels(&verdict, 10, 10, 10, NULL);
}

static void test_the_rest_is_counted_in_the_last_notice(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add_files(&verdict, SEVERITY_ERROR, 12);
    /* Twice in each file: groups are cut, findings are counted. */
    add_files(&verdict, SEVERITY_WARNING, 11);
    add_files(&verdict, SEVERITY_WARNING, 11);
    add_files(&verdict, SEVERITY_NOTICE, 10);
    expect_levels(&verdict, 10, 10, 10,
                  "\n::notice title=scribelint::5 more findings are not shown here (GitHub shows "
                  "at most ten of each kind): run scribelint check in your clone to see "
                  "everything\n12 errors, 22 warnings, 10 notices introduced");
}

static void test_one_notice_too_many(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add_files(&verdict, SEVERITY_NOTICE, 11);
    expect_levels(&verdict, 0, 0, 10, "::notice title=scribelint::2 more findings are not shown");
    verdict = sample_verdict();
    add_files(&verdict, SEVERITY_ERROR, 11);
    expect_levels(&verdict, 10, 0, 1, "::notice title=scribelint::1 more finding is not shown");
}

static void test_undecided_are_warnings_within_the_budget(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_remark(&verdict, &verdict.undecided, "a,b.md", "limit: 100%");
    sample_remark(&verdict, &verdict.undecided, "", "shallow clone");
    sample_remark(&verdict, &verdict.skipped, "a.pdf", "not text");
    sample_expect("github", &verdict,
                  "::warning file=a%2Cb.md,title=could not be checked::limit: 100%25\n"
                  "::warning title=could not be checked::shallow clone\n"
                  "nothing introduced; 2 undecided; 2 files checked against 24 rules, 1 skipped "
                  "(base 1c25d27, head index)\n");
    verdict = sample_verdict();
    add_files(&verdict, SEVERITY_WARNING, 9);
    for (int i = 0; i < 2; i++)
        sample_remark(&verdict, &verdict.undecided, "a.md", "limit");
    expect_levels(&verdict, 0, 10, 1, "::1 more finding is not shown");
    verdict = sample_verdict();
    add_files(&verdict, SEVERITY_WARNING, 3);
    for (int i = 0; i < 12; i++)
        sample_remark(&verdict, &verdict.undecided, "a.md", "limit");
    expect_levels(&verdict, 0, 10, 1, "::3 more findings and 2 more undecided remarks are not");
}

/* As a property: HOSTILE_SHOWN with `%`, `:` and `,` escaped. */
#define HOSTILE_PROPERTY                                                                           \
    "\\x1B[31m\\r\\n%3A%3Aerror%3A%3Ax ##\\[add-mask]y \\u{202E}\\xFF %250A%3A%3Astop"
#define HOSTILE_MESSAGE "\\x1B[31m\\r\\n::error::x ##\\[add-mask]y \\u{202E}\\xFF %250A::stop"

static void test_hostile_text_is_harmless(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct finding *finding =
        add(&verdict, SEVERITY_ERROR, "r", "::error::,x=y" HOSTILE, 1, HOSTILE);
    finding->fix = slice_of(HOSTILE);
    finding = add(&verdict, SEVERITY_ERROR, "r", "::error::,x=y" HOSTILE, 2, HOSTILE "2");
    sample_remark(&verdict, &verdict.undecided, HOSTILE, HOSTILE);
    sample_remark(&verdict, &verdict.skipped, HOSTILE, HOSTILE);
    sample_remark(&verdict, &verdict.notes, "", HOSTILE);
    sample_expect(
        "github", &verdict,
        "::error file=%3A%3Aerror%3A%3A%2Cx=y" HOSTILE_PROPERTY
        ",line=1,endLine=1,col=3,endColumn=8,title=r::" HOSTILE_MESSAGE "%0AFix: " HOSTILE_MESSAGE
        "%0ALine 2: " HOSTILE_MESSAGE "2\n"
        "::warning file=" HOSTILE_PROPERTY ",title=could not be checked::" HOSTILE_MESSAGE "\n"
        "2 errors introduced (blocking); 1 undecided; 2 files checked against 24 rules, 1 skipped "
        "(base 1c25d27, head index)\n");
}

/* The length of the longest message as GitHub decodes it. */
static size_t longest_message(const char *report) {
    size_t longest = 0;
    for (const char *line = report; *line; line = strchr(line, '\n') + 1) {
        const char *end = strchr(line, '\n');
        size_t size = 0;
        for (const char *at = line; at < end; at++, size++)
            if (*at == '%' && isxdigit((unsigned char)at[1]))
                at += 2;
        longest = size > longest ? size : longest;
    }
    return longest;
}

static void test_messages_fit(void **state) {
    (void)state;
    char text[5001];
    memset(text, '%', 5000);
    text[5000] = '\0';
    struct verdict verdict = sample_verdict();
    for (size_t i = 0; i < 500; i++)
        add(&verdict, SEVERITY_ERROR, "r", "a.md", 100000 + i, text)->fix = slice_of(text);
    for (size_t i = 0; i < 500; i++)
        add(&verdict, SEVERITY_ERROR, "r", "a.md", 200000 + i, text + 1);
    sample_remark(&verdict, &verdict.undecided, "a.md", text);
    char *report = sample_report("github", &verdict, false);
    size_t properties = strlen("::error file=a.md,line=100000,endLine=100000,col=3,endColumn=8,"
                               "title=r::");
    assert_true(longest_message(report) <= 4096 + properties);
    assert_non_null(strstr(report, "%0AAlso on lines 100001, 100002, "));
    assert_non_null(strstr(report, "%0ALine 200000: %25"));
    assert_non_null(strstr(report, " more in this file.\n::warning"));
    assert_int_equal(sample_count(report, "\n"), 3);
    free(report);
    verdict_release(&verdict);
}

/* What is not listed and what is must add up. */
static void test_many_findings_of_one_rule(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    for (size_t i = 0; i < 500; i++)
        add(&verdict, SEVERITY_ERROR, "r", "a.md", i + 1, "m");
    char *report = sample_report("github", &verdict, false);
    size_t listed = 1 + sample_count(report, ", ") + 1;
    size_t more = 0;
    const char *tail = strstr(report, "%0AAnd ");
    assert_non_null(tail);
    assert_int_equal(sscanf(tail, "%%0AAnd %zu more in this file.", &more), 1);
    listed -= sample_count(tail, ", "); /* those of the last line */
    assert_int_equal(listed + more, 500);
    assert_int_equal(sample_count(report, "::error "), 1);
    free(report);
    verdict_release(&verdict);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean_is_one_line),
        cmocka_unit_test(test_only_introduced_are_shown),
        cmocka_unit_test(test_errors_first_and_places),
        cmocka_unit_test(test_one_annotation_per_rule_and_file),
        cmocka_unit_test(test_ten_of_each_level),
        cmocka_unit_test(test_the_rest_is_counted_in_the_last_notice),
        cmocka_unit_test(test_one_notice_too_many),
        cmocka_unit_test(test_undecided_are_warnings_within_the_budget),
        cmocka_unit_test(test_hostile_text_is_harmless),
        cmocka_unit_test(test_messages_fit),
        cmocka_unit_test(test_many_findings_of_one_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
