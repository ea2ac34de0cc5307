/* Courses in memory, with the schedule that is read from them. */
#ifndef TESTS_SCHEDULE_FIXTURE_H
#define TESTS_SCHEDULE_FIXTURE_H

#include "course/schedule.h"
#include "git/scratch.h"

enum { MOST_FILES = 12 };

/* A repository of texts with what is read from it. */
struct course {
    struct scratch_file files[MOST_FILES];
    size_t count;
    const char *settings; /* of the configuration; NULL: the defaults */
    int commit_year;
    struct repository *repository;
    struct snapshot *snapshot;
    struct config *config;
    struct site site;
    struct schedule *schedule;
};

/* `path` and `text` must outlive the course. */
void course_add(struct course *course, const char *path, const char *text);

/* Reads the files that were added, once. */
const struct schedule *course_read(struct course *course);
void course_release(struct course *course);

/* A row in a line: "2025-10-07 4 Title", with what is special about it behind. */
void assert_rows(const struct schedule *schedule, const char *expected);

#endif
