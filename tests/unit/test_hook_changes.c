#include "base/memory.h"
#include "changes_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the hook run by `git commit` saw, written by main() below. */
static char *seen_by_hook(const struct fixture *fixture) {
    char *path = fixture_path(fixture, "seen");
    struct buffer text = BUFFER_EMPTY;
    char bytes[4096];
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("the hook did not run");
    buffer_append(&text, bytes, fread(bytes, 1, sizeof bytes, file));
    fclose(file);
    unlink(path);
    free(path);
    return buffer_detach(&text);
}

static void hook_must_have_seen(const struct fixture *fixture, const char *expected) {
    char *seen = seen_by_hook(fixture);
    assert_string_equal(seen, expected);
    free(seen);
}

static void prepare_hook(const struct fixture *fixture) {
    char *report = fixture_path(fixture, "seen");
    setenv("SCRIBELINT_TEST_REPORT", report, 1);
    free(report);
    write_file("notes/a.md", "one\n");
    write_file("notes/b.md", "one\n");
    free(commit_all("first"));
    install_hook("pre-commit", "--hook");
    install_hook("pre-merge-commit", "--hook");
}

static void hook_of_each_kind_of_commit(void **state) {
    struct fixture *fixture = *state;
    prepare_hook(fixture);
    write_file("notes/a.md", "one\ntwo\n");
    git("add", "notes/a.md");
    write_file("notes/b.md", "one\nnot staged\n");
    git("commit", "--quiet", "-m", "plain");
    hook_must_have_seen(fixture, "prefix \nM1 notes/a.md +2-2\n");
    git("commit", "--quiet", "-a", "-m", "all");
    hook_must_have_seen(fixture, "prefix \nM1 notes/b.md +2-2\n");
    write_file("notes/a.md", "one\ntwo\nthree\n");
    write_file("notes/b.md", "one\nnot staged\nmore\n");
    git("add", "notes/b.md");
    git("commit", "--quiet", "-m", "partial", "notes/a.md");
    hook_must_have_seen(fixture, "prefix \nM1 notes/a.md +3-3\n");
    write_file("notes/a.md", "zero\none\ntwo\nthree\n");
    enter("notes");
    git("commit", "--quiet", "-m", "include", "-i", "a.md");
    hook_must_have_seen(fixture, "prefix \nM1 notes/a.md +1-1\nM1 notes/b.md +3-3\n");
    write_file("c.md", "c\n");
    git("add", "c.md");
    git("commit", "--quiet", "--amend", "-m", "amend");
    hook_must_have_seen(fixture, "prefix \nA1 notes/c.md +1-1\n");
    git("commit", "--quiet", "--allow-empty", "-m", "nothing");
    hook_must_have_seen(fixture, "prefix \n");
}

static void hook_of_the_first_commit(void **state) {
    struct fixture *fixture = *state;
    char *report = fixture_path(fixture, "seen");
    setenv("SCRIBELINT_TEST_REPORT", report, 1);
    install_hook("pre-commit", "--hook");
    write_file("a.md", "a\n");
    git("add", "a.md");
    git("commit", "--quiet", "-m", "first");
    hook_must_have_seen(fixture, "prefix \nA1 a.md +1-1\n");
    git("checkout", "--quiet", "--orphan", "other");
    git("rm", "--quiet", "--cached", "a.md");
    git("commit", "--quiet", "--allow-empty", "-m", "nothing at all");
    hook_must_have_seen(fixture, "prefix \n");
    free(report);
}

static void hook_of_an_empty_first_commit(void **state) {
    struct fixture *fixture = *state;
    char *report = fixture_path(fixture, "seen");
    setenv("SCRIBELINT_TEST_REPORT", report, 1);
    install_hook("pre-commit", "--hook");
    git("commit", "--quiet", "--allow-empty", "-m", "nothing yet");
    hook_must_have_seen(fixture, "prefix \n");
    free(report);
}

static void hook_in_a_linked_worktree(void **state) {
    struct fixture *fixture = *state;
    prepare_hook(fixture);
    git("worktree", "add", "--quiet", "-b", "linked", "../linked");
    enter("../linked/notes");
    write_file("a.md", "one\ntwo\n");
    write_file("b.md", "one\ntwo\n");
    git("add", "a.md");
    git("commit", "--quiet", "-m", "plain");
    hook_must_have_seen(fixture, "prefix \nM1 notes/a.md +2-2\n");
    git("commit", "--quiet", "-a", "-m", "all");
    hook_must_have_seen(fixture, "prefix \nM1 notes/b.md +2-2\n");
}

static void hook_with_a_separate_work_tree(void **state) {
    struct fixture *fixture = *state;
    prepare_hook(fixture);
    write_file("../tree/notes/a.md", "one\n");
    write_file("../tree/notes/b.md", "one\ntwo\n");
    char *git_dir = fixture_path(fixture, "area/.git");
    char *tree = fixture_path(fixture, "tree");
    enter(fixture->folder);
    git("--git-dir", git_dir, "--work-tree", tree, "commit", "--quiet", "-a", "-m", "both");
    hook_must_have_seen(fixture, "prefix \nM1 notes/b.md +2-2\n");
    enter(tree);
    write_file("notes/a.md", "one\ntwo\n");
    git("--git-dir", "../area/.git", "commit", "--quiet", "-a", "-m", "git-dir alone");
    hook_must_have_seen(fixture, "prefix \nM1 notes/a.md +2-2\n");
    write_file("notes/a.md", "one\n");
    git("--git-dir", "../area/.git", "add", "notes/a.md");
    git("--git-dir", "../area/.git", "commit", "--quiet", "-m", "relative index");
    hook_must_have_seen(fixture, "prefix \nM1 notes/a.md\n");
    free(git_dir);
    free(tree);
}

/* On main and on topic: a.md conflicts, each brings a file of its own, topic drops dropped.md. */
static void make_conflict(void) {
    write_file("a.md", "base\n");
    write_file("dropped.md", "base\n");
    write_numbers("moved.md", 1, 40);
    free(commit_all("base"));
    git("checkout", "--quiet", "-b", "topic");
    write_file("a.md", "theirs\n");
    write_file("theirs.md", "theirs\n");
    assert_int_equal(unlink("dropped.md"), 0);
    assert_int_equal(rename("moved.md", "renamed.md"), 0);
    free(commit_all("theirs"));
    git("checkout", "--quiet", "main");
    write_file("a.md", "ours\n");
    write_file("ours.md", "ours\n");
    free(commit_all("ours"));
}

static void conflicted_merge(void **state) {
    (void)state;
    make_conflict();
    assert_false(git_succeeds("merge", "--quiet", "topic"));
    write_file("a.md", "ours\nand theirs\n");
    write_file("extra.md", "added while merging\n");
    git("add", "--all");
    must_have_staged(false, "M1 a.md +2-2\nD1 dropped.md\nA1 extra.md +1-1\n"
                            "R1 renamed.md from moved.md\nA1 theirs.md +1-1\n");
    must_have_staged(true, "M1 a.md +2-2\nA1 extra.md +1-1\n");
    /* What the committer changes is the committer's, also where they changed it too. */
    write_file("theirs.md", "theirs\nand mine\n");
    write_file("dropped.md", "kept after all\n");
    git("add", "--all");
    git("update-index", "--chmod=+x", "renamed.md");
    must_have_staged(true, "M1 a.md +2-2\nM1 dropped.md +1-1\nA1 extra.md +1-1\n"
                           "R1 renamed.md from moved.md\nA1 theirs.md +1-2\n");
    git("commit", "--quiet", "-m", "merge");
    must_have_staged(true, "");
}

static void taking_their_side_leaves_nothing(void **state) {
    (void)state;
    make_conflict();
    assert_false(git_succeeds("merge", "--quiet", "topic"));
    git("checkout", "--quiet", "--theirs", "a.md");
    git("add", "--all");
    must_have_staged(true, "");
}

static void rename_that_deletes_what_they_kept(void **state) {
    (void)state;
    write_file("a.md", "base\n");
    write_numbers("copied.md", 1, 40);
    free(commit_all("base"));
    git("checkout", "--quiet", "-b", "topic");
    write_numbers("copy.md", 1, 40);
    free(commit_all("theirs"));
    git("checkout", "--quiet", "main");
    git("commit", "--quiet", "--allow-empty", "-m", "ours");
    git("merge", "--quiet", "--no-commit", "topic");
    must_have_staged(true, "");
    git("rm", "--quiet", "copied.md"); /* the committer's own doing */
    must_have_staged(true, "R1 copy.md from copied.md\n");
}

static void octopus_merge(void **state) {
    (void)state;
    write_file("a.md", "base\n");
    free(commit_all("base"));
    static const char *const branches[] = {"one", "two"};
    for (size_t i = 0; i < COUNT_OF(branches); i++) {
        struct buffer path = BUFFER_EMPTY;
        git("checkout", "--quiet", "-b", branches[i], "main");
        buffer_append_format(&path, "%s.md", branches[i]);
        write_file(buffer_string(&path), "theirs\n");
        free(commit_all(branches[i]));
        buffer_release(&path);
    }
    git("checkout", "--quiet", "main");
    git("commit", "--quiet", "--allow-empty", "-m", "ours");
    git("merge", "--quiet", "--no-commit", "one", "two");
    write_file("mine.md", "mine\n");
    git("add", "mine.md");
    must_have_staged(false, "A1 mine.md +1-1\nA1 one.md +1-1\nA1 two.md +1-1\n");
    must_have_staged(true, "A1 mine.md +1-1\n");
}

static void merge_in_a_linked_worktree(void **state) {
    struct fixture *fixture = *state;
    char *report = fixture_path(fixture, "seen");
    setenv("SCRIBELINT_TEST_REPORT", report, 1);
    make_conflict();
    git("worktree", "add", "--quiet", "-b", "linked", "../linked", "main");
    install_hook("pre-commit", "--hook");
    enter("../linked");
    assert_false(git_succeeds("merge", "--quiet", "topic"));
    write_file("a.md", "both\n");
    git("add", "--all");
    must_have_staged(true, "M1 a.md +1-1\n");
    enter("../area"); /* no merge here */
    write_file("theirs.md", "theirs\n");
    git("add", "--all");
    must_have_staged(true, "A1 theirs.md +1-1\n");
    enter("../linked");
    git("commit", "--quiet", "-m", "merge");
    hook_must_have_seen(fixture, "prefix \nM1 a.md +1-1\n");
    free(report);
}

static void clean_merge_runs_pre_merge_commit(void **state) {
    struct fixture *fixture = *state;
    prepare_hook(fixture);
    git("checkout", "--quiet", "-b", "topic");
    write_file("theirs.md", "theirs\n");
    free(commit_all("theirs"));
    free(seen_by_hook(fixture));
    git("checkout", "--quiet", "main");
    git("commit", "--quiet", "--allow-empty", "-m", "ours");
    free(seen_by_hook(fixture));
    git("merge", "--quiet", "--no-edit", "topic");
    char *seen = seen_by_hook(fixture);
    /* Git 2.39 writes MERGE_HEAD only after this hook: then all that came with it is listed. */
    assert_true(!strcmp(seen, "prefix \nA1 theirs.md +1-1\n") || !strcmp(seen, "prefix \n"));
    free(seen);
}

static void unreadable_merge_head(void **state) {
    (void)state;
    write_file("a.md", "one\n");
    free(commit_all("first"));
    write_file("a.md", "two\n");
    git("add", "a.md");
    static const char *const heads[] = {"0123456789012345678901234567890123456789\n", "nonsense\n"};
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        struct change_set *set = NULL;
        struct error error = ERROR_NONE;
        write_file(".git/MERGE_HEAD", heads[i]);
        assert_int_equal(changes_compare_staged(&set, true, &error), STATUS_UNDECIDED);
        assert_non_null(strstr(error_message(&error), "merged"));
        error_release(&error);
        change_set_free(set);
    }
}

/* This program as a hook: writes what it sees into the file that the test reads. */
static int run_as_hook(void) {
    struct error error = ERROR_NONE;
    struct buffer text = BUFFER_EMPTY;
    struct change_set *set = NULL;
    struct repository *repository = NULL;
    if (repository_open(&repository, NULL, &error) == OK) {
        char *prefix = repository_prefix(repository);
        buffer_append_format(&text, "prefix %s\n", prefix);
        free(prefix);
    }
    repository_close(repository);
    if (changes_compare_staged(&set, true, &error) == OK)
        changes_describe(set, &text);
    buffer_append_string(&text, error_message(&error));
    change_set_free(set);
    FILE *file = fopen(getenv("SCRIBELINT_TEST_REPORT"), "wb");
    fwrite(buffer_string(&text), 1, text.size, file);
    fclose(file);
    buffer_release(&text);
    error_release(&error);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, changes_set_up, changes_tear_down)

int main(int count, char **arguments) {
    if (count == 2 && !strcmp(arguments[1], "--hook"))
        return run_as_hook();
    const struct CMUnitTest tests[] = {
        TEST(hook_of_each_kind_of_commit),
        TEST(hook_of_the_first_commit),
        TEST(hook_of_an_empty_first_commit),
        TEST(hook_in_a_linked_worktree),
        TEST(hook_with_a_separate_work_tree),
        TEST(conflicted_merge),
        TEST(taking_their_side_leaves_nothing),
        TEST(rename_that_deletes_what_they_kept),
        TEST(octopus_merge),
        TEST(merge_in_a_linked_worktree),
        TEST(clean_merge_runs_pre_merge_commit),
        TEST(unreadable_merge_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
