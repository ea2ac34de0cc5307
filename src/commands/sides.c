#include "commands/sides.h"

#include <string.h>

static int check_options(const struct side_options *options, struct error *error) {
    if (options->staged + options->worktree + options->all + (options->base != NULL) > 1)
        return error_set(error, STATUS_USAGE,
                         "--staged, --worktree, --base and --all exclude each other");
    if (options->head && !options->base && !options->all)
        return error_set(error, STATUS_USAGE, "--head goes with --base or --all");
    return OK;
}

static int open_commit(struct snapshot **snapshot, struct repository *repository,
                       const char *revision, char id[OBJECT_ID_SIZE], struct error *error) {
    int status = repository_resolve(repository, revision, id, error);
    return status == OK ? snapshot_open_commit(snapshot, repository, id, error) : status;
}

static void note(struct verdict *verdict, const char *text) {
    verdict_remark(verdict, &verdict->notes, slice_of(""), slice_of(text));
}

static int open_uncommitted(struct sides *sides, bool worktree, struct error *error) {
    char head_id[OBJECT_ID_SIZE];
    int status = repository_resolve_head(sides->repository, head_id, error);
    if (status == STATUS_NOT_FOUND) {
        sides->base = snapshot_open_empty();
        status = OK;
    } else if (status == OK) {
        status = snapshot_open_commit(&sides->base, sides->repository, head_id, error);
    }
    if (status != OK)
        return status;
    return worktree ? snapshot_open_worktree(&sides->head, sides->repository, error)
                    : snapshot_open_index(&sides->head, sides->repository, error);
}

static int open_range(struct sides *sides, const struct side_options *options,
                      struct verdict *verdict, struct error *error) {
    char base_id[OBJECT_ID_SIZE], head_id[OBJECT_ID_SIZE], merge_base[OBJECT_ID_SIZE];
    const char *head = options->head ? options->head : "HEAD";
    bool several = false;
    int status = open_commit(&sides->head, sides->repository, head, head_id, error);
    if (status == OK)
        status = repository_resolve(sides->repository, options->base, base_id, error);
    if (status == OK)
        status =
            repository_merge_base(sides->repository, base_id, head_id, merge_base, &several, error);
    if (status == OK && !strcmp(merge_base, head_id))
        note(verdict, "all that the head has is in the base already, so nothing is compared");
    if (status == OK && several)
        note(verdict, "the two have several merge bases; the first one is taken");
    return status == OK ? snapshot_open_commit(&sides->base, sides->repository, merge_base, error)
                        : status;
}

static int open_all(struct sides *sides, const struct side_options *options, struct error *error) {
    char head_id[OBJECT_ID_SIZE];
    return open_commit(&sides->head, sides->repository, options->head ? options->head : "HEAD",
                       head_id, error);
}

static int compare(struct sides *sides, bool staged, struct verdict *verdict, struct error *error) {
    if (!sides->base)
        return OK;
    int status =
        change_set_compute(&sides->changes, sides->repository, sides->base, sides->head, error);
    if (status == OK && staged)
        status = change_set_drop_merged(sides->changes, sides->repository, error);
    if (status == OK && !sides->changes->renames_known)
        note(verdict, "objects are missing here, so renamed files count as deleted and added");
    return status;
}

int sides_open(struct sides *sides, const struct side_options *options, struct verdict *verdict,
               struct error *error) {
    *sides = (struct sides){.by_default = !options->staged && !options->worktree && !options->all &&
                                          !options->base};
    bool staged = options->staged || options->worktree || sides->by_default;
    int status = check_options(options, error);
    if (status == OK)
        status = repository_open(&sides->repository, NULL, error);
    if (status != OK)
        return status;
    if (staged)
        status = open_uncommitted(sides, options->worktree, error);
    else if (options->all)
        status = open_all(sides, options, error);
    else
        status = open_range(sides, options, verdict, error);
    if (status == OK)
        status = compare(sides, staged, verdict, error);
    verdict->base = status == OK && sides->base ? snapshot_name(sides->base) : NULL;
    verdict->head = status == OK ? snapshot_name(sides->head) : NULL;
    return status;
}

void sides_release(struct sides *sides) {
    change_set_free(sides->changes);
    snapshot_close(sides->head);
    snapshot_close(sides->base);
    repository_close(sides->repository);
}
