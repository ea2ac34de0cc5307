#include "base/buffer.h"
#include "text/source.h"
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_position(const struct source *source, size_t offset, size_t line,
                            size_t column) {
    struct position position = source_position(source, offset);
    assert_int_equal(position.line, line);
    assert_int_equal(position.column, column);
}

static void assert_line(const struct source *source, size_t line, const char *text) {
    struct slice got = source_line_text(source, line);
    assert_int_equal(got.size, strlen(text));
    assert_true(slice_equal_string(got, text));
}

static void empty_source_has_one_line(void **state) {
    struct source source;
    (void)state;
    source_init(&source, (struct slice){NULL, 0});
    assert_int_equal(source.line_count, 1);
    assert_position(&source, 0, 1, 1);
    assert_position(&source, 9, 1, 1);
    assert_line(&source, 1, "");
    assert_line(&source, 0, "");
    assert_int_equal(source_line_start(&source, 2), 0);
    source_release(&source);
    source_release(&source);
}

static void lines_end_at_lf_and_crlf(void **state) {
    struct source source;
    (void)state;
    source_init(&source, slice_of("one\r\n\ntwo\rthree\nlast"));
    assert_int_equal(source.line_count, 4);
    assert_line(&source, 1, "one");
    assert_line(&source, 2, "");
    assert_line(&source, 3, "two\rthree");
    assert_line(&source, 4, "last");
    assert_line(&source, 5, "");
    assert_int_equal(source_line_start(&source, 1), 0);
    assert_int_equal(source_line_start(&source, 3), 6);
    assert_int_equal(source_line_start(&source, 5), 20);
    assert_position(&source, 4, 1, 5);
    assert_position(&source, 5, 2, 1);
    assert_position(&source, 6, 3, 1);
    source_release(&source);
}

static void last_line_may_be_empty(void **state) {
    struct source source;
    (void)state;
    source_init(&source, slice_of("a\n"));
    assert_int_equal(source.line_count, 2);
    assert_line(&source, 2, "");
    assert_position(&source, 2, 2, 1);
    assert_position(&source, 99, 2, 1);
    source_release(&source);
}

static void columns_count_code_points(void **state) {
    struct source source;
    (void)state;
    source_init(&source, slice_of("x\n\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z\xFFz"));
    assert_position(&source, 2, 2, 1);
    assert_position(&source, 4, 2, 2);
    assert_position(&source, 7, 2, 3);
    assert_position(&source, 11, 2, 4);
    assert_position(&source, 12, 2, 5);
    assert_position(&source, 13, 2, 6);
    /* Inside a character: that character. */
    assert_position(&source, 3, 2, 1);
    assert_position(&source, 10, 2, 3);
    source_release(&source);
}

static void cut_character_at_the_end_counts_by_bytes(void **state) {
    struct source source;
    (void)state;
    source_init(&source, slice_of("a\xE2\x82"));
    assert_position(&source, 2, 1, 3);
    assert_position(&source, 3, 1, 4);
    source_release(&source);
}

static void bom_has_no_column(void **state) {
    struct source source;
    (void)state;
    source_init(&source, slice_of("\xEF\xBB\xBF#\n\xEF\xBB\xBFx"));
    assert_position(&source, 0, 1, 1);
    assert_position(&source, 2, 1, 1);
    assert_position(&source, 3, 1, 1);
    assert_position(&source, 4, 1, 2);
    /* Only the first one is a BOM. */
    assert_position(&source, 8, 2, 2);
    assert_int_equal(source_line_start(&source, 1), 0);
    source_release(&source);
}

static void lookup_agrees_with_counting(void **state) {
    enum { SIZE = 5000 };
    char *bytes = malloc(SIZE);
    struct source source;
    size_t line = 1, start = 0;
    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = i * i % 7 == 2 ? '\n' : 'a';
    source_init(&source, (struct slice){bytes, SIZE});
    for (size_t i = 0; i < SIZE; i++) {
        assert_int_equal(source_line(&source, i), line);
        assert_position(&source, i, line, i - start + 1);
        assert_int_equal(source_line_start(&source, line), start);
        if (bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    source_release(&source);
    free(bytes);
}

/* Runs of ASCII of every length between characters of every length, and broken ones. */
static void columns_agree_with_decoding(void **state) {
    static const char *const between[] = {"\xc3\xa9", "\xe6\x97\xa5", "\xf0\x9f\x8e\x89",
                                          "\xff",     "\xe2\x82",     "e\xcc\x81"};
    struct buffer text = BUFFER_EMPTY;
    struct source source;
    (void)state;
    for (size_t run = 0; run < 40; run++) {
        for (size_t i = 0; i < run; i++)
            buffer_append_byte(&text, 'a');
        buffer_append_string(&text, between[run % (sizeof between / sizeof *between)]);
    }
    source_init(&source, buffer_slice(&text));
    for (size_t offset = 0, column = 1, start = 0; offset <= text.size; offset++) {
        size_t next = start;
        if (next < text.size)
            utf8_next(buffer_slice(&text), &next);
        if (next == offset && offset) {
            start = next;
            column++;
        }
        assert_position(&source, offset, 1, column);
    }
    source_release(&source);
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_source_has_one_line),
        cmocka_unit_test(lines_end_at_lf_and_crlf),
        cmocka_unit_test(last_line_may_be_empty),
        cmocka_unit_test(columns_count_code_points),
        cmocka_unit_test(cut_character_at_the_end_counts_by_bytes),
        cmocka_unit_test(bom_has_no_column),
        cmocka_unit_test(lookup_agrees_with_counting),
        cmocka_unit_test(columns_agree_with_decoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
