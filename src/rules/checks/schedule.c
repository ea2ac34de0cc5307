/* Errors in the schedule itself: for the staff, each at its row. */
#include "rules/check.h"
#include "rules/course_view.h"
#include "rules/review.h"

#include <ctype.h>
#include <stddef.h>

enum problem {
    PROBLEM_BROKEN,
    PROBLEM_WEEKDAY,
    PROBLEM_DATE_TWICE,
    PROBLEM_LABEL_TWICE,
    PROBLEM_RECORDING_TWICE,
    PROBLEM_SLIDES_TWICE,
    PROBLEM_OTHER_YEAR,
    PROBLEM_FILE_TITLE,
    PROBLEM_DATE_UNREADABLE,
};

static const char *const problem_names[] = {
    "broken",       "weekday",    "date-twice", "label-twice",     "recording-twice",
    "slides-twice", "other-year", "file-title", "date-unreadable", NULL};

struct schedule_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct schedule_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"reason", "weekday",  "weekdays", "other",
                                     "date",   "expected", NULL};

/* More than a season away from the row above is no lecture of the same course. */
enum { MOST_DAYS_BETWEEN_ROWS = 60 };

struct row_check {
    const struct rule *rule;
    const struct subject *subject;
    const struct schedule *schedule;
};

static bool is_on_site(const struct lecture *lecture) {
    return !lecture->hidden;
}

static bool is_held(const struct lecture *lecture) {
    return is_on_site(lecture) && lecture->status == LECTURE_HELD;
}

static void append_where(struct buffer *buffer, const struct row_check *check,
                         const struct lecture *lecture) {
    struct position place = source_position(&lecture->file->source, lecture->row.start);
    if (!slice_equal(lecture->file->path, check->subject->path)) {
        buffer_append_slice(buffer, lecture->file->path);
        buffer_append_string(buffer, ", ");
    }
    buffer_append_format(buffer, "line %zu", place.line);
}

/* `named` is what the message calls "other": the row that has it first. */
static void report(const struct row_check *check, struct span span, const struct lecture *other) {
    struct buffer where = BUFFER_EMPTY;
    append_where(&where, check, other);
    struct place named = {"other", buffer_slice(&where)};
    subject_report(check->subject, check->rule, span, document_text(check->subject->document, span),
                   &named, 1);
    buffer_release(&where);
}

static void append_weekdays(struct buffer *buffer, unsigned weekdays) {
    for (unsigned i = 0, rest = weekdays; i < 7; i++) {
        if (!(weekdays & 1u << i))
            continue;
        rest &= ~(1u << i);
        buffer_append_string(buffer, weekday_name(i));
        if (rest)
            buffer_append_string(buffer, rest & (rest - 1) ? ", " : " and ");
    }
}

/* A holiday or a canceled lecture on a Monday: the course meets on Mondays, too. */
static bool has_other_row(const struct schedule *schedule, const struct lecture *lecture) {
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *other = &schedule->lectures[i];
        if (is_on_site(other) && other->day.month && other->day.year &&
            !day_same(other->day, lecture->day) &&
            day_weekday(other->day) == day_weekday(lecture->day))
            return true;
    }
    return false;
}

/* Where the days on which a course meets are few and each comes again and again. */
struct habit {
    size_t counts[7], rows, weeks;
};

static bool has_date(const struct lecture *lecture) {
    return is_on_site(lecture) && lecture->day.month && lecture->day.year;
}

static void count_habit(const struct schedule *schedule, struct habit *habit) {
    enum { THURSDAY = 3 }; /* day 0 was one; weeks begin on Mondays */
    long last = 0;
    *habit = (struct habit){0};
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        const struct lecture *lecture = &schedule->lectures[i];
        if (!is_held(lecture) || !has_date(lecture))
            continue;
        long week = (day_serial(lecture->day) + THURSDAY) / 7;
        habit->weeks += !habit->rows++ || week != last;
        habit->counts[day_weekday(lecture->day)]++;
        last = week;
    }
}

/* The days on which the course meets, when `weekday` is plainly none of them; 0: it may be one. */
static unsigned regular_weekdays(const struct schedule *schedule, unsigned weekday) {
    enum { FEWEST_ROWS = 6, FEWEST_WEEKS = 3, MOST_WEEKDAYS = 3 };
    struct habit habit;
    unsigned weekdays = 0, count = 0;
    count_habit(schedule, &habit);
    if (habit.rows < FEWEST_ROWS || habit.weeks < FEWEST_WEEKS || habit.counts[weekday] != 1)
        return 0;
    for (unsigned i = 0; i < 7; i++) {
        if (i == weekday || !habit.counts[i])
            continue;
        if (habit.counts[i] < 2)
            return 0;
        weekdays |= 1u << i;
        count++;
    }
    return count <= MOST_WEEKDAYS ? weekdays : 0;
}

static void report_weekday(const struct row_check *check, const struct lecture *lecture,
                           struct slice reason) {
    struct buffer date = BUFFER_EMPTY, weekdays = BUFFER_EMPTY;
    append_weekdays(&weekdays, check->schedule->weekdays);
    day_append(&date, lecture->day, true);
    struct place named[] = {{"weekday", slice_of(weekday_name(day_weekday(lecture->day)))},
                            {"reason", reason},
                            {"weekdays", buffer_slice(&weekdays)},
                            {"date", buffer_slice(&date)}};
    subject_report(check->subject, check->rule, lecture->date_span, lecture->date_text, named, 4);
    buffer_release(&weekdays);
    buffer_release(&date);
}

static void check_weekday(const struct row_check *check, const struct lecture *lecture) {
    if (!has_date(lecture))
        return;
    unsigned weekdays = 0;
    if (!lecture->wrong_weekday.size && is_held(lecture) &&
        !has_other_row(check->schedule, lecture))
        weekdays = regular_weekdays(check->schedule, day_weekday(lecture->day));
    struct buffer reason = BUFFER_EMPTY;
    if (lecture->wrong_weekday.size) {
        buffer_append_string(&reason, "the row says \"");
        buffer_append_slice(&reason, lecture->wrong_weekday);
        buffer_append_string(&reason, "\"");
    } else if (weekdays) {
        buffer_append_string(&reason, "the course meets on ");
        append_weekdays(&reason, weekdays);
    }
    if (reason.size)
        report_weekday(check, lecture, buffer_slice(&reason));
    buffer_release(&reason);
}

/*
 * A week is made by copying another: its dates are wrong also where one of the two is a holiday. In
 * one file, and in a data file, exams and deadlines may share the day of a lecture.
 */
static bool share_a_date(const struct row_check *check, const struct lecture *lecture,
                         const struct lecture *other) {
    bool same_file = other->file == lecture->file;
    if (!lecture->day.month || !other->day.month || !day_same(other->day, lecture->day) ||
        (same_file && other->date_span.start == lecture->date_span.start))
        return false;
    return (is_held(lecture) && is_held(other)) ||
           (check->schedule->form == SCHEDULE_MODULES && !same_file);
}

static void check_date_twice(const struct row_check *check, const struct lecture *lecture) {
    for (size_t i = 0; i < lecture->index && is_on_site(lecture); i++) {
        const struct lecture *other = &check->schedule->lectures[i];
        if (is_on_site(other) && share_a_date(check, lecture, other)) {
            report(check, lecture->date_span, other);
            return;
        }
    }
}

/* Where labels begin anew in every file only those of one file must differ. */
static void check_label_twice(const struct row_check *check, const struct lecture *lecture) {
    for (size_t i = 0; i < lecture->index && is_held(lecture) && lecture->label.size; i++) {
        const struct lecture *other = &check->schedule->lectures[i];
        if (is_held(other) && slice_equal(other->label, lecture->label) &&
            (check->schedule->numbers_run_on || other->file == lecture->file)) {
            report(check, lecture->label_span, other);
            return;
        }
    }
}

static bool has_destination(const struct lecture *lecture, enum link_role role,
                            struct slice destination) {
    for (size_t i = 0; i < lecture->link_count; i++)
        if (lecture->links[i].role == role &&
            slice_equal(lecture->links[i].destination, destination))
            return true;
    return false;
}

static void check_link_twice(const struct row_check *check, const struct lecture *lecture,
                             enum link_role role) {
    for (size_t k = 0; is_held(lecture) && k < lecture->link_count; k++) {
        const struct lecture_link *link = &lecture->links[k];
        if (link->role != role || link->placeholder)
            continue;
        for (size_t i = 0; i < lecture->index; i++) {
            const struct lecture *other = &check->schedule->lectures[i];
            if (is_held(other) && has_destination(other, role, link->destination)) {
                report(check, link->destination_span, other);
                break;
            }
        }
    }
}

static bool is_far(const struct lecture *lecture, const struct lecture *other) {
    long days = day_serial(lecture->day) - day_serial(other->day);
    return days > MOST_DAYS_BETWEEN_ROWS || days < -MOST_DAYS_BETWEEN_ROWS;
}

static const struct lecture *next_dated(const struct schedule *schedule, size_t index) {
    for (; index < schedule->lecture_count; index++)
        if (has_date(&schedule->lectures[index]))
            return &schedule->lectures[index];
    return NULL;
}

/* True when a row behind `lecture` is near `last`: the course goes on, `lecture` is the odd one. */
static bool goes_on(const struct schedule *schedule, const struct lecture *last,
                    const struct lecture *lecture) {
    const struct lecture *next = lecture;
    while ((next = next_dated(schedule, next->index + 1)))
        if (!is_far(next, last))
            return true;
    return false;
}

/* The row from which `lecture` lies too far away, or NULL. A row that does is no measure for those
 * behind it; where the course never comes back it is the start of its next part. */
static const struct lecture *far_from(const struct schedule *schedule,
                                      const struct lecture *lecture) {
    const struct lecture *last = next_dated(schedule, 0), *first = last;
    for (const struct lecture *row = last; row; row = next_dated(schedule, row->index + 1)) {
        if (!is_far(row, last))
            last = row;
        const struct lecture *next = next_dated(schedule, row->index + 1);
        bool far = row != last;
        bool back = far && goes_on(schedule, last, row);
        bool first_is_odd = far && last == first && !back && next && !is_far(next, row);
        if (first_is_odd && lecture == first)
            return row;
        if (row == lecture && row != first)
            return far && !first_is_odd ? last : NULL;
        if (lecture == first && row != first)
            return NULL;
        last = far && !back ? row : last;
    }
    return NULL;
}

static void check_other_year(const struct row_check *check, const struct lecture *lecture) {
    const struct lecture *other = has_date(lecture) ? far_from(check->schedule, lecture) : NULL;
    if (other)
        report(check, lecture->date_span, other);
}

static void check_row(const struct row_check *check, const struct lecture *lecture,
                      enum problem problem) {
    switch (problem) {
    case PROBLEM_WEEKDAY:
        check_weekday(check, lecture);
        break;
    case PROBLEM_DATE_TWICE:
        check_date_twice(check, lecture);
        break;
    case PROBLEM_LABEL_TWICE:
        check_label_twice(check, lecture);
        break;
    case PROBLEM_RECORDING_TWICE:
        check_link_twice(check, lecture, LINK_RECORDING);
        break;
    case PROBLEM_SLIDES_TWICE:
        check_link_twice(check, lecture, LINK_SLIDES);
        break;
    case PROBLEM_OTHER_YEAR:
        check_other_year(check, lecture);
        break;
    case PROBLEM_DATE_UNREADABLE:
        if (is_on_site(lecture) && lecture->unreadable)
            subject_report(check->subject, check->rule, lecture->date_span, lecture->date_text,
                           NULL, 0);
        break;
    case PROBLEM_BROKEN:
    case PROBLEM_FILE_TITLE:
        break;
    }
}

/* "Week 4" in week-05.md: pages are made by copying the last one. */
static void check_file_title(const struct row_check *check, const struct schedule_file *file) {
    struct span place;
    long in_name, in_title;
    if (file->hidden || !last_number_find(note_name_read(file->path).stem, &in_name, &place) ||
        !last_number_find(file->title, &in_title, &place) || in_name == in_title)
        return;
    struct buffer expected = BUFFER_EMPTY;
    buffer_append_format(&expected, "%ld", in_name);
    struct place named = {"expected", buffer_slice(&expected)};
    subject_report(check->subject, check->rule, file->title_span, file->title, &named, 1);
    buffer_release(&expected);
}

/* Rows that the file had before the change. */
static bool had_rows(const struct subject *subject) {
    const struct review *review = subject->review;
    const struct schedule *schedule =
        review->base && subject->side == SIDE_HEAD ? review->base_course.schedule : NULL;
    for (size_t i = 0; schedule && i < schedule->lecture_count; i++)
        if (slice_equal(schedule->lectures[i].file->path, subject->base_path))
            return true;
    return false;
}

static void report_broken(const struct rule *rule, const struct subject *subject, struct span span,
                          struct slice reason) {
    struct place named = {"reason", reason};
    subject_report(subject, rule, span, reason, &named, 1);
}

/* A data file without rows may be one for something else: only one that had rows has lost them. */
static void check_broken(const struct row_check *check, const struct schedule_file *file) {
    bool is_page = path_is_markdown(file->path);
    if (!file->broken || (!is_page && !had_rows(check->subject)))
        return;
    bool has_place = file->broken_span.end > file->broken_span.start;
    report_broken(check->rule, check->subject, has_place ? file->broken_span : NO_PLACE,
                  slice_of(file->broken));
}

/* The first file with rows that the change touches: what it takes away is said once. */
static bool is_first_touched(const struct subject *subject, const struct schedule *schedule) {
    for (size_t i = 0; i < schedule->lecture_count; i++) {
        struct slice path = schedule->lectures[i].file->path;
        const struct change_set *changes = subject->review->changes;
        bool touched = false;
        for (size_t k = 0; k < changes->count && !touched; k++)
            touched = slice_equal(changes->changes[k].old_path, path) ||
                      (changes->changes[k].kind == CHANGE_DELETED &&
                       slice_equal(changes->changes[k].path, path));
        if (touched)
            return slice_equal(path, subject->path);
    }
    return false;
}

/*
 * A course that had lectures and has none. The file may be gone, or unreadable: then only its old
 * side is looked at, and what is said is still about the new one.
 */
static void check_taken_away(const struct rule *rule, const struct subject *subject) {
    const struct review *review = subject->review;
    if (subject->side != SIDE_BASE || !subject->change ||
        review->head_course.schedule->lecture_count ||
        course_view_has_rows(&review->head_course, subject->change->path) ||
        !is_first_touched(subject, review->base_course.schedule))
        return;
    struct subject head = *subject;
    bool deleted = subject->change->kind == CHANGE_DELETED;
    head.side = SIDE_HEAD;
    head.path = subject->change->path;
    head.findings = &subject->verdict->findings;
    head.document = NULL;
    report_broken(rule, &head, NO_PLACE,
                  slice_of(deleted ? "the file is deleted, and no other one has the lectures"
                                   : "none of the rows it had can be read"));
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct schedule_parameters *own = rule->parameters;
    if (!subject->course)
        return;
    const struct schedule *schedule = subject->course->schedule;
    const struct row_check check = {rule, subject, schedule};
    if (own->finds == PROBLEM_BROKEN)
        check_taken_away(rule, subject);
    for (size_t i = 0; i < schedule->file_count; i++) {
        if (!slice_equal(schedule->files[i].path, subject->path))
            continue;
        if (own->finds == PROBLEM_BROKEN)
            check_broken(&check, &schedule->files[i]);
        else if (own->finds == PROBLEM_FILE_TITLE && schedule->form == SCHEDULE_MODULES)
            check_file_title(&check, &schedule->files[i]);
    }
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (slice_equal(schedule->lectures[i].file->path, subject->path))
            check_row(&check, &schedule->lectures[i], (enum problem)own->finds);
}

const struct check check_schedule = {.name = "schedule",
                                     .parameters = parameters,
                                     .parameters_size = sizeof(struct schedule_parameters),
                                     .places = places,
                                     .needs_document = true,
                                     .needs_course = true,
                                     .run = run};
