/* The hooks of a repository as files: what stands there, and putting ours there or away. */
#ifndef COMMANDS_HOOK_FILES_H
#define COMMANDS_HOOK_FILES_H

#include "base/error.h"
#include "commands/hook_script.h"

enum hook_state {
    HOOK_ABSENT,
    HOOK_OURS, /* as it would be written now, and Git can run it */
    HOOK_OLD,  /* ours and untouched, but by another version, for another path, or not executable */
    HOOK_CHANGED, /* ours, but changed by hand: not to be lost */
    HOOK_OTHER,   /* somebody's, that ours can call */
    HOOK_FOREIGN, /* somebody's, that ours can't: see `why` and `advice` */
};

struct hook_file {
    const char *name; /* "pre-commit" */
    char *text;       /* what is to stand there */
    char *path;       /* where Git looks */
    char *kept;       /* where the one that was there before is put */
    enum hook_state state;
    const char *why;    /* HOOK_FOREIGN: what it is */
    const char *advice; /* … and what to do instead */
    bool runs;          /* the file at `path` is executable; Git ignores others */
    bool has_kept;      /* something stands at `kept` */
};

struct hook_files {
    struct hook_file *items;
    size_t count;
    const char *folder; /* borrowed */
};

/*
 * Looks at what stands in `folder` (borrowed; need not be there) under the names of hook_scripts;
 * `program` is the path that they are to hold. STATUS_UNDECIDED when it can't be read. Release with
 * hook_files_release(), also after a failure.
 */
int hook_files_read(struct hook_files *files, const char *folder, const char *program,
                    struct error *error);
void hook_files_release(struct hook_files *files);

/* STATUS_USAGE when one of them is in the way of an installation, with what to do instead. */
int hook_files_can_install(const struct hook_files *files, struct error *error);

/* Writes ours where they are not, and appends a line about each to `told`. */
int hook_files_install(const struct hook_files *files, struct buffer *told, struct error *error);

/* Removes ours, puts back what stood there before, and appends a line about each to `told`. */
int hook_files_uninstall(const struct hook_files *files, struct buffer *told, struct error *error);

/* Appends what stands there, a line about each. True when all are installed. */
bool hook_files_describe(const struct hook_files *files, struct buffer *told);

#endif
