#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void is_absent(const char *text, const char *reason, const char *almost) {
    struct document *document = read_text(text);
    const struct front_matter *front_matter = &document->front_matter;
    assert_int_equal(front_matter->state, FRONT_MATTER_ABSENT);
    assert_string_equal(front_matter->reason, reason);
    assert_non_null(front_matter->remedy);
    assert_slice(document_text(document, front_matter->almost), almost);
    assert_int_equal(front_matter->span.end, 0);
    assert_null(front_matter->root);
    document_free(document);
}

/* The front matter holds one key `a` with this value, and the body is `body`. */
static void has_value(const char *bytes, size_t size, const char *value, const char *body) {
    struct document *document = read_bytes(bytes, size, true);
    assert_int_equal(document->front_matter.state, FRONT_MATTER_PRESENT);
    struct yaml_node *node = yaml_find(document->front_matter.root, "a");
    assert_non_null(node);
    assert_slice(node->text, value);
    assert_slice(slice_part(document->source.bytes, document->body_start, size), body);
    assert_int_equal(document->front_matter.span.end, document->body_start);
    document_free(document);
}

#define HAS_VALUE(text, value, body) has_value((text), sizeof(text) - 1, (value), (body))

static void is_found_as_jekyll_does(void **state) {
    (void)state;
    HAS_VALUE("---\na: b\n---\ntext\n", "b", "text\n");
    HAS_VALUE("---\na: b\n...\ntext\n", "b", "text\n");
    HAS_VALUE("--- \t\na: b\n---  \ntext", "b", "text");
    HAS_VALUE("---\r\na: b\r\n---\r\ntext\r\n", "b", "text\r\n");
    HAS_VALUE("---\na: b\n---", "b", "");
    HAS_VALUE("\xef\xbb\xbf---\na: b\n---\ntext", "b", "text");
    HAS_VALUE("---\n\n\na: b\n\n---\ntext", "b", "text");
    HAS_VALUE("---\na: --- no\n---\n---\n", "--- no", "---\n");
    HAS_VALUE("---\na: \"caf\xc3\xa9 ---\"\n---\n", "caf\xc3\xa9 ---", "");
}

static void may_be_empty(void **state) {
    (void)state;
    static const char *const texts[] = {"---\n---\n# H\n", "---\n\n---\n# H\n",
                                        "---\n# c\n---\n# H\n"};
    for (size_t i = 0; i < 3; i++) {
        struct document *document = read_text(texts[i]);
        assert_int_equal(document->front_matter.state, FRONT_MATTER_PRESENT);
        assert_null(document->front_matter.root);
        check_section(document, 0, 1, "H", "# H");
        document_free(document);
    }
}

static void says_why_it_is_absent(void **state) {
    (void)state;
    const char *none = "the file does not begin with a \"---\" line";
    is_absent("", none, "");
    is_absent("\xef\xbb\xbf", none, "");
    is_absent("\n\n\n", none, "");
    is_absent("# Heading\n\n---\n", none, "");
    is_absent("-- \na: b\n---\n", none, "");
    is_absent("\n---\na: b\n---\n", "there are blank lines before the opening \"---\"", "---");
    is_absent(" ---\na: b\n---\n", "there are blanks before the opening \"---\"", "---");
    is_absent("---\na: b\n", "the opening \"---\" has no closing \"---\" line", "---");
    is_absent("---", "the opening \"---\" has no closing \"---\" line", "---");
    is_absent("---\na: b\n ---\n", "the opening \"---\" has no closing \"---\" line", "---");
    is_absent("----\ntitle: b\n----\n", "the opening line must be \"---\" and nothing else",
              "----");
    is_absent("title: b\n---\n", "the \"---\" line before the first key is missing", "title: b");
    is_absent("\xef\xbb\xbf\r\n---\r\na: b\r\n---\r\n",
              "there are blank lines before the opening \"---\"", "---");
}

static void absent_front_matter_is_body(void **state) {
    (void)state;
    struct document *document = read_text("\n---\ntitle: b\n---\n\n# H\n");
    assert_int_equal(document->body_start, 0);
    assert_int_equal(document->kinds[1], BYTE_TEXT);
    document_free(document);
    document = read_text("\xef\xbb\xbf# H\n");
    assert_int_equal(document->body_start, 3);
    check_section(document, 0, 1, "H", "# H");
    document_free(document);
}

static void bad_yaml_is_unreadable(void **state) {
    (void)state;
    struct document *document = read_text("---\ntitle: a: b\n---\n# H\n");
    assert_int_equal(document->front_matter.state, FRONT_MATTER_UNREADABLE);
    assert_null(document->front_matter.root);
    assert_int_equal(source_line(&document->source, document->front_matter.problem.offset), 2);
    assert_false(document->front_matter.problem.limit);
    check_section(document, 0, 1, "H", "# H");
    assert_int_equal(document->kinds[5], BYTE_FRONT_MATTER);
    document_free(document);

    static const char *const others[] = {"---\n- a\n---\n", "---\njust text\n---\n",
                                         "---\na:\t- b\n\t- c\n---\n", "---\n\xff: a\n---\n"};
    for (size_t i = 0; i < 4; i++) {
        document = read_text(others[i]);
        assert_int_equal(document->front_matter.state, FRONT_MATTER_UNREADABLE);
        assert_true(document->front_matter.problem.message[0]);
        document_free(document);
    }
}

static void too_much_yaml_is_a_limit(void **state) {
    (void)state;
    size_t size = FRONT_MATTER_MAX_SIZE + 100;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, '#', size);
    memcpy(text, "---\n", 4);
    memcpy(text + size - 5, "\n---\n", 5);
    struct document *document = read_bytes(text, size, true);
    assert_int_equal(document->front_matter.state, FRONT_MATTER_UNREADABLE);
    assert_true(document->front_matter.problem.limit);
    assert_int_equal(document->body_start, size);
    document_free(document);
    free(text);
}

/* The value of `a` as it is meant stands there in the file. */
static void value_is(const char *text, const char *written) {
    struct document *document = read_text(text);
    struct yaml_node *node = yaml_find(document->front_matter.root, "a");
    assert_non_null(node);
    struct span span = document_value_span(document, node);
    assert_true(span.start <= span.end);
    assert_slice(document_text(document, span), written);
    document_free(document);
}

static void values_stand_inside_their_marks(void **state) {
    (void)state;
    value_is("---\na: plain text # comment\n---\n", "plain text");
    value_is("---\na: \"quoted: text\"\n---\n", "quoted: text");
    value_is("---\na: 'single'\n---\n", "single");
    value_is("---\na: ''\n---\n", "");
    value_is("---\na: \"caf\\u00e9\"\n---\n", "\"caf\\u00e9\"");
    value_is("---\na: 'it''s'\n---\n", "'it''s'");
    value_is("\xef\xbb\xbf---\na: &x b\n---\n", "b");
    value_is("---\r\na: \"b\"\r\n---\r\n", "b");
    value_is("---\na: >\n  folded\n  text\nb: c\n---\n", "folded\n  text");
    value_is("---\na: |-\n\n  kept\nb: c\n---\n", "kept");
    value_is("---\na:\nb: c\n---\n", "");
}

/* An abstract that somebody meant to write. */
static void empty_block_scalar_has_an_empty_place(void **state) {
    (void)state;
    value_is("---\nb: c\na: >\n---\n", "");
    value_is("---\na: |\nb: c\n---\n", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_found_as_jekyll_does),
        cmocka_unit_test(may_be_empty),
        cmocka_unit_test(says_why_it_is_absent),
        cmocka_unit_test(absent_front_matter_is_body),
        cmocka_unit_test(bad_yaml_is_unreadable),
        cmocka_unit_test(too_much_yaml_is_a_limit),
        cmocka_unit_test(values_stand_inside_their_marks),
        cmocka_unit_test(empty_block_scalar_has_an_empty_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
