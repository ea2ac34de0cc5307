#include "base/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct target {
    bool staged, all;
    const char *base, *directory, *color, *only;
    struct operands names;
};

static const struct option_spec table[] = {
    {"--staged", OPTION_FLAG, offsetof(struct target, staged), NULL, "the index"},
    {"--all", OPTION_FLAG, offsetof(struct target, all), NULL, "first line\nsecond line"},
    {"--base", OPTION_TEXT, offsetof(struct target, base), "REV", "where it left"},
    {"-C", OPTION_TEXT, offsetof(struct target, directory), "A-LONG-NAME-FOR-IT", "elsewhere"},
    {"--color", OPTION_CHOICE, offsetof(struct target, color), "auto|always|never", "when"},
    {"--only", OPTION_CHOICE, offsetof(struct target, only), "this", "one"},
    {"--name", OPTION_TEXTS, offsetof(struct target, names), "NAME", "each of them"},
    {0}};

struct outcome {
    struct target target;
    struct operands operands;
    struct error error;
    int status;
};

#define PARSE(...) parse((const char *[]){"scribelint", __VA_ARGS__, NULL})

static struct outcome parse(const char **arguments) {
    struct outcome outcome = {.error = ERROR_NONE};
    int count = 0;
    while (arguments[count])
        count++;
    outcome.status = options_parse(&outcome.target, table, count, (char **)arguments,
                                   &outcome.operands, &outcome.error);
    return outcome;
}

static void release(struct outcome *outcome) {
    free(outcome->operands.items);
    free(outcome->target.names.items);
    error_release(&outcome->error);
}

static void expect_error(struct outcome outcome, const char *message) {
    assert_int_equal(outcome.status, STATUS_USAGE);
    assert_string_equal(error_message(&outcome.error), message);
    release(&outcome);
}

static void options_and_operands_mix(void **state) {
    (void)state;
    struct outcome outcome = PARSE("a", "--base", "main", "b", "--staged", "-C", "x y", "");
    assert_int_equal(outcome.status, OK);
    assert_true(outcome.target.staged);
    assert_false(outcome.target.all);
    assert_string_equal(outcome.target.base, "main");
    assert_string_equal(outcome.target.directory, "x y");
    assert_int_equal(outcome.operands.count, 3);
    assert_string_equal(outcome.operands.items[0], "a");
    assert_string_equal(outcome.operands.items[1], "b");
    assert_string_equal(outcome.operands.items[2], "");
    release(&outcome);
}

static void values_behind_equals(void **state) {
    (void)state;
    struct outcome outcome = PARSE("--base=a=b");
    assert_int_equal(outcome.status, OK);
    assert_string_equal(outcome.target.base, "a=b");
    release(&outcome);
    outcome = PARSE("--base=");
    assert_int_equal(outcome.status, OK);
    assert_string_equal(outcome.target.base, "");
    release(&outcome);
    outcome = PARSE("--base", "one", "--base", "two");
    assert_string_equal(outcome.target.base, "two");
    release(&outcome);
}

static void two_hyphens_end_the_options(void **state) {
    (void)state;
    struct outcome outcome = PARSE("-", "--", "--staged", "--", "-x");
    assert_int_equal(outcome.status, OK);
    assert_false(outcome.target.staged);
    assert_int_equal(outcome.operands.count, 4);
    assert_string_equal(outcome.operands.items[0], "-");
    assert_string_equal(outcome.operands.items[1], "--staged");
    assert_string_equal(outcome.operands.items[2], "--");
    assert_string_equal(outcome.operands.items[3], "-x");
    release(&outcome);
    /* As the argument of an option it is one. */
    outcome = PARSE("--base", "--", "--staged");
    assert_string_equal(outcome.target.base, "--");
    assert_true(outcome.target.staged);
    release(&outcome);
}

static void mistakes_are_told(void **state) {
    (void)state;
    expect_error(PARSE("--nothing"), "unknown option \"--nothing\"; --help lists them");
    expect_error(PARSE("--stage"), "unknown option \"--stage\"; --help lists them");
    expect_error(PARSE("--stagedd"), "unknown option \"--stagedd\"; --help lists them");
    expect_error(PARSE("--Base=x"), "unknown option \"--Base=x\"; --help lists them");
    expect_error(PARSE("-Cx"), "unknown option \"-Cx\"; --help lists them");
    expect_error(PARSE("--=x"), "unknown option \"--=x\"; --help lists them");
    expect_error(PARSE("--staged=yes"), "--staged takes no argument");
    expect_error(PARSE("a", "--base"), "--base wants REV");
    expect_error(PARSE("-C"), "-C wants A-LONG-NAME-FOR-IT");
    expect_error(PARSE("a", "b", "--%s%n"), "unknown option \"--%s%n\"; --help lists them");
}

static void choices_are_checked(void **state) {
    (void)state;
    struct outcome outcome = PARSE("--color", "always", "--only=this", "--color=never");
    assert_int_equal(outcome.status, OK);
    assert_string_equal(outcome.target.color, "never");
    assert_string_equal(outcome.target.only, "this");
    release(&outcome);
    expect_error(PARSE("--color", "alway"), "--color takes auto, always or never, not \"alway\"");
    expect_error(PARSE("--color="), "--color takes auto, always or never, not \"\"");
    expect_error(PARSE("--color=auto|always"),
                 "--color takes auto, always or never, not \"auto|always\"");
    expect_error(PARSE("--only", "that"), "--only takes this, not \"that\"");
    expect_error(PARSE("--color"), "--color wants auto|always|never");
}

static void an_option_given_often(void **state) {
    (void)state;
    struct outcome outcome = PARSE("--name", "a", "--name=", "x", "--name", "--name", "--name=b=c");
    assert_int_equal(outcome.status, OK);
    assert_int_equal(outcome.target.names.count, 4);
    assert_string_equal(outcome.target.names.items[0], "a");
    assert_string_equal(outcome.target.names.items[1], "");
    assert_string_equal(outcome.target.names.items[2], "--name");
    assert_string_equal(outcome.target.names.items[3], "b=c");
    assert_int_equal(outcome.operands.count, 1);
    release(&outcome);
    outcome = PARSE("x");
    assert_int_equal(outcome.target.names.count, 0);
    release(&outcome);
    expect_error(PARSE("--name", "a", "--name"), "--name wants NAME");
}

static void one_option_is_read(void **state) {
    (void)state;
    struct target target = {0};
    struct error error = ERROR_NONE;
    char *arguments[] = {(char *)"x", (char *)"-C", (char *)"a", (char *)"--all", NULL};
    int at = 1;
    assert_int_equal(options_read(&target, table, 4, arguments, &at, &error), OK);
    assert_int_equal(at, 2);
    assert_string_equal(target.directory, "a");
    assert_false(target.all);
    at = 3;
    assert_int_equal(options_read(&target, table, 4, arguments, &at, &error), OK);
    assert_int_equal(at, 3);
    assert_true(target.all);
    error_release(&error);
}

static void help_is_aligned(void **state) {
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    options_print(stream, table);
    assert_int_equal(fclose(stream), 0);
    assert_string_equal(text, "  --staged              the index\n"
                              "  --all                 first line\n"
                              "                        second line\n"
                              "  --base REV            where it left\n"
                              "  -C A-LONG-NAME-FOR-IT elsewhere\n"
                              "  --color auto|always|never\n"
                              "                        when\n"
                              "  --only this           one\n"
                              "  --name NAME           each of them\n");
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_operands_mix),    cmocka_unit_test(values_behind_equals),
        cmocka_unit_test(two_hyphens_end_the_options), cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(choices_are_checked),         cmocka_unit_test(an_option_given_often),
        cmocka_unit_test(one_option_is_read),          cmocka_unit_test(help_is_aligned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
