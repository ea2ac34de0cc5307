#include "commands/commits.h"

#include "course/day.h"

#include <string.h>

/* NULL for sides that are no commit. */
static const char *commit_of(const struct snapshot *side) {
    const char *name = side ? snapshot_name(side) : NULL;
    return name && strlen(name) == OBJECT_ID_SIZE - 1 ? name : NULL;
}

static int year_of(struct repository *repository, const char *commit) {
    char head[OBJECT_ID_SIZE];
    struct error error = ERROR_NONE;
    long long when;
    if (!commit && repository_resolve_head(repository, head, &error) == OK)
        commit = head;
    error_release(&error);
    return commit && repository_commit_time(repository, commit, &when)
               ? day_of_serial((long)(when / 86400)).year
               : 0;
}

struct commit_range commits_between(const struct sides *sides) {
    const char *head = commit_of(sides->own ? sides->own : sides->head);
    return (struct commit_range){.repository = sides->repository,
                                 .head = head,
                                 .base = commit_of(sides->base),
                                 .year = year_of(sides->repository, head)};
}
