#include "text/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct fixture {
    struct arena arena;
    struct yaml_node *root;
    struct yaml_problem problem;
};

static int parse(struct fixture *fixture, struct slice input) {
    arena_release(&fixture->arena);
    return yaml_parse(&fixture->root, input, &fixture->arena, &fixture->problem);
}

static struct yaml_node *parse_well(struct fixture *fixture, const char *text) {
    assert_int_equal(parse(fixture, slice_of(text)), OK);
    return fixture->root;
}

static int set_up(void **state) {
    *state = calloc(1, sizeof(struct fixture));
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    arena_release(&fixture->arena);
    free(fixture);
    return 0;
}

static void assert_text(const struct yaml_node *node, const char *text) {
    assert_non_null(node);
    assert_int_equal(node->kind, YAML_SCALAR);
    assert_string_equal(node->text.data, text);
}

static void assert_spans(const struct yaml_node *node, const char *input, const char *text) {
    assert_non_null(node);
    struct slice part = slice_part(slice_of(input), node->span.start, node->span.end);
    assert_int_equal(part.size, strlen(text));
    assert_true(slice_equal_string(part, text));
}

static void tree_has_the_kinds_and_the_order(void **state) {
    struct yaml_node *root = parse_well(*state, "b: 1\na: [x, {k: v}, ]\nb: 2\n? [1]\n: z\n");
    assert_int_equal(root->kind, YAML_MAPPING);
    assert_int_equal(root->pair_count, 4);
    assert_text(root->pairs[0].key, "b");
    assert_text(root->pairs[0].value, "1");
    assert_int_equal(root->pairs[1].value->kind, YAML_SEQUENCE);
    assert_int_equal(root->pairs[1].value->item_count, 2);
    assert_text(yaml_find(root->pairs[1].value->items[1], "k"), "v");
    assert_int_equal(root->pairs[3].key->kind, YAML_SEQUENCE);
    assert_text(yaml_find(root, "b"), "2");
    assert_null(yaml_find(root, "c"));
    assert_null(yaml_find(root->pairs[0].value, "b"));
    assert_null(yaml_find(NULL, "b"));
}

static void empty_input_has_no_root(void **state) {
    static const char *const empty[] = {"", "\n\n", "# only a comment\n", "\xEF\xBB\xBF"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        assert_null(parse_well(fixture, empty[i]));
    assert_int_equal(parse(fixture, (struct slice){NULL, 0}), OK);
    assert_null(fixture->root);
    assert_int_equal(yaml_scalar_type(parse_well(fixture, "---\n")), YAML_TYPE_NULL);
}

static void only_the_first_document_is_read(void **state) {
    assert_text(yaml_find(parse_well(*state, "a: 1\n---\na: 2\n--- ]\n"), "a"), "1");
    assert_text(yaml_find(parse_well(*state, "a: 1\n...\n]"), "a"), "1");
}

static void stray_text_behind_is_a_problem(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, slice_of(" title: x\nlayout: y\n")), STATUS_USAGE);
    assert_string_equal(fixture->problem.message, "did not find expected <document start>");
    assert_int_equal(fixture->problem.offset, 10);
    assert_null(fixture->root);
    assert_int_equal(parse(fixture, slice_of("{a: b}\n# c\n\n")), OK);
}

static void spans_are_bytes_as_written(void **state) {
    const char *input = "\xEF\xBB\xBF\xC3\xA9: \"\xE2\x82\xAC\\n\" # c\nd: [ 'x', y z ]\n"
                        "e: |\n  one \n\n  two\n\n\nf:\n  g: h\n\n# \xC3\xA9\ni: >-\n  j\n  k\n";
    struct yaml_node *root = parse_well(*state, input);
    assert_spans(root->pairs[0].key, input, "\xC3\xA9");
    assert_spans(root->pairs[0].value, input, "\"\xE2\x82\xAC\\n\"");
    assert_spans(yaml_find(root, "d"), input, "[ 'x', y z ]");
    assert_spans(yaml_find(root, "d")->items[0], input, "'x'");
    assert_spans(yaml_find(root, "d")->items[1], input, "y z");
    assert_spans(yaml_find(root, "e"), input, "|\n  one \n\n  two");
    assert_text(yaml_find(root, "e"), "one \n\ntwo\n");
    assert_int_equal(yaml_find(root, "f")->span.start, strstr(input, "g: h") - input);
    assert_spans(yaml_find(yaml_find(root, "f"), "g"), input, "h");
    assert_spans(yaml_find(root, "i"), input, ">-\n  j\n  k");
    assert_int_equal(root->span.start, 3);
    assert_int_equal(root->span.end, strlen(input) - 1);
}

static void spans_leave_anchors_and_tags_out(void **state) {
    const char *input =
        "a: &x !foo bar\nb: !<tag:x> 'q'\nc: &y # \xC3\xA9\n  z\nd: &e\ne: !!str |\n"
        "  t\n";
    struct yaml_node *root = parse_well(*state, input);
    assert_spans(yaml_find(root, "a"), input, "bar");
    assert_spans(yaml_find(root, "b"), input, "'q'");
    assert_spans(yaml_find(root, "c"), input, "z");
    assert_spans(yaml_find(root, "d"), input, "");
    assert_spans(yaml_find(root, "e"), input, "|\n  t");
}

static void crlf_does_not_shift_spans(void **state) {
    const char *input = "a: \xC3\xA9\r\nb: |\r\n  x\r\n  y\r\n\r\nc: 1\r\n";
    struct yaml_node *root = parse_well(*state, input);
    assert_spans(yaml_find(root, "a"), input, "\xC3\xA9");
    assert_spans(yaml_find(root, "b"), input, "|\r\n  x\r\n  y");
    assert_spans(yaml_find(root, "c"), input, "1");
    assert_text(yaml_find(root, "b"), "x\ny\n");
}

static void text_may_hold_nul(void **state) {
    struct yaml_node *root = parse_well(*state, "\"a\\0b\"");
    assert_int_equal(root->text.size, 3);
    assert_memory_equal(root->text.data, "a\0b", 4);
}

struct problem_case {
    const char *text;
    size_t offset;
    const char *message;
};

static void problems_have_place_and_words(void **state) {
    static const struct problem_case cases[] = {
        {"title: a: b\n", 8, "mapping values are not allowed in this context"},
        {"a: 1\nkey\nb: 2\n", 5, "could not find expected ':' while scanning a simple key"},
        {"\xC3\xA9: 1\nk\xC3\xA9y\nb: 2\n", 6,
         "could not find expected ':' while scanning a simple key"},
        {"a: 'open\n", 3, "found unexpected end of stream while scanning a quoted scalar"},
        {"a: [1, 2", 3, "did not find expected ',' or ']' while parsing a flow sequence"},
        {"a: \"x\" y\n", 7, "did not find expected key while parsing a block mapping"},
        {"a: \xFF\n", 3, "invalid leading UTF-8 octet"},
        {"a: \xC3(\n", 3, "invalid trailing UTF-8 octet"},
        {"a: \xE2\x82", 3, "incomplete UTF-8 octet sequence"},
        {"\xEF\xBB\xBF\xC3\xA9: \x01", 7, "control characters are not allowed"},
        {"a: *b\n", 3, "found undefined alias"},
        {"a: &a [1, *a]\n", 10, "found alias inside the value that it stands for"},
        {"a: @b\n", 3,
         "found character that cannot start any token while scanning for the next "
         "token"},
    };
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(parse(fixture, slice_of(cases[i].text)), STATUS_USAGE);
        assert_null(fixture->root);
        assert_string_equal(fixture->problem.message, cases[i].message);
        assert_int_equal(fixture->problem.offset, cases[i].offset);
        assert_false(fixture->problem.limit);
    }
    assert_int_equal(parse(fixture, (struct slice){"a\0b", 3}), STATUS_USAGE);
    assert_int_equal(fixture->problem.offset, 1);
}

static void aliases_share_the_node(void **state) {
    struct yaml_node *root = parse_well(*state, "a: &x [1]\nb: *x\nc: &x 2\nd: *x\n");
    assert_ptr_equal(yaml_find(root, "a"), yaml_find(root, "b"));
    assert_ptr_equal(yaml_find(root, "c"), yaml_find(root, "d"));
    root = parse_well(*state, "a: &x [&x 1, *x]\n");
    assert_text(yaml_find(root, "a")->items[1], "1");
}

static void merge_keys_are_looked_through(void **state) {
    struct yaml_node *root =
        parse_well(*state, "d: &d {a: 1, b: 2}\ne: &e {b: 3, c: 4}\n"
                           "one:\n  <<: *d\n  a: 5\ntwo:\n  <<: [*d, *e]\nthree: {<<: [x, *e]}\n");
    assert_text(yaml_find(yaml_find(root, "one"), "a"), "5");
    assert_text(yaml_find(yaml_find(root, "one"), "b"), "2");
    assert_text(yaml_find(yaml_find(root, "two"), "b"), "2");
    assert_text(yaml_find(yaml_find(root, "two"), "c"), "4");
    assert_text(yaml_find(yaml_find(root, "three"), "c"), "4");
    assert_null(yaml_find(yaml_find(root, "three"), "a"));
    assert_ptr_equal(yaml_find(yaml_find(root, "one"), "<<"), yaml_find(root, "d"));
}

static double seconds_since(clock_t start) {
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* libyaml alone needs up to a minute for some of these. */
static void hostile_input_stops_at_once(void **state) {
    static const char *const units[] = {
        "[",    "{",    "- ",     "? ",   "[{",      "[\n",  "{a: ", "[? ", "[[],",
        "- - ", "? - ", "[[a]: ", "[a: ", "[1, [2,", "{? [", "!a ",  "*a ", "\"\" "};
    enum { SIZE = 400000 };
    struct fixture *fixture = *state;
    char *bytes = malloc(SIZE);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        clock_t start = clock();
        for (size_t at = 0; at < SIZE; at++)
            bytes[at] = units[i][at % strlen(units[i])];
        int status = parse(fixture, (struct slice){bytes, SIZE});
        bool nests = strpbrk(units[i], "[{-?") != NULL;
        if (nests) {
            assert_int_equal(status, STATUS_USAGE);
            assert_true(fixture->problem.limit);
        }
        if (seconds_since(start) >= 0.5)
            fail_msg("\"%s\" repeated takes too long", units[i]);
    }
    free(bytes);
}

static void many_directives_are_a_limit(void **state) {
    struct fixture *fixture = *state;
    struct buffer text = BUFFER_EMPTY;
    clock_t start = clock();
    for (int i = 0; i < 60000; i++)
        buffer_append_format(&text, "%%TAG !%d! x\n", i);
    assert_int_equal(parse(fixture, buffer_slice(&text)), STATUS_USAGE);
    assert_true(fixture->problem.limit);
    assert_true(seconds_since(start) < 0.5);
    buffer_release(&text);
    assert_non_null(parse_well(fixture, "%YAML 1.1\n%TAG !e! tag:x,2000:\n---\n!e!a b\n"));
}

static void depth_counts_through_aliases(void **state) {
    struct fixture *fixture = *state;
    struct buffer text = BUFFER_EMPTY;
    for (int levels = 49; levels <= 51; levels++) {
        buffer_clear(&text);
        for (int i = 0; i < levels; i++)
            buffer_append_byte(&text, '[');
        for (int i = 0; i < levels; i++)
            buffer_append_byte(&text, ']');
        assert_int_equal(parse(fixture, buffer_slice(&text)),
                         levels <= YAML_MAX_DEPTH ? OK : STATUS_USAGE);
    }
    buffer_clear(&text);
    buffer_append_string(&text, "- &a0 []\n");
    for (int i = 1; i <= 48; i++)
        buffer_append_format(&text, "- &a%d [*a%d]\n", i, i - 1);
    assert_int_equal(parse(fixture, buffer_slice(&text)), OK);
    size_t size = text.size;
    buffer_append_string(&text, "- [*a48]\n");
    assert_int_equal(parse(fixture, buffer_slice(&text)), STATUS_USAGE);
    assert_true(fixture->problem.limit);
    assert_int_equal(fixture->problem.offset, size + 3);
    buffer_release(&text);
}

static void bombs_of_aliases_are_a_limit(void **state) {
    struct fixture *fixture = *state;
    struct buffer text = BUFFER_EMPTY;
    buffer_append_string(&text, "- &a0 {k: v}\n");
    for (int i = 1; i <= 40; i++)
        buffer_append_format(&text, "- &a%d {<<: [*a%d, *a%d]}\n", i, i - 1, i - 1);
    assert_int_equal(parse(fixture, buffer_slice(&text)), STATUS_USAGE);
    assert_true(fixture->problem.limit);
    buffer_clear(&text);
    for (int i = 0; i < YAML_MAX_NODES - 1; i++)
        buffer_append_string(&text, "- \n");
    assert_int_equal(parse(fixture, buffer_slice(&text)), OK);
    assert_int_equal(fixture->root->item_count, YAML_MAX_NODES - 1);
    buffer_append_string(&text, "- \n");
    assert_int_equal(parse(fixture, buffer_slice(&text)), STATUS_USAGE);
    assert_true(fixture->problem.limit);
    buffer_release(&text);
}

static void many_anchors_stay_quick(void **state) {
    struct fixture *fixture = *state;
    struct buffer text = BUFFER_EMPTY;
    clock_t start = clock();
    for (int i = 0; i < 90000; i++)
        buffer_append_format(&text, "- &a%d x\n- *a%d\n", i, i / 100);
    assert_int_equal(parse(fixture, buffer_slice(&text)), OK);
    assert_ptr_equal(fixture->root->items[179999], fixture->root->items[2 * 899]);
    assert_true(seconds_since(start) < 5);
    buffer_release(&text);
}

static void scalar_types_are_those_of_psych(void **state) {
    static const char *const texts[YAML_TYPE_DATE + 1][24] = {
        [YAML_TYPE_STRING] = {"y",
                              "n",
                              "abc",
                              "08",
                              "1e5",
                              "1.5e3",
                              "2019-02-30",
                              "2019-13-01",
                              "2019-02-29",
                              "1900-02-29",
                              ":a",
                              "0b2",
                              "0x",
                              "1__0",
                              "1:60",
                              ".",
                              "2019-01-01 24:00:01",
                              "5:3:.",
                              "nullx",
                              "2019-1-1-1",
                              "+",
                              "1,"},
        [YAML_TYPE_NULL] = {"~", "null", "Null", "NULL", "nULL"},
        [YAML_TYPE_BOOLEAN] = {"yes", "Yes", "NO", "true", "False", "on", "OFF", "tRUE"},
        [YAML_TYPE_INTEGER] = {"0", "12", "012", "-3", "+4", "1_000", "1,000", "0x1F", "0b101",
                               "1:30", "190:20:30", "0_7"},
        [YAML_TYPE_FLOAT] = {"1.5", ".5", "5.", "-1.5e+3", ".inf", "-.INF", ".NaN", "1:30.5",
                             "1_000.5"},
        [YAML_TYPE_DATE] = {"2019-02-28", "2020-02-29", "2000-2-29", "2019-1-3",
                            "2019-01-01 10:00:00", "2019-01-01T10:00:00Z",
                            "2019-01-01 1:00:00.5 -05:30", "2019-01-01 24:00:00"},
    };
    for (size_t type = 0; type <= YAML_TYPE_DATE; type++) {
        for (size_t i = 0; texts[type][i]; i++) {
            struct yaml_node *plain = parse_well(*state, texts[type][i]);
            if (yaml_scalar_type(plain) != type)
                fail_msg("%s is of type %d", texts[type][i], (int)yaml_scalar_type(plain));
            plain->plain = false;
            assert_int_equal(yaml_scalar_type(plain), YAML_TYPE_STRING);
        }
    }
}

static void quotes_and_tags_make_strings(void **state) {
    struct yaml_node *root = parse_well(
        *state, "['12', \"12\", !!str 12, !str 12, !ruby/object:A 12, ! 12, [], {}, 12]");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(yaml_scalar_type(root->items[i]), YAML_TYPE_STRING);
    for (size_t i = 4; i < 6; i++) /* as Psych */
        assert_int_equal(yaml_scalar_type(root->items[i]), YAML_TYPE_INTEGER);
    for (size_t i = 6; i < 8; i++)
        assert_int_equal(yaml_scalar_type(root->items[i]), YAML_TYPE_STRING);
    assert_int_equal(yaml_scalar_type(NULL), YAML_TYPE_STRING);
}

static void emptiness(void **state) {
    struct yaml_node *root =
        parse_well(*state, "[~, '', \" \\n\", [], {}, null, 0, 'null', no, [~]]");
    assert_true(yaml_is_empty(NULL));
    for (size_t i = 0; i < root->item_count; i++)
        assert_int_equal(yaml_is_empty(root->items[i]), i < 6);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tree_has_the_kinds_and_the_order),
        cmocka_unit_test(empty_input_has_no_root),
        cmocka_unit_test(only_the_first_document_is_read),
        cmocka_unit_test(stray_text_behind_is_a_problem),
        cmocka_unit_test(spans_are_bytes_as_written),
        cmocka_unit_test(spans_leave_anchors_and_tags_out),
        cmocka_unit_test(crlf_does_not_shift_spans),
        cmocka_unit_test(text_may_hold_nul),
        cmocka_unit_test(problems_have_place_and_words),
        cmocka_unit_test(aliases_share_the_node),
        cmocka_unit_test(merge_keys_are_looked_through),
        cmocka_unit_test(hostile_input_stops_at_once),
        cmocka_unit_test(many_directives_are_a_limit),
        cmocka_unit_test(depth_counts_through_aliases),
        cmocka_unit_test(bombs_of_aliases_are_a_limit),
        cmocka_unit_test(many_anchors_stay_quick),
        cmocka_unit_test(scalar_types_are_those_of_psych),
        cmocka_unit_test(quotes_and_tags_make_strings),
        cmocka_unit_test(emptiness),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
