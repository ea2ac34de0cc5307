#include "base/memory.h"
#include "sample_note.h"
#include "text/utf8.h"

/* A mark before the first line; é is two bytes, the last character of the third line four. */
#define NOTE UTF8_BOM "title\nun \u00e9t\u00e9 teh end\nab\U0001D400\nlast\n"

static void note_place(struct note *note, struct position start, struct position end) {
    note->finding->has_place = true;
    note->finding->start = start;
    note->finding->end = end;
}

/* The report up to `location` is always the same; what follows is compared. Closes the note. */
static void note_expect(struct note *note, const char *location, const char *rest) {
    struct buffer output = BUFFER_EMPTY, expected = BUFFER_EMPTY;
    const struct report_options options = {.files = note->snapshot};
    report_rdjsonl(&output, &note->verdict, &options);
    buffer_append_format(&expected,
                         "{\"message\":\"x\",\"location\":{\"path\":\"a.md\"%s},\"severity\":"
                         "\"ERROR\",\"source\":{\"name\":\"scribelint\"},\"code\":{\"value\":\"r\"}"
                         "%s}\n",
                         location, rest);
    assert_string_equal(buffer_string(&output), buffer_string(&expected));
    buffer_release(&expected);
    buffer_release(&output);
    note_close(note);
}

#define RANGE(line, column, end_line, end_column)                                                  \
    "\"range\":{\"start\":{\"line\":" #line ",\"column\":" #column                                 \
    "},\"end\":{\"line\":" #end_line ",\"column\":" #end_column "}}"

static void test_nothing_is_no_line(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "old", "a.md", "x")->state = FINDING_CARRIED;
    sample_finding(&verdict, "gone", "a.md", "x")->state = FINDING_FIXED;
    sample_remark(&verdict, &verdict.skipped, "a.pdf", "not text");
    sample_remark(&verdict, &verdict.notes, "", "a note");
    sample_expect("rdjsonl", &verdict, "");
}

static void test_levels_and_states(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "error", "a.md", "x");
    sample_finding(&verdict, "warning", "b.md", "x")->severity = SEVERITY_WARNING;
    struct finding *finding = sample_finding(&verdict, "notice", "c.md", "x");
    finding->severity = SEVERITY_NOTICE;
    finding->state = FINDING_CARRIED;
    finding->fix = slice_of("mend it");
    struct buffer output = BUFFER_EMPTY;
    report_rdjsonl(&output, &verdict, &(struct report_options){.carried = true});
    assert_string_equal(
        buffer_string(&output),
        "{\"message\":\"x\",\"location\":{\"path\":\"a.md\"},\"severity\":\"ERROR\","
        "\"source\":{\"name\":\"scribelint\"},\"code\":{\"value\":\"error\"}}\n"
        "{\"message\":\"x\",\"location\":{\"path\":\"b.md\"},\"severity\":\"WARNING\","
        "\"source\":{\"name\":\"scribelint\"},\"code\":{\"value\":\"warning\"}}\n"
        "{\"message\":\"x\\nFix: mend it\",\"location\":{\"path\":\"c.md\"},\"severity\":\"INFO\","
        "\"source\":{\"name\":\"scribelint\"},\"code\":{\"value\":\"notice\"}}\n");
    buffer_release(&output);
    verdict_release(&verdict);
}

/* The format has no pages. */
static void test_pages_are_told(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "r", "a.pdf", "x")->page = 12;
    sample_expect("rdjsonl", &verdict,
                  "{\"message\":\"Page 12: x\",\"location\":{\"path\":\"a.pdf\"},\"severity\":"
                  "\"ERROR\",\"source\":{\"name\":\"scribelint\"},\"code\":{\"value\":\"r\"}}\n");
}

static void test_columns_are_bytes(void **state) {
    (void)state;
    struct note note;
    note_open(&note, NOTE); /* "teh" */
    note_place(&note, (struct position){2, 8}, (struct position){2, 11});
    note_expect(&note, "," RANGE(2, 10, 2, 13), "");

    note_open(&note, NOTE); /* the byte order mark is three bytes without a column */
    note_place(&note, (struct position){1, 2}, (struct position){1, 4});
    note_expect(&note, "," RANGE(1, 5, 1, 7), "");

    note_open(&note, NOTE); /* over lines, up to behind the character of four bytes */
    note_place(&note, (struct position){2, 4}, (struct position){3, 4});
    note_expect(&note, "," RANGE(2, 4, 3, 7), "");

    note_open(&note, NOTE); /* the place behind a line's end stays on its line */
    note_place(&note, (struct position){3, 4}, (struct position){3, 99});
    note_expect(&note, "," RANGE(3, 7, 3, 7), "");
}

/* Where the file can't be read there is one line of it, and an end on another has no column. */
static void test_columns_without_the_file(void **state) {
    (void)state;
    struct note note;
    note_open(&note, NOTE);
    note_place(&note, (struct position){7, 3}, (struct position){7, 5});
    note.finding->path = slice_of("b.md");
    note.finding->excerpt = slice_of("\u00e9\u00e9\u00e9\u00e9\u00e9");
    struct buffer output = BUFFER_EMPTY;
    report_rdjsonl(&output, &note.verdict, &(struct report_options){.files = note.snapshot});
    assert_non_null(strstr(buffer_string(&output), RANGE(7, 5, 7, 9)));
    buffer_clear(&output);
    note.finding->end = (struct position){9, 4};
    report_rdjsonl(&output, &note.verdict, &(struct report_options){0});
    assert_non_null(strstr(buffer_string(&output), "\"range\":{\"start\":{\"line\":7,\"column\":5},"
                                                   "\"end\":{\"line\":9}}"));
    buffer_clear(&output);
    note.finding->end = (struct position){9, 1};
    report_rdjsonl(&output, &note.verdict, &(struct report_options){0});
    assert_non_null(strstr(buffer_string(&output), "\"end\":{\"line\":9,\"column\":1}}"));
    buffer_release(&output);
    note_close(&note);
}

static void test_edits_are_suggestions(void **state) {
    (void)state;
    struct note note;
    note_open(&note, NOTE);
    note_place(&note, (struct position){2, 8}, (struct position){2, 11});
    note_edit(&note, "a.md", "teh", "the");
    note_expect(&note, "," RANGE(2, 10, 2, 13),
                ",\"suggestions\":[{" RANGE(2, 10, 2, 13) ",\"text\":\"the\"}]");

    note_open(&note, NOTE); /* two that belong together */
    note_place(&note, (struct position){2, 1}, (struct position){2, 11});
    note_edit(&note, "a.md", "teh", "the");
    note_edit(&note, "a.md", "un", "one");
    note_expect(&note, "," RANGE(2, 1, 2, 13),
                ",\"suggestions\":[{" RANGE(2, 1, 2, 13) ",\"text\":\"one \\u00E9t\\u00E9 the\"}]");
}

/* reviewdog would show an error in its place. */
static void test_no_suggestion_for_other_lines(void **state) {
    (void)state;
    struct note note;
    note_open(&note, NOTE);
    note_place(&note, (struct position){4, 1}, (struct position){4, 5});
    note_edit(&note, "a.md", "teh", "the");
    note_expect(&note, "," RANGE(4, 1, 4, 5), "");

    note_open(&note, NOTE);
    note_edit(&note, "a.md", "teh", "the");
    note_expect(&note, "", "");

    note_open(&note, NOTE);
    note_place(&note, (struct position){4, 1}, (struct position){4, 5});
    note_edit(&note, "a.md", "last\n", "");
    note_expect(&note, "," RANGE(4, 1, 4, 5), "");
}

static void test_undecided_is_told(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_remark(&verdict, &verdict.undecided, "a.md", "too large");
    sample_expect("rdjsonl", &verdict,
                  "{\"message\":\"could not be checked: too large\",\"location\":{\"path\":"
                  "\"a.md\"},\"severity\":\"WARNING\",\"source\":{\"name\":\"scribelint\"}}\n");
}

static void test_hostile_text_is_harmless(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_place(sample_finding(&verdict, "r", HOSTILE, HOSTILE), 1, 2, 3, HOSTILE);
    sample_remark(&verdict, &verdict.undecided, HOSTILE, HOSTILE);
    char *report = sample_report("rdjsonl", &verdict, false);
    assert_int_equal(sample_count(report, "\n"), 2);
    assert_int_equal(sample_count(report, "##["), 0);
    for (const char *byte = report; *byte; byte++)
        assert_true(*byte == '\n' || (*byte >= ' ' && *byte < 0x7F));
    free(report);
    verdict_release(&verdict);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_no_line),
        cmocka_unit_test(test_levels_and_states),
        cmocka_unit_test(test_pages_are_told),
        cmocka_unit_test(test_columns_are_bytes),
        cmocka_unit_test(test_columns_without_the_file),
        cmocka_unit_test(test_edits_are_suggestions),
        cmocka_unit_test(test_no_suggestion_for_other_lines),
        cmocka_unit_test(test_undecided_is_told),
        cmocka_unit_test(test_hostile_text_is_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
