#include "git/pull.h"

#include "base/memory.h"
#include "git/internal.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Where fetched pull requests are kept; the number stands between the two parts. */
struct place {
    const char *prefix, *suffix;
    bool remote; /* below the refs of the remote */
};

static const struct place places[] = {
    {"refs/pull/", "/head", false},
    {"pull/", "/head", true},
    {"pr/", "", true},
};

/* The name of a place up to the number; false when there is no such remote. */
static bool append_prefix(struct buffer *name, const struct place *place,
                          const struct upstream *upstream) {
    if (place->remote && !upstream->remote)
        return false;
    if (place->remote)
        buffer_append_format(name, "refs/remotes/%s/", upstream->remote);
    buffer_append_string(name, place->prefix);
    return true;
}

static int say_how_to_fetch(const struct upstream *upstream, unsigned number, struct error *error) {
    const char *remote = upstream->remote ? upstream->remote : "URL";
    struct buffer kept = BUFFER_EMPTY;
    if (upstream->remote && !upstream->bare)
        buffer_append_format(&kept, "refs/remotes/%s/", remote);
    else
        buffer_append_string(&kept, "refs/");
    int status = error_set(error, STATUS_UNDECIDED,
                           "pull request %u is not in this clone; get it with: "
                           "git fetch %s refs/pull/%u/head:%spull/%u/head",
                           number, remote, number, buffer_string(&kept), number);
    buffer_release(&kept);
    return status;
}

int pull_find_head(struct repository *repository, const struct upstream *upstream, unsigned number,
                   char head_id[OBJECT_ID_SIZE], struct error *error) {
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        struct buffer name = BUFFER_EMPTY;
        git_oid id;
        bool found = append_prefix(&name, &places[i], upstream);
        if (found) {
            buffer_append_format(&name, "%u%s", number, places[i].suffix);
            found = git_reference_name_to_id(&id, repository->git, buffer_string(&name)) == 0;
        }
        int status = found ? repository_resolve(repository, buffer_string(&name), head_id, error)
                           : STATUS_NOT_FOUND;
        buffer_release(&name);
        if (status != STATUS_NOT_FOUND)
            return status;
    }
    return say_how_to_fetch(upstream, number, error);
}

/* 0 when `name` is not one of this place. */
static unsigned number_in(const char *name, const char *prefix, const char *suffix) {
    char *end = NULL;
    size_t size = strlen(prefix);
    if (strncmp(name, prefix, size) != 0 || !isdigit((unsigned char)name[size]))
        return 0;
    errno = 0;
    unsigned long number = strtoul(name + size, &end, 10);
    return errno || number > 1000000000UL || strcmp(end, suffix) != 0 ? 0 : (unsigned)number;
}

static int compare_numbers(const void *left, const void *right) {
    unsigned a = *(const unsigned *)left, b = *(const unsigned *)right;
    return a < b ? -1 : a > b;
}

int pull_list(unsigned **numbers, size_t *count, struct repository *repository,
              const struct upstream *upstream, struct error *error) {
    git_strarray names = {0};
    size_t capacity = 0, kept = 0;
    *numbers = NULL;
    *count = 0;
    if (git_reference_list(&names, repository->git))
        return error_set(error, STATUS_UNDECIDED,
                         "cannot list the refs: %s; see what this says: git for-each-ref",
                         git_detail());
    for (size_t k = 0; k < COUNT_OF(places); k++) {
        struct buffer prefix = BUFFER_EMPTY;
        bool known = append_prefix(&prefix, &places[k], upstream);
        for (size_t i = 0; known && i < names.count; i++) {
            unsigned number = number_in(names.strings[i], buffer_string(&prefix), places[k].suffix);
            if (number)
                ARRAY_PUSH(*numbers, *count, capacity) = number;
        }
        buffer_release(&prefix);
    }
    git_strarray_dispose(&names);
    if (*count)
        qsort(*numbers, *count, sizeof **numbers, compare_numbers);
    for (size_t i = 0; i < *count; i++)
        if (!kept || (*numbers)[kept - 1] != (*numbers)[i])
            (*numbers)[kept++] = (*numbers)[i];
    *count = kept;
    return OK;
}

struct line {
    git_oid *ids; /* from the tip back */
    size_t count, capacity;
};

/* The line of first parents, up to the root or to where this clone ends. */
static void read_line(struct line *line, struct repository *repository, const git_oid *tip) {
    git_oid next = *tip;
    git_commit *commit = NULL;
    while (git_commit_lookup(&commit, repository->git, &next) == 0) {
        bool last = git_commit_parentcount(commit) == 0;
        ARRAY_PUSH(line->ids, line->count, line->capacity) = next;
        if (!last)
            next = *git_commit_parent_id(commit, 0);
        git_commit_free(commit);
        if (last)
            break;
    }
}

static bool is_on_line(const struct line *line, const git_oid *id) {
    for (size_t i = 0; i < line->count; i++)
        if (git_oid_equal(&line->ids[i], id))
            return true;
    return false;
}

/*
 * The index of the oldest commit on the line that has `head`; the tip is known to have it. What one
 * commit of the line has, all later ones have.
 */
static int find_first_with(size_t *index, const struct line *line, struct repository *repository,
                           const git_oid *head) {
    size_t low = 0, high = line->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        int has = git_graph_descendant_of(repository->git, &line->ids[middle], head);
        if (has < 0)
            return has;
        if (has)
            low = middle;
        else
            high = middle;
    }
    *index = low;
    return 0;
}

int pull_find_merge(struct repository *repository, const char *target_id, const char *head_id,
                    char merge_id[OBJECT_ID_SIZE], char before_id[OBJECT_ID_SIZE],
                    struct error *error) {
    struct line line = {0};
    git_oid target, head;
    size_t index = 0;
    int status = repository_merge_base(repository, target_id, head_id, merge_id, NULL, error);
    if (status != OK)
        return status;
    if (strcmp(merge_id, head_id) != 0)
        return STATUS_NOT_FOUND;
    git_oid_fromstr(&target, target_id);
    git_oid_fromstr(&head, head_id);
    read_line(&line, repository, &target);
    if (is_on_line(&line, &head)) {
        status = error_set(error, STATUS_UNDECIDED,
                           "no merge brought %.10s into the target: it is itself on the target's "
                           "line, so where it began is not known; name the commit before it with: "
                           "--onto REV",
                           head_id);
    } else if (find_first_with(&index, &line, repository, &head) || index + 1 >= line.count) {
        status = error_set(error, STATUS_UNDECIDED,
                           "the merge that brought %.10s is beyond what this clone has of the "
                           "history; get it with: git fetch --unshallow",
                           head_id);
    } else {
        git_oid_tostr(merge_id, OBJECT_ID_SIZE, &line.ids[index]);
        git_oid_tostr(before_id, OBJECT_ID_SIZE, &line.ids[index + 1]);
    }
    free(line.ids);
    return status;
}
