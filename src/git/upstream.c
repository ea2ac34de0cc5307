#include "git/upstream.h"

#include "base/memory.h"
#include "git/internal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* "git@host:a/b.git" and "https://host/a/b/" are both "host/a/b". Release with free(). */
static char *plain_url(const char *url) {
    struct buffer plain = BUFFER_EMPTY;
    const char *scheme = strstr(url, "://");
    const char *start = scheme ? scheme + 3 : url;
    const char *at = strchr(start, '@');
    if (at && at < start + strcspn(start, "/"))
        start = at + 1;
    struct slice rest = slice_of(start);
    while (slice_ends_with(rest, "/"))
        rest.size--;
    if (slice_ends_with(rest, ".git"))
        rest.size -= strlen(".git");
    bool host = true;
    for (size_t i = 0; i < rest.size; i++) {
        char byte = rest.data[i];
        if (host && byte == ':' && !scheme)
            byte = '/';
        host = host && byte != '/';
        buffer_append_byte(&plain, (char)tolower((unsigned char)byte));
    }
    return buffer_detach(&plain);
}

static bool names_same_repository(const char *remote_url, const char *wanted) {
    char *have = plain_url(remote_url), *want = plain_url(wanted);
    struct slice left = slice_of(have), right = slice_of(want);
    bool same = right.size && slice_ends_with(left, want) &&
                (left.size == right.size || left.data[left.size - right.size - 1] == '/');
    free(have);
    free(want);
    return same;
}

/* The remote NAME of an entry "remote.NAME.url"; empty when it is another one. */
static struct slice remote_of(const char *key) {
    struct slice name = slice_of(key);
    if (!slice_starts_with(name, "remote.") || !slice_ends_with(name, ".url"))
        return slice_of("");
    return slice_part(name, strlen("remote."), name.size - strlen(".url"));
}

/* 3 for the remote that has the URL, 2 for "upstream", 1 for "origin", 0 for any other. */
static int rank(struct slice name, const char *remote_url, const char *url) {
    if (url && remote_url && names_same_repository(remote_url, url))
        return 3;
    return slice_equal_string(name, "upstream") ? 2 : slice_equal_string(name, "origin");
}

/* Not by git_remote_list(): libgit2 1.5 leaks some kilobytes for each entry that is no remote. */
static char *find_remote(git_repository *git, const char *url) {
    git_config *config = NULL;
    git_config_iterator *entries = NULL;
    git_config_entry *entry;
    char *found = NULL;
    int best = 0;
    if (git_repository_config_snapshot(&config, git) == 0 &&
        git_config_iterator_new(&entries, config) == 0) {
        while (git_config_next(&entry, entries) == 0) {
            struct slice name = remote_of(entry->name);
            int now = name.size ? rank(name, entry->value, url) : 0;
            if (now <= best)
                continue;
            best = now;
            struct buffer copy = BUFFER_EMPTY;
            buffer_append_slice(&copy, name);
            free(found);
            found = buffer_detach(&copy);
        }
    }
    git_config_iterator_free(entries);
    git_config_free(config);
    return found;
}

/* Takes the ref "PREFIX NAME", or what it points to, when it leads to a commit. */
static bool take(struct upstream *upstream, git_repository *git, const char *prefix,
                 const char *name) {
    struct buffer full = BUFFER_EMPTY;
    git_reference *reference = NULL, *direct = NULL;
    git_object *commit = NULL;
    buffer_append_format(&full, "%s%s", prefix, name);
    bool found = git_reference_lookup(&reference, git, buffer_string(&full)) == 0 &&
                 git_reference_resolve(&direct, reference) == 0 &&
                 git_reference_peel(&commit, direct, GIT_OBJECT_COMMIT) == 0;
    if (found) {
        upstream->branch = memory_copy_string(git_reference_name(direct));
        git_oid_tostr(upstream->commit_id, OBJECT_ID_SIZE, git_object_id(commit));
    }
    git_object_free(commit);
    git_reference_free(direct);
    git_reference_free(reference);
    buffer_release(&full);
    return found;
}

static bool take_usual(struct upstream *upstream, git_repository *git, const char *prefix) {
    return take(upstream, git, prefix, "main") || take(upstream, git, prefix, "master");
}

void upstream_find(struct upstream *upstream, struct repository *repository, const char *url,
                   bool local) {
    git_repository *git = repository->git;
    *upstream =
        (struct upstream){.remote = find_remote(git, url), .bare = git_repository_is_bare(git)};
    if (upstream->remote) {
        struct buffer prefix = BUFFER_EMPTY;
        buffer_append_format(&prefix, "refs/remotes/%s/", upstream->remote);
        if (take(upstream, git, buffer_string(&prefix), "HEAD") ||
            take_usual(upstream, git, buffer_string(&prefix)))
            local = false;
        buffer_release(&prefix);
    }
    if (!local || (upstream->remote && !upstream->bare))
        return;
    if (!upstream->bare || !take(upstream, git, "", "HEAD"))
        take_usual(upstream, git, "refs/heads/");
}

void upstream_release(struct upstream *upstream) {
    free(upstream->remote);
    free(upstream->branch);
    *upstream = (struct upstream){0};
}
