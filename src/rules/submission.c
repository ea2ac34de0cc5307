#include "rules/submission.h"

#include "base/memory.h"
#include "git/content_id.h"

#include <stdlib.h>
#include <string.h>

static void add(struct submission *submission, const struct touch *touch, bool at_latest) {
    ARRAY_PUSH(submission->deliveries, submission->count, submission->capacity) =
        (struct delivery){touch, at_latest};
}

static bool has_content(const struct pull_note *note, const char *blob_id) {
    return !content_is_empty(blob_id) && !strcmp(note->blob_id, blob_id);
}

/* Of one pull request the note with that content, else of that name. */
static const struct pull_note *find_note(const struct pull_request *pull, const struct touch *touch,
                                         struct slice path) {
    for (size_t i = 0; i < pull->note_count; i++)
        if (has_content(&pull->notes[i], touch->blob))
            return &pull->notes[i];
    for (size_t i = 0; i < pull->note_count; i++)
        if (slice_equal(pull->notes[i].path, path))
            return &pull->notes[i];
    return NULL;
}

/*
 * Of several that have the content, the one where it was written first; NULL where the touch itself
 * is older, so that they have it from there.
 */
static const struct pull_note *find_earliest(const struct pull_requests *pulls,
                                             const struct touch *touch) {
    long long earliest = touch->when;
    const struct pull_note *found = NULL;
    for (size_t i = 0; i < pulls->count; i++)
        for (size_t k = 0; k < pulls->items[i].note_count; k++) {
            const struct pull_note *note = &pulls->items[i].notes[k];
            if (!has_content(note, touch->blob) || note->history->touches[0].when >= earliest)
                continue;
            earliest = note->history->touches[0].when;
            found = note;
        }
    return found;
}

/*
 * What a note was called before the commit that renamed and changed it at once: the one note that
 * the commit deletes, where it brings no other. `*path` becomes its name.
 */
static const struct file_history *find_before(const struct history *history,
                                              const struct file_history *file, struct slice *path) {
    const struct file_history *found = NULL, *other;
    const char *commit = file->count ? file->touches[0].commit : "";
    struct slice name;
    size_t deleted = 0, added = 0;
    for (size_t at = 0; *commit && history_next(history, &at, &name, &other);) {
        const struct touch *last = &other->touches[other->count - 1];
        added += !strcmp(other->touches[0].commit, commit);
        if (*last->blob || strcmp(last->commit, commit) != 0)
            continue;
        deleted++;
        found = other;
        *path = name;
    }
    return deleted == 1 && added == 1 && found != file ? found : NULL;
}

static void add_pulled(struct submission *submission, const struct pull_note *note) {
    enum { MOST_NAMES = 20 };
    const struct file_history *file = note->history;
    struct slice path;
    for (size_t names = 0; file && names < MOST_NAMES; names++) {
        submission->cut |= file->cut;
        for (size_t i = 0; i < file->count; i++)
            if (*file->touches[i].blob)
                add(submission, &file->touches[i], false);
        file = find_before(note->commits, file, &path);
    }
}

static void add_touch(struct submission *submission, const struct pull_requests *pulls,
                      const struct touch *touch, struct slice path) {
    unsigned number = squashed_number(touch->subject);
    const struct pull_request *pull = number ? pull_requests_find(pulls, number) : NULL;
    const struct pull_note *note = pull ? find_note(pull, touch, path) : NULL;
    if (!note)
        note = find_earliest(pulls, touch);
    if (note)
        add_pulled(submission, note);
    else
        add(submission, touch, number && !(pull && pull->contained));
}

static void add_file(struct submission *submission, const struct pull_requests *pulls,
                     const struct file_history *file, struct slice path) {
    submission->cut |= file->cut;
    for (size_t i = 0; i < file->count; i++) {
        const struct touch *touch = &file->touches[i];
        /* A rename alone hands in nothing. */
        bool same = i && !strcmp(touch->blob, file->touches[i - 1].blob);
        if (*touch->blob && !same)
            add_touch(submission, pulls, touch, path);
    }
}

static void find_ends(struct submission *submission) {
    for (size_t i = 0; i < submission->count; i++) {
        const struct delivery *delivery = &submission->deliveries[i];
        if (delivery->at_latest)
            continue;
        if (!submission->first || delivery->touch->when < submission->first->when)
            submission->first = delivery->touch;
        if (!submission->last || delivery->touch->when >= submission->last->when)
            submission->last = delivery->touch;
    }
}

/*
 * What was merged in time was handed in in time; of what was merged later without its pull request
 * at hand nothing is known.
 */
static enum lateness judge(const struct submission *submission, long long due) {
    bool early = false, late = false, unclear = false;
    for (size_t i = 0; i < submission->count; i++) {
        const struct delivery *delivery = &submission->deliveries[i];
        bool after = delivery->touch->when > due;
        early |= !after;
        late |= after && !delivery->at_latest;
        unclear |= after && delivery->at_latest;
    }
    if (!submission->count)
        return submission->cut ? LATENESS_UNKNOWN : LATENESS_NONE;
    if (early && late)
        return LATENESS_LATE_REVISION;
    if (early)
        return unclear ? LATENESS_UNKNOWN : LATENESS_ON_TIME;
    return unclear || submission->cut ? LATENESS_UNKNOWN : LATENESS_LATE;
}

void submission_find(struct submission *submission, const struct history *history,
                     const struct pull_requests *pulls, struct slice path, const long long *due) {
    enum { MOST_NAMES = 20 };
    const struct file_history *file = history ? history_find(history, path) : NULL;
    *submission = (struct submission){0};
    for (size_t names = 0; file && names < MOST_NAMES; names++) {
        add_file(submission, pulls, file, path);
        file = find_before(history, file, &path);
    }
    find_ends(submission);
    if (due)
        submission->lateness = judge(submission, *due);
}

void submission_release(struct submission *submission) {
    free(submission->deliveries);
    *submission = (struct submission){0};
}

const char *lateness_name(enum lateness lateness) {
    static const char *const names[] = {NULL, "on-time", "late-revision", "late", "unknown"};
    return names[lateness];
}
