#include "base/memory.h"
#include "report/markdown_text.h"
#include "sample_verdict.h"

#include <cmark.h>

/* Marks of every kind, what GitHub makes links and pictures of, and what a log takes for commands.
 */
static const char markup[] = "**b** _i_ `c` ~~s~~ [a](http://x.example) ![p](y) <img src=z> <!-- "
                             "| $e^x$ @alice team#12 :tada: www.x.example a@x.example &lt; \\* "
                             "</details></code></summary> ::error:: ##[add-mask]";

static char *page_of(struct verdict *verdict, const struct report_options *options) {
    struct buffer output = BUFFER_EMPTY;
    finding_list_sort(&verdict->findings);
    report_markdown(&output, verdict, options);
    assert_true(output.size && output.data[output.size - 1] == '\n');
    return buffer_detach(&output);
}

static char *plain_page(struct verdict *verdict) {
    return page_of(verdict, &(struct report_options){.fail_on = SEVERITY_ERROR});
}

static void must_have(const char *page, const char *part) {
    if (!strstr(page, part))
        fail_msg("no \"%s\" in:\n%s", part, page);
}

static void must_lack(const char *page, const char *part) {
    if (strstr(page, part))
        fail_msg("\"%s\" in:\n%s", part, page);
}

/* --- Texts ------------------------------------------------------------------------------------ */

static size_t count_nodes(cmark_node *root, cmark_node_type type) {
    size_t count = 0;
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;)
        count += event == CMARK_EVENT_ENTER &&
                 cmark_node_get_type(cmark_iter_get_node(iterator)) == type;
    cmark_iter_free(iterator);
    return count;
}

/* The text that a reader of CommonMark sees, for free(). */
static char *shown_text(cmark_node *root) {
    struct buffer text = BUFFER_EMPTY;
    cmark_iter *iterator = cmark_iter_new(root);
    for (cmark_event_type event; (event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_TEXT)
            buffer_append_string(&text, cmark_node_get_literal(node));
    }
    cmark_iter_free(iterator);
    return buffer_detach(&text);
}

static void test_text_shows_as_it_is(void **state) {
    (void)state;
    struct buffer output = BUFFER_EMPTY;
    buffer_append_string(&output, "x ");
    markdown_append(&output, slice_of(markup));
    cmark_node *root = cmark_parse_document(output.data, output.size, CMARK_OPT_DEFAULT);
    char *shown = shown_text(root);
    assert_string_equal(shown + 2, markup);
    static const cmark_node_type none[] = {CMARK_NODE_LINK,   CMARK_NODE_IMAGE, CMARK_NODE_EMPH,
                                           CMARK_NODE_STRONG, CMARK_NODE_CODE,  CMARK_NODE_ITEM};
    for (size_t i = 0; i < COUNT_OF(none); i++)
        assert_int_equal(count_nodes(root, none[i]), 0);
    free(shown);
    cmark_node_free(root);
    buffer_release(&output);
}

/* What cmark has no syntax for, but GitHub has. */
static void test_text_is_nothing_to_github(void **state) {
    (void)state;
    struct buffer output = BUFFER_EMPTY;
    markdown_append(&output, slice_of(markup));
    static const char *const marks[] = {"|",    "$",  "~", "@", "::", ":/",
                                        "www.", "##", "`", "[", "{"};
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        must_lack(buffer_string(&output), marks[i]);
    must_have(buffer_string(&output), "&#64;<!-- -->alice");
    must_have(buffer_string(&output), "team&#35;<!-- -->12");
    must_have(buffer_string(&output), "&#58;<!-- -->tada: www&#46;x");
    must_have(buffer_string(&output), "<span>&#36;</span>");
    buffer_clear(&output);
    markdown_append(&output, slice_of("plain, words: (as they are) - 1. 2/3 'q' a.b"));
    assert_string_equal(buffer_string(&output), "plain, words: (as they are) - 1. 2/3 'q' a.b");
    buffer_release(&output);
}

static void test_long_text_is_cut_between_characters(void **state) {
    (void)state;
    struct buffer output = BUFFER_EMPTY;
    markdown_append_cut(&output, slice_of("ab\u00e9d"), 3);
    assert_string_equal(buffer_string(&output), "ab\u2026");
    buffer_clear(&output);
    markdown_append_code(&output, slice_of("<a>"), 3);
    assert_string_equal(buffer_string(&output), "<code>&#60;a&#62;</code>");
    buffer_release(&output);
}

static void test_a_block_is_exact_or_not_there(void **state) {
    (void)state;
    struct buffer output = BUFFER_EMPTY;
    assert_true(markdown_append_block(&output, "diff",
                                      slice_of("@@ -1 +1 @@\n-\t</pre>\n\n+a & `b`\n ::x")));
    assert_string_equal(buffer_string(&output),
                        "<pre lang=\"diff\">&#64;&#64; -1 +1 &#64;&#64;\n-\t&#60;/pre&#62;\n\n"
                        "+a &#38; `b`\n &#58;&#58;x\n</pre>\n");
    cmark_node *root = cmark_parse_document(output.data, output.size, CMARK_OPT_DEFAULT);
    cmark_node *block = cmark_node_first_child(root);
    assert_int_equal(cmark_node_get_type(block), CMARK_NODE_HTML_BLOCK);
    assert_null(cmark_node_next(block));
    cmark_node_free(root);
    buffer_clear(&output);
    static const char *const uncopiable[] = {"a\r\nb\n", "\033[31m", "\xFF", "\u202Ex", "\u200B"};
    for (size_t i = 0; i < COUNT_OF(uncopiable); i++)
        assert_false(markdown_append_block(&output, "diff", slice_of(uncopiable[i])));
    assert_false(markdown_append_block(&output, "diff", (struct slice){"a\0b", 3}));
    assert_int_equal(output.size, 0);
    buffer_release(&output);
}

/* --- Pages ------------------------------------------------------------------------------------ */

static void test_headings(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    char *page = plain_page(&verdict);
    memcpy(verdict.id, "0123456789ab", VERDICT_ID_SIZE);
    assert_int_equal(strncmp(page, "## ✅ scribelint: all is well\n\n", 32), 0);
    free(page);
    sample_finding(&verdict, "r", "a.md", "x")->severity = SEVERITY_WARNING;
    page = plain_page(&verdict);
    must_have(page, "## ✅ scribelint: nothing that must be mended\n\n1 warning introduced");
    must_lack(page, "### Fixed");
    must_have(page, "verdict 0123456789ab)\n");
    free(page);
    sample_remark(&verdict, &verdict.undecided, "b.md", "too large");
    page = plain_page(&verdict);
    must_have(page, "## ⚠️ scribelint: not everything could be checked\n");
    must_have(page, "### Could not be checked\n\n- <code>b.md</code>: too large\n");
    free(page);
    sample_finding(&verdict, "r", "a.md", "x");
    page = plain_page(&verdict);
    must_have(page, "## ❌ scribelint: 1 thing to mend\n");
    must_have(page, "### Could not be checked\n");
    free(page);
    page = page_of(&verdict, &(struct report_options){.fail_on = SEVERITY_WARNING});
    must_have(page, "## ❌ scribelint: 2 things to mend\n");
    free(page);
    verdict_release(&verdict);
}

static void add_two_rules(struct verdict *verdict) {
    struct finding *finding = sample_finding(verdict, "alpha", "b.md", "first");
    finding->severity = SEVERITY_NOTICE;
    for (size_t line = 3; line <= 5; line++) {
        finding = sample_finding(verdict, "image-missing", "b.md", "no image");
        sample_place(finding, line, 1, 7, "![](x)");
        finding->fix = slice_of(line < 5 ? "commit it" : "or draw it");
    }
    sample_finding(verdict, "image-missing", "a.md", "no image");
    finding = sample_finding(verdict, "gone", "c.md", "was bad");
    finding->state = FINDING_FIXED;
    sample_place(finding, 9, 1, 2, "x");
    sample_finding(verdict, "old", "c.md", "stands")->state = FINDING_CARRIED;
}

static void test_table_and_rules(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add_two_rules(&verdict);
    char *page = plain_page(&verdict);
    must_have(page, "| File | Errors | Warnings | Notices |\n|---|--:|--:|--:|\n"
                    "| <code>a.md</code> | 1 | | |\n| <code>b.md</code> | 3 | | 1 |\n\n");
    must_have(page, "<details open><summary><b>error</b> <code>image-missing</code> (4)</summary>");
    must_have(page, "<details><summary><b>notice</b> <code>alpha</code></summary>");
    assert_true(strstr(page, "image-missing") < strstr(page, "alpha"));
    must_have(page, "- <code>a.md</code>: no image\n- **lines 3, 4** of <code>b.md</code>: no image"
                    "<br><code>!&#91;&#93;(x)</code><br>**Fix:** commit it\n- **line 5** of "
                    "<code>b.md</code>: no image<br><code>!&#91;&#93;(x)</code><br>"
                    "**Fix:** or draw it\n");
    must_have(page, "\n\nMend it on the same branch and push again");
    must_have(page, "### Fixed, thank you\n\n- <code>gone</code> in <code>c.md</code>, line 9\n");
    must_lack(page, "stands");
    must_lack(page, "**Why:**");
    free(page);
    verdict_release(&verdict);
}

/* Only what differs by its line alone is told as one. */
static void test_same_places(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    static const char *const excerpts[] = {" a", "a", "b", "b", "b"};
    for (size_t i = 0; i < 5; i++)
        sample_place(sample_finding(&verdict, "same", "a.md", i < 4 ? "m" : "n"), 7 - i % 4, 1, 2,
                     excerpts[i]);
    verdict.base = NULL;
    char *page = plain_page(&verdict);
    must_have(page, "- **lines 4, 5** of <code>a.md</code>: m<br><code>b</code>\n"
                    "- **lines 6, 7** of <code>a.md</code>: m<br><code>a</code>\n"
                    "- **line 7** of <code>a.md</code>: n<br><code>b</code>\n");
    must_lack(page, "same branch");
    free(page);
    verdict_release(&verdict);
}

static void test_rules_are_told_with_their_reasons(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct rule_set rules = {0};
    struct error error = ERROR_NONE;
    assert_int_equal(rule_set_add_builtin_brief(&rules, &error), OK);
    add_two_rules(&verdict);
    char *page =
        page_of(&verdict, &(struct report_options){.fail_on = SEVERITY_ERROR, .rules = &rules});
    must_have(page, "<code>image-missing</code> Image that is not in the repository (4)");
    must_have(page, "**Why:** Readers see a broken picture.");
    free(page);
    error_release(&error);
    rule_set_release(&rules);
    verdict_release(&verdict);
}

static void test_what_a_program_can_mend(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct report_options options = {.fail_on = SEVERITY_ERROR,
                                     .mend = "scribelint fix --base main",
                                     .patch = slice_of("-teh\n+the\n")};
    add_two_rules(&verdict);
    char *page = page_of(&verdict, &options);
    must_lack(page, "What scribelint can mend for you");
    free(page);
    const struct edit edit = {.path = slice_of("a.md"), .text = slice_of("the")};
    finding_add_edit(&verdict.findings, verdict.findings.items[0], &edit);
    page = page_of(&verdict, &options);
    must_have(page, "<code>scribelint fix --base main</code> mends 1 of these.\n");
    must_have(page, "<pre lang=\"diff\">-teh\n+the\n</pre>\n\n</details>\n");
    free(page);
    options.patch = slice_of("-teh\r\n+the\r\n");
    page = page_of(&verdict, &options);
    must_have(page, "mends 1 of these.\n");
    must_lack(page, "<pre");
    free(page);
    verdict_release(&verdict);
}

static void test_the_lecture(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    char *page = page_of(&verdict, &(struct report_options){.lecture = slice_of("| a |\n|---|")});
    must_have(page, "### The lecture\n\n| a |\n|---|\n");
    free(page);
    verdict_release(&verdict);
}

static void test_remarks_are_folded(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    for (size_t i = 0; i < 23; i++)
        sample_remark(&verdict, &verdict.skipped, "a.pdf", "not text");
    sample_remark(&verdict, &verdict.notes, "", "two merge bases");
    char *page = plain_page(&verdict);
    must_have(page, "## ✅ scribelint: nothing to mend, but see the remarks\n");
    must_have(page,
              "<details open><summary>Remarks (1)</summary>\n\n- two merge bases\n\n</details>\n");
    must_have(page, "<details><summary>Not looked at (23)</summary>\n\n- <code>a.pdf</code>: not");
    must_have(page, "- … and 3 more\n\n</details>\n");
    free(page);
    verdict_release(&verdict);
}

/* No line of the page is one that a log acts on, and no markup is but the page's own. */
static void test_hostile_text_is_harmless(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    static const char *const texts[] = {HOSTILE, markup, "::error::x", "## [", "- |\n\n# x"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct finding *finding = sample_finding(&verdict, "r", texts[i], texts[i]);
        sample_place(finding, 1, 1, 2, texts[i]);
        finding->fix = slice_of(texts[i]);
        sample_finding(&verdict, "r", texts[i], "old")->state = FINDING_FIXED;
        sample_remark(&verdict, &verdict.undecided, texts[i], texts[i]);
        sample_remark(&verdict, &verdict.skipped, texts[i], texts[i]);
        sample_remark(&verdict, &verdict.notes, "", texts[i]);
    }
    char *page = plain_page(&verdict);
    static const char *const none[] = {
        "\033", "\r", "\xFF", "\u202E", "::", "##[", "<img", "@", "$"};
    for (size_t i = 0; i < COUNT_OF(none); i++)
        must_lack(page, none[i]);
    assert_int_equal(sample_count(page, "<details"), 3);
    assert_int_equal(sample_count(page, "</details>"), 3);
    assert_int_equal(sample_count(page, "<code>"), sample_count(page, "</code>"));
    cmark_node *root = cmark_parse_document(page, strlen(page), CMARK_OPT_DEFAULT);
    static const cmark_node_type foreign[] = {CMARK_NODE_LINK, CMARK_NODE_IMAGE, CMARK_NODE_EMPH,
                                              CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK};
    for (size_t i = 0; i < COUNT_OF(foreign); i++)
        assert_int_equal(count_nodes(root, foreign[i]), 0);
    assert_int_equal(count_nodes(root, CMARK_NODE_HEADING), 3);
    cmark_node_free(root);
    free(page);
    verdict_release(&verdict);
}

/* GitHub shows no summary over 1 MiB. The dollar is what takes most room. */
static void test_a_page_has_a_largest_size(void **state) {
    (void)state;
    enum { RULES = 200, PLACES = 30, LENGTH = 700 };
    struct verdict verdict = sample_verdict();
    char text[LENGTH + 1], names[RULES][8];
    memset(text, '$', LENGTH);
    text[LENGTH] = '\0';
    for (size_t i = 0; i < RULES; i++) {
        snprintf(names[i], sizeof names[i], "r%03zu", i);
        for (size_t k = 0; k < PLACES; k++) {
            struct finding *finding = sample_finding(&verdict, names[i], text, text);
            sample_place(finding, k + 1, 1, 2, text);
            finding->fix = slice_of(text + k);
        }
        sample_remark(&verdict, &verdict.undecided, text, text);
        sample_remark(&verdict, &verdict.skipped, text, text);
        sample_finding(&verdict, names[i], text, text)->state = FINDING_FIXED;
    }
    char *page = plain_page(&verdict);
    assert_in_range(strlen(page), 512 * 1024, 1024 * 1024);
    assert_int_equal(sample_count(page, "<details"), sample_count(page, "</details>"));
    must_have(page, "more findings found no room on this page");
    must_have(page, "6000 errors introduced");
    free(page);
    verdict_release(&verdict);
}

static void test_many_files_are_counted(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    char names[60][8];
    for (size_t i = 0; i < 60; i++) {
        snprintf(names[i], sizeof names[i], "%02zu.md", i);
        sample_finding(&verdict, "r", names[i], "x");
    }
    char *page = plain_page(&verdict);
    assert_int_equal(sample_count(page, "| <code>"), 50);
    must_have(page, "| … and 10 more files | | | |\n");
    must_have(page, "- … and 35 more\n");
    must_lack(page, "<details open>");
    free(page);
    verdict_release(&verdict);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_shows_as_it_is),
        cmocka_unit_test(test_text_is_nothing_to_github),
        cmocka_unit_test(test_long_text_is_cut_between_characters),
        cmocka_unit_test(test_a_block_is_exact_or_not_there),
        cmocka_unit_test(test_headings),
        cmocka_unit_test(test_table_and_rules),
        cmocka_unit_test(test_same_places),
        cmocka_unit_test(test_rules_are_told_with_their_reasons),
        cmocka_unit_test(test_what_a_program_can_mend),
        cmocka_unit_test(test_the_lecture),
        cmocka_unit_test(test_remarks_are_folded),
        cmocka_unit_test(test_hostile_text_is_harmless),
        cmocka_unit_test(test_a_page_has_a_largest_size),
        cmocka_unit_test(test_many_files_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
