#include "text/shingles.h"

#include "base/memory.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

/* Words that no other number has, so that a share of two texts is that of their numbers. */
static struct shingles shingles_of_numbers(size_t first, size_t count) {
    struct shingles shingles = {0};
    for (size_t i = first; i < first + count; i++) {
        char word[32];
        snprintf(word, sizeof word, "W%zu ", i);
        shingles_add(&shingles, slice_of(word));
    }
    shingles_finish(&shingles);
    return shingles;
}

/* Of short texts and of some so long that every bit of a sketch is set. */
static void can_share_is_never_wrong_about_no(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 7, 8, 60, 1000, 4000, 20000, 400000};
    size_t told = 0;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        for (size_t k = 0; k < COUNT_OF(sizes); k++) {
            struct shingles left = shingles_of_numbers(0, sizes[i]);
            struct shingles right = shingles_of_numbers(sizes[i] / 2, sizes[k]);
            unsigned long share = shingles_share(&left, &right);
            assert_true(shingles_can_share(&left, &right, share));
            assert_true(shingles_can_share(&right, &left, share));
            told += !shingles_can_share(&left, &right, share + 150);
            shingles_release(&left);
            shingles_release(&right);
        }
    }
    assert_true(told > 20);
}

static void strangers_can_not_share(void **state) {
    (void)state;
    struct shingles left = shingles_of_numbers(0, 5000), right = shingles_of_numbers(9000, 5000);
    assert_int_equal(shingles_share(&left, &right), 0);
    assert_false(shingles_can_share(&left, &right, 200));
    shingles_release(&left);
    shingles_release(&right);
}

static void items_are_sorted_and_once(void **state) {
    (void)state;
    struct shingles shingles = shingles_of_numbers(0, 3000);
    assert_int_equal(shingles.count, 2993);
    for (size_t i = 1; i < shingles.count; i++)
        assert_true(shingles.items[i - 1] < shingles.items[i]);
    shingles_release(&shingles);
}

static void letters_and_digits_of_ascii_are_words(void **state) {
    (void)state;
    for (int byte = 1; byte < 256; byte++) {
        char one[] = {'x', (char)byte, 'X', '\0'};
        struct shingles shingles = {0};
        shingles_add(&shingles, slice_of(one));
        assert_int_equal(shingles.word_count, byte < 128 && isalnum(byte) ? 1 : 2);
        shingles_release(&shingles);
    }
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
        cmocka_unit_test(can_share_is_never_wrong_about_no),
        cmocka_unit_test(strangers_can_not_share),
        cmocka_unit_test(items_are_sorted_and_once),
        cmocka_unit_test(letters_and_digits_of_ascii_are_words),
        cmocka_unit_test(longest_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
