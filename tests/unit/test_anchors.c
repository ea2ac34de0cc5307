#include "course/anchors.h"
#include "text/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void read_page(struct anchors *anchors, const char *text) {
    struct site site = {.settings = NULL};
    struct document_options options = {false};
    struct document *document = document_read(slice_of("a.md"), slice_of(text), &options);
    anchors_read(anchors, &site, document);
    document_free(document);
}

static void assert_anchor(const char *text, const char *fragment, bool expected) {
    struct anchors anchors;
    read_page(&anchors, text);
    if (anchors_have(&anchors, slice_of(fragment)) != expected)
        fail_msg("%s in %s", fragment, text);
    anchors_release(&anchors);
}

/* As kramdown 2.4 with kramdown-parser-gfm 1.1 makes them. */
static void headings_have_the_ids_of_kramdown(void **state) {
    (void)state;
    static const struct {
        const char *heading, *id;
    } cases[] = {{"# 1. Intro to X", "1-intro-to-x"},
                 {"## 3.2 What's **new** in `code`?", "32-whats-new-in-code"},
                 {"## A & B -- c", "a--b--c"},
                 {"## [A link](https://example.org/x) here", "a-link-here"},
                 {"## E = mc^2; (parens) \"quotes\"", "e--mc2-parens-quotes"},
                 {"Setext\n------", "setext"},
                 {"## Named {#own}", "own"},
                 {"> ## Quoted", "quoted"},
                 {"## Math $$x_1$$ here", "math-x_1-here"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_anchor(cases[i].heading, cases[i].id, true);
        assert_anchor(cases[i].heading, "none", false);
    }
    assert_anchor("## Named {#own}", "named", false);
    assert_anchor("## Upper", "Upper", false);
}

static void repeated_headings_are_numbered(void **state) {
    (void)state;
    static const char text[] = "# A\n\n# A\n\n## A\n";
    assert_anchor(text, "a", true);
    assert_anchor(text, "a-1", true);
    assert_anchor(text, "a-2", true);
    assert_anchor(text, "a-3", false);
}

static void ids_and_names_of_html_are_anchors(void **state) {
    (void)state;
    assert_anchor("<a name=\"x\"></a>\n", "x", true);
    assert_anchor("<div id='x'>y</div>\n", "x", true);
    assert_anchor("text\n{: #x .c}\n", "x", true);
    assert_anchor("<div id=x>y</div>\n", "x", true);
    assert_anchor("<div id=x class=c>y</div>\n", "x", true);
    assert_anchor("<div class=\"{{ page.c }}\" id='x'>y</div>\n", "x", true);
    assert_anchor("`<a name=\"x\"></a>`\n", "x", false);
    assert_anchor("<!-- <a name=\"x\"></a> -->\n", "x", false);
}

static void what_a_build_makes_is_not_known(void **state) {
    (void)state;
    assert_anchor("{% include x.html %}\n", "x", true);
    assert_anchor("# {{ page.x }}\n", "x", true);
    assert_anchor("<div id=\"{{ page.x }}\">y</div>\n", "x", true);
    assert_anchor("<div class=\"{{ page.x }}\">y</div>\n", "x", false);
    assert_anchor("[a]({{ '/x' | relative_url }}) {% comment %}b{% endcomment %}\n", "x", false);
}

static void what_browsers_and_kramdown_add(void **state) {
    (void)state;
    static const char *const fragments[] = {"",     "top",    "TOP", ":~:text=a%20word",
                                            "fn:1", "fnref:1"};
    for (size_t i = 0; i < sizeof fragments / sizeof *fragments; i++)
        assert_anchor("# A\n", fragments[i], true);
    assert_anchor("# A\n", "fn", false);
    assert_anchor("# A\n", "topic", false);
}

static void the_nearest_name_is_proposed(void **state) {
    (void)state;
    struct anchors anchors;
    read_page(&anchors, "## Definition 3.6: active trail\n\n## Other\n");
    struct slice near = anchors_nearest(&anchors, slice_of("-Definition-3.6-active-trail"));
    assert_true(slice_equal_string(near, "definition-36-active-trail"));
    assert_int_equal(anchors_nearest(&anchors, slice_of("summary")).size, 0);
    anchors_release(&anchors);
}

static void distances_count_letters(void **state) {
    (void)state;
    assert_int_equal(text_distance(slice_of("graph"), slice_of("Graph"), 2), 0);
    assert_int_equal(text_distance(slice_of("graph"), slice_of("grpah"), 2), 1);
    assert_int_equal(text_distance(slice_of("graph"), slice_of("graphs"), 2), 1);
    assert_int_equal(text_distance(slice_of("graph"), slice_of("grape"), 2), 1);
    assert_int_equal(text_distance(slice_of("graph"), slice_of("table"), 2), 3);
    assert_int_equal(text_distance(slice_of(""), slice_of("ab"), 5), 2);
    assert_int_equal(text_distance_in_case(slice_of("pi"), slice_of("Pi"), 2), 1);
    assert_int_equal(text_distance_in_case(slice_of("pi"), slice_of("pi"), 2), 0);
    assert_int_equal(text_distance_in_case(slice_of("aB"), slice_of("Ba"), 2), 1);
    assert_int_equal(text_distance_in_case(slice_of("aB"), slice_of("bA"), 2), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_have_the_ids_of_kramdown),
        cmocka_unit_test(repeated_headings_are_numbered),
        cmocka_unit_test(ids_and_names_of_html_are_anchors),
        cmocka_unit_test(what_a_build_makes_is_not_known),
        cmocka_unit_test(what_browsers_and_kramdown_add),
        cmocka_unit_test(the_nearest_name_is_proposed),
        cmocka_unit_test(distances_count_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
