/* needles.h and repetition.h: what is known of a pattern without PCRE2 must never hide a match. */
#include "base/memory.h"
#include "text/needles.h"
#include "text/pattern.h"
#include "text/repetition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* True when nothing is known, or one of the needles stands in the text. */
static bool may_match(const char *pattern, const char *text) {
    struct needles *needles = needles_read(slice_of(pattern), false);
    bool may = !needles || needles_occur(needles, slice_of(text), 0, slice_of(text).size);
    free(needles);
    return may;
}

static bool are_known(const char *pattern) {
    struct needles *needles = needles_read(slice_of(pattern), false);
    free(needles);
    return needles != NULL;
}

static void needles_are_found(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"abc", "ab c"},
        {"ab+c", "a b c"},
        {"a(?:bc|d(ef)+)g", "xbxdxexfxg"},
        {"TODO|FIXME", "todo fixme"},
        {"(?i)lorem \\s+ ipsum", "lore mipsu m"},
        {"(?x) lorem # a comment: dolor\n ipsum", "lorem ipsum dolor"},
        {"(?x) \\bfig(?:ure|\\.) [ ] \\?{2,}", "Figure ?"},
        {"(?<name>here)(?=never)", "hre never"},
        {"<{7}[^\\n]*$", "<<<<<< six"},
        {"a{3}", "aabaa"},
        {"[-*]{2}\\*", "-----"},
        {"\\$\\$", "$ $"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        assert_true(are_known(pairs[i][0]));
        assert_false(may_match(pairs[i][0], pairs[i][1]));
        assert_false(may_match(pairs[i][0], ""));
    }
}

/* What is optional, looked at only, or not understood is no needle. */
static void nothing_is_known(void **state) {
    (void)state;
    static const char *const patterns[] = {
        "",        "a?",         "(abc)*",       "(?:abc|)",    "abc|.",        "[abc]+",
        "(?=abc)", "(?<!abc).",  "(?i)k",        "(?i)sss",     "\\x{41}",      "(?|ab|cd)",
        "\\Qabc",  "(*ACCEPT)a", "(?(1)ab|cd)",  "(?xx)[ a ]b", "a{0}",         "(?:ab){0,3}",
        "\\w+\\d", "^$",         "(?P<n>a)bcde", "é",           "[[:alpha:]]b",
    };
    for (size_t i = 0; i < COUNT_OF(patterns); i++)
        assert_false(are_known(patterns[i]));
}

/* Whatever matches is let through, with the same needles in any case. */
static void no_match_is_hidden(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"(?i)kelvin", "\xE2\x84\xAA"
                       "elvin"}, /* U+212A */
        {"(?i)passed", "PA\xC5\xBF\xC5\xBF"
                       "ED"}, /* U+017F */
        {"a(?i)B|c", "xC"},
        {"(?i:ab)CD", "aBCD"},
        {"(?-i)ab(?i)cd", "abCD"},
        {"(?x) a b \\  c", "ab c"},
        {"x{2}y", "xxy"},
        {"x{2,}y", "xxxxy"},
        {"ab{2}c", "abbc"},
        {"ab?c", "ac"},
        {"(a|bc){2}d", "abcd"},
        {"[]]z", "]z"},
        {"[a\\]b]z", "]z"},
        {"}]", "}]"},
        {"(?s).{3}end", "\n\n\nend"},
        {"(?>abc)", "abc"},
        {"(?:ab|cd)++e", "cdabe"},
        {"<", "a <"},
        {"aaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaa"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct pattern *pattern = pattern_compile_later(slice_of(pairs[i][0]), 0);
        assert_true(may_match(pairs[i][0], pairs[i][1]));
        assert_true(pattern_matches(pattern, slice_of(pairs[i][1])));
        pattern_free(pattern);
    }
}

static void needles_respect_the_range(void **state) {
    (void)state;
    struct needles *needles = needles_read(slice_of("abc|<"), false);
    struct slice text = slice_of("abc xx abc <");
    assert_true(needles_occur(needles, text, 0, 3));
    assert_false(needles_occur(needles, text, 0, 2));
    assert_false(needles_occur(needles, text, 1, 9));
    assert_true(needles_occur(needles, text, 1, 10));
    assert_true(needles_occur(needles, text, 11, 12));
    assert_false(needles_occur(needles, text, 12, 12));
    free(needles);
}

static void patterns_for_doubled_words(void **state) {
    (void)state;
    assert_true(repetition_is_needed(slice_of("([a-z]{2,}+)\\s+\\1")));
    assert_true(repetition_is_needed(
        slice_of("(?x) (?<! [-\\w'.] ) ( [a-z]{2,}+ ) (*SKIP) \\s+ (?= \\1 (?! \\w | - ) ) \\1")));
    static const char *const others[] = {
        "([a-z]{2,}+)\\s+\\1|x",     "([a-z]{2,}+)\\s+\\1*",   "([a-z]{2,}+)\\s+\\12",
        "([a-z]{2,}+)?\\s+\\1",      "([a-z]{2,}+)\\s*\\1",    "([a-z]{2,}+)\\s+(?=\\1|x)",
        "(?i)([a-z]{2,}+)\\s+\\1",   "([A-Z]{2,}+)\\s+\\1",    "x|([a-z]{2,}+)\\s+\\1",
        "(([a-z]{2,}+)\\s+\\1)?",    "([a-z]{2,}+)\\s+(\\1)?", "(?x)([a-z]{2,}+) # |\n\\s+\\1",
        "([a-z]{2,}+)\\s+\\1[]|]|x",
    };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_false(repetition_is_needed(slice_of(others[i])));
}

static bool repeats(const char *text) {
    return repetition_occurs(slice_of(text), 0, slice_of(text).size);
}

static void repetitions_are_found(void **state) {
    (void)state;
    assert_true(repeats("the the"));
    assert_true(repeats("and of\n  of it"));
    assert_true(repeats("of\xC2\xA0"
                        "of")); /* U+00A0 */
    assert_true(repeats("xof often"));
    assert_true(repeats("The is is"));
    assert_false(repeats("a a"));
    assert_false(repeats("the, the"));
    assert_false(repeats("then the"));
    assert_false(repeats("of The The"));
    assert_false(repeats("thethe"));
    assert_false(repeats(""));
    assert_false(repetition_occurs(slice_of("the the"), 0, 6));
    assert_false(repetition_occurs(slice_of("the the"), 2, 7));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needles_are_found),          cmocka_unit_test(nothing_is_known),
        cmocka_unit_test(no_match_is_hidden),         cmocka_unit_test(needles_respect_the_range),
        cmocka_unit_test(patterns_for_doubled_words), cmocka_unit_test(repetitions_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
