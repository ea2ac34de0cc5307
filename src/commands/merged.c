#include "commands/merged.h"

#include "git/first_parents.h"

#include <string.h>

static bool keep(const struct line_commit *commit, void *context) {
    *(struct line_commit *)context = *commit;
    return false;
}

static int find_base(char base_id[OBJECT_ID_SIZE], struct repository *repository,
                     const char *head_id, const struct line_commit *merge, const char *onto,
                     struct error *error) {
    long long when;
    if (onto)
        return repository_resolve(repository, onto, base_id, error);
    if (*merge->id && !*merge->parent_id && !repository_is_shallow(repository))
        return error_set(
            error, STATUS_UNDECIDED,
            "%s is the first commit of its branch, with nothing before it that it "
            "could be compared with; all that it has: scribelint check --all --head %s",
            head_id, head_id);
    /*
     * At the boundary of a shallow clone libgit2 names a parent that is not there before 1.7, and
     * some later ones tell nothing of the commit at all.
     */
    if (!*merge->parent_id || !repository_commit_time(repository, merge->parent_id, &when))
        return error_set(error, STATUS_UNDECIDED,
                         "no parent of the commit %s is in this clone; get it with: git fetch "
                         "--depth=2 origin %s",
                         head_id, head_id);
    memcpy(base_id, merge->parent_id, OBJECT_ID_SIZE);
    return OK;
}

int merged_open(struct sides *sides, const struct side_options *options, struct error *error) {
    struct line_commit merge = {0};
    char head_id[OBJECT_ID_SIZE], base_id[OBJECT_ID_SIZE];
    int status = repository_resolve(sides->repository, options->merge, head_id, error);
    if (status == OK)
        status = first_parents_visit(sides->repository, head_id, 1, keep, &merge, NULL, error);
    if (status == OK)
        status = find_base(base_id, sides->repository, head_id, &merge, options->onto, error);
    if (status == OK)
        status = snapshot_open_commit(&sides->base, sides->repository, base_id, error);
    if (status == OK)
        status = snapshot_open_commit(&sides->head, sides->repository, head_id, error);
    if (status != OK || !*merge.merged_id || strcmp(base_id, merge.parent_id) != 0)
        return status;
    return snapshot_open_commit(&sides->own, sides->repository, merge.merged_id, error);
}
