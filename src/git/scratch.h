/*
 * A repository that exists in memory only: snapshots made from texts, for rule examples. They are
 * trees like any other, so everything above works on them as on a real repository.
 */
#ifndef GIT_SCRATCH_H
#define GIT_SCRATCH_H

#include "git/snapshot.h"

struct scratch_file {
    struct slice path;
    struct slice content;
};

/* Release with repository_close(). */
int scratch_open(struct repository **repository, struct error *error);

/* A side that holds `files`; of two with one path the later wins. */
int scratch_snapshot(struct snapshot **snapshot, struct repository *repository,
                     const struct scratch_file *files, size_t count, struct error *error);

/* A commit of a side, written at `when` (seconds since 1970) by a clock `offset` minutes ahead. */
struct scratch_commit {
    const struct snapshot *side; /* made by scratch_snapshot() */
    const char *parent;          /* commit id; NULL: none */
    long long when;
    int offset;
};

int scratch_commit(char commit_id[OBJECT_ID_SIZE], struct repository *repository,
                   const struct scratch_commit *commit, struct error *error);

#endif
