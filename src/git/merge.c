#include "git/merge.h"

#include "git/internal.h"

#include <string.h>

static void list_conflicts(struct buffer *list, git_index *index) {
    enum { MOST_NAMED = 3 };
    git_index_conflict_iterator *iterator = NULL;
    const git_index_entry *base, *ours, *theirs;
    size_t count = 0;
    if (git_index_conflict_iterator_new(&iterator, index))
        return;
    while (git_index_conflict_next(&base, &ours, &theirs, iterator) == 0) {
        const git_index_entry *any = ours ? ours : theirs ? theirs : base;
        if (count++ < MOST_NAMED)
            buffer_append_format(list, "%s\"%s\"", count > 1 ? ", " : "", any->path);
    }
    if (count > MOST_NAMED)
        buffer_append_format(list, " and %zu more", count - MOST_NAMED);
    git_index_conflict_iterator_free(iterator);
}

static int merge_trees(git_index **index, struct repository *repository, const git_oid *target,
                       const git_oid *head) {
    git_commit *ours = NULL, *theirs = NULL;
    git_merge_options options;
    git_merge_options_init(&options, GIT_MERGE_OPTIONS_VERSION);
    int code = git_commit_lookup(&ours, repository->git, target);
    if (!code)
        code = git_commit_lookup(&theirs, repository->git, head);
    if (!code)
        code = git_merge_commits(index, repository->git, ours, theirs, &options);
    git_commit_free(theirs);
    git_commit_free(ours);
    return code;
}

static int open_tree(struct snapshot **snapshot, struct repository *repository, git_index *index,
                     const char *name) {
    git_oid id;
    git_tree *tree = NULL;
    int code = git_index_write_tree_to(&id, index, repository->git);
    if (!code)
        code = git_tree_lookup(&tree, repository->git, &id);
    if (code)
        return code;
    *snapshot = snapshot_open_empty();
    (*snapshot)->repository = repository;
    (*snapshot)->tree = tree;
    memcpy((*snapshot)->name, name, OBJECT_ID_SIZE);
    return 0;
}

/* Without the merge base git_merge_commits() takes what is cut off for "no common ancestor". */
int merge_in_memory(struct snapshot **merged, struct repository *repository, const char *target_id,
                    const char *head_id, struct buffer *conflicts, struct error *error) {
    char base_id[OBJECT_ID_SIZE];
    git_oid target, head;
    git_index *index = NULL;
    *merged = NULL;
    int status = repository_merge_base(repository, target_id, head_id, base_id, NULL, error);
    if (status != OK)
        return status;
    if (!strcmp(base_id, target_id))
        return snapshot_open_commit(merged, repository, head_id, error);
    int code = repository_keep_in_memory(repository);
    if (!code)
        code = git_oid_fromstr(&target, target_id);
    if (!code)
        code = git_oid_fromstr(&head, head_id);
    if (!code)
        code = merge_trees(&index, repository, &target, &head);
    if (!code && git_index_has_conflicts(index))
        list_conflicts(conflicts, index);
    else if (!code)
        code = open_tree(merged, repository, index, head_id);
    git_index_free(index);
    return code ? error_set(error, STATUS_UNDECIDED,
                            "cannot merge %s into %s (%s); get what this clone lacks with: "
                            "git fetch --refetch --no-filter",
                            head_id, target_id, git_detail())
                : OK;
}
