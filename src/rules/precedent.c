#include "rules/precedent.h"

enum { NOTES_LOOKED_AT = 8 };

struct survey {
    const struct subject *subject;
    const struct snapshot *snapshot;
    precedent_visit *look;
    void *context;
    size_t seen;
};

static void ask_note(struct survey *survey, struct slice path, struct slice content) {
    const struct subject *subject = survey->subject;
    struct document_options options = review_document_options(subject->review, subject->site);
    struct document *note = document_read(path, content, &options);
    if (note->front_matter.state == FRONT_MATTER_PRESENT && note->front_matter.root) {
        survey->seen++;
        survey->look(note, survey->context);
    }
    document_free(note);
}

static bool visit(struct slice path, const struct entry *entry, void *context) {
    struct survey *survey = context;
    const struct subject *subject = survey->subject;
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (entry->kind == ENTRY_FILE && path_is_markdown(path) && !slice_equal(path, subject->path) &&
        !slice_equal(path, subject->base_path) &&
        review_note_kind(subject->review, path) == subject->note &&
        snapshot_read(survey->snapshot, path, DOCUMENT_MAX_SIZE, &content, &error) == OK)
        ask_note(survey, path, buffer_slice(&content));
    buffer_release(&content);
    error_release(&error);
    return survey->seen < NOTES_LOOKED_AT;
}

size_t precedent_look(const struct subject *subject, precedent_visit *look, void *context) {
    const struct review *review = subject->review;
    struct survey survey = {.subject = subject,
                            .snapshot = review->base ? review->base : review->head,
                            .look = look,
                            .context = context};
    struct error error = ERROR_NONE;
    snapshot_walk(survey.snapshot, slice_folder(subject->path), visit, &survey, &error);
    error_release(&error);
    return survey.seen;
}

struct poll {
    precedent_test *test;
    const void *context;
    size_t agreed;
};

static void ask(const struct document *note, void *context) {
    struct poll *poll = context;
    poll->agreed += poll->test(note, poll->context);
}

bool precedent_contradicts(const struct subject *subject, precedent_test *test,
                           const void *context) {
    struct poll poll = {.test = test, .context = context};
    size_t seen = precedent_look(subject, ask, &poll);
    return poll.agreed * 2 < seen;
}
