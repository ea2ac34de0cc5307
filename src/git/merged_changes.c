#include "git/change_set.h"
#include "git/internal.h"

#include <string.h>

extern char **environ;

/* What one parent that is being merged has in common with the changes. */
struct merge {
    struct change_set *changes;
    git_repository *git;
};

/* The path arrives NUL-terminated: change_set_compute() copied it into an arena. */
static int is_in_parent(const git_tree *parent, struct slice path, unsigned mode, const char *id) {
    git_tree_entry *entry = NULL;
    char found_id[OBJECT_ID_SIZE] = "";
    unsigned found_mode = 0;
    int code = git_tree_entry_bypath(&entry, parent, path.data);
    if (code == GIT_ENOTFOUND && !git_object_was_absent()) {
        code = 0;
    } else if (code == 0) {
        found_mode = git_tree_entry_filemode(entry);
        git_oid_tostr(found_id, OBJECT_ID_SIZE, git_tree_entry_id(entry));
    }
    git_tree_entry_free(entry);
    if (code)
        return code < 0 ? code : -1;
    return found_mode == mode && slice_equal(slice_of(found_id), slice_of(id));
}

/* 1 when all of the change came with the parent, 0 when not, a negative code of libgit2 else. */
static int came_with(const git_tree *parent, const struct change *change) {
    int same = is_in_parent(parent, change->path, change->head_mode, change->head_id);
    if (same == 1 && change->kind == CHANGE_RENAMED)
        same = is_in_parent(parent, change->old_path, 0, "");
    return same;
}

static int drop_from(struct change_set *changes, const git_tree *parent) {
    size_t kept = 0;
    for (size_t i = 0; i < changes->count; i++) {
        int same = came_with(parent, &changes->changes[i]);
        if (same < 0)
            return same;
        if (!same)
            changes->changes[kept++] = changes->changes[i];
    }
    changes->count = kept;
    return 0;
}

static int drop_parent(const git_oid *id, void *context) {
    struct merge *merge = context;
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    int code = git_commit_lookup(&commit, merge->git, id);
    if (!code)
        code = git_commit_tree(&tree, commit);
    if (!code)
        code = drop_from(merge->changes, tree);
    git_tree_free(tree);
    git_commit_free(commit);
    return code == GIT_ENOTFOUND ? GIT_ERROR : code; /* not to be taken for "no merge" */
}

/*
 * A merge without conflicts calls its hook, pre-merge-commit, before it writes MERGE_HEAD. What it
 * merges is named by variables GITHEAD_<id> only, which are meant for merge strategies.
 */
static int drop_announced_parents(struct merge *merge) {
    static const char prefix[] = "GITHEAD_";
    int code = 0;
    for (char **variable = environ; *variable && !code; variable++) {
        struct slice text = slice_of(*variable);
        git_oid id;
        if (slice_starts_with(text, prefix) &&
            slice_find(text, "=", 0) == strlen(prefix) + OBJECT_ID_SIZE - 1 &&
            git_oid_fromstrn(&id, *variable + strlen(prefix), OBJECT_ID_SIZE - 1) == 0)
            code = drop_parent(&id, merge);
    }
    return code;
}

int change_set_drop_merged(struct change_set *changes, struct repository *repository,
                           struct error *error) {
    struct merge merge = {changes, repository->git};
    if (!changes->count)
        return OK;
    int code = git_repository_mergehead_foreach(repository->git, drop_parent, &merge);
    if (code == GIT_ENOTFOUND)
        code = drop_announced_parents(&merge);
    if (code == 0)
        return OK;
    return error_set(error, STATUS_UNDECIDED,
                     "cannot read the commits being merged (%s); see what this says: git status",
                     git_detail());
}
