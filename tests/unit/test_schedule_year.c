/* The year of a schedule, by all that may tell it, and its days of the week. */
#include "document_fixture.h"
#include "schedule_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_year(const char *config, const char *index, int commit_year, int year,
                        enum year_source source) {
    struct course course = {.commit_year = commit_year};
    course_add(&course, "_config.yml", config);
    course_add(&course, "index.md", index);
    course_add(&course, "_modules/1.md",
               "Jan 8\n: A\n\nJan 10\n: B\n\nJan 15\n: C\n\nJan 17\n: D\n");
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->year, year);
    assert_int_equal(schedule->year_source, source);
    course_release(&course);
}

static void years(void **state) {
    (void)state;
    assert_year("title: CS 1, Spring 2019\n", "", 2024, 2019, YEAR_SITE);
    assert_year("title: CS 1\nbaseurl: /cs1-w24\n", "", 0, 2024, YEAR_SITE);
    assert_year("baseurl: /cs1-spring-2019/\n", "", 0, 2019, YEAR_SITE);
    assert_year("title: CS 1 (2025 Winter)\n", "", 0, 2025, YEAR_SITE);
    assert_year("title: CS 1\n", "---\ntitle: x\n---\n# CS 1\n\nFall '23\n", 0, 2023, YEAR_SITE);
    assert_year("title: CS 1\nsemester: 2024\n", "", 2024, 2024, YEAR_SITE);
    assert_year("title: CS 1\nsemester: 2019\n", "", 2020, 2019, YEAR_SITE);
    assert_year("title: CS 1\nsemester: 2019\n", "", 2024, 2024, YEAR_WEEKDAY);
    assert_year("title: CS 2001\n# Fall 2011\n", "", 2024, 2024, YEAR_WEEKDAY);
    assert_year("title: CS 24, waterfalls 12\n", "", 0, 0, YEAR_UNKNOWN);
    assert_year("title: CS 1\n", "", 2024, 2024, YEAR_WEEKDAY);
}

static void year_of_commits(void **state) {
    (void)state;
    struct course course = {.commit_year = 2024};
    course_add(&course, "_modules/1.md", "Feb 29\n: A\n");
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->year_source, YEAR_COMMITS);
    assert_rows(schedule, "2024-02-29 1 A\n");
    course_release(&course);
}

static void weekday_written(void **state) {
    (void)state;
    struct course course = {.commit_year = 2025};
    course_add(&course, "_modules/1.md",
               "Mon Jan 8\n: A\n\nWed Jan 10\n: B\n\nMon Jan 15\n: C\n\n"
               "Wed Jan 17\n: D\n");
    assert_int_equal(course_read(&course)->year, 2024);
    assert_int_equal(course.schedule->weekdays, 1 << 1 | 1 << 3);
    course_release(&course);
}

/* One wrong word does not move the course to another year; five right ones do. */
static void most_weekdays_written_win(void **state) {
    (void)state;
    static const char *const rows = "- {date: Tue 9/2, title: A}\n- {date: Thu 9/4, title: B}\n"
                                    "- {date: Tue 9/9, title: C}\n- {date: Wed 9/11, title: D}\n"
                                    "- {date: \"9/16 (Tuesday)\", title: E}\n"
                                    "- {date: 9/18, title: Sat solvers}\n";
    static const char *const settings[] = {NULL, "course: {year: 2025}\n"};
    for (size_t i = 0; i < 2; i++) {
        struct course course = {.commit_year = 2026, .settings = settings[i]};
        course_add(&course, "_data/lectures.yml", rows);
        const struct schedule *schedule = course_read(&course);
        assert_int_equal(schedule->year, 2025);
        assert_int_equal(schedule->year_source, i ? YEAR_CONFIGURATION : YEAR_WEEKDAY);
        for (size_t k = 0; k < schedule->lecture_count; k++)
            assert_slice(schedule->lectures[k].wrong_weekday, k == 3 ? "Wed" : "");
        course_release(&course);
    }
}

static void assert_rows_of_2025(const char *page, const char *rows) {
    struct course course = {.commit_year = 2025};
    course_add(&course, "_config.yml", "title: CS 1, Fall 2025\n");
    course_add(&course, "_modules/1.md", page);
    assert_rows(course_read(&course), rows);
    course_release(&course);
}

/* A course goes on through the new year; a row left from another course takes none along. */
static void turn_of_the_year(void **state) {
    (void)state;
    assert_rows_of_2025("Nov 25\n: A\n\nDec 9\n: B\n\nJan 13\n: C\n\nFeb 3\n: D\n",
                        "2025-11-25 1 A\n2025-12-09 2 B\n2026-01-13 3 C\n2026-02-03 4 D\n");
    assert_rows_of_2025("Oct 7\n: A\n\nDec 9\n: B\n\nFeb 3\n: C\n\nMay 5\n: D\n\nJun 9\n: E\n",
                        "2025-10-07 1 A\n2025-12-09 2 B\n2026-02-03 3 C\n2026-05-05 4 D\n"
                        "2026-06-09 5 E\n");
    assert_rows_of_2025("Oct 7\n: A\n\nJan 13\n: Old\n\nOct 9\n: B\n\nOct 14\n: C\n",
                        "2025-10-07 1 A\n2025-01-13 2 Old\n2025-10-09 3 B\n2025-10-14 4 C\n");
    /* The old one behind all others cannot be told from the new year. */
    assert_rows_of_2025("Oct 7\n: A\n\nOct 9\n: B\n\nJan 13\n: C\n",
                        "2025-10-07 1 A\n2025-10-09 2 B\n2026-01-13 3 C\n");
}

static void dates_that_are_none(void **state) {
    (void)state;
    struct course course = {.settings = "course: {year: 2025}\n"};
    course_add(&course, "_data/lectures.yml",
               "- {date: 2025-09-31, title: A}\n- {date: Feb 29, title: B}\n"
               "- {date: 2025-13-45, title: C}\n- {date: Thu 2/30, title: D}\n"
               "- {date: [9/2], title: E}\n- {date: Sept 31st, title: F}\n"
               "- {date: 9/4, title: G}\n- {date: TBA, title: H}\n- {date: Finals week, title: I}\n"
               "- {date: May 2025, title: J}\n- {date: Week 3, title: K}\n");
    const struct schedule *schedule = course_read(&course);
    assert_int_equal(schedule->lecture_count, 11);
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        assert_int_equal(schedule->lectures[i].unreadable, i < 6);
        assert_int_equal(schedule->lectures[i].day.year, i == 6 ? 2025 : 0);
    }
    course_release(&course);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years),
        cmocka_unit_test(year_of_commits),
        cmocka_unit_test(weekday_written),
        cmocka_unit_test(most_weekdays_written_win),
        cmocka_unit_test(turn_of_the_year),
        cmocka_unit_test(dates_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
