#include "git/change_set.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A repository with one commit, and what lies over it. */
struct overlaid {
    struct fixture *fixture;
    struct repository *repository;
    struct snapshot *below, *snapshot;
    struct error error;
};

static int set_up(void **state) {
    struct overlaid *overlaid = calloc(1, sizeof *overlaid);
    assert_non_null(overlaid);
    overlaid->fixture = fixture_open();
    write_file("notes/a.md", "below\n");
    write_file("notes/b.md", "other\n");
    write_file("z.md", "last\n");
    write_file(".gitattributes", "*.md text\n*.bin -text\n");
    git("add", ".");
    git("update-index", "--chmod=+x", "z.md");
    stage("120000", "link", "notes/a.md");
    git("commit", "-qm", "first");
    char *id = git_output("rev-parse", "HEAD");
    assert_int_equal(repository_open(&overlaid->repository, NULL, &overlaid->error), OK);
    assert_int_equal(
        snapshot_open_commit(&overlaid->below, overlaid->repository, id, &overlaid->error), OK);
    free(id);
    *state = overlaid;
    return 0;
}

static int tear_down(void **state) {
    struct overlaid *overlaid = *state;
    snapshot_close(overlaid->snapshot);
    snapshot_close(overlaid->below);
    repository_close(overlaid->repository);
    error_release(&overlaid->error);
    fixture_close(overlaid->fixture);
    free(overlaid);
    return 0;
}

static int lay(struct overlaid *overlaid, const char *path, const char *content) {
    return snapshot_open_overlay(&overlaid->snapshot, overlaid->repository, overlaid->below,
                                 slice_of(path), slice_of(content), &overlaid->error);
}

static void must_contain(const struct overlaid *overlaid, const char *path, const char *expected) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    assert_int_equal(snapshot_read(overlaid->snapshot, slice_of(path), 1000, &content, &error), OK);
    assert_string_equal(buffer_string(&content), expected);
    buffer_release(&content);
}

/* The one change there is, for change_set_free(). */
static struct change_set *compare(struct overlaid *overlaid, enum change_kind kind,
                                  const char *path) {
    struct change_set *changes = NULL;
    assert_int_equal(change_set_compute(&changes, overlaid->repository, overlaid->below,
                                        overlaid->snapshot, &overlaid->error),
                     OK);
    assert_int_equal(changes->count, 1);
    assert_int_equal(changes->changes[0].kind, kind);
    assert_true(slice_equal_string(changes->changes[0].path, path));
    return changes;
}

static void a_file_is_replaced(void **state) {
    struct overlaid *overlaid = *state;
    assert_int_equal(lay(overlaid, "notes/a.md", "below\nabove\n"), OK);
    must_contain(overlaid, "notes/a.md", "below\nabove\n");
    must_contain(overlaid, "notes/b.md", "other\n");
    must_contain(overlaid, "z.md", "last\n");
    assert_int_equal(snapshot_find(overlaid->snapshot, slice_of("link")).kind, ENTRY_SYMLINK);
    assert_string_equal(snapshot_name(overlaid->snapshot), "stdin");
    struct change_set *changes = compare(overlaid, CHANGE_MODIFIED, "notes/a.md");
    assert_false(change_adds_line(&changes->changes[0], 1));
    assert_true(change_adds_line(&changes->changes[0], 2));
    change_set_free(changes);
}

static void a_file_is_added(void **state) {
    struct overlaid *overlaid = *state;
    assert_int_equal(lay(overlaid, "notes/new/c.md", ""), OK);
    must_contain(overlaid, "notes/new/c.md", "");
    must_contain(overlaid, "notes/a.md", "below\n");
    change_set_free(compare(overlaid, CHANGE_ADDED, "notes/new/c.md"));
}

static void the_same_is_no_change(void **state) {
    struct overlaid *overlaid = *state;
    struct change_set *changes = NULL;
    /* The mode stays, and line ends are those that Git keeps. */
    assert_int_equal(lay(overlaid, "z.md", "last\r\n"), OK);
    must_contain(overlaid, "z.md", "last\n");
    assert_int_equal(change_set_compute(&changes, overlaid->repository, overlaid->below,
                                        overlaid->snapshot, &overlaid->error),
                     OK);
    assert_int_equal(changes->count, 0);
    change_set_free(changes);
}

static void attributes_may_keep_line_ends(void **state) {
    struct overlaid *overlaid = *state;
    assert_int_equal(lay(overlaid, "x.bin", "a\r\n"), OK);
    must_contain(overlaid, "x.bin", "a\r\n");
}

static void a_link_becomes_a_file(void **state) {
    struct overlaid *overlaid = *state;
    assert_int_equal(lay(overlaid, "link", "text\n"), OK);
    must_contain(overlaid, "link", "text\n");
    must_contain(overlaid, "notes/a.md", "below\n");
    change_set_free(compare(overlaid, CHANGE_MODIFIED, "link"));
}

static void nothing_may_be_below(void **state) {
    struct overlaid *overlaid = *state;
    snapshot_close(overlaid->below);
    overlaid->below = snapshot_open_empty();
    assert_int_equal(lay(overlaid, "a.md", "text\n"), OK);
    must_contain(overlaid, "a.md", "text\n");
    change_set_free(compare(overlaid, CHANGE_ADDED, "a.md"));
}

static void folders_are_refused(void **state) {
    struct overlaid *overlaid = *state;
    const char *folders[] = {"", "notes", "notes/", "new/", "notes/a.md/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        assert_int_equal(lay(overlaid, folders[i], "x"), STATUS_USAGE);
        assert_null(overlaid->snapshot);
        assert_non_null(strstr(error_message(&overlaid->error), "is no file but a folder"));
        error_release(&overlaid->error);
    }
}

static void impossible_paths_are_refused(void **state) {
    struct overlaid *overlaid = *state;
    const char *paths[] = {".git/config", "../a.md", "notes/../../x.md"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        assert_int_equal(lay(overlaid, paths[i], "x"), STATUS_UNDECIDED);
        assert_null(overlaid->snapshot);
        error_release(&overlaid->error);
    }
}

static void nothing_is_written(void **state) {
    struct overlaid *overlaid = *state;
    char *before = git_output("count-objects", "-v");
    assert_int_equal(lay(overlaid, "notes/a.md", "content that is nowhere\n"), OK);
    must_contain(overlaid, "notes/a.md", "content that is nowhere\n");
    char *after = git_output("count-objects", "-v"), *status = git_output("status", "--short");
    assert_string_equal(before, after);
    assert_null(strstr(status, "a.md"));
    free(before);
    free(after);
    free(status);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_file_is_replaced),    TEST(a_file_is_added),
        TEST(the_same_is_no_change), TEST(attributes_may_keep_line_ends),
        TEST(a_link_becomes_a_file), TEST(nothing_may_be_below),
        TEST(folders_are_refused),   TEST(impossible_paths_are_refused),
        TEST(nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
