#include "course/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/memory.h"

/* What day_find() finds must be what is asked for, and stand where `written` stands. */
static void assert_day(const char *text, int year, unsigned month, unsigned day,
                       const char *written) {
    struct day found;
    struct span place;
    bool is_there = day_find(slice_of(text), true, &found, &place);
    if (!is_there)
        fail_msg("no day found in \"%s\"", text);
    if (found.year != year || found.month != month || found.day != day)
        fail_msg("\"%s\" gave %d-%u-%u", text, found.year, found.month, found.day);
    struct slice part = slice_part(slice_of(text), place.start, place.end);
    if (!slice_equal_string(part, written))
        fail_msg("\"%s\" gave the place \"%.*s\"", text, SLICE_ARGUMENTS(part));
}

static void assert_no_day(const char *text) {
    struct day found;
    struct span place;
    if (day_find(slice_of(text), true, &found, &place))
        fail_msg("\"%s\" gave %d-%u-%u", text, found.year, found.month, found.day);
    assert_int_equal(found.month, 0);
}

static void names_of_months(void **state) {
    (void)state;
    assert_day("Oct 7", 0, 10, 7, "Oct 7");
    assert_day("Oct. 7", 0, 10, 7, "Oct. 7");
    assert_day("October 7, 2025", 2025, 10, 7, "October 7, 2025");
    assert_day("Tue, Oct 7 2025", 2025, 10, 7, "Oct 7 2025");
    assert_day("7 Oct 2025", 2025, 10, 7, "7 Oct 2025");
    assert_day("on the 7th of October 2025", 2025, 10, 7, "7th of October 2025");
    assert_day("October 7th", 0, 10, 7, "October 7th");
    assert_day("oct7", 0, 10, 7, "oct7");
    assert_day("oct7_scribe", 0, 10, 7, "oct7");
    assert_day("Feb_18", 0, 2, 18, "Feb_18");
    assert_day("march_1", 0, 3, 1, "march_1");
    assert_day("Mar 4 ", 0, 3, 4, "Mar 4");
    assert_day("OCT 21", 0, 10, 21, "OCT 21");
    assert_day("Oct\xc2\xa0"
               "7",
               0, 10, 7,
               "Oct\xc2\xa0"
               "7");
    assert_day("Sept 30", 0, 9, 30, "Sept 30");
    assert_day("sep30", 0, 9, 30, "sep30");
    assert_day("Feb 29", 0, 2, 29, "Feb 29");
    assert_day("ABC204X_Scribe_Notes____Feb_5", 0, 2, 5, "Feb_5");
    assert_day("ScribeOct7Notes", 0, 10, 7, "Oct7");
    assert_day("7-Oct-25", 2025, 10, 7, "7-Oct-25");
    assert_day("2025-Oct-07", 2025, 10, 7, "2025-Oct-07");
    assert_day("notes 2025 Oct 7", 2025, 10, 7, "2025 Oct 7");
    assert_day("2025 Oct 7, 2025", 2025, 10, 7, "2025 Oct 7, 2025");
    assert_day("2024 Oct 7, 2025", 2025, 10, 7, "Oct 7, 2025");
    assert_day("Fall 2025, May 3", 2025, 5, 3, "2025, May 3");
}

static void numbers(void **state) {
    (void)state;
    assert_day("10/7", 0, 10, 7, "10/7");
    assert_day("Tue 10/07/2025", 2025, 10, 7, "10/07/2025");
    assert_day("10/7/25", 2025, 10, 7, "10/7/25");
    assert_day("2025-10-07", 2025, 10, 7, "2025-10-07");
    assert_day("2025_10_7", 2025, 10, 7, "2025_10_7");
    assert_day("2025/10/7", 2025, 10, 7, "2025/10/7");
    assert_day("20251007", 2025, 10, 7, "20251007");
    assert_day("2019-1-8 10:00:00 -0500", 2019, 1, 8, "2019-1-8");
    assert_day("2019-01-28T10:00", 2019, 1, 28, "2019-01-28");
    assert_day("2019-01-28-lecture-05", 2019, 1, 28, "2019-01-28");
    assert_day("archive/2019/2019-01-28-x", 2019, 1, 28, "2019-01-28");
    struct day day;
    struct span place;
    assert_false(day_find(slice_of("10/7 and 3/4"), false, &day, &place));
    assert_true(day_find(slice_of("10/7 or Oct 9"), false, &day, &place));
    assert_int_equal(day.day, 9);
}

static void beside_other_numbers(void **state) {
    (void)state;
    assert_day("Lecture 3 Oct 7", 0, 10, 7, "Oct 7");
    assert_day("lecture-3-oct-7", 0, 10, 7, "oct-7");
    assert_day("Week 2 - 10/7", 0, 10, 7, "10/7");
    assert_day("Lecture 3 10/7", 0, 10, 7, "10/7");
    assert_day("Oct 7-9", 0, 10, 7, "Oct 7");
    assert_day("Oct 7 - Oct 9", 0, 10, 7, "Oct 7");
    assert_day("10/7-10/9", 0, 10, 7, "10/7");
    assert_day("17:00-18:20 Oct 7", 0, 10, 7, "Oct 7");
    assert_day("Oct 7 10:30", 0, 10, 7, "Oct 7");
    assert_day("7 Oct 10:30", 0, 10, 7, "7 Oct");
    assert_day("7 Oct 3pm", 0, 10, 7, "7 Oct");
    assert_day("Feb 30 or Feb 28", 0, 2, 28, "Feb 28");
}

static void no_days(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "may",
                                        "you may",
                                        "it may be 3",
                                        "dec12ode",
                                        "march1ng",
                                        "Lecture_3",
                                        "lecture-05",
                                        "lec12",
                                        "L05",
                                        "L05_fft",
                                        "Oct",
                                        "October 2025",
                                        "Oct 32",
                                        "Oct 0",
                                        "Oct 100",
                                        "Feb 30",
                                        "13/7",
                                        "10/32",
                                        "2025-13-07",
                                        "2025/13/10",
                                        "10/7/9",
                                        "1.5",
                                        "204",
                                        "120251007",
                                        "202510071",
                                        "2025-10-7x",
                                        "2025-10",
                                        "Feb 29, 2025",
                                        "1110/7",
                                        "Decimal 10",
                                        "mark 3",
                                        "ma 3",
                                        "Oct10:30",
                                        "10:7",
                                        "smart4",
                                        "20251340",
                                        "3000-10-07",
                                        "week-3-lecture-2"};
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_no_day(texts[i]);
}

/* Against the C library, over the days of two centuries. */
static void serials(void **state) {
    (void)state;
    for (long serial = -20000; serial < 55000; serial++) {
        time_t moment = (time_t)serial * 86400;
        struct tm expected;
        gmtime_r(&moment, &expected);
        struct day day = day_of_serial(serial);
        assert_int_equal(day.year, expected.tm_year + 1900);
        assert_int_equal(day.month, expected.tm_mon + 1);
        assert_int_equal(day.day, expected.tm_mday);
        assert_int_equal(day_weekday(day), expected.tm_wday);
        assert_true(day_exists(day));
        assert_int_equal(day_serial(day), serial);
    }
}

static void existence(void **state) {
    (void)state;
    assert_true(day_exists((struct day){2024, 2, 29}));
    assert_false(day_exists((struct day){2025, 2, 29}));
    assert_false(day_exists((struct day){1900, 2, 29}));
    assert_true(day_exists((struct day){2000, 2, 29}));
    assert_false(day_exists((struct day){0, 2, 30}));
    assert_false(day_exists((struct day){2025, 4, 31}));
    assert_false(day_exists((struct day){2025, 0, 1}));
    assert_false(day_exists((struct day){2025, 13, 1}));
}

static void sameness(void **state) {
    (void)state;
    assert_true(day_same((struct day){0, 10, 7}, (struct day){2025, 10, 7}));
    assert_true(day_same((struct day){2025, 10, 7}, (struct day){2025, 10, 7}));
    assert_false(day_same((struct day){2024, 10, 7}, (struct day){2025, 10, 7}));
    assert_false(day_same((struct day){0, 10, 8}, (struct day){0, 10, 7}));
    assert_false(day_same((struct day){0}, (struct day){0}));
}

static void words(void **state) {
    (void)state;
    struct buffer buffer = BUFFER_EMPTY;
    day_append(&buffer, (struct day){2025, 10, 7}, false);
    buffer_append_string(&buffer, "; ");
    day_append(&buffer, (struct day){2025, 9, 30}, true);
    buffer_append_string(&buffer, "; ");
    day_append(&buffer, (struct day){0, 1, 1}, true);
    day_append(&buffer, (struct day){0}, true);
    day_append(&buffer, (struct day){.year = 2025}, true);
    assert_string_equal(buffer_string(&buffer), "Oct 7; Sep 30, 2025; Jan 1");
    buffer_release(&buffer);
    assert_string_equal(month_name(9), "September");
    assert_string_equal(weekday_name(day_weekday((struct day){2025, 10, 7})), "Tuesday");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_of_months),
                                       cmocka_unit_test(numbers),
                                       cmocka_unit_test(beside_other_numbers),
                                       cmocka_unit_test(no_days),
                                       cmocka_unit_test(serials),
                                       cmocka_unit_test(existence),
                                       cmocka_unit_test(sameness),
                                       cmocka_unit_test(words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
