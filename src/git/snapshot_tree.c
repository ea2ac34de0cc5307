#include "base/memory.h"
#include "git/internal.h"

#include <string.h>

static int unreadable_tree(const char *commit_id, struct error *error) {
    return error_set(error, STATUS_UNDECIDED,
                     "cannot read the files of commit %s (%s); get them with: git fetch --refetch "
                     "--no-filter",
                     commit_id, git_detail());
}

int snapshot_open_commit(struct snapshot **snapshot, struct repository *repository,
                         const char *commit_id, struct error *error) {
    git_oid id;
    git_commit *commit = NULL;
    git_tree *tree = NULL;
    *snapshot = NULL;
    int code = git_oid_fromstr(&id, commit_id);
    if (!code)
        code = git_commit_lookup(&commit, repository->git, &id);
    if (!code)
        code = git_commit_tree(&tree, commit);
    git_commit_free(commit);
    if (code)
        return unreadable_tree(commit_id, error);
    *snapshot = snapshot_open_empty();
    (*snapshot)->repository = repository;
    (*snapshot)->tree = tree;
    git_oid_tostr((*snapshot)->name, OBJECT_ID_SIZE, &id);
    return OK;
}

/* libgit2 keeps the trees it has parsed, so looking up again costs no reading. */
struct entry tree_find(const struct snapshot *snapshot, const char *path) {
    git_tree_entry *found = NULL;
    struct entry entry = {.kind = ENTRY_NONE};
    if (git_tree_entry_bypath(&found, snapshot->tree, path) == 0)
        entry = entry_of(git_tree_entry_filemode(found), git_tree_entry_id(found));
    git_tree_entry_free(found);
    return entry;
}

struct walk {
    struct buffer path;
    size_t folder_size; /* of the part of `path` that stands before every entry */
    snapshot_visitor *visitor;
    void *context;
};

static int visit_entry(const char *folder, const git_tree_entry *entry, void *context) {
    struct walk *walk = context;
    struct entry found = entry_of(git_tree_entry_filemode(entry), git_tree_entry_id(entry));
    if (found.kind == ENTRY_FOLDER)
        return 0;
    walk->path.size = walk->folder_size;
    buffer_append_string(&walk->path, folder);
    buffer_append_string(&walk->path, git_tree_entry_name(entry));
    return walk->visitor(buffer_slice(&walk->path), &found, walk->context) ? 0 : GIT_EUSER;
}

/* The tree at `folder`, for git_tree_free(); NULL without an error when no folder is there. */
static int open_folder(git_tree **tree, const struct snapshot *snapshot, const char *folder) {
    git_tree_entry *entry = NULL;
    *tree = NULL;
    if (!*folder)
        return git_tree_dup(tree, snapshot->tree);
    int code = git_tree_entry_bypath(&entry, snapshot->tree, folder);
    if (code == 0 && git_tree_entry_type(entry) == GIT_OBJECT_TREE)
        code = git_tree_lookup(tree, snapshot->repository->git, git_tree_entry_id(entry));
    else if (code == GIT_ENOTFOUND && !git_object_was_absent())
        code = 0;
    git_tree_entry_free(entry);
    return code;
}

int tree_walk(const struct snapshot *snapshot, const char *folder, snapshot_visitor *visitor,
              void *context, struct error *error) {
    struct walk walk = {.visitor = visitor, .context = context};
    git_tree *tree = NULL;
    if (*folder)
        buffer_append_format(&walk.path, "%s/", folder);
    walk.folder_size = walk.path.size;
    int code = open_folder(&tree, snapshot, folder);
    if (tree)
        code = git_tree_walk(tree, GIT_TREEWALK_PRE, visit_entry, &walk);
    git_tree_free(tree);
    buffer_release(&walk.path);
    return code && code != GIT_EUSER ? unreadable_tree(snapshot->name, error) : OK;
}

static bool find_below(git_repository *git, const git_tree *tree, struct slice path,
                       struct buffer *spelling);

static bool find_behind(git_repository *git, const git_tree_entry *entry, struct slice rest,
                        struct buffer *spelling) {
    git_tree *tree = NULL;
    bool found = git_tree_entry_type(entry) == GIT_OBJECT_TREE &&
                 git_tree_lookup(&tree, git, git_tree_entry_id(entry)) == 0 &&
                 find_below(git, tree, rest, spelling);
    git_tree_free(tree);
    return found;
}

/* A folder may stand there in several spellings: all are tried, the exact one first. */
static bool find_below(git_repository *git, const git_tree *tree, struct slice path,
                       struct buffer *spelling) {
    const char *slash = path.size ? memchr(path.data, '/', path.size) : NULL;
    struct slice name = slice_part(path, 0, slash ? (size_t)(slash - path.data) : path.size);
    struct slice rest = slice_part(path, name.size + 1, path.size);
    size_t start = spelling->size;
    for (size_t pass = 0, count = git_tree_entrycount(tree); pass < 2; pass++) {
        for (size_t i = 0; i < count; i++) {
            const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
            struct slice spelled = slice_of(git_tree_entry_name(entry));
            if (!slice_equal_ignoring_case(spelled, name) || slice_equal(spelled, name) == pass)
                continue;
            buffer_append_slice(spelling, spelled);
            if (!slash)
                return true;
            buffer_append_byte(spelling, '/');
            if (find_behind(git, entry, rest, spelling))
                return true;
            spelling->size = start;
            spelling->data[start] = '\0';
        }
    }
    return false;
}

bool tree_find_ignoring_case(const struct snapshot *snapshot, struct slice path,
                             struct buffer *spelling) {
    return find_below(snapshot->repository->git, snapshot->tree, path, spelling);
}
