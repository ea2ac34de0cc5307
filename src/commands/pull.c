#include "commands/pull.h"

#include "base/memory.h"
#include "commands/course.h"
#include "git/merge.h"
#include "git/pull.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_NUMBER = 1000000000 };

struct pull {
    unsigned number;
    struct upstream upstream;
    char target_id[OBJECT_ID_SIZE], head_id[OBJECT_ID_SIZE];
};

/* One number, and what stands behind it in `*end`. */
static int read_number(unsigned *number, const char *text, char **end, struct error *error) {
    unsigned long value = isdigit((unsigned char)*text) ? strtoul(text, end, 10) : 0;
    if (!value || value > LARGEST_NUMBER || (**end && **end != ','))
        return error_set(error, STATUS_USAGE,
                         "--pull takes numbers of pull requests with commas between them, or all, "
                         "not \"%s\"",
                         text);
    *number = (unsigned)value;
    return OK;
}

static int find_target(struct pull *pull, struct repository *repository, const char *onto,
                       struct error *error) {
    course_find(&pull->upstream, repository, true);
    if (onto)
        return repository_resolve(repository, onto, pull->target_id, error);
    if (!pull->upstream.branch)
        return error_set(error, STATUS_UNDECIDED,
                         "it is not known here which branch pull requests go to; name it with: "
                         "--onto REV");
    memcpy(pull->target_id, pull->upstream.commit_id, OBJECT_ID_SIZE);
    return OK;
}

static void remark(struct verdict *verdict, struct buffer *text) {
    verdict_remark(verdict, &verdict->notes, slice_of(""), buffer_slice(text));
    buffer_release(text);
}

/* What it brought when it was merged. */
static int open_merged(struct sides *sides, const struct pull *pull, const char *merge_id,
                       const char *before_id, struct verdict *verdict, struct error *error) {
    struct buffer text = BUFFER_EMPTY;
    int status = snapshot_open_commit(&sides->base, sides->repository, before_id, error);
    if (status == OK)
        status = snapshot_open_commit(&sides->head, sides->repository, merge_id, error);
    if (status != OK)
        return status;
    buffer_append_format(&text,
                         "pull request %u is merged already; this is what the merge %.10s brought",
                         pull->number, merge_id);
    remark(verdict, &text);
    return snapshot_open_commit(&sides->own, sides->repository, pull->head_id, error);
}

static int open_conflicting(struct sides *sides, const struct pull *pull,
                            const struct buffer *conflicts, struct verdict *verdict,
                            struct error *error) {
    char base_id[OBJECT_ID_SIZE];
    struct buffer text = BUFFER_EMPTY;
    int status = repository_merge_base(sides->repository, pull->target_id, pull->head_id, base_id,
                                       NULL, error);
    if (status == OK)
        status = snapshot_open_commit(&sides->base, sides->repository, base_id, error);
    if (status == OK)
        status = snapshot_open_commit(&sides->head, sides->repository, pull->head_id, error);
    if (status != OK)
        return status;
    buffer_append_format(&text,
                         "pull request %u conflicts with its target in %s; this is what it changes "
                         "since it left the target",
                         pull->number, buffer_string(conflicts));
    remark(verdict, &text);
    return OK;
}

static int open_open(struct sides *sides, const struct pull *pull, struct verdict *verdict,
                     struct error *error) {
    struct buffer conflicts = BUFFER_EMPTY;
    int status = merge_in_memory(&sides->head, sides->repository, pull->target_id, pull->head_id,
                                 &conflicts, error);
    if (status == OK && !sides->head) {
        status = open_conflicting(sides, pull, &conflicts, verdict, error);
    } else if (status == OK) {
        status = snapshot_open_commit(&sides->base, sides->repository, pull->target_id, error);
        if (status == OK)
            status = snapshot_open_commit(&sides->own, sides->repository, pull->head_id, error);
    }
    buffer_release(&conflicts);
    return status;
}

int pull_open(struct sides *sides, const struct side_options *options, struct verdict *verdict,
              struct error *error) {
    struct pull pull = {0};
    char merge_id[OBJECT_ID_SIZE], before_id[OBJECT_ID_SIZE], *end = NULL;
    int status = read_number(&pull.number, options->pull, &end, error);
    if (status == OK)
        status = find_target(&pull, sides->repository, options->onto, error);
    if (status == OK)
        status =
            pull_find_head(sides->repository, &pull.upstream, pull.number, pull.head_id, error);
    if (status == OK)
        status = pull_find_merge(sides->repository, pull.target_id, pull.head_id, merge_id,
                                 before_id, error);
    if (status == OK)
        status = open_merged(sides, &pull, merge_id, before_id, verdict, error);
    else if (status == STATUS_NOT_FOUND)
        status = open_open(sides, &pull, verdict, error);
    upstream_release(&pull.upstream);
    return status;
}

/* True when the merge is the target as it is. One that can't be made is not: checking says why. */
static bool brings_nothing(struct repository *repository, const struct pull *pull,
                           const struct snapshot *target) {
    struct snapshot *merged = NULL;
    struct change_set *changes = NULL;
    struct buffer conflicts = BUFFER_EMPTY;
    struct error ignored = ERROR_NONE;
    bool nothing = merge_in_memory(&merged, repository, pull->target_id, pull->head_id, &conflicts,
                                   &ignored) == OK &&
                   merged &&
                   change_set_compute(&changes, repository, target, merged, &ignored) == OK &&
                   !changes->count;
    change_set_free(changes);
    snapshot_close(merged);
    buffer_release(&conflicts);
    error_release(&ignored);
    return nothing;
}

/* Those that the target does not have yet, by their commits or, squashed, by what they change. */
static int keep_open(unsigned *numbers, size_t *count, size_t *idle, struct pull *pull,
                     struct repository *repository, struct error *error) {
    size_t kept = 0;
    struct snapshot *target = NULL;
    int status = snapshot_open_commit(&target, repository, pull->target_id, error);
    for (size_t i = 0; status == OK && i < *count; i++) {
        char base_id[OBJECT_ID_SIZE];
        status = pull_find_head(repository, &pull->upstream, numbers[i], pull->head_id, error);
        if (status != OK)
            break;
        /* One whose history can't be followed stays: checking it says why. */
        struct error ignored = ERROR_NONE;
        bool contained = repository_merge_base(repository, pull->target_id, pull->head_id, base_id,
                                               NULL, &ignored) == OK &&
                         !strcmp(base_id, pull->head_id);
        error_release(&ignored);
        if (!contained && brings_nothing(repository, pull, target))
            ++*idle;
        else if (!contained)
            numbers[kept++] = numbers[i];
    }
    snapshot_close(target);
    *count = kept;
    return status;
}

static int find_open(unsigned **numbers, size_t *count, size_t *idle, const char *onto,
                     struct error *error) {
    struct pull pull = {0};
    struct repository *repository = NULL;
    int status = repository_open(&repository, NULL, error);
    if (status == OK)
        status = find_target(&pull, repository, onto, error);
    if (status == OK)
        status = pull_list(numbers, count, repository, &pull.upstream, error);
    if (status == OK && !*count)
        status = error_set(error, STATUS_UNDECIDED,
                           "no pull request is in this clone; get them with: git fetch %s "
                           "'+refs/pull/*/head:refs/%s%s%spull/*/head'",
                           pull.upstream.remote ? pull.upstream.remote : "URL",
                           pull.upstream.remote && !pull.upstream.bare ? "remotes/" : "",
                           pull.upstream.remote && !pull.upstream.bare ? pull.upstream.remote : "",
                           pull.upstream.remote && !pull.upstream.bare ? "/" : "");
    if (status == OK)
        status = keep_open(*numbers, count, idle, &pull, repository, error);
    upstream_release(&pull.upstream);
    repository_close(repository);
    return status;
}

int pull_read_numbers(unsigned **numbers, size_t *count, size_t *idle,
                      const struct side_options *options, struct error *error) {
    size_t capacity = 0;
    *numbers = NULL;
    *count = *idle = 0;
    if (!strcmp(options->pull, "all"))
        return find_open(numbers, count, idle, options->onto, error);
    for (const char *at = options->pull;;) {
        char *end = NULL;
        unsigned number = 0;
        int status = read_number(&number, at, &end, error);
        if (status != OK)
            return status;
        ARRAY_PUSH(*numbers, *count, capacity) = number;
        if (!*end)
            return OK;
        at = end + 1;
    }
}
