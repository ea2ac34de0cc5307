#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static size_t encode(uint32_t code, char *bytes) {
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = size; i-- > 1; code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)((0xF00u >> size) | code);
    return size;
}

static void every_code_point_is_decoded(void **state) {
    (void)state;
    for (uint32_t code = 0; code <= 0x110000; code++) {
        char bytes[4];
        size_t offset = 0, size = encode(code, bytes);
        bool valid = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        uint32_t got = utf8_next((struct slice){bytes, size}, &offset);
        assert_int_equal(got, valid ? code : UTF8_INVALID);
        assert_int_equal(offset, valid ? size : 1);
    }
}

static void invalid_forms_move_by_one_byte(void **state) {
    static const char *const invalid[] = {
        "\x80",         "\xBF",         "\xC0\x80",         "\xC1\xBF",     "\xE0\x80\x80",
        "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF5\x80\x80", "\xFF",
        "\xC3",         "\xE2\x82",     "\xF0\x9F\x98",     "\xC3(",        "\xE2(\xAC",
    };
    (void)state;
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
        size_t offset = 0;
        assert_int_equal(utf8_next(slice_of(invalid[i]), &offset), UTF8_INVALID);
        assert_int_equal(offset, 1);
        assert_false(utf8_is_valid(slice_of(invalid[i])));
    }
}

static void nothing_is_read_past_the_end(void **state) {
    char *bytes = malloc(1);
    size_t offset = 0;
    (void)state;
    *bytes = '\xF0'; /* the sanitizer watches the rest */
    assert_int_equal(utf8_next((struct slice){bytes, 1}, &offset), UTF8_INVALID);
    free(bytes);
}

static void count_takes_an_invalid_byte_as_one(void **state) {
    (void)state;
    assert_int_equal(utf8_count(slice_of("a\xC3\xA9\xFF\xE2\x82z")), 6);
    assert_int_equal(utf8_count((struct slice){NULL, 0}), 0);
    assert_true(utf8_is_valid(slice_of("a\xC3\xA9\xF0\x9F\x98\x80")));
    assert_true(utf8_is_valid((struct slice){NULL, 0}));
}

static void assert_visible(const char *bytes, size_t size, const char *expected) {
    struct buffer buffer = BUFFER_EMPTY;
    utf8_append_visible(&buffer, (struct slice){bytes, size});
    assert_string_equal(buffer_string(&buffer), expected);
    buffer_release(&buffer);
}

static void visible_keeps_text_and_escapes_controls(void **state) {
    (void)state;
    assert_visible("a\n\t\rb", 5, "a\\n\\t\\rb");
    assert_visible("\0\x1B[31m\x7F", 7, "\\x00\\x1B[31m\\x7F");
    assert_visible("\xC2\x9B\xC2\x85", 4, "\\u{009B}\\u{0085}");
    assert_visible("\xFF\xC3", 2, "\\xFF\\xC3");
    assert_visible("\xED\xA0\x80", 3, "\\xED\\xA0\\x80");
    assert_visible("caf\xC3\xA9 \xF0\x9F\x98\x80 \\n", 13, "caf\xC3\xA9 \xF0\x9F\x98\x80 \\n");
    assert_visible("\xEF\xB8\x8F\xCC\x81", 5, "\xEF\xB8\x8F\xCC\x81");
    assert_visible("", 0, "");
}

/* Checks every code point against the list in words, so that no edge of a range is off by one. */
static bool must_be_hidden(uint32_t code) {
    return code < 0x20 || (code >= 0x7F && code <= 0x9F) || code == 0xAD || code == 0x61C ||
           code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) ||
           code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
           (code >= 0xE0000 && code <= 0xE007F);
}

static void visible_hides_exactly_the_listed(void **state) {
    struct buffer buffer = BUFFER_EMPTY;
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        struct slice text = {bytes, encode(code, bytes)};
        buffer_clear(&buffer);
        utf8_append_visible(&buffer, text);
        assert_true(slice_equal(buffer_slice(&buffer), text) == !must_be_hidden(code));
    }
    buffer_release(&buffer);
}

static void valid_replaces_each_invalid_byte(void **state) {
    struct buffer buffer = BUFFER_EMPTY;
    (void)state;
    utf8_append_valid(&buffer, slice_of("a\xFF\xC3\xA9\xE2\x82\n"));
    assert_string_equal(buffer_string(&buffer), "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\n");
    assert_true(utf8_is_valid(buffer_slice(&buffer)));
    buffer_release(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_is_decoded),
        cmocka_unit_test(invalid_forms_move_by_one_byte),
        cmocka_unit_test(nothing_is_read_past_the_end),
        cmocka_unit_test(count_takes_an_invalid_byte_as_one),
        cmocka_unit_test(visible_keeps_text_and_escapes_controls),
        cmocka_unit_test(visible_hides_exactly_the_listed),
        cmocka_unit_test(valid_replaces_each_invalid_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
