/* One file under the edits of `fix`: as Git stores it and, in a working tree, as it is on disk. */
#ifndef COMMANDS_MENDED_FILE_H
#define COMMANDS_MENDED_FILE_H

#include "base/arena.h"
#include "commands/disk.h"
#include "finding/edit.h"
#include "git/snapshot.h"

/* What the edits start from. */
struct mended_origin {
    struct snapshot *head;
    struct snapshot *index; /* NULL, as is the root, where the head is no working tree */
    const char *root;
};

struct mended_file {
    struct slice first_path;        /* before everything */
    struct slice path;              /* now */
    bool loaded;                    /* a file that only moves need not be */
    struct buffer content;          /* now, as Git stores it */
    struct buffer first_disk, disk; /* before everything, and now, with the line ends of the disk */
    struct buffer unstaged;         /* for each byte of `content`: 1 when the index has it not */
    const char *obstacle;           /* why nothing in it can be changed, or NULL */
    bool changed;                   /* `content` is not what it was */

    /* Of the pass under way. */
    struct edit *edits;
    size_t edit_count, edit_capacity;
    struct slice target; /* the new path; empty: none */
};

/*
 * Why the bytes of `edit` can't be replaced, or NULL. Reads the file when it was not yet. `arena`
 * holds the reason.
 */
const char *mended_file_refuses(struct mended_file *file, const struct edit *edit,
                                const struct mended_origin *origin, struct arena *arena);

/* Puts the edits of the pass into the contents, and forgets them. */
void mended_file_apply(struct mended_file *file, const struct mended_origin *origin);

void mended_file_free(struct mended_file *file);

#endif
