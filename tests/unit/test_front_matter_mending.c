#include "document_fixture.h"

#include "base/buffer.h"
#include "rules/front_matter_mending.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/*
 * What is said of the front matter, where ("line:byte"), and the file once it is mended; `mended`
 * NULL: no edit is certain.
 */
static void expect(const char *text, const char *place, const char *reason, const char *remedy,
                   const char *mended) {
    struct document *document = read_text(text);
    struct arena arena = ARENA_EMPTY;
    struct buffer found = BUFFER_EMPTY, where = BUFFER_EMPTY;
    size_t at = 0;
    assert_int_equal(document->front_matter.state, FRONT_MATTER_UNREADABLE);
    struct slice bytes = document->source.bytes;
    struct front_matter_mending mending =
        front_matter_mending_find(&document->front_matter, bytes, &arena);
    size_t line = source_line(&document->source, mending.offset);
    buffer_append_format(&where, "%zu:%zu", line,
                         mending.offset - source_line_start(&document->source, line) + 1);
    assert_string_equal(buffer_string(&where), place);
    assert_non_null(strstr(mending.reason, reason));
    assert_non_null(strstr(mending.remedy, remedy));
    for (size_t i = 0; i < mending.count; i++) {
        buffer_append_slice(&found, slice_part(bytes, at, mending.spans[i].start));
        buffer_append_slice(&found, mending.texts[i]);
        at = mending.spans[i].end;
    }
    buffer_append_slice(&found, slice_part(bytes, at, bytes.size));
    assert_string_equal(buffer_string(&found), mended ? mended : text);
    assert_int_equal(mending.count > 0, mended != NULL);
    buffer_release(&found);
    buffer_release(&where);
    arena_release(&arena);
    document_free(document);
}

static void values_get_quotes(void **state) {
    (void)state;
    expect("---\ntitle: A: B\n---\n", "2:9", "mapping values", "double quotes",
           "---\ntitle: \"A: B\"\n---\n");
    expect("---\r\ntitle: A: B\r\nx: @y\r\n---\r\n", "2:9", "mapping values", "double quotes",
           "---\r\ntitle: \"A: B\"\r\nx: \"@y\"\r\n---\r\n");
    expect("---\ntitle: A: \"B\"\n---\n", "2:9", "mapping values", "double quotes", NULL);
}

static void curly_quotes_become_straight(void **state) {
    (void)state;
    expect("---\ntitle: “A: B”\n---\n", "2:12", "mapping values", "curly",
           "---\ntitle: \"A: B\"\n---\n");
    expect("---\ntitle: „A: B“\nx: “c: d”\ny: e: f\n---\n", "2:12", "mapping values", "curly",
           "---\ntitle: \"A: B\"\nx: \"c: d\"\ny: \"e: f\"\n---\n");
    /* Some of the text only is in quotes. */
    expect("---\ntitle: “A: B” and “C”\n---\n", "2:12", "mapping values", "double quotes",
           "---\ntitle: \"“A: B” and “C”\"\n---\n");
}

static void tabs_become_blanks(void **state) {
    (void)state;
    expect("---\ntitle: x\nauthors:\n\t- name: A\n\t  url: b\n---\n", "4:1", "a tab", "blanks",
           "---\ntitle: x\nauthors:\n  - name: A\n    url: b\n---\n");
    expect("---\nauthors:\n  - name: A\n\turl: b\n---\n", "4:1", "a tab", "blanks",
           "---\nauthors:\n  - name: A\n    url: b\n---\n");
    expect("---\n\t- a\nb: c\n---\n", "2:1", "a tab", "blanks", NULL);
}

static void quotes_are_closed(void **state) {
    (void)state;
    expect("---\ntitle: \"A: B\ndate: x\n---\n", "2:8", "not closed", "close it",
           "---\ntitle: \"A: B\"\ndate: x\n---\n");
    expect("---\ntitle: \"A: B\nauthor: \"C\"\n---\n", "2:8", "not closed", "close it",
           "---\ntitle: \"A: B\"\nauthor: \"C\"\n---\n");
    /* Over several lines nobody knows where it ends. */
    expect("---\nabstract: \"one\n  two\n---\n", "2:11", "not closed", "close it", NULL);
    expect("---\ntitle: \"A # b\n---\n", "2:8", "not closed", "close it", NULL);
    /* One that is closed in the next line is not the fault. */
    expect("---\nabstract: \"one\n  two\"\n[\n---\n", "4:1", "", "", NULL);
}

static void quotes_inside_call_for_the_other_kind(void **state) {
    (void)state;
    expect("---\ntitle: 'Bob's disks'\n---\n", "2:13", "expected key", "put \" around",
           "---\ntitle: \"Bob's disks\"\n---\n");
    expect("---\ntitle: \"A \"B\" C\"\n---\n", "2:12", "expected key", "put ' around",
           "---\ntitle: 'A \"B\" C'\n---\n");
    expect("---\ntitle: 'Bob's \"disks\"'\n---\n", "2:13", "expected key", "double quotes", NULL);
}

static void conflict_comes_before_all(void **state) {
    (void)state;
    expect("---\ndate: x\n<<<<<<< HEAD\ntitle: A: B\n=======\ntitle: C\n>>>>>>> t\n---\n", "3:1",
           "merge conflict", "one version", NULL);
}

static void text_in_front_matter_wants_a_fence(void **state) {
    (void)state;
    expect("---\ntitle: x\n\nSome text\nand more\n\n---\n", "4:1", "no line \"---\" closes it",
           "below the last key", NULL);
    expect("---\ndate: x\n\nSome text\nand more\n\n---\n", "4:1", "could not find", "indent", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_get_quotes),
        cmocka_unit_test(curly_quotes_become_straight),
        cmocka_unit_test(tabs_become_blanks),
        cmocka_unit_test(quotes_are_closed),
        cmocka_unit_test(quotes_inside_call_for_the_other_kind),
        cmocka_unit_test(conflict_comes_before_all),
        cmocka_unit_test(text_in_front_matter_wants_a_fence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
