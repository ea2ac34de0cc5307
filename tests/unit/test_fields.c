#include "text/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct target {
    struct slice name;
    struct text_list files;
    int level;
    struct yaml_node *node;
};

static const char *const levels[] = {"low", "high", NULL};

static const struct field table[] = {
    {"name", FIELD_TEXT, true, offsetof(struct target, name), NULL},
    {"files", FIELD_TEXTS, false, offsetof(struct target, files), NULL},
    {"level", FIELD_CHOICE, false, offsetof(struct target, level), levels},
    {"node", FIELD_NODE, false, offsetof(struct target, node), NULL},
    {0}};

struct extra {
    struct slice more;
};

static const struct field extra_table[] = {
    {"more", FIELD_TEXT, true, offsetof(struct extra, more), NULL}, {0}};

struct reading {
    struct yaml_file file;
    struct target target;
    struct extra extra;
    struct error error;
    int status;
};

static void read_text(struct reading *reading, const char *text, bool with_extra) {
    *reading = (struct reading){.error = ERROR_NONE};
    reading->status = yaml_file_open(&reading->file, "x.yml", slice_of(text), &reading->error);
    if (reading->status == OK)
        reading->status =
            fields_read(&reading->target, table, &reading->extra, with_extra ? extra_table : NULL,
                        &reading->file, reading->file.root, &reading->error);
}

static void release(struct reading *reading) {
    yaml_file_release(&reading->file);
    error_release(&reading->error);
}

static void expect_error(const char *text, bool with_extra, const char *message) {
    struct reading reading;
    read_text(&reading, text, with_extra);
    assert_string_equal(error_message(&reading.error), message);
    assert_int_equal(reading.status, STATUS_USAGE);
    release(&reading);
}

static void every_kind_is_read(void **state) {
    (void)state;
    struct reading reading;
    read_text(&reading, "name: n\nfiles: [a, \"b\"]\nlevel: high\nnode: {k: v}\nmore: m\n", true);
    assert_string_equal(error_message(&reading.error), "");
    assert_int_equal(reading.status, OK);
    assert_true(slice_equal_string(reading.target.name, "n"));
    assert_int_equal(reading.target.files.count, 2);
    assert_true(slice_equal_string(reading.target.files.items[1], "b"));
    assert_string_equal(yaml_file_place(&reading.file, reading.target.files.nodes[1]), "2:12");
    assert_int_equal(reading.target.level, 1);
    assert_int_equal(reading.target.node->pair_count, 1);
    assert_true(slice_equal_string(reading.extra.more, "m"));
    release(&reading);
    read_text(&reading, "{name: n, files: one}", false);
    assert_int_equal(reading.status, OK);
    assert_int_equal(reading.target.files.count, 1);
    assert_true(slice_equal_string(reading.target.files.items[0], "one"));
    assert_null(reading.target.node);
    release(&reading);
}

static void mistakes_have_a_place(void **state) {
    (void)state;
    expect_error("name: n\nnmae: n\n", false,
                 "x.yml:2:1: unknown key \"nmae\"; known here: name, files, level, node");
    expect_error("name: n\nnmae: n\n", true,
                 "x.yml:2:1: unknown key \"nmae\"; known here: name, files, level, node, more");
    expect_error("name: n\n? [a]\n: b\n", false,
                 "x.yml:2:3: unknown key \"\"; known here: name, files, level, node");
    expect_error("name: a\nname: b\n", false, "x.yml:2:1: \"name\" is given twice");
    expect_error("name: n\nnope: a\nnope: b\n", false,
                 "x.yml:2:1: unknown key \"nope\"; known here: name, files, level, node");
    expect_error("name: [a]\n", false, "x.yml:1:7: \"name\" takes text");
    expect_error("name: n\nfiles: [a, [b]]\n", false,
                 "x.yml:2:12: \"files\" takes text or a list of texts");
    expect_error("name: n\nfiles: {a: b}\n", false,
                 "x.yml:2:8: \"files\" takes text or a list of texts");
    expect_error("name: n\nlevel: medium\n", false, "x.yml:2:8: \"level\" takes one of: low, high");
    expect_error("name: n\nlevel: [low]\n", false, "x.yml:2:8: \"level\" takes one of: low, high");
    expect_error("files: a\n", false, "x.yml:1:1: \"name\" is missing");
    expect_error("name: n\n", true, "x.yml:1:1: \"more\" is missing");
    expect_error("name: ''\n", false, "x.yml:1:7: \"name\" is empty");
    expect_error("name: ~\n", false, "x.yml:1:7: \"name\" is empty");
    expect_error("- name: n\n", false, "x.yml:1:1: this must be lines of \"key: value\"");
    expect_error("text\n", false, "x.yml:1:1: this must be lines of \"key: value\"");
    expect_error("", false, "x.yml:1:1: this must be lines of \"key: value\"");
    expect_error("base: &b {name: n}\n<<: *b\n", false,
                 "x.yml:1:1: unknown key \"base\"; known here: name, files, level, node");
}

/* The words are libyaml's; the place is ours. */
static void syntax_errors_have_a_place(void **state) {
    (void)state;
    struct reading reading;
    read_text(&reading, "name: n\nfiles: a: b\n", false);
    assert_int_equal(reading.status, STATUS_USAGE);
    assert_memory_equal(error_message(&reading.error), "x.yml:2:9: ", 11);
    assert_non_null(strstr(error_message(&reading.error), "mapping values are not allowed"));
    release(&reading);
    read_text(&reading, "name: \xC3\xA9\xC3\xA9 [\n- x: [\n", false);
    assert_int_equal(reading.status, STATUS_USAGE);
    release(&reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_read),
        cmocka_unit_test(mistakes_have_a_place),
        cmocka_unit_test(syntax_errors_have_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
