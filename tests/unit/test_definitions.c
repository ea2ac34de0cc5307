#include "document/definitions.h"
#include "document/plain.h"
#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/*
 * What a text has, as "term{level line; level line}". The expected values were compared with
 * kramdown 2.4 in GFM mode.
 */
static void assert_terms(const char *text, const char *expected) {
    struct document *document = read_text(text);
    struct buffer seen = BUFFER_EMPTY;
    struct term_list list;
    term_list_read(&list, document);
    for (size_t i = 0; i < list.count; i++) {
        const struct term *term = &list.items[i];
        struct slice name = document_text(document, term->term);
        buffer_append_format(&seen, "%.*s{", SLICE_ARGUMENTS(name));
        for (size_t k = 0; k < term->body_count; k++) {
            const struct term_body *body = &list.bodies[term->first_body + k];
            struct slice line = document_text(document, body->line);
            buffer_append_format(&seen, "%s%u %.*s", k ? "; " : "", body->level,
                                 SLICE_ARGUMENTS(line));
        }
        buffer_append_string(&seen, "}");
    }
    assert_string_equal(buffer_string(&seen), expected);
    buffer_release(&seen);
    term_list_release(&list);
    document_free(document);
}

static void lists(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"Oct 7\n: A\n\nOct 9\n: B\n", "Oct 7{0 A}Oct 9{0 B}"},
        {"---\ntitle: x\n---\n\nOct 7\n: A\n", "Oct 7{0 A}"},
        {"---\ntitle: x\n---\nOct 7\n: A", "Oct 7{0 A}"},
        {"\xEF\xBB\xBFOct 7\n: A", "Oct 7{0 A}"},
        {"Oct 7\r\n: A\r\n  : B\r\n\r\nOct 9\r\n: C\r\n", "Oct 7{0 A; 1 B}Oct 9{0 C}"},
        {"Oct 7 \n: **4**{: .label} A\n  : [S](a b.pdf)\n: *R:*\n* [x](y)\n\n\nOct 9\n: B\n",
         "Oct 7{0 **4**{: .label} A; 1 [S](a b.pdf); 0 *R:*}Oct 9{0 B}"},
        /* one column deeper is not nested, as deep as the text is */
        {"Oct 7\n: A\n : B\n", "Oct 7{0 A; 0 B}"},
        {"Oct 7\n:   A\n  : B\n    : C\n", "Oct 7{0 A; 0 B; 1 C}"},
        {"Oct 7\n:\tA\n\t: B\n", "Oct 7{0 A; 1 B}"},
        {"Oct 7\n: A\n  : B\n    : C\n  : D\n: E\n", "Oct 7{0 A; 1 B; 2 C; 1 D; 0 E}"},
        {"Oct 7\n: A\n\n  : B\n\n  more\n: C\n", "Oct 7{0 A; 1 B; 0 C}"},
        {"Oct 7\n\n: A\n", "Oct 7{0 A}"},
        {"Oct 7\n\n\n: A\n", ""},
        {"Oct 7\n: A\n\n\n\n: B\n", "Oct 7{0 A; 0 B}"},
        /* of several terms the last */
        {"Oct 6\nOct 7\n: A\n", "Oct 7{0 A}"},
        /* a term right below a body is text of the body */
        {"Oct 7\n: A\nOct 9\n: B\n", "Oct 7{0 A; 0 B}"},
        {"Oct 7\n:A\n", ""},
        {"Oct 7\n:\n", ""},
        {": A\n", ""},
        {"# Head\nOct 7\n: A\n\n## Head\n\nOct 9\n: B\n", "Oct 7{0 A}Oct 9{0 B}"},
        {"* item\nOct 7\n: A\n", ""},
        {"* item\n\nOct 7\n: A\n", "Oct 7{0 A}"},
        {"1. item\n: A\n", ""},
        {"> quote\n: A\n", ""},
        {"{: .x}\nOct 7\n: A\n", "Oct 7{0 A}"},
        {"```\nOct 7\n: A\n```\n", ""},
        {"{% comment %}\nOct 7\n: A\n{% endcomment %}\n", ""},
        {"Oct 7\n: A\n\ntext\n\n: B\n", "Oct 7{0 A}text{0 B}"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_terms(cases[i].text, cases[i].expected);
}

static void comments_open_nothing(void **state) {
    (void)state;
    assert_terms("Oct 7\n: A\n\n<!--\nOct 8\n: B\n-->\n\nOct 9\n: C\n", "Oct 7{0 A}Oct 9{0 C}");
    assert_terms("Oct 7\n: A\n<!-- : B -->\n: C\n", "Oct 7{0 A; 0 C}");
    assert_terms("Oct 7\n: A\n  <!-- : B -->\n: C\n", "Oct 7{0 A; 0 C}");
    assert_terms("Oct 7\n<!-- : B -->\n: C\n", "Oct 7{0 C}");
    assert_terms("<!-- x -->\nOct 7\n: C\n", "Oct 7{0 C}");
}

static void spans(void **state) {
    (void)state;
    struct document *document =
        read_text("Intro.\n\nOct 7 \n: A  \n  : B\n    b\n: C\n\n  c\n\nOct 9\n: D");
    struct term_list list;
    term_list_read(&list, document);
    assert_int_equal(list.count, 2);
    assert_slice(document_text(document, list.items[0].span),
                 "Oct 7 \n: A  \n  : B\n    b\n: C\n\n  c");
    assert_slice(document_text(document, list.bodies[0].span), ": A  \n  : B\n    b");
    assert_slice(document_text(document, list.bodies[1].span), ": B\n    b");
    assert_slice(document_text(document, list.bodies[2].span), ": C\n\n  c");
    assert_slice(document_text(document, list.items[1].span), "Oct 9\n: D");
    assert_int_equal(list.items[1].first_body, 3);
    term_list_release(&list);
    document_free(document);
}

static void assert_separated(const char *text, const char *shown, const char *hidden) {
    struct document *document = read_text(text);
    struct buffer seen = BUFFER_EMPTY, unseen = BUFFER_EMPTY;
    bool separated = comments_separate(document, &seen, &unseen);
    assert_int_equal(separated, shown != NULL);
    assert_string_equal(buffer_string(&seen), shown ? shown : "");
    assert_string_equal(buffer_string(&unseen), hidden ? hidden : "");
    buffer_release(&seen);
    buffer_release(&unseen);
    document_free(document);
}

static void comments_apart(void **state) {
    (void)state;
    assert_separated("A\n: B\n", NULL, NULL);
    assert_separated("A\n: B\n<!-- : C -->\n", NULL, NULL);
    assert_separated("A\n: B\n\n<!--\nC\n: D\n-->\nx", "A\n: B\n\n<!--\nC\n: D\n-->\nx",
                     " \n   \n\n    \nC\n: D\n   \n ");
    assert_separated("# A\n<!--\nC\n: D\n-->", "# A\n<!--\nC\n: D\n-->", "   \n    \nC\n: D\n   ");
    /* torn apart by the definition list, so kramdown prints it */
    assert_separated("A\n: B\n<!--\nC\n: D\n-->\n", "A\n: B\n    \nC\n: D\n   \n",
                     " \n   \n    \n \n   \n   \n");
    assert_separated("A\n<!--\nC\n: D\n-->", "A\n    \nC\n: D\n   ", " \n    \n \n   \n   ");
    assert_separated("<!--\nA\n: B\n-->\n\nx\n\n<!-- C\n: D -->",
                     "<!--\nA\n: B\n-->\n\nx\n\n<!-- C\n: D -->",
                     "    \nA\n: B\n   \n\n \n\n     C\n: D    ");
}

static void assert_plain(const char *text, const char *expected) {
    struct buffer plain = BUFFER_EMPTY;
    plain_append_text(&plain, slice_of(text));
    assert_string_equal(buffer_string(&plain), expected);
    buffer_release(&plain);
}

static void plain_text(void **state) {
    (void)state;
    assert_plain("A **bold** and *slanted* `code`{: .x}", "A bold and slanted code");
    assert_plain("__Init__ of snake_case, 2 * 3", "Init of snake_case, 2 * 3");
    assert_plain("[Slides](a b.pdf) &#8226; [x](y)", "Slides \xe2\x80\xa2 x");
    assert_plain("<strong>R &amp; D</strong> <br />\n- more", "R & D");
    assert_plain("<br>A<br>B", "A");
    assert_plain("Tom &bogus; &#x2014; &#0; &", "Tom &bogus; \xe2\x80\x94 &#0; &");
    assert_plain("a \\* b \\[c\\] ~~d~~", "a * b [c] d");
    assert_plain("  a\n   b\t c ", "a b c");
    assert_plain("A <!-- no --> {{ page.x }}B", "A B");
    assert_plain("The $\\alpha_1*$-trick", "The $\\alpha_1*$-trick");
    assert_plain("", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists), cmocka_unit_test(comments_open_nothing), cmocka_unit_test(spans),
        cmocka_unit_test(comments_apart), cmocka_unit_test(plain_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
