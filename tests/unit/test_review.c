/* What a change answers for, which file is the template, and what could not be decided. */
#include "review_fixture.h"

#include "base/memory.h"
#include "document/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define NOTE_A       "_posts/2025-01-08-lecture-02.md"
#define NOTE_B       "_posts/2025-01-10-lecture-03.md"
#define OLD_TEMPLATE "_posts/2025-01-01-template.md"

static const char config[] = "notes:\n"
                             "  - files: '_posts/*.md'\n"
                             "    template: '_posts/*template*.md'\n"
                             "    assets: ['assets/img/{nn}/', 'assets/{stem}.bib']\n"
                             "allow: ['README.md']\n";

static const char bad_word[] =
    RULE("bad-word", "notes", "  check: pattern\n  scope: file\n  forbid: 'BAD\\w*'\n");

static void states_of_findings(void **state) {
    (void)state;
    expect_review(bad_word, config, FILES(NOTE_A, "BAD1\nBAD2\n"),
                  FILES(NOTE_A, "new line\nBAD2\nBAD3\n"),
                  "fixed bad-word " NOTE_A ":1 BAD1\n"
                  "carried bad-word " NOTE_A ":2 BAD2\n"
                  "introduced bad-word " NOTE_A ":3 BAD3\n");
    expect_review(bad_word, config, FILES("README.md", "x"),
                  FILES("README.md", "x", NOTE_A, "BAD1\n"),
                  "introduced bad-word " NOTE_A ":1 BAD1\n");
}

/* Each review of these tests is made briefly, too; here is what that has to get right. */
static void brief_reviews_say_what_is_new(void **state) {
    (void)state;
    static const char rules[] = RULE("a-bad", "notes",
                                     "  check: pattern\n  scope: file\n  forbid: 'BAD\\w*'\n"
                                     "  yields-to: [z-worst]\n")
        RULE("m-sad", "notes", "  check: pattern\n  scope: file\n  forbid: SAD\n")
            RULE("z-worst", "notes", "  check: pattern\n  scope: file\n  forbid: BADDEST\n");
    expect_review(rules, config, FILES(NOTE_A, "SAD\nBAD1\n"), FILES(NOTE_A, "x\nBAD1\n"),
                  "fixed m-sad " NOTE_A ":1 SAD\n"
                  "carried a-bad " NOTE_A ":2 BAD1\n");
    expect_review(rules, config, FILES(NOTE_A, "SAD\n", NOTE_B, "y\n"),
                  FILES(NOTE_A, "x\n", NOTE_B, "BAD1\n"),
                  "fixed m-sad " NOTE_A ":1 SAD\n"
                  "introduced a-bad " NOTE_B ":1 BAD1\n");
    /* Only where the better rule runs at the base, too, is nothing of the other one there. */
    expect_review(rules, config, FILES(NOTE_A, "BADDEST\n"), FILES(NOTE_A, "BADDES\nBADDEST\n"),
                  "introduced a-bad " NOTE_A ":1 BADDES\n"
                  "carried z-worst " NOTE_A ":2 BADDEST\n");
}

static void brief_reviews_know_suppressions(void **state) {
    (void)state;
    static const char rules[] =
        RULE("a-bad", "notes", "  check: pattern\n  scope: file\n  forbid: BAD\n")
            RULE("left-over", "notes", "  check: suppression\n  finds: unused\n");
    static const char used[] = "<!-- scribelint-disable-file a-bad: known -->\nBAD\n";
    static const char idle[] = "<!-- scribelint-disable-file a-bad: known -->\nmended\n";
    expect_review(rules, config, FILES(NOTE_A, used), FILES(NOTE_A, idle),
                  "introduced left-over " NOTE_A ":1 a-bad\n");
    expect_review(rules, config, FILES(NOTE_A, idle), FILES(NOTE_A, used),
                  "fixed left-over " NOTE_A ":1 a-bad\n");
}

static void rename_carries_findings(void **state) {
    (void)state;
    static const char text[] = "one\ntwo\nthree\nfour\nfive\nsix\nseven\nBAD1\n";
    static const char more[] = "one\ntwo\nthree\nfour\nfive\nsix\nseven\nBAD1\nBAD2\n";
    expect_review(bad_word, config, FILES(NOTE_A, text), FILES(NOTE_B, text),
                  "carried bad-word " NOTE_B ":8 BAD1\n");
    expect_review(bad_word, config, FILES(NOTE_A, text), FILES(NOTE_B, more),
                  "carried bad-word " NOTE_B ":8 BAD1\n"
                  "introduced bad-word " NOTE_B ":9 BAD2\n");
}

static void deleted_note_is_fixed(void **state) {
    (void)state;
    expect_review(bad_word, config, FILES(NOTE_A, "BAD1\n", "README.md", "x"),
                  FILES("README.md", "x"), "fixed bad-word " NOTE_A ":1 BAD1\n");
}

static void lost_front_matter_mends_nothing(void **state) {
    (void)state;
    expect_review(bad_word, config, FILES(NOTE_A, "---\ntitle: BAD1\n---\nBAD2\n"),
                  FILES(NOTE_A, "title: x\n---\nText.\n"), "fixed bad-word " NOTE_A ":4 BAD2\n");
    expect_review(bad_word, config, FILES(NOTE_A, "---\ntitle: BAD1\n---\nBAD2\n"),
                  FILES(NOTE_A, "---\ntitle: \"\"x\n---\nBAD2\n"),
                  "carried bad-word " NOTE_A ":4 BAD2\n");
    expect_review(bad_word, config, FILES(NOTE_A, "---\ntitle: BAD1\n---\nBAD2\n"),
                  FILES(NOTE_A, "---\ntitle: x\n---\nBAD2\n"),
                  "fixed bad-word " NOTE_A ":2 BAD1\n"
                  "carried bad-word " NOTE_A ":4 BAD2\n");
}

static void without_base_everything_is_introduced(void **state) {
    (void)state;
    expect_review(bad_word, config, NULL, FILES(NOTE_A, "BAD1\n", "README.md", "BAD2"),
                  "introduced bad-word " NOTE_A ":1 BAD1\n");
}

static void untouched_files_are_not_read(void **state) {
    (void)state;
    expect_review(bad_word, config, FILES(NOTE_A, "BAD1\n", NOTE_B, "x"),
                  FILES(NOTE_A, "BAD1\n", NOTE_B, "y"), "");
}

static void severity_off_is_silent(void **state) {
    (void)state;
    static const char off[] = RULE_WITH(
        "bad-word", "off", "notes", "  check: pattern\n  scope: file\n  forbid: 'BAD\\w*'\n", "m");
    expect_review(off, config, NULL, FILES(NOTE_A, "BAD1\n"), "");
    expect_review(off, "notes: [{files: '_posts/*.md'}]\nrules: {bad-word: notice}\n", NULL,
                  FILES(NOTE_A, "BAD1\n"), "introduced bad-word " NOTE_A ":1 BAD1\n");
    expect_review(bad_word, "notes: [{files: '_posts/*.md'}]\nrules: {bad-word: off}\n", NULL,
                  FILES(NOTE_A, "BAD1\n"), "");
}

static void expect_narrowed(const char *path, const char *expected) {
    struct side_files base = side_of(FILES("_posts/a/x.md", "x", "_posts/ab.md", "y"));
    struct side_files head =
        side_of(FILES("_posts/a/x.md", "BAD1", "_posts/ab.md", "BAD2", "_posts/a/y.md", "BAD3"));
    char *text = review_of(&(struct review_request){.rules = bad_word,
                                                    .config = "notes: [{files: '_posts/**'}]",
                                                    .path = path,
                                                    .base = &base,
                                                    .head = &head});
    assert_string_equal(text, expected);
    free(text);
}

static void paths_narrow(void **state) {
    (void)state;
    expect_narrowed("_posts/a/x.md", "introduced bad-word _posts/a/x.md:1 BAD1\n");
    expect_narrowed("_posts/a", "introduced bad-word _posts/a/x.md:1 BAD1\n"
                                "introduced bad-word _posts/a/y.md:1 BAD3\n");
    expect_narrowed("_posts/ab.md", "introduced bad-word _posts/ab.md:1 BAD2\n");
    expect_narrowed("_posts/a/x", "");
    expect_narrowed("", "introduced bad-word _posts/a/x.md:1 BAD1\n"
                        "introduced bad-word _posts/a/y.md:1 BAD3\n"
                        "introduced bad-word _posts/ab.md:1 BAD2\n");
}

static void file_classes(void **state) {
    (void)state;
    static const char rules[] = RULE("any-file", "any",
                                     "  check: pattern\n  scope: file\n  forbid: BAD\n")
        RULE("glob-file", "'*.txt'", "  check: pattern\n  scope: file\n  forbid: BAD\n")
            RULE("markdown-file", "markdown", "  check: pattern\n  scope: file\n  forbid: BAD\n")
                RULE("note-file", "notes", "  check: pattern\n  scope: file\n  forbid: BAD\n")
                    RULE("post-file", "posts", "  check: pattern\n  scope: file\n  forbid: BAD\n");
    expect_review(rules, "notes: [{files: 'notes/*'}]", NULL,
                  FILES("a.txt", "BAD", "_posts/undated.md", "BAD", "_posts/2025-01-02-x.md", "BAD",
                        "notes/n.pdf.md", "BAD"),
                  "introduced any-file _posts/2025-01-02-x.md:1 BAD\n"
                  "introduced markdown-file _posts/2025-01-02-x.md:1 BAD\n"
                  "introduced post-file _posts/2025-01-02-x.md:1 BAD\n"
                  "introduced any-file _posts/undated.md:1 BAD\n"
                  "introduced markdown-file _posts/undated.md:1 BAD\n"
                  "introduced any-file a.txt:1 BAD\n"
                  "introduced glob-file a.txt:1 BAD\n"
                  "introduced any-file notes/n.pdf.md:1 BAD\n"
                  "introduced markdown-file notes/n.pdf.md:1 BAD\n"
                  "introduced note-file notes/n.pdf.md:1 BAD\n");
}

/* --- Templates ------------------------------------------------------------------------------- */

#define TEMPLATE_TEXT "---\ntitle: Title of the lecture\nauthors: [{name: Author One}]\n---\n"

static const char left_over[] = RULE(
    "template-left", "notes", "  check: template-text\n  scope: front-matter\n  keys: [title]\n");

static void template_is_no_note(void **state) {
    (void)state;
    expect_review(bad_word, config, NULL, FILES(OLD_TEMPLATE, "---\ntitle: x\n---\nBAD\n"), "");
}

static void note_named_after_the_template_is_a_note(void **state) {
    (void)state;
    static const char copy[] = "_posts/2025-01-08-lecture-02-template.md";
    expect_review(
        bad_word, config, FILES(OLD_TEMPLATE, TEMPLATE_TEXT),
        FILES(OLD_TEMPLATE, TEMPLATE_TEXT, copy, "---\ntitle: \"Lecture 2: Storage\"\n---\nBAD\n"),
        "introduced bad-word _posts/2025-01-08-lecture-02-template.md:4 BAD\n");
    /* It comes first in the folder, and is none by its title. */
    expect_review(left_over, config,
                  FILES("_posts/2024-01-08-template.md", "---\ntitle: \"Lecture 2: x\"\n---\n",
                        OLD_TEMPLATE, TEMPLATE_TEXT),
                  FILES("_posts/2024-01-08-template.md", "---\ntitle: \"Lecture 2: x\"\n---\n",
                        OLD_TEMPLATE, TEMPLATE_TEXT, NOTE_A, TEMPLATE_TEXT),
                  "introduced template-left " NOTE_A ":2 Title of the lecture\n");
}

static void base_decides_the_template(void **state) {
    (void)state;
    /* Written over: what the base has is still the template. */
    expect_review(left_over, config, FILES(OLD_TEMPLATE, TEMPLATE_TEXT),
                  FILES(OLD_TEMPLATE, "---\ntitle: \"Lecture 2: x\"\n---\n", NOTE_A, TEMPLATE_TEXT),
                  "introduced template-left " NOTE_A ":2 Title of the lecture\n");
    /* Deleted. */
    expect_review(left_over, config, FILES(OLD_TEMPLATE, TEMPLATE_TEXT "\nmore\n"),
                  FILES(NOTE_A, "other\n\n\n" TEMPLATE_TEXT, NOTE_B, TEMPLATE_TEXT),
                  "introduced template-left " NOTE_B ":2 Title of the lecture\n");
    /* Only the head has one. */
    expect_review(left_over, config, FILES("README.md", "x"),
                  FILES("README.md", "x", OLD_TEMPLATE, TEMPLATE_TEXT, NOTE_A, TEMPLATE_TEXT),
                  "introduced template-left " NOTE_A ":2 Title of the lecture\n");
}

static void exact_template_needs_no_look(void **state) {
    (void)state;
    static const char exact[] = "notes: [{files: '_posts/*.md', template: t/note.md}]";
    /* By its title it would be a lecture. */
    static const char numbered[] = "---\ntitle: \"Lecture 1: Title\"\n---\n";
    expect_review(left_over, exact, NULL, FILES("t/note.md", numbered, NOTE_A, numbered),
                  "introduced template-left " NOTE_A ":2 Lecture 1: Title\n");
}

static void template_date_may_lack_zeros(void **state) {
    (void)state;
    static const char dated[] = "---\ntitle: Title of the lecture\ndate: 2025-1-1\n---\n";
    static const char note_date[] = "---\ntitle: Title of the lecture\ndate: 2025-01-08\n---\n";
    static const char other[] = "---\ntitle: Title of the lecture\ndate: 2025-02-01\n---\n";
    expect_review(left_over, config, NULL, FILES(OLD_TEMPLATE, dated, NOTE_A, note_date),
                  "introduced template-left " NOTE_A ":2 Title of the lecture\n");
    expect_review(left_over, config, NULL, FILES(OLD_TEMPLATE, other, NOTE_A, note_date), "");
}

/* --- What can't be decided ----------------------------------------------------------------------
 */

static void expect_large(const char *rules, size_t size, const char *head, const char *expected) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_string(&text, head);
    while (text.size < size)
        buffer_append_string(&text, "# a comment\n");
    struct side_files side = {{{slice_of(NOTE_A), buffer_slice(&text)}}, 1};
    char *found =
        review_of(&(struct review_request){.rules = rules, .config = config, .head = &side});
    if (*expected)
        assert_non_null(strstr(found, expected));
    else
        assert_string_equal(found, "");
    free(found);
    buffer_release(&text);
}

static void large_files_are_undecided(void **state) {
    (void)state;
    static const char missing[] =
        RULE("missing", "notes", "  check: front-matter\n  finds: missing\n")
            RULE("required", "notes", "  check: pattern\n  scope: prose\n  require: Summary\n");
    expect_large(missing, DOCUMENT_MAX_SIZE + 100, "---\ntitle: x\n---\n",
                 "undecided " NOTE_A " has ");
    expect_large(bad_word, DOCUMENT_MAX_SIZE - 100, "---\ntitle: x\n---\n", "");
}

static void one_byte_too_many_is_undecided_too(void **state) {
    (void)state;
    static const char missing[] =
        RULE("missing", "notes", "  check: front-matter\n  finds: missing\n")
            RULE("required", "notes", "  check: pattern\n  scope: prose\n  require: Summary\n");
    char *bytes = memory_allocate(DOCUMENT_MAX_SIZE + 1, 1);
    memset(bytes, 'x', DOCUMENT_MAX_SIZE + 1);
    struct side_files side = {{{slice_of(NOTE_A), {bytes, DOCUMENT_MAX_SIZE + 1}}}, 1};
    char *found =
        review_of(&(struct review_request){.rules = missing, .config = config, .head = &side});
    assert_non_null(strstr(found, "undecided " NOTE_A " "));
    assert_null(strstr(found, "introduced"));
    free(found);
    free(bytes);
}

static void large_binary_files_are_not_read(void **state) {
    (void)state;
    static const char rules[] =
        RULE("conflict", "any", "  check: pattern\n  scope: file\n  forbid: BAD\n");
    char *bytes = memory_allocate(DOCUMENT_MAX_SIZE + 100, 1);
    struct slice content = {bytes, DOCUMENT_MAX_SIZE + 100};
    struct side_files side = {{{slice_of("a.pdf"), content},
                               {slice_of("b.PDF"), content},
                               {slice_of("c.Png"), content},
                               {slice_of("d.mp4"), content},
                               {slice_of("e.woff2"), content}},
                              5};
    char *found =
        review_of(&(struct review_request){.rules = rules, .config = config, .head = &side});
    assert_string_equal(found, "");
    free(found);
    free(bytes);
}

static void large_front_matter_is_undecided(void **state) {
    (void)state;
    static const char rules[] =
        RULE("unreadable", "notes", "  check: front-matter\n  finds: unreadable\n")
            RULE("keys", "notes", "  check: front-matter\n  finds: key-missing\n  keys: [date]\n");
    struct buffer text = BUFFER_EMPTY;
    buffer_append_string(&text, "---\n");
    while (text.size <= FRONT_MATTER_MAX_SIZE)
        buffer_append_string(&text, "# a comment in the front matter\n");
    buffer_append_string(&text, "---\nText\n");
    struct side_files side = {{{slice_of(NOTE_A), buffer_slice(&text)}}, 1};
    char *found =
        review_of(&(struct review_request){.rules = rules, .config = config, .head = &side});
    assert_string_equal(found,
                        "undecided " NOTE_A " unreadable: the front matter is larger than 64 KB\n");
    free(found);
    buffer_release(&text);
}

static void slow_patterns_are_undecided(void **state) {
    (void)state;
    static const char rules[] = RULE("slow", "notes",
                                     "  check: pattern\n  scope: file\n  forbid: '(a+)+$'\n")
        RULE("slow-required", "notes", "  check: pattern\n  scope: prose\n  require: '(a+)+$'\n");
    char text[4096];
    memset(text, 'a', sizeof text);
    memcpy(text + sizeof text - 2, "!", 2);
    clock_t start = clock();
    expect_review(rules, config, NULL, FILES(NOTE_A, text),
                  "undecided " NOTE_A " slow: its pattern took too long here\n"
                  "undecided " NOTE_A " slow-required: its pattern took too long here\n");
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 10);
}

#define SLOW(id) RULE(id, "notes", "  check: pattern\n  scope: prose\n  forbid: '(a+)+$'\n")

/* A slow pattern dwells on each of the paragraphs. */
static void expect_slow(const char *rules, const char *expected) {
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < 40; i++)
        buffer_append_string(&text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n\n");
    buffer_append_string(&text, "?\n");
    expect_review(rules, config, NULL, FILES(NOTE_A, buffer_string(&text)), expected);
    buffer_release(&text);
}

static void slow_patterns_leave_time_to_others(void **state) {
    (void)state;
    static const char innocent[] =
        RULE("marks", "notes", "  check: pattern\n  scope: file\n  forbid: '[?]'\n");
    struct buffer rules = BUFFER_EMPTY;
    buffer_append_string(&rules, SLOW("a-slow"));
    buffer_append_string(&rules, innocent);
    expect_slow(buffer_string(&rules),
                "introduced marks " NOTE_A ":81 ?\n"
                "undecided " NOTE_A " a-slow: its pattern took too long here\n");
    buffer_clear(&rules);
    buffer_append_string(&rules, SLOW("a-slow") SLOW("b-slow") SLOW("c-slow") SLOW("d-slow")
                                     SLOW("e-slow"));
    buffer_append_string(&rules, innocent);
    expect_slow(buffer_string(&rules),
                "undecided " NOTE_A " a-slow: its pattern took too long here\n"
                "undecided " NOTE_A " b-slow: its pattern took too long here\n"
                "undecided " NOTE_A " c-slow: its pattern took too long here\n"
                "undecided " NOTE_A " not looked at by 3 other rules, since a-slow, b-slow "
                "and c-slow used up the time for one file\n");
    buffer_release(&rules);
}

static void many_findings_are_cut(void **state) {
    (void)state;
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < 60000; i++)
        buffer_append_string(&text, "BAD ");
    struct side_files side = {{{slice_of(NOTE_A), buffer_slice(&text)}}, 1};
    clock_t start = clock();
    char *found =
        review_of(&(struct review_request){.rules = bad_word, .config = config, .head = &side});
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 20);
    assert_non_null(strstr(found, "introduced bad-word " NOTE_A ":1 BAD\n"));
    assert_true(strlen(found) < 100000);
    free(found);
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_of_findings),
        cmocka_unit_test(brief_reviews_say_what_is_new),
        cmocka_unit_test(brief_reviews_know_suppressions),
        cmocka_unit_test(rename_carries_findings),
        cmocka_unit_test(deleted_note_is_fixed),
        cmocka_unit_test(lost_front_matter_mends_nothing),
        cmocka_unit_test(without_base_everything_is_introduced),
        cmocka_unit_test(untouched_files_are_not_read),
        cmocka_unit_test(severity_off_is_silent),
        cmocka_unit_test(paths_narrow),
        cmocka_unit_test(file_classes),
        cmocka_unit_test(template_is_no_note),
        cmocka_unit_test(note_named_after_the_template_is_a_note),
        cmocka_unit_test(base_decides_the_template),
        cmocka_unit_test(exact_template_needs_no_look),
        cmocka_unit_test(template_date_may_lack_zeros),
        cmocka_unit_test(large_files_are_undecided),
        cmocka_unit_test(one_byte_too_many_is_undecided_too),
        cmocka_unit_test(large_binary_files_are_not_read),
        cmocka_unit_test(large_front_matter_is_undecided),
        cmocka_unit_test(slow_patterns_are_undecided),
        cmocka_unit_test(slow_patterns_leave_time_to_others),
        cmocka_unit_test(many_findings_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
