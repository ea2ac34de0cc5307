#include "base/buffer.h"
#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The only link in `text` has this destination and is written so. */
static void is_link(const char *text, const char *destination, const char *written) {
    struct document *document = read_text(text);
    assert_int_equal(document->link_count, 1);
    assert_int_equal(document->image_count, 0);
    check_link(document, 0, destination, written);
    document_free(document);
}

static void is_no_link(const char *text) {
    struct document *document = read_text(text);
    assert_int_equal(document->link_count + document->image_count, 0);
    document_free(document);
}

static void parts_have_places(void **state) {
    (void)state;
    struct document *document = read_text("a [b *c*](d.html \"e\") ![f](<g h.png> 'i')\n");
    check_link(document, 0, "d.html", "[b *c*](d.html \"e\")");
    assert_slice(document->links[0].text, "b *c*");
    assert_slice(document->links[0].title, "e");
    assert_slice(document_text(document, document->links[0].destination_span), "d.html");
    check_image(document, 0, "g h.png", "![f](<g h.png> 'i')");
    assert_slice(document->images[0].text, "f");
    assert_slice(document->images[0].title, "i");
    assert_slice(document_text(document, document->images[0].destination_span), "g h.png");
    check_kind(document, "(d.html \"e\")", BYTE_DESTINATION);
    check_kind(document, "b *c*", BYTE_TEXT);
    document_free(document);
}

static void empty_parts_are_told_from_none(void **state) {
    (void)state;
    struct document *document = read_text("[Recording]() ![](x.png) [Notes](#)\n");
    check_link(document, 0, "", "[Recording]()");
    check_link(document, 1, "#", "[Notes](#)");
    check_image(document, 0, "x.png", "![](x.png)");
    assert_int_equal(document->images[0].text.size, 0);
    assert_null(document->links[0].title.data);
    assert_int_equal(document->links[0].destination_span.start, 12);
    document_free(document);
}

/* cmark's columns are wrong from there on. */
static void places_hold_behind_a_link_over_lines(void **state) {
    (void)state;
    struct document *document =
        read_text("> See [a\n> b](c\n> \"d\") and [e](f)\n>   then [g](h).\n");
    check_link(document, 0, "c", "[a\n> b](c\n> \"d\")");
    check_link(document, 1, "f", "[e](f)");
    check_link(document, 2, "h", "[g](h)");
    document_free(document);
    document = read_text("- a [b\n      c](d)\n      [e](f)\n");
    check_link(document, 0, "d", "[b\n      c](d)");
    check_link(document, 1, "f", "[e](f)");
    document_free(document);
}

static void places_hold_behind_definitions(void **state) {
    (void)state;
    struct document *document =
        read_text("[a]: x.html\n[b]: <y z.html>\n  'title'\n[A] [t][b] [c](d)\n");
    check_link(document, 0, "x.html", "[A]");
    check_link(document, 1, "y z.html", "[t][b]");
    assert_slice(document->links[1].title, "title");
    check_link(document, 2, "d", "[c](d)");
    document_free(document);
}

static void references_are_found(void **state) {
    (void)state;
    is_link("[Text][Some\n  Label]\n\n[some label]: a.html\n", "a.html", "[Text][Some\n  Label]");
    is_link("[a][]\n\n[a]: b\n", "b", "[a][]");
    is_link("[a]\n\n[a]: b&amp;c\\_d\n", "b&c_d", "[a]");
    is_link("[a]\n\n> [a]: b\n", "b", "[a]");
    is_link("[a]\n\n[a]: <>\n", "", "[a]");
    is_link("[a]\n\n[a]:\n  b\n", "b", "[a]");
    is_link("[`x`] y\n\n[`x`]: b\n[`y`]: c\n", "b", "[`x`]");
    is_link("[a]\n\n[a]: {{ \"/x y\" | relative_url }}.pdf\n", "{{ \"/x y\" | relative_url }}.pdf",
            "[a]");
    is_link("[notes]\n\n[notes]: assets/3. basics.pdf\n", "assets/3. basics.pdf", "[notes]");
    is_link("[a]\n\n[a]: b\n[a]: c\n", "c", "[a]"); /* the last one, as in kramdown */
    is_no_link("[a] [b][c]\n");
}

/* Brackets in front that are no links must not take the place of one. */
static void brackets_are_not_links(void **state) {
    (void)state;
    is_link("[0,1] and E[f(x)] [see](a) [x] b\n", "a", "[see](a)");
    is_link("[0,1] is [see][a].\n\n[a]: b\n", "b", "[see][a]");
    is_link("\\[a](b) [c\\]](d) e\\\n", "d", "[c\\]](d)");
    is_link("`[a](b)` [c](b)", "b", "[c](b)");
    is_no_link("[ ] task\n- [x] done\n");
    is_no_link("[a] (b)\n");
    is_no_link("\\[a](b) !\\[c](d)");
}

/* A link's own parts, or what is none, must not take the place of the next with its destination. */
static void equal_destinations_have_their_own_places(void **state) {
    (void)state;
    static const char *const lines[][3] = {
        {"[a](<x.pdf>), [b](x.pdf)", "[a](<x.pdf>)", "[b](x.pdf)"},
        {"[a](x.pdf), [b](<x.pdf>)", "[a](x.pdf)", "[b](<x.pdf>)"},
        {"[a](x.pdf \"[c](x.pdf)\") [b](x.pdf)", "[a](x.pdf \"[c](x.pdf)\")", "[b](x.pdf)"},
        {"[a](x.pdf '<x.pdf>')[b](x.pdf)", "[a](x.pdf '<x.pdf>')", "[b](x.pdf)"},
        {"\\[c](x.pdf) [a](x.pdf) \\\\[b](x.pdf)", "[a](x.pdf)", "[b](x.pdf)"},
        {"<x.pdf> [a](x.pdf) <x.pdf> [b](x.pdf)", "[a](x.pdf)", "[b](x.pdf)"},
        {"[c [a](x.pdf)](x.pdf) [b](x.pdf)", "[a](x.pdf)", "[b](x.pdf)"},
        {"[c ![d [a](x.pdf)](y.png) e](x.pdf) [b](x.pdf)", "[a](x.pdf)", "[b](x.pdf)"},
        {"[a [c]](x.pdf)[[b]](x.pdf)", "[a [c]](x.pdf)", "[[b]](x.pdf)"},
        {"[a][x], [b][x]\n\n[x]: x.pdf", "[a][x]", "[b][x]"},
        {"[x][c] [a](x.pdf) [x][]\n\n[x]: x.pdf", "[a](x.pdf)", "[x][]"},
        {"[a](x\\.pdf) and [b](<x\\.pdf>)", "[a](x\\.pdf)", "[b](<x\\.pdf>)"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct document *document = read_text(lines[i][0]);
        assert_int_equal(document->link_count, 2);
        check_link(document, 0, "x.pdf", lines[i][1]);
        check_link(document, 1, "x.pdf", lines[i][2]);
        document_free(document);
    }
    is_link("[a](<b\\>c>)", "b>c", "[a](<b\\>c>)");
    struct document *document =
        read_text("<http://x.org/[a](b)> [c](b) ![d [e](b)](b) \\\\![f](b)\n");
    check_link(document, 0, "http://x.org/[a](b)", "<http://x.org/[a](b)>");
    check_link(document, 1, "b", "[c](b)");
    check_link(document, 2, "b", "[e](b)");
    check_image(document, 0, "b", "![d [e](b)](b)");
    check_image(document, 1, "b", "![f](b)");
    document_free(document);
}

/* The text at a link's place is that link when it stands alone. */
static void stands_alone(const struct document *document, const struct link *link, bool image) {
    struct slice text = document_text(document, link->span);
    struct document *alone = read_bytes(text.data, text.size, true);
    size_t count = image ? alone->image_count : alone->link_count, found = 0;
    for (size_t i = 0; i < count; i++) {
        const struct link *other = image ? &alone->images[i] : &alone->links[i];
        found += other->has_place && !other->span.start && other->span.end == text.size &&
                 slice_equal(other->destination, link->destination);
    }
    if (!link->has_place || found != 1)
        fail_msg("wrong place in: %.*s", SLICE_ARGUMENTS(document->source.bytes));
    document_free(alone);
}

static void places_hold_in_any_text(void **state) {
    (void)state;
    enum { ROUNDS = 20000, MOST_PIECES = 14 };
    static const char *const pieces[] = {
        "[", "[",          "]",      "]",   "](",    "](x)", "](<x>)", "](x 't')", "(",
        ")", "!",          "![",     "<",   "\\",    ">",    "'",      "\"",       " ",
        "x", "<http://x>", "[a](x)", "<x>", "&amp;", "*",    "`"};
    uint32_t seed = 1;
    for (int round = 0; round < ROUNDS; round++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_string(&text, "x "); /* no quote, no list */
        for (int i = 0; i < MOST_PIECES; i++) {
            seed = seed * 1664525u + 1013904223u;
            buffer_append_string(&text, pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)]);
        }
        struct document *document = read_text(buffer_string(&text));
        for (size_t i = 0; i < document->link_count; i++)
            stands_alone(document, &document->links[i], false);
        for (size_t i = 0; i < document->image_count; i++)
            stands_alone(document, &document->images[i], true);
        document_free(document);
        buffer_release(&text);
    }
}

static void footnotes_are_not_links(void **state) {
    (void)state;
    is_link("Text[^1] [a][^1].\n\n[^1]: https://x.org [b](c)\n", "c", "[b](c)");
    is_no_link("Text[^note].\n\n[^note]: https://x.org\n");
}

static void destinations_may_hold_blanks(void **state) {
    (void)state;
    is_link("[a](assets/3. basics-2.pdf)", "assets/3. basics-2.pdf", "[a](assets/3. basics-2.pdf)");
    is_link("[a](b c \"title\") d", "b c", "[a](b c \"title\")");
    is_link("[a]( b (c) d )", "b (c) d", "[a]( b (c) d )");
    is_link("[a](b c)\n[d] e", "b c", "[a](b c)");
    is_no_link("[a](b c\n\nd)");
    struct document *document = read_text("![a](b c.png) [d](e) [f](g h)\n");
    check_image(document, 0, "b c.png", "![a](b c.png)");
    check_link(document, 0, "e", "[d](e)");
    check_link(document, 1, "g h", "[f](g h)");
    document_free(document);
}

static void escapes_and_entities_are_undone(void **state) {
    (void)state;
    is_link("[a](b\\_c\\(d)", "b_c(d", "[a](b\\_c\\(d)");
    is_link("[a](b?c=1&amp;d=2)", "b?c=1&d=2", "[a](b?c=1&amp;d=2)");
    is_link("[a](b(c)d) e)", "b(c)d", "[a](b(c)d)");
    is_link("&#8226; [a](b) &#8226;", "b", "[a](b)");
}

static void liquid_is_kept(void **state) {
    (void)state;
    is_link("[a]({{ \"/b c\" | relative_url }})", "{{ \"/b c\" | relative_url }}",
            "[a]({{ \"/b c\" | relative_url }})");
    is_link("[a]({% link _posts/b.md %}#c \"t\")", "{% link _posts/b.md %}#c",
            "[a]({% link _posts/b.md %}#c \"t\")");
    is_link("[{{ x }}](b)", "b", "[{{ x }}](b)");
    struct document *document = read_text("![a]({{ site.baseurl }}/b.png){: .wide}\n");
    check_image(document, 0, "{{ site.baseurl }}/b.png", "![a]({{ site.baseurl }}/b.png)");
    check_kind(document, "{: .wide}", BYTE_ATTRIBUTES);
    document_free(document);
}

static void money_does_not_hide_links(void **state) {
    (void)state;
    is_link("costs $5 (see [x](y)) and $10", "y", "[x](y)");
    is_link("$a [x](y) b$", "y", "[x](y)");
    is_link("$a_{[1]}(x)$ [x](y)", "y", "[x](y)");
    is_link("$[x](y)$", "y", "[x](y)"); /* kramdown comes before the page's script */
    is_no_link("$$[x](y)$$");
}

static void autolinks_are_links(void **state) {
    (void)state;
    is_link("a <https://b.org/c_d> e", "https://b.org/c_d", "<https://b.org/c_d>");
    is_link("a <b@c.org> e", "mailto:b@c.org", "<b@c.org>");
    is_no_link("a <b:c> https://d.org");
}

static void images_are_found_everywhere(void **state) {
    (void)state;
    struct document *document = read_text(
        "| a | b |\n|---|---|\n| ![c](d.png) | `![x](y)` |\n\n"
        "[![e](f.png)](g)\n\n1. h\n\n   ![i](j.png){: .k}\n\n# ![l](m.png)\n\n> ![n](o.png)\n");
    static const char *const destinations[] = {"d.png", "f.png", "j.png", "m.png", "o.png"};
    static const char *const written[] = {"![c](d.png)", "![e](f.png)", "![i](j.png)",
                                          "![l](m.png)", "![n](o.png)"};
    assert_int_equal(document->image_count, 5);
    for (size_t i = 0; i < 5; i++)
        check_image(document, i, destinations[i], written[i]);
    check_link(document, 0, "g", "[![e](f.png)](g)");
    document_free(document);
}

static void nothing_is_found_in_code_comments_and_raw_html(void **state) {
    (void)state;
    is_no_link(
        "```\n[a](b)\n```\n\n    [c](d)\n\n<!-- [e](f) ![g](h) -->\n\n<div>\n[i](j)\n</div>\n");
    is_no_link("- a\n\n  ```\n  [b](c)\n  ```\n");
    is_no_link("{% comment %}[a](b){% endcomment %}");
    is_link("<div markdown=\"1\">\n[i](j)\n</div>\n", "j", "[i](j)");
}

static void odd_bytes_do_no_harm(void **state) {
    (void)state;
    is_link("\xef\xbb\xbf[a](b)", "b", "[a](b)");
    is_link("\xff\xfe [\xc3](b)\r\nc", "b", "[\xc3](b)");
    is_link("a\rb\r\n\r\n[c](d)", "d", "[c](d)");
    static const char bytes[] = "a\0[b](c)\0";
    struct document *document = read_bytes(bytes, sizeof bytes - 1, true);
    check_link(document, 0, "c", "[b](c)");
    document_free(document);
    is_link("![[]() [](", "", "[]()");
}

static void links_are_in_order_of_the_file(void **state) {
    (void)state;
    struct document *document =
        read_text("<a href=\"1\">x</a> [y](2) <a href='3'>z</a>\n\n[s](4 5)\n[t](6)");
    static const char *const destinations[] = {"1", "2", "3", "4 5", "6"};
    assert_int_equal(document->link_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_slice(document->links[i].destination, destinations[i]);
    document_free(document);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_have_places),
        cmocka_unit_test(empty_parts_are_told_from_none),
        cmocka_unit_test(places_hold_behind_a_link_over_lines),
        cmocka_unit_test(places_hold_behind_definitions),
        cmocka_unit_test(references_are_found),
        cmocka_unit_test(brackets_are_not_links),
        cmocka_unit_test(equal_destinations_have_their_own_places),
        cmocka_unit_test(places_hold_in_any_text),
        cmocka_unit_test(footnotes_are_not_links),
        cmocka_unit_test(destinations_may_hold_blanks),
        cmocka_unit_test(escapes_and_entities_are_undone),
        cmocka_unit_test(liquid_is_kept),
        cmocka_unit_test(money_does_not_hide_links),
        cmocka_unit_test(autolinks_are_links),
        cmocka_unit_test(images_are_found_everywhere),
        cmocka_unit_test(nothing_is_found_in_code_comments_and_raw_html),
        cmocka_unit_test(odd_bytes_do_no_harm),
        cmocka_unit_test(links_are_in_order_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
