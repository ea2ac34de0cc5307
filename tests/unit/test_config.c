#include "config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct config *parse_well(const char *text) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    int status = config_parse(&config, "c.yml", slice_of(text), &error);
    assert_string_equal(error_message(&error), "");
    assert_int_equal(status, OK);
    return config;
}

static void expect_error(const char *text, const char *message) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(config_parse(&config, "c.yml", slice_of(text), &error), STATUS_USAGE);
    assert_string_equal(error_message(&error), message);
    assert_null(config);
    error_release(&error);
}

static void defaults_know_both_layouts(void **state) {
    (void)state;
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(config_defaults(&config, &error), OK);
    const struct note_kind *post =
        config_note_kind(config, slice_of("_posts/2025-01-08-lecture-02.md"));
    assert_non_null(post);
    assert_non_null(post->template_pattern);
    assert_true(post->from_template);
    assert_true(post->assets.count > 0);
    assert_non_null(config_note_kind(config, slice_of("assets/scribe_notes/x.pdf")));
    assert_null(config_note_kind(config, slice_of("README.md")));
    assert_null(config_note_kind(config, slice_of("x/_posts/2025-01-08-lecture-02.md")));
    assert_int_equal(config->fail_on, SEVERITY_ERROR);
    assert_int_equal(config->math, MATH_SITE);
    config_free(config);
}

static void every_key_is_read(void **state) {
    (void)state;
    struct config *config = parse_well("notes:\n"
                                       "  - files: [a/*.md, 'b/**']\n"
                                       "    template: a/t.md\n"
                                       "    title: '{n}. {title}'\n"
                                       "    metadata: {required: [title, date], optional: x}\n"
                                       "    sections:\n"
                                       "      - heading: 'Summ|Conclu'\n"
                                       "      - {heading: More, required: false}\n"
                                       "    assets: img/{nn}/\n"
                                       "  - files: a/x.md\n"
                                       "allow: README.md\n"
                                       "math: dollar\n"
                                       "fail-on: notice\n"
                                       "rules: {one-rule: off, other: warning}\n");
    assert_int_equal(config->note_count, 2);
    const struct note_kind *note = config_note_kind(config, slice_of("a/x.md"));
    assert_ptr_equal(note, &config->notes[0]); /* the first that matches */
    assert_ptr_equal(config_note_kind(config, slice_of("b/c/d")), note);
    assert_false(note->from_template);
    assert_true(config->notes[1].from_template);
    assert_int_equal(note->required.count, 2);
    assert_true(slice_equal_string(note->optional.items[0], "x"));
    assert_int_equal(note->section_count, 1);
    assert_true(pattern_matches(note->sections[0].pattern, slice_of("IN CONCLUSION")));
    assert_true(pattern_matches(note->title_pattern, slice_of("3. x")));
    assert_true(glob_list_matches(&config->allow, slice_of("README.md")));
    assert_int_equal(config->math, MATH_DOLLAR);
    assert_int_equal(config->fail_on, SEVERITY_NOTICE);
    assert_int_equal(config->rule_count, 2);
    assert_int_equal(config->rules[0].severity, SEVERITY_OFF);
    assert_string_equal(config->rules[1].place, "c.yml:14:24");
    config_free(config);
}

static void the_course_is_read(void **state) {
    (void)state;
    struct config *config = parse_well("course:\n"
                                       "  name: Systems\n"
                                       "  repository: git@example.org:a/b.git\n"
                                       "  timezone: America/Los_Angeles\n");
    assert_true(slice_equal_string(config->course.name, "Systems"));
    assert_true(slice_equal_string(config->course.repository, "git@example.org:a/b.git"));
    assert_true(slice_equal_string(config->course.timezone, "America/Los_Angeles"));
    assert_true(config->guessed);
    config_free(config);
    config = parse_well("course: {}\n");
    assert_int_equal(config->course.repository.size, 0);
    config_free(config);
    expect_error("course: x\n", "c.yml:1:9: this must be a list of \"key: value\"");
    expect_error("course: {repo: x}\n",
                 "c.yml:1:10: unknown key \"repo\"; known here: name, repository, timezone");
    expect_error("course: {name: [x]}\n", "c.yml:1:16: \"name\" takes text");
}

static void text_and_name_are_copied(void **state) {
    (void)state;
    char text[] = "fail-on: never\nrules: {a: off}", name[] = "x.yml";
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(config_parse(&config, name, slice_of(text), &error), OK);
    memset(text, 'x', sizeof text);
    memset(name, 'x', sizeof name);
    assert_string_equal(config->name, "x.yml");
    assert_true(slice_equal_string(config->rules[0].rule, "a"));
    assert_int_equal(config->fail_on, SEVERITY_OFF);
    config_free(config);
    config_free(NULL);
}

static void empty_required_is_not_from_the_template(void **state) {
    (void)state;
    struct config *config = parse_well("notes: [{files: x, metadata: {required: []}}]");
    assert_false(config->notes[0].from_template);
    assert_int_equal(config->notes[0].required.count, 0);
    config_free(config);
    config_free(parse_well(""));
}

static void mistakes_have_a_place(void **state) {
    (void)state;
    expect_error(
        "notez: []\n",
        "c.yml:1:1: unknown key \"notez\"; known here: course, notes, allow, math, rules, fail-on");
    expect_error("notes: {}\n", "c.yml:1:8: \"notes\" takes a list");
    expect_error("notes:\n  - template: x\n", "c.yml:2:5: \"files\" is missing");
    expect_error("notes:\n  - files: []\n", "c.yml:2:12: \"files\" is empty");
    expect_error("notes: [text]\n", "c.yml:1:9: this must be a list of \"key: value\"");
    expect_error("notes: [{files: '[a'}]\n", "c.yml:1:17: glob \"[a\": [ without ]; write \\[ for "
                                             "the character itself");
    expect_error("notes: [{files: x, template: '{a'}]\n",
                 "c.yml:1:30: glob \"{a\": { without }; write \\{ for the character itself");
    expect_error("notes:\n  - files: x\n    title: '{x}'\n",
                 "c.yml:3:12: no {x} in a title; there are {n}, {nn} and {title}");
    expect_error("notes:\n  - files: x\n    sections: [{heading: x, required: perhaps}]\n",
                 "c.yml:3:39: \"required\" takes true or false");
    expect_error("notes:\n  - files: x\n    sections: [{required: true}]\n",
                 "c.yml:3:16: \"heading\" is missing");
    expect_error("notes:\n  - files: x\n    sections: {}\n",
                 "c.yml:3:15: \"sections\" takes a list");
    expect_error("notes:\n  - files: x\n    metadata: {required: {a: b}}\n",
                 "c.yml:3:26: \"required\" takes text or a list of texts");
    expect_error("math: yes\n", "c.yml:1:7: \"math\" takes one of: site, dollar, none");
    expect_error("fail-on: off\n",
                 "c.yml:1:10: \"fail-on\" takes one of: error, warning, notice, never");
    expect_error("rules: [x]\n", "c.yml:1:8: \"rules\" takes lines of \"rule: severity\"");
    expect_error("rules:\n  a: off\n  b: loud\n",
                 "c.yml:3:6: a severity is one of: error, warning, notice, off");
    expect_error("rules:\n  a: [off]\n",
                 "c.yml:2:6: a severity is one of: error, warning, notice, off");
    expect_error("rules:\n  a: off\n  b: off\n  a: error\n", "c.yml:4:3: \"a\" is given twice");
    expect_error("allow: ['a', '[']\n", "c.yml:1:14: glob \"[\": [ without ]; write \\[ for the "
                                        "character itself");
    expect_error("math: site\nmath: none\n", "c.yml:2:1: \"math\" is given twice");
    expect_error("- x\n", "c.yml:1:1: this must be a list of \"key: value\"");
}

/* A bad pattern is shown where it stands; the words are PCRE2's. */
static void bad_headings_have_a_place(void **state) {
    (void)state;
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    static const char text[] = "notes:\n  - files: x\n    sections: [{heading: '(a'}]\n";
    assert_int_equal(config_parse(&config, "c.yml", slice_of(text), &error), STATUS_USAGE);
    assert_memory_equal(error_message(&error), "c.yml:3:26: ", 12);
    assert_null(strstr(error_message(&error) + 5, "c.yml"));
    error_release(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_know_both_layouts),
        cmocka_unit_test(every_key_is_read),
        cmocka_unit_test(the_course_is_read),
        cmocka_unit_test(text_and_name_are_copied),
        cmocka_unit_test(empty_required_is_not_from_the_template),
        cmocka_unit_test(mistakes_have_a_place),
        cmocka_unit_test(bad_headings_have_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
