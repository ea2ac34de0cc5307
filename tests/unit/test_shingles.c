#include "text/shingles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct shingles shingles_of(const char *text) {
    struct shingles shingles = {0};
    shingles_add(&shingles, slice_of(text));
    shingles_finish(&shingles);
    return shingles;
}

static unsigned long share_of(const char *left, const char *right) {
    struct shingles one = shingles_of(left), other = shingles_of(right);
    unsigned long share = shingles_share(&one, &other);
    assert_int_equal(share, shingles_share(&other, &one));
    shingles_release(&one);
    shingles_release(&other);
    return share;
}

/* Sixteen words: nine shingles. */
static const char text[] =
    "one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen";

static void same_text(void **state) {
    (void)state;
    assert_int_equal(share_of(text, text), 1000);
    assert_int_equal(share_of(text,
                              "One, two; THREE (four) five\nsix seven-eight nine... ten eleven "
                              "twelve thirteen fourteen fifteen sixteen!"),
                     1000);
    /* Said twice it says no more. */
    struct shingles twice = {0}, once = shingles_of(text);
    shingles_add(&twice, slice_of(text));
    shingles_add(&twice, slice_of(text));
    shingles_finish(&twice);
    assert_int_equal(once.count, 9);
    assert_int_equal(twice.count, 16);
    assert_int_equal(shingles_share(&once, &twice), 9 * 1000 / 16);
    shingles_release(&twice);
    shingles_release(&once);
}

static void different_text(void **state) {
    (void)state;
    assert_int_equal(share_of(text, "nine eight seven six five four three two one zero"), 0);
    assert_int_equal(share_of("too short to have any", "too short to have any"), 0);
    assert_int_equal(share_of("", ""), 0);
    /* The word in the middle is in eight of the nine. */
    assert_int_equal(share_of(text, "one two three four five six seven eight OTHER ten eleven "
                                    "twelve thirteen fourteen fifteen sixteen"),
                     1000 / 17);
}

static void words_of_two_parts_are_in_a_row(void **state) {
    (void)state;
    struct shingles parts = {0}, whole = shingles_of(text);
    shingles_add(&parts, slice_of("one two three four five six seven eight nine ten"));
    shingles_add(&parts, slice_of("eleven twelve thirteen fourteen fifteen sixteen"));
    shingles_finish(&parts);
    assert_int_equal(shingles_share(&parts, &whole), 1000);
    shingles_release(&parts);
    shingles_release(&whole);
}

/* It may say yes where there is nothing, but never no where there is something. */
static void may_share_is_never_wrong_about_no(void **state) {
    (void)state;
    struct shingles own = shingles_of(text);
    assert_true(shingles_may_share(&own, slice_of(text), 1000));
    assert_true(
        shingles_may_share(&own, slice_of("**one** two three four five six seven eight"), 100));
    assert_false(
        shingles_may_share(&own, slice_of("**one** two three four five six seven eight"), 200));
    assert_false(shingles_may_share(&own, slice_of(""), 1));
    assert_true(shingles_may_share(&own, slice_of(""), 0));
    shingles_release(&own);
}

static void longest_run(void **state) {
    (void)state;
    struct shingles left =
        shingles_of("before it one two three four five six seven eight nine then "
                    "nine ten eleven twelve thirteen fourteen fifteen sixteen");
    struct shingles right = shingles_of(text);
    size_t at = 99;
    assert_int_equal(shingles_longest_run(&left, &right, &at), 9);
    assert_int_equal(at, 2);
    struct shingles none = shingles_of("one two three four five six seven");
    at = 99;
    assert_int_equal(shingles_longest_run(&none, &right, &at), 0);
    assert_int_equal(shingles_longest_run(&right, &none, &at), 0);
    assert_int_equal(at, 99);
    shingles_release(&none);
    shingles_release(&left);
    shingles_release(&right);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_text),
        cmocka_unit_test(different_text),
        cmocka_unit_test(words_of_two_parts_are_in_a_row),
        cmocka_unit_test(may_share_is_never_wrong_about_no),
        cmocka_unit_test(longest_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
