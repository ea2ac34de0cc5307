#include "finding/finding.h"
#include "finding/fingerprint.h"
#include "finding/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct finding make(const char *rule, const char *path, const char *base_path,
                           const char *subject) {
    struct finding finding = {.rule = rule,
                              .path = slice_of(path),
                              .base_path = slice_of(base_path),
                              .subject = slice_of(subject)};
    fingerprint_set(&finding);
    return finding;
}

static void assert_same(struct finding left, struct finding right) {
    assert_string_equal(left.fingerprint, right.fingerprint);
}

static void assert_different(struct finding left, struct finding right) {
    assert_string_not_equal(left.fingerprint, right.fingerprint);
}

static void test_severities_have_names(void **state) {
    (void)state;
    const char *names[] = {"off", "notice", "warning", "error"};
    for (int i = SEVERITY_OFF; i <= SEVERITY_ERROR; i++) {
        enum severity severity = SEVERITY_OFF;
        assert_string_equal(severity_name((enum severity)i), names[i]);
        assert_true(severity_parse(slice_of(names[i]), &severity));
        assert_int_equal(severity, i);
    }
    enum severity untouched = SEVERITY_NOTICE;
    assert_false(severity_parse(slice_of("Error"), &untouched));
    assert_false(severity_parse(slice_of("warn"), &untouched));
    assert_false(severity_parse(slice_of(NULL), &untouched));
    assert_int_equal(untouched, SEVERITY_NOTICE);
    assert_string_equal(finding_state_name(FINDING_INTRODUCED), "introduced");
    assert_string_equal(finding_state_name(FINDING_FIXED), "fixed");
    assert_string_equal(finding_state_name(FINDING_CARRIED), "carried");
}

/* Computed with another program: FNV-1a 64 of "r\0p\0a b". */
static void test_fingerprint_is_fnv1a(void **state) {
    (void)state;
    assert_string_equal(make("r", "p", "p", "a b").fingerprint, "c25c00cfacd1a98c");
    assert_string_equal(make("r", "p", "p", "").fingerprint, "8b0b30207365eb77");
}

static void test_fingerprint_folds_blanks(void **state) {
    (void)state;
    struct finding plain = make("r", "p", "p", "two words");
    assert_same(plain, make("r", "p", "p", "  two \t\r\n  words\n"));
    assert_different(plain, make("r", "p", "p", "twowords"));
    assert_different(plain, make("r", "p", "p", "two Words"));
    assert_same(make("r", "p", "p", " \n "), make("r", "p", "p", ""));
}

static void test_fingerprint_follows_renames(void **state) {
    (void)state;
    assert_same(make("r", "new.md", "old.md", "x"), make("r", "old.md", "old.md", "x"));
    assert_same(make("r", "added.md", "", "x"), make("r", "added.md", "added.md", "x"));
    assert_different(make("r", "new.md", "", "x"), make("r", "old.md", "old.md", "x"));
}

static void test_fingerprint_keeps_its_parts_apart(void **state) {
    (void)state;
    assert_different(make("ab", "c", "c", "x"), make("a", "bc", "bc", "x"));
    assert_different(make("r", "a", "a", "bx"), make("r", "ab", "ab", "x"));
    assert_different(make("r", "p", "p", "x"), make("q", "p", "p", "x"));
}

static void test_fingerprint_ignores_place_message_severity(void **state) {
    (void)state;
    struct finding one = make("r", "p", "p", "x"), other = one;
    other.severity = SEVERITY_ERROR;
    other.has_place = true;
    other.start = other.end = (struct position){7, 8};
    other.message = slice_of("something else");
    fingerprint_set(&other);
    assert_same(one, other);
}

static void add(struct finding_list *list, const char *path, size_t line, size_t column,
                const char *rule, const char *message) {
    struct finding *finding = finding_list_add(list);
    finding->path = slice_of(path);
    finding->rule = rule;
    finding->message = slice_of(message);
    finding->has_place = line > 0;
    finding->start = finding->end = (struct position){line, column};
}

static void test_list_sorts_by_path_place_rule_message(void **state) {
    (void)state;
    struct finding_list list = {0};
    add(&list, "b.md", 1, 1, "r", "8");
    add(&list, "a.md", 10, 1, "r", "7");
    add(&list, "a.md", 2, 9, "r", "6");
    add(&list, "a.md", 2, 3, "s", "5");
    add(&list, "a.md", 2, 3, "r", "4");
    add(&list, "a.md", 2, 3, "r", "3");
    add(&list, "a.md", 0, 0, "z", "2");
    add(&list, "a.md", 0, 0, "y", "1");
    add(&list, "a", 99, 1, "z", "0");
    finding_list_sort(&list);
    assert_int_equal(list.count, 9);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.items[i]->message.data[0], '0' + (int)i);
    finding_list_release(&list);
    assert_int_equal(list.count, 0);
    finding_list_sort(&list);
    finding_list_release(&list);
}

static void test_list_findings_stay_where_they_are(void **state) {
    (void)state;
    struct finding_list list = {0};
    struct finding *first = finding_list_add(&list);
    first->rule = "first";
    for (size_t i = 1; i < 1000; i++)
        finding_list_add(&list)->rule = "other";
    assert_ptr_equal(list.items[0], first);
    assert_string_equal(first->rule, "first");
    finding_list_release(&list);
}

static void set(struct verdict *verdict, enum severity severity, enum finding_state state) {
    struct finding *finding = finding_list_add(&verdict->findings);
    finding->rule = "r";
    finding->severity = severity;
    finding->state = state;
}

static void test_summary_counts_severities_of_introduced_only(void **state) {
    (void)state;
    struct verdict verdict = {0};
    set(&verdict, SEVERITY_ERROR, FINDING_INTRODUCED);
    set(&verdict, SEVERITY_WARNING, FINDING_INTRODUCED);
    set(&verdict, SEVERITY_WARNING, FINDING_INTRODUCED);
    set(&verdict, SEVERITY_NOTICE, FINDING_INTRODUCED);
    set(&verdict, SEVERITY_ERROR, FINDING_CARRIED);
    set(&verdict, SEVERITY_ERROR, FINDING_CARRIED);
    set(&verdict, SEVERITY_WARNING, FINDING_FIXED);
    struct summary summary = verdict_summary(&verdict);
    assert_int_equal(summary.introduced, 4);
    assert_int_equal(summary.carried, 2);
    assert_int_equal(summary.fixed, 1);
    assert_int_equal(summary.errors, 1);
    assert_int_equal(summary.warnings, 2);
    assert_int_equal(summary.notices, 1);
    verdict_release(&verdict);
}

static enum exit_status status_of(enum severity severity, enum finding_state finding_state,
                                  bool undecided, enum severity fail_on) {
    struct verdict verdict = {0};
    set(&verdict, severity, finding_state);
    verdict_remark(&verdict, &verdict.skipped, slice_of("a.pdf"), slice_of("not text"));
    if (undecided)
        verdict_remark(&verdict, &verdict.undecided, slice_of("a.md"), slice_of("limit reached"));
    enum exit_status status = verdict_exit_status(&verdict, fail_on);
    verdict_release(&verdict);
    return status;
}

static void test_exit_status(void **state) {
    (void)state;
    const enum severity error = SEVERITY_ERROR, warning = SEVERITY_WARNING;
    assert_int_equal(status_of(error, FINDING_INTRODUCED, false, error), 1);
    assert_int_equal(status_of(warning, FINDING_INTRODUCED, false, error), 0);
    assert_int_equal(status_of(warning, FINDING_INTRODUCED, false, warning), 1);
    assert_int_equal(status_of(error, FINDING_INTRODUCED, false, SEVERITY_NOTICE), 1);
    assert_int_equal(status_of(error, FINDING_CARRIED, false, SEVERITY_NOTICE), 0);
    assert_int_equal(status_of(error, FINDING_FIXED, false, SEVERITY_NOTICE), 0);
    assert_int_equal(status_of(error, FINDING_INTRODUCED, false, SEVERITY_OFF), 0);
    /* Findings win over "could not decide". */
    assert_int_equal(status_of(error, FINDING_INTRODUCED, true, error), 1);
    assert_int_equal(status_of(warning, FINDING_INTRODUCED, true, error), 3);
    assert_int_equal(status_of(error, FINDING_INTRODUCED, true, SEVERITY_OFF), 3);
}

static void test_remarks_are_copied(void **state) {
    (void)state;
    struct verdict verdict = {0};
    char path[] = "a.md", reason[] = "too big";
    for (int i = 0; i < 20; i++)
        verdict_remark(&verdict, &verdict.notes, slice_of(path), slice_of(reason));
    path[0] = reason[0] = '!';
    assert_int_equal(verdict.notes.count, 20);
    assert_true(slice_equal_string(verdict.notes.items[19].path, "a.md"));
    assert_true(slice_equal_string(verdict.notes.items[19].reason, "too big"));
    verdict_release(&verdict);
    assert_null(verdict.notes.items);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_severities_have_names),
        cmocka_unit_test(test_fingerprint_is_fnv1a),
        cmocka_unit_test(test_fingerprint_folds_blanks),
        cmocka_unit_test(test_fingerprint_follows_renames),
        cmocka_unit_test(test_fingerprint_keeps_its_parts_apart),
        cmocka_unit_test(test_fingerprint_ignores_place_message_severity),
        cmocka_unit_test(test_list_sorts_by_path_place_rule_message),
        cmocka_unit_test(test_list_findings_stay_where_they_are),
        cmocka_unit_test(test_summary_counts_severities_of_introduced_only),
        cmocka_unit_test(test_exit_status),
        cmocka_unit_test(test_remarks_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
