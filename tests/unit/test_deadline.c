#include "course/deadline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"

/* Where the machine has no database there is nothing to compare with. */
static struct time_zone *open_zone(const char *name) {
    if (access("/usr/share/zoneinfo/America/Los_Angeles", R_OK))
        skip();
    struct error error = ERROR_NONE;
    struct time_zone *zone;
    if (time_zone_open(&zone, name, &error) != OK)
        fail_msg("%s", error_message(&error));
    return zone;
}

static void assert_shown(const struct time_zone *zone, long long when, const char *expected) {
    struct buffer buffer = BUFFER_EMPTY;
    time_zone_append(&buffer, zone, when);
    assert_string_equal(buffer_string(&buffer), expected);
    buffer_release(&buffer);
}

/* The moments around both changes of a year, checked against published ones. */
static void daylight_saving(void **state) {
    (void)state;
    struct time_zone *zone = open_zone("America/Los_Angeles");
    assert_shown(zone, 1710064799, "2024-03-10 01:59:59 -0800");
    assert_shown(zone, 1710064800, "2024-03-10 03:00:00 -0700");
    assert_shown(zone, 1730624399, "2024-11-03 01:59:59 -0700");
    assert_shown(zone, 1730624400, "2024-11-03 01:00:00 -0800");
    assert_shown(zone, -1, "1969-12-31 15:59:59 -0800");
    assert_shown(zone, 5000000000, "2128-06-11 00:53:20 -0800");
    const struct day spring = {2024, 3, 10}, autumn = {2024, 11, 3};
    assert_int_equal(time_zone_moment(zone, spring, 7199), 1710064799);
    assert_int_equal(time_zone_moment(zone, spring, 9000), 1710066600); /* 02:30 is skipped */
    assert_int_equal(time_zone_moment(zone, spring, 10800), 1710064800);
    assert_int_equal(time_zone_moment(zone, autumn, 3599), 1730620799);
    assert_int_equal(time_zone_moment(zone, autumn, 3600), 1730624400); /* 01:00 comes twice */
    assert_int_equal(time_zone_moment(zone, autumn, 7200), 1730628000);
    assert_int_equal(time_zone_moment(zone, autumn, 86399), 1730707199);
    time_zone_close(zone);
}

/* The C library, asked directly, must say the same for years to come. */
static void as_the_library(void **state) {
    (void)state;
    static const char *const names[] = {"America/Los_Angeles", "Europe/Berlin",     "Asia/Kolkata",
                                        "Australia/Lord_Howe", "Africa/Casablanca", "UTC"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct time_zone *zone = open_zone(names[i]);
        setenv("TZ", names[i], 1);
        tzset();
        for (long long when = 631152000; when < 2840140800; when += 50021) {
            struct tm parts;
            time_t moment = (time_t)when;
            localtime_r(&moment, &parts);
            assert_int_equal(time_zone_offset(zone, when), parts.tm_gmtoff);
            struct day day = {parts.tm_year + 1900, (unsigned)parts.tm_mon + 1,
                              (unsigned)parts.tm_mday};
            long second = parts.tm_hour * 3600L + parts.tm_min * 60L + parts.tm_sec;
            long long again = time_zone_moment(zone, day, second);
            assert_true(again == when || (again > when && again - when <= 7200));
        }
        time_zone_close(zone);
    }
    unsetenv("TZ");
    tzset();
}

/* Several open at once; what the user's own clock shows stays as it was. */
static void environment(void **state) {
    (void)state;
    struct tm parts;
    time_t noon = 1728302400;
    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    struct time_zone *west = open_zone("America/Los_Angeles"), *east = open_zone("Europe/Berlin");
    assert_string_equal(getenv("TZ"), "Asia/Tokyo");
    assert_int_equal(localtime_r(&noon, &parts)->tm_hour, 21);
    unsetenv("TZ");
    tzset();
    struct time_zone *utc = open_zone("UTC");
    assert_null(getenv("TZ"));
    assert_shown(west, noon, "2024-10-07 05:00:00 -0700");
    assert_shown(east, noon, "2024-10-07 14:00:00 +0200");
    assert_shown(utc, noon, "2024-10-07 12:00:00 +0000");
    time_zone_close(west);
    time_zone_close(east);
    time_zone_close(utc);
}

/* The C library would take each of them for UTC without a word. */
static void unknown_zones(void **state) {
    (void)state;
    static const char *const names[] = {"",
                                        "Nowhere/At_All",
                                        "../etc/passwd",
                                        "/etc/localtime",
                                        "America/../Europe/Berlin",
                                        "America",
                                        "tzdata.zi",
                                        "zone.tab",
                                        "EST5EDT,M3.2.0,M11.1.0",
                                        ":Europe/Berlin"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct error error = ERROR_NONE;
        struct time_zone *zone;
        assert_int_equal(time_zone_open(&zone, names[i], &error), STATUS_NOT_FOUND);
        assert_null(zone);
        assert_non_null(strstr(error_message(&error), names[i]));
        error_release(&error);
    }
    time_zone_close(NULL);
}

static void deadlines(void **state) {
    (void)state;
    struct time_zone *zone = open_zone("America/Los_Angeles");
    struct extension extensions[] = {{slice_of("5"), 12},         {slice_of("Mar 1"), 14},
                                     {slice_of("2024-03-06"), 0}, {slice_of("Lecture 07"), 20},
                                     {slice_of("12"), 3},         {slice_of("nobody knows"), 99}};
    struct config config = {.deadline = {true, 10, 86399, extensions, COUNT_OF(extensions)}};
    const struct {
        struct lecture lecture;
        const char *due;
    } cases[] = {
        {{.day = {2024, 1, 10}, .called = 1}, "2024-01-20 23:59:59 -0800"},
        {{.day = {2024, 1, 24}, .called = 5}, "2024-02-05 23:59:59 -0800"},
        {{.day = {2024, 2, 28}, .called = 6}, "2024-03-09 23:59:59 -0800"},
        {{.day = {2024, 2, 29}}, "2024-03-10 23:59:59 -0700"},
        {{.day = {2024, 3, 1}}, "2024-03-15 23:59:59 -0700"},
        {{.day = {2024, 3, 6}}, "2024-03-06 23:59:59 -0800"},
        {{.day = {2024, 12, 25}, .called = 7}, "2025-01-14 23:59:59 -0800"},
        {{.day = {2024, 1, 10}, .called = 12}, "2024-01-13 23:59:59 -0800"},
    };
    long long moment;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(deadline_find(&config, zone, &cases[i].lecture, &moment));
        assert_shown(zone, moment, cases[i].due);
    }
    const struct lecture without_year = {.day = {0, 3, 1}}, without_day = {.called = 5};
    assert_false(deadline_find(&config, zone, &without_year, &moment));
    assert_false(deadline_find(&config, zone, &without_day, &moment));
    config.deadline.is_set = false;
    assert_false(deadline_find(&config, zone, &cases[0].lecture, &moment));
    time_zone_close(zone);
}

static void durations(void **state) {
    (void)state;
    static const struct {
        long long seconds;
        const char *text;
    } cases[] = {{0, "0 seconds"},       {1, "1 second"},       {119, "119 seconds"},
                 {120, "2 minutes"},     {7199, "119 minutes"}, {7200, "2 hours"},
                 {172799, "47 hours"},   {172800, "2 days"},    {-864000, "10 days"},
                 {950400 - 1, "10 days"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer buffer = BUFFER_EMPTY;
        duration_append(&buffer, cases[i].seconds);
        assert_string_equal(buffer_string(&buffer), cases[i].text);
        buffer_release(&buffer);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(daylight_saving), cmocka_unit_test(as_the_library),
        cmocka_unit_test(environment),     cmocka_unit_test(unknown_zones),
        cmocka_unit_test(deadlines),       cmocka_unit_test(durations)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
