#include "base/memory.h"
#include "git/content_id.h"
#include "rules/builtin.h"
#include "rules/check.h"
#include "rules/examples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define HEAD     "- id: a-rule\n  severity: error\n  summary: s\n  why: w\n  files: [notes]\n"
#define MESSAGE  "  message: m\n"
#define EXAMPLES "  examples: {good: [x], bad: [y]}\n"
#define CHECK    "  check: pattern\n  scope: file\n  forbid: y\n"
#define GOOD     HEAD CHECK MESSAGE EXAMPLES

static void expect_error(const char *text, const char *message) {
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    int status = rule_set_add(&set, "r.yml", slice_of(text), &error);
    assert_string_equal(error_message(&error), message);
    assert_int_equal(status, STATUS_USAGE);
    error_release(&error);
    rule_set_release(&set);
}

static void expect_well(const char *text) {
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    rule_set_add(&set, "r.yml", slice_of(text), &error);
    assert_string_equal(error_message(&error), "");
    rule_set_release(&set);
}

/* The error begins with the place; the words after it are a library's, or list what there is. */
static void expect_place(const char *text, const char *beginning) {
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    assert_int_equal(rule_set_add(&set, "r.yml", slice_of(text), &error), STATUS_USAGE);
    if (strncmp(error_message(&error), beginning, strlen(beginning)))
        assert_string_equal(error_message(&error), beginning);
    error_release(&error);
    rule_set_release(&set);
}

static void rules_are_read_and_sorted(void **state) {
    (void)state;
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    char second[] = GOOD;
    memcpy(strstr(second, "a-rule"), "0-rule", 6);
    assert_int_equal(rule_set_add(&set, "r.yml", slice_of(GOOD), &error), OK);
    assert_int_equal(rule_set_add_copy(&set, "s.yml", slice_of(second), &error), OK);
    memset(second, 'x', sizeof second - 1);
    assert_int_equal(set.count, 2);
    assert_string_equal(set.rules[0]->id, "0-rule");
    assert_string_equal(set.rules[0]->file->name, "s.yml");
    const struct rule *rule = rule_set_find(&set, slice_of("a-rule"));
    assert_ptr_equal(rule, set.rules[1]);
    assert_int_equal(rule->severity, SEVERITY_ERROR);
    assert_int_equal(rule->classes, FILES_NOTES);
    assert_int_equal(rule->example_count, 2);
    assert_true(rule->examples[0].good && !rule->examples[1].good);
    assert_null(rule_set_find(&set, slice_of("a-rul")));
    assert_int_equal(rule_set_in_force(&set), 2);
    rule_set_release(&set);
    expect_well("");
    expect_well("# nothing\n");
    expect_well("[]");
}

static void mistakes_in_common_keys(void **state) {
    (void)state;
    expect_place(HEAD CHECK MESSAGE "  extra: x\n" EXAMPLES,
                 "r.yml:10:3: unknown key \"extra\"; known here: id, severity, summary, why, ");
    expect_error(HEAD CHECK "  message: [m]\n" EXAMPLES, "r.yml:9:12: \"message\" takes text");
    expect_error(HEAD CHECK EXAMPLES, "r.yml:1:3: \"message\" is missing");
    expect_error(HEAD CHECK "  message: ''\n" EXAMPLES, "r.yml:9:12: \"message\" is empty");
    expect_error(HEAD CHECK MESSAGE, "r.yml:1:3: \"examples\" is missing");
    expect_error(HEAD MESSAGE EXAMPLES, "r.yml:1:3: \"check\" is missing");
    expect_error(HEAD CHECK MESSAGE "  message: again\n" EXAMPLES,
                 "r.yml:10:3: \"message\" is given twice");
    expect_error("id: a\n", "r.yml:1:1: a rule file is a list of rules");
    expect_error("- text\n", "r.yml:1:3: this must be lines of \"key: value\"");
    expect_error("-\n", "r.yml:1:2: this must be lines of \"key: value\"");
    expect_place(HEAD "  check: a: b\n", "r.yml:6:11: mapping values are not allowed");
    expect_place("- id: [a\n", "r.yml:1:7: ");
    expect_error("- id: x\n  severity: bad\n",
                 "r.yml:2:13: \"severity\" takes one of: off, notice, warning, error");
}

static void ids_are_kebab_case_and_single(void **state) {
    (void)state;
    static const char *const bad[] = {"Arule",  "a_rule", "-arule", "arule-",
                                      "a--rul", "a rule", "a.rule", "\xC3\xA9rule"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        char text[sizeof GOOD + 16];
        snprintf(text, sizeof text, "- id: \"%s\"%s", bad[i], strchr(GOOD, '\n'));
        expect_error(text, "r.yml:1:7: an id has small letters, digits and hyphens");
    }
    expect_error(GOOD GOOD, "r.yml:11:7: there is a rule \"a-rule\" already");
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    assert_int_equal(rule_set_add_builtin(&set, &error), OK);
    assert_int_equal(rule_set_add(&set, "r.yml", slice_of(GOOD), &error), OK);
    assert_int_equal(rule_set_add(&set, "again.yml", slice_of(GOOD), &error), STATUS_USAGE);
    assert_string_equal(error_message(&error), "again.yml:1:7: there is a rule \"a-rule\" already");
    error_release(&error);
    rule_set_release(&set);
}

static void mistakes_in_checks(void **state) {
    (void)state;
    struct buffer names = BUFFER_EMPTY, message = BUFFER_EMPTY;
    check_append_names(&names);
    buffer_append_format(&message, "r.yml:6:10: no check \"patern\"; there are: %s",
                         buffer_string(&names));
    expect_error(HEAD "  check: patern\n" MESSAGE EXAMPLES, buffer_string(&message));
    buffer_release(&names);
    buffer_release(&message);
    expect_place(HEAD "  check: pattern\n  scope: all\n  forbid: y\n" MESSAGE EXAMPLES,
                 "r.yml:7:10: \"scope\" takes one of: file, outside-code, prose");
    expect_error(HEAD "  check: pattern\n  forbid: y\n" MESSAGE EXAMPLES,
                 "r.yml:1:3: \"scope\" is missing");
    expect_error(HEAD "  check: pattern\n  scope: file\n" MESSAGE EXAMPLES,
                 "r.yml:1:3: check \"pattern\" takes either \"forbid\" or \"require\"");
    expect_error(HEAD
                 "  check: pattern\n  scope: file\n  forbid: a\n  require: b\n" MESSAGE EXAMPLES,
                 "r.yml:1:3: check \"pattern\" takes either \"forbid\" or \"require\"");
    expect_place(HEAD "  check: pattern\n  scope: file\n  forbid: '(a'\n" MESSAGE EXAMPLES,
                 "r.yml:8:11: ");
    expect_place(HEAD "  check: pattern\n  scope: file\n  require: '(?<=a+)b'\n" MESSAGE EXAMPLES,
                 "r.yml:8:12: ");
    expect_place(HEAD "  check: pattern\n  scope: file\n  forbid: '(?=a\\K)'\n" MESSAGE EXAMPLES,
                 "r.yml:8:11: ");
    expect_error(HEAD
                 "  check: pattern\n  scope: prose\n  forbid: y\n  keys: [a]\n" MESSAGE EXAMPLES,
                 "r.yml:9:9: only scope \"front-matter\" has keys");
    expect_error(HEAD "  check: paths\n  only: x\n" MESSAGE EXAMPLES,
                 "r.yml:1:3: check \"paths\" takes \"forbid\", or \"only-in\" with \"only\"");
    expect_error(HEAD "  check: paths\n  forbid: ['x', '[a']\n" MESSAGE EXAMPLES,
                 "r.yml:7:17: glob \"[a\": [ without ]; write \\[ for the character itself");
    expect_error(HEAD "  check: front-matter\n  finds: missing\n  keys: a\n" MESSAGE EXAMPLES,
                 "r.yml:8:9: \"keys\" goes with \"finds: key-missing\"");
    expect_error(HEAD "  check: template-text\n  scope: front-matter\n" MESSAGE EXAMPLES,
                 "r.yml:1:3: check \"template-text\" takes \"keys\" with scope \"front-matter\"");
}

static void mistakes_in_files(void **state) {
    (void)state;
    static const char rest[] = CHECK MESSAGE EXAMPLES;
    static const struct {
        const char *files, *message;
    } cases[] = {
        {"  files: ['*.md', '{a']\n",
         "r.yml:5:19: glob \"{a\": { without }; write \\{ for the character itself"},
        {"  files: []\n", "r.yml:5:10: \"files\" is empty"},
        {"  files:\n", "r.yml:5:9: \"files\" is empty"},
        {"  files: {a: b}\n", "r.yml:5:10: \"files\" takes text or a list of texts"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[512];
        snprintf(text, sizeof text, "- id: a\n  severity: error\n  summary: s\n  why: w\n%s%s",
                 cases[i].files, rest);
        expect_error(text, cases[i].message);
    }
}

static void mistakes_in_messages(void **state) {
    (void)state;
    expect_error(HEAD CHECK "  message: 'm {value} {target}'\n" EXAMPLES,
                 "r.yml:9:12: check \"pattern\" has no place {target}");
    expect_error(HEAD CHECK MESSAGE "  fix: 'see {x-y}'\n" EXAMPLES,
                 "r.yml:10:8: check \"pattern\" has no place {x-y}");
    expect_well(HEAD CHECK "  message: '{value} {file} {key}'\n" EXAMPLES);
    /* Liquid, and braces that are no places. */
    expect_well(HEAD CHECK
                "  message: \"{{ '/x' | relative_url }} {{x}} {} { a } {1} {\"\n" EXAMPLES);
}

static void mistakes_in_examples(void **state) {
    (void)state;
    expect_error(HEAD CHECK MESSAGE "  examples: {good: [], bad: [y]}\n",
                 "r.yml:10:20: \"good\" is empty");
    expect_error(HEAD CHECK MESSAGE "  examples: {good: [x], bad: []}\n",
                 "r.yml:10:30: \"bad\" is empty");
    expect_error(HEAD CHECK MESSAGE "  examples: {good: [x]}\n", "r.yml:10:13: \"bad\" is missing");
    expect_error(HEAD CHECK MESSAGE "  examples: {good: x, bad: [y]}\n",
                 "r.yml:10:13: \"examples\" needs a list under \"good\" and one under \"bad\"");
    expect_error(HEAD CHECK MESSAGE "  examples: [x]\n",
                 "r.yml:10:13: this must be lines of \"key: value\"");
    expect_error(
        HEAD CHECK MESSAGE "  examples: {good: [x], bad: [{txt: y}]}\n",
        "r.yml:10:32: unknown key \"txt\"; known here: text, encoding, size, path, tree, base, "
        "config, committed, "
        "value");
    expect_error(HEAD CHECK MESSAGE "  examples: {good: [{tree: x}], bad: [y]}\n",
                 "r.yml:10:28: this must be a list of paths, or of \"path: content\"");
    expect_error(HEAD CHECK MESSAGE "  examples: {good: [{base: {a: [b]}}], bad: [y]}\n",
                 "r.yml:10:29: this must be a list of paths, or of \"path: content\"");
}

static void configuration_sets_severities(void **state) {
    (void)state;
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    struct config *config = NULL;
    assert_int_equal(rule_set_add(&set, "r.yml", slice_of(GOOD), &error), OK);
    assert_int_equal(config_parse(&config, "c.yml", slice_of("rules: {a-rule: off}"), &error), OK);
    assert_int_equal(rule_set_configure(&set, config, &error), OK);
    assert_int_equal(set.rules[0]->severity, SEVERITY_OFF);
    assert_int_equal(rule_set_in_force(&set), 0);
    config_free(config);
    assert_int_equal(
        config_parse(&config, "c.yml", slice_of("rules:\n  a-rule: error\n  b-rule: off"), &error),
        OK);
    assert_int_equal(rule_set_configure(&set, config, &error), STATUS_USAGE);
    assert_string_equal(error_message(&error),
                        "c.yml:3:3: there is no rule \"b-rule\"; `scribelint rules` lists them");
    error_release(&error);
    config_free(config);
    rule_set_release(&set);
}

/* --- Examples -----------------------------------------------------------------------------------
 */

static void note_problem(const struct rule *rule, const struct example *example, size_t number,
                         const char *problem, void *context) {
    (void)rule;
    buffer_append_format(context, "%s %zu: %s\n", example->good ? "good" : "bad", number,
                         problem ? problem : "ok");
}

static void expect_examples(const char *text, const char *expected) {
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    struct buffer outcome = BUFFER_EMPTY;
    rule_set_add(&set, "r.yml", slice_of(text), &error);
    assert_string_equal(error_message(&error), "");
    assert_int_equal(examples_run(&set, note_problem, &outcome, &error), OK);
    assert_string_equal(buffer_string(&outcome), expected);
    buffer_release(&outcome);
    rule_set_release(&set);
}

static void examples_can_fail(void **state) {
    (void)state;
    expect_examples(GOOD, "good 1: ok\nbad 2: ok\n");
    expect_examples(HEAD CHECK MESSAGE "  examples: {good: [y, x], bad: [x, y]}\n",
                    "good 1: r.yml:10:21: a good example is flagged: m\n"
                    "good 2: ok\n"
                    "bad 3: r.yml:10:34: a bad example is not flagged\n"
                    "bad 4: ok\n");
    expect_examples(HEAD CHECK MESSAGE "  examples: {good: [x], bad: [{text: y, value: z}]}\n",
                    "good 1: ok\n"
                    "bad 2: r.yml:10:31: flagged is \"y\", not \"z\"\n");
}

/* What the change mends is no fault of the head. */
static void examples_look_at_the_head(void **state) {
    (void)state;
    expect_examples(HEAD CHECK MESSAGE
                    "  examples:\n"
                    "    good: [{text: x, base: {_posts/2025-01-08-lecture-02.md: y}}]\n"
                    "    bad: [{text: x, base: {_posts/2025-01-08-lecture-02.md: y}}]\n",
                    "good 1: ok\n"
                    "bad 2: r.yml:12:11: a bad example is not flagged\n");
}

static void builtin_rules_are_sound(void **state) {
    (void)state;
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    rule_set_add_builtin(&set, &error);
    assert_string_equal(error_message(&error), "");
    assert_true(set.count > 10);
    for (size_t i = 1; i < set.count; i++)
        assert_true(strcmp(set.rules[i - 1]->id, set.rules[i]->id) < 0);
    rule_set_release(&set);
}

static void mistakes_in_words(void **state) {
    (void)state;
    static const char *const bad[] = {"na\xC3\xAFve", "a-b",   "b2",  "{a}",   "a{b",
                                      "a{b}c",        "a{b{c", "a}b", "a{b;c}"};
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, HEAD "  check: words\n  words: [ok, \"%s\"]\n" MESSAGE EXAMPLES,
                             bad[i]);
        expect_place(buffer_string(&text), "r.yml:7:15: \"");
        buffer_release(&text);
    }
    expect_well(HEAD "  check: words\n  words: 'a{,b} c{d} e{}'\n" MESSAGE EXAMPLES);
    expect_error(HEAD "  check: words\n" MESSAGE EXAMPLES, "r.yml:1:3: \"words\" is missing");
}

static void expect_same_texts(const struct text_list *brief, const struct text_list *full) {
    assert_int_equal(brief->count, full->count);
    for (size_t i = 0; i < full->count; i++) {
        assert_true(slice_equal(brief->items[i], full->items[i]));
        assert_string_equal(brief->items[i].data, full->items[i].data); /* the NUL behind it */
        assert_non_null(brief->nodes[i]);
    }
}

static void expect_same_slices(struct slice brief, struct slice full) {
    assert_true(slice_equal(brief, full));
    assert_int_equal(brief.data != NULL, full.data != NULL);
    if (full.data)
        assert_string_equal(brief.data, full.data);
}

/* Each member that the check's table knows. */
static void expect_same_parameters(const struct rule *brief, const struct rule *full) {
    for (const struct field *field = full->check->parameters; field && field->name; field++) {
        void *left = (char *)brief->parameters + field->offset;
        void *right = (char *)full->parameters + field->offset;
        if (field->kind == FIELD_TEXT)
            expect_same_slices(*(struct slice *)left, *(struct slice *)right);
        else if (field->kind == FIELD_TEXTS)
            expect_same_texts(left, right);
        else if (field->kind == FIELD_CHOICE)
            assert_int_equal(*(int *)left, *(int *)right);
        else
            fail_msg("%s: what \"%s\" holds is not embedded", full->id, field->name);
    }
}

/* Nothing but the examples is left out. */
static void brief_rules_are_the_same(void **state) {
    (void)state;
    struct rule_set full = {0}, brief = {0};
    struct error error = ERROR_NONE;
    assert_int_equal(rule_set_add_builtin(&full, &error), OK);
    assert_int_equal(rule_set_add_builtin_brief(&brief, &error), OK);
    assert_int_equal(rule_set_check(&brief, &error), OK);
    assert_int_equal(brief.count, full.count);
    for (size_t i = 0; i < full.count; i++) {
        const struct rule *left = brief.rules[i], *right = full.rules[i];
        assert_string_equal(left->id, right->id);
        assert_ptr_equal(left->check, right->check);
        expect_same_slices(left->summary, right->summary);
        expect_same_slices(left->why, right->why);
        expect_same_slices(left->message, right->message);
        expect_same_slices(left->fix, right->fix);
        assert_int_equal(left->severity, right->severity);
        assert_int_equal(left->classes, right->classes);
        assert_int_equal(left->globs.count, right->globs.count);
        assert_int_equal(left->needs_document, right->needs_document);
        expect_same_texts(&left->yields_to, &right->yields_to);
        expect_same_parameters(left, right);
        assert_string_equal(left->file->name, right->file->name);
        assert_int_equal(left->example_count, 0);
    }
    assert_int_equal(full.file_count, brief.file_count);
    for (size_t i = 0; i < full.file_count; i++) {
        assert_string_equal(brief.files[i]->name, full.files[i]->name);
        expect_same_slices(brief.files[i]->text, full.files[i]->text);
    }
    rule_set_release(&full);
    rule_set_release(&brief);
}

/* The text of the last file is the last of all; what was built from others has another id. */
static void builtin_rules_have_their_id(void **state) {
    (void)state;
    struct builtin_text last = builtin_texts[builtin_files[builtin_file_count - 1].text];
    struct slice all = {builtin_bytes, last.start + last.size + 1};
    char id[OBJECT_ID_SIZE];
    content_hash(id, all);
    assert_string_equal(id, builtin_id);
    for (size_t i = 0; i < builtin_file_count; i++)
        assert_in_range(builtin_texts[builtin_files[i].text].start, 1, last.start);
    all.size--;
    content_hash(id, all);
    assert_string_not_equal(id, builtin_id);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_are_read_and_sorted),
        cmocka_unit_test(mistakes_in_common_keys),
        cmocka_unit_test(ids_are_kebab_case_and_single),
        cmocka_unit_test(mistakes_in_checks),
        cmocka_unit_test(mistakes_in_files),
        cmocka_unit_test(mistakes_in_messages),
        cmocka_unit_test(mistakes_in_examples),
        cmocka_unit_test(configuration_sets_severities),
        cmocka_unit_test(examples_can_fail),
        cmocka_unit_test(examples_look_at_the_head),
        cmocka_unit_test(builtin_rules_are_sound),
        cmocka_unit_test(brief_rules_are_the_same),
        cmocka_unit_test(builtin_rules_have_their_id),
        cmocka_unit_test(mistakes_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
