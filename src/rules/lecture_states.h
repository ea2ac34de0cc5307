/*
 * How far the notes of a course are: one row per lecture.
 *
 *     if (lecture_states_read(&states, &review, &upstream, now, &verdict, error) == OK)
 *         for (size_t i = 0; i < states.count; i++)
 *             look_at(&states.items[i]);
 *     lecture_states_release(&states);
 */
#ifndef RULES_LECTURE_STATES_H
#define RULES_LECTURE_STATES_H

#include "rules/lecture_scribes.h"

enum note_state {
    NOTE_NO_LECTURE, /* the row of a holiday, of a lecture that was canceled */
    NOTE_NOT_YET,    /* none, and it is not due */
    NOTE_NONE,
    NOTE_SUBMITTED, /* a note stands in the tree; the row does not link it */
    NOTE_LINKED,
    NOTE_PROBLEM, /* see `problems` */
    NOTE_STATE_COUNT
};

struct state_note {
    struct slice path;
    bool linked, empty; /* from the lecture's own row; not a single byte */
    struct submission submission;
};

struct lecture_state {
    const struct lecture *lecture;
    enum note_state state;
    struct slice *problems; /* a clause each, with names out of the repository in it */
    size_t problem_count, problem_capacity;
    struct state_note *notes; /* linked ones first */
    size_t note_count, note_capacity;
    struct slice link; /* where the row leads for the note, as written; empty: nowhere yet */
    struct people scribes;
    enum scribes_source scribes_source;
    bool has_due;
    long long due;
    const struct pull_request **pulls; /* not taken yet, with a note for this lecture */
    size_t pull_count, pull_capacity;
};

/* A note, or a note of a pull request not taken yet, that belongs to no lecture. */
struct stray_note {
    struct slice path;
    bool empty;
    unsigned pull; /* 0: it stands in the tree */
};

/* Of lectures on the site. */
struct state_totals {
    size_t lectures, with_note, linked, without_note, not_yet, late, problems;
};

struct lecture_states {
    struct lecture_state *items; /* rows on the site, in the order of the schedule */
    size_t count;
    struct stray_note *strays;
    size_t stray_count, stray_capacity;
    struct state_totals totals;
    struct remark_list remarks; /* on what names no lecture: rows of the roster, extensions */
    bool lacks_pulls;           /* some lateness hangs on pull requests that are not here */
    struct course_view course;  /* schedule, time zone … */
    struct pull_requests pulls;
    struct site site;
    struct arena arena;
};

/*
 * Fills `states` for `review->head`; of `review` its rules, config, head and commits are set, and
 * its templates get filled. `now` (seconds since 1970) is for what is not due yet. No schedule:
 * STATUS_UNDECIDED. What can't be read is a remark in the verdict. Release with
 * lecture_states_release(), also after a failure.
 */
int lecture_states_read(struct lecture_states *states, struct review *review,
                        const struct upstream *upstream, long long now, struct verdict *verdict,
                        struct error *error);
void lecture_states_release(struct lecture_states *states);

/* The lateness of the note that counts: the first. LATENESS_NONE without notes. */
enum lateness lecture_lateness(const struct lecture_state *state);

/* "no-lecture", "not-yet", "none", "submitted", "linked", "problem". */
const char *note_state_name(enum note_state state);

#endif
