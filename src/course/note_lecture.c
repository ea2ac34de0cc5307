#include "course/note_lecture.h"

#include "base/memory.h"
#include "course/lecture_claim.h"
#include "course/note_name.h"
#include "course/schedule_words.h"

#include <stdlib.h>

/* Where labels begin anew, only a number that one lecture alone has: never a position. */
static bool has_number(const struct lecture *lecture, long number) {
    return number && lecture->called == number;
}

/*
 * The lecture of that day; of several on one day the one with the number. NULL: none, or nothing
 * tells them apart.
 */
static const struct lecture *find_by_day(const struct schedule *schedule,
                                         const struct lecture_claim *claim) {
    const struct lecture *found = NULL;
    size_t count = 0;
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture;
         lecture = schedule_next(schedule, lecture->index + 1)) {
        if (!day_same(lecture->day, claim->day))
            continue;
        if (has_number(lecture, claim->number))
            return lecture;
        found = lecture;
        count++;
    }
    return count == 1 ? found : NULL;
}

static const struct lecture *find_by_number(const struct schedule *schedule,
                                            const struct lecture_claim *claim) {
    const struct lecture *found = NULL;
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture;
         lecture = schedule_next(schedule, lecture->index + 1)) {
        if (!has_number(lecture, claim->number))
            continue;
        if (found)
            return NULL;
        found = lecture;
    }
    return found;
}

/* What the claims come to, each for itself; NULL: nothing. */
struct candidates {
    const struct lecture *by_day[CLAIM_COUNT], *by_number[CLAIM_COUNT];
    const struct lecture *by_link;
    bool link_is_sure;
    bool comparable;
    bool is_post; /* its name begins with a day, as Jekyll wants it */
};

static void choose(struct note_lecture *note, const struct lecture *lecture,
                   enum claim_source source, bool sure) {
    note->lecture = lecture;
    note->source = source;
    note->sure = sure;
}

/* True when something besides name and folder says `lecture`. */
static bool is_seconded(const struct candidates *candidates, const struct lecture *lecture) {
    return candidates->by_link == lecture || candidates->by_number[CLAIM_TITLE] == lecture ||
           candidates->by_number[CLAIM_FRONT_MATTER] == lecture;
}

/*
 * A name that says two lectures. What is said elsewhere too counts; else the day, unless it is that
 * of a post: people put there the day on which they hand in, and number well.
 */
static void choose_between(struct note_lecture *note, const struct candidates *candidates,
                           enum claim_source source) {
    const struct lecture *numbered = candidates->by_number[source];
    const struct lecture *dated = candidates->by_day[source];
    bool by_number = is_seconded(candidates, numbered) ||
                     (candidates->is_post && !is_seconded(candidates, dated));
    choose(note, by_number ? numbered : dated, source, false);
}

/* By what stands in the name or the folder; false when that is no lecture. */
static bool choose_by_path(struct note_lecture *note, const struct candidates *candidates,
                           enum claim_source source) {
    const struct lecture *by_day = candidates->by_day[source];
    const struct lecture *by_number = candidates->comparable ? candidates->by_number[source] : NULL;
    if (by_day && by_number && by_day != by_number)
        choose_between(note, candidates, source);
    else if (by_day || by_number)
        choose(note, by_day ? by_day : by_number, source, true);
    return by_day || by_number;
}

/* Either the day or the number is wrong. */
static bool is_disputed(const struct note_lecture *note) {
    const struct lecture *lecture = note->lecture;
    struct day day = note->claims[CLAIM_NAME].day;
    return lecture && day.month && lecture->day.month && !day_same(lecture->day, day);
}

/* For want of better: a label that is the only one of its number, what the text says. */
static void guess(struct note_lecture *note, const struct candidates *candidates) {
    static const enum claim_source sources[] = {CLAIM_NAME, CLAIM_FOLDER, CLAIM_TITLE,
                                                CLAIM_FRONT_MATTER};
    for (size_t i = 0; i < COUNT_OF(sources) && !note->lecture; i++) {
        const struct lecture *by_number = candidates->by_number[sources[i]];
        const struct lecture *by_day = candidates->by_day[sources[i]];
        if (by_number || by_day)
            choose(note, by_number ? by_number : by_day, sources[i], false);
    }
}

struct note_lecture note_lecture_find(const struct schedule *schedule, struct slice path,
                                      const struct document *document) {
    struct note_lecture note = {.source = CLAIM_NAME};
    struct candidates candidates = {.comparable = schedule->numbers_run_on,
                                    .is_post = note_name_read(path).has_date};
    note.claims[CLAIM_NAME] = claim_of_name(path);
    note.claims[CLAIM_FOLDER] = claim_of_folder(path);
    if (document) {
        note.claims[CLAIM_FRONT_MATTER] = claim_of_front_matter(document);
        note.claims[CLAIM_TITLE] = claim_of_title(document);
    }
    note.claims[CLAIM_LINK] =
        claim_of_link(schedule, path, &candidates.by_link, &candidates.link_is_sure);
    for (size_t i = 0; i < CLAIM_LINK; i++) {
        candidates.by_day[i] = find_by_day(schedule, &note.claims[i]);
        candidates.by_number[i] = find_by_number(schedule, &note.claims[i]);
    }
    if (choose_by_path(&note, &candidates, CLAIM_NAME)) {
        note.disputed = is_disputed(&note);
        return note;
    }
    if (candidates.by_link)
        choose(&note, candidates.by_link, CLAIM_LINK, candidates.link_is_sure);
    else if (!choose_by_path(&note, &candidates, CLAIM_FOLDER))
        guess(&note, &candidates);
    return note;
}

/* Days between two; without a year on both sides the shorter way around the calendar. */
static long day_distance(struct day left, struct day right) {
    bool has_years = left.year && right.year;
    if (!has_years) {
        left.year = right.year = 2000; /* has a Feb 29 */
        long distance = labs(day_serial(left) - day_serial(right));
        return distance < 366 - distance ? distance : 366 - distance;
    }
    return labs(day_serial(left) - day_serial(right));
}

/* The nearest lecture that is on another day than `other` (may be NULL); the earlier of two. */
static const struct lecture *find_nearest(const struct schedule *schedule, struct day day,
                                          const struct lecture *other) {
    const struct lecture *nearest = NULL;
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture;
         lecture = schedule_next(schedule, lecture->index + 1)) {
        if (!day_exists(lecture->day) || (other && day_same(other->day, lecture->day)))
            continue;
        if (!nearest || day_distance(lecture->day, day) < day_distance(nearest->day, day))
            nearest = lecture;
    }
    return nearest;
}

static void append_lecture(struct buffer *buffer, const struct schedule *schedule,
                           const struct lecture *lecture, struct day day) {
    day_append(buffer, lecture->day, day.year && day.year != lecture->day.year);
    if (lecture->number && schedule->numbers_run_on)
        buffer_append_format(buffer, " (%ld)", lecture->number);
}

void schedule_append_nearest(struct buffer *buffer, const struct schedule *schedule,
                             struct day day) {
    const struct lecture *first = find_nearest(schedule, day, NULL);
    const struct lecture *second = first ? find_nearest(schedule, day, first) : NULL;
    if (first)
        append_lecture(buffer, schedule, first, day);
    if (second) {
        buffer_append_string(buffer, " and ");
        append_lecture(buffer, schedule, second, day);
    }
}

const char *claim_source_name(enum claim_source source) {
    static const char *const names[CLAIM_COUNT] = {"the file name", "its folder",
                                                   "the front matter", "the title", "the schedule"};
    return names[source];
}
