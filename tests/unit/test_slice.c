#include "base/arena.h"
#include "base/slice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static const struct slice nothing = {NULL, 0};

static void parts_are_cut_to_the_whole(void **state) {
    (void)state;
    struct slice text = slice_of("lecture");
    assert_true(slice_equal_string(slice_part(text, 0, 3), "lec"));
    assert_true(slice_equal_string(slice_part(text, 3, 100), "ture"));
    assert_true(slice_equal_string(slice_part(text, 0, SLICE_NOT_FOUND), "lecture"));
    assert_int_equal(slice_part(text, 7, 7).size, 0);
    assert_int_equal(slice_part(text, 100, 200).size, 0);
    assert_int_equal(slice_part(text, 5, 2).size, 0);
    assert_int_equal(slice_part(text, SLICE_NOT_FOUND, SLICE_NOT_FOUND).size, 0);
    assert_int_equal(slice_part(nothing, 0, 5).size, 0);
    assert_int_equal(slice_of(NULL).size, 0);
}

static void equality(void **state) {
    (void)state;
    struct slice nul = {"a\0b", 3};
    assert_true(slice_equal(nothing, slice_of("")));
    assert_true(slice_equal_string(nothing, ""));
    assert_true(slice_equal_string(nothing, NULL));
    assert_false(slice_equal_string(nul, "a"));
    assert_true(slice_equal(nul, (struct slice){"a\0b", 3}));
    assert_false(slice_equal(nul, (struct slice){"a\0c", 3}));
    assert_false(slice_equal(slice_of("ab"), slice_of("abc")));
    assert_true(slice_equal_ignoring_case(slice_of("KaTeX-1"), slice_of("katex-1")));
    assert_false(slice_equal_ignoring_case(slice_of("katex"), slice_of("katey")));
    assert_false(slice_equal_ignoring_case(slice_of("katex"), slice_of("katex1")));
    assert_true(slice_equal_ignoring_case(nothing, nothing));
    /* Only ASCII letters have a case: É and é differ. */
    assert_false(slice_equal_ignoring_case(slice_of("\xC3\x89"), slice_of("\xC3\xA9")));
}

static void equality_with_one_of_many(void **state) {
    (void)state;
    static const char *const names[] = {"", "for", "form"};
    const struct slice others[] = {slice_of("a"), {"b\0c", 3}};
    assert_true(slice_is_one_of(slice_of("form"), names, 3));
    assert_false(slice_is_one_of(slice_of("form"), names, 2));
    assert_false(slice_is_one_of(slice_of("fo"), names, 3));
    assert_false(slice_is_one_of((struct slice){"for\0m", 5}, names, 3));
    assert_true(slice_is_one_of(nothing, names, 3));
    assert_false(slice_is_one_of(nothing, names + 1, 2));
    assert_false(slice_is_one_of(slice_of("for"), NULL, 0));
    assert_true(slice_is_among((struct slice){"b\0c", 3}, others, 2));
    assert_false(slice_is_among(slice_of("b"), others, 2));
    assert_false(slice_is_among((struct slice){"b\0c", 3}, others, 1));
    assert_false(slice_is_among(nothing, others, 2));
}

static void order_is_by_bytes(void **state) {
    (void)state;
    assert_true(slice_compare(slice_of("a"), slice_of("b")) < 0);
    assert_true(slice_compare(slice_of("b"), slice_of("abc")) > 0);
    assert_true(slice_compare(slice_of("a"), slice_of("ab")) < 0);
    assert_true(slice_compare(slice_of("ab"), slice_of("a")) > 0);
    assert_int_equal(slice_compare(slice_of("ab"), slice_of("ab")), 0);
    assert_int_equal(slice_compare(nothing, nothing), 0);
    assert_true(slice_compare(nothing, slice_of("a")) < 0);
    /* Bytes are unsigned. */
    assert_true(slice_compare(slice_of("\xC3"), slice_of("z")) > 0);
}

static void beginnings_and_ends(void **state) {
    (void)state;
    assert_true(slice_starts_with(slice_of("_posts/x"), "_posts/"));
    assert_false(slice_starts_with(slice_of("_post"), "_posts"));
    assert_true(slice_ends_with(slice_of("x.md"), ".md"));
    assert_false(slice_ends_with(slice_of("md"), ".md"));
    assert_true(slice_starts_with(nothing, ""));
    assert_true(slice_ends_with(nothing, ""));
    assert_false(slice_ends_with(nothing, "/"));
}

static void finding(void **state) {
    (void)state;
    struct slice text = slice_of("a/b/c");
    assert_int_equal(slice_find(text, "/", 0), 1);
    assert_int_equal(slice_find(text, "/", 1), 1);
    assert_int_equal(slice_find(text, "/", 2), 3);
    assert_int_equal(slice_find(text, "b/c", 0), 2);
    assert_true(slice_find(text, "/", 4) == SLICE_NOT_FOUND);
    assert_true(slice_find(text, "/", 5) == SLICE_NOT_FOUND);
    assert_true(slice_find(text, "/", SLICE_NOT_FOUND) == SLICE_NOT_FOUND);
    assert_true(slice_find(nothing, "x", 0) == SLICE_NOT_FOUND);
    /* Nothing behind the end of the slice is seen. */
    assert_true(slice_find(slice_part(text, 0, 3), "b/", 0) == SLICE_NOT_FOUND);
    assert_int_equal(slice_find((struct slice){"a\0b", 3}, "b", 0), 2);
}

static void trimming(void **state) {
    (void)state;
    assert_true(slice_equal_string(slice_trim(slice_of(" \t\r\n\v\f a b \n")), "a b"));
    assert_int_equal(slice_trim(slice_of(" \n ")).size, 0);
    assert_int_equal(slice_trim(nothing).size, 0);
    assert_true(slice_is_blank(slice_of(" \r\n")));
    assert_true(slice_is_blank(nothing));
    assert_false(slice_is_blank((struct slice){"\0", 1}));
    /* A no-break space is text. */
    assert_false(slice_is_blank(slice_of("\xC2\xA0")));
}

static void arguments_for_printf(void **state) {
    (void)state;
    char text[16];
    snprintf(text, sizeof text, "[%.*s]", SLICE_ARGUMENTS(nothing));
    assert_string_equal(text, "[]");
    snprintf(text, sizeof text, "[%.*s]", SLICE_ARGUMENTS(slice_part(slice_of("abcdef"), 1, 3)));
    assert_string_equal(text, "[bc]");
    /* Cut, neither negative (which would mean "all of it") nor wrapped to 0. */
    const struct slice huge = {"x", (size_t)INT32_MAX + 1};
    snprintf(text, sizeof text, "%d%s", SLICE_ARGUMENTS(huge));
    assert_string_equal(text, "2147483647x");
}

static void arena_blocks_are_zeroed_and_apart(void **state) {
    (void)state;
    struct arena arena = ARENA_EMPTY;
    char *blocks[200];
    for (size_t i = 0; i < 200; i++) {
        size_t size = i * 37 % 1000;
        blocks[i] = arena_allocate(&arena, size, 1);
        assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(blocks[i][k], 0);
        memset(blocks[i], (int)i + 1, size);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t k = 0; k < i * 37 % 1000; k++)
            assert_int_equal((unsigned char)blocks[i][k], (unsigned char)(i + 1));
    arena_release(&arena);
    assert_null(arena.chunks);
    arena_release(&arena);
}

static void arena_takes_blocks_larger_than_a_chunk(void **state) {
    (void)state;
    struct arena arena = ARENA_EMPTY;
    char *large = arena_allocate(&arena, 1000, 1000);
    memset(large, 'x', 1000 * 1000);
    char *small = arena_allocate(&arena, 3, 5);
    assert_int_equal(small[14], 0);
    assert_int_equal(large[999999], 'x');
    assert_non_null(arena_allocate(&arena, 0, 8));
    arena_release(&arena);
}

static void parts_of_paths(void **state) {
    (void)state;
    static const char *const paths[][3] = {
        {"a/b/c.md", "a/b", "c.md"}, {"c.md", "", "c.md"}, {"a/", "a", ""},
        {"/c.md", "", "c.md"},       {"", "", ""},
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_true(slice_equal_string(slice_folder(slice_of(paths[i][0])), paths[i][1]));
        assert_true(slice_equal_string(slice_file_name(slice_of(paths[i][0])), paths[i][2]));
    }
}

static void arena_copies_end_in_nul(void **state) {
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct slice copy = arena_copy(&arena, (struct slice){"a\0bc", 3});
    assert_int_equal(copy.size, 3);
    assert_memory_equal(copy.data, "a\0b", 4);
    assert_int_equal(arena_copy(&arena, nothing).size, 0);
    assert_string_equal(arena_copy(&arena, nothing).data, "");
    assert_string_equal(arena_copy_string(&arena, "text"), "text");
    assert_string_equal(arena_format(&arena, "%s-%d", "x", 5), "x-5");
    assert_string_equal(arena_format(&arena, "%s", ""), "");
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_cut_to_the_whole),
        cmocka_unit_test(equality),
        cmocka_unit_test(equality_with_one_of_many),
        cmocka_unit_test(order_is_by_bytes),
        cmocka_unit_test(beginnings_and_ends),
        cmocka_unit_test(finding),
        cmocka_unit_test(trimming),
        cmocka_unit_test(parts_of_paths),
        cmocka_unit_test(arguments_for_printf),
        cmocka_unit_test(arena_blocks_are_zeroed_and_apart),
        cmocka_unit_test(arena_takes_blocks_larger_than_a_chunk),
        cmocka_unit_test(arena_copies_end_in_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
