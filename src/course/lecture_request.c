#include "course/lecture_request.h"

#include "course/note_lecture.h"
#include "course/note_name.h"
#include "course/schedule_words.h"

#include <ctype.h>

/* "5", "#5", "05", "lecture 5" */
static bool read_number(struct slice text, long *number) {
    unsigned found;
    struct span place;
    if (lecture_number_find(text, &found, &place) && !place.start && place.end == text.size) {
        *number = (long)found;
        return found > 0;
    }
    size_t at = slice_starts_with(text, "#") ? 1 : 0, digits = 0;
    for (*number = 0; at < text.size && digits <= 4; at++, digits++) {
        if (!isdigit((unsigned char)text.data[at]))
            return false;
        *number = *number * 10 + (text.data[at] - '0');
    }
    return digits <= 4 && *number > 0;
}

int lecture_request_read(struct lecture_request *request, const char *text, struct error *error) {
    struct slice asked = slice_trim(slice_of(text));
    struct span place;
    if (slice_equal_ignoring_case(asked, slice_of("next")))
        request->next = true;
    else if (day_find(asked, true, &request->day, &place) && !place.start &&
             place.end == asked.size)
        request->number = 0;
    else if (read_number(asked, &request->number))
        request->day = (struct day){0};
    else
        return error_set(error, STATUS_USAGE,
                         "\"%s\" names no lecture: give its number (5), its day (\"oct 7\", "
                         "2025-10-07, 10/7) or \"next\"",
                         text);
    return OK;
}

static void append_title(struct buffer *text, const struct lecture *lecture) {
    buffer_append_format(text, "\"%.*s\"", SLICE_ARGUMENTS(lecture->title));
}

void lecture_append_name(struct buffer *buffer, const struct lecture *lecture) {
    if (!lecture->number && !lecture->day.month)
        append_title(buffer, lecture);
    if (lecture->number)
        buffer_append_format(buffer, "lecture %ld%s", lecture->number,
                             lecture->day.month ? ", " : "");
    if (lecture->day.month)
        day_append(buffer, lecture->day, true);
}

/* Positions that nobody reads are not asked for: where they are all there is, labels are. */
static bool is_asked_for(const struct lecture *lecture, const struct lecture_request *request,
                         const struct schedule *schedule) {
    if (!request->number)
        return day_same(lecture->day, request->day);
    return request->number ==
           (schedule->numbers_run_on ? lecture->number : schedule_label_number(lecture->label));
}

/* "Oct 7 (4)"; without a day, and where numbers say nothing, with its title. */
static void append_choice(struct buffer *list, const struct lecture *lecture) {
    buffer_append_string(list, list->size ? " and " : "");
    long number = lecture->called;
    bool titled = lecture->title.size && (!lecture->day.month || !number);
    if (lecture->day.month)
        day_append(list, lecture->day, false);
    else
        buffer_append_string(list, titled ? "" : "one without a day");
    if (titled) {
        buffer_append_string(list, lecture->day.month ? " " : "");
        append_title(list, lecture);
    }
    if (!lecture->day.month)
        buffer_append_string(list, titled ? " (without a day)" : "");
    else if (number)
        buffer_append_format(list, " (%ld)", number);
}

static void append_asked(struct buffer *text, const struct lecture_request *request) {
    if (request->number)
        buffer_append_format(text, "lecture %ld", request->number);
    else
        day_append(text, request->day, true);
}

static int say_several(const struct schedule *schedule, const struct lecture_request *request,
                       struct error *error) {
    struct buffer asked = BUFFER_EMPTY, list = BUFFER_EMPTY;
    append_asked(&asked, request);
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture;
         lecture = schedule_next(schedule, lecture->index + 1))
        if (is_asked_for(lecture, request, schedule))
            append_choice(&list, lecture);
    error_set(error, STATUS_USAGE, "%s is several lectures: %s; give the %s", buffer_string(&asked),
              buffer_string(&list), request->number ? "day" : "number");
    buffer_release(&asked);
    buffer_release(&list);
    return STATUS_USAGE;
}

/* A row of that day on which there is no lecture: it says why. */
static const struct lecture *find_row(const struct schedule *schedule,
                                      const struct lecture_request *request) {
    for (size_t i = 0; i < schedule->lecture_count; i++)
        if (is_asked_for(&schedule->lectures[i], request, schedule))
            return &schedule->lectures[i];
    return NULL;
}

static void append_range(struct buffer *text, const struct schedule *schedule) {
    const struct lecture *first = NULL, *last = NULL;
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture;
         lecture = schedule_next(schedule, lecture->index + 1)) {
        if (!lecture->number)
            continue;
        first = !first || lecture->number < first->number ? lecture : first;
        last = !last || lecture->number > last->number ? lecture : last;
    }
    if (!schedule->numbers_run_on)
        buffer_append_string(text, "; its numbers do not count the lectures through, so give the "
                                   "day of the lecture");
    else if (first)
        buffer_append_format(text, "; it has %ld to %ld", first->number, last->number);
}

static int say_unknown(const struct schedule *schedule, const struct lecture_request *request,
                       struct error *error) {
    struct buffer text = BUFFER_EMPTY, nearest = BUFFER_EMPTY;
    const struct lecture *row = find_row(schedule, request);
    buffer_append_string(&text, "the schedule has no ");
    if (!request->number)
        buffer_append_string(&text, "lecture on ");
    append_asked(&text, request);
    if (row && row->hidden)
        buffer_append_string(&text, " on the site: its row is hidden");
    else if (row && row->title.size)
        buffer_append_format(&text, ", but \"%.*s\"", SLICE_ARGUMENTS(row->title));
    if (request->number)
        append_range(&text, schedule);
    else
        schedule_append_nearest(&nearest, schedule, request->day);
    if (nearest.size)
        buffer_append_format(&text, "; nearest are %s", buffer_string(&nearest));
    error_set(error, STATUS_USAGE, "%s", buffer_string(&text));
    buffer_release(&nearest);
    buffer_release(&text);
    return STATUS_USAGE;
}

static int find_next(struct lecture *lecture, const struct lecture_request *request,
                     const struct schedule *schedule, struct error *error) {
    const struct lecture *found = NULL;
    for (const struct lecture *row = schedule_next(schedule, 0); row;
         row = schedule_next(schedule, row->index + 1)) {
        bool to_come = day_exists(row->day) && row->day.year &&
                       day_serial(row->day) >= day_serial(request->today);
        if (to_come && (!found || day_serial(row->day) < day_serial(found->day)) &&
            !request->has_note(row, request->context))
            found = row;
    }
    if (!found)
        return error_set(error, STATUS_USAGE,
                         "no lecture from today on is without a note; give a number or a day");
    *lecture = *found;
    lecture->number = lecture->called;
    return OK;
}

static int make_from_day(struct lecture *lecture, const struct lecture_request *request,
                         struct error *error) {
    if (request->next || request->number)
        return error_set(error, STATUS_USAGE,
                         "this course has no schedule that says when %s is; give its day, as in "
                         "2025-10-07",
                         request->next ? "the next lecture" : "that lecture");
    *lecture = (struct lecture){.day = request->day, .status = LECTURE_HELD};
    if (!lecture->day.year)
        lecture->day.year = request->year;
    if (!lecture->day.year || day_exists(lecture->day))
        return OK;
    return error_set(error, STATUS_USAGE, "%d has no %s %u", lecture->day.year,
                     month_name(lecture->day.month), lecture->day.day);
}

int lecture_request_find(struct lecture *lecture, const struct lecture_request *request,
                         const struct schedule *schedule, struct error *error) {
    const struct lecture *found = NULL;
    size_t count = 0;
    if (!schedule_next(schedule, 0))
        return make_from_day(lecture, request, error);
    if (request->next)
        return find_next(lecture, request, schedule, error);
    for (const struct lecture *row = schedule_next(schedule, 0); row;
         row = schedule_next(schedule, row->index + 1)) {
        if (is_asked_for(row, request, schedule)) {
            found = row;
            count++;
        }
    }
    if (count != 1)
        return count ? say_several(schedule, request, error)
                     : say_unknown(schedule, request, error);
    *lecture = *found;
    lecture->number = lecture->called;
    if (!lecture->day.year && lecture->day.month)
        lecture->day.year = request->day.year ? request->day.year : request->year;
    return OK;
}
