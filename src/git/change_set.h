/* What differs between two snapshots: files with their old names, and the lines added. */
#ifndef GIT_CHANGE_SET_H
#define GIT_CHANGE_SET_H

#include "base/arena.h"
#include "git/snapshot.h"

enum change_kind { CHANGE_ADDED, CHANGE_DELETED, CHANGE_MODIFIED, CHANGE_RENAMED };

/* 1-based, both ends included. */
struct line_range {
    size_t first;
    size_t last;
};

struct change {
    enum change_kind kind;
    struct slice path;        /* at the head; for CHANGE_DELETED, at the base */
    struct slice old_path;    /* at the base; equal to `path` unless renamed; empty when added */
    enum entry_kind entry;    /* at the head; for CHANGE_DELETED, at the base */
    bool blank_only;          /* modified or renamed text that differs, in white space only */
    struct line_range *added; /* none for symlinks, submodules and files over 10 MB */
    size_t added_count;
    struct slice undecided;       /* why the lines could not be compared; empty when they could */
    unsigned head_mode;           /* as Git writes it, such as 0100644; 0 when deleted */
    char head_id[OBJECT_ID_SIZE]; /* of the blob or the submodule's commit; "" when deleted */
};

struct change_set {
    struct change *changes; /* in byte order of `path` */
    size_t count;
    bool renames_known; /* false when the search for renames failed (partial clone) */
    struct arena *arena;
};

/*
 * Compares two snapshots of one repository; `base` is a commit or empty. Attributes such as `-diff`
 * in the tree are not honoured. A file that becomes a symlink or the reverse is modified.
 * A blob that can't be read makes its change `undecided`, trees make all STATUS_UNDECIDED. Release
 * with change_set_free().
 */
int change_set_compute(struct change_set **changes, struct repository *repository,
                       const struct snapshot *base, const struct snapshot *head,
                       struct error *error);
void change_set_free(struct change_set *changes);

/*
 * While a merge is under way (MERGE_HEAD, or in a hook of `git merge`), drops the changes whose
 * head side is the same as in a parent being merged: of a merge only what differs from both parents
 * is the committer's own. Without a merge it does nothing. For changes from HEAD to the index.
 */
int change_set_drop_merged(struct change_set *changes, struct repository *repository,
                           struct error *error);

/* The change whose `path` this is, or NULL. */
const struct change *change_set_find(const struct change_set *changes, struct slice path);

/* True when `line` is among the added lines. */
bool change_adds_line(const struct change *change, size_t line);

#endif
