#include "schedule_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

void course_add(struct course *course, const char *path, const char *text) {
    assert_true(course->count < MOST_FILES);
    course->files[course->count++] = (struct scratch_file){slice_of(path), slice_of(text)};
}

const struct schedule *course_read(struct course *course) {
    struct error error = ERROR_NONE;
    assert_int_equal(scratch_open(&course->repository, &error), OK);
    assert_int_equal(scratch_snapshot(&course->snapshot, course->repository, course->files,
                                      course->count, &error),
                     OK);
    int status = course->settings
                     ? config_parse(&course->config, "test.yml", slice_of(course->settings), &error)
                     : config_defaults(&course->config, &error);
    assert_string_equal(error_message(&error), "");
    assert_int_equal(status, OK);
    site_read(&course->site, course->snapshot);
    course->schedule =
        schedule_read(course->snapshot, course->config, &course->site, course->commit_year);
    error_release(&error);
    return course->schedule;
}

void course_release(struct course *course) {
    schedule_free(course->schedule);
    site_release(&course->site);
    config_free(course->config);
    snapshot_close(course->snapshot);
    repository_close(course->repository);
}

static void append_row(struct buffer *text, const struct lecture *row) {
    static const char *const statuses[] = {"", " none", " canceled"};
    buffer_append_format(text, "%04d-%02u-%02u %ld %.*s%s%s%s", row->day.year, row->day.month,
                         row->day.day, row->number, SLICE_ARGUMENTS(row->title),
                         statuses[row->status], row->hidden ? " hidden" : "",
                         row->guest ? " guest" : "");
    if (row->speaker.size)
        buffer_append_format(text, " by %.*s", SLICE_ARGUMENTS(row->speaker));
    buffer_append_byte(text, '\n');
}

void assert_rows(const struct schedule *schedule, const char *expected) {
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        assert_int_equal(schedule->lectures[i].index, i);
        append_row(&text, &schedule->lectures[i]);
    }
    assert_string_equal(buffer_string(&text), expected);
    buffer_release(&text);
}
