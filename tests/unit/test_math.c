/* The formulas of a document, and the pieces of text that kramdown reads as one. */
#include "course/math_setup.h"
#include "document/math.h"

#include "base/memory.h"
#include "document/text_blocks.h"
#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* "kind:tex" of every formula, with ! for display and % where Liquid is in it. */
static void must_have_formulas(const char *text, const char *expected) {
    static const char kinds[] = {'k', 'd', 'r', 'e'};
    struct document *document = read_text(text);
    struct formula_list list;
    struct buffer found = BUFFER_EMPTY;
    formulas_read(&list, document);
    for (size_t i = 0; i < list.count; i++) {
        const struct formula *formula = &list.items[i];
        struct span whole = formula_span(formula, (struct span){0, formula->tex.size});
        assert_int_equal(whole.start, formula->content.start);
        assert_int_equal(whole.end, formula->content.end);
        buffer_append_format(&found, "%s%c%s%s:%.*s", i ? " " : "", kinds[formula->kind],
                             formula->display ? "!" : "", formula->has_liquid ? "%" : "",
                             SLICE_ARGUMENTS(formula->tex));
    }
    assert_string_equal(buffer_string(&found), expected);
    buffer_release(&found);
    formulas_release(&list);
    document_free(document);
}

static void formulas_of_markdown(void **state) {
    (void)state;
    must_have_formulas("a $x$ b $$y$$ c\n", "d:x k:y");
    must_have_formulas("$$\nx\n$$\n", "k!:\nx\n");
    must_have_formulas("a\n$$x$$\n\n$$y$$\nb\n\n$$z$$\n", "k:x k:y k!:z");
    must_have_formulas("$\\text{a $x$ b} c$ $d\\$e$\n", "d:\\text{a $x$ b} c d:d$e");
    must_have_formulas("$a$ $$c$$$$d$$ b\n", "d:a k:c k:d");
    must_have_formulas("`$x$` <!-- $y$ --> \\$5 and $6\n\n    $z$\n", "");
    must_have_formulas("<p>$x\\{$ $$y$$</p>\n", "r:x\\{ r!:y");
    must_have_formulas("<d-math block>\na\\_b\n</d-math>\n\n<d-math>c</d-math>\n",
                       "e!:\na\\_b\n e:c");
    must_have_formulas("$$x_{{a}}$$\n", "k!%:x_{{a}}");
    must_have_formulas("", "");
}

static void what_kramdown_takes_away(void **state) {
    (void)state;
    must_have_formulas("$\\{a\\_b\\}\\,c\\\\$\n", "d:{a_b}\\,c\\");
    must_have_formulas("$x' ... a--b$\n", "d:x\xE2\x80\x99 \xE2\x80\xA6 a\xE2\x80\x93"
                                          "b");
    must_have_formulas("$$\\{x'\\}$$\n", "k!:\\{x'\\}");
}

/* The span of a part of what the page gets is where it came from. */
static void places_of_parts(void **state) {
    (void)state;
    struct document *document = read_text("a $\\{b\\} c$\n");
    struct formula_list list;
    formulas_read(&list, document);
    struct span part = formula_span(&list.items[0], (struct span){1, 2});
    assert_slice(document_text(document, part), "b");
    part = formula_span(&list.items[0], (struct span){2, 3});
    assert_slice(document_text(document, part), "\\}");
    formulas_release(&list);
    document_free(document);
}

/* Each block in brackets: # heading, ( ) a table or formula could begin or end there. */
static void must_have_blocks(const char *text, const char *expected) {
    struct document *document = read_text(text);
    struct text_block_list list;
    struct buffer found = BUFFER_EMPTY;
    text_blocks_read(&list, document);
    for (size_t i = 0; i < list.count; i++) {
        const struct text_block *block = &list.items[i];
        struct slice part = document_text(document, block->span);
        buffer_append_format(&found, "[%s%s%.*s%s]", block->heading ? "#" : "",
                             block->after_boundary ? "(" : "", SLICE_ARGUMENTS(part),
                             block->before_boundary ? ")" : "");
    }
    assert_string_equal(buffer_string(&found), expected);
    buffer_release(&found);
    free(list.items);
    document_free(document);
}

static void blocks(void **state) {
    (void)state;
    must_have_blocks("a\nb\n\nc\n", "[(a\nb)][(c)]");
    must_have_blocks("# T\na\n", "[## T)][a)]");
    must_have_blocks("- a\n- b\n  c\n1. d\n", "[(a)][(b\n  c)][(d)]");
    must_have_blocks("a\n- b\n\n  c\n- d\n", "[(a][(b)][(c)][(d)]");
    must_have_blocks("a\n{: .x}\nb\n", "[(a)][(b)]");
    must_have_blocks("<p>\na\n</p>\n\nb\n\n```\nc\n```\n", "[(b)]");
    must_have_blocks("", "");
}

static void macros_defined_in_a_formula(void **state) {
    struct tex_macros macros = {0};
    (void)state;
    tex_macros_add_defined(&macros, slice_of("\\alpha \\default \\neq \\"));
    assert_int_equal(macros.count, 0);
    tex_macros_add_defined(&macros, slice_of("\\frac12 \\newcommand{\\x}{1} \\def\\y{2}"));
    tex_macros_add_defined(&macros, slice_of("\\DeclareMathOperator*{\\z}{z}"));
    assert_int_equal(macros.count, 3);
    assert_true(slice_equal_string(macros.names[0], "x"));
    assert_true(slice_equal_string(macros.names[1], "y"));
    assert_true(slice_equal_string(macros.names[2], "z"));
    free(macros.names);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(formulas_of_markdown),
                                       cmocka_unit_test(what_kramdown_takes_away),
                                       cmocka_unit_test(macros_defined_in_a_formula),
                                       cmocka_unit_test(places_of_parts), cmocka_unit_test(blocks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
