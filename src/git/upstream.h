/* Where the changes of a clone go in the end: a remote and the branch that it publishes. */
#ifndef GIT_UPSTREAM_H
#define GIT_UPSTREAM_H

#include "git/repository.h"

struct upstream {
    char *remote;                   /* its name; NULL: no remote is known */
    char *branch;                   /* "refs/remotes/upstream/main"; NULL: not known */
    char commit_id[OBJECT_ID_SIZE]; /* the branch's tip; "" when not known */
    bool bare;
};

/*
 * The remote is the one whose URL names the repository `url` (may be NULL; "owner/name" will do,
 * and ssh and https are the same), else "upstream", else "origin". Its branch is what its HEAD
 * points to, or main or master. With `local`, where there is no remote and in a bare repository,
 * which keeps what it fetched among its own branches, these are looked at, too: main, master, and
 * in a bare one HEAD before them. What is not there stays NULL: that is no failure. Release with
 * upstream_release().
 */
void upstream_find(struct upstream *upstream, struct repository *repository, const char *url,
                   bool local);
void upstream_release(struct upstream *upstream);

#endif
