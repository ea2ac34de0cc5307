/* borders.h: where words begin and end, in texts with more of them than are told at once. */
#include "base/buffer.h"
#include "text/borders.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const bool letters[256] = {['a'] = true, ['b'] = true, [0xC3] = true};

static void one_word_after_the_other(void **state) {
    (void)state;
    size_t borders[BORDERS_MOST];
    struct slice text = slice_of("ab, b aC\xC3");
    assert_int_equal(borders_find(borders, letters, text, 0, text.size), 8);
    static const size_t expected[] = {0, 2, 4, 5, 6, 7, 8, 9};
    assert_memory_equal(borders, expected, sizeof expected);
    assert_int_equal(borders_find(borders, letters, text, 1, 5), 4);
    assert_int_equal(borders[0], 1);
    assert_int_equal(borders[3], 5);
    assert_int_equal(borders_find(borders, letters, text, 2, 4), 0);
    assert_int_equal(borders_find(borders, letters, text, 9, 9), 0);
    assert_int_equal(borders_find(borders, letters, slice_of(""), 0, 0), 0);
}

/* Each word has another length than the one before. */
static void none_is_left_out_or_cut(void **state) {
    (void)state;
    size_t borders[BORDERS_MOST], count, words = 0, at = 0, expected = 0;
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < 2 * BORDERS_MOST; i++)
        buffer_append_string(&text, i % 3 ? i % 3 > 1 ? "aba." : "b " : "ab  ");
    while ((count = borders_find(borders, letters, buffer_slice(&text), at, text.size))) {
        assert_int_equal(count % 2, 0);
        for (size_t i = 0; i < count; i += 2, words++) {
            assert_int_equal(borders[i], expected);
            assert_int_equal(borders[i + 1] - borders[i], words % 3 ? words % 3 > 1 ? 3 : 1 : 2);
            expected += words % 3 == 1 ? 2 : 4;
        }
        at = borders[count - 1];
    }
    assert_int_equal(words, 2 * BORDERS_MOST);
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_word_after_the_other),
        cmocka_unit_test(none_is_left_out_or_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
