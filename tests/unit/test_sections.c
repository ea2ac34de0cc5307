#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void headings_have_places(void **state) {
    (void)state;
    struct document *document =
        read_text("# One\n\n## Two ##  \n###   Three #\\#\n#### Four#\n##### C# #####\n");
    check_section(document, 0, 1, "One", "# One");
    check_section(document, 1, 2, "Two", "## Two ##");
    check_section(document, 2, 3, "Three #\\#", "###   Three #\\#");
    check_section(document, 3, 4, "Four#", "#### Four#");
    check_section(document, 4, 5, "C#", "##### C# #####");
    assert_int_equal(count_sections(document), 5);
    document_free(document);
}

static void setext_headings(void **state) {
    (void)state;
    struct document *document =
        read_text("One\n===\n\nTwo *x* {#two}\r\n---\r\n\ntext\n\n---\n\n- a\n---\n");
    check_section(document, 0, 1, "One", "One\n===");
    check_section(document, 1, 2, "Two *x*", "Two *x* {#two}\r\n---");
    assert_int_equal(count_sections(document), 2);
    document_free(document);
    document = read_text("not\na title\n---\n\n# H\n"); /* kramdown wants one line */
    assert_int_equal(count_sections(document), 1);
    document_free(document);
    document = read_text("# H\n<hr>\n---\n");
    check_section(document, 0, 1, "H", "# H");
    document_free(document);
}

static void titles_have_no_filler_and_no_attributes(void **state) {
    (void)state;
    struct document *document =
        read_text("# A $x_1$ {{ b }} `c` {#id}\n## D {: .e}\n### F {#g} ###\n"
                  "## H <d-cite key=\"i\"></d-cite>\n## {{ page.title }}\n## {x}\n");
    check_section(document, 0, 1, "A $x_1$ {{ b }} `c`", "# A $x_1$ {{ b }} `c` {#id}");
    check_section(document, 1, 2, "D", "## D {: .e}");
    check_section(document, 3, 2, "H <d-cite key=\"i\"></d-cite>",
                  "## H <d-cite key=\"i\"></d-cite>");
    check_section(document, 4, 2, "{{ page.title }}", "## {{ page.title }}");
    check_section(document, 5, 2, "{x}", "## {x}");
    document_free(document);
}

static void empty_headings(void **state) {
    (void)state;
    struct document *document = read_text("####\n\n# \n## ##\n\ntext\n#\n");
    check_section(document, 0, 4, "", "####");
    check_section(document, 1, 1, "", "#");
    check_section(document, 2, 2, "", "## ##");
    check_section(document, 3, 1, "", "#");
    document_free(document);
}

static void headings_in_quotes_and_lists(void **state) {
    (void)state;
    struct document *document =
        read_text("> # A\n> text\n\n- ## B\n\n1. C\n\n   ### D\n\n> E\n> ---\n");
    check_section(document, 0, 1, "A", "# A");
    check_section(document, 1, 2, "B", "## B");
    check_section(document, 2, 3, "D", "### D");
    check_section(document, 3, 2, "E", "E\n> ---");
    document_free(document);
}

static void what_is_no_heading(void **state) {
    (void)state;
    static const char *const texts[] = {
        "#no blank\n",           "####### seven\n",
        "```\n# code\n```\n",    " # indented\n",
        "    # code\n",          "<div>\n# raw\n</div>",
        "<!--\n# hidden\n-->\n", "$$\nx # y\n\n$$\n",
        "\\# escaped\n",         "{% comment %}\n# x\n{% endcomment %}\n",
        "text\n\n---\n",         "| a |\n|---|\n| b |\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct document *document = read_text(texts[i]);
        assert_int_equal(count_sections(document), 0);
        document_free(document);
    }
}

static void tree_follows_levels(void **state) {
    (void)state;
    struct document *document = read_text("# A\n### B\n## C\n### D\n# E\n");
    const struct section *a = section_at(document, 0), *b = section_at(document, 1);
    const struct section *c = section_at(document, 2), *d = section_at(document, 3);
    const struct section *e = section_at(document, 4);
    assert_ptr_equal(document->root.first_child, a);
    assert_ptr_equal(a->first_child, b);
    assert_ptr_equal(b->next, c);
    assert_ptr_equal(c->first_child, d);
    assert_ptr_equal(d->parent, c);
    assert_ptr_equal(a->next, e);
    assert_ptr_equal(e->parent, &document->root);
    assert_null(section_next(e));
    document_free(document);
}

static void contents_tile_the_body(void **state) {
    (void)state;
    struct document *document =
        read_text("---\na: b\n---\nintro\n# A\ntext\n\n## B\n\nB\n===\nlast");
    assert_slice(document_text(document, document->root.content), "intro\n");
    assert_slice(document_text(document, section_at(document, 0)->content), "text\n\n");
    assert_slice(document_text(document, section_at(document, 1)->content), "\n");
    assert_slice(document_text(document, section_at(document, 2)->content), "last");
    document_free(document);
}

static void emptiness_is_what_a_reader_sees(void **state) {
    (void)state;
    struct document *document =
        read_text("# A\n\n<!-- x -->\n\n{: .y}\n# B\n\n<img src=c>\n# C\n{{ d }}\n# E");
    assert_true(section_is_empty(document, &document->root));
    assert_true(section_is_empty(document, section_at(document, 0)));
    assert_false(section_is_empty(document, section_at(document, 1)));
    assert_false(section_is_empty(document, section_at(document, 2)));
    assert_true(section_is_empty(document, section_at(document, 3)));
    document_free(document);
}

static void headings_survive_odd_bytes(void **state) {
    (void)state;
    struct document *document = read_text("\xef\xbb\xbf# A\r\n\r\ntext\r\n## \xff\r\n");
    check_section(document, 0, 1, "A", "# A");
    check_section(document, 1, 2, "\xff", "## \xff");
    document_free(document);
    document = read_text("a\rb\n# C");
    check_section(document, 0, 1, "C", "# C");
    document_free(document);
    document = read_text("");
    assert_null(section_next(&document->root));
    document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_have_places),
        cmocka_unit_test(setext_headings),
        cmocka_unit_test(titles_have_no_filler_and_no_attributes),
        cmocka_unit_test(empty_headings),
        cmocka_unit_test(headings_in_quotes_and_lists),
        cmocka_unit_test(what_is_no_heading),
        cmocka_unit_test(tree_follows_levels),
        cmocka_unit_test(contents_tile_the_body),
        cmocka_unit_test(emptiness_is_what_a_reader_sees),
        cmocka_unit_test(headings_survive_odd_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
