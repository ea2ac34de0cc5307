/*
 * When a note was handed in. The author date of a commit tells, but for the commit into which
 * GitHub squashes a pull request: its author date is that of the merge, so the commits of the pull
 * request itself count, where this clone has them.
 */
#ifndef RULES_SUBMISSION_H
#define RULES_SUBMISSION_H

#include "rules/pull_notes.h"

/* A commit that brought a version of the note. */
struct delivery {
    const struct touch *touch;
    bool at_latest; /* a squashed one whose pull request is not here: `touch` is its merge */
};

enum lateness {
    LATENESS_NONE,          /* no deadline, or no commit that tells */
    LATENESS_ON_TIME,       /* first and last version */
    LATENESS_LATE_REVISION, /* the first on time, the last not */
    LATENESS_LATE,
    LATENESS_UNKNOWN, /* depends on commits that this clone lacks */
};

struct submission {
    struct delivery *deliveries; /* in no order; release with free() */
    size_t count, capacity;
    bool cut;                         /* older ones may be missing */
    const struct touch *first, *last; /* by author date, as far as known; NULL: unknown */
    enum lateness lateness;
};

/*
 * Those of the note at `path`. `history` is of the head, and may be NULL: nothing is known then.
 * `due` NULL: no deadline. Release with submission_release().
 */
void submission_find(struct submission *submission, const struct history *history,
                     const struct pull_requests *pulls, struct slice path, const long long *due);
void submission_release(struct submission *submission);

/* "on-time", "late-revision", "late", "unknown"; NULL for LATENESS_NONE. */
const char *lateness_name(enum lateness lateness);

#endif
