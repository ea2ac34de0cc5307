#include "document_fixture.h"
#include "schedule_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_span(const struct lecture *row, struct span span, const char *expected) {
    assert_slice(slice_part(row->file->source.bytes, span.start, span.end), expected);
}

static void assert_link(const struct lecture *row, enum link_role role, const char *destination,
                        const char *path, const char *written) {
    const struct lecture_link *link = lecture_find_link(row, role);
    assert_non_null(link);
    assert_slice(link->destination, destination);
    assert_slice(link->path, path);
    assert_span(row, link->span, written);
    assert_int_equal(link->placeholder, !*destination || !strcmp(destination, "#"));
}

#define MODULE(title, status) "---\ntitle: " title "\nstatus: " status "\n---\n\n"

/* --- Module pages ----------------------------------------------------------------------------- */

static void modules(void **state) {
    (void)state;
    struct course course = {0};
    course_add(&course, "_config.yml",
               "title: Course\nbaseurl: /course-f25\ncollections: {modules: }\n");
    course_add(&course, "index.md",
               "---\n---\n{% assign mods = site.modules %}{% for m in mods %}"
               "{% if m.status == 'Active' %}{{ m }}{% endif %}{% endfor %}\n");
    course_add(&course, "_modules/week-10.md",
               MODULE("Week 10", "Active") "Nov 4\n: **3**{: .label} C\n");
    course_add(
        &course, "_modules/week-2.md",
        MODULE("Week 2", "Active") "Oct 7 \n: **1**{: .label} *A* &amp; [b](x.html)\n"
                                   "  : [Slides](slides/1. a.pdf) &#8226; "
                                   "[Recording](https://v.example/1) &#8226; "
                                   "[Scribe Notes](#)\n: **Readings**{: .label .red} [Slides of "
                                   "others](https://o.example)\n"
                                   "\n\nOct 9\n: Holiday\n\nOct 14\n: **2**{: .label} B\n  <!-- : "
                                   "[Slides](y.pdf) -->\n"
                                   "\n<!--\nOct 16\n: **9**{: .label} Old\n-->\n");
    course_add(&course, "_modules/week-11.md",
               MODULE("Week 11", "Later") "May 6\n: **1**{: .label} S\n");
    course_add(&course, "slides/1. a.pdf", "%PDF");
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->form, SCHEDULE_MODULES);
    assert_rows(schedule, "2025-10-07 1 A & b\n2025-10-09 0 Holiday none\n2025-10-14 2 B\n"
                          "2025-10-16 0 Old hidden\n2025-11-04 3 C\n2025-05-06 0 S hidden\n");
    assert_true(schedule->numbers_run_on);
    assert_int_equal(schedule->year_source, YEAR_SITE);
    assert_int_equal(schedule->weekdays, 1 << 2);
    assert_slice(schedule->files[0].title, "Week 2");
    assert_true(schedule->files[2].hidden);
    assert_slice(schedule->undecided, "");
    const struct lecture *row = &schedule->lectures[0];
    assert_link(row, LINK_SLIDES, "slides/1. a.pdf", "slides/1. a.pdf",
                "[Slides](slides/1. a.pdf)");
    assert_link(row, LINK_RECORDING, "https://v.example/1", "", "[Recording](https://v.example/1)");
    assert_link(row, LINK_NOTES, "#", "", "[Scribe Notes](#)");
    assert_int_equal(row->link_count, 5);
    assert_slice(row->date_text, "Oct 7");
    assert_span(row, row->date_span, "Oct 7");
    assert_span(row, row->label_span, "1");
    assert_span(row, row->title_span, "*A* &amp; [b](x.html)");
    assert_span(row, row->links_span,
                "[Slides](slides/1. a.pdf) &#8226; [Recording](https://v.example/1) &#8226; "
                "[Scribe Notes](#)");
    assert_int_equal(schedule->lectures[2].link_count, 0);
    assert_span(&schedule->lectures[3], schedule->lectures[3].row, "Oct 16\n: **9**{: .label} Old");
    course_release(&course);
}

static void labels_that_restart(void **state) {
    (void)state;
    struct course course = {.commit_year = 2024};
    course_add(&course, "_modules/a.md",
               "Jan 8\r\n: **1**{: .label} A\r\n\r\nJan 10\r\n: **2**{: .label} "
               "Lecture canceled\r\n\r\nJan 12\r\n: **3**{: .label} B\r\n  : "
               "[Notes]()\r\n");
    course_add(&course, "_modules/b.md",
               "Jan 15\n: **1**{: .label} MLK Day\n\nJan 17\n: **2**{: .label} "
               "Guest Lecture - [Prof. Kim Lee](https://k.example)\n");
    course_add(&course, "_modules/c.md", "Jan 22\n: **1**{: .label} Break-even analysis\n");
    const struct schedule *schedule = course_read(&course);
    assert_false(schedule->numbers_run_on);
    assert_rows(schedule, "2024-01-08 1 A\n2024-01-10 0 Lecture canceled canceled\n2024-01-12 2 B\n"
                          "2024-01-15 0 MLK Day none\n"
                          "2024-01-17 3 Guest Lecture - Prof. Kim Lee guest by Prof. Kim Lee\n"
                          "2024-01-22 4 Break-even analysis\n");
    assert_int_equal(schedule->year_source, YEAR_WEEKDAY);
    assert_link(&schedule->lectures[2], LINK_NOTES, "", "", "[Notes]()");
    assert_span(&schedule->lectures[2], schedule->lectures[2].links_span, "[Notes]()");
    assert_ptr_equal(schedule_find_number(schedule, 3), &schedule->lectures[4]);
    assert_null(schedule_find_number(schedule, 9));
    assert_null(schedule_find_number(schedule, 0));
    assert_ptr_equal(schedule_next(schedule, 1), &schedule->lectures[2]);
    assert_null(schedule_next(schedule, 6));
    course_release(&course);
}

/* A label that another lecture has says nothing; one that is there once does. */
static void called(void **state) {
    (void)state;
    static const struct {
        const char *labels[4];
        bool run_on;
        long called[4];
    } cases[] = {{{"1", "2", "3", "4"}, true, {1, 2, 3, 4}},
                 {{"5", "6", "7", "8"}, true, {5, 6, 7, 8}},
                 {{"", "", "", ""}, true, {1, 2, 3, 4}},
                 {{"1", "2", "1", "2"}, false, {0, 0, 0, 0}},
                 {{"1", "2", "1", "3"}, false, {0, 2, 0, 3}},
                 {{"1", "Lecture 2", "Lecture 1", "Lecture 12"}, false, {0, 2, 0, 12}}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct course course = {.commit_year = 2025};
        struct buffer text = BUFFER_EMPTY;
        for (size_t k = 0; k < 4; k++)
            buffer_append_format(&text, "Oct %zu\n: **%s**{: .label} T\n  : [Slides]()\n\n", k + 7,
                                 cases[i].labels[k]);
        course_add(&course, "_modules/a.md", buffer_string(&text));
        const struct schedule *schedule = course_read(&course);
        assert_int_equal(schedule->lecture_count, 4);
        assert_int_equal(schedule->numbers_run_on, cases[i].run_on);
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(schedule->lectures[k].called, cases[i].called[k]);
        buffer_release(&text);
        course_release(&course);
    }
}

static void a_label_given_twice_is_no_restart(void **state) {
    (void)state;
    struct course course = {.commit_year = 2025};
    course_add(&course, "_modules/a.md",
               "Oct 7\n: **4**{: .label} A\n\nOct 9\n: **5**{: .label} B\n");
    course_add(&course, "_modules/b.md",
               "Oct 14\n: **5**{: .label} C\n\nOct 16\n: **7**{: .label} D\n");
    const struct schedule *schedule = course_read(&course);
    assert_true(schedule->numbers_run_on);
    assert_int_equal(schedule->lectures[2].number, 5);
    assert_null(schedule_find_number(schedule, 5));
    assert_ptr_equal(schedule_find_day(schedule, (struct day){.month = 10, .day = 14}),
                     &schedule->lectures[2]);
    course_release(&course);
}

static void rows_without_labels(void **state) {
    (void)state;
    struct course course = {.settings = "course: {year: 2023}\n", .commit_year = 2025};
    course_add(
        &course, "_modules/a.md",
        "Wed, Sep 27\n: Lecture 1: Sorting\n  : [Notes](n/1.pdf), [Video](v)\n: HW 1 due\n\n"
        "Fri, Sep 29\n: **Section**{: .label} [Worksheet](w.pdf)\n\n"
        "Mon, Oct 2\n: **Lecture**{: .label} **Hashing** [Slides](h.pdf) | [Notes](n.pdf)\n\n"
        "Week one\n: text\n\nTBD\n: **7** Last\n");
    const struct schedule *schedule = course_read(&course);
    assert_rows(schedule, "2023-09-27 1 Sorting\n2023-09-29 0 Section Worksheet none\n"
                          "2023-10-02 0 Hashing\n0000-00-00 7 Last\n");
    assert_int_equal(schedule->year_source, YEAR_CONFIGURATION);
    const struct lecture *row = &schedule->lectures[2];
    assert_span(row, row->title_span, "**Hashing**");
    assert_span(row, row->links_span, "[Slides](h.pdf) | [Notes](n.pdf)");
    assert_slice(schedule->lectures[0].label, "Lecture 1");
    assert_slice(schedule->lectures[3].date_text, "TBD");
    course_release(&course);
}

static void what_the_pasting_page_leaves_out(void **state) {
    (void)state;
    static const struct {
        const char *liquid;
        bool hidden[4];
    } cases[] = {
        {"{{ site.modules }}", {false, false, false, false}},
        {"{% for m in site.modules %}{{ m }}{% endfor %}", {false, false, false, false}},
        {"{% assign a = site.modules | where: 'class', 'X' %}", {false, false, true, true}},
        {"{%- assign a = site.modules | where: \"class\", \"X\" | sort: 'n' -%}"
         "{%- for m in a -%}{%- if m.kind == 'open' -%}{{- m -}}{%- endif -%}{%- endfor -%}",
         {false, true, true, true}},
        {"{% for m in site.modules %}{% unless m.kind == 'open' %}{{ m.content }}{% endunless %}"
         "{% endfor %}",
         {true, false, true, false}},
        {"{% for m in site.modules %}{% if m.kind != 'open' %}{% continue %}{% endif %}{{ m }}"
         "{% endfor %}",
         {false, true, false, true}},
        {"{% assign a = site.modules | where_exp: 'm', \"m.class == 'Y'\" %}",
         {true, true, false, false}},
        /* not about whether the page is there */
        {"{% for m in site.modules %}{{ m }}{% if m.kind == 'open' %}!{% endif %}{% endfor %}",
         {false, false, false, false}},
        {"{% for m in site.modules %}{% if m.kind == 'open' %}{{ m }}{% else %}- {{ m }}{% endif %}"
         "{% endfor %}",
         {false, false, false, false}},
        {"{{ site.modules }}{% assign s = site.staff | where: 'class', 'X' %}",
         {false, false, false, false}},
        {"{% assign a = site.modules | where: 'class', 'Z' %}", {false, false, false, false}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct course course = {0};
        course_add(&course, "index.md", cases[i].liquid);
        course_add(&course, "_modules/1.md", "---\nclass: X\nkind: open\n---\nJan 8\n: A\n");
        course_add(&course, "_modules/2.md", "---\nclass: X\nkind: shut\n---\nJan 9\n: A\n");
        course_add(&course, "_modules/3.md", "---\nclass: Y\nkind: open\n---\nJan 10\n: A\n");
        course_add(&course, "_modules/4.md", "---\nclass: Y\nkind: shut\n---\nJan 11\n: A\n");
        const struct schedule *schedule = course_read(&course);
        for (size_t k = 0; k < 4; k++) {
            assert_int_equal(schedule->files[k].hidden, cases[i].hidden[k]);
            assert_int_equal(schedule->lectures[k].hidden, cases[i].hidden[k]);
        }
        course_release(&course);
    }
}

static void broken_modules(void **state) {
    (void)state;
    struct course course = {.commit_year = 2025};
    course_add(&course, "_modules/1.md", "---\ntitle: a\n---\nOct 7\n: A\n");
    course_add(&course, "_modules/2.md", "---\ntitle: b\n---\nlorem ipsum\n");
    course_add(&course, "_modules/3.md", "---\ntitle: c\n---\n\n<!-- later -->\n");
    course_add(&course, "_modules/4.md", "---\ntitle: d\npublished: false\n---\nlorem ipsum\n");
    course_add(&course, "_modules/5.md", "---\ntitle: e\n---\nOct 9\n: B\n");
    const struct schedule *schedule = course_read(&course);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(schedule->files[i].broken != NULL, i == 1);
    const struct schedule_file *file = &schedule->files[1];
    assert_slice(slice_part(file->source.bytes, file->broken_span.start,
                            slice_find(file->source.bytes, "\n", file->broken_span.start)),
                 "lorem ipsum");
    course_release(&course);
}

/* --- Data files ------------------------------------------------------------------------------- */

static const char data_text[] =
    "- title: \"Part 1: Basics\"\n\n"
    "- date: 12/5\n  lecturer: Ada\n  title: >\n    <strong>Sets &amp; maps</strong> <br />\n"
    "    - trees\n  slides: \"s/1.pdf\"\n  video:\n  notes: '#'\n"
    "- {date: 12/7, title: No class (storm)}\n"
    "- date: 12/12\n  lecturer: guest lecture, <a href=\"x\">Kim Lee</a> @ Physics\n"
    "  title: Waves\n  notes:\n"
    "- date: 1/9\n  lecturer: Ada\n  title: |\n    Heaps\n  notes: notes/4.md # now\n"
    "- date: 1/11\n  lecturer: TBA\n  title: Break\n  slides: b.pdf\n"
    "- date: 1/16\n  lecturer: Ada\n  title: Last\n  hidden: true\n"
    "- date: 1/18\n  lecturer: Ada\n  title: Graphs\n  links: [{name: Slides, url: g.pdf}]\n"
    "- date: 1/20\n  lecturer: Ben\n  title: Talk\n  type: exam\n"
    "- date: 1/22\n  lecturer: Cy\n  title: Talk\n"
    "- date: 1/24\n  lecturer: Ada and Ben\n  title: End\n  notes: bring a pen\n";

static void data(void **state) {
    (void)state;
    struct course course = {.commit_year = 2024};
    course_add(&course, "_config.yml", "description: A course, Winter 2023\n");
    course_add(&course, "_data/news.yml",
               "[{date: 1/1, title: a}, {date: 1/2, title: b}, "
               "{date: 1/3, title: c}, {date: 1/4, title: d}]");
    course_add(&course, "_data/lectures.yml", data_text);
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->form, SCHEDULE_DATA);
    assert_rows(schedule,
                "2023-12-05 1 Sets & maps by Ada\n2023-12-07 0 No class (storm) none\n"
                "2023-12-12 2 Waves guest by Kim Lee\n2024-01-09 3 Heaps by Ada\n"
                "2024-01-11 4 Break\n2024-01-16 0 Last hidden by Ada\n2024-01-18 5 Graphs by Ada\n"
                "2024-01-20 0 Talk none by Ben\n2024-01-22 6 Talk guest by Cy\n"
                "2024-01-24 7 End by Ada and Ben\n");
    assert_slice(schedule->lecturer, "Ada");
    assert_int_equal(schedule->year_source, YEAR_SITE);
    const struct lecture *row = &schedule->lectures[0];
    assert_link(row, LINK_SLIDES, "s/1.pdf", "s/1.pdf", "\"s/1.pdf\"");
    assert_span(row, row->links[0].destination_span, "s/1.pdf");
    assert_link(row, LINK_RECORDING, "", "", "");
    assert_link(row, LINK_NOTES, "#", "", "'#'");
    assert_span(row, row->links_span, "slides: \"s/1.pdf\"\n  video:\n  notes: '#'");
    assert_span(row, row->date_span, "12/5");
    assert_span(row, row->speaker_span, "Ada");
    row = &schedule->lectures[2];
    assert_link(row, LINK_NOTES, "", "", "");
    assert_span(row, (struct span){row->links[0].span.start - 6, row->links[0].span.end}, "notes:");
    assert_span(row, row->row,
                "date: 12/12\n  lecturer: guest lecture, <a href=\"x\">Kim Lee</a> @ Physics\n"
                "  title: Waves\n  notes:");
    assert_link(&schedule->lectures[3], LINK_NOTES, "notes/4.md", "notes/4.md", "notes/4.md");
    assert_link(&schedule->lectures[6], LINK_SLIDES, "g.pdf", "g.pdf", "g.pdf");
    assert_int_equal(schedule->lectures[9].link_count, 0);
    course_release(&course);
}

static void data_by_configured_keys(void **state) {
    (void)state;
    struct course course = {.settings = "schedule:\n  files: plan/all.yml\n  keys:\n"
                                        "    date: Tag\n    title: Thema\n    number: Nr\n"
                                        "    lecturer: Wer\n    slides: Folien\n"
                                        "    notes: Mitschrift\n"};
    course_add(&course, "plan/all.yml",
               "weeks:\n- days:\n  - {Tag: 2025-10-07, Thema: A, Nr: 1, Wer: X, "
               "Folien: a.pdf, Mitschrift: '', date: 2001-01-01}\n"
               "- days:\n  - {Tag: 2025-10-09, Thema: B, Nr: 2, notes: c.pdf}\n");
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->form, SCHEDULE_DATA);
    assert_rows(schedule, "2025-10-07 1 A by X\n2025-10-09 2 B\n");
    assert_int_equal(schedule->year_source, YEAR_WRITTEN);
    assert_int_equal(schedule->year, 2025);
    assert_true(schedule->numbers_run_on);
    assert_link(&schedule->lectures[0], LINK_SLIDES, "a.pdf", "plan/a.pdf", "a.pdf");
    assert_link(&schedule->lectures[0], LINK_NOTES, "", "", "''");
    assert_null(lecture_find_link(&schedule->lectures[1], LINK_NOTES));
    course_release(&course);
}

static void broken_data(void **state) {
    (void)state;
    static const struct {
        const char *path, *text;
        bool broken;
    } cases[] = {
        {"_data/lectures.yml", "- date: [1\n", true},
        {"_data/lectures.yml", "just some words\n", true},
        {"_data/schedule.yml", "- a\n- b\n", true},
        {"_data/schedule.yml", "", true},
        {"_data/lectures.yml", "<<<<<<< HEAD\n- date: 1/2\n  title: x\n=======\n", true},
        {"_data/people.yml", "- a\n- b\n", false},
        {"_data/navigation.yml", "[", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct course course = {0};
        course_add(&course, cases[i].path, cases[i].text);
        const struct schedule *schedule = course_read(&course);
        assert_int_equal(schedule->form, cases[i].broken ? SCHEDULE_DATA : SCHEDULE_NONE);
        assert_int_equal(schedule->file_count, cases[i].broken);
        assert_int_equal(schedule->lecture_count, 0);
        if (cases[i].broken)
            assert_non_null(schedule->files[0].broken);
        course_release(&course);
    }
}

/* --- Tables ----------------------------------------------------------------------------------- */

static void table(void **state) {
    (void)state;
    struct course course = {.commit_year = 2025};
    course_add(&course, "index.md",
               "---\ntitle: Home\nseo: {name: 'Algorithms, Fall 2025'}\n---\n# Hi\n");
    course_add(
        &course, "schedule.md",
        "---\ntitle: Plan\n---\n| Week | Topic |\n|--|--|\n| 1 | Intro |\n| 2 | More |\n\n"
        "| # | Date | Topic | Speaker | Materials | Notes |\r\n|:--|---|:-:|---|---|---|\r\n"
        "| 1 | Tue, Oct 7 | **Sorting** \\| searching | Ada | [slides](a b.pdf) [video](v) | |\r\n"
        "| | Oct 9 | Midterm | | | |\r\n"
        "| 2 | Thu, Oct 16 | `a|b` codes | Ada | | [pdf](n/2.pdf) |\r\n"
        "<!--\n| 3 | Oct 21 | Old | Ada | | |\n-->\n"
        "\n| Date | Topic |\n|---|---|\n| Oct 23 | Guest lecture by Kim Lee |\n");
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->form, SCHEDULE_TABLE);
    assert_rows(schedule, "2025-10-07 1 Sorting | searching by Ada\n2025-10-09 0 Midterm none\n"
                          "2025-10-16 2 a|b codes by Ada\n"
                          "2025-10-23 0 Guest lecture by Kim Lee guest by Kim Lee\n");
    assert_int_equal(schedule->year_source, YEAR_SITE);
    const struct lecture *row = &schedule->lectures[0];
    assert_link(row, LINK_SLIDES, "a b.pdf", "a b.pdf", "[slides](a b.pdf)");
    assert_link(row, LINK_RECORDING, "v", "v", "[video](v)");
    assert_span(row, row->label_span, "1");
    assert_span(row, row->date_span, "Oct 7");
    assert_span(row, row->links_span, "");
    assert_slice(
        slice_part(row->file->source.bytes, row->links_span.start - 2, row->links_span.end + 1),
        "| |");
    row = &schedule->lectures[2];
    assert_link(row, LINK_NOTES, "n/2.pdf", "n/2.pdf", "[pdf](n/2.pdf)");
    assert_span(row, row->links_span, "[pdf](n/2.pdf)");
    course_release(&course);
}

/* What stood between a title and the links behind it is no part of it. */
static void signs_behind_a_title(void **state) {
    (void)state;
    struct course course = {.commit_year = 2025};
    course_add(&course, "schedule.md",
               "| Date | Topic |\n|---|---|\n| Oct 7 | Caches: |\n| Oct 9 | Disks \u2013 ( |\n"
               "| Oct 14 | Trees, - \u2022 |\n| Oct 16 | C++ |\n");
    assert_rows(course_read(&course), "2025-10-07 1 Caches\n2025-10-09 2 Disks\n"
                                      "2025-10-14 3 Trees\n2025-10-16 4 C++\n");
    course_release(&course);
}

/* Bars at the ends of a row are free to leave out. */
static void a_table_without_outer_bars(void **state) {
    (void)state;
    struct course course = {.commit_year = 2025};
    course_add(
        &course, "schedule.md",
        "Date | Topic | Speaker\n---|---|---\nOct 7 | Sorting | Ada\nOct 9 | Graphs | Ada |\n"
        "| Oct 14 | Trees | Ben\n");
    assert_rows(course_read(&course), "2025-10-07 1 Sorting by Ada\n2025-10-09 2 Graphs by Ada\n"
                                      "2025-10-14 3 Trees by Ben\n");
    course_release(&course);
}

/* A row that keeps a place for slides or notes is a lecture, whatever its label. */
static void lectures_without_a_number(void **state) {
    (void)state;
    struct course course = {.settings = "course: {year: 2025}\n"};
    course_add(&course, "_modules/week-1.md",
               MODULE("Week 1", "Active") "Sep 2\n: **1**{: .label} A\n  : [Slides](#)\n\n"
                                          "Sep 4\n: B\n  : [Slides](#) [Notes](#)\n\n"
                                          "Sep 9\n: **2**{: .label} C\n\nSep 11\n: Retreat\n\n"
                                          "Sep 16\n: No class\n  : [Slides](#)\n\n"
                                          "Sep 18\n: **3**{: .label} D\n");
    assert_rows(course_read(&course), "2025-09-02 1 A\n2025-09-04 0 B\n2025-09-09 2 C\n"
                                      "2025-09-11 0 Retreat none\n2025-09-16 0 No class none\n"
                                      "2025-09-18 3 D\n");
    course_release(&course);
    course = (struct course){.settings = "course: {year: 2025}\n"};
    course_add(&course, "_data/lectures.yml",
               "- {date: 9/2, lecture: 1, title: A}\n- {date: 9/4, lecture: 1.5, title: B}\n"
               "- {date: 9/9, lecture: 2, title: C}\n- {date: 9/11, lecture: 5 & 6, title: D}\n"
               "- {date: 9/16, lecture: 4-5, title: E}\n- {date: 9/18, lecture: 7, title: F}\n"
               "- {date: 9/23, lecture: 8, title: G}\n- {date: 9/25, lecture: 9, title: H}\n"
               "- {date: 9/30, lecture: 10, title: I}\n");
    const struct schedule *schedule = course_read(&course);
    assert_rows(schedule, "2025-09-02 1 A\n2025-09-04 0 B\n2025-09-09 2 C\n2025-09-11 0 D\n"
                          "2025-09-16 0 E\n2025-09-18 7 F\n2025-09-23 8 G\n2025-09-25 9 H\n"
                          "2025-09-30 10 I\n");
    assert_slice(schedule->lectures[3].label, "5 & 6");
    course_release(&course);
}

static void assert_undecided(const char *settings, const char *path, const char *text,
                             const char *expected) {
    struct course course = {.settings = settings};
    course_add(&course, path, text);
    assert_slice(course_read(&course)->undecided, expected);
    course_release(&course);
}

static void schedules_that_cannot_be_read(void **state) {
    (void)state;
    struct buffer large = BUFFER_EMPTY;
    for (int i = 0; i < 20000; i++)
        buffer_append_string(&large, "- {date: 9/2}\n");
    assert_undecided(NULL, "_data/lectures.yml", ": [", "_data/lectures.yml: it is not valid YAML");
    assert_undecided(NULL, "_data/lectures.yml", "", "");
    assert_undecided(NULL, "_data/people.yml", ": [", "");
    assert_undecided(NULL, "_data/lectures.yml", buffer_string(&large),
                     "_data/lectures.yml: has 280000 bytes, more than the limit of 262144");
    assert_undecided(NULL, "README.md", buffer_string(&large), "");
    assert_undecided("schedule: {files: talks.yml}\n", "other.yml", "a: b\n",
                     ".scribelint.yml: schedule.files matches no file");
    assert_undecided("schedule: {files: talks.yml}\n", "talks.yml", ": [",
                     "talks.yml: it is not valid YAML");
    buffer_release(&large);
}

static void no_schedule(void **state) {
    (void)state;
    struct course course = {.commit_year = 2025};
    course_add(&course, "index.md",
               "# Hi\n\n| Week | Topic |\n|---|---|\n| 1 | x |\n| 2 | Oct 7 |\n");
    course_add(&course, "_data/staff.yml", "- {name: Ada, role: TA}\n");
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->form, SCHEDULE_NONE);
    assert_int_equal(schedule->file_count, 0);
    assert_int_equal(schedule->year_source, YEAR_UNKNOWN);
    assert_null(schedule_next(schedule, 0));
    course_release(&course);
}

static void assert_data_file(const char *const *files, const char *expected) {
    static const char rows[] = "- {date: 1/8, title: A}\n- {date: 1/10, title: B}\n"
                               "- {date: 1/15, title: C}\n- {date: 1/17, title: D}\n";
    struct course course = {0};
    for (; files[0]; files += 2)
        course_add(&course, files[0], rows + (files[1] ? strlen(rows) - strlen(files[1]) : 0));
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->file_count, expected ? 1 : 0);
    if (expected)
        assert_true(slice_equal_string(schedule->files[0].path, expected));
    course_release(&course);
}

/* A name goes before the number of rows; what has none needs some rows, and news are none. */
static void choice_of_data_file(void **state) {
    static const char one[] = "- {date: 1/17, title: D}\n",
                      two[] = "- {date: 1/15, title: C}\n- {date: 1/17, title: D}\n";
    (void)state;
    assert_data_file((const char *const[]){"_data/all.yml", NULL, "_data/lectures.yml", one, NULL},
                     "_data/lectures.yml");
    assert_data_file((const char *const[]){"_data/all.yml", NULL, "_data/week_plan.yml", one,
                                           "_data/weeks.yml", two, NULL},
                     "_data/weeks.yml");
    assert_data_file((const char *const[]){"_data/all.yml", NULL, "_data/news.yml", NULL, NULL},
                     "_data/all.yml");
    assert_data_file((const char *const[]){"_data/all.yml", two, NULL}, NULL);
    assert_data_file((const char *const[]){"_data/news.yml", NULL, NULL}, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modules),
        cmocka_unit_test(labels_that_restart),
        cmocka_unit_test(called),
        cmocka_unit_test(a_label_given_twice_is_no_restart),
        cmocka_unit_test(rows_without_labels),
        cmocka_unit_test(what_the_pasting_page_leaves_out),
        cmocka_unit_test(broken_modules),
        cmocka_unit_test(data),
        cmocka_unit_test(data_by_configured_keys),
        cmocka_unit_test(broken_data),
        cmocka_unit_test(table),
        cmocka_unit_test(signs_behind_a_title),
        cmocka_unit_test(a_table_without_outer_bars),
        cmocka_unit_test(lectures_without_a_number),
        cmocka_unit_test(schedules_that_cannot_be_read),
        cmocka_unit_test(choice_of_data_file),
        cmocka_unit_test(no_schedule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
