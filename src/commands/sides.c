#include "commands/sides.h"

#include "commands/course.h"
#include "commands/merged.h"
#include "commands/paths.h"
#include "commands/pull.h"
#include "git/line_map.h"
#include "text/file.h"

#include <string.h>

static int check_options(const struct side_options *options, struct error *error) {
    if (options->staged + options->worktree + options->all + (options->base != NULL) +
            (options->pull != NULL) + (options->merge != NULL) + (options->stdin_filename != NULL) >
        1)
        return error_set(error, STATUS_USAGE,
                         "--staged, --worktree, --base, --pull, --merge, --all and "
                         "--stdin-filename exclude each other");
    if (options->onto && !options->pull && !options->merge)
        return error_set(error, STATUS_USAGE, "--onto goes with --pull or --merge");
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

/* HEAD is the base; before the first commit that is nothing. */
static int open_base_at_head(struct sides *sides, struct error *error) {
    char head_id[OBJECT_ID_SIZE];
    int status = repository_resolve_head(sides->repository, head_id, error);
    sides->course = course_open_base(sides->repository);
    if (status == OK)
        return snapshot_open_commit(&sides->base, sides->repository, head_id, error);
    if (status == STATUS_NOT_FOUND) {
        sides->base = snapshot_open_empty();
        status = OK;
    }
    return status;
}

static int open_stdin(struct sides *sides, const char *file_name, struct error *error) {
    enum { LARGEST_INPUT = 16 * 1024 * 1024 };
    struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
    int status = path_from_root(&path, file_name, sides->repository, error);
    if (status == OK)
        status = open_base_at_head(sides, error);
    if (status == OK)
        status = file_read_stream(&content, stdin, "standard input", LARGEST_INPUT, error);
    if (status == OK)
        status = snapshot_open_overlay(&sides->head, sides->repository, sides->base,
                                       buffer_slice(&path), buffer_slice(&content), error);
    buffer_release(&content);
    buffer_release(&path);
    return status;
}

static int open_uncommitted(struct sides *sides, bool worktree, struct error *error) {
    int status = open_base_at_head(sides, error);
    if (status != OK)
        return status;
    return worktree ? snapshot_open_worktree(&sides->head, sides->repository, error)
                    : snapshot_open_index(&sides->head, sides->repository, error);
}

/* Where the user has no files, a commit is all there is. */
static int open_head(struct sides *sides, const struct side_options *options, struct error *error) {
    char head_id[OBJECT_ID_SIZE];
    if (options->on_disk && !options->head && repository_root(sides->repository))
        return snapshot_open_worktree(&sides->head, sides->repository, error);
    return open_commit(&sides->head, sides->repository, options->head ? options->head : "HEAD",
                       head_id, error);
}

static int open_range(struct sides *sides, const struct side_options *options,
                      struct verdict *verdict, struct error *error) {
    char base_id[OBJECT_ID_SIZE], head_id[OBJECT_ID_SIZE], merge_base[OBJECT_ID_SIZE];
    const char *head = options->head ? options->head : "HEAD";
    bool several = false;
    int status = repository_resolve(sides->repository, head, head_id, error);
    if (status == OK)
        status = open_head(sides, options, error);
    if (status == OK)
        status = repository_resolve(sides->repository, options->base, base_id, error);
    if (status == OK)
        status =
            repository_merge_base(sides->repository, base_id, head_id, merge_base, &several, error);
    bool committed =
        status == OK && snapshot_name(sides->head) && !strcmp(snapshot_name(sides->head), head_id);
    if (status == OK && committed && !strcmp(merge_base, head_id))
        note(verdict, "all that the head has is in the base already, so nothing is compared");
    if (status == OK && several)
        note(verdict, "the two have several merge bases; the first one is taken");
    return status == OK ? snapshot_open_commit(&sides->base, sides->repository, merge_base, error)
                        : status;
}

static int compare(struct sides *sides, struct error *error) {
    if (!sides->base)
        return OK;
    int status =
        change_set_compute(&sides->changes, sides->repository, sides->base, sides->head, error);
    return status == OK && sides->uncommitted
               ? change_set_drop_merged(sides->changes, sides->repository, error)
               : status;
}

int sides_set_head(struct sides *sides, struct snapshot *head, const struct snapshot *keep,
                   struct error *error) {
    if (sides->head != keep)
        snapshot_close(sides->head);
    sides->head = head;
    change_set_free(sides->changes);
    sides->changes = NULL;
    return compare(sides, error);
}

int sides_open(struct sides *sides, const struct side_options *options, struct verdict *verdict,
               struct error *error) {
    *sides = (struct sides){.by_default = !options->staged && !options->worktree && !options->all &&
                                          !options->base && !options->pull && !options->merge &&
                                          !options->stdin_filename};
    sides->uncommitted = options->staged || options->worktree || sides->by_default;
    int status = check_options(options, error);
    if (status == OK && options->repository)
        sides->repository = repository_share(options->repository);
    else if (status == OK)
        status = repository_open(&sides->repository, NULL, error);
    if (status != OK)
        return status;
    if (sides->uncommitted)
        status = open_uncommitted(sides, options->worktree, error);
    else if (options->all)
        status = open_head(sides, options, error);
    else if (options->stdin_filename)
        status = open_stdin(sides, options->stdin_filename, error);
    else if (options->pull)
        status = pull_open(sides, options, verdict, error);
    else if (options->merge)
        status = merged_open(sides, options, error);
    else
        status = open_range(sides, options, verdict, error);
    if (status == OK)
        status = compare(sides, error);
    if (status == OK && sides->changes && !sides->changes->renames_known)
        note(verdict, "objects are missing here, so renamed files count as deleted and added");
    if (status == OK && options->pull && !sides->changes->count)
        note(verdict,
             "nothing of it differs from its target: all that it changes is there already");
    sides->same_as_head = status == OK && options->stdin_filename && !sides->changes->count;
    verdict->base = status == OK && sides->base ? snapshot_name(sides->base) : NULL;
    verdict->head = status == OK ? snapshot_name(sides->own ? sides->own : sides->head) : NULL;
    return status;
}

static bool is_same_in_own(const struct sides *sides, struct slice path) {
    struct entry merged = snapshot_find(sides->head, path), own = snapshot_find(sides->own, path);
    return !strcmp(merged.blob_id, own.blob_id);
}

/* Edits name bytes of the merge. Where the author has others, they would do harm. */
static void drop_foreign_edits(const struct sides *sides, struct finding *finding) {
    for (size_t i = 0; i < finding->edits.count; i++)
        if (!is_same_in_own(sides, finding->edits.items[i].path))
            finding->edits = (struct edit_list){0};
}

static void use_own_lines(struct finding *finding, const struct line_map *map) {
    size_t start = line_map_find(map, finding->start.line);
    size_t end = line_map_find(map, finding->end.line);
    if (start) {
        finding->start.line = start;
        finding->end.line = end;
        if (end < start)
            finding->end = finding->start;
    } else {
        finding->has_place = false;
        finding->excerpt = slice_of("");
    }
}

/* They come sorted, so that each file is compared once. */
int sides_use_own_lines(const struct sides *sides, struct verdict *verdict, struct error *error) {
    struct line_map map = {0};
    struct slice path = slice_of("");
    int status = STATUS_NOT_FOUND;
    if (!sides->own)
        return OK;
    for (size_t i = 0; i < verdict->findings.count; i++) {
        struct finding *finding = verdict->findings.items[i];
        drop_foreign_edits(sides, finding);
        if (!finding->has_place || finding->side != SIDE_HEAD)
            continue;
        if (!slice_equal(path, finding->path)) {
            line_map_release(&map);
            path = finding->path;
            status = line_map_read(&map, sides->head, sides->own, path, error);
        }
        if (status == OK)
            use_own_lines(finding, &map);
        else if (status != STATUS_NOT_FOUND)
            break;
    }
    line_map_release(&map);
    finding_list_sort(&verdict->findings);
    return status == STATUS_NOT_FOUND ? OK : status;
}

void sides_release(struct sides *sides) {
    change_set_free(sides->changes);
    snapshot_close(sides->own);
    snapshot_close(sides->course);
    snapshot_close(sides->head);
    snapshot_close(sides->base);
    repository_close(sides->repository);
}
