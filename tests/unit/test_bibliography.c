/* BibTeX as the pages' script takes it. */
#include "course/bibliography.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "type:key …" of the entries, then "!reason" of each fault. */
static void must_read(const char *text, const char *expected) {
    struct bibliography bibliography;
    struct buffer found = BUFFER_EMPTY;
    bibliography_read(&bibliography, slice_of(text));
    for (size_t i = 0; i < bibliography.count; i++) {
        const struct bibliography_entry *entry = &bibliography.entries[i];
        assert_true(entry->span.start < entry->span.end && entry->span.end <= strlen(text));
        assert_int_equal(text[entry->span.start], '@');
        assert_ptr_equal(entry->key.data, text + entry->key_span.start);
        buffer_append_format(&found, "%s%.*s:%.*s", found.size ? " " : "",
                             SLICE_ARGUMENTS(entry->type), SLICE_ARGUMENTS(entry->key));
    }
    for (size_t i = 0; i < bibliography.fault_count; i++)
        buffer_append_format(&found, "%s!%s", found.size ? " " : "", bibliography.faults[i].reason);
    assert_string_equal(buffer_string(&found), expected);
    buffer_release(&found);
    bibliography_release(&bibliography);
}

static void entries(void **state) {
    (void)state;
    must_read("", "");
    must_read("\xEF\xBB\xBF@book{a, title={A}}", "book:a");
    must_read("@article{a:b-1/2,\r\n  title = {A {B}},\r\n  year=1999,\r\n}\r\n",
              "article:a:b-1/2");
    must_read("@@book{a}", "book:a");
    must_read("@BOOK(a, title = \"A {\"} B\")", "BOOK:a");
    must_read("@book{a, t = \"x\" # y # {z}}\n@misc{b}", "book:a misc:b");
    must_read("@string{x = \"y\"} @preamble{\"z\"} @comment{ {@book{no}} } @book{a}", "book:a");
    must_read("me@example.org and @ or @book\n", "");
    must_read("@book{a, title = {a \\} b}}", "book:a");
}

static void faults(void **state) {
    (void)state;
    must_read("@book{a, title = {A}\n year = 1}\n@book{b}",
              "book:a book:b !a comma or the closing brace is missing");
    must_read("@book{a, title = {A\n\n@book{b}", "book:a book:b !a brace is not closed");
    must_read("@book{a, title = {A\n \t@book{b}", "book:a book:b !a brace is not closed");
    must_read("@book{a, title = {A\nme@x{y}\n", "book:a !a brace is not closed");
    must_read("@book{a, title = \"A\n}", "book:a !a quote is not closed");
    must_read("@book{title = {A}}", "book:title !it has no key");
    must_read("@book{, title = {A}}", "!it has no key");
    must_read("@book{a, title {A}}", "book:a !\"=\" is missing behind the name of a field");
    must_read("@book{a, title = }", "book:a !a field has no value");
    must_read("@book{a,, title = {A}}", "book:a !a field has no name");
}

static void looking_up(void **state) {
    (void)state;
    struct bibliography bibliography;
    bibliography_read(&bibliography, slice_of("@book{a, t={1}} @misc{A} @book{a}"));
    assert_ptr_equal(bibliography_find(&bibliography, slice_of("a")), &bibliography.entries[0]);
    assert_ptr_equal(bibliography_find(&bibliography, slice_of("A")), &bibliography.entries[1]);
    assert_null(bibliography_find(&bibliography, slice_of("b")));
    bibliography_release(&bibliography);
}

static void what_is_not_read_to_its_end_says_so(void **state) {
    (void)state;
    struct buffer text = BUFFER_EMPTY;
    struct bibliography bibliography;
    for (size_t i = 0; i < 30000; i++)
        buffer_append_format(&text, "@book{k%zu}\n", i);
    bibliography_read(&bibliography, buffer_slice(&text));
    assert_true(bibliography.cut && bibliography.count < 30000);
    bibliography_release(&bibliography);
    bibliography_read(&bibliography, slice_part(buffer_slice(&text), 0, 5000));
    assert_false(bibliography.cut);
    bibliography_release(&bibliography);
    buffer_clear(&text);
    for (size_t i = 0; i < 1000; i++)
        buffer_append_string(&text, "@book{,}\n");
    bibliography_read(&bibliography, buffer_slice(&text));
    assert_true(bibliography.cut && bibliography.fault_count < 1000);
    bibliography_release(&bibliography);
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(entries), cmocka_unit_test(faults),
                                       cmocka_unit_test(looking_up),
                                       cmocka_unit_test(what_is_not_read_to_its_end_says_so)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
