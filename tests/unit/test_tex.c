/* What KaTeX refuses. Every verdict here is KaTeX's own (0.19, with throwOnError). */
#include "document/tex.h"

#include "base/memory.h"
#include "document/katex_commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* `place` is what the fault points at; NULL: not asked. */
static void must_have_fault(const char *tex, enum tex_fault fault, const char *place) {
    struct tex_verdict verdict;
    tex_check(&verdict, slice_of(tex), NULL);
    if (verdict.fault != fault)
        fail_msg("%s: fault %d, not %d", tex, verdict.fault, fault);
    assert_true(verdict.place.start <= verdict.place.end && verdict.place.end <= strlen(tex));
    struct slice found = slice_part(slice_of(tex), verdict.place.start, verdict.place.end);
    if (place && !slice_equal_string(found, place))
        fail_msg("%s: at \"%.*s\", not \"%s\"", tex, SLICE_ARGUMENTS(found), place);
}

static void formulas_that_are_fine(void **state) {
    (void)state;
    static const char *const formulas[] = {
        "",
        " ",
        "x",
        "x_1^2",
        "x^2_1",
        "x'",
        "x''_1",
        "x'^2",
        "\\frac{a}{b}",
        "\\frac12",
        "\\sqrt[3]{x}",
        "\\sqrt x",
        "\\left( a \\right.",
        "\\left\\{ a \\middle| b \\right\\}",
        "\\left\\langle x \\right\\rangle",
        "\\Big( a \\Big)",
        "\\begin{cases} 1 & x \\\\ 2 & y \\end{cases}",
        "\\begin{array}{c|c} a & b \\\\[1em] \\hline c & d \\end{array}",
        "\\sum\\limits_{i=1}^n",
        "\\operatorname*{argmax}_x",
        "\\mathop{max}\\limits_x",
        "\\text{if $x$ and a\\_b}",
        "\\textbf{a}",
        "\\color{#ff0000} x",
        "\\href{https://a.b/c#d}{x}",
        "a \\% b % } comment\n c",
        "\\mathbf x",
        "x^\\frac12",
        "x^{a^b}",
        "\\{ x \\}",
        "a \\\\ b",
        "\\def\\x{}\\x",
        "a ~ b",
        "\xE2\x80\x99",
        "\\mathbf\\max",
        "\\left\xE2\x9F\xA8 a \\right>",
        "{a \\over b}",
        "{a \\over b} + {c \\over d}",
        "\\begin{array}{c} a \\over b \\\\ c \\over d \\end{array}",
        "\\colorbox{yellow}{$x$}",
        "\\fcolorbox{red}{blue}{$x$}",
        "\\raisebox{1em}{$x$}",
        "\\llap{$x$}\\rlap{$y$}\\clap{$z$}",
        "\\cancel{x_1 \\alpha}",
        "\\text{\\(a_b\\)}",
        "\\text{a'b}",
        "\\begin{array}{c} \\hline a \\cr b \\end{array}",
        "\\bf x",
        "\\not= x"};
    for (size_t i = 0; i < COUNT_OF(formulas); i++)
        must_have_fault(formulas[i], TEX_FINE, NULL);
}

static void commands(void **state) {
    (void)state;
    must_have_fault("a \\prep b", TEX_UNKNOWN_COMMAND, "\\prep");
    must_have_fault("\\[ a", TEX_UNKNOWN_COMMAND, "\\[");
    must_have_fault("a \\", TEX_UNKNOWN_COMMAND, "\\");
    must_have_fault("\\begin{itemize} a \\end{itemize}", TEX_UNKNOWN_ENVIRONMENT, NULL);
    must_have_fault("\\(a\\)", TEX_NOT_IN_MATH, "\\(");
    must_have_fault("\\text{\\alpha}", TEX_NOT_IN_TEXT, "\\alpha");
    must_have_fault("x\\limits_a", TEX_LIMITS, "\\limits");
}

static void pairs(void **state) {
    (void)state;
    must_have_fault("{a", TEX_BRACE_NOT_CLOSED, "{");
    must_have_fault("p(\\{x})", TEX_BRACE_STRAY, "}");
    must_have_fault("\\left( a", TEX_LEFT_NOT_CLOSED, "\\left");
    must_have_fault("\\left( {a \\right) }", TEX_BRACE_NOT_CLOSED, "{");
    must_have_fault("a \\right)", TEX_RIGHT_STRAY, "\\right");
    must_have_fault("\\left{ a \\right}", TEX_DELIMITER, NULL);
    must_have_fault("\\Big{", TEX_DELIMITER, NULL);
    must_have_fault("\\begin{aligned} a", TEX_BEGIN_NOT_CLOSED, "\\begin{aligned}");
    must_have_fault("\\begin{aligned} a \\end{align}", TEX_END_STRAY, "\\end{align}");
    must_have_fault("\\begin{aligned} \\left( a & b \\right) \\end{aligned}", TEX_LEFT_NOT_CLOSED,
                    "\\left");
    must_have_fault("\\begin{aligned} \\log } \\end{aligned}", TEX_BEGIN_NOT_CLOSED, NULL);
}

static void signs(void **state) {
    (void)state;
    must_have_fault("a & b", TEX_CELL_MARK, "&");
    must_have_fault("\\begin{aligned} {a & b} \\end{aligned}", TEX_CELL_MARK, "&");
    must_have_fault("\\left[ $Y$ \\right]", TEX_DOLLAR, "$");
    must_have_fault("a # b", TEX_HASH, "#");
    must_have_fault("x^a^b", TEX_DOUBLE_SCRIPT, "^");
    must_have_fault("x_a_b", TEX_DOUBLE_SCRIPT, "_");
    must_have_fault("x^2'", TEX_DOUBLE_SCRIPT, "'");
    must_have_fault("x^", TEX_ARGUMENT_MISSING, "^");
    must_have_fault("{x_}", TEX_ARGUMENT_MISSING, "_");
    must_have_fault("\\frac{a}", TEX_ARGUMENT_MISSING, "\\frac");
    must_have_fault("\\text{a_b}", TEX_SCRIPT_IN_TEXT, "_");
    must_have_fault("\\text{a {b^c}}", TEX_SCRIPT_IN_TEXT, "^");
    must_have_fault("\\colorbox{yellow}{x_1}", TEX_SCRIPT_IN_TEXT, "_");
    must_have_fault("\\llap{\\alpha}", TEX_NOT_IN_TEXT, "\\alpha");
    must_have_fault("\\cancel{$x$}", TEX_DOLLAR, "$");
    must_have_fault("\\raisebox{1em}", TEX_ARGUMENT_MISSING, "\\raisebox");
    must_have_fault("\\hline x", TEX_NOT_IN_ARRAY, "\\hline");
    must_have_fault("a \\cr b", TEX_NOT_IN_ARRAY, "\\cr");
    must_have_fault("a \\over b \\over c", TEX_SECOND_INFIX, NULL);
    must_have_fault("\\tag{1}\\tag{2} x", TEX_SECOND_TAG, NULL);
    must_have_fault("\\begin{ align } a \\end{ align }", TEX_UNKNOWN_ENVIRONMENT, NULL);
    must_have_fault("x^\\hat y", TEX_NOT_AN_ARGUMENT, NULL);
}

static void macros_are_known(void **state) {
    (void)state;
    struct slice names[] = {slice_of("RR"), slice_of("abs")};
    struct tex_macros macros = {names, COUNT_OF(names), COUNT_OF(names)};
    struct tex_verdict verdict;
    tex_check(&verdict, slice_of("\\RR^n \\abs{x}_2"), &macros);
    assert_int_equal(verdict.fault, TEX_FINE);
    tex_check(&verdict, slice_of("\\RRR"), &macros);
    assert_int_equal(verdict.fault, TEX_UNKNOWN_COMMAND);
}

/* A hostile formula must not overrun what keeps track of it. */
static void depth_is_bounded(void **state) {
    (void)state;
    char braces[1000];
    struct tex_verdict verdict;
    memset(braces, '{', sizeof braces);
    tex_check(&verdict, (struct slice){braces, sizeof braces}, NULL);
    assert_int_equal(verdict.fault, TEX_TOO_DEEP);
    memset(braces, '}', sizeof braces);
    memset(braces, '{', 150);
    tex_check(&verdict, (struct slice){braces, 300}, NULL);
    assert_int_equal(verdict.fault, TEX_FINE);
}

static void must_mean(const char *name, const char *expected) {
    const char *nearest = tex_nearest(slice_of(name));
    if (expected)
        assert_string_equal(nearest ? nearest : "(none)", expected);
    else
        assert_null(nearest);
}

static void what_was_meant(void **state) {
    (void)state;
    must_mean("prep", "perp");
    must_mean("vdot", "cdot");
    must_mean("mathcalP", "mathcal");
    must_mean("rightleftharpoonsx", "rightleftharpoons");
    must_mean("begins", "begin");
    must_mean("mbox", "text");
    must_mean("frc", "frac");
    must_mean("zzzzzz", NULL);
    must_mean("Prob", NULL); /* a macro, not \prod */
    must_mean("Eb", NULL);
    must_mean("", NULL);
    for (size_t i = 0; i < katex_command_count; i++)
        assert_true(tex_knows(slice_of(katex_commands[i].name)));
    assert_true(tex_knows(slice_of("frac")) && tex_knows(slice_of("{")));
    assert_false(tex_knows(slice_of("fra")) || tex_knows(slice_of("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(formulas_that_are_fine),
                                       cmocka_unit_test(commands),
                                       cmocka_unit_test(pairs),
                                       cmocka_unit_test(signs),
                                       cmocka_unit_test(macros_are_known),
                                       cmocka_unit_test(depth_is_bounded),
                                       cmocka_unit_test(what_was_meant)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
