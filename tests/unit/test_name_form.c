#include "config/name_form.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* "year-month-day number text" as the name says it, or "no". */
static const char *reading(const char *form, const char *name) {
    static char text[128];
    struct name_values values = {.year = -1, .month = 99, .text = {"untouched", 9}};
    if (name_form_read(slice_of(form), slice_of(name), &values)) {
        snprintf(text, sizeof text, "%d-%u-%u %ld %.*s", values.year, values.month, values.day,
                 values.number, SLICE_ARGUMENTS(values.text));
        return text;
    }
    assert_int_equal(values.year, -1);
    assert_int_equal(values.month, 99);
    assert_string_equal(values.text.data, "untouched");
    return "no";
}

static void every_place_is_read(void **state) {
    (void)state;
    assert_string_equal(reading("{mon}{day}_scribe.pdf", "oct7_scribe.pdf"), "0-10-7 0 ");
    assert_string_equal(reading("{mon}{d}_scribe.pdf", "oct27_scribe.pdf"), "0-10-27 0 ");
    assert_string_equal(reading("{Mon}_{dd}.pdf", "May_07.pdf"), "0-5-7 0 ");
    assert_string_equal(reading("{month}-{d}", "september-30"), "0-9-30 0 ");
    assert_string_equal(reading("{Month} {d}", "May 1"), "0-5-1 0 ");
    assert_string_equal(reading("{yyyy}-{mm}-{dd}-lecture-{nn}.md", "2024-01-23-lecture-04.md"),
                        "2024-1-23 4 ");
    assert_string_equal(reading("{yyyy}{mm}{dd}", "20240229"), "2024-2-29 0 ");
    assert_string_equal(reading("{m}.{d}", "12.31"), "0-12-31 0 ");
    assert_string_equal(reading("L{n}_{text}.pdf", "L12_a_b.pdf.pdf"), "0-0-0 12 a_b.pdf");
    assert_string_equal(reading("{nn}{text}", "123rd"), "0-0-0 123 rd");
    assert_string_equal(reading("{text}.md", ".md"), "0-0-0 0 ");
    assert_string_equal(reading("\xC3\xA9{n}.x*", "\xC3\xA9"
                                                  "3.x*"),
                        "0-0-0 3 ");
}

static void names_of_a_form_are_counted(void **state) {
    (void)state;
    const struct slice names[] = {slice_of("oct7.md"), slice_of("a/oct7.md"), slice_of("oct32.md"),
                                  slice_of("may31.md"), slice_of("lecture.md")};
    assert_int_equal(name_form_count(slice_of("{mon}{d}.md"), names, COUNT_OF(names)), 2);
    assert_int_equal(name_form_count(slice_of("{mon}{d}.md"), names, 1), 1);
    assert_int_equal(name_form_count(slice_of("{mon}{d}.md"), names, 0), 0);
    assert_int_equal(name_form_count(slice_of("{text}.md"), names, COUNT_OF(names)), 4);
    assert_int_equal(name_form_count(slice_of("{text}{text}"), names, COUNT_OF(names)), 0);
}

static void digits_are_counted(void **state) {
    (void)state;
    assert_string_equal(reading("{d}", "7"), "0-0-7 0 ");
    assert_string_equal(reading("{d}", "07"), "no");
    assert_string_equal(reading("{d}", "0"), "no");
    assert_string_equal(reading("{d}", "32"), "no");
    assert_string_equal(reading("{dd}", "7"), "no");
    assert_string_equal(reading("{dd}", "007"), "no");
    assert_string_equal(reading("{m}", "03"), "no");
    assert_string_equal(reading("{mm}", "3"), "no");
    assert_string_equal(reading("{mm}", "13"), "no");
    assert_string_equal(reading("{mm}", "00"), "no");
    assert_string_equal(reading("{n}", "04"), "no");
    assert_string_equal(reading("{n}", "104"), "0-0-0 104 ");
    assert_string_equal(reading("{nn}", "4"), "no");
    assert_string_equal(reading("{nn}", "00"), "no");
    assert_string_equal(reading("{nn}", "004"), "no");
    assert_string_equal(reading("{yyyy}", "224"), "no");
    assert_string_equal(reading("{yyyy}", "20244"), "no");
    assert_string_equal(reading("{n}", "123456789"), "0-0-0 123456789 ");
    assert_string_equal(reading("{n}", "1234567890"), "no");
    assert_string_equal(reading("{n}", "99999999999999999999999999"), "no");
    assert_string_equal(reading("{n}", "-4"), "no");
}

static void case_counts(void **state) {
    (void)state;
    assert_string_equal(reading("{mon}{d}", "Oct7"), "no");
    assert_string_equal(reading("{Mon}{d}", "oct7"), "no");
    assert_string_equal(reading("{Mon}{d}", "OCT7"), "no");
    assert_string_equal(reading("{month}", "October"), "no");
    assert_string_equal(reading("{Month}", "october"), "no");
    assert_string_equal(reading("{mon}{d}", "october7"), "no");
    assert_string_equal(reading("{month}{d}", "oct7"), "no");
    assert_string_equal(reading("{mon}{d}_scribe.pdf", "oct7_Scribe.pdf"), "no");
    assert_string_equal(reading("{mon}{d}_scribe.pdf", "oct7_scribe.pdf.bak"), "no");
    assert_string_equal(reading("{mon}{d}_scribe.pdf", "xoct7_scribe.pdf"), "no");
    assert_string_equal(reading("{mon}", ""), "no");
    assert_string_equal(reading("{text}", "a/b"), "no");
}

static void days_exist(void **state) {
    (void)state;
    assert_string_equal(reading("{mon}{d}", "feb29"), "0-2-29 0 ");
    assert_string_equal(reading("{mon}{d}", "feb30"), "no");
    assert_string_equal(reading("{mon}{d}", "apr31"), "no");
    assert_string_equal(reading("{mon}{d}", "dec31"), "0-12-31 0 ");
    assert_string_equal(reading("{mon}{d}-{yyyy}", "feb29-2024"), "2024-2-29 0 ");
    assert_string_equal(reading("{mon}{d}-{yyyy}", "feb29-2023"), "no");
    assert_string_equal(reading("{mon}{d}-{yyyy}", "jan31-2023"), "2023-1-31 0 ");
    assert_string_equal(reading("{mon}{d}-{yyyy}", "apr31-2024"), "no");
    assert_string_equal(reading("{mon}{d}-{yyyy}", "feb29-1900"), "no");
    assert_string_equal(reading("{mon}{d}-{yyyy}", "feb29-2000"), "2000-2-29 0 ");
}

static void places_agree_and_give_way(void **state) {
    (void)state;
    assert_string_equal(reading("{mon}-{mm}-{m}", "oct-10-10"), "0-10-0 0 ");
    assert_string_equal(reading("{mon}-{mm}", "oct-11"), "no");
    assert_string_equal(reading("{n}{mm}{dd}", "121007"), "0-10-7 12 ");
    assert_string_equal(reading("{n}{mm}{dd}", "11007"), "0-10-7 1 ");
    assert_string_equal(reading("{n}1{dd}", "1107"), "0-0-7 1 ");
    assert_string_equal(reading("{d}1", "11"), "0-0-1 0 ");
    assert_string_equal(reading("{text}{n}", "a12"), "0-0-0 12 a");
    assert_string_equal(reading("{n}{text}", "12a"), "0-0-0 12 a");
    assert_string_equal(reading("{mon}{text}", "october"), "0-10-0 0 ober");
    assert_string_equal(reading("{text}{mon}{d}", "mayoct7"), "0-10-7 0 may");
}

static void expect_problem(const char *form, const char *words) {
    const char *problem = NULL;
    assert_false(name_form_is_valid(slice_of(form), &problem));
    assert_non_null(problem);
    if (!strstr(problem, words))
        fail_msg("%s: %s", form, problem);
    struct name_values values = {0};
    struct buffer buffer = BUFFER_EMPTY;
    assert_false(name_form_read(slice_of(form), slice_of(form), &values));
    assert_false(name_form_write(&buffer, slice_of(form), &values));
    buffer_release(&buffer);
}

static void what_is_no_form(void **state) {
    (void)state;
    char longer[300];
    memset(longer, 'x', sizeof longer);
    longer[256] = '\0';
    expect_problem("", "empty");
    expect_problem(longer, "longer");
    expect_problem("{x}.pdf", "no such place");
    expect_problem("{MON}", "no such place");
    expect_problem("{}", "no such place");
    expect_problem("{mon{d}.pdf", "no such place");
    expect_problem("{mon", "brace");
    expect_problem("mon}", "brace");
    expect_problem("notes/{n}.md", "folders");
    expect_problem("{m}{d}", "side by side");
    expect_problem("{n}{d}", "side by side");
    expect_problem("{nn}{m}", "side by side");
    expect_problem("{d}{yyyy}{n}", "side by side");
    expect_problem("{n}1{d}", "side by side");
    expect_problem("{text}-{text}", "twice");
    const char *problem;
    longer[255] = '\0';
    assert_true(name_form_is_valid(slice_of(longer), &problem));
    assert_true(name_form_is_valid(slice_of("{n}{mon}{d}"), &problem));
    assert_true(name_form_is_valid(slice_of("{m}-{d}-{n}"), &problem));
    assert_null(problem);
    assert_false(name_form_is_valid((struct slice){"a\0b", 3}, &problem));
}

static void expect_name(const char *form, const struct name_values *values, const char *name) {
    struct buffer buffer = BUFFER_EMPTY;
    buffer_append_string(&buffer, ">");
    bool written = name_form_write(&buffer, slice_of(form), values);
    assert_string_equal(buffer_string(&buffer) + 1, name ? name : "");
    assert_int_equal(written, name != NULL);
    buffer_release(&buffer);
}

static void names_are_written(void **state) {
    (void)state;
    struct name_values values = {2025, 10, 7, 4, slice_of("disks")};
    expect_name("{mon}{day}_scribe.pdf", &values, "oct7_scribe.pdf");
    expect_name("{Mon} {dd}, {yyyy}", &values, "Oct 07, 2025");
    expect_name("{Month}{month}{m}", &values, "Octoberoctober10");
    expect_name("{n}-{nn}-{text}.md", &values, "4-04-disks.md");
    values.number = 104;
    expect_name("{nn}", &values, "104");
    values.text = slice_of("");
    expect_name("{d}_{text}.md", &values, "7_.md");
    values.text = slice_of("a/b");
    expect_name("{text}", &values, NULL);
    expect_name("{d}", &values, "7");
    static const struct name_values none = {0}, no_day = {.month = 2, .day = 30},
                                    no_month = {.month = 13, .day = 1}, minus = {.number = -1},
                                    great = {.year = 12025, .number = 1234567890};
    static const char *const forms[] = {"{yyyy}", "{mm}", "{mon}", "{Month}",
                                        "{d}",    "{dd}", "{n}",   "{nn}"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        expect_name(forms[i], &none, NULL);
    expect_name("{mon}{d}", &no_day, NULL);
    expect_name("{mon}{d}", &no_month, NULL);
    expect_name("{n}", &minus, NULL);
    expect_name("{yyyy}", &great, NULL);
    expect_name("{n}", &great, NULL);
}

/* Every day of a leap year in every form that can say it. */
static void what_is_written_is_read(void **state) {
    (void)state;
    static const char *const forms[] = {"{mon}{d}_scribe.pdf", "{Month}_{dd}",     "{mm}{dd}",
                                        "{n}{mm}{dd}",         "L{nn} {Mon}{day}", "{m}-{d}-{n}"};
    size_t days = 0;
    for (unsigned month = 1; month <= 12; month++) {
        for (unsigned day = 1; day <= 31; day++) {
            for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
                struct name_values values = {0, month, day, (long)day, {NULL, 0}}, again;
                struct buffer name = BUFFER_EMPTY;
                if (name_form_write(&name, slice_of(forms[i]), &values)) {
                    days += !i;
                    assert_true(name_form_read(slice_of(forms[i]), buffer_slice(&name), &again));
                    assert_int_equal(again.month, month);
                    assert_int_equal(again.day, day);
                }
                buffer_release(&name);
            }
        }
    }
    assert_int_equal(days, 366);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_is_read),
        cmocka_unit_test(names_of_a_form_are_counted),
        cmocka_unit_test(digits_are_counted),
        cmocka_unit_test(case_counts),
        cmocka_unit_test(days_exist),
        cmocka_unit_test(places_agree_and_give_way),
        cmocka_unit_test(what_is_no_form),
        cmocka_unit_test(names_are_written),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
