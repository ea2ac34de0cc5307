#include "document/indented_code.h"

#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The first lines of the code in `text`, each with a blank before it; "*" stands for an item's. */
static void check_code(const char *text, const char *expected) {
    struct document *document = read_text(text);
    struct indented_code_list list;
    char found[200] = "";
    size_t size = 0;
    indented_code_read(&list, document);
    for (size_t i = 0; i < list.count; i++)
        size += (size_t)snprintf(found + size, sizeof found - size, " %zu%s",
                                 source_line(&document->source, list.items[i].span.start),
                                 list.items[i].in_item ? "*" : "");
    assert_string_equal(found, expected);
    free(list.items);
    document_free(document);
}

static void four_blanks_or_a_tab(void **state) {
    (void)state;
    check_code("", "");
    check_code("a\n    runs on\n\n    code\n    code\n\n    code\ntoo\n\nb\n\n\tcode\n", " 4 12");
    check_code("   a\n\n   b\n\n  \tc\n", "");
    check_code("# a\n    code\n\n***\n    code\n", " 2 5");
    check_code("    code\r\n\r\na\r\n\r\n    code", " 1 5");
    check_code("---\ntitle: x\n---\n    code\n", " 4");
}

static void the_span_has_all_lines(void **state) {
    (void)state;
    struct document *document = read_text("a\n\n    b\n\n      c\nd\n\ne\n");
    struct indented_code_list list;
    indented_code_read(&list, document);
    assert_int_equal(list.count, 1);
    assert_slice(document_text(document, list.items[0].span), "    b\n\n      c\nd");
    free(list.items);
    document_free(document);
}

/* In a list four more than the text of the item, which kramdown counts from its mark. */
static void lists(void **state) {
    (void)state;
    check_code("- a\n\n    b\n\n     c\n\n      d\n", " 7*");
    check_code("1. a\n\n    b\n\n       c\n", " 5*");
    check_code("1. a\n\n  b\n\n    c\n", " 5");
    check_code("-     a\n\n        b\n\n          c\n", " 5*");
    check_code("-\ta\n\n\tb\n\n\t\tc\n", " 5*");
    check_code("- a\n    - b\n        - c\n\n            d\n\n              e\n", " 7*");
    check_code("- a\n\n        - b\n", " 3*");
    check_code("- a\n- b\n\nc\n\n    d\n", " 6");
    check_code("- {: .x} a\n\n      b\n", " 3*");
}

static void definitions(void **state) {
    (void)state;
    check_code("a\n: b\n\n    c\n\n      d\n", " 6*");
    check_code("a\n\n: b\n\n    c\n", "");
    check_code(": b\n\n    c\n", " 3"); /* there is no term */
}

static void what_is_no_code(void **state) {
    (void)state;
    check_code("```\n\n    a\n```\n\n~~~\n\n    b\n~~~\n", "");
    check_code("<div>\n\n    a\n\n</div>\n\n    b\n", " 7");
    check_code("<!--\n\n    a\n\n-->\n", "");
    check_code("$$\n\n    a\n\n$$\n", "");
    check_code("[^1]: a\n\n    b\n\nc\n\n    d\n", " 7");
    check_code("> a\n    b\n", "");
}

/* What kramdown makes of the rest is not known then. */
static void gives_up(void **state) {
    (void)state;
    check_code("    a\n\n<div>\n\n    b\n", " 1");
    check_code("<div markdown=\"1\">\n\n    b\n\n</div>\n\n    c\n", "");
}

static void deep_and_unclosed(void **state) {
    (void)state;
    enum { LINES = 3000, LONGEST = 4 };
    char *text = malloc(LINES * (LINES + LONGEST) + 1);
    size_t size = 0;
    for (size_t line = 0; line < LINES; line++) {
        memset(text + size, ' ', line);
        memcpy(text + size + line, "- a\n", LONGEST);
        size += line + LONGEST;
    }
    text[size < 1000000 ? size : 1000000] = '\0';
    check_code(text, "");
    for (size = 0; size + 6 < 600000; size += 6)
        memcpy(text + size, "```a\n\n", 6);
    memcpy(text + size, "    b", 6);
    check_code(text, ""); /* in reasonable time */
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_blanks_or_a_tab),
        cmocka_unit_test(the_span_has_all_lines),
        cmocka_unit_test(lists),
        cmocka_unit_test(definitions),
        cmocka_unit_test(what_is_no_code),
        cmocka_unit_test(gives_up),
        cmocka_unit_test(deep_and_unclosed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
