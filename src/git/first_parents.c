#include "git/first_parents.h"

#include "git/internal.h"

#include <string.h>

/* Days to years without a time zone of the process. */
static int year_of(git_time_t seconds) {
    enum { DAY = 86400 };
    long long day = seconds / DAY - (seconds % DAY < 0);
    int year = 1970;
    for (;; year++) {
        int length = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 366 : 365;
        if (day < length || year > 9999)
            return year;
        day -= length;
    }
}

static struct line_commit describe(const git_commit *commit) {
    struct line_commit described = {.year = year_of(git_commit_time(commit))};
    const char *message = git_commit_message(commit);
    unsigned parents = git_commit_parentcount(commit);
    const git_signature *author = git_commit_author(commit);
    message = message ? message : "";
    described.when = author ? author->when.time : 0;
    described.offset = author ? author->when.offset : 0;
    described.subject = (struct slice){message, strcspn(message, "\r\n")};
    git_oid_tostr(described.id, OBJECT_ID_SIZE, git_commit_id(commit));
    if (parents)
        git_oid_tostr(described.parent_id, OBJECT_ID_SIZE, git_commit_parent_id(commit, 0));
    if (parents > 1)
        git_oid_tostr(described.merged_id, OBJECT_ID_SIZE, git_commit_parent_id(commit, 1));
    return described;
}

int first_parents_visit(struct repository *repository, const char *head, size_t limit,
                        line_visitor *visitor, void *context, bool *cut, struct error *error) {
    git_oid next;
    bool going = true, ended_early = false;
    if (git_oid_fromstr(&next, head))
        return error_set(error, STATUS_UNDECIDED, "%s is no commit id", head);
    for (size_t seen = 0; going; seen++) {
        git_commit *commit = NULL;
        if (seen == limit || git_commit_lookup(&commit, repository->git, &next)) {
            ended_early = true;
            if (!seen)
                return error_set(error, STATUS_UNDECIDED, "cannot read commit %.10s: %s", head,
                                 git_detail());
            break;
        }
        struct line_commit described = describe(commit);
        ended_early = commit_hides_parents(commit);
        going = !ended_early && visitor(&described, context) && *described.parent_id;
        if (going)
            next = *git_commit_parent_id(commit, 0);
        git_commit_free(commit);
    }
    if (cut)
        *cut = ended_early;
    return OK;
}
