#include "sample_verdict.h"

#include "report/excerpt.h"
#include "report/safe.h"

static const char image_missing[] = "image-missing";

static void test_formats_are_found_by_name(void **state) {
    (void)state;
    assert_ptr_equal(report_format_find("text")->write, report_text);
    assert_ptr_equal(report_format_find("github")->write, report_github);
    assert_ptr_equal(report_format_find("json")->write, report_json);
    assert_null(report_format_find("Text"));
    assert_null(report_format_find(""));
    for (const struct report_format *format = report_formats; format->name; format++)
        assert_true(strlen(format->summary) > 0);
}

static void test_clean_is_one_line(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_expect("text", &verdict,
                  "scribelint: 2 files checked against 24 rules (base 1c25d27, head index): "
                  "nothing found\n");
    verdict = (struct verdict){.head = "worktree", .files = 1, .rules = 1};
    sample_expect("text", &verdict,
                  "scribelint: 1 file checked against 1 rule (head worktree): nothing found\n");
}

static void test_clean_with_carried_says_so(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, image_missing, "a.md", "m")->state = FINDING_CARRIED;
    sample_expect("text", &verdict,
                  "scribelint: 2 files checked against 24 rules (base 1c25d27, head index): "
                  "nothing introduced; 1 carried\n");
}

static void add_story(struct verdict *verdict) {
    static const char fix[] =
        "Commit the image in the same pull request, below assets/img/, and write its path exactly "
        "as it is spelled there.";
    struct finding *finding = sample_finding(verdict, image_missing, "b.md", "no image \"x.png\"");
    sample_place(finding, 12, 5, 15, "See ![](x.png) for more");
    finding->fix = slice_of(fix);
    finding = sample_finding(verdict, image_missing, "b.md", "no image \"y.png\"");
    sample_place(finding, 7, 2, 12, "\t![](y.png)");
    finding->fix = slice_of(fix);
    finding = sample_finding(verdict, "front-matter-missing", "b.md", "no front matter");
    finding->severity = SEVERITY_WARNING;
    finding = sample_finding(verdict, image_missing, "c.md", "no image \"z.png\"");
    sample_place(finding, 1, 1, 3, "z");
    finding->fix = slice_of(fix);
    finding->severity = SEVERITY_NOTICE;
}

static void test_groups_by_file_and_tells_a_fix_once(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    add_story(&verdict);
    sample_expect(
        "text", &verdict,
        "b.md\n"
        "          warning  no front matter  [front-matter-missing]\n"
        "\n"
        "     7:2  error  no image \"y.png\"  [image-missing]\n"
        "      7 |  ![](y.png)\n"
        "        |  ^~~~~~~~~~\n"
        "    fix:  Commit the image in the same pull request, below assets/img/, and write "
        "its path\n"
        "          exactly as it is spelled there.\n"
        "\n"
        "    12:5  error  no image \"x.png\"  [image-missing]\n"
        "     12 | See ![](x.png) for more\n"
        "        |     ^~~~~~~~~~\n"
        "\n"
        "c.md\n"
        "     1:1  notice  no image \"z.png\"  [image-missing]\n"
        "      1 | z\n"
        "        | ^~\n"
        "    fix:  Commit the image in the same pull request, below assets/img/, and write "
        "its path\n"
        "          exactly as it is spelled there.\n"
        "\n"
        "2 errors, 1 warning, 1 notice introduced (2 blocking);\n2 files checked against "
        "24 rules (base 1c25d27, head index)\n");
}

static void test_another_fix_of_the_same_rule_is_told(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, image_missing, "a.md", "1")->fix = slice_of("one");
    sample_finding(&verdict, image_missing, "a.md", "2")->fix = slice_of("two");
    sample_finding(&verdict, image_missing, "a.md", "3")->fix = slice_of("two");
    char *report = sample_report("text", &verdict, false);
    assert_int_equal(sample_count(report, "    fix:  one\n"), 1);
    assert_int_equal(sample_count(report, "    fix:  two\n"), 1);
    assert_int_equal(sample_count(report, "fix:"), 2);
    free(report);
    verdict_release(&verdict);
}

static void test_thanks_and_remarks(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    for (size_t i = 1; i <= 7; i++) {
        struct finding *finding = sample_finding(&verdict, image_missing, "a.md", "m");
        finding->state = FINDING_FIXED;
        finding->side = SIDE_BASE;
        if (i > 1)
            sample_place(finding, i, 1, 2, "x");
        sample_remark(&verdict, &verdict.skipped, "a.pdf", "not text");
    }
    sample_remark(&verdict, &verdict.undecided, "b.md", "rule x hit its limit");
    sample_remark(&verdict, &verdict.undecided, "", "shallow clone; run git fetch --unshallow");
    sample_remark(&verdict, &verdict.notes, "", "fig.png is not staged");
    sample_expect("text", &verdict,
                  "fixed, thank you: image-missing (a.md), image-missing (a.md:2), image-missing "
                  "(a.md:3), image-missing (a.md:4), image-missing (a.md:5) and 2 more\n"
                  "undecided: b.md: rule x hit its limit\n"
                  "undecided: shallow clone; run git fetch --unshallow\n"
                  "skipped: a.pdf: not text\n"
                  "skipped: a.pdf: not text\n"
                  "skipped: a.pdf: not text\n"
                  "skipped: a.pdf: not text\n"
                  "skipped: a.pdf: not text\n"
                  "skipped: and 2 more\n"
                  "note: fig.png is not staged\n"
                  "nothing introduced; 7 fixed; 2 undecided;\n2 files checked against 24 rules, 7 "
                  "skipped (base 1c25d27, head index)\n");
}

static void expect_last_line(enum severity severity, enum severity fail_on, const char *base,
                             const char *expected) {
    struct verdict verdict = sample_verdict();
    struct report_options options = {.fail_on = fail_on};
    struct buffer output = BUFFER_EMPTY;
    verdict.base = base;
    sample_finding(&verdict, "r", "a.md", "m")->severity = severity;
    report_text(&output, &verdict, &options);
    assert_non_null(strstr(buffer_string(&output), expected));
    buffer_release(&output);
    verdict_release(&verdict);
}

static void test_last_line_says_what_blocks(void **state) {
    (void)state;
    expect_last_line(SEVERITY_ERROR, SEVERITY_ERROR, "index", "\n1 error introduced (blocking); ");
    expect_last_line(SEVERITY_WARNING, SEVERITY_ERROR, "index",
                     "\n1 warning introduced (not blocking); ");
    expect_last_line(SEVERITY_WARNING, SEVERITY_NOTICE, "index",
                     "\n1 warning introduced (blocking); ");
    expect_last_line(SEVERITY_ERROR, SEVERITY_OFF, "index",
                     "\n1 error introduced (not blocking); ");
    expect_last_line(SEVERITY_ERROR, SEVERITY_ERROR, NULL, "\n1 error found (blocking); ");
}

static void expect_offer(enum finding_state finding_state, const char *command, bool offered) {
    struct verdict verdict = sample_verdict();
    struct report_options options = {.fail_on = SEVERITY_ERROR, .mend = command};
    struct edit edit = {.kind = EDIT_RENAME, .path = slice_of("a.md"), .text = slice_of("b.md")};
    struct buffer output = BUFFER_EMPTY;
    for (int i = 0; i < 3; i++) {
        struct finding *finding = sample_finding(&verdict, "r", "a.md", "m");
        finding->state = finding_state;
        if (i)
            finding_add_edit(&verdict.findings, finding, &edit);
    }
    report_text(&output, &verdict, &options);
    assert_int_equal(
        slice_ends_with(buffer_slice(&output), ")\nscribelint fix  mends 2 of these\n"), offered);
    assert_int_equal(strstr(buffer_string(&output), "mends") != NULL, offered);
    buffer_release(&output);
    verdict_release(&verdict);
}

static void test_what_fix_can_mend_is_offered(void **state) {
    (void)state;
    expect_offer(FINDING_INTRODUCED, "scribelint fix", true);
    expect_offer(FINDING_INTRODUCED, NULL, false);
    expect_offer(FINDING_CARRIED, "scribelint fix", false);
}

static void test_what_is_not_shown_is_not_offered(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct report_options options = {
        .fail_on = SEVERITY_ERROR, .least = SEVERITY_WARNING, .mend = "scribelint fix"};
    struct edit edit = {.kind = EDIT_RENAME, .path = slice_of("a.md"), .text = slice_of("b.md")};
    struct buffer output = BUFFER_EMPTY;
    struct finding *finding = sample_finding(&verdict, "r", "a.md", "m");
    finding->severity = SEVERITY_NOTICE;
    finding_add_edit(&verdict.findings, finding, &edit);
    sample_finding(&verdict, "r", "a.md", "another");
    report_text(&output, &verdict, &options);
    assert_null(strstr(buffer_string(&output), "mends"));
    options.least = SEVERITY_NOTICE;
    report_text(&output, &verdict, &options);
    assert_non_null(strstr(buffer_string(&output), "mends 1 of these"));
    buffer_release(&output);
    verdict_release(&verdict);
}

static void test_colour(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct finding *finding = sample_finding(&verdict, "r", "a.md", "m");
    sample_place(finding, 1, 2, 4, "abcd");
    finding->fix = slice_of("f");
    char *report = sample_report("text", &verdict, true);
    assert_string_equal(report,
                        "\033[1ma.md\033[0m\n"
                        "     1:2  \033[1;31merror\033[0m  m  \033[2m[r]\033[0m\n"
                        "\033[2m      1 | \033[0mabcd\n"
                        "\033[2m        | \033[1;31m ^~\033[0m\n"
                        "\033[32m    fix:  \033[0mf\n"
                        "\n"
                        "\033[1m1 error introduced (blocking); 2 files checked against 24 rules "
                        "(base 1c25d27, head index)\033[0m\n");
    free(report);
    verdict_release(&verdict);
}

static void test_hostile_text_is_harmless(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct finding *finding = sample_finding(&verdict, "r", "::error::" HOSTILE, HOSTILE);
    sample_place(finding, 1, 1, 2, HOSTILE);
    finding->fix = slice_of(HOSTILE);
    finding = sample_finding(&verdict, "r", "fixed", "m");
    finding->path = slice_of(HOSTILE);
    finding->state = FINDING_FIXED;
    sample_remark(&verdict, &verdict.skipped, HOSTILE, HOSTILE);
    sample_remark(&verdict, &verdict.undecided, HOSTILE, HOSTILE);
    sample_remark(&verdict, &verdict.notes, "", HOSTILE);
    sample_expect(
        "text", &verdict,
        "./::error::" HOSTILE_SHOWN "\n"
        "     1:1  error  " HOSTILE_SHOWN "  [r]\n"
        "      1 | " HOSTILE_SHOWN "\n"
        "        | ^~~~\n"
        "    fix:  " HOSTILE_SHOWN "\n"
        "\n"
        "fixed, thank you: r (" HOSTILE_SHOWN ")\n"
        "undecided: " HOSTILE_SHOWN ": " HOSTILE_SHOWN "\n"
        "skipped: " HOSTILE_SHOWN ": " HOSTILE_SHOWN "\n"
        "note: " HOSTILE_SHOWN "\n"
        "1 error introduced (blocking); 1 fixed; 1 undecided;\n2 files checked against 24 rules, 1 "
        "skipped (base 1c25d27, head index)\n");
}

static void expect_path(const char *path, const char *expected) {
    struct buffer output = BUFFER_EMPTY;
    safe_append_path(&output, slice_of(path));
    assert_string_equal(buffer_string(&output), expected);
    buffer_release(&output);
}

static void test_paths_may_be_first_in_a_line(void **state) {
    (void)state;
    expect_path("_posts/a.md", "_posts/a.md");
    expect_path("::error::", "./::error::");
    expect_path(" ::error::", "./ ::error::");
    expect_path("\xE3\x80\x80::error::", "./\xE3\x80\x80::error::");
    expect_path("\t::error::", "./\\t::error::");
    expect_path("##[error]", "##\\[error]");
    expect_path("###[error]", "###\\[error]");
    expect_path("# #[error] #[", "# #[error] #[");
}

static void test_commands_are_not_joined_from_pieces(void **state) {
    (void)state;
    struct buffer output = BUFFER_EMPTY;
    safe_append(&output, slice_of("a##"));
    safe_append(&output, slice_of("[b"));
    safe_append(&output, slice_of("##[##["));
    assert_string_equal(buffer_string(&output), "a##\\[b##\\[##\\[");
    buffer_release(&output);
}

/* No line of a wrapped fix begins with what could be a command. */
static void test_wrapping_begins_no_line_with_a_command(void **state) {
    (void)state;
    struct buffer fix = BUFFER_EMPTY;
    for (int i = 0; i < 40; i++)
        buffer_append_string(&fix, "::error::x \xE3\x80\x80 ::stop-commands::y ");
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "r", "a.md", "m")->fix = buffer_slice(&fix);
    char *report = sample_report("text", &verdict, false);
    assert_int_equal(sample_count(report, "\n"), 5);
    free(report);
    verdict_release(&verdict);
    buffer_release(&fix);
}

static void test_long_headlines_are_wrapped(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct finding *finding = sample_finding(
        &verdict, image_missing, "a.md",
        "image \"assets/img/notes/lecture-04/page-table.png\" is spelled \"Page-Table-1.PNG\"");
    sample_place(finding, 120, 35, 36, "");
    sample_finding(&verdict, "z", "a.md",
                   "a message that ends where only a rule of a short name has room left here")
        ->severity = SEVERITY_NOTICE;
    sample_finding(&verdict, "zzzzzz", "a.md",
                   "a message that ends where only a rule of a short name has room left here")
        ->severity = SEVERITY_NOTICE;
    char *report = sample_report("text", &verdict, false);
    assert_non_null(strstr(report, "  120:35  error  image \"assets/img/notes/lecture-04/"
                                   "page-table.png\" is spelled\n"
                                   "                 \"Page-Table-1.PNG\"  [image-missing]\n"));
    assert_non_null(strstr(report, "has room left here  [z]\n"));
    assert_non_null(strstr(report, "has room left here\n                  [zzzzzz]\n"));
    free(report);
    verdict_release(&verdict);
}

static void test_commands_are_not_broken(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct finding *finding = sample_finding(&verdict, "r", "a.md", "m");
    finding->fix = slice_of("leave it out of this pull request unless it is meant: git checkout "
                            "7cdc004407 -- 'a file/README.md', or say why you do it");
    char *report = sample_report("text", &verdict, false);
    assert_non_null(
        strstr(report, "    fix:  leave it out of this pull request unless it is meant:\n"
                       "          git checkout 7cdc004407 -- 'a file/README.md', or say why you do "
                       "it\n"));
    free(report);
    verdict_release(&verdict);
}

static void test_long_messages_are_cut(void **state) {
    (void)state;
    char message[5001];
    memset(message, 'm', 5000);
    message[5000] = '\0';
    struct verdict verdict = sample_verdict();
    sample_finding(&verdict, "r", "a.md", message);
    char *report = sample_report("text", &verdict, false);
    assert_non_null(strstr(report, "mmm\u2026\n                 [r]\n"));
    assert_int_equal(sample_count(report, "m"), 997 + 1); /* and the one of a.md */
    free(report);
    verdict_release(&verdict);
}

static void test_cut_keeps_characters_whole(void **state) {
    (void)state;
    const struct {
        const char *text;
        size_t limit;
        const char *expected;
    } cases[] = {
        {"abcdef", 6, "abcdef"},
        {"abcdefg", 6, "abc\u2026"},
        {"ab\u00e9\u00e9", 6, "ab\u00e9\u00e9"},
        {"ab\u00e9\u00e9x", 6, "ab\u2026"},
        {"\u6f22\u5b57\u6f22", 8, "\u6f22\u2026"},
        {"", 3, ""},
        {"\xFF\xFF", 4, "\\\u2026"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer output = BUFFER_EMPTY;
        safe_append_cut(&output, slice_of(cases[i].text), cases[i].limit);
        assert_string_equal(buffer_string(&output), cases[i].expected);
        buffer_release(&output);
    }
}

static void expect_excerpt(const char *text, size_t column, size_t end_column, const char *line,
                           const char *mark) {
    struct finding finding = {0};
    struct buffer shown = BUFFER_EMPTY, marks = BUFFER_EMPTY;
    buffer_append_string(&shown, "left over");
    sample_place(&finding, 1, column, end_column, text);
    assert_int_equal(excerpt_render(&shown, &marks, &finding), *line != '\0');
    assert_string_equal(buffer_string(&shown), line);
    assert_string_equal(buffer_string(&marks), mark);
    buffer_release(&shown);
    buffer_release(&marks);
}

static void test_excerpts(void **state) {
    (void)state;
    expect_excerpt("", 1, 1, "", "");
    expect_excerpt(" \t", 1, 2, "", "");
    expect_excerpt("abc", 1, 4, "abc", "^~~");
    expect_excerpt("abc", 2, 2, "abc", " ^");
    expect_excerpt("abc", 4, 4, "abc", "   ^");
    expect_excerpt("abc", 99, 120, "abc", "   ^");
    expect_excerpt("abc", 3, 1, "abc", "  ^");
    expect_excerpt("\ta\tb", 4, 5, " a b", "   ^");
    expect_excerpt("\u6f22\u5b57ab", 2, 4, "\u6f22\u5b57ab", "  ^~~");
    expect_excerpt("e\u0301x", 3, 4, "e\u0301x", " ^");
    expect_excerpt("e\u0301x", 2, 3, "e\u0301x", " ^");
    expect_excerpt("\u202Eab", 2, 3, "\\u{202E}ab", "        ^");
    expect_excerpt("\xFF"
                   "ab",
                   2, 3, "\\xFFab", "    ^");
    expect_excerpt("##[ab", 4, 5, "##\\[ab", "    ^");
    expect_excerpt("\uFEFFab", 1, 2, "ab", "^");
}

static void test_excerpt_of_several_lines_is_marked_to_the_end(void **state) {
    (void)state;
    struct finding finding = {0};
    struct buffer line = BUFFER_EMPTY, mark = BUFFER_EMPTY;
    sample_place(&finding, 1, 2, 1, "abcd");
    finding.end.line = 3;
    assert_true(excerpt_render(&line, &mark, &finding));
    assert_string_equal(buffer_string(&mark), " ^~~");
    buffer_release(&line);
    buffer_release(&mark);
}

/* Whatever stands before it, the place is in sight and the line is not endless. */
static void expect_cut(const char *filler, size_t before, size_t after) {
    struct finding finding = {0};
    struct buffer text = BUFFER_EMPTY, line = BUFFER_EMPTY, mark = BUFFER_EMPTY;
    for (size_t i = 0; i < before; i++)
        buffer_append_string(&text, filler);
    buffer_append_string(&text, "HERE");
    for (size_t i = 0; i < after; i++)
        buffer_append_string(&text, filler);
    sample_place(&finding, 1, before + 1, before + 5, buffer_string(&text));
    assert_true(excerpt_render(&line, &mark, &finding));
    assert_non_null(strstr(buffer_string(&line), "HERE"));
    assert_true(slice_ends_with(buffer_slice(&mark), "^~~~"));
    assert_true(mark.size <= EXCERPT_WIDTH + 8);
    assert_true(line.size <= 600);
    buffer_release(&text);
    buffer_release(&line);
    buffer_release(&mark);
}

static void test_long_lines_are_cut_around_the_place(void **state) {
    (void)state;
    const char *fillers[] = {"x", "\u6f22", "\u202E", "\u0301", "\xFF", "\t", "["};
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++) {
        expect_cut(fillers[i], 0, 5000);
        expect_cut(fillers[i], 59, 5000);
        expect_cut(fillers[i], 61, 5000);
        expect_cut(fillers[i], 5000, 5000);
        expect_cut(fillers[i], 5000, 0);
    }
}

static void test_cut_lines_say_so(void **state) {
    (void)state;
    char text[201], line[128] = "";
    memset(text, 'x', 200);
    text[200] = '\0';
    memset(line, 'x', 85);
    memcpy(line + 85, "\u2026", 4);
    expect_excerpt(text, 1, 2, line, "^");
    memset(line, 0, sizeof line);
    memcpy(line, "\u2026", 3);
    memset(line + 3, 'x', 84);
    memcpy(line + 87, "\u2026", 3);
    expect_excerpt(text, 101, 102, line, "                               ^");
}

static void test_many_findings(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    for (size_t i = 0; i < 500; i++)
        sample_place(sample_finding(&verdict, "r", "a.md", "m"), 500 - i, 1, 2, "x");
    char *report = sample_report("text", &verdict, false);
    assert_int_equal(sample_count(report, "\n"), 1 + 4 * 500 + 1);
    assert_int_equal(sample_count(report, "a.md"), 1);
    assert_non_null(strstr(report, "a.md\n     1:1  error"));
    assert_non_null(strstr(report, "\n\n500 errors introduced (blocking); "));
    free(report);
    verdict_release(&verdict);
}

/* --- For a hook ------------------------------------------------------------------------------- */

/* Findings of one line each that take five lines in full: "a.md" with `count` of them. */
static void expect_fitting(size_t lines, size_t count, const char *expected) {
    struct verdict verdict = sample_verdict();
    struct buffer output = BUFFER_EMPTY;
    struct report_options options = {.fail_on = SEVERITY_ERROR, .fits = lines};
    for (size_t i = 0; i < count; i++) {
        struct finding *finding = sample_finding(&verdict, "wrong", "a.md", "m");
        sample_place(finding, i + 1, 1, 3, "ab");
        finding->severity = i == 0 ? SEVERITY_NOTICE : SEVERITY_ERROR;
        finding->fix = slice_of(i % 2 ? "odd" : "even");
    }
    finding_list_sort(&verdict.findings);
    report_text(&output, &verdict, &options);
    assert_memory_equal(buffer_string(&output), expected, strlen(expected));
    buffer_release(&output);
    verdict_release(&verdict);
}

#define IN_FULL(line, fix)                                                                         \
    "     " line ":1  error  m  [wrong]\n      " line " | ab\n        | ^~\n    fix:  " fix "\n"
#define IN_SHORT(line, severity) "     " line ":1  " severity "  m  [wrong]\n"

/* Some in full, then as many in short as there is room for; the notice goes first. */
static void test_findings_fit(void **state) {
    (void)state;
    expect_fitting(10, 2,
                   "a.md\n     1:1  notice  m  [wrong]\n      1 | ab\n        | ^~\n"
                   "    fix:  even\n\n" IN_FULL("2", "odd") "\n1 error,");
    expect_fitting(15, 4,
                   "a.md\n" IN_SHORT("1", "notice") "\n" IN_FULL("2", "odd") "\n" IN_FULL(
                       "3", "even") "\n" IN_SHORT("4", "error") "\n3 errors,");
    expect_fitting(12, 5,
                   "a.md\n" IN_FULL("2", "odd") "\n" IN_FULL("3", "even") "\n" IN_SHORT(
                       "4", "error") "\n          2 more findings; --max 0"
                                     " shows all\n\n4 errors,");
    expect_fitting(
        3, 3, "a.md\n" IN_FULL("2", "odd") "\n" IN_FULL("3", "even") "\n          1 more finding;");
}

static void test_less_severe_ones_are_left_out(void **state) {
    (void)state;
    struct verdict verdict = sample_verdict();
    struct remark_list hints = {0};
    struct buffer output = BUFFER_EMPTY;
    struct report_options options = {.fail_on = SEVERITY_ERROR,
                                     .quiet = true,
                                     .least = SEVERITY_WARNING,
                                     .most = 1,
                                     .hints = &hints,
                                     .whole = "scribelint check"};
    sample_finding(&verdict, "noted", "a.md", "m")->severity = SEVERITY_NOTICE;
    report_text(&output, &verdict, &options);
    assert_string_equal(buffer_string(&output), "");
    sample_finding(&verdict, "warned", "a.md", "m")->severity = SEVERITY_WARNING;
    sample_finding(&verdict, "wrong", "b.md", "m");
    finding_list_sort(&verdict.findings);
    sample_remark(&verdict, &hints, "", "x.png is on your disk ##[but");
    report_text(&output, &verdict, &options);
    static const char expected[] = "b.md\n"
                                   "          error  m  [wrong]\n"
                                   "\n"
                                   "          1 more finding; scribelint check shows all\n"
                                   "\n"
                                   "hint: x.png is on your disk ##\\[but\n"
                                   "1 error, 1 warning, 1 notice introduced (1 blocking);\n";
    assert_memory_equal(buffer_string(&output), expected, sizeof expected - 1);
    free(hints.items);
    buffer_release(&output);
    verdict_release(&verdict);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_formats_are_found_by_name),
        cmocka_unit_test(test_clean_is_one_line),
        cmocka_unit_test(test_clean_with_carried_says_so),
        cmocka_unit_test(test_groups_by_file_and_tells_a_fix_once),
        cmocka_unit_test(test_another_fix_of_the_same_rule_is_told),
        cmocka_unit_test(test_thanks_and_remarks),
        cmocka_unit_test(test_last_line_says_what_blocks),
        cmocka_unit_test(test_what_fix_can_mend_is_offered),
        cmocka_unit_test(test_colour),
        cmocka_unit_test(test_hostile_text_is_harmless),
        cmocka_unit_test(test_paths_may_be_first_in_a_line),
        cmocka_unit_test(test_commands_are_not_joined_from_pieces),
        cmocka_unit_test(test_wrapping_begins_no_line_with_a_command),
        cmocka_unit_test(test_long_headlines_are_wrapped),
        cmocka_unit_test(test_commands_are_not_broken),
        cmocka_unit_test(test_what_is_not_shown_is_not_offered),
        cmocka_unit_test(test_long_messages_are_cut),
        cmocka_unit_test(test_cut_keeps_characters_whole),
        cmocka_unit_test(test_excerpts),
        cmocka_unit_test(test_excerpt_of_several_lines_is_marked_to_the_end),
        cmocka_unit_test(test_long_lines_are_cut_around_the_place),
        cmocka_unit_test(test_cut_lines_say_so),
        cmocka_unit_test(test_many_findings),
        cmocka_unit_test(test_findings_fit),
        cmocka_unit_test(test_less_severe_ones_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
