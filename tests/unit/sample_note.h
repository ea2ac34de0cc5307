/* A finding in a note that is there, for reports that need the text of files. */
#ifndef SAMPLE_NOTE_H
#define SAMPLE_NOTE_H

#include "git/scratch.h"
#include "sample_verdict.h"

struct note {
    const char *text;
    struct repository *repository;
    struct snapshot *snapshot;
    struct verdict verdict;
    struct finding *finding; /* of rule "r" in a.md, with the message "x" */
};

static inline void note_open(struct note *note, const char *text) {
    struct error error = ERROR_NONE;
    const struct scratch_file files[] = {{slice_of("a.md"), slice_of(text)}};
    *note = (struct note){.text = text, .verdict = sample_verdict()};
    assert_int_equal(scratch_open(&note->repository, &error), OK);
    assert_int_equal(scratch_snapshot(&note->snapshot, note->repository, files, 1, &error), OK);
    note->finding = sample_finding(&note->verdict, "r", "a.md", "x");
    error_release(&error);
}

/* Replaces the first `before` of the text, as an edit of `path`. */
static inline void note_edit(struct note *note, const char *path, const char *before,
                             const char *text) {
    size_t start = slice_find(slice_of(note->text), before, 0);
    struct edit edit = {.path = slice_of(path),
                        .span = {start, start + strlen(before)},
                        .text = slice_of(text),
                        .before = slice_of(before)};
    finding_add_edit(&note->verdict.findings, note->finding, &edit);
}

static inline void note_close(struct note *note) {
    verdict_release(&note->verdict);
    snapshot_close(note->snapshot);
    repository_close(note->repository);
}

#endif
