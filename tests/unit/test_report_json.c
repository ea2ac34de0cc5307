#include "sample_verdict.h"

#include <jansson.h>

static void test_clean(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    verdict.base = NULL;
    sample_expect("json", &verdict,
                  "{\n"
                  "  \"version\": 1,\n"
                  "  \"base\": null,\n"
                  "  \"head\": \"index\",\n"
                  "  \"verdict\": null,\n"
                  "  \"summary\": {\n"
                  "    \"introduced\": 0,\n"
                  "    \"fixed\": 0,\n"
                  "    \"carried\": 0,\n"
                  "    \"errors\": 0,\n"
                  "    \"warnings\": 0,\n"
                  "    \"notices\": 0,\n"
                  "    \"files\": 2,\n"
                  "    \"rules\": 24\n"
                  "  },\n"
                  "  \"findings\": [],\n"
                  "  \"skipped\": [],\n"
                  "  \"undecided\": []\n"
                  "}\n");
}

static void add_all_states(struct verdict *verdict) {
    struct finding *finding = sample_finding(verdict, "image-missing", "a.md", "no image \"x\"");
    sample_place(finding, 12, 5, 9, "![](x)");
    finding->fix = slice_of("commit it");
    struct edit edits[] = {
        {EDIT_REPLACE, slice_of("a.md"), {3, 7}, slice_of("##["), slice_of("![](")},
        {.kind = EDIT_RENAME, .path = slice_of("b.md"), .text = slice_of("c\n.md")},
    };
    for (size_t i = 0; i < 2; i++)
        finding_add_edit(&verdict->findings, finding, &edits[i]);
    finding = sample_finding(verdict, "front-matter-missing", "b.md", "no front matter");
    finding->severity = SEVERITY_WARNING;
    finding->state = FINDING_CARRIED;
    finding = sample_finding(verdict, "spelling", "c.md", "teh");
    finding->severity = SEVERITY_NOTICE;
    finding->state = FINDING_FIXED;
    finding->side = SIDE_BASE;
    sample_place(finding, 1, 1, 4, "teh");
    finding->end.line = 2;
    sample_remark(verdict, &verdict->skipped, "a.pdf", "not text");
    sample_remark(verdict, &verdict->undecided, "", "shallow clone");
    sample_remark(verdict, &verdict->notes, "", "not in the format");
}

static void test_all_states(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add_all_states(&verdict);
    struct buffer expected = BUFFER_EMPTY;
    buffer_append_format(
        &expected,
        "{\n  \"version\": 1,\n  \"base\": \"" SAMPLE_BASE "\",\n  \"head\": \"index\",\n"
        "  \"verdict\": null,\n"
        "  \"summary\": {\n    \"introduced\": 1,\n    \"fixed\": 1,\n    \"carried\": 1,\n"
        "    \"errors\": 1,\n    \"warnings\": 0,\n    \"notices\": 0,\n    \"files\": 2,\n"
        "    \"rules\": 24\n  },\n"
        "  \"findings\": [\n"
        "    {\n      \"rule\": \"image-missing\",\n      \"severity\": \"error\",\n"
        "      \"state\": \"introduced\",\n      \"side\": \"head\",\n      \"path\": \"a.md\",\n"
        "      \"line\": 12,\n      \"column\": 5,\n      \"end_line\": 12,\n"
        "      \"end_column\": 9,\n      \"message\": \"no image \\\"x\\\"\",\n"
        "      \"fingerprint\": \"%s\",\n      \"fix\": \"commit it\",\n"
        "      \"edits\": [\n        {\n          \"path\": \"a.md\",\n"
        "          \"start\": 3,\n          \"end\": 7,\n          \"text\": \"##\\u005b\"\n"
        "        },\n        {\n          \"path\": \"b.md\",\n"
        "          \"rename_to\": \"c\\n.md\"\n        }\n      ]\n    },\n"
        "    {\n      \"rule\": \"front-matter-missing\",\n      \"severity\": \"warning\",\n"
        "      \"state\": \"carried\",\n      \"side\": \"head\",\n      \"path\": \"b.md\",\n"
        "      \"line\": null,\n      \"column\": null,\n      \"end_line\": null,\n"
        "      \"end_column\": null,\n      \"message\": \"no front matter\",\n"
        "      \"fingerprint\": \"%s\",\n      \"fix\": null,\n"
        "      \"edits\": []\n    },\n"
        "    {\n      \"rule\": \"spelling\",\n      \"severity\": \"notice\",\n"
        "      \"state\": \"fixed\",\n      \"side\": \"base\",\n      \"path\": \"c.md\",\n"
        "      \"line\": 1,\n      \"column\": 1,\n      \"end_line\": 2,\n"
        "      \"end_column\": 4,\n      \"message\": \"teh\",\n"
        "      \"fingerprint\": \"%s\",\n      \"fix\": null,\n"
        "      \"edits\": []\n    }\n"
        "  ],\n"
        "  \"skipped\": [\n    {\n      \"path\": \"a.pdf\",\n      \"reason\": \"not text\"\n"
        "    }\n  ],\n"
        "  \"undecided\": [\n    {\n      \"path\": \"\",\n      \"reason\": \"shallow clone\"\n"
        "    }\n  ]\n}\n",
        verdict.findings.items[0]->fingerprint, verdict.findings.items[1]->fingerprint,
        verdict.findings.items[2]->fingerprint);
    sample_expect("json", &verdict, buffer_string(&expected));
    buffer_release(&expected);
}

static json_t *parse(const char *report) {
    json_t *root = json_loads(report, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    assert_non_null(root);
    return root;
}

static const json_t *first_finding(const json_t *root, const char *key) {
    return json_object_get(json_array_get(json_object_get(root, "findings"), 0), key);
}

/* Printable ASCII and line feeds only; no line begins with a command, none holds the old form. */
static void assert_harmless(const char *report) {
    assert_null(strstr(report, "##["));
    for (const char *at = report; *at; at++)
        assert_true(*at == '\n' || (*at >= ' ' && *at < 0x7F));
    for (const char *line = report; *line; line = strchr(line, '\n') + 1)
        assert_non_null(memchr("{}[]\"", line[strspn(line, " ")], 5));
}

static void test_hostile_text_is_harmless_and_comes_back(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "r", "::error::" HOSTILE, HOSTILE "\x7F ###[x \xC2\x85 \"##[");
    sample_remark(&verdict, &verdict.skipped, HOSTILE, HOSTILE);
    sample_remark(&verdict, &verdict.undecided, HOSTILE, HOSTILE);
    char *report = sample_report("json", &verdict, false);
    assert_harmless(report);
    json_t *root = parse(report);
#define HOSTILE_VALID "\033[31m\r\n::error::x ##[add-mask]y \xE2\x80\xAE\uFFFD %0A::stop"
    assert_string_equal(json_string_value(first_finding(root, "path")), "::error::" HOSTILE_VALID);
    assert_string_equal(json_string_value(first_finding(root, "message")),
                        HOSTILE_VALID "\x7F ###[x \xC2\x85 \"##[");
    const json_t *skipped = json_array_get(json_object_get(root, "skipped"), 0);
    assert_string_equal(json_string_value(json_object_get(skipped, "path")), HOSTILE_VALID);
    assert_non_null(strstr(report, "##\\u005badd-mask]y \\u202E\\uFFFD %0A::stop"));
    json_decref(root);
    free(report);
    verdict_release(&verdict);
}

static void test_every_byte_makes_valid_json(void **state) {
    (void)state;
    for (int first = 0; first < 256; first++) {
        const char bytes[] = {(char)first, '\\',        (char)first, '"',
                              (char)0xED,  (char)first, (char)0x80};
        struct verdict verdict = sample_verdict();
        sample_finding(&verdict, "r", "a.md", "")->message = (struct slice){bytes, sizeof bytes};
        char *report = sample_report("json", &verdict, false);
        assert_harmless(report);
        json_t *root = parse(report);
        size_t size = json_string_length(first_finding(root, "message"));
        assert_true(size >= sizeof bytes);
        json_decref(root);
        free(report);
        verdict_release(&verdict);
    }
}

static void test_many_long_findings_keep_their_order(void **state) {
    (void)state;
    char text[5001];
    memset(text, 'm', 5000);
    text[5000] = '\0';
    struct verdict verdict = sample_verdict();
    for (size_t i = 0; i < 500; i++)
        sample_place(sample_finding(&verdict, "r", "a.md", text), 500 - i, 1, 2, "x");
    char *report = sample_report("json", &verdict, false);
    json_t *root = parse(report);
    const json_t *findings = json_object_get(root, "findings");
    assert_int_equal(json_array_size(findings), 500);
    for (size_t i = 0; i < 500; i++) {
        const json_t *finding = json_array_get(findings, i);
        assert_int_equal(json_integer_value(json_object_get(finding, "line")), i + 1);
        assert_int_equal(json_string_length(json_object_get(finding, "message")), 5000);
    }
    json_decref(root);
    free(report);
    verdict_release(&verdict);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_all_states),
        cmocka_unit_test(test_hostile_text_is_harmless_and_comes_back),
        cmocka_unit_test(test_every_byte_makes_valid_json),
        cmocka_unit_test(test_many_long_findings_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
