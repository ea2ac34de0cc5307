/* needles.h and repetition.h: what is known of a pattern without PCRE2 must never hide a match. */
#include "base/memory.h"
#include "text/borders.h"
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
        {"[a-z]+(*SKIP)(*FAIL)|.*(*F)|abc", "ab c"},
        {"(<([^<>]|(?1))*>)end", "<<a>>nd"},
        {"zebra|Quiz", "a zeb, a bra, a quiz"},
        {"<a", "\xBC\xE1 \xBC"}, /* but for a bit each */
        {"(?<![\\w])max", "climax _max 1max"},
        {"(?x) (?<! [ \\\\\\w ] ) (?<! [_^]\\{ ) (?: (?:log|max) (?=\\() | sup )",
         "\\log( \\sup upsup"},
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
        "",        "a?",           "(abc)*",       "(?:abc|)",    "abc|.",   "[abc]+",
        "(?=abc)", "(?<!abc).",    "(?i)k",        "(?i)sss",     "\\x{41}", "(?|ab|cd)",
        "\\Qabc",  "(*ACCEPT)a",   "(?(1)ab|cd)",  "(?xx)[ a ]b", "a{0}",    "(?:ab){0,3}",
        "ab(*F)",  "(?R)?",        "(?&n)(?<n>a)", "\\w+\\d",     "^$",      "(?P<n>a)bcde",
        "é",       "[[:alpha:]]b",
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
        {"xb|(?i:xa)", "a text of letters: XA"},
        {"zebra|quiz", "a text of letters with a quiz"},
        {"<|of", "\xE2\x80\x9Cthe end of\xE2\x80\x9D"},
        {"aaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaa"},
        {"(?<![\\w])max", "\\max"},
        {"(?<![\\w])max", "\xC2\xA7max"},
        {"(?<![\\\\w])max", "amax"},
        {"(?<![^\\w])max", "amax"},
        {"(?<![\\w])[a-z]?max", "amax"},
        {"(?<![\\w])(?:[a-z]max)", "amax"},
        {"(?<![\\w])(?:[a-z](?:max))", "amax"},
        {"(?<![\\w]){0}max", "amax"},
        {"a(?:(?<![\\w])b|c)", "ac"},
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

static void borders_of_the_text_are_kept(void **state) {
    (void)state;
    struct needles *needles = needles_read(slice_of("(?<![\\w])max"), false);
    struct slice text = slice_of("amax");
    assert_false(needles_occur(needles, text, 0, 4));
    assert_false(needles_occur(needles, text, 1, 4));
    assert_true(needles_occur(needles, slice_part(text, 1, 4), 0, 3));
    free(needles);
}

static void patterns_for_doubled_words(void **state) {
    (void)state;
    static const struct {
        const char *pattern;
        enum repetition repetition;
    } known[] = {
        {"([a-z]{2,}+)\\s+\\1", REPETITION_OF_ENDINGS},
        {"(?x) (?<! [-\\w'.] ) ( [a-z]{2,}+ ) (*SKIP) \\s+ (?= \\1 (?! \\w | - ) ) \\1",
         REPETITION_OF_WORDS},
        {"(?<![\\\\w])([a-z]{2,}+)\\s+\\1", REPETITION_OF_ENDINGS},
        {"(?<![^\\w])([a-z]{2,}+)\\s+\\1", REPETITION_OF_ENDINGS},
        {"(?<![a-f])([a-z]{2,}+)\\s+\\1", REPETITION_OF_ENDINGS},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        assert_int_equal(repetition_read(slice_of(known[i].pattern)), known[i].repetition);
    static const char *const others[] = {
        "([a-z]{2,}+)\\s+\\1|x",     "([a-z]{2,}+)\\s+\\1*",   "([a-z]{2,}+)\\s+\\12",
        "([a-z]{2,}+)?\\s+\\1",      "([a-z]{2,}+)\\s*\\1",    "([a-z]{2,}+)\\s+(?=\\1|x)",
        "(?i)([a-z]{2,}+)\\s+\\1",   "([A-Z]{2,}+)\\s+\\1",    "x|([a-z]{2,}+)\\s+\\1",
        "(([a-z]{2,}+)\\s+\\1)?",    "([a-z]{2,}+)\\s+(\\1)?", "(?x)([a-z]{2,}+) # |\n\\s+\\1",
        "([a-z]{2,}+)\\s+\\1[]|]|x",
    };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_int_equal(repetition_read(slice_of(others[i])), REPETITION_NONE);
}

static size_t find(enum repetition repetition, const char *text, size_t from) {
    return repetition_find(repetition, slice_of(text), from, slice_of(text).size);
}

static bool repeats(const char *text) {
    return find(REPETITION_OF_ENDINGS, text, 0) != SLICE_NOT_FOUND;
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
    assert_int_equal(repetition_find(REPETITION_OF_WORDS, slice_of("the the"), 0, 6),
                     SLICE_NOT_FOUND);
    assert_int_equal(find(REPETITION_OF_ENDINGS, "the the", 2), SLICE_NOT_FOUND);
    assert_int_equal(find(REPETITION_OF_ENDINGS, "on the the is is", 0), 3);
    assert_int_equal(find(REPETITION_OF_ENDINGS, "on the the is is", 4), 11);
    assert_int_equal(find(REPETITION_OF_ENDINGS, "on the the is is", 6), 11);
    assert_int_equal(find(REPETITION_OF_WORDS, "this is the the", 0), 8);
    assert_int_equal(find(REPETITION_OF_WORDS, "xof often", 0), SLICE_NOT_FOUND);
    assert_int_equal(find(REPETITION_OF_WORDS, "of often", 0), 0);
    assert_int_equal(find(REPETITION_OF_WORDS, "xof of", 1), 1);
}

/* Wherever among the words of a long text it stands. */
static void repetitions_are_found_far_behind(void **state) {
    (void)state;
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < 3 * BORDERS_MOST; i++) {
        size_t start = text.size;
        buffer_append_string(&text, "is is");
        assert_int_equal(repetition_find(REPETITION_OF_WORDS, buffer_slice(&text), 0, text.size),
                         start);
        text.size = start;
        buffer_append_string(&text, i % 2 ? "on " : "of ");
    }
    buffer_release(&text);
}

static const char *pick(const char *const *list, size_t count, unsigned *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return list[(*seed >> 8) % count];
}

/* Rows of `list`, at random. */
static char *make_text(const char *const *list, size_t count, size_t parts, unsigned *seed) {
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < parts; i++)
        buffer_append_string(&text, pick(list, count, seed));
    return buffer_detach(&text);
}

static void assert_same_matches(const struct pattern *quick, const struct pattern *plain,
                                struct slice text) {
    bool may = pattern_may_match(quick, text, (struct span){0, text.size});
    for (size_t from = 0; from <= text.size;) {
        struct match one = {0}, other = {0};
        enum match_result result = pattern_find(plain, text, from, text.size, &other, NULL);
        assert_int_equal(pattern_find(quick, text, from, text.size, &one, NULL), result);
        if (result != MATCH_FOUND)
            return;
        assert_true(may);
        assert_memory_equal(&one, &other, sizeof one);
        from = one.groups[0].end > one.groups[0].start ? one.groups[0].end : one.groups[0].end + 1;
    }
}

/*
 * An alternative that never matches keeps needles and repetitions from being known. No "(?=a)":
 * PCRE2 10.42 itself does not find "a" by `(?=a)c*a`.
 */
static void same_with_and_without_them(void **state) {
    (void)state;
    static const char *const atoms[] = {"ab",
                                        "a",
                                        "is",
                                        "[ab]",
                                        "[b]",
                                        "\\w",
                                        "\\s+",
                                        "b?",
                                        "ab+",
                                        "c*",
                                        "x{2}",
                                        "(?:ab|is)",
                                        "(?i:Ab)",
                                        "|",
                                        "(a|c)",
                                        "\\b",
                                        "(?<=a)",
                                        "(?<!a)",
                                        "(?<![\\w])",
                                        "(?<![\\\\x])",
                                        "(?:(?<![-\\w])ab|(?i)is)",
                                        "(?:x|\\\\)",
                                        "(?!b)",
                                        ".",
                                        "<",
                                        "\xC3\xA9",
                                        "(?:a(*SKIP)(*F)|is)",
                                        "(x(?1)?b)"};
    static const char *const pieces[] = {"a",        "b",        "ab",   "is", "Ab", " ",
                                         "x",        "<",        "xx",   "\n", "c",  "is is",
                                         "the the ", "\xC3\xA9", "\xC3", "\\"};
    static const char *const repetitions[] = {
        "([a-z]{2,}+)\\s+\\1", "(?<![a-])([a-z]{2,}+)(*SKIP)\\s+(?=\\1(?!b))\\1",
        "(?<![-\\w'])([a-z]{2,}+)(*SKIP)\\s+(?=\\1(?!b))\\1", "([a-z]{2,}+)(*SKIP)\\s+\\1\\b"};
    unsigned seed = 7;
    size_t known = 0;
    for (size_t i = 0; i < 3000; i++) {
        char *made = make_text(atoms, COUNT_OF(atoms), 1 + i % 5, &seed);
        const char *text = i % 10 ? made : pick(repetitions, COUNT_OF(repetitions), &seed);
        struct needles *needles = needles_read(slice_of(text), false);
        struct buffer wrapped = BUFFER_EMPTY;
        buffer_append_string(&wrapped, "(?:");
        buffer_append_string(&wrapped, text);
        buffer_append_string(&wrapped, ")|(?!)");
        struct pattern *quick = pattern_compile_later(slice_of(text), 0);
        struct pattern *plain = pattern_compile_later(buffer_slice(&wrapped), 0);
        known += needles || !(i % 10);
        for (size_t k = 0; k < 20; k++) {
            char *subject = make_text(pieces, COUNT_OF(pieces), k, &seed);
            assert_same_matches(quick, plain, slice_of(subject));
            free(subject);
        }
        pattern_free(plain);
        pattern_free(quick);
        buffer_release(&wrapped);
        free(needles);
        free(made);
    }
    assert_true(known > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needles_are_found),
        cmocka_unit_test(nothing_is_known),
        cmocka_unit_test(no_match_is_hidden),
        cmocka_unit_test(needles_respect_the_range),
        cmocka_unit_test(patterns_for_doubled_words),
        cmocka_unit_test(repetitions_are_found),
        cmocka_unit_test(repetitions_are_found_far_behind),
        cmocka_unit_test(borders_of_the_text_are_kept),
        cmocka_unit_test(same_with_and_without_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
