/*
 * One side of a comparison: a commit's tree or the index, behind one small interface. Paths are
 * bytes from the root of the repository, separated by '/', in their exact case.
 */
#ifndef GIT_SNAPSHOT_H
#define GIT_SNAPSHOT_H

#include "git/repository.h"

struct snapshot;

enum entry_kind { ENTRY_NONE, ENTRY_FILE, ENTRY_SYMLINK, ENTRY_SUBMODULE, ENTRY_FOLDER };

struct entry {
    enum entry_kind kind;
    char blob_id[OBJECT_ID_SIZE]; /* files and symlinks; "" otherwise */
};

/* The tree of a commit (hexadecimal id). Unreadable: STATUS_UNDECIDED. */
int snapshot_open_commit(struct snapshot **snapshot, struct repository *repository,
                         const char *commit_id, struct error *error);

/*
 * The index: GIT_INDEX_FILE when set (a missing file is STATUS_UNDECIDED, never an empty index),
 * else the repository's own. Intent-to-add entries are not in it; of a conflicted path, our side.
 */
int snapshot_open_index(struct snapshot **snapshot, struct repository *repository,
                        struct error *error);

/*
 * The files as they stand on disk, untracked ones that Git does not ignore included, as `git add`
 * would take them (filters such as CRLF applied). Nothing is written. A bare repository or a file
 * that can't be read: STATUS_UNDECIDED.
 */
int snapshot_open_worktree(struct snapshot **snapshot, struct repository *repository,
                           struct error *error);

/*
 * What `below` (a commit, or empty) has, with `content` (as on disk: filters are applied) in the
 * place of the file at `path`, which may be new. Nothing is written; both texts are copied. `path`
 * being a folder: STATUS_USAGE.
 */
int snapshot_open_overlay(struct snapshot **snapshot, struct repository *repository,
                          const struct snapshot *below, struct slice path, struct slice content,
                          struct error *error);

/* A file that an overlay changes, moves or both. */
struct overlay_file {
    struct slice old_path; /* where it stands in the snapshot below */
    struct slice path;     /* where it is to stand; may be the same */
    struct slice content;  /* as Git stores it; data NULL: what it has below */
};

/*
 * What `below` (of any kind but the empty one) has, with these files changed, named as `below` is.
 * Nothing is written, all is copied. A path that Git does not allow: STATUS_USAGE.
 */
int snapshot_open_changed(struct snapshot **snapshot, const struct snapshot *below,
                          const struct overlay_file *files, size_t count, struct error *error);

/* A side with nothing in it, as before the first commit. */
struct snapshot *snapshot_open_empty(void);

/*
 * The same once more, through a repository of its own, for another thread: call it on the thread
 * that has `snapshot`, and close it when that other one has ended. NULL when it can't be opened
 * again, as where objects are kept in memory.
 */
struct snapshot *snapshot_reopen(const struct snapshot *snapshot);

/* The one that `snapshot` was opened from once more, or itself: what is kept of one holds for it.
 */
const struct snapshot *snapshot_original(const struct snapshot *snapshot);

/* `snapshot` may be NULL. The repository must outlive it. */
void snapshot_close(struct snapshot *snapshot);

/*
 * What stands at `path`; ENTRY_NONE when nothing does. "" is the root folder; a slash at the end
 * asks for a folder.
 */
struct entry snapshot_find(const struct snapshot *snapshot, struct slice path);

/*
 * Appends the bytes of the file at `path`. No file there (a symlink is none): STATUS_NOT_FOUND.
 * Blob absent (partial clone) or larger than `limit` bytes: STATUS_UNDECIDED with a message for the
 * list of undecided paths, which does not name the path itself.
 */
int snapshot_read(const struct snapshot *snapshot, struct slice path, size_t limit,
                  struct buffer *content, struct error *error);

/* The same for a file whose entry is known, with this blob: it is not looked up again. */
int snapshot_read_blob(const struct snapshot *snapshot, const char *blob_id, size_t limit,
                       struct buffer *content, struct error *error);

/* Called with the full path of a file, symlink or submodule; stop by returning false. */
typedef bool snapshot_visitor(struct slice path, const struct entry *entry, void *context);

/*
 * Visits everything below `folder` ("" for all, a slash at the end may be there) in byte order of
 * the paths, folders left out. Nothing is visited when no folder is there.
 */
int snapshot_walk(const struct snapshot *snapshot, struct slice folder, snapshot_visitor *visitor,
                  void *context, struct error *error);

/*
 * The path as it is spelled in the snapshot when only the case of ASCII letters differs from
 * `path`; false when there is none. Appends to `spelling`.
 */
bool snapshot_find_ignoring_case(const struct snapshot *snapshot, struct slice path,
                                 struct buffer *spelling);

/*
 * The commit's id, "index", "worktree" or "stdin" (an overlay), or NULL for the empty snapshot: how
 * reports name this side.
 */
const char *snapshot_name(const struct snapshot *snapshot);

#endif
