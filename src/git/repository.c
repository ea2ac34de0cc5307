#include "base/memory.h"
#include "git/internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *git_environment(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static char *join(const char *folder, const char *path) {
    struct buffer joined = BUFFER_EMPTY;
    if (*path != '/')
        buffer_append_format(&joined, "%s/", folder);
    buffer_append_string(&joined, path);
    return buffer_detach(&joined);
}

const char *git_detail(void) {
    const git_error *last = git_error_last();
    return last && last->message ? last->message : "no reason given";
}

bool git_object_was_absent(void) {
    const git_error *last = git_error_last();
    return last && last->klass == GIT_ERROR_ODB;
}

/* The text of the commit still names them. */
bool commit_hides_parents(const git_commit *commit) {
    const char *header = git_commit_raw_header(commit);
    return !git_commit_parentcount(commit) && header && strstr(header, "\nparent ");
}

bool repository_is_shallow(struct repository *repository) {
    /* git_repository_is_shallow() misses the file in a linked worktree. */
    char *path = join(git_repository_commondir(repository->git), "shallow");
    struct stat found;
    bool shallow = stat(path, &found) == 0 && found.st_size > 0;
    free(path);
    return shallow;
}

/* The nearest folder at or above `start` with a .git in it, or NULL. */
static char *climb_to_git(const char *start) {
    char *top = memory_copy_string(start);
    for (char *slash = top; slash && *top;) {
        struct stat found;
        char *link = join(top, ".git");
        bool here = lstat(link, &found) == 0;
        free(link);
        if (here)
            return top;
        if ((slash = strrchr(top, '/')))
            *slash = '\0';
    }
    free(top);
    return NULL;
}

/*
 * What `safe.directory` must name: the top of the working tree, also of a linked one or of a
 * submodule, or the bare repository. `git_dir` ends in a slash.
 */
static char *find_top(const char *start, const char *git_dir) {
    char *top = memory_copy_string(git_dir);
    size_t size = strlen(top) - 1;
    top[size] = '\0';
    if (slice_ends_with(slice_of(top), "/.git")) {
        top[size - strlen("/.git")] = '\0';
    } else if (strncmp(start, top, size) != 0 || (start[size] && start[size] != '/')) {
        char *climbed = climb_to_git(start);
        if (climbed) {
            free(top);
            top = climbed;
        }
    }
    return top;
}

static bool is_foreign(const char *path) {
    struct stat found;
    return stat(path, &found) == 0 && found.st_uid != geteuid();
}

/* libgit2 1.5 calls a repository of somebody else "not found", later ones GIT_EOWNER. */
static char *find_foreign_top(const struct repository *repository, const char *path, int code) {
    git_buf found = {0};
    char *top = NULL;
    bool owner = false;
#if LIBGIT2_AT_LEAST(5)
    owner = code == GIT_EOWNER;
#endif
    if ((owner || code == GIT_ENOTFOUND) &&
        git_repository_discover(&found, path, 0, git_environment("GIT_CEILING_DIRECTORIES")) == 0) {
        top = find_top(repository->start, found.ptr);
        if (!owner && !is_foreign(top) && !is_foreign(found.ptr)) {
            free(top);
            top = NULL;
        }
    }
    git_buf_dispose(&found);
    return top;
}

static int explain_open_failure(const struct repository *repository, const char *path, int code,
                                struct error *error) {
    const char *detail = git_detail();
    if (strstr(detail, "objectformat") || strstr(detail, "object format"))
        return error_set(error, STATUS_UNDECIDED,
                         "the repository at \"%s\" has SHA-256 object ids, which libgit2 can't "
                         "read; work in a SHA-1 one (git init --object-format=sha1)",
                         path);
    if (strstr(detail, "refstorage"))
        return error_set(error, STATUS_UNDECIDED,
                         "the repository at \"%s\" keeps its refs in a format that libgit2 can't "
                         "read; run: git refs migrate --ref-format=files",
                         path);
    struct error cause = ERROR_NONE;
    error_set(&cause, STATUS_UNDECIDED, "%s", detail);
    char *top = find_foreign_top(repository, path, code);
    if (top)
        error_set(error, STATUS_UNDECIDED,
                  "the repository at \"%s\" belongs to another user; if you trust it, run: "
                  "git config --global --add safe.directory '%s'",
                  top, top);
    else if (code == GIT_ENOTFOUND && git_environment("GIT_DIR"))
        error_set(error, STATUS_UNDECIDED,
                  "GIT_DIR names \"%s\", which is no Git repository; run: unset GIT_DIR", path);
    else if (code == GIT_ENOTFOUND)
        error_set(
            error, STATUS_UNDECIDED,
            "no Git repository at \"%s\" or above it; go into one, or make one with: git init",
            path);
    else
        error_set(error, STATUS_UNDECIDED,
                  "cannot open the repository at \"%s\": %s; see what this says: git status", path,
                  error_message(&cause));
    free(top);
    error_release(&cause);
    return STATUS_UNDECIDED;
}

/*
 * Not GIT_REPOSITORY_OPEN_FROM_ENV: libgit2 1.5 then refuses GIT_WORK_TREE, and later ones give a
 * wrong working tree.
 */
static int open_git(struct repository *repository, struct error *error) {
    const char *given = git_environment("GIT_DIR");
    char *path = given ? join(repository->start, given) : memory_copy_string(repository->start);
    unsigned flags = given ? GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT : 0;
    int code = git_repository_open_ext(&repository->git, path, flags,
                                       given ? NULL : git_environment("GIT_CEILING_DIRECTORIES"));
    int status = code ? explain_open_failure(repository, path, code, error) : OK;
    if (status == OK && git_repository_odb(&repository->objects, repository->git))
        status = error_set(error, STATUS_UNDECIDED,
                           "cannot read the objects of \"%s\": %s; see what this says: git fsck",
                           path, git_detail());
    free(path);
    return status;
}

static bool has_configured_root(git_repository *git) {
    git_config *config = NULL;
    const char *value;
    bool has = git_repository_config_snapshot(&config, git) == 0 &&
               git_config_get_string(&value, config, "core.worktree") == 0;
    git_config_free(config);
    return has;
}

/* As in git(1), the discussion of GIT_WORK_TREE: with GIT_DIR alone it is where one stands. */
static char *find_root(const struct repository *repository) {
    const char *given = git_environment("GIT_WORK_TREE");
    const char *known = git_repository_workdir(repository->git);
    if (!given && git_environment("GIT_DIR") && !git_repository_is_bare(repository->git) &&
        !git_repository_is_worktree(repository->git) && !has_configured_root(repository->git))
        given = ".";
    if (!given && !known)
        return NULL;
    char *path = join(repository->start, given ? given : known);
    char *root = realpath(path, NULL);
    free(path);
    return root;
}

int repository_open(struct repository **out, const char *directory, struct error *error) {
    *out = NULL;
    int status = library_start(error);
    if (status)
        return status;
    struct repository *repository = memory_allocate(1, sizeof *repository);
    repository->start = realpath(directory ? directory : ".", NULL);
    if (!repository->start)
        status = error_set(error, STATUS_UNDECIDED, "cannot go into \"%s\": %s",
                           directory ? directory : ".", strerror(errno));
    else
        status = open_git(repository, error);
    if (status) {
        repository_close(repository);
        return status;
    }
    repository->root = find_root(repository);
    *out = repository;
    return OK;
}

struct repository *repository_share(struct repository *repository) {
    repository->other_owners++;
    return repository;
}

void repository_close(struct repository *repository) {
    if (!repository)
        return;
    if (repository->other_owners) {
        repository->other_owners--;
        return;
    }
    git_odb_free(repository->objects);
    git_repository_free(repository->git);
    free(repository->start);
    free(repository->root);
    free(repository);
    git_libgit2_shutdown();
}

const char *repository_root(const struct repository *repository) {
    return repository->root;
}

char *repository_prefix(struct repository *repository) {
    struct buffer prefix = BUFFER_EMPTY;
    const char *root = repository->root;
    size_t size = root ? strlen(root) : 0;
    if (size == 1)
        size = 0; /* "/" itself */
    if (root && !strncmp(repository->start, root, size) && repository->start[size] == '/' &&
        repository->start[size + 1])
        buffer_append_format(&prefix, "%s/", repository->start + size + 1);
    return buffer_detach(&prefix);
}
