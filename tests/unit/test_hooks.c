#include "base/memory.h"
#include "commands/hook_script.h"
#include "git/hooks.h"
#include "git/on_disk.h"
#include "git/program.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- Where Git looks -------------------------------------------------------------------------- */

enum { IN_GIT, IN_WORK_TREE, OUTSIDE };

/* Git itself is asked, from the top, where hooks run. */
static void must_agree_with_git(int where) {
    struct repository *repository = open_repository();
    struct hooks_place place;
    struct error error = ERROR_NONE;
    if (hooks_find(&place, repository, &error))
        fail_msg("%s", error_message(&error));
    char *expected = git_output("rev-parse", "--path-format=absolute", "--git-path", "hooks");
    assert_string_equal(place.folder, expected);
    assert_int_equal(place.in_work_tree, where == IN_WORK_TREE);
    assert_int_equal(place.outside, where == OUTSIDE);
    free(expected);
    hooks_place_release(&place);
    repository_close(repository);
}

static void test_usual_place(void **state) {
    (void)state;
    must_agree_with_git(IN_GIT);
    free(commit_all("First"));
    git("worktree", "add", "-q", "../tree");
    enter("../tree");
    must_agree_with_git(IN_GIT);
    git("init", "-q", "--bare", "../bare");
    enter("../bare");
    must_agree_with_git(IN_GIT);
}

static void test_submodule(void **state) {
    (void)state;
    free(commit_all("First"));
    git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./.git", "part");
    enter("part");
    must_agree_with_git(IN_GIT);
}

static void test_hooks_path(void **state) {
    const struct fixture *fixture = *state;
    char *elsewhere = fixture_path(fixture, "else where");
    git("config", "core.hooksPath", ".githooks");
    must_agree_with_git(IN_WORK_TREE);
    git("config", "core.hooksPath", ".git/mine/deep");
    must_agree_with_git(IN_GIT);
    git("config", "core.hooksPath", elsewhere);
    must_agree_with_git(OUTSIDE);
    assert_int_equal(mkdir(elsewhere, 0777), 0);
    must_agree_with_git(OUTSIDE);
    git("config", "core.hooksPath", "~/hooks");
    must_agree_with_git(OUTSIDE);
    free(commit_all("First"));
    git("config", "core.hooksPath", ".githooks");
    git("worktree", "add", "-q", "../tree");
    enter("../tree");
    must_agree_with_git(IN_WORK_TREE);
    free(elsewhere);
}

/* A name that only begins like the working tree's is outside, and so is what a link leads to. */
static void test_beside_the_repository(void **state) {
    const struct fixture *fixture = *state;
    char *beside = fixture_path(fixture, "away");
    struct buffer path = BUFFER_EMPTY;
    buffer_append_format(&path, "%s-hooks", fixture->work);
    git("config", "core.hooksPath", buffer_string(&path));
    must_agree_with_git(OUTSIDE);
    assert_int_equal(mkdir(beside, 0777), 0);
    assert_int_equal(symlink(beside, "link"), 0);
    git("config", "core.hooksPath", "link");
    struct repository *repository = open_repository();
    struct hooks_place place;
    struct error error = ERROR_NONE;
    assert_int_equal(hooks_find(&place, repository, &error), OK);
    assert_true(place.outside);
    hooks_place_release(&place);
    repository_close(repository);
    buffer_release(&path);
    free(beside);
}

static void must_refuse(const char *setting) {
    git("config", "core.hooksPath", setting);
    struct repository *repository = open_repository();
    struct hooks_place place;
    struct error error = ERROR_NONE;
    assert_int_equal(hooks_find(&place, repository, &error), STATUS_USAGE);
    assert_non_null(strstr(error_message(&error), "core.hooksPath"));
    hooks_place_release(&place);
    repository_close(repository);
    error_release(&error);
}

static void test_no_folder(void **state) {
    (void)state;
    write_file("file", "");
    must_refuse("");
    must_refuse("/dev/null");
    must_refuse("file");
}

/* --- Settings --------------------------------------------------------------------------------- */

static void must_be(const char *value, int expected_status, bool expected) {
    if (value)
        git("config", "scribelint.required", value);
    struct repository *repository = open_repository();
    struct error error = ERROR_NONE;
    bool is_true = !expected;
    assert_int_equal(
        repository_setting_is_true(&is_true, repository, "scribelint.required", &error),
        expected_status);
    assert_int_equal(is_true, expected);
    repository_close(repository);
    error_release(&error);
}

static void test_settings(void **state) {
    (void)state;
    must_be(NULL, OK, false);
    must_be("true", OK, true);
    must_be("on", OK, true);
    must_be("1", OK, true);
    must_be("no", OK, false);
    must_be("perhaps", STATUS_USAGE, false);
    git("config", "--global", "scribelint.failOn", "notice");
    struct repository *repository = open_repository();
    char *value = repository_setting(repository, "scribelint.failOn");
    assert_string_equal(value, "notice");
    free(value);
    assert_null(repository_setting(repository, "scribelint.nothing"));
    repository_close(repository);
}

/* --- The disk --------------------------------------------------------------------------------- */

static void test_disk(void **state) {
    (void)state;
    write_file("here/a b.png", "x");
    write_file(".gitignore", "*.log\n");
    write_file("here/x.log", "x");
    write_file("../outside.png", "x");
    assert_int_equal(symlink("../outside.png", "link.png"), 0);
    struct repository *repository = open_repository();
    assert_int_equal(disk_look(repository, slice_of("here/a b.png")), DISK_UNTRACKED);
    assert_int_equal(disk_look(repository, slice_of("here/x.log")), DISK_IGNORED);
    static const char *const nothing[] = {
        "",         "here", "nowhere", "../outside.png",    "/etc/passwd",
        "link.png", ".",    "here//a", "here/../here/x.log"};
    for (size_t i = 0; i < COUNT_OF(nothing); i++)
        assert_int_equal(disk_look(repository, slice_of(nothing[i])), DISK_NOTHING);
    repository_close(repository);
}

/* As `git add` would take it: line ends of the disk are no difference. */
static void test_differs(void **state) {
    (void)state;
    git("config", "core.autocrlf", "true");
    write_file("a.md", "one\r\ntwo\r\n");
    git("add", "a.md");
    struct repository *repository = open_repository();
    struct entry staged = {.kind = ENTRY_FILE};
    char *id = git_output("rev-parse", ":a.md");
    for (size_t i = 0; i < OBJECT_ID_SIZE - 1; i++)
        staged.blob_id[i] = id[i];
    assert_false(disk_differs(repository, slice_of("a.md"), &staged));
    write_file("a.md", "one\r\nthree\r\n");
    assert_true(disk_differs(repository, slice_of("a.md"), &staged));
    assert_false(disk_differs(repository, slice_of("gone.md"), &staged));
    free(id);
    repository_close(repository);
}

/* --- Scripts and git -------------------------------------------------------------------------- */

static void test_scripts(void **state) {
    (void)state;
    static const char *const names[] = {"pre-commit", "pre-merge-commit", "pre-push"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct buffer text = BUFFER_EMPTY;
        assert_string_equal(hook_scripts[i].name, names[i]);
        hook_script_append(&text, &hook_scripts[i], "/it's/here");
        assert_true(hook_script_is_ours(buffer_slice(&text)));
        assert_non_null(strstr(buffer_string(&text), "in '/it'\\''s/here' scribelint "));
        assert_null(strstr(buffer_string(&text), "@program@"));
        assert_non_null(strstr(buffer_string(&text), names[i]));
        assert_null(strstr(buffer_string(&text), "@checksum@"));
        assert_true(hook_script_is_as_written(buffer_slice(&text)));
        text.data[text.size - 2] = 'x';
        assert_false(hook_script_is_as_written(buffer_slice(&text)));
        assert_false(hook_script_is_as_written(slice_part(buffer_slice(&text), 0, 40)));
        assert_false(hook_script_is_as_written(slice_of(hook_scripts[i].text)));
        buffer_release(&text);
    }
    assert_null(hook_scripts[COUNT_OF(names)].name);
    assert_false(hook_script_is_ours(slice_of("#!/bin/sh\necho\n# Installed by scribelint. \n")));
    assert_false(hook_script_is_ours(slice_of("")));
}

static void must_be_at_least(unsigned major, unsigned minor, bool expected) {
    struct buffer version = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    bool at_least = !expected;
    assert_int_equal(git_program_is_at_least(&at_least, major, minor, &version, &error), OK);
    assert_int_equal(at_least, expected);
    assert_true(version.size > 0);
    buffer_release(&version);
    error_release(&error);
}

static void test_program(void **state) {
    (void)state;
    must_be_at_least(1, 99, true);
    must_be_at_least(2, 0, true);
    must_be_at_least(1000, 0, false);
    struct buffer output = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    int exit_status = 0;
    const char *const arguments[] = {"config", "no.such", NULL};
    assert_int_equal(git_program_run(arguments, &output, &exit_status, &error), OK);
    assert_int_equal(exit_status, 1);
    assert_int_equal(git_program_run(arguments, &output, NULL, &error), STATUS_UNDECIDED);
    error_release(&error);
    char *path = memory_copy_string(getenv("PATH"));
    setenv("PATH", "/nowhere", 1);
    assert_int_equal(git_program_run(arguments, &output, NULL, &error), STATUS_UNDECIDED);
    setenv("PATH", path, 1);
    free(path);
    buffer_release(&output);
    error_release(&error);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_usual_place, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_submodule, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_hooks_path, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_beside_the_repository, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_no_folder, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_settings, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_disk, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(test_differs, fixture_set_up, fixture_tear_down),
        cmocka_unit_test(test_scripts),
        cmocka_unit_test_setup_teardown(test_program, fixture_set_up, fixture_tear_down),
    };
    return cmocka_run_group_tests_name("hooks", tests, NULL, NULL);
}
