#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* In `text` every byte of `part` has that kind. */
static void has_kind(const char *text, const char *part, enum byte_kind kind) {
    struct document *document = read_text(text);
    check_kind(document, part, kind);
    document_free(document);
}

static void has_prose(const char *text, const char *const *runs, size_t count) {
    struct document *document = read_text(text);
    assert_int_equal(document->prose_count, count);
    for (size_t i = 0; i < count; i++)
        assert_slice(slice_trim(document_text(document, document->prose[i])), runs[i]);
    document_free(document);
}

static void code_is_found(void **state) {
    (void)state;
    has_kind("a `b $c$` d", "`b $c$`", BYTE_CODE);
    has_kind("a `` b ` c `` d", "`` b ` c ``", BYTE_CODE);
    has_kind("a `b\nc` d", "`b\nc`", BYTE_CODE);
    has_kind("a `b\n\nc` d", "`b\n\nc`", BYTE_TEXT);
    has_kind("a \\`b` d", "\\`b` d", BYTE_TEXT);
    has_kind("```py\nx # y\n\n<!--\n```\ntext", "```py\nx # y\n\n<!--\n```\n", BYTE_CODE);
    has_kind("~~~\n```\n~~~\ntext", "~~~\n```\n~~~\n", BYTE_CODE);
    has_kind("> ```\n> a\n> ```\n", "a\n", BYTE_TEXT);
    has_kind("text\n\n    x = 1\n\n    y = 2\n\ntext", "    x = 1\n\n    y = 2\n", BYTE_CODE);
    has_kind("<pre>\n# a\n\n[b](c)\n</pre>\n", "\n# a\n\n[b](c)\n", BYTE_CODE);
    has_kind("a <code>b</code> c", "b", BYTE_CODE);
    has_kind("<script>\nif (a < b) c();\n</script>\n", "\nif (a < b) c();\n", BYTE_CODE);
}

static void code_in_lists_is_code(void **state) {
    (void)state;
    has_kind("1. item\n\n   ```\n   # code\n   ```\n\n2. item\n", "```\n   # code\n   ```\n",
             BYTE_CODE);
    has_kind("- ```\n  # code\n  ```\n- item\n", "```\n  # code\n  ```\n", BYTE_CODE);
    has_kind("- item\n\n      code\n\n- item\n", "      code\n", BYTE_CODE);
    has_kind("- item\n\n  text\n", "  text\n", BYTE_TEXT);
}

/* kramdown prints it as text; CommonMark would take the rest of the file. */
static void unclosed_fence_is_text(void **state) {
    (void)state;
    struct document *document = read_text("```\ntext\n\n# H\n\n[a](b)\n");
    check_kind(document, "```\ntext\n", BYTE_TEXT);
    check_section(document, 0, 1, "H", "# H");
    check_link(document, 0, "b", "[a](b)");
    document_free(document);
}

/* Between two indented pieces of code stands HTML, which is no part of either. */
static void code_does_not_swallow_what_is_masked(void **state) {
    (void)state;
    struct document *document =
        read_text("text\n\n    one\n\n<div>\nraw <img src=\"a.png\">\n</div>\n\n"
                  "    two\n");
    check_kind(document, "    one\n", BYTE_CODE);
    check_kind(document, "\nraw ", BYTE_RAW_TEXT);
    check_kind(document, "    two\n", BYTE_CODE);
    check_image(document, 0, "a.png", "<img src=\"a.png\">");
    document_free(document);
}

static void comments_are_found(void **state) {
    (void)state;
    has_kind("a <!-- b --> c", "<!-- b -->", BYTE_COMMENT);
    has_kind("a `<!--` b `-->` c", " b ", BYTE_TEXT);
    has_kind("<!-- `a --> b` c", " b` c", BYTE_TEXT);
    has_kind("# H\n<!--\n\n# No\n\n-->\n", "<!--\n\n# No\n\n-->", BYTE_COMMENT);
    has_kind("<div>\n<!-- a\n\n- b -->\n</div>\n", "<!-- a\n\n- b -->", BYTE_COMMENT);
}

static void a_whole_template_may_be_in_a_comment(void **state) {
    (void)state;
    struct document *document = read_text(
        "---\ntitle: x\n---\n\n# Real\n\n<!--\n---\ntitle: t\n---\n\n## Template\n\n"
        "[a](b) ![c](d)\n\n```\ncode\n```\n\n<figure><img src=\"e\"></figure>\n\n$$ x $$\n"
        "-->\n\ntext\n");
    assert_int_equal(document->link_count + document->image_count + document->code_count, 0);
    assert_int_equal(document->comment_count, 1);
    assert_int_equal(count_sections(document), 1);
    assert_int_equal(document->prose_count, 2);
    document_free(document);
}

/* kramdown 2.4 prints such a comment: its paragraph ends within it. */
static void comment_under_text_is_printed(void **state) {
    (void)state;
    struct document *document =
        read_text("Oct 7\n: **Readings**\n  <!-- * [a](b)\n  * [c](d) -->\n");
    check_link(document, 0, "b", "[a](b)");
    check_link(document, 1, "d", "[c](d)");
    assert_int_equal(document->comment_count, 0);
    document_free(document);
    has_kind("text\n<!-- a\nb -->\n", "<!-- a\nb -->", BYTE_COMMENT);
    has_kind("text\n<!-- a\n\nb -->\n", "<!-- a\n\nb -->", BYTE_TEXT);
    has_kind("text\n\n<!-- a\n\nb -->\n", "<!-- a\n\nb -->", BYTE_COMMENT);
}

static void unclosed_comment_is_text(void **state) {
    (void)state;
    struct document *document = read_text("<!--\ntext [a](b)\n\n# H\n");
    check_kind(document, "text ", BYTE_TEXT);
    check_link(document, 0, "b", "[a](b)");
    check_section(document, 0, 1, "H", "# H");
    document_free(document);
}

static void math_is_found(void **state) {
    (void)state;
    has_kind("$$\na_{1} *b* $c$\n\nd\n$$\n\ntext", "$$\na_{1} *b* $c$\n\nd\n$$", BYTE_MATH);
    has_kind("a $$b$$ c", "$$b$$", BYTE_MATH);
    has_kind("a $$b\n\nc$$ d", "$$b\n\nc$$", BYTE_TEXT);
    has_kind("a $b_1$ c", "$b_1$", BYTE_MATH);
    has_kind("a \\$b$ c", "\\$b$ c", BYTE_TEXT);
    has_kind("a $b\n\n$ c", "$b\n\n$", BYTE_TEXT);
    has_kind("- $a\n- b$", "$a\n- b$", BYTE_TEXT);
    has_kind("$\\text{a $b$ c}$ d", "$\\text{a $b$ c}$", BYTE_MATH);
    has_kind("a <d-math>b_{<c>}</d-math>", "b_{<c>}", BYTE_MATH);
    has_kind("$$\\alpha$$, costs 5", ", costs 5", BYTE_TEXT);
}

/* A formula that is not closed ends with its paragraph, not at the opening of the next. */
static void unclosed_math_ends_with_its_paragraph(void **state) {
    (void)state;
    struct document *document =
        read_text("Then\n$$ a = b\n\n<figure><img src=\"x.png\"></figure>\n\n"
                  "Next\n$$ c = d\n\n# H\n");
    check_image(document, 0, "x.png", "<img src=\"x.png\">");
    check_section(document, 0, 1, "H", "# H");
    document_free(document);
}

static void single_dollars_are_math_only_where_the_site_says_so(void **state) {
    (void)state;
    const char *text = "a $b$ c $$d$$";
    struct document *document = read_bytes(text, strlen(text), false);
    check_kind(document, "a $b$ c ", BYTE_TEXT);
    check_kind(document, "$$d$$", BYTE_MATH);
    document_free(document);
}

static void liquid_is_found(void **state) {
    (void)state;
    has_kind("a {{ b | c }} d", "{{ b | c }}", BYTE_LIQUID);
    has_kind("`{{ b }}`", "{{ b }}", BYTE_LIQUID);
    has_kind("a {% if b %} c {% endif %}", " c ", BYTE_TEXT);
    has_kind("{% comment %}\n# a\n{% endcomment %} b", "{% comment %}\n# a\n{% endcomment %}",
             BYTE_LIQUID);
    has_kind("{% raw %}{{ a }}{% endraw %} b", "{{ a }}", BYTE_TEXT);
    has_kind("{%- highlight py -%}\n[a](b)\n{%- endhighlight -%}", "\n[a](b)\n", BYTE_LIQUID);
    has_kind("a {{ b c", "a {{ b c", BYTE_TEXT);
    has_kind("a {{ b } c}} d", "{{ b } c}}", BYTE_TEXT);
    has_kind("{{ b } {{ c }}", "{{ c }}", BYTE_LIQUID);
    has_kind("{% raw %} a", " a", BYTE_TEXT);
}

static void html_is_found(void **state) {
    (void)state;
    has_kind("<figure>\n\n  *a* [b](c)\n\n</figure>\n\ntext", "\n\n  *a* [b](c)\n\n",
             BYTE_RAW_TEXT);
    has_kind("<div markdown=\"1\">\n*a*\n</div>\n", "\n*a*\n", BYTE_TEXT);
    has_kind("a <b class='x>y'>c</b> d", "<b class='x>y'>", BYTE_TAG);
    has_kind("a <b>c</b> d", "c", BYTE_TEXT);
    has_kind("if a <b and c> d", "if a ", BYTE_TEXT);
    has_kind("E[x]<a, b>", "E[x]<a, b>", BYTE_TEXT);
    has_kind("a < b", "a < b", BYTE_TEXT);
    has_kind("<figure>\n# a\n", "# a\n", BYTE_TEXT);
}

/* cmark would open a block of HTML at what is no tag. */
static void malformed_tag_hides_nothing(void **state) {
    (void)state;
    struct document *document = read_text("<div class=\"a”>\n[b](c)\n\ntext");
    check_link(document, 0, "c", "[b](c)");
    document_free(document);
}

static void attribute_lists_are_found(void **state) {
    (void)state;
    has_kind("[a](b){:target=\"_blank\"} c", "{:target=\"_blank\"}", BYTE_ATTRIBUTES);
    has_kind("text\n{: .x #y}\n", "{: .x #y}", BYTE_ATTRIBUTES);
    has_kind("{::options toc_levels=\"2\" /}\n", "{::options toc_levels=\"2\" /}", BYTE_ATTRIBUTES);
    has_kind("# H {#id}\n", "{#id}", BYTE_ATTRIBUTES);
    has_kind("a {#id} b", "a {#id} b", BYTE_TEXT);
    has_kind("a {b} c", "{b}", BYTE_TEXT);
    has_kind("`{:x}`", "{:x}", BYTE_CODE);
}

static void definitions_are_invisible(void **state) {
    (void)state;
    has_kind("text\n\n[a]: b.png \"t\"\n\ntext", "[a]: b.png \"t\"\n", BYTE_DESTINATION);
    has_kind("[//]: # (a comment)\n", "[//]: # (a comment)\n", BYTE_DESTINATION);
    has_kind("[comment]: what kramdown hides\n", "[comment]: what kramdown hides\n",
             BYTE_DESTINATION);
    has_kind("text\n[a]: b\n", "[a]: b\n", BYTE_TEXT);
    has_kind("[^1]: A footnote.\n", "A footnote.\n", BYTE_TEXT);
}

static void prose_is_text_only(void **state) {
    (void)state;
    static const char *const runs[] = {"one", "two", "three\nfour", "five", "# six", "seven"};
    has_prose("one `x` [two](y){:z} three\nfour <b>five</b>\n\n# six\nseven\n\n$$ x $$\n", runs, 6);
    static const char *const blocks[] = {"a", "- b", "- c", "d"};
    has_prose("a\n\n- b\n- c\n\n<p>d</p>\n", blocks, 4);
    static const char *const separate[] = {"a", "b"};
    has_prose("<p>\na\n\nb\n</p>\n", separate, 2);
}

static void formulas_in_raw_html_leave_it_raw(void **state) {
    (void)state;
    struct document *document =
        read_text("<figure>\n  <figcaption>Text of $x$ and\n  {{ y }}</figcaption>\n</figure>\n");
    check_kind(document, "<figcaption>", BYTE_TAG);
    check_kind(document, "Text of ", BYTE_RAW_TEXT);
    check_kind(document, "$x$", BYTE_MATH);
    check_kind(document, " and", BYTE_RAW_TEXT);
    check_kind(document, "</figcaption>", BYTE_TAG);
    assert_int_equal(document->code_count, 0);
    document_free(document);
    document = read_text("<p>\na $x$\n</p> tail $y$ [b](c)\n");
    check_kind(document, "$y$", BYTE_MATH);
    check_link(document, 0, "c", "[b](c)");
    document_free(document);
}

static void every_byte_has_a_kind(void **state) {
    (void)state;
    static const char bytes[] =
        "---\r\na: b\r\n---\r\n# \xff\xfe\r\n\0`\0`\r\n\xc3 $x$ <b\0>\r<!--\0-->";
    struct document *document = read_bytes(bytes, sizeof bytes - 1, true);
    assert_int_equal(document->kind, DOCUMENT_MARKDOWN);
    assert_int_equal(document->kinds[4], BYTE_FRONT_MATTER);
    check_section(document, 0, 1, "\xff\xfe", "# \xff\xfe");
    assert_int_equal(document->code_count, 1);
    assert_int_equal(document->comment_count, 1);
    check_kind(document, "$x$", BYTE_MATH);
    document_free(document);
}

/* A border is found wherever it stands among the eight bytes that are looked at at once. */
static void prose_ends_at_blank_lines_in_html(void **state) {
    (void)state;
    for (size_t before = 1; before < 20; before++) {
        struct buffer text = BUFFER_EMPTY, first = BUFFER_EMPTY;
        for (size_t i = 0; i < before; i++)
            buffer_append_byte(&first, 'a');
        buffer_append_format(&text, "<div>\n%s\n          \nbbbbbbbbbbbbbbbbbbbb\n</div>\n",
                             buffer_string(&first));
        has_prose(buffer_string(&text),
                  (const char *const[]){buffer_string(&first), "bbbbbbbbbbbbbbbbbbbb"}, 2);
        buffer_release(&text);
        buffer_release(&first);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_is_found),
        cmocka_unit_test(code_in_lists_is_code),
        cmocka_unit_test(unclosed_fence_is_text),
        cmocka_unit_test(code_does_not_swallow_what_is_masked),
        cmocka_unit_test(comments_are_found),
        cmocka_unit_test(a_whole_template_may_be_in_a_comment),
        cmocka_unit_test(comment_under_text_is_printed),
        cmocka_unit_test(unclosed_comment_is_text),
        cmocka_unit_test(math_is_found),
        cmocka_unit_test(unclosed_math_ends_with_its_paragraph),
        cmocka_unit_test(single_dollars_are_math_only_where_the_site_says_so),
        cmocka_unit_test(liquid_is_found),
        cmocka_unit_test(html_is_found),
        cmocka_unit_test(malformed_tag_hides_nothing),
        cmocka_unit_test(attribute_lists_are_found),
        cmocka_unit_test(definitions_are_invisible),
        cmocka_unit_test(prose_is_text_only),
        cmocka_unit_test(formulas_in_raw_html_leave_it_raw),
        cmocka_unit_test(prose_ends_at_blank_lines_in_html),
        cmocka_unit_test(every_byte_has_a_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
