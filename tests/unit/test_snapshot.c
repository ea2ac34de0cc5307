#include "base/memory.h"
#include "git/snapshot.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct snapshot *open_commit(struct repository *repository, const char *id) {
    struct snapshot *snapshot = NULL;
    struct error error = ERROR_NONE;
    if (snapshot_open_commit(&snapshot, repository, id, &error))
        fail_msg("%s", error_message(&error));
    return snapshot;
}

static struct snapshot *open_index(struct repository *repository) {
    struct snapshot *snapshot = NULL;
    struct error error = ERROR_NONE;
    if (snapshot_open_index(&snapshot, repository, &error))
        fail_msg("%s", error_message(&error));
    return snapshot;
}

static void must_be(const struct snapshot *snapshot, const char *path, enum entry_kind kind) {
    struct entry entry = snapshot_find(snapshot, slice_of(path));
    if (entry.kind != kind)
        fail_msg("\"%s\" is of kind %d", path, entry.kind);
    bool has_blob = kind == ENTRY_FILE || kind == ENTRY_SYMLINK;
    assert_int_equal(strlen(entry.blob_id), has_blob ? 40 : 0);
}

static void must_contain(const struct snapshot *snapshot, const char *path, const char *expected) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    int status = snapshot_read(snapshot, slice_of(path), 1000, &content, &error);
    if (status)
        fail_msg("%s: %d %s", path, status, error_message(&error));
    assert_string_equal(buffer_string(&content), expected);
    buffer_clear(&content);
    struct entry entry = snapshot_find(snapshot, slice_of(path));
    status = snapshot_read_blob(snapshot, entry.blob_id, 1000, &content, &error);
    assert_int_equal(status, OK);
    assert_string_equal(buffer_string(&content), expected);
    buffer_release(&content);
}

static void must_not_be_read(const struct snapshot *snapshot, const char *path, size_t limit,
                             int status, const char *part) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    assert_int_equal(snapshot_read(snapshot, slice_of(path), limit, &content, &error), status);
    assert_int_equal(content.size, 0);
    if (!strstr(error_message(&error), part) || (*part == 0) != (*error_message(&error) == 0))
        fail_msg("message is: %s", error_message(&error));
    error_release(&error);
    buffer_release(&content);
}

struct listing {
    struct buffer text;
    size_t left; /* entries until it stops */
};

static bool list(struct slice path, const struct entry *entry, void *context) {
    struct listing *listing = context;
    buffer_append_format(&listing->text, "%d:%.*s ", entry->kind, SLICE_ARGUMENTS(path));
    assert_int_not_equal(entry->kind, ENTRY_FOLDER);
    return --listing->left > 0;
}

static void must_list(const struct snapshot *snapshot, const char *folder, size_t most,
                      const char *expected) {
    struct listing listing = {.left = most};
    struct error error = ERROR_NONE;
    assert_int_equal(snapshot_walk(snapshot, slice_of(folder), list, &listing, &error), OK);
    assert_string_equal(buffer_string(&listing.text), expected);
    buffer_release(&listing.text);
}

static void must_be_spelled(const struct snapshot *snapshot, const char *path,
                            const char *expected) {
    struct buffer spelling = BUFFER_EMPTY;
    buffer_append_string(&spelling, "=");
    bool found = snapshot_find_ignoring_case(snapshot, slice_of(path), &spelling);
    assert_int_equal(found, expected != NULL);
    assert_string_equal(buffer_string(&spelling) + 1, expected ? expected : "");
    buffer_release(&spelling);
}

/* Runs the same checks on the commit HEAD and on the index, which hold the same. */
static void on_both_sides(void (*check)(const struct snapshot *)) {
    struct repository *repository = open_repository();
    char *id = git_output("rev-parse", "HEAD");
    struct snapshot *commit = open_commit(repository, id);
    struct snapshot *index = open_index(repository);
    assert_string_equal(snapshot_name(commit), id);
    assert_string_equal(snapshot_name(index), "index");
    check(commit);
    check(index);
    snapshot_close(commit);
    snapshot_close(index);
    repository_close(repository);
    free(id);
}

static void check_kinds(const struct snapshot *snapshot) {
    must_be(snapshot, "", ENTRY_FOLDER);
    must_be(snapshot, "notes/a.md", ENTRY_FILE);
    must_be(snapshot, "run", ENTRY_FILE);
    must_be(snapshot, "notes", ENTRY_FOLDER);
    must_be(snapshot, "notes/", ENTRY_FOLDER);
    must_be(snapshot, "notes/deep", ENTRY_FOLDER);
    must_be(snapshot, "link", ENTRY_SYMLINK);
    must_be(snapshot, "vendor", ENTRY_SUBMODULE);
    must_be(snapshot, "caf\xe9.md", ENTRY_FILE);
    must_be(snapshot, "line\nfeed.md", ENTRY_FILE);
    static const char *const absent[] = {
        "Notes/a.md",   "notes/A.md",   "notes/a",        "note",        "notes/a.md/", "link/a.md",
        "link/",        "vendor/x",     "notes//a.md",    "/notes/a.md", "./run",       "notes/.",
        "notes/../run", "notes/a.md/x", "caf\xc3\xa9.md", "/",           "//"};
    for (size_t i = 0; i < COUNT_OF(absent); i++)
        must_be(snapshot, absent[i], ENTRY_NONE);
    struct slice with_nul = {"run\0x", 5};
    assert_int_equal(snapshot_find(snapshot, with_nul).kind, ENTRY_NONE);
    struct slice part = {"runaway", 3};
    assert_int_equal(snapshot_find(snapshot, part).kind, ENTRY_FILE);
}

static void check_reading(const struct snapshot *snapshot) {
    must_contain(snapshot, "notes/a.md", "text\n");
    must_contain(snapshot, "caf\xe9.md", "latin\n");
    must_contain(snapshot, "empty", "");
    must_not_be_read(snapshot, "notes/a.md", 4, STATUS_TOO_LARGE, "5 bytes");
    must_not_be_read(snapshot, "notes", 100, STATUS_NOT_FOUND, "");
    must_not_be_read(snapshot, "link", 100, STATUS_NOT_FOUND, "");
    must_not_be_read(snapshot, "vendor", 100, STATUS_NOT_FOUND, "");
    must_not_be_read(snapshot, "nope", 100, STATUS_NOT_FOUND, "");
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    assert_int_equal(snapshot_read(snapshot, slice_of("nul"), 3, &content, &error), OK);
    assert_int_equal(content.size, 3);
    assert_memory_equal(content.data, "a\0b", 3);
    buffer_release(&content);
}

static void check_walking(const struct snapshot *snapshot) {
    must_list(snapshot, "", 100,
              "1:caf\xe9.md 1:empty 1:line\nfeed.md 2:link 1:notes.txt 1:notes/a.md "
              "1:notes/deep/b.md 1:notes0 1:nul 1:run 3:vendor ");
    must_list(snapshot, "notes", 100, "1:notes/a.md 1:notes/deep/b.md ");
    must_list(snapshot, "notes/", 100, "1:notes/a.md 1:notes/deep/b.md ");
    must_list(snapshot, "notes/deep", 100, "1:notes/deep/b.md ");
    must_list(snapshot, "notes", 1, "1:notes/a.md ");
    must_list(snapshot, "note", 100, "");
    must_list(snapshot, "run", 100, "");
    must_list(snapshot, "vendor", 100, "");
    must_list(snapshot, "nope/deeper", 100, "");
}

static void make_every_kind(void) {
    write_file("notes/a.md", "text\n");
    write_file("notes/deep/b.md", "b\n");
    write_file("notes.txt", ""); /* '.' and '0' stand before and behind '/' */
    write_file("notes0", "");
    write_file("empty", "");
    write_bytes("nul", "a\0b", 3);
    write_file("run", "#!/bin/sh\n");
    assert_int_equal(chmod("run", 0755), 0);
    assert_int_equal(symlink("notes", "link"), 0);
    git("add", "--all");
    stage("100644", "caf\xe9.md", "latin\n");
    stage("100644", "line\nfeed.md", "x\n");
    git("update-index", "--add", "--cacheinfo",
        "160000,1111111111111111111111111111111111111111,vendor");
    git("commit", "--quiet", "-m", "every kind");
}

static void commit_and_index_agree(void **state) {
    (void)state;
    make_every_kind();
    on_both_sides(check_kinds);
    on_both_sides(check_reading);
    on_both_sides(check_walking);
    git("config", "core.ignoreCase", "true"); /* as on macOS: look-ups stay exact */
    on_both_sides(check_kinds);
}

static void check_spellings(const struct snapshot *snapshot) {
    must_be_spelled(snapshot, "Assets/IMG/Fig.PNG", "assets/Img/fig.png");
    must_be_spelled(snapshot, "ASSETS/img", "assets/Img");
    must_be_spelled(snapshot, "assets/Img/fig.png", "assets/Img/fig.png");
    must_be_spelled(snapshot, "assets/Img/fig", NULL);
    must_be_spelled(snapshot, "assets/Img/fig.png/x", NULL);
    must_be_spelled(snapshot, "asset", NULL);
    must_be_spelled(snapshot, "", NULL);
    must_be_spelled(snapshot, "CAF\xc9.md", NULL); /* only ASCII letters */
    /* Two spellings of a folder: the file may be behind either; the exact one goes first. */
    must_be_spelled(snapshot, "two/only-upper.md", "TWO/only-upper.md");
    must_be_spelled(snapshot, "two/BOTH.md", "two/both.md");
    must_be_spelled(snapshot, "TWO/BOTH.md", "TWO/both.md");
    must_be_spelled(snapshot, "Two/BOTH.md", "TWO/both.md");
    must_be_spelled(snapshot, "two/sub/BOTH.md", "two/Sub/both.md");
    must_be_spelled(snapshot, "two/Both.MD", "two/both.md");
}

static void spelling_in_another_case(void **state) {
    (void)state;
    stage("100644", "assets/Img/fig.png", "png");
    stage("100644", "caf\xe9.md", "latin\n");
    stage("100644", "TWO/only-upper.md", "");
    stage("100644", "TWO/both.md", "");
    stage("100644", "TWO/sub/both.md", "");
    stage("100644", "two/both.md", "");
    stage("100644", "two/Sub/both.md", "");
    git("commit", "--quiet", "-m", "spellings");
    on_both_sides(check_spellings);
}

static void empty_snapshot(void **state) {
    (void)state;
    struct snapshot *empty = snapshot_open_empty();
    must_be(empty, "", ENTRY_FOLDER);
    must_be(empty, "a", ENTRY_NONE);
    must_not_be_read(empty, "a", 100, STATUS_NOT_FOUND, "");
    must_list(empty, "", 100, "");
    must_be_spelled(empty, "a", NULL);
    assert_null(snapshot_name(empty));
    snapshot_close(empty);
    snapshot_close(NULL);
}

static void must_not_open_index(const char *part, const char *other) {
    struct repository *repository = open_repository();
    struct snapshot *snapshot = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(snapshot_open_index(&snapshot, repository, &error), STATUS_UNDECIDED);
    assert_null(snapshot);
    if (!strstr(error_message(&error), part) || !strstr(error_message(&error), other))
        fail_msg("message is: %s", error_message(&error));
    error_release(&error);
    repository_close(repository);
}

static void index_must_hold(const char *path, enum entry_kind kind) {
    struct repository *repository = open_repository();
    struct snapshot *index = open_index(repository);
    must_be(index, path, kind);
    snapshot_close(index);
    repository_close(repository);
}

static void index_file_from_the_environment(void **state) {
    struct fixture *fixture = *state;
    write_file("sub/a.md", "a\n");
    free(commit_all("first"));
    char *other = fixture_path(fixture, "area/.git/other");
    setenv("GIT_INDEX_FILE", other, 1);
    write_file("b.md", "b\n");
    git("add", "b.md");
    index_must_hold("b.md", ENTRY_FILE);
    index_must_hold("sub", ENTRY_NONE);
    setenv("GIT_INDEX_FILE", ".git/other", 1);
    index_must_hold("b.md", ENTRY_FILE);
    enter("sub"); /* relative means: to the root of the working tree */
    index_must_hold("b.md", ENTRY_FILE);
    index_must_hold("sub", ENTRY_NONE);
    setenv("GIT_INDEX_FILE", "", 1);
    index_must_hold("sub/a.md", ENTRY_FILE);
    free(other);
}

static void relative_index_with_git_dir_alone(void **state) {
    struct fixture *fixture = *state;
    write_file("a.md", "a\n");
    free(commit_all("first"));
    char *git_dir = fixture_path(fixture, "area/.git");
    write_file("../some/where/b.md", "");
    enter("../some/where"); /* which is then the root of the working tree */
    setenv("GIT_DIR", git_dir, 1);
    setenv("GIT_INDEX_FILE", "../../area/.git/index", 1);
    index_must_hold("a.md", ENTRY_FILE);
    setenv("GIT_WORK_TREE", "..", 1);
    setenv("GIT_INDEX_FILE", "../area/.git/index", 1);
    index_must_hold("a.md", ENTRY_FILE);
    free(git_dir);
}

static void missing_index_is_no_empty_index(void **state) {
    struct fixture *fixture = *state;
    char *missing = fixture_path(fixture, "area/.git/nope");
    setenv("GIT_INDEX_FILE", missing, 1);
    must_not_open_index(missing, "unset GIT_INDEX_FILE");
    setenv("GIT_INDEX_FILE", ".git/nope", 1);
    must_not_open_index(missing, "unset GIT_INDEX_FILE");
    setenv("GIT_INDEX_FILE", ".git", 1);
    must_not_open_index("area/.git", "unset GIT_INDEX_FILE");
    write_file(".git/short", "DIRC");
    setenv("GIT_INDEX_FILE", ".git/short", 1);
    must_not_open_index(".git/short", "it is cut short");
    unsetenv("GIT_INDEX_FILE");
    index_must_hold("a.md", ENTRY_NONE); /* before the first `git add` there is none */
    write_file("a.md", "a\n");
    free(commit_all("first"));
    assert_int_equal(unlink(".git/index"), 0);
    must_not_open_index(".git/index", "git reset");
    free(missing);
}

static void bare_repository_has_no_index(void **state) {
    (void)state;
    write_file("a.md", "a\n");
    char *id = commit_all("first");
    git("clone", "--quiet", "--bare", ".", "../bare.git");
    enter("../bare.git");
    must_not_open_index("bare", "two commits");
    struct repository *repository = open_repository();
    struct snapshot *commit = open_commit(repository, id);
    must_contain(commit, "a.md", "a\n");
    snapshot_close(commit);
    repository_close(repository);
    free(id);
}

static void intent_to_add_is_not_in_the_index(void **state) {
    (void)state;
    write_file("a.md", "a\n");
    free(commit_all("first"));
    write_file("b.md", "b\n");
    write_file("new/c.md", "c\n");
    git("add", "--intent-to-add", "b.md", "new/c.md");
    write_file("d.md", "d\n");
    git("add", "d.md");
    struct repository *repository = open_repository();
    struct snapshot *index = open_index(repository);
    must_be(index, "b.md", ENTRY_NONE);
    must_be(index, "new", ENTRY_NONE);
    must_be_spelled(index, "B.md", NULL);
    must_list(index, "", 100, "1:a.md 1:d.md ");
    snapshot_close(index);
    repository_close(repository);
}

static void conflict_on(const char *theirs, const char *ours) {
    git("checkout", "--quiet", "-b", "topic");
    write_file("a.md", theirs);
    write_file("deleted.md", "changed by them\n");
    free(commit_all("theirs"));
    git("checkout", "--quiet", "main");
    write_file("a.md", ours);
    git("rm", "--quiet", "deleted.md");
    free(commit_all("ours"));
    assert_false(git_succeeds("merge", "--quiet", "topic"));
}

static void conflicted_path_is_our_side(void **state) {
    (void)state;
    write_file("a.md", "base\n");
    write_file("deleted.md", "base\n");
    free(commit_all("base"));
    conflict_on("theirs\n", "ours\n");
    struct repository *repository = open_repository();
    struct snapshot *index = open_index(repository);
    must_contain(index, "a.md", "ours\n");
    must_be(index, "deleted.md", ENTRY_NONE);
    must_list(index, "", 100, "1:a.md ");
    snapshot_close(index);
    repository_close(repository);
}

static void sparse_and_split_index(void **state) {
    (void)state;
    write_file("kept/a.md", "a\n");
    write_file("left-out/b.md", "b\n");
    free(commit_all("first"));
    git("update-index", "--split-index");
    must_not_open_index("split", "git update-index --no-split-index");
    git("update-index", "--no-split-index");
    index_must_hold("left-out/b.md", ENTRY_FILE);
    git("sparse-checkout", "set", "--cone", "--sparse-index", "kept");
    must_not_open_index("sparse", "git sparse-checkout reapply --no-sparse-index");
    git("sparse-checkout", "reapply", "--no-sparse-index");
    index_must_hold("left-out/b.md", ENTRY_FILE); /* sparse checkout with a full index */
}

static void index_with_a_wrong_checksum(void **state) {
    (void)state;
    write_file("a.md", "a\n");
    free(commit_all("first"));
    FILE *file = fopen(".git/index", "r+b");
    assert_int_equal(fseek(file, -20, SEEK_END), 0);
    fwrite("\1\2\3\4", 1, 4, file);
    fclose(file);
    must_not_open_index("checksum", "git update-index --force-write-index");
    git("config", "index.skipHash", "false");
    git("update-index", "--force-write-index");
    index_must_hold("a.md", ENTRY_FILE);
}

static void absent_blob(void **state) {
    (void)state;
    write_file("a.md", "a\n");
    write_file("folder/b.md", "b\n");
    char *commit_id = commit_all("first");
    char *blob = git_output("rev-parse", "HEAD:a.md");
    char *tree = git_output("rev-parse", "HEAD:folder");
    delete_object(blob);
    delete_object(tree);
    struct repository *repository = open_repository();
    struct snapshot *commit = open_commit(repository, commit_id);
    struct snapshot *index = open_index(repository);
    must_be(commit, "a.md", ENTRY_FILE);
    must_not_be_read(commit, "a.md", 100, STATUS_UNDECIDED, "git fetch");
    must_not_be_read(index, "a.md", 100, STATUS_UNDECIDED, blob);
    struct listing listing = {.left = 100};
    struct error error = ERROR_NONE;
    assert_int_equal(snapshot_walk(commit, slice_of("folder"), list, &listing, &error),
                     STATUS_UNDECIDED);
    assert_non_null(strstr(error_message(&error), commit_id));
    error_release(&error);
    assert_int_equal(snapshot_walk(commit, slice_of(""), list, &listing, &error), STATUS_UNDECIDED);
    error_release(&error);
    buffer_release(&listing.text);
    snapshot_close(commit);
    snapshot_close(index);
    repository_close(repository);
    free(commit_id);
    free(blob);
    free(tree);
}

static void remedy_for_an_absent_blob(void **state) {
    (void)state;
    write_file("a.md", "a\n");
    char *id = commit_all("first");
    git("config", "uploadpack.allowFilter", "true");
    git("clone", "--quiet", "--no-local", "--no-checkout", "--filter=blob:none", ".", "../partial");
    enter("../partial");
    struct repository *repository = open_repository();
    struct snapshot *commit = open_commit(repository, id);
    must_not_be_read(commit, "a.md", 100, STATUS_UNDECIDED, "git fetch --refetch --no-filter");
    git("fetch", "--quiet", "--refetch", "--no-filter");
    must_contain(commit, "a.md", "a\n");
    snapshot_close(commit);
    repository_close(repository);
    free(id);
}

static void commit_that_cannot_be_read(void **state) {
    (void)state;
    char *id = commit_all("first");
    struct repository *repository = open_repository();
    static const char *const ids[] = {"0123456789012345678901234567890123456789", "short", ""};
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        struct snapshot *snapshot = NULL;
        struct error error = ERROR_NONE;
        assert_int_equal(snapshot_open_commit(&snapshot, repository, ids[i], &error),
                         STATUS_UNDECIDED);
        assert_null(snapshot);
        assert_non_null(strstr(error_message(&error), "git fetch"));
        error_release(&error);
    }
    repository_close(repository);
    free(id);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(commit_and_index_agree),
        TEST(spelling_in_another_case),
        TEST(empty_snapshot),
        TEST(index_file_from_the_environment),
        TEST(relative_index_with_git_dir_alone),
        TEST(missing_index_is_no_empty_index),
        TEST(bare_repository_has_no_index),
        TEST(intent_to_add_is_not_in_the_index),
        TEST(conflicted_path_is_our_side),
        TEST(sparse_and_split_index),
        TEST(index_with_a_wrong_checksum),
        TEST(absent_blob),
        TEST(remedy_for_an_absent_blob),
        TEST(commit_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
