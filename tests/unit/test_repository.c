#include "base/memory.h"
#include "git/repository.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct repository *must_open(const char *directory) {
    struct repository *repository = NULL;
    struct error error = ERROR_NONE;
    if (repository_open(&repository, directory, &error))
        fail_msg("%s", error_message(&error));
    return repository;
}

/* The message must have every part; it is one line. */
static void must_say(struct error *error, const char *part, const char *other) {
    const char *message = error_message(error);
    if (!strstr(message, part) || !strstr(message, other) || strchr(message, '\n'))
        fail_msg("message is: %s", message);
    error_release(error);
}

static void must_not_open(const char *directory, const char *part, const char *other) {
    struct repository *repository = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(repository_open(&repository, directory, &error), STATUS_UNDECIDED);
    assert_null(repository);
    must_say(&error, part, other);
}

static void must_have_prefix(const char *directory, const char *expected) {
    struct repository *repository = must_open(directory);
    char *prefix = repository_prefix(repository);
    assert_string_equal(prefix, expected);
    free(prefix);
    repository_close(repository);
}

/* HEAD seen through repository_open(directory) is the commit `expected`. */
static void must_have_head(const char *directory, const char *expected) {
    char id[OBJECT_ID_SIZE] = "";
    struct error error = ERROR_NONE;
    struct repository *repository = must_open(directory);
    assert_int_equal(repository_resolve_head(repository, id, &error), OK);
    assert_string_equal(id, expected);
    repository_close(repository);
}

static void resolves_to(struct repository *repository, const char *revision, const char *expected) {
    char id[OBJECT_ID_SIZE] = "";
    struct error error = ERROR_NONE;
    if (repository_resolve(repository, revision, id, &error))
        fail_msg("%s", error_message(&error));
    assert_string_equal(id, expected);
}

static void resolves_not(struct repository *repository, const char *revision, int status,
                         const char *part) {
    char id[OBJECT_ID_SIZE] = "";
    struct error error = ERROR_NONE;
    ignore_leaks(true);
    assert_int_equal(repository_resolve(repository, revision, id, &error), status);
    ignore_leaks(false);
    must_say(&error, part, revision);
}

static void prefix_is_where_the_user_stands(void **state) {
    struct fixture *fixture = *state;
    write_file("notes/week 1/a.md", "a\n");
    must_have_prefix(NULL, "");
    must_have_prefix("notes/week 1", "notes/week 1/");
    enter("notes");
    must_have_prefix(NULL, "notes/");
    must_have_prefix("..", "");
    char *link = fixture_path(fixture, "link");
    assert_int_equal(symlink(fixture->work, link), 0);
    enter(link);
    must_have_prefix("notes", "notes/");
    free(link);
}

static void shared_repository_lives_as_long_as_its_last_owner(void **state) {
    (void)state;
    char *id = commit_all("first");
    struct repository *repository = must_open(NULL);
    struct repository *second = repository_share(repository), *third = repository_share(second);
    repository_close(repository);
    resolves_to(second, "HEAD", id);
    repository_close(second);
    resolves_to(third, "HEAD", id);
    repository_close(third);
    free(id);
}

static void folder_without_repository(void **state) {
    struct fixture *fixture = *state;
    must_not_open(fixture->folder, "no Git repository", "git init");
    must_not_open("missing", "missing", "cannot go into");
    write_file("sub/x", "");
    setenv("GIT_CEILING_DIRECTORIES", fixture->work, 1);
    must_not_open("sub", "no Git repository", "sub");
}

static void git_dir_from_the_environment(void **state) {
    struct fixture *fixture = *state;
    char *id = commit_all("first");
    char *git_dir = fixture_path(fixture, "area/.git");
    setenv("GIT_DIR", git_dir, 1);
    must_have_head(fixture->folder, id);
    setenv("GIT_DIR", ".git", 1);
    must_have_head(NULL, id);
    enter(fixture->folder);
    must_have_head("area", id);
    must_not_open(NULL, fixture->folder, "unset GIT_DIR");
    setenv("GIT_DIR", fixture->work, 1); /* not a Git directory, only the folder of one */
    must_not_open(NULL, fixture->work, "unset GIT_DIR");
    free(git_dir);
    free(id);
}

static void git_work_tree_from_the_environment(void **state) {
    struct fixture *fixture = *state;
    char *git_dir = fixture_path(fixture, "area/.git");
    char *tree = fixture_path(fixture, "elsewhere");
    write_file("../elsewhere/notes/a.md", "");
    setenv("GIT_DIR", git_dir, 1);
    must_have_prefix(tree, ""); /* with GIT_DIR alone the tree is where one stands */
    setenv("GIT_WORK_TREE", tree, 1);
    enter("../elsewhere/notes");
    must_have_prefix(NULL, "notes/");
    must_have_prefix(fixture->work, "");
    setenv("GIT_WORK_TREE", "..", 1);
    must_have_prefix(NULL, "notes/");
    unsetenv("GIT_WORK_TREE");
    git("config", "core.worktree", tree);
    must_have_prefix(NULL, "notes/");
    free(git_dir);
    free(tree);
}

static void linked_worktree(void **state) {
    struct fixture *fixture = *state;
    write_file("notes/a.md", "a\n");
    char *id = commit_all("first");
    char *tree = fixture_path(fixture, "linked");
    git("worktree", "add", "--quiet", "-b", "other", tree);
    git("commit", "--quiet", "--allow-empty", "-m", "second");
    must_have_head(tree, id);
    enter(tree);
    must_have_prefix("notes", "notes/");
    char *git_dir = git_output("rev-parse", "--absolute-git-dir");
    setenv("GIT_DIR", git_dir, 1); /* as for a hook there, which then goes to a folder */
    must_have_prefix("notes", "notes/");
    free(git_dir);
    free(tree);
    free(id);
}

static void bare_repository(void **state) {
    struct fixture *fixture = *state;
    char *id = commit_all("first");
    git("clone", "--quiet", "--bare", ".", "../bare.git");
    enter(fixture->folder);
    must_have_head("bare.git", id);
    must_have_prefix("bare.git", "");
    must_have_prefix("bare.git/refs", "");
    free(id);
}

static int give_away(const char *path, const struct stat *found, int kind, struct FTW *place) {
    (void)found;
    (void)kind;
    (void)place;
    return lchown(path, 12345, 12345);
}

/* The command in the message, run as it stands, must be the one that helps. */
static void must_be_helped_by_safe_directory(const char *folder) {
    struct repository *repository = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(repository_open(&repository, folder, &error), STATUS_UNDECIDED);
    assert_non_null(strstr(error_message(&error), "another user"));
    const char *start = strstr(error_message(&error), "safe.directory '");
    assert_non_null(start);
    char *directory = memory_copy_string(start + strlen("safe.directory '"));
    *strchr(directory, '\'') = '\0';
    git("config", "--global", "--add", "safe.directory", directory);
    error_release(&error);
    free(directory);
    repository_close(must_open(folder));
    git("config", "--global", "--unset-all", "safe.directory");
}

static void repository_of_another_user(void **state) {
    struct fixture *fixture = *state;
    if (geteuid() != 0)
        skip();
    write_file("notes/a.md", "a\n");
    free(commit_all("first"));
    git("clone", "--quiet", "--bare", ".", "../bare.git");
    git("worktree", "add", "--quiet", "-b", "other", "../linked");
    git("clone", "--quiet", "--bare", ".", "notes/inner.git");
    enter(fixture->folder);
    assert_int_equal(nftw("area", give_away, 16, FTW_DEPTH | FTW_PHYS), 0);
    assert_int_equal(nftw("bare.git", give_away, 16, FTW_DEPTH | FTW_PHYS), 0);
    assert_int_equal(nftw("linked", give_away, 16, FTW_DEPTH | FTW_PHYS), 0);
    must_be_helped_by_safe_directory("area");
    must_be_helped_by_safe_directory("area/notes");
    must_be_helped_by_safe_directory("bare.git");
    must_be_helped_by_safe_directory("area/notes/inner.git");
    must_be_helped_by_safe_directory("linked");
    char *git_dir = fixture_path(fixture, "area/.git");
    setenv("GIT_DIR", git_dir, 1);
    must_be_helped_by_safe_directory("home");
    must_be_helped_by_safe_directory("area");
    free(git_dir);
}

static void formats_that_libgit2_cannot_read(void **state) {
    struct fixture *fixture = *state;
    git("init", "--quiet", "--object-format=sha256", "../sha256");
    must_not_open("../sha256", "SHA-256", "--object-format=sha1");
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.refStorage", "reftable");
    must_not_open(fixture->work, "refs", "git refs migrate --ref-format=files");
}

static void unknown_extension(void **state) {
    (void)state;
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.fromTheFuture", "true");
    must_not_open(NULL, "fromthefuture", "git status");
}

static void harmless_extensions(void **state) {
    (void)state;
    char *id = commit_all("first");
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.worktreeConfig", "true");
    must_have_head(NULL, id);
    git("config", "extensions.preciousObjects", "true");
    must_have_head(NULL, id);
    git("config", "uploadpack.allowFilter", "true");
    git("config", "--unset", "extensions.preciousObjects");
    git("clone", "--quiet", "--no-local", "--filter=blob:none", ".", "../partial");
    must_have_head("../partial", id);
    free(id);
}

static void revisions(void **state) {
    (void)state;
    write_file("a.md", "a\n");
    char *first = commit_all("first");
    git("tag", "-a", "-m", "tag", "inner", "HEAD");
    git("config", "advice.nestedTag", "false");
    git("tag", "-a", "-m", "tag of a tag", "outer", "inner");
    char *second = commit_all("second");
    struct repository *repository = must_open(NULL);
    resolves_to(repository, "main", second);
    resolves_to(repository, "HEAD", second);
    resolves_to(repository, "HEAD^1", first);
    resolves_to(repository, "HEAD~1", first);
    resolves_to(repository, "inner", first);
    resolves_to(repository, "outer", first);
    resolves_to(repository, first, first);
    char abbreviated[9] = "";
    resolves_to(repository, memcpy(abbreviated, first, 8), first);
    resolves_not(repository, "nope", STATUS_USAGE, "git branch -a");
    resolves_not(repository, "HEAD~7", STATUS_USAGE, "no commit");
    resolves_not(repository, "", STATUS_USAGE, "");
    resolves_not(repository, "deadbeef", STATUS_USAGE, "no commit");
    resolves_not(repository, "main..main", STATUS_USAGE, "");
    resolves_not(repository, "HEAD:a.md", STATUS_USAGE, "blob");
    resolves_not(repository, "HEAD^{tree}", STATUS_USAGE, "tree");
    resolves_not(repository, "HEAD^{", STATUS_USAGE, "");
    repository_close(repository);
    free(first);
    free(second);
}

static void revisions_that_cannot_be_read(void **state) {
    (void)state;
    char *first = commit_all("first");
    git("branch", "lost");
    git("tag", "-a", "-m", "tag", "lost-tag");
    char *second = commit_all("second");
    delete_object(first);
    struct repository *repository = must_open(NULL);
    resolves_to(repository, "HEAD", second);
    resolves_not(repository, first, STATUS_UNDECIDED, "git fetch origin ");
    resolves_not(repository, "lost", STATUS_UNDECIDED, "git fetch origin");
    resolves_not(repository, "lost-tag", STATUS_UNDECIDED, "git fetch origin");
    resolves_not(repository, "HEAD~1", STATUS_UNDECIDED, "git fetch origin");
    resolves_not(repository, "0123456789012345678901234567890123456789", STATUS_UNDECIDED,
                 "git fetch origin 0123456789012345678901234567890123456789");
    repository_close(repository);
    free(first);
    free(second);
}

static void unborn_detached_and_broken_head(void **state) {
    (void)state;
    char id[OBJECT_ID_SIZE] = "";
    struct error error = ERROR_NONE;
    struct repository *repository = must_open(NULL);
    assert_int_equal(repository_resolve_head(repository, id, &error), STATUS_NOT_FOUND);
    assert_string_equal(error_message(&error), "");
    repository_close(repository);
    char *first = commit_all("first");
    git("checkout", "--quiet", "--detach");
    must_have_head(NULL, first);
    delete_object(first);
    repository = must_open(NULL);
    assert_int_equal(repository_resolve_head(repository, id, &error), STATUS_UNDECIDED);
    must_say(&error, "HEAD", "git fetch");
    repository_close(repository);
    free(first);
}

static char *commit_on(const char *branch, const char *start, const char *message) {
    git("checkout", "--quiet", "-B", branch, start);
    return commit_all(message);
}

static void merge_bases(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    char base[OBJECT_ID_SIZE] = "";
    bool several = true;
    char *root = commit_all("root");
    char *left = commit_on("left", root, "left");
    char *right = commit_on("right", root, "right");
    git("checkout", "--quiet", "--orphan", "alien");
    char *alien = commit_all("alien");
    struct repository *repository = must_open(NULL);
    assert_int_equal(repository_merge_base(repository, left, right, base, &several, &error), OK);
    assert_string_equal(base, root);
    assert_false(several);
    assert_int_equal(repository_merge_base(repository, left, left, base, NULL, &error), OK);
    assert_string_equal(base, left);
    assert_int_equal(repository_merge_base(repository, left, alien, base, &several, &error),
                     STATUS_UNDECIDED);
    must_say(&error, "no common ancestor", "git log --graph");
    repository_close(repository);
    free(root);
    free(left);
    free(right);
    free(alien);
}

static void criss_cross_has_several_merge_bases(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    char base[OBJECT_ID_SIZE] = "";
    bool several = false;
    char *root = commit_all("root");
    char *left = commit_on("left", root, "left");
    char *right = commit_on("right", root, "right");
    git("merge", "--quiet", "--no-ff", "-m", "right and left", left);
    char *right_tip = git_output("rev-parse", "HEAD");
    git("checkout", "--quiet", "left");
    git("merge", "--quiet", "--no-ff", "-m", "left and right", right);
    char *left_tip = git_output("rev-parse", "HEAD");
    struct repository *repository = must_open(NULL);
    assert_int_equal(repository_merge_base(repository, left_tip, right_tip, base, &several, &error),
                     OK);
    assert_true(several);
    assert_true(!strcmp(base, left) || !strcmp(base, right));
    assert_int_equal(repository_merge_base(repository, left_tip, right_tip, base, NULL, &error),
                     OK);
    repository_close(repository);
    free(root);
    free(left);
    free(right);
    free(left_tip);
    free(right_tip);
}

static void shallow_clone(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    char base[OBJECT_ID_SIZE] = "";
    char *root = commit_all("root");
    char *left = commit_on("left", root, "left");
    char *right = commit_on("right", root, "right");
    git("branch", "--quiet", "-D", "main"); /* or the clone would have the root as well */
    git("clone", "--quiet", "--no-local", "--depth=1", "--no-single-branch", ".", "../shallow");
    enter("../shallow");
    git("worktree", "add", "--quiet", "-b", "more", "../linked");
    static const char *const folders[] = {"../shallow", "../linked"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        struct repository *repository = must_open(folders[i]);
        resolves_to(repository, "HEAD", right);
        resolves_not(repository, "HEAD^1", STATUS_UNDECIDED, "git fetch --unshallow");
        resolves_not(repository, "nope~1", STATUS_USAGE, "no commit");
        resolves_not(repository, root, STATUS_UNDECIDED, "git fetch origin ");
        ignore_leaks(true);
        assert_int_equal(repository_merge_base(repository, left, right, base, NULL, &error),
                         STATUS_UNDECIDED);
        ignore_leaks(false);
        must_say(&error, "shallow", "git fetch --unshallow");
        repository_close(repository);
    }
    git("fetch", "--quiet", "--unshallow");
    struct repository *repository = must_open(NULL);
    resolves_to(repository, "HEAD^1", root);
    assert_int_equal(repository_merge_base(repository, left, right, base, NULL, &error), OK);
    assert_string_equal(base, root);
    repository_close(repository);
    free(root);
    free(left);
    free(right);
}

/* What actions/checkout makes with depth 2: all parents of the base are beyond the boundary. */
static void base_at_the_boundary(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    char base[OBJECT_ID_SIZE] = "";
    char *root = commit_all("root");
    char *right = commit_on("right", root, "right");
    char *left = commit_on("left", root, "left");
    git("merge", "--quiet", "--no-ff", "-m", "merge", right);
    git("clone", "--quiet", "--no-local", "--depth=2", ".", "../shallow");
    enter("../shallow");
    struct repository *repository = must_open(NULL);
    ignore_leaks(true);
    assert_int_equal(repository_merge_base(repository, left, "HEAD", base, NULL, &error),
                     STATUS_UNDECIDED);
    error_release(&error);
    char *head = git_output("rev-parse", "HEAD");
    assert_int_equal(repository_merge_base(repository, left, head, base, NULL, &error), OK);
    assert_string_equal(base, left);
    assert_int_equal(repository_merge_base(repository, head, right, base, NULL, &error), OK);
    assert_string_equal(base, right);
    assert_int_equal(repository_merge_base(repository, left, right, base, NULL, &error),
                     STATUS_UNDECIDED);
    ignore_leaks(false);
    must_say(&error, "shallow", "git fetch --unshallow");
    repository_close(repository);
    free(root);
    free(left);
    free(right);
    free(head);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(prefix_is_where_the_user_stands),
        TEST(shared_repository_lives_as_long_as_its_last_owner),
        TEST(folder_without_repository),
        TEST(git_dir_from_the_environment),
        TEST(git_work_tree_from_the_environment),
        TEST(linked_worktree),
        TEST(bare_repository),
        TEST(repository_of_another_user),
        TEST(formats_that_libgit2_cannot_read),
        TEST(unknown_extension),
        TEST(harmless_extensions),
        TEST(revisions),
        TEST(revisions_that_cannot_be_read),
        TEST(unborn_detached_and_broken_head),
        TEST(merge_bases),
        TEST(criss_cross_has_several_merge_bases),
        TEST(base_at_the_boundary),
        TEST(shallow_clone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
