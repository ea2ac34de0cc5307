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

static void kinds_of_change(void **state) {
    (void)state;
    write_numbers("notes/modified.md", 1, 9);
    write_numbers("notes/moved.md", 100, 140);
    write_numbers("notes/moved-as-it-is.md", 200, 240);
    write_file("notes/deleted.md", "gone\n");
    write_file("same.md", "same\n");
    free(commit_all("first"));
    write_file("notes/modified.md", "line 0\nline 1\nline 2\nline 3\nline 4\nline five\nline 6\n"
                                    "line 7\nline 9\nline 10\nline 11");
    assert_int_equal(rename("notes/moved.md", "a-moved.md"), 0);
    write_numbers("a-moved.md", 99, 140);
    assert_int_equal(rename("notes/moved-as-it-is.md", "zz.md"), 0);
    assert_int_equal(unlink("notes/deleted.md"), 0);
    write_file("notes/added.md", "one\ntwo\nthree");
    write_file("notes/added.markdown", "one\n");
    write_file("notes/empty.md", "");
    both_views_must_be("R1 a-moved.md from notes/moved.md +1-1\n"
                       "A1 notes/added.markdown +1-1\n"
                       "A1 notes/added.md +1-3\n"
                       "D1 notes/deleted.md\n"
                       "A1 notes/empty.md\n"
                       "M1 notes/modified.md +1-1,6-6,10-11\n"
                       "R1 zz.md from notes/moved-as-it-is.md\n");
}

static void finding_changes_and_lines(void **state) {
    (void)state;
    struct change_set *set = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(changes_compare_staged(&set, true, &error), OK);
    assert_null(change_set_find(set, slice_of("a.md")));
    change_set_free(set);
    write_file("a.md", "1\n2\n3\n4\n5\n6\n7\n");
    free(commit_all("first"));
    write_file("a.md", "1\nx\n3\n4\ny\ny\n7\n");
    git("add", "a.md");
    assert_int_equal(changes_compare_staged(&set, true, &error), OK);
    const struct change *change = change_set_find(set, slice_of("a.md"));
    assert_non_null(change);
    static const bool added[] = {false, false, true, false, false, true, true, false, false};
    for (size_t line = 0; line < COUNT_OF(added); line++)
        assert_int_equal(change_adds_line(change, line), added[line]);
    assert_null(change_set_find(set, slice_of("A.md")));
    assert_null(change_set_find(set, slice_of("")));
    change_set_free(set);
    change_set_free(NULL);
}

static void before_the_first_commit(void **state) {
    (void)state;
    must_have_staged(true, "");
    write_file("a.md", "one\ntwo\n");
    write_file("b/c.md", "three\n");
    git("add", "--all");
    must_have_staged(true, "A1 a.md +1-2\nA1 b/c.md +1-1\n");
}

static void empty_sides(void **state) {
    (void)state;
    write_file("a.md", "one\n");
    char *id = commit_all("first");
    struct error error = ERROR_NONE;
    struct repository *repository = NULL;
    struct snapshot *commit = NULL, *index = NULL, *empty = snapshot_open_empty();
    struct change_set *set = NULL;
    assert_int_equal(repository_open(&repository, NULL, &error), OK);
    assert_int_equal(snapshot_open_commit(&commit, repository, id, &error), OK);
    assert_int_equal(snapshot_open_index(&index, repository, &error), OK);
    assert_int_equal(change_set_compute(&set, repository, empty, empty, &error), OK);
    assert_int_equal(set->count, 0);
    change_set_free(set);
    assert_int_equal(change_set_compute(&set, repository, commit, empty, &error), OK);
    assert_int_equal(set->count, 1);
    assert_int_equal(set->changes[0].kind, CHANGE_DELETED);
    change_set_free(set);
    assert_int_equal(change_set_compute(&set, repository, index, commit, &error), STATUS_USAGE);
    assert_null(set);
    error_release(&error);
    snapshot_close(commit);
    snapshot_close(index);
    snapshot_close(empty);
    repository_close(repository);
    free(id);
}

static void attributes_and_nul_bytes_hide_no_line(void **state) {
    (void)state;
    write_file("a.md", "one\n");
    write_file("b.md", "one\n");
    write_file("c.md", "one\n");
    write_bytes("nul.md", "one\0\n", 5);
    free(commit_all("first"));
    write_file(".gitattributes", "a.md -diff\nb.md binary\n*.md -text\n");
    write_file("a.md", "one\ntwo\n");
    write_file("b.md", "one\ntwo\n");
    write_bytes("c.md", "one\n\0two\n", 9);
    write_bytes("nul.md", "one\0\ntwo\nthree\n", 15);
    write_bytes("new.md", "\0\n\0\n", 4);
    both_views_must_be("A1 .gitattributes +1-3\nM1 a.md +2-2\nM1 b.md +2-2\nM1 c.md +2-2\n"
                       "A1 new.md +1-2\nM1 nul.md +2-3\n");
}

static void ends_of_files_and_lines(void **state) {
    (void)state;
    write_file("feed-added.md", "one\ntwo");
    write_file("feed-dropped.md", "one\ntwo\n");
    write_file("neither.md", "one\ntwo");
    write_file("windows.md", "one\r\ntwo\r\n");
    write_file("emptied.md", "one\n");
    write_file("filled.md", "");
    free(commit_all("first"));
    write_file("feed-added.md", "one\ntwo\n");
    write_file("feed-dropped.md", "one\ntwo");
    write_file("neither.md", "ONE\ntwo");
    write_file("windows.md", "one\r\ntwo\r\nthree\r\n");
    write_file("emptied.md", "");
    write_file("filled.md", "one\n");
    both_views_must_be("M1 emptied.md\nM1 feed-added.md +2-2 blank\nM1 feed-dropped.md +2-2 blank\n"
                       "M1 filled.md +1-1\nM1 neither.md +1-1\nM1 windows.md +3-3\n");
}

static void only_white_space_differs(void **state) {
    (void)state;
    write_file("indent.md", "a b\nc\n");
    write_file("joined.md", "a b\nc\n");
    write_file("word.md", "a b\nc\n");
    write_file("crlf.md", "a\nb\n");
    write_file("shorter.md", "a b c\n");
    write_file("mode.sh", "a\n");
    write_bytes("picture.png", "\0a b", 4);
    write_numbers("moved.md", 1, 40);
    write_file("blank.md", "\n");
    free(commit_all("first"));
    write_file("indent.md", "  a\tb\n\nc\n");
    write_file("joined.md", "ab c");
    write_file("word.md", "a b\nd\n");
    write_file("crlf.md", "a\r\nb\r\n");
    write_file("shorter.md", "a b\n");
    assert_int_equal(chmod("mode.sh", 0755), 0);
    write_bytes("picture.png", "\0a  b", 5);
    write_numbers("moved.md", 1, 40);
    assert_int_equal(rename("moved.md", "new.md"), 0);
    FILE *file = fopen("new.md", "ab");
    fputs("\n\n", file);
    fclose(file);
    write_file("blank.md", "");
    both_views_must_be("M1 blank.md blank\nM1 crlf.md +1-2 blank\nM1 indent.md +1-2 blank\n"
                       "M1 joined.md +1-1 blank\nM1 mode.sh\nR1 new.md from moved.md +41-42 blank\n"
                       "M1 picture.png +1-1\nM1 shorter.md +1-1\nM1 word.md +2-2\n");
}

static void links_submodules_and_type_changes(void **state) {
    (void)state;
    write_file("file-then-link", "text\n");
    write_file("file-then-folder", "text of a file that becomes a folder\n");
    assert_int_equal(symlink("there", "link-then-file"), 0);
    assert_int_equal(symlink("there", "link"), 0);
    git("add", "--all");
    git("update-index", "--add", "--cacheinfo",
        "160000,1111111111111111111111111111111111111111,vendor");
    write_file(".gitmodules", "[submodule \"vendor\"]\n\tpath = vendor\n\turl = ./x\n"
                              "\tignore = all\n");
    git("add", ".gitmodules");
    git("commit", "--quiet", "-m", "first");
    assert_int_equal(unlink("file-then-link"), 0);
    assert_int_equal(symlink("there", "file-then-link"), 0);
    assert_int_equal(unlink("file-then-folder"), 0);
    write_file("file-then-folder/a.md", "something else\n");
    assert_int_equal(unlink("link-then-file"), 0);
    write_file("link-then-file", "there"); /* the blob stays */
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(symlink("elsewhere", "link"), 0);
    git("add", "--all", "file-then-link", "file-then-folder", "link-then-file", "link");
    git("update-index", "--add", "--cacheinfo",
        "160000,2222222222222222222222222222222222222222,vendor");
    git("config", "diff.ignoreSubmodules", "all");
    static const char expected[] = "D1 file-then-folder\nA1 file-then-folder/a.md +1-1\n"
                                   "M2 file-then-link\nM2 link\nM1 link-then-file +1-1\n"
                                   "M3 vendor\n";
    must_have_staged(false, expected);
    git("commit", "--quiet", "-m", "second");
    must_differ("HEAD~1", "HEAD", expected);
    must_differ("HEAD", "HEAD", "");
}

static void paths_are_bytes_in_exact_case(void **state) {
    (void)state;
    stage("100644", "a.md", "one\n");
    stage("100644", "caf\xe9.md", "one\n");
    stage("100644", "line\nfeed.md", "one\n");
    git("commit", "--quiet", "-m", "first");
    git("config", "core.ignoreCase", "true");
    stage("100644", "A.md", "upper\n");
    stage("100644", "a.md", "one\ntwo\n");
    stage("100644", "caf\xe9.md", "one\ntwo\n");
    stage("100644", "line\nfeed.md", "one\ntwo\n");
    must_have_staged(false, "A1 A.md +1-1\nM1 a.md +2-2\nM1 caf\xe9.md +2-2\n"
                            "M1 line\nfeed.md +2-2\n");
}

static void intent_to_add_and_conflicts(void **state) {
    (void)state;
    write_file("a.md", "base\n");
    write_file("dropped.md", "base\n");
    free(commit_all("base"));
    write_file("later.md", "later\n");
    git("add", "--intent-to-add", "later.md");
    must_have_staged(false, "");
    git("rm", "--quiet", "--cached", "dropped.md");
    git("add", "--intent-to-add", "dropped.md");
    must_have_staged(false, "D1 dropped.md\n");
    git("reset", "--quiet", "--hard");
    git("checkout", "--quiet", "-b", "topic");
    write_file("a.md", "theirs\n");
    write_file("theirs.md", "theirs\n");
    free(commit_all("theirs"));
    git("checkout", "--quiet", "main");
    write_file("a.md", "ours\n");
    free(commit_all("ours"));
    assert_false(git_succeeds("merge", "--quiet", "topic"));
    must_have_staged(false, "A1 theirs.md +1-1\n");
    must_have_staged(true, "");
}

/* A file of `size` bytes without a line feed but at its end. */
static void write_large(const char *path, size_t size, char byte) {
    char *bytes = memory_allocate(size, 1);
    memset(bytes, byte, size);
    bytes[size - 1] = '\n';
    write_bytes(path, bytes, size);
    free(bytes);
}

static void large_files_have_no_lines(void **state) {
    (void)state;
    enum { LIMIT = 10 * 1024 * 1024 };
    write_large("at-limit.bin", LIMIT, 'a');
    write_large("grows.bin", LIMIT, 'a');
    write_large("shrinks.bin", LIMIT + 1, 'a');
    free(commit_all("first"));
    write_large("at-limit.bin", LIMIT, ' ');
    write_large("grows.bin", LIMIT + 1, ' ');
    write_file("shrinks.bin", "one\ntwo\n");
    write_large("new.bin", LIMIT + 1, 'b');
    both_views_must_be("M1 at-limit.bin +1-1\nM1 grows.bin\nA1 new.bin\nM1 shrinks.bin +1-2\n");
}

/* All changes but that of `path` are decided. */
static void must_be_undecided(const char *path) {
    struct change_set *set = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(changes_compare_staged(&set, false, &error), OK);
    for (size_t i = 0; i < set->count; i++) {
        struct change *change = &set->changes[i];
        bool expected = slice_equal_string(change->path, path);
        assert_int_equal(change->undecided.size != 0, expected);
        if (expected) {
            assert_int_equal(change->added_count, 0);
            assert_non_null(strstr(change->undecided.data, "git fetch"));
        }
    }
    assert_non_null(change_set_find(set, slice_of(path)));
    change_set_free(set);
    error_release(&error);
}

static void absent_blobs(void **state) {
    (void)state;
    write_numbers("moved.md", 1, 40);
    write_file("changed.md", "one\n");
    free(commit_all("first"));
    char *moved = git_output("rev-parse", "HEAD:moved.md");
    char *changed = git_output("rev-parse", "HEAD:changed.md");
    assert_int_equal(rename("moved.md", "new.md"), 0);
    write_numbers("new.md", 0, 40);
    git("add", "--all");
    must_have_staged(false, "R1 new.md from moved.md +1-1\n");
    delete_object(moved);
    must_have_staged(false, "D1 moved.md\nA1 new.md +1-41\nrenames unknown\n");
    write_file("changed.md", "two\n");
    git("add", "changed.md");
    must_have_staged(false, "M1 changed.md +1-1\nD1 moved.md\nA1 new.md +1-41\nrenames unknown\n");
    delete_object(changed);
    must_be_undecided("changed.md");
    git("update-index", "--cacheinfo", "100644", changed, "changed.md");
    char *added = git_output("rev-parse", ":new.md");
    delete_object(added);
    must_be_undecided("new.md");
    free(moved);
    free(changed);
    free(added);
}

static void absent_tree(void **state) {
    (void)state;
    write_file("folder/a.md", "one\n");
    free(commit_all("first"));
    char *tree = git_output("rev-parse", "HEAD:folder");
    write_file("folder/a.md", "two\n");
    git("add", "--all");
    delete_object(tree);
    struct change_set *set = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(changes_compare_staged(&set, false, &error), STATUS_UNDECIDED);
    assert_null(set);
    assert_non_null(strstr(error_message(&error), "git fetch"));
    error_release(&error);
    free(tree);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, changes_set_up, changes_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(kinds_of_change),
        TEST(finding_changes_and_lines),
        TEST(before_the_first_commit),
        TEST(empty_sides),
        TEST(attributes_and_nul_bytes_hide_no_line),
        TEST(ends_of_files_and_lines),
        TEST(only_white_space_differs),
        TEST(links_submodules_and_type_changes),
        TEST(paths_are_bytes_in_exact_case),
        TEST(intent_to_add_and_conflicts),
        TEST(large_files_have_no_lines),
        TEST(absent_blobs),
        TEST(absent_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
