#include "git/content_id.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* As `git hash-object` says, which knows no repository when it only hashes. */
static void test_a_hash_is_that_of_git(void **state) {
    (void)state;
    char id[OBJECT_ID_SIZE];
    static const char text[] = "one\0two\n";
    write_bytes("file", text, sizeof text - 1);
    char *expected = git_output("hash-object", "file");
    content_hash(id, (struct slice){text, sizeof text - 1});
    assert_string_equal(id, expected);
    free(expected);
    assert_false(content_is_empty(id));
    content_hash(id, slice_of(NULL));
    assert_true(content_is_empty(id));
    assert_false(content_is_empty(""));
    assert_false(content_is_empty(NULL));
    assert_string_equal(id, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    assert_false(git_succeeds("cat-file", "-e", id)); /* nothing was written */
}

static void test_a_snapshot_is_its_tree(void **state) {
    (void)state;
    char id[OBJECT_ID_SIZE] = "untouched";
    struct error error = ERROR_NONE;
    struct repository *repository;
    struct snapshot *snapshot;
    write_file("a/b.md", "text\n");
    char *commit = commit_all("One"), *tree = git_output("rev-parse", "HEAD^{tree}");
    assert_int_equal(repository_open(&repository, NULL, &error), OK);
    assert_int_equal(snapshot_open_index(&snapshot, repository, &error), OK);
    assert_false(snapshot_tree_id(id, snapshot));
    assert_string_equal(id, "untouched");
    snapshot_close(snapshot);
    assert_int_equal(snapshot_open_commit(&snapshot, repository, commit, &error), OK);
    assert_true(snapshot_tree_id(id, snapshot));
    assert_string_equal(id, tree);
    snapshot_close(snapshot);
    free(commit);
    free(tree);
    repository_close(repository);
    error_release(&error);
}

/* Of every kind of snapshot: no content is read for it. */
static void test_an_empty_file_is_told_by_its_id(void **state) {
    (void)state;
    struct error error = ERROR_NONE;
    struct repository *repository;
    struct snapshot *snapshots[3];
    write_file("empty", "");
    write_file("blank", "\n");
    char *commit = commit_all("One");
    write_file("new", "");
    assert_int_equal(repository_open(&repository, NULL, &error), OK);
    assert_int_equal(snapshot_open_commit(&snapshots[0], repository, commit, &error), OK);
    assert_int_equal(snapshot_open_index(&snapshots[1], repository, &error), OK);
    assert_int_equal(snapshot_open_worktree(&snapshots[2], repository, &error), OK);
    for (int i = 0; i < 3; i++) {
        static const char *const names[] = {"empty", "blank", "new", "none", ""};
        for (int k = 0; k < 5; k++)
            assert_int_equal(
                content_is_empty(snapshot_find(snapshots[i], slice_of(names[k])).blob_id),
                k == 0 || (k == 2 && i == 2));
        snapshot_close(snapshots[i]);
    }
    free(commit);
    repository_close(repository);
    error_release(&error);
}

static void test_nothing_is_the_empty_tree(void **state) {
    (void)state;
    char id[OBJECT_ID_SIZE];
    struct snapshot *snapshot = snapshot_open_empty();
    char *expected = git_output("hash-object", "-t", "tree", "/dev/null");
    assert_true(snapshot_tree_id(id, snapshot));
    assert_string_equal(id, expected);
    free(expected);
    snapshot_close(snapshot);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_hash_is_that_of_git, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_a_snapshot_is_its_tree, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_an_empty_file_is_told_by_its_id, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_the_empty_tree, fixture_set_up,
                                        fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
