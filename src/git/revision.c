#include "base/memory.h"
#include "git/internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#if !LIBGIT2_AT_LEAST(2)
#define git_oidarray_dispose git_oidarray_free
#endif

static bool is_object_id(const char *text) {
    size_t digits = 0;
    while (isxdigit((unsigned char)text[digits]))
        digits++;
    return digits == OBJECT_ID_SIZE - 1 && !text[digits];
}

/* An object that something points to, and that is not there. */
static int unreadable(const char *revision, struct error *error) {
    return error_set(
        error, STATUS_UNDECIDED,
        "the commit \"%s\" is not in this clone (%s); get it with: git fetch origin%s%s", revision,
        git_detail(), is_object_id(revision) ? " " : "", is_object_id(revision) ? revision : "");
}

/* True for HEAD~3 when history ends at HEAD~1 only because the clone is shallow. */
static bool is_behind_boundary(struct repository *repository, const char *revision) {
    size_t size = strcspn(revision, "^~");
    if (!revision[size] || !repository_is_shallow(repository))
        return false;
    char *stem = memory_copy_string(revision);
    stem[size] = '\0';
    git_object *object = NULL;
    bool known = git_revparse_single(&object, repository->git, stem) == 0;
    git_object_free(object);
    free(stem);
    return known;
}

/* True where HEAD is what nothing can be: before the first commit. */
static bool lacks_commits(struct repository *repository, const char *revision) {
    git_strarray names = {0};
    if (git_repository_head_unborn(repository->git) != 1 ||
        git_reference_list(&names, repository->git))
        return false;
    bool none = !names.count || !strncmp(revision, "HEAD", strlen("HEAD"));
    git_strarray_dispose(&names);
    return none;
}

static int explain_unresolved(struct repository *repository, const char *revision, int code,
                              struct error *error) {
    if (code == GIT_EAMBIGUOUS)
        return error_set(error, STATUS_USAGE,
                         "\"%s\" begins several object ids; give more of its digits", revision);
    if (code == GIT_EINVALIDSPEC)
        return error_set(error, STATUS_USAGE, "\"%s\" is not a revision; see: git help revisions",
                         revision);
    bool absent = code != GIT_ENOTFOUND || is_object_id(revision) || git_object_was_absent();
    if (is_behind_boundary(repository, revision))
        return error_set(error, STATUS_UNDECIDED,
                         "\"%s\" is beyond the boundary of this shallow clone; get it with: "
                         "git fetch --unshallow",
                         revision);
    if (lacks_commits(repository, revision))
        return error_set(error, STATUS_USAGE,
                         "there is no commit yet, so there is none named \"%s\"", revision);
    if (absent)
        return unreadable(revision, error);
    return error_set(error, STATUS_USAGE,
                     "no commit is named \"%s\" here; see the names with: git branch -a", revision);
}

int repository_resolve(struct repository *repository, const char *revision,
                       char commit_id[OBJECT_ID_SIZE], struct error *error) {
    git_object *object = NULL, *commit = NULL;
    int status = OK;
    git_error_clear();
    int code = git_revparse_single(&object, repository->git, revision);
    if (code) {
        status = explain_unresolved(repository, revision, code, error);
    } else if ((code = git_object_peel(&commit, object, GIT_OBJECT_COMMIT)) == GIT_ENOTFOUND) {
        status = unreadable(revision, error);
    } else if (code) {
        status = error_set(error, STATUS_USAGE, "\"%s\" is a %s; name a commit", revision,
                           git_object_type2string(git_object_type(object)));
    } else {
        git_oid_tostr(commit_id, OBJECT_ID_SIZE, git_object_id(commit));
    }
    git_object_free(commit);
    git_object_free(object);
    return status;
}

int repository_resolve_head(struct repository *repository, char commit_id[OBJECT_ID_SIZE],
                            struct error *error) {
    git_reference *head = NULL;
    git_object *commit = NULL;
    int status = OK;
    int code = git_repository_head(&head, repository->git);
    if (code == GIT_EUNBORNBRANCH)
        return STATUS_NOT_FOUND;
    if (code || git_reference_peel(&commit, head, GIT_OBJECT_COMMIT))
        status = unreadable("HEAD", error);
    else
        git_oid_tostr(commit_id, OBJECT_ID_SIZE, git_object_id(commit));
    git_object_free(commit);
    git_reference_free(head);
    return status;
}

static bool contains(const git_oid *ids, size_t count, const git_oid *id) {
    for (size_t i = 0; i < count; i++)
        if (git_oid_equal(&ids[i], id))
            return true;
    return false;
}

/* Follows what history there is; absent parents end it. */
static bool is_ancestor(struct repository *repository, const git_oid *wanted, const git_oid *from) {
    enum { MOST_COMMITS = 4096 }; /* the search below is quadratic */
    git_oid *reached = NULL;
    size_t count = 0, capacity = 0;
    bool found = false;
    ARRAY_PUSH(reached, count, capacity) = *from;
    for (size_t i = 0; i < count && count < MOST_COMMITS && !found; i++) {
        git_commit *commit = NULL;
        if (git_commit_lookup(&commit, repository->git, &reached[i]))
            continue;
        found = git_oid_equal(&reached[i], wanted);
        for (unsigned k = 0; k < git_commit_parentcount(commit); k++)
            if (!contains(reached, count, git_commit_parent_id(commit, k)))
                ARRAY_PUSH(reached, count, capacity) = *git_commit_parent_id(commit, k);
        git_commit_free(commit);
    }
    free(reached);
    return found;
}

/*
 * libgit2 before 1.7 reads beyond the boundary of a shallow clone, and fails also where the base is
 * plain to see: HEAD^1 of the merge commit that actions/checkout fetches with depth 2.
 */
static const git_oid *base_in_shallow(struct repository *repository, const git_oid *left,
                                      const git_oid *right) {
    if (!repository_is_shallow(repository))
        return NULL;
    if (is_ancestor(repository, left, right))
        return left;
    return is_ancestor(repository, right, left) ? right : NULL;
}

int repository_merge_base(struct repository *repository, const char *left_id, const char *right_id,
                          char base_id[OBJECT_ID_SIZE], bool *several, struct error *error) {
    git_oid left, right;
    const git_oid *plain = NULL;
    git_oidarray bases = {0};
    int status = OK;
    int code = git_oid_fromstr(&left, left_id);
    if (!code)
        code = git_oid_fromstr(&right, right_id);
    if (!code)
        code = git_merge_bases(&bases, repository->git, &left, &right);
    if (!code && !bases.count)
        code = GIT_ENOTFOUND;
    if (code && (plain = base_in_shallow(repository, &left, &right)))
        git_oid_tostr(base_id, OBJECT_ID_SIZE, plain);
    else if (code && repository_is_shallow(repository))
        status =
            error_set(error, STATUS_UNDECIDED,
                      "the common ancestor of %s and %s is beyond the boundary of this shallow "
                      "clone; get it with: git fetch --unshallow",
                      left_id, right_id);
    else if (code == GIT_ENOTFOUND)
        status = error_set(error, STATUS_UNDECIDED,
                           "%s and %s have no common ancestor; see how they grew with: "
                           "git log --graph --oneline %s %s",
                           left_id, right_id, left_id, right_id);
    else if (code)
        status = error_set(error, STATUS_UNDECIDED,
                           "cannot read the history of %s and %s: %s; see what this says: git fsck",
                           left_id, right_id, git_detail());
    else
        git_oid_tostr(base_id, OBJECT_ID_SIZE, &bases.ids[0]);
    if (several)
        *several = bases.count > 1;
    git_oidarray_dispose(&bases);
    return status;
}

bool repository_commit_time(struct repository *repository, const char *commit_id, long long *when) {
    git_commit *commit = NULL;
    git_oid id;
    if (git_oid_fromstr(&id, commit_id) < 0 || git_commit_lookup(&commit, repository->git, &id) < 0)
        return false;
    *when = git_commit_author(commit)->when.time;
    git_commit_free(commit);
    return true;
}
