/*
 * What `fix` does, before anything is written: the edits of a review's findings put over its head,
 * in passes, since what overlaps must wait and some findings show only when others are gone.
 */
#ifndef COMMANDS_MENDING_H
#define COMMANDS_MENDING_H

#include "commands/mended_file.h"
#include "commands/sides.h"
#include "rules/review.h"

/* Findings of one rule in one file that were mended. */
struct mended_tally {
    struct slice path;
    const char *rule;
    size_t count;
};

/* One that has edits which could not be applied. */
struct mended_left {
    struct slice path;
    size_t line; /* 0: the file as a whole */
    const char *rule;
    const char *reason;
};

struct mending {
    /* Set by the caller. */
    struct sides *sides;
    const char *rule; /* only findings of this one; NULL: of all */

    /* Filled by mending_run(); texts live in the arena. */
    struct mended_origin origin;
    struct mended_file **files;
    size_t file_count, file_capacity;
    struct disk_move *moves; /* in the order in which they can be made */
    size_t move_count, move_capacity;
    struct mended_tally *tallies;
    size_t tally_count, tally_capacity;
    struct mended_left *left; /* findings with edits that could not be applied */
    size_t left_count, left_capacity;
    size_t mended;
    size_t offered; /* findings with edits, before the first pass */
    struct arena arena;
};

/* Takes the head of the sides for what is to be mended. Once, before the first pass. */
int mending_start(struct mending *mending, struct error *error);

/*
 * Puts the edits of those `findings` over the head that go together; while files are to be renamed
 * only those. `*count` says how many; of the others some may go in the next pass, after another
 * review, and `left` has those that can't.
 */
int mending_pass(struct mending *mending, const struct finding_list *findings, size_t *count,
                 struct error *error);

/*
 * Starts, reviews and mends until no finding has an edit that can be applied. `review` is what
 * review_run() takes; its head and changes follow those of `mending->sides`, whose head is the
 * mended one afterwards. `verdict` (zeroed) is the last review. Release with mending_release(),
 * also after a failure and before the sides.
 */
int mending_run(struct mending *mending, struct review *review, struct verdict *verdict,
                struct error *error);

/* Writes what was mended to the working tree, which the head was. */
int mending_write(const struct mending *mending, struct error *error);

/* Appends it as a patch against the head as it was. */
int mending_append_patch(struct buffer *patch, const struct mending *mending, struct error *error);

/* How many findings are gone by now: also those that went with another one's remedy. */
size_t mending_count_mended(const struct mending *mending);

/* How many files were changed or renamed. */
size_t mending_count_files(const struct mending *mending);

void mending_release(struct mending *mending);

#endif
