#include "text/utf8.h"
#include "text/yaml.h"
#include "text/yaml_writer.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void is_written(const char *text, const char *setting, const char *prose) {
    struct buffer output = BUFFER_EMPTY;
    yaml_append_scalar(&output, slice_of(text), YAML_SETTING);
    assert_string_equal(buffer_string(&output), setting);
    buffer_clear(&output);
    yaml_append_scalar(&output, slice_of(text), YAML_PROSE);
    assert_string_equal(buffer_string(&output), prose);
    buffer_release(&output);
}

static void plain_is_what_nobody_mistakes(void **state) {
    (void)state;
    is_written("word", "word", "word");
    is_written("a/b-c_d.e1", "a/b-c_d.e1", "a/b-c_d.e1");
    is_written("two words", "'two words'", "two words");
    is_written("Bob's (R&D) +1", "'Bob''s (R&D) +1'", "Bob's (R&D) +1");
    is_written("\u00e9t\u00e9", "'\u00e9t\u00e9'", "\u00e9t\u00e9");
    is_written("12", "12", "\"12\"");
    is_written("012", "'012'", "\"012\"");
    is_written("1234567890", "'1234567890'", "\"1234567890\"");
    is_written("12:30", "'12:30'", "\"12:30\"");
    is_written("2025-10-07", "'2025-10-07'", "\"2025-10-07\"");
}

static void words_with_a_meaning_are_quoted(void **state) {
    (void)state;
    is_written("Yes", "'Yes'", "\"Yes\"");
    is_written("NULL", "'NULL'", "\"NULL\"");
    is_written("n", "'n'", "\"n\"");
    is_written("no way", "'no way'", "no way");
    is_written("~", "'~'", "\"~\"");
    is_written("-", "'-'", "\"-\"");
    is_written("", "''", "\"\"");
    is_written(" a", "' a'", "\" a\"");
    is_written("a ", "'a '", "\"a \"");
    is_written("a: b", "'a: b'", "\"a: b\"");
    is_written("a #b", "'a #b'", "\"a #b\"");
    is_written("say \"it's\"", "'say \"it''s\"'", "'say \"it''s\"'");
    is_written("a\\b", "'a\\b'", "'a\\b'");
}

static void what_acts_is_escaped(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"a\nb", "\"a\\U0000000Ab\""},
        {"\x1b[31m", "\"\\U0000001B\\U0000005B31m\""},
        {"x##[error]", "\"x\\U00000023\\U00000023\\U0000005Berror]\""},
        {"\"\\\t", "\"\\U00000022\\U0000005C\\U00000009\""},
        {"a\u202eb", "\"a\\U0000202Eb\""},
        {"a\u2028b", "\"a\\U00002028b\""},
        {"a\uffffb", "\"a\\U0000FFFFb\""},
        {"a\xff", "\"a\\U0000FFFD\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        is_written(cases[i][0], cases[i][1], cases[i][1]);
    struct buffer output = BUFFER_EMPTY;
    yaml_append_scalar(&output, (struct slice){"a\0b", 3}, YAML_SETTING);
    assert_string_equal(buffer_string(&output), "\"a\\U00000000b\"");
    buffer_release(&output);
}

/* --- What is written is read again ---------------------------------------------------------------
 */

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Pieces that mean something in YAML or nothing, and bytes of every kind. */
static void append_random(struct buffer *text, uint32_t *seed) {
    static const char *const pieces[] = {
        "a",  "Z",   "7",  "0", "-",  " ",  ": ", "#",      " #",     "'",         "\"",
        "\\", "[",   "]",  "{", "}",  ",",  "&",  "*",      "!",      "|",         ">",
        "%",  "@",   "`",  "?", "~",  "\n", "\t", "\r\n",   "---",    "...",       "<<",
        "=",  "yes", "No", ".", "e1", "+",  "##", "\u00e9", "\u674e", "\U0001f600"};
    for (uint32_t count = next_random(seed) % 7; count; count--)
        if (next_random(seed) % 8)
            buffer_append_string(text, pieces[next_random(seed) % COUNT_OF(pieces)]);
        else
            buffer_append_byte(text, (char)next_random(seed));
}

/* As a key, as a value in a block and as an item in brackets; all but a setting's number a text. */
static void reads_back(struct slice text, enum yaml_style style) {
    struct buffer file = BUFFER_EMPTY, expected = BUFFER_EMPTY, scalar = BUFFER_EMPTY;
    struct arena arena = ARENA_EMPTY;
    struct yaml_problem problem;
    struct yaml_node *root = NULL;
    yaml_append_scalar(&scalar, text, style);
    utf8_append_valid(&expected, text);
    for (int i = 0; i < 3; i++) {
        static const char *const before[] = {"", ": ", "  # c\nlist: [x, "};
        buffer_append_string(&file, before[i]);
        buffer_append_slice(&file, buffer_slice(&scalar));
    }
    buffer_append_string(&file, ", y]\nlast: z\n");
    if (yaml_parse(&root, buffer_slice(&file), &arena, &problem) != OK || root->pair_count != 3)
        fail_msg("not read (%s): %s", problem.message, buffer_string(&file));
    const struct yaml_node *list = root->pairs[1].value;
    assert_int_equal(list->item_count, 3);
    const struct yaml_node *const nodes[] = {root->pairs[0].key, root->pairs[0].value,
                                             list->items[1]};
    for (size_t i = 0; i < COUNT_OF(nodes); i++) {
        enum yaml_type type = yaml_scalar_type(nodes[i]);
        if (!slice_equal(nodes[i]->text, buffer_slice(&expected)) ||
            (type != YAML_TYPE_STRING && (type != YAML_TYPE_INTEGER || style == YAML_PROSE)))
            fail_msg("read as another: %s", buffer_string(&file));
    }
    assert_null(memchr(scalar.data, '\n', scalar.size));
    arena_release(&arena);
    buffer_release(&file);
    buffer_release(&expected);
    buffer_release(&scalar);
}

static void anything_reads_back(void **state) {
    enum { ROUNDS = 20000 };
    (void)state;
    uint32_t seed = 7;
    for (int i = 0; i < ROUNDS; i++) {
        struct buffer text = BUFFER_EMPTY;
        append_random(&text, &seed);
        reads_back(buffer_slice(&text), YAML_SETTING);
        reads_back(buffer_slice(&text), YAML_PROSE);
        buffer_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_is_what_nobody_mistakes),
        cmocka_unit_test(words_with_a_meaning_are_quoted),
        cmocka_unit_test(what_acts_is_escaped),
        cmocka_unit_test(anything_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
