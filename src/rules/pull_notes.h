/* The notes that pull requests bring, from the refs of pull requests that were fetched. */
#ifndef RULES_PULL_NOTES_H
#define RULES_PULL_NOTES_H

#include "git/upstream.h"
#include "rules/review.h"

/* A note that the commits of a pull request touch and that stands at its head. */
struct pull_note {
    struct slice path;
    const char *blob_id;                /* at the head of the pull request */
    const struct file_history *history; /* of its own commits only; has touches */
    const struct history *commits;      /* all notes in those commits */
};

struct pull_request {
    unsigned number;
    bool contained; /* the history that is looked at has its head: a merge brought it */
    bool taken;     /* contained, or its notes came another way: squashed, rebased, by hand */
    struct pull_note *notes; /* none of one that is contained: they are in that history */
    size_t note_count;
    struct history *history; /* NULL: contained, or not readable */
};

struct pull_requests {
    struct pull_request *items; /* by their numbers */
    size_t count;
    struct arena arena;
};

/*
 * Reads all whose refs are in this clone. `review` has the commits; `history` is that of its head.
 * What can't be read of one is a remark in the verdict. Release with pull_requests_release(), also
 * after a failure.
 */
int pull_requests_read(struct pull_requests *pulls, const struct review *review,
                       const struct history *history, const struct upstream *upstream,
                       struct verdict *verdict, struct error *error);
void pull_requests_release(struct pull_requests *pulls);

/* NULL: its ref is not in this clone. */
const struct pull_request *pull_requests_find(const struct pull_requests *pulls, unsigned number);

/* N of a subject that ends in "(#N)", as GitHub writes it when it squashes; 0: it does not. */
unsigned squashed_number(struct slice subject);

#endif
