#include "text/pattern.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct pattern *compile(const char *text, unsigned flags) {
    struct error error = ERROR_NONE;
    struct pattern *pattern;
    if (pattern_compile(&pattern, slice_of(text), flags, &error))
        fail_msg("%s: %s", text, error_message(&error));
    return pattern;
}

/* Where `text` matches first, as "start-end"; "none" or "undecided". */
static const char *find_in(const char *text, unsigned flags, struct slice subject) {
    static char place[64];
    struct pattern *pattern = compile(text, flags);
    struct match match;
    enum match_result result = pattern_find(pattern, subject, 0, subject.size, &match, NULL);
    pattern_free(pattern);
    if (result != MATCH_FOUND)
        return result == MATCH_NONE ? "none" : "undecided";
    snprintf(place, sizeof place, "%zu-%zu", match.groups[0].start, match.groups[0].end);
    return place;
}

static const char *find(const char *text, unsigned flags, const char *subject) {
    return find_in(text, flags, slice_of(subject));
}

static void matches_are_places_in_the_subject(void **state) {
    (void)state;
    assert_string_equal(find("b+", 0, "abbc"), "1-3");
    assert_string_equal(find("B+", 0, "abbc"), "none");
    assert_string_equal(find("B+", PATTERN_IGNORE_CASE, "abbc"), "1-3");
    assert_string_equal(find("\xC3\x89", PATTERN_IGNORE_CASE, "x\xC3\xA9"), "1-3");
    assert_string_equal(find("x*", 0, ""), "0-0");
    assert_string_equal(find_in("a?", 0, (struct slice){NULL, 0}), "0-0");
    assert_string_equal(find_in("", 0, slice_of("a")), "0-0");
}

static void words_know_unicode(void **state) {
    (void)state;
    assert_string_equal(find("\\b\xC3\xA9", 0, "H\xC3\xA9"), "none");
    assert_string_equal(find("\\w+", 0, "\xC3\xA9t\xC3\xA9 "), "0-5");
    assert_string_equal(find("^.$", 0, "\xE2\x82\xAC"), "0-3");
}

static void lines_end_at_lf_and_crlf(void **state) {
    (void)state;
    assert_string_equal(find("a$", 0, "a\r\nb"), "0-1");
    assert_string_equal(find("a$", 0, "a\nb"), "0-1");
    assert_string_equal(find("^b", 0, "a\r\nb"), "3-4");
    assert_string_equal(find(".+", 0, "ab\r\n"), "0-2");
    assert_string_equal(find("[ \\t]+$", 0, "a \r\nb"), "1-2");
}

static void whole_means_both_ends(void **state) {
    (void)state;
    assert_string_equal(find("a|ab", PATTERN_WHOLE, "ab"), "0-2");
    assert_string_equal(find("a", PATTERN_WHOLE, "ab"), "none");
    assert_string_equal(find("b", PATTERN_WHOLE, "ab"), "none");
    assert_string_equal(find("ab", PATTERN_WHOLE, "ab\n"), "none");
    assert_string_equal(find("ab", PATTERN_WHOLE, "ab\xFF"), "none");
    assert_string_equal(find("ab", PATTERN_WHOLE,
                             "\xFF"
                             "ab"),
                        "none");
    assert_string_equal(find(".b", PATTERN_WHOLE | PATTERN_BYTES,
                             "\xFF"
                             "b"),
                        "0-2");
}

static void invalid_utf8_is_passed_over(void **state) {
    (void)state;
    assert_string_equal(find("b", 0, "a\xFFz\xC3 b"), "5-6");
    assert_string_equal(find("a.b", 0,
                             "a\xFF"
                             "b"),
                        "none");
}

static void range_hides_what_is_behind_but_not_before(void **state) {
    struct pattern *pattern = compile("(?<=a)b\\b", 0);
    struct slice subject = slice_of("abbc");
    struct match match;
    (void)state;
    assert_int_equal(pattern_find(pattern, subject, 0, 4, &match, NULL), MATCH_NONE);
    assert_int_equal(pattern_find(pattern, subject, 0, 2, &match, NULL), MATCH_FOUND);
    assert_int_equal(pattern_find(pattern, subject, 1, 2, &match, NULL), MATCH_FOUND);
    assert_int_equal(match.groups[0].start, 1);
    assert_int_equal(pattern_find(pattern, subject, 2, 2, &match, NULL), MATCH_NONE);
    assert_int_equal(pattern_find(pattern, subject, 3, 2, &match, NULL), MATCH_NONE);
    assert_int_equal(pattern_find(pattern, subject, 9, 99, &match, NULL), MATCH_NONE);
    assert_int_equal(pattern_find(pattern, slice_of("ab"), 0, 99, NULL, NULL), MATCH_FOUND);
    pattern_free(pattern);
}

static void groups_have_numbers_and_names(void **state) {
    struct pattern *pattern = compile("(?<year>\\d{4})-(?<day>\\d+)?(x)?", 0);
    struct match match;
    (void)state;
    assert_int_equal(pattern_group(pattern, "day"), 2);
    assert_int_equal(pattern_group(pattern, "month"), 0);
    assert_int_equal(pattern_find(pattern, slice_of("in 2019-x"), 0, 9, &match, NULL), MATCH_FOUND);
    assert_int_equal(match.group_count, 4);
    assert_int_equal(match.groups[1].start, 3);
    assert_int_equal(match.groups[1].end, 7);
    assert_int_equal(match.groups[2].start, SLICE_NOT_FOUND);
    assert_int_equal(match.groups[3].start, 8);
    assert_int_equal(match.groups[15].start, SLICE_NOT_FOUND);
    pattern_free(pattern);
    pattern = compile("(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)", 0);
    assert_int_equal(pattern_find(pattern, slice_of("aaaaaaaaaaaaaaaaa"), 0, 17, &match, NULL),
                     MATCH_FOUND);
    assert_int_equal(match.group_count, 16);
    assert_int_equal(match.groups[15].end, 15);
    pattern_free(pattern);
}

static void bad_patterns_say_what_and_where(void **state) {
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"(ab", "missing closing parenthesis at character 4"},
        {"\xC3\xA9)", "unmatched closing parenthesis at character 2"},
        {"a\\Cb", "\\C"},
        {"(?<=a+)b", "lookbehind"},
        {"[z-a]", "range out of order"},
        {"\xFF", "UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = ERROR_NONE;
        struct pattern *pattern = (struct pattern *)&error;
        assert_int_equal(pattern_compile(&pattern, slice_of(cases[i].text), 0, &error),
                         STATUS_USAGE);
        assert_null(pattern);
        if (!strstr(error_message(&error), cases[i].part))
            fail_msg("%s: %s", cases[i].text, error_message(&error));
        error_release(&error);
    }
    pattern_free(NULL);
}

static double seconds_since(clock_t start) {
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static struct slice repeat(const char *unit, size_t count, const char *tail) {
    struct buffer buffer = BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++)
        buffer_append_string(&buffer, unit);
    buffer_append_string(&buffer, tail);
    size_t size = buffer.size;
    return (struct slice){buffer_detach(&buffer), size};
}

/* PCRE2's match limit holds per place where a match may start: ` +$` alone would take 24 s. */
static void slow_patterns_are_undecided_in_time(void **state) {
    static const struct {
        const char *text, *unit, *tail;
        enum match_result result; /* PCRE2 sees by itself when a `b` or `:` is missing */
    } cases[] = {
        {" +$", " ", "x", MATCH_UNDECIDED},
        {"(a+)+$", "a", "!", MATCH_UNDECIDED},
        {"(?:a|a)+[bc]", "a", "", MATCH_UNDECIDED},
        {"a*a*a*a*[bc]", "a", "", MATCH_UNDECIDED},
        {"(?:ab?)*[cd]", "ab", "", MATCH_UNDECIDED},
        {"(\\w+\\s?)+[:;]$", "word ", ".", MATCH_UNDECIDED},
        {"(?:a|a)+b", "a", "", MATCH_NONE},
        {"(\\w+\\s?)+:$", "word ", ".", MATCH_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice subject = repeat(cases[i].unit, 64000, cases[i].tail);
        clock_t start = clock();
        struct pattern *pattern = compile(cases[i].text, 0);
        long budget = PATTERN_BUDGET;
        enum match_result result = pattern_find(pattern, subject, 0, subject.size, NULL, &budget);
        if (result != cases[i].result)
            fail_msg("%s: %d", cases[i].text, (int)result);
        assert_false(pattern_matches(pattern, subject));
        assert_true(seconds_since(start) < 10);
        pattern_free(pattern);
        free((char *)subject.data);
    }
}

static void quick_patterns_pass_beside_a_slow_place(void **state) {
    struct slice subject = repeat("x", 3000, "");
    struct buffer text = BUFFER_EMPTY;
    (void)state;
    buffer_append_string(&text, "\xC3\xA9 <!-- no end ");
    buffer_append_slice(&text, subject);
    buffer_append_string(&text, "\n[a] <!-- \xC3\xA9 --> ");
    buffer_append_slice(&text, subject);
    size_t size = text.size;
    buffer_append_string(&text, "teh end");
    struct pattern *pattern = compile("<!--(?:(?!\\n)[\\s\\S])*?-->|teh", 0);
    struct match match;
    long budget = PATTERN_BUDGET;
    size_t comment = slice_find(buffer_slice(&text), "<!-- \xC3", 0);
    assert_int_equal(pattern_find(pattern, buffer_slice(&text), 0, text.size, &match, &budget),
                     MATCH_FOUND);
    assert_int_equal(match.groups[0].start, comment);
    assert_int_equal(
        pattern_find(pattern, buffer_slice(&text), match.groups[0].end, text.size, &match, &budget),
        MATCH_FOUND);
    assert_int_equal(match.groups[0].start, size);
    assert_true(budget > PATTERN_BUDGET / 2);
    pattern_free(pattern);
    buffer_release(&text);
    free((char *)subject.data);
}

static void anchored_patterns_go_on_behind_invalid_bytes(void **state) {
    struct slice subject = repeat("x", 3000, "\xFFx\xC3\xA9z");
    (void)state;
    assert_string_equal(find_in("(?s).*?\\Kz", 0, subject), "3004-3005");
    assert_string_equal(find_in("(?s).*?z", PATTERN_WHOLE, subject), "none");
    free((char *)subject.data);
}

static void budget_is_shared_and_then_used_up(void **state) {
    struct pattern *slow = compile("(a+)+$", 0), *quick = compile("!", 0);
    struct slice subject = repeat("a", 5000, "!");
    long budget = PATTERN_BUDGET, calls = 0;
    (void)state;
    assert_int_equal(pattern_find(quick, subject, 0, subject.size, NULL, &budget), MATCH_FOUND);
    assert_in_range(PATTERN_BUDGET - budget, 1, 100);
    for (; budget > 0 && calls < 100; calls++)
        assert_int_equal(pattern_find(slow, subject, 0, subject.size, NULL, &budget),
                         MATCH_UNDECIDED);
    assert_in_range(calls, 1, 20);
    assert_int_equal(pattern_find(quick, subject, 0, subject.size, NULL, &budget), MATCH_UNDECIDED);
    assert_true(pattern_matches(quick, subject));
    pattern_free(slow);
    pattern_free(quick);
    free((char *)subject.data);
}

/* A hundred rules on a long note must not come near the budget. */
static void honest_work_costs_little(void **state) {
    struct pattern *pattern = compile("\\bteh\\b|[ \\t]+$", 0);
    struct slice subject = repeat("An ordinary line of a lecture note, \xC3\xA9. \n", 2000, "");
    long budget = PATTERN_BUDGET;
    struct match match;
    size_t count = 0, from = 0;
    (void)state;
    for (; pattern_find(pattern, subject, from, subject.size, &match, &budget) == MATCH_FOUND;
         count++)
        from = match.groups[0].end;
    assert_int_equal(count, 2000);
    assert_in_range(PATTERN_BUDGET - budget, 1, PATTERN_BUDGET / 100);
    pattern_free(pattern);
    free((char *)subject.data);
}

static void *find_many_times(void *argument) {
    const struct pattern *pattern = argument;
    size_t found = 0;
    for (int i = 0; i < 2000; i++)
        found += pattern_matches(pattern, slice_of(i % 2 ? "a word" : "none here"));
    return (void *)(uintptr_t)found;
}

static void threads_share_a_pattern(void **state) {
    struct pattern *pattern = compile("(w)(o)rd", 0);
    pthread_t threads[4];
    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, find_many_times, pattern), 0);
    for (size_t i = 0; i < 4; i++) {
        void *found;
        pthread_join(threads[i], &found);
        assert_int_equal((uintptr_t)found, 1000);
    }
    pattern_free(pattern);
}

static void later_ones_keep_their_text(void **state) {
    (void)state;
    char text[] = "a[bc]d";
    struct pattern *pattern = pattern_compile_later(slice_of(text), 0);
    memset(text, 'x', sizeof text - 1);
    assert_true(pattern_matches(pattern, slice_of("acd")));
    pattern_free(pattern);
}

/* What only PCRE2 finds out is found out at once. */
static void long_globs_are_refused(void **state) {
    enum { TOO_LONG = 70000 };
    (void)state;
    struct buffer glob = BUFFER_EMPTY;
    struct pattern *pattern;
    struct error error = ERROR_NONE;
    for (size_t i = 0; i < TOO_LONG; i++)
        buffer_append_byte(&glob, 'a');
    assert_int_equal(pattern_compile_glob(&pattern, buffer_slice(&glob), &error), STATUS_USAGE);
    assert_null(pattern);
    error_release(&error);
    buffer_release(&glob);
}

static void quoted_text_matches_itself(void **state) {
    struct buffer text = BUFFER_EMPTY, quoted = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    (void)state;
    for (int byte = 0; byte < 0x80; byte++)
        buffer_append_byte(&text, (char)byte);
    buffer_append_string(&text, "\xC3\xA9 \\E (?x) a");
    buffer_append_string(&quoted, "(?x)");
    pattern_append_quoted(&quoted, buffer_slice(&text));
    struct pattern *pattern;
    assert_int_equal(pattern_compile(&pattern, buffer_slice(&quoted), PATTERN_WHOLE, &error), OK);
    assert_true(pattern_matches(pattern, buffer_slice(&text)));
    pattern_free(pattern);
    buffer_release(&quoted);
    buffer_release(&text);
}

static void globs_match_whole_paths(void **state) {
    static const struct {
        const char *glob, *path;
        bool matches;
    } cases[] = {
        {"_posts/*.md", "_posts/a.md", true},
        {"_posts/*.md", "_posts/.md", true},
        {"_posts/*.md", "_posts/a/b.md", false},
        {"_posts/*.md", "x/_posts/a.md", false},
        {"_posts/*.md", "_posts/a.MD", false},
        {"_posts/*.md", "_posts/a.md\n", false},
        {"_posts/*.md", "_posts/axmd", false},
        {"*", "a", true},
        {"*", ".hidden", true},
        {"*", "a/b", false},
        {"*", "\xFF\xFE", true},
        {"*", "a\nb", true},
        {"*.png", "caf\xE9.png", true},
        {"a/*", "a/", false},
        {"**/x", "x", true},
        {"**/x", "a/x", true},
        {"**/x", "a/b/x", true},
        {"**/x", "ax", false},
        {"**/x", "a/bx", false},
        {"**/*.md", "README.md", true},
        {"**/*.md", "a/b/c.md", true},
        {"**/*.md", ".github/.x.md", true},
        {"a/**", "a/b", true},
        {"a/**", "a/b/\xFF", true},
        {"a/**", "a", false},
        {"a/**", "ab/c", false},
        {"a/**/b", "a/b", true},
        {"a/**/b", "a/x/y/b", true},
        {"a/**/b", "a/xb", false},
        {"a/**/b", "ab", false},
        {"**", "a/b", true},
        {"a**z", "ab/cz", true},
        {"assets/", "assets/img/x.png", true},
        {"assets/", "assets", false},
        {"assets/", "assetsx/y", false},
        {"{a,b}/", "b/c", true},
        {"?.md", "a.md", true},
        {"?.md", "\xC3\xA9.md", true},
        {"?.md", "\xFF.md", true},
        {"??.md", "\xC3\xA9.md", false},
        {"a?b", "a/b", false},
        {"[ab].md", "b.md", true},
        {"[ab].md", "c.md", false},
        {"[!ab].md", "c.md", true},
        {"[!ab].md", "\xC3\xA9.md", true},
        {"[^ab].md", "a.md", false},
        {"a[!b]c", "a/c", false},
        {"a[.-0]c", "a/c", false},
        {"[0-9]", "5", true},
        {"[]x]", "]", true},
        {"[!]x]", "]", false},
        {"[[x]", "[", true},
        {"[\\d]", "5", false},
        {"[\\d]", "d", true},
        {"[[:digit:]]", "5", true},
        {"[[:digit:]]", ":", false},
        {"x.{jpg,jpeg,png}", "x.jpeg", true},
        {"x.{jpg,jpeg,png}", "x.gif", false},
        {"{a,b}{1,2}", "b1", true},
        {"x.{jpg,}", "x.", true},
        {"x{,y}", "x", true},
        {"{a,b*}", "bz", true},
        {"{a?,b}", "az", true},
        {"{a[yz],b}", "az", true},
        {"{a\\},b}", "a}", true},
        {"{a,b,c}", "c", true},
        {"{a,b,c}", "d", false},
        {"{a/**,b/*.md}", "a/x/y", true},
        {"{a/**,b/*.md}", "b/x.md", true},
        {"{**/,}x", "a/b/x", true},
        {"{,a}x", "x", true},
        {"{*,b}c", "c", true},
        {"a,b", "a,b", true},
        {"\\*.md", "*.md", true},
        {"\\*.md", "a.md", false},
        {"a+b(c)^$|.txt", "a+b(c)^$|.txt", true},
        {"caf\xC3\xA9/*", "caf\xC3\xA9/x", true},
        {"x # y", "x # y", true},
        {"", "", true},
        {"", "a", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = ERROR_NONE;
        struct pattern *pattern;
        if (pattern_compile_glob(&pattern, slice_of(cases[i].glob), &error))
            fail_msg("%s", error_message(&error));
        if (pattern_matches(pattern, slice_of(cases[i].path)) != cases[i].matches)
            fail_msg("\"%s\" %s \"%s\"", cases[i].glob,
                     cases[i].matches ? "does not match" : "matches", cases[i].path);
        pattern_free(pattern);
    }
}

static void bad_globs_are_named(void **state) {
    static const char *const globs[] = {"{a",  "a}",     "{a{b}}",      "[a", "[",
                                        "a\\", "[z-a].", "[\xC3\xA9].", "[!", "[]"};
    (void)state;
    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++) {
        struct error error = ERROR_NONE;
        struct pattern *pattern;
        assert_int_equal(pattern_compile_glob(&pattern, slice_of(globs[i]), &error), STATUS_USAGE);
        assert_null(pattern);
        assert_non_null(strstr(error_message(&error), globs[i]));
        error_release(&error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_are_places_in_the_subject),
        cmocka_unit_test(words_know_unicode),
        cmocka_unit_test(lines_end_at_lf_and_crlf),
        cmocka_unit_test(whole_means_both_ends),
        cmocka_unit_test(invalid_utf8_is_passed_over),
        cmocka_unit_test(range_hides_what_is_behind_but_not_before),
        cmocka_unit_test(groups_have_numbers_and_names),
        cmocka_unit_test(bad_patterns_say_what_and_where),
        cmocka_unit_test(slow_patterns_are_undecided_in_time),
        cmocka_unit_test(quick_patterns_pass_beside_a_slow_place),
        cmocka_unit_test(anchored_patterns_go_on_behind_invalid_bytes),
        cmocka_unit_test(budget_is_shared_and_then_used_up),
        cmocka_unit_test(honest_work_costs_little),
        cmocka_unit_test(threads_share_a_pattern),
        cmocka_unit_test(quoted_text_matches_itself),
        cmocka_unit_test(globs_match_whole_paths),
        cmocka_unit_test(bad_globs_are_named),
        cmocka_unit_test(later_ones_keep_their_text),
        cmocka_unit_test(long_globs_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
