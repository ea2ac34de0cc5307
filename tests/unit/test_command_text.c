#include "report/command_text.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The words of a text as it may be broken, with "|" between them. */
static void expect_words(const char *text, const char *expected) {
    struct slice whole = slice_of(text);
    struct buffer words = BUFFER_EMPTY;
    for (size_t at = 0, end; at < whole.size; at = end + 1) {
        end = command_text_word_end(whole, at);
        if (at)
            buffer_append_byte(&words, '|');
        buffer_append_slice(&words, slice_part(whole, at, end));
    }
    assert_string_equal(buffer_string(&words), expected);
    buffer_release(&words);
}

static void test_commands_are_words(void **state) {
    (void)state;
    expect_words("", "");
    expect_words("two  words", "two||words");
    expect_words("leave it out: git checkout 7c -- README.md", "leave|it|out:|git checkout 7c -- "
                                                               "README.md");
    expect_words("commit it (git add a/b.png), or correct it",
                 "commit|it|(git add a/b.png),|or|correct|it");
    expect_words("out with: git rm --cached x (an image needs one)",
                 "out|with:|git rm --cached x|(an|image|needs|one)");
    expect_words("git lfs untrack x, then git add x", "git lfs untrack x,|then|git add x");
    expect_words("git mv 'a, b) c' 'it'\\''s; d'; or not",
                 "git mv 'a, b) c' 'it'\\''s; d';|or|not");
    expect_words("git config x \"$(git rev-parse y)/hooks\", say", "git config x \"$(git rev-parse "
                                                                   "y)/hooks\",|say");
    expect_words("run scribelint fix --all: it mends", "run|scribelint fix --all:|it|mends");
    expect_words("Git keeps it, digit add", "Git|keeps|it,|digit|add");
    expect_words("scribelint, git", "scribelint,|git");
    expect_words("git add 'open to the end", "git add 'open to the end");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands_are_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
