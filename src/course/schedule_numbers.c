/* What can be said of a row only when all are known: its number, and who is a guest. */
#include "base/memory.h"
#include "course/schedule_reading.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static bool is_shown(const struct lecture *row) {
    return !row->hidden && row->status == LECTURE_HELD;
}

/* "0" is a number, though not a lecture's. */
static bool has_number_label(const struct lecture *row) {
    return schedule_label_number(row->label) || slice_equal_string(row->label, "0");
}

/* Slides, recording or notes, there or to come: a place is kept for them. */
static bool has_material(const struct lecture *row) {
    for (size_t i = 0; i < row->link_count; i++)
        if (row->links[i].role != LINK_OTHER && (!row->links[i].placeholder || row->title.size))
            return true;
    return false;
}

/* Where lectures have numbers, a row with none and no place for slides is a holiday, an exam … */
static void find_rows_without_lecture(struct schedule *schedule) {
    size_t shown = 0, labelled = 0;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        shown += is_shown(&schedule->lectures[i]);
        labelled += is_shown(&schedule->lectures[i]) && has_number_label(&schedule->lectures[i]);
    }
    for (size_t i = 0; i < schedule->lecture_count && 2 * labelled > shown; i++) {
        struct lecture *row = &schedule->lectures[i];
        if (row->status == LECTURE_HELD && !row->label.size && !row->guest && !has_material(row))
            row->status = LECTURE_NONE;
    }
}

/*
 * Labels restart when one is not above the one before and back at the first. One that is too low
 * otherwise is a slip, and so is a single restart in many.
 */
static bool labels_run_on(const struct schedule *schedule) {
    enum { MANY = 8 };
    size_t held = 0, labels = 0, restarts = 0;
    long first = 0, last = 0;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *row = &schedule->lectures[i];
        if (row->hidden)
            continue;
        held += row->status == LECTURE_HELD;
        if (!has_number_label(row))
            continue;
        long number = schedule_label_number(row->label);
        if (!labels++)
            first = number;
        else
            restarts += number <= last && number <= (first ? first : 1);
        last = number;
    }
    return labels && 3 * labels >= 2 * held && (!restarts || (restarts == 1 && labels >= MANY));
}

static bool has_labels(const struct schedule *schedule) {
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (schedule->lectures[i].label.size && !schedule->lectures[i].hidden)
            return true;
    return false;
}

/* What two lectures are called names neither: "Lecture 1" of every week. */
static void set_called(struct schedule *schedule) {
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        struct lecture *row = &schedule->lectures[i];
        if (schedule->numbers_run_on || !is_shown(row)) {
            row->called = row->number;
            continue;
        }
        row->called = schedule_label_number(row->label);
        for (size_t k = 0; row->called && k < schedule->lecture_count; k++)
            if (k != i && is_shown(&schedule->lectures[k]) &&
                schedule_label_number(schedule->lectures[k].label) ==
                    schedule_label_number(row->label))
                row->called = 0;
    }
}

static void set_numbers(struct schedule *schedule) {
    long position = 0;
    bool by_label = labels_run_on(schedule);
    schedule->numbers_run_on = by_label || !has_labels(schedule);
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        struct lecture *row = &schedule->lectures[i];
        row->index = i;
        if (!is_shown(row))
            continue;
        position++;
        row->number = by_label ? schedule_label_number(row->label) : position;
    }
    set_called(schedule);
}

/* --- Lecturers -------------------------------------------------------------------------------- */

static size_t count_speaker(const struct schedule *schedule, struct slice name) {
    size_t count = 0;
    for (size_t i = 0; i < schedule->lecture_count && name.size; i++) {
        const struct lecture *row = &schedule->lectures[i];
        count += is_shown(row) && !row->guest && slice_equal_ignoring_case(row->speaker, name);
    }
    return count;
}

static bool contains(struct slice text, struct slice name) {
    for (size_t at = 0; name.size && at + name.size <= text.size; at++)
        if (!strncasecmp(text.data + at, name.data, name.size))
            return true;
    return false;
}

/* True for "Ada and Ben" where Ada has more rows than this. */
static bool names_regular(const struct schedule *schedule, struct slice text) {
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        struct slice name = schedule->lectures[i].speaker;
        if (!schedule->lectures[i].guest && contains(text, name) &&
            count_speaker(schedule, name) > 1)
            return true;
    }
    return false;
}

/* Who has most rows is the lecturer; who has one where that one has several is a guest. */
static void find_lecturers(struct schedule *schedule) {
    enum { REGULAR = 3, MOST_ROWS = 400 };
    size_t most = 0;
    if (schedule->lecture_count > MOST_ROWS)
        return;
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *row = &schedule->lectures[i];
        size_t count = row->guest ? 0 : count_speaker(schedule, row->speaker);
        if (count > most) {
            most = count;
            schedule->lecturer = row->speaker;
        }
    }
    if (most < 2)
        schedule->lecturer = (struct slice){NULL, 0};
    for (size_t i = 0; i < schedule->lecture_count && most >= REGULAR; i++) {
        struct lecture *row = &schedule->lectures[i];
        if (row->speaker.size && is_shown(row) && !names_regular(schedule, row->speaker))
            row->guest = true;
    }
}

void schedule_number_rows(struct schedule *schedule) {
    find_rows_without_lecture(schedule);
    set_numbers(schedule);
    find_lecturers(schedule);
}
