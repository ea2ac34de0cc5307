#include "base/memory.h"
#include "sample_note.h"
#include "text/utf8.h"

#include <jansson.h>

/* The whole report as a value, for json_decref(). */
static json_t *read_report(struct verdict *verdict, const struct report_options *options) {
    struct buffer output = BUFFER_EMPTY;
    json_error_t error;
    finding_list_sort(&verdict->findings);
    report_sarif(&output, verdict, options);
    json_t *log = json_loads(buffer_string(&output), 0, &error);
    if (!log)
        fail_msg("%s in %s", error.text, buffer_string(&output));
    buffer_release(&output);
    return log;
}

static json_t *read_plain(struct verdict *verdict) {
    return read_report(verdict, &(struct report_options){.fail_on = SEVERITY_ERROR});
}

/* What stands at "runs/0/tool"; NULL when nothing does. */
static json_t *find(json_t *value, const char *path) {
    while (value && *path) {
        size_t size = strcspn(path, "/");
        char name[64] = "";
        assert_true(size < sizeof name);
        memcpy(name, path, size);
        value = json_is_array(value) ? json_array_get(value, strtoul(name, NULL, 10))
                                     : json_object_get(value, name);
        path += size + (path[size] == '/');
    }
    return value;
}

static void must_be(json_t *log, const char *path, const char *expected) {
    const char *text = json_string_value(find(log, path));
    if (!text)
        fail_msg("no text at %s", path);
    assert_string_equal(text, expected);
}

static void must_count(json_t *log, const char *path, long long expected) {
    if (!json_is_integer(find(log, path)))
        fail_msg("no number at %s", path);
    assert_int_equal(json_integer_value(find(log, path)), expected);
}

static size_t result_count(json_t *log) {
    assert_true(json_is_array(find(log, "runs/0/results")));
    return json_array_size(find(log, "runs/0/results"));
}

static void test_nothing_found(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    memcpy(verdict.id, "0123456789ab", VERDICT_ID_SIZE);
    sample_finding(&verdict, "gone", "a.md", "x")->state = FINDING_FIXED;
    sample_finding(&verdict, "old", "a.md", "x")->state = FINDING_CARRIED;
    json_t *log = read_plain(&verdict);
    must_be(log, "version", "2.1.0");
    must_be(log, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
    must_be(log, "runs/0/tool/driver/name", "scribelint");
    assert_null(json_object_get(find(log, "runs/0/tool/driver"), "semanticVersion"));
    must_be(log, "runs/0/columnKind", "unicodeCodePoints");
    must_be(log, "runs/0/properties/verdict", "0123456789ab");
    must_be(log, "runs/0/properties/base", SAMPLE_BASE);
    assert_int_equal(json_array_size(find(log, "runs")), 1);
    assert_int_equal(result_count(log), 0);
    assert_true(json_is_array(find(log, "runs/0/tool/driver/rules")));
    assert_int_equal(json_array_size(find(log, "runs/0/tool/driver/rules")), 0);
    assert_true(json_is_true(find(log, "runs/0/invocations/0/executionSuccessful")));
    must_count(log, "runs/0/invocations/0/exitCode", 0);
    json_decref(log);
    log = read_report(&verdict,
                      &(struct report_options){.fail_on = SEVERITY_ERROR, .version = "1.2.3"});
    must_be(log, "runs/0/tool/driver/semanticVersion", "1.2.3");
    json_decref(log);
    verdict_release(&verdict);
}

static void add_each_level(struct verdict *verdict) {
    struct finding *finding = sample_finding(verdict, "spelling", "c d/é:%.md", "teh");
    finding->severity = SEVERITY_NOTICE;
    sample_place(finding, 3, 2, 5, "\u00e9teh");
    finding = sample_finding(verdict, "image-missing", "a.md", "no image");
    sample_place(finding, 12, 5, 1, "![](x)");
    finding->end.line = 14;
    finding->fix = slice_of("commit it");
    sample_finding(verdict, "front-matter-missing", "b.md", "none")->severity = SEVERITY_WARNING;
}

static void test_results(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add_each_level(&verdict);
    json_t *log = read_plain(&verdict);
    assert_int_equal(result_count(log), 3);
    must_be(log, "runs/0/results/0/ruleId", "image-missing");
    must_be(log, "runs/0/results/0/level", "error");
    must_be(log, "runs/0/results/0/message/text", "no image\nFix: commit it");
    json_t *region = find(log, "runs/0/results/0/locations/0/physicalLocation/region");
    must_count(region, "startLine", 12);
    must_count(region, "startColumn", 5);
    must_count(region, "endLine", 14);
    must_count(region, "endColumn", 1);
    must_be(log, "runs/0/results/1/level", "warning");
    assert_null(find(log, "runs/0/results/1/locations/0/physicalLocation/region"));
    must_be(log, "runs/0/results/2/level", "note");
    json_t *artifact = find(log, "runs/0/results/2/locations/0/physicalLocation/artifactLocation");
    must_be(artifact, "uri", "c%20d/%C3%A9%3A%25.md");
    must_be(artifact, "uriBaseId", "%SRCROOT%");
    must_count(log, "runs/0/invocations/0/exitCode", 1);
    for (size_t i = 0; i < 3; i++) {
        assert_null(find(json_array_get(find(log, "runs/0/results"), i), "baselineState"));
        assert_null(find(json_array_get(find(log, "runs/0/results"), i), "fixes"));
    }
    json_decref(log);
    verdict_release(&verdict);
}

/* The format has no pages. */
static void test_pages_are_told(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "r", "a.pdf", "x")->page = 12;
    json_t *log = read_plain(&verdict);
    must_be(log, "runs/0/results/0/message/text", "Page 12: x");
    assert_null(find(log, "runs/0/results/0/locations/0/physicalLocation/region"));
    json_decref(log);
    verdict_release(&verdict);
}

/* Each result names its rule twice, by id and by place. */
static void test_rules_are_those_with_results(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct rule_set rules = {0};
    struct error error = ERROR_NONE;
    static const char *const ids[] = {"image-missing", "doubled-word", "of-no-set", "image-missing",
                                      "doubled-word"};
    assert_int_equal(rule_set_add_builtin_brief(&rules, &error), OK);
    for (size_t i = 0; i < COUNT_OF(ids); i++)
        sample_finding(&verdict, ids[i], "a.md", "x");
    json_t *log =
        read_report(&verdict, &(struct report_options){.fail_on = SEVERITY_ERROR, .rules = &rules});
    json_t *told = find(log, "runs/0/tool/driver/rules");
    assert_int_equal(json_array_size(told), 3);
    size_t at;
    json_t *result;
    json_array_foreach(find(log, "runs/0/results"), at, result) {
        size_t index = (size_t)json_integer_value(find(result, "ruleIndex"));
        must_be(json_array_get(told, index), "id", json_string_value(find(result, "ruleId")));
    }
    const struct rule *rule = rule_set_find(&rules, slice_of("image-missing"));
    assert_non_null(rule);
    char *summary = strndup(rule->summary.data, rule->summary.size);
    must_be(told, "1/id", "image-missing");
    must_be(told, "1/shortDescription/text", summary);
    assert_non_null(json_string_value(find(told, "1/fullDescription/text")));
    assert_non_null(
        strstr(json_string_value(find(told, "1/help/text")), "scribelint explain image-missing"));
    must_be(told, "1/defaultConfiguration/level", "error");
    must_be(told, "2/id", "of-no-set");
    assert_null(find(told, "2/shortDescription"));
    free(summary);
    json_decref(log);
    error_release(&error);
    rule_set_release(&rules);
    verdict_release(&verdict);
}

static void test_equal_findings_are_told_apart(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    for (size_t i = 1; i <= 3; i++)
        sample_place(sample_finding(&verdict, "r", "a.md", "same"), i, 1, 2, "x");
    sample_finding(&verdict, "r", "b.md", "same");
    json_t *log = read_plain(&verdict);
    size_t at;
    json_t *result;
    json_array_foreach(find(log, "runs/0/results"), at, result) {
        char expected[32];
        snprintf(expected, sizeof expected, "%s:%zu", verdict.findings.items[at]->fingerprint,
                 at < 3 ? at + 1 : 1);
        must_be(result, "partialFingerprints/primaryLocationLineHash", expected);
    }
    json_decref(log);
    verdict_release(&verdict);
}

static void test_carried_ones_on_demand(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "new", "a.md", "x");
    sample_finding(&verdict, "old", "b.md", "x")->state = FINDING_CARRIED;
    sample_finding(&verdict, "gone", "c.md", "x")->state = FINDING_FIXED;
    json_t *log =
        read_report(&verdict, &(struct report_options){.fail_on = SEVERITY_ERROR, .carried = true});
    assert_int_equal(result_count(log), 2);
    must_be(log, "runs/0/results/0/baselineState", "new");
    must_be(log, "runs/0/results/1/ruleId", "old");
    must_be(log, "runs/0/results/1/baselineState", "unchanged");
    json_decref(log);
    verdict_release(&verdict);
}

static void test_undecided_is_no_success(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_remark(&verdict, &verdict.undecided, "a b.md", "too large");
    sample_remark(&verdict, &verdict.undecided, "", "shallow clone");
    json_t *log = read_plain(&verdict), *run = find(log, "runs/0/invocations/0");
    assert_true(json_is_false(find(run, "executionSuccessful")));
    must_count(run, "exitCode", 3);
    must_be(run, "toolExecutionNotifications/0/message/text", "too large");
    must_be(run, "toolExecutionNotifications/0/locations/0/physicalLocation/artifactLocation/uri",
            "a%20b.md");
    must_be(run, "toolExecutionNotifications/1/message/text", "shallow clone");
    assert_null(find(run, "toolExecutionNotifications/1/locations"));
    json_decref(log);
    verdict_release(&verdict);
}

static void test_hostile_text_is_harmless(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct finding *finding =
        sample_finding(&verdict, "r", HOSTILE, "[a](https://evil.example) [](0) " HOSTILE);
    finding->fix = slice_of("[b](x)");
    sample_remark(&verdict, &verdict.undecided, HOSTILE, "[c](y)" HOSTILE);
    char *report = sample_report("sarif", &verdict, false);
    for (const char *byte = report; *byte; byte++)
        assert_true(*byte == '\n' || (*byte >= ' ' && *byte < 0x7F));
    assert_null(strstr(report, "##["));
    assert_null(strstr(report, "]("));
    assert_null(strstr(report, "\n::"));
    free(report);
    json_t *log = read_plain(&verdict);
    must_be(log, "runs/0/results/0/message/text",
            "[a] (https://evil.example) [] (0) " HOSTILE_SHOWN "\nFix: [b] (x)");
    json_decref(log);
    verdict_release(&verdict);
}

/* --- Fixes ------------------------------------------------------------------------------------ */

#define NOTE UTF8_BOM "title\nun \u00e9t\u00e9 teh end\nlast"

static json_t *note_report(struct note *note) {
    return read_report(&note->verdict, &(struct report_options){.fail_on = SEVERITY_ERROR,
                                                                .files = note->snapshot});
}

static void must_replace(struct note *note, const long long region[4], const char *text) {
    static const char *const names[] = {"startLine", "startColumn", "endLine", "endColumn"};
    json_t *log = note_report(note);
    json_t *change = find(log, "runs/0/results/0/fixes/0/artifactChanges/0");
    must_be(change, "artifactLocation/uri", "a.md");
    assert_int_equal(json_array_size(find(change, "replacements")), 1);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        must_count(find(change, "replacements/0/deletedRegion"), names[i], region[i]);
    must_be(change, "replacements/0/insertedContent/text", text);
    json_decref(log);
    note_close(note);
}

static void must_have_no_fix(struct note *note) {
    json_t *log = note_report(note);
    assert_int_equal(result_count(log), 1);
    assert_null(find(log, "runs/0/results/0/fixes"));
    json_decref(log);
    note_close(note);
}

static void test_edits_are_fixes(void **state) {
    (void)state;
    struct note note;
    note_open(&note, NOTE);
    note_edit(&note, "a.md", "teh", "the");
    must_replace(&note, (const long long[]){2, 8, 2, 11}, "the");

    note_open(&note, NOTE); /* behind the byte order mark, which has no column */
    note_edit(&note, "a.md", "title", "");
    must_replace(&note, (const long long[]){1, 1, 1, 6}, "");
}

/* They belong together, and so they are one, with what stands between them. */
static void test_several_edits_are_one_fix(void **state) {
    (void)state;
    struct note note;
    note_open(&note, NOTE);
    note_edit(&note, "a.md", "last", "end");
    note_edit(&note, "a.md", "un", "an");
    must_replace(&note, (const long long[]){2, 1, 3, 5}, "an \u00e9t\u00e9 teh end\nend");
}

static void test_what_no_fix_can_say(void **state) {
    (void)state;
    struct note note;
    note_open(&note, NOTE);
    must_have_no_fix(&note);

    note_open(&note, NOTE);
    note_edit(&note, "other.md", "teh", "the");
    must_have_no_fix(&note);

    note_open(&note, NOTE);
    note_edit(&note, "a.md", "teh", "\xFF");
    must_have_no_fix(&note);

    note_open(&note, NOTE);
    note_edit(&note, "a.md", "teh", "the");
    note_edit(&note, "a.md", "eh end", "he end");
    must_have_no_fix(&note);

    note_open(&note, NOTE);
    note_edit(&note, "a.md", "teh", "the");
    const struct edit rename = {
        .kind = EDIT_RENAME, .path = slice_of("a.md"), .text = slice_of("b.md")};
    finding_add_edit(&note.verdict.findings, note.finding, &rename);
    must_have_no_fix(&note);

    note_open(&note, NOTE); /* the file is not what the edit is for */
    const struct edit stale = {.path = slice_of("a.md"),
                               .span = {3, 8},
                               .text = slice_of("x"),
                               .before = slice_of("other")};
    finding_add_edit(&note.verdict.findings, note.finding, &stale);
    must_have_no_fix(&note);
}

/* GitHub takes 25,000 results; what weighs most must be among them. */
static void test_too_many_results(void **state) {
    (void)state;
    enum { ALL = 25100, ERRORS = 3 };
    struct verdict verdict = sample_verdict();
    for (size_t i = 0; i < ALL; i++) {
        struct finding *finding = sample_finding(&verdict, "r", "a.md", "x");
        sample_place(finding, i + 1, 1, 2, "x");
        if (i < ALL - ERRORS)
            finding->severity = SEVERITY_NOTICE;
    }
    json_t *log = read_plain(&verdict);
    assert_int_equal(result_count(log), 25000);
    must_be(log, "runs/0/results/24999/level", "error");
    must_be(log, "runs/0/results/24997/level", "error");
    must_be(log, "runs/0/results/24996/level", "note");
    must_be(log, "runs/0/invocations/0/toolExecutionNotifications/0/message/text",
            "100 more results are left out");
    json_decref(log);
    verdict_release(&verdict);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_found),
        cmocka_unit_test(test_results),
        cmocka_unit_test(test_pages_are_told),
        cmocka_unit_test(test_rules_are_those_with_results),
        cmocka_unit_test(test_equal_findings_are_told_apart),
        cmocka_unit_test(test_carried_ones_on_demand),
        cmocka_unit_test(test_undecided_is_no_success),
        cmocka_unit_test(test_hostile_text_is_harmless),
        cmocka_unit_test(test_edits_are_fixes),
        cmocka_unit_test(test_several_edits_are_one_fix),
        cmocka_unit_test(test_what_no_fix_can_say),
        cmocka_unit_test(test_too_many_results),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
