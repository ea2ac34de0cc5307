#include "base/memory.h"
#include "git/history.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_note(struct slice path, void *context) {
    (void)context;
    return slice_starts_with(path, "notes/");
}

struct read {
    struct repository *repository;
    struct history *history;
};

static int try_read(struct read *read, const char *head, const char *base, struct error *error) {
    assert_int_equal(repository_open(&read->repository, NULL, error), OK);
    ignore_leaks(true);
    int status = history_read(&read->history, read->repository, head, base, is_note, NULL, error);
    ignore_leaks(false);
    return status;
}

static struct read must_read(const char *head, const char *base) {
    struct read read = {0};
    struct error error = ERROR_NONE;
    if (try_read(&read, head, base, &error))
        fail_msg("%s", error_message(&error));
    return read;
}

static void release(struct read *read) {
    history_free(read->history);
    repository_close(read->repository);
}

/* `expected`: the commits' ids, oldest first, behind each a blank. */
static void must_touch(const struct read *read, const char *path, const char *expected) {
    const struct file_history *file = history_find(read->history, slice_of(path));
    struct buffer found = BUFFER_EMPTY;
    for (size_t i = 0; file && i < file->count; i++)
        buffer_append_format(&found, "%s ", file->touches[i].commit);
    assert_string_equal(buffer_string(&found), expected);
    buffer_release(&found);
}

/* What git log says (not with --reverse, which breaks its --follow), oldest first. */
static void must_agree_with_git(const struct read *read, const char *path, const char *range) {
    char *lines = git_output("log", "--no-merges", "--follow", "--format=%H", "--topo-order", range,
                             "--", path);
    struct buffer expected = BUFFER_EMPTY;
    for (size_t end = strlen(lines); end >= OBJECT_ID_SIZE - 1; end -= OBJECT_ID_SIZE) {
        buffer_append_format(&expected, "%.40s ", lines + end - (OBJECT_ID_SIZE - 1));
        if (end < OBJECT_ID_SIZE)
            break;
    }
    must_touch(read, path, buffer_string(&expected));
    buffer_release(&expected);
    free(lines);
}

/* The committer's clock goes on by an hour for each commit. */
static char *commit_at(int hour, const char *message) {
    char date[64];
    snprintf(date, sizeof date, "2024-01-%02dT%02d:00:00Z", 1 + hour / 24, hour % 24);
    setenv("GIT_COMMITTER_DATE", date, 1);
    setenv("GIT_AUTHOR_DATE", date, 1);
    return commit_all(message);
}

static void touch_at(int hour, const char *path, const char *text) {
    write_file(path, text);
    free(commit_at(hour, path));
}

static void says_who_and_when(void **state) {
    (void)state;
    write_file("notes/a.md", "one\n");
    setenv("GIT_AUTHOR_NAME", "Zo\xC3\xAB Li", 1);
    setenv("GIT_AUTHOR_EMAIL", "zoe@example.org", 1);
    setenv("GIT_AUTHOR_DATE", "2024-03-05T23:30:00-0730", 1);
    char *first = commit_all("Notes\n\nText.\n\nCo-Authored-By: Bob Ray <bob@example.org>\n"
                             "Signed-off-by: X <x@example.org>\nco-authored-by:  Cy <c@d>  ");
    git("rm", "--quiet", "notes/a.md");
    char *second = commit_at(2, "gone\n\nCo-authored-by: in the text <a@b>\n\nThe end.");
    struct read read = must_read(second, NULL);
    const struct file_history *file = history_find(read.history, slice_of("notes/a.md"));
    assert_non_null(file);
    assert_int_equal(file->count, 2);
    assert_false(file->cut);
    const struct touch *touch = &file->touches[0];
    assert_string_equal(touch->commit, first);
    assert_true(slice_equal_string(touch->author, "Zo\xC3\xAB Li"));
    assert_true(slice_equal_string(touch->mail, "zoe@example.org"));
    assert_int_equal(touch->when, 1709708400); /* 2024-03-06T07:00:00Z */
    assert_int_equal(touch->offset, -450);
    assert_int_equal(touch->co_author_count, 2);
    assert_true(slice_equal_string(touch->co_authors[0], "Bob Ray <bob@example.org>"));
    assert_true(slice_equal_string(touch->co_authors[1], "Cy <c@d>"));
    assert_string_equal(touch->blob, "5626abf0f72e58d7a153368ba57db4c673c0e171");
    assert_string_equal(file->touches[1].blob, "");
    assert_int_equal(file->touches[1].co_author_count, 0);
    assert_null(history_find(read.history, slice_of("notes/b.md")));
    release(&read);
    free(first);
    free(second);
}

static void only_what_is_asked_for(void **state) {
    (void)state;
    touch_at(1, "other/a.md", "other\n");
    touch_at(2, "notes/a.md", "x\n");
    char *base = git_output("rev-parse", "HEAD");
    touch_at(3, "notes/b.md", "y\n");
    write_file("notes/a.md", "xx\n");
    char *head = commit_at(4, "both");
    struct read all = must_read(head, NULL);
    must_agree_with_git(&all, "notes/a.md", "HEAD");
    must_agree_with_git(&all, "notes/b.md", "HEAD");
    assert_null(history_find(all.history, slice_of("other/a.md")));
    struct read some = must_read(head, base);
    struct buffer expected = BUFFER_EMPTY;
    buffer_append_format(&expected, "%s ", head);
    must_touch(&some, "notes/a.md", buffer_string(&expected));
    struct read none = must_read(base, head);
    assert_null(history_find(none.history, slice_of("notes/a.md")));
    struct read same = must_read(head, head);
    assert_null(history_find(same.history, slice_of("notes/a.md")));
    release(&all);
    release(&some);
    release(&none);
    release(&same);
    buffer_release(&expected);
    free(base);
    free(head);
}

static void renames_are_followed(void **state) {
    (void)state;
    touch_at(1, "drafts/x.md", "one\n");
    touch_at(2, "drafts/x.md", "one\ntwo\n");
    write_file("notes/empty.md", "");
    write_file("drafts/empty.md", "");
    free(commit_at(3, "empty files"));
    git("mv", "drafts/x.md", "notes/middle.md");
    free(commit_at(4, "rename"));
    git("mv", "notes/middle.md", "notes/x.md");
    git("mv", "drafts/empty.md", "notes/empty2.md");
    char *renamed = commit_at(5, "rename again");
    /* Another file under the old name has a history of its own. */
    touch_at(6, "notes/middle.md", "new\n");
    char *other = git_output("rev-parse", "HEAD");
    struct read read = must_read(other, NULL);
    must_agree_with_git(&read, "notes/x.md", "HEAD");
    const struct file_history *file = history_find(read.history, slice_of("notes/x.md"));
    assert_int_equal(file->count, 4);
    assert_string_equal(file->touches[3].blob, file->touches[2].blob);
    struct buffer expected = BUFFER_EMPTY;
    buffer_append_format(&expected, "%s %s ", renamed, other);
    must_touch(&read, "notes/middle.md", buffer_string(&expected));
    buffer_clear(&expected);
    buffer_append_format(&expected, "%s ", renamed);
    must_touch(&read, "notes/empty2.md", buffer_string(&expected));
    release(&read);
    buffer_release(&expected);
    free(renamed);
    free(other);
}

/* Of many that move at once each goes on where its content went. */
static void many_renames_at_once(void **state) {
    (void)state;
    enum { COUNT = 9 };
    char from[32], to[32];
    for (int i = 0; i < COUNT; i++) {
        snprintf(from, sizeof from, "drafts/%d.md", i);
        write_file(from, from);
    }
    free(commit_at(1, "drafts"));
    git("mv", "drafts", "notes");
    for (int i = 0; i < COUNT; i++) {
        snprintf(from, sizeof from, "notes/%d.md", i);
        snprintf(to, sizeof to, "notes/lecture-%d.md", COUNT - i);
        git("mv", from, to);
    }
    char *head = commit_at(2, "rename all");
    struct read read = must_read(head, NULL);
    for (int i = 1; i <= COUNT; i++) {
        snprintf(to, sizeof to, "notes/lecture-%d.md", i);
        must_agree_with_git(&read, to, "HEAD");
        assert_int_equal(history_find(read.history, slice_of(to))->count, 2);
    }
    release(&read);
    free(head);
}

/* Written anew under another name: one file asked for goes, one comes. */
static void replaced_files(void **state) {
    (void)state;
    touch_at(1, "notes/Mar1.md", "the first version\n");
    touch_at(2, "other/x.md", "x\n");
    git("rm", "--quiet", "notes/Mar1.md", "other/x.md");
    write_file("other/y.md", "another one\n");
    write_file("notes/mar1.md", "nothing of it is left\n");
    free(commit_at(3, "again"));
    touch_at(4, "notes/mar1.md", "nothing at all is left\n");
    char *head = git_output("rev-parse", "HEAD");
    struct read read = must_read(head, NULL);
    const struct file_history *file = history_find(read.history, slice_of("notes/mar1.md"));
    assert_int_equal(file->count, 3);
    char *first = git_output("rev-parse", "HEAD~3");
    assert_string_equal(file->touches[0].commit, first);
    /* The old name has only its end. */
    assert_int_equal(history_find(read.history, slice_of("notes/Mar1.md"))->count, 1);
    release(&read);
    free(first);
    free(head);
}

/* Of two that go or come nobody knows which became which; a file without content became nothing. */
static void files_that_replace_no_other(void **state) {
    (void)state;
    touch_at(1, "notes/a.md", "a\n");
    touch_at(1, "notes/b.md", "b\n");
    write_file("notes/keep", "");
    free(commit_at(2, "keep"));
    git("rm", "--quiet", "notes/a.md", "notes/b.md");
    write_file("notes/c.md", "c\n");
    free(commit_at(3, "two go"));
    git("rm", "--quiet", "notes/keep");
    touch_at(4, "notes/d.md", "d\n");
    git("rm", "--quiet", "notes/d.md");
    write_file("notes/e.md", "e\n");
    write_file("notes/f.md", "f\n");
    free(commit_at(5, "two come"));
    write_file("notes/g.md", "g\n");
    write_file("notes/e.md", "e, too\n");
    free(commit_at(6, "one comes, one changes"));
    char *head = git_output("rev-parse", "HEAD");
    struct read read = must_read(head, NULL);
    static const struct {
        const char *path;
        size_t count;
    } files[] = {{"notes/a.md", 2}, {"notes/b.md", 2}, {"notes/c.md", 1}, {"notes/d.md", 2},
                 {"notes/e.md", 2}, {"notes/f.md", 1}, {"notes/g.md", 1}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_int_equal(history_find(read.history, slice_of(files[i].path))->count,
                         files[i].count);
    release(&read);
    free(head);
}

/* The scribe goes on under the old name after somebody renamed the note elsewhere. */
static void renames_reach_side_branches(void **state) {
    (void)state;
    touch_at(1, "notes/old.md", "1\n2\n3\n");
    git("checkout", "--quiet", "-b", "side");
    touch_at(9, "notes/old.md", "1\n2\n3\n4\n");
    git("checkout", "--quiet", "main");
    git("mv", "notes/old.md", "notes/new.md");
    free(commit_at(3, "rename"));
    setenv("GIT_COMMITTER_DATE", "2024-01-03T00:00:00Z", 1);
    git("merge", "--quiet", "--no-edit", "side");
    struct read read = {0};
    char *head = git_output("rev-parse", "HEAD");
    char *side = git_output("rev-parse", "side");
    char *main = git_output("rev-parse", "HEAD^1"), *root = git_output("rev-parse", "HEAD~2");
    read = must_read(head, NULL);
    struct buffer expected = BUFFER_EMPTY;
    buffer_append_format(&expected, "%s %s %s ", root, main, side);
    must_touch(&read, "notes/new.md", buffer_string(&expected));
    release(&read);
    buffer_release(&expected);
    free(head);
    free(side);
    free(main);
    free(root);
}

/* Both sides merge each other: every commit once, in an order that does not change. */
static void criss_cross(void **state) {
    (void)state;
    touch_at(1, "notes/a.md", "a\n");
    git("branch", "side");
    touch_at(2, "notes/a.md", "a\nb\n");
    git("checkout", "--quiet", "side");
    touch_at(2, "notes/c.md", "c\n");
    git("branch", "side-then");
    git("merge", "--quiet", "--no-edit", "main");
    git("checkout", "--quiet", "main");
    git("merge", "--quiet", "--no-edit", "side-then");
    touch_at(3, "notes/a.md", "a\nb\nd\n");
    git("checkout", "--quiet", "side");
    touch_at(4, "notes/c.md", "c\nd\n");
    git("merge", "--quiet", "--no-edit", "main");
    char *head = git_output("rev-parse", "HEAD");
    for (int i = 0; i < 2; i++) {
        struct read read = must_read(head, NULL);
        must_agree_with_git(&read, "notes/a.md", "HEAD");
        must_agree_with_git(&read, "notes/c.md", "HEAD");
        release(&read);
    }
    char *base = git_output("rev-parse", "main");
    struct read read = must_read(head, base);
    must_agree_with_git(&read, "notes/c.md", "main..HEAD^1");
    assert_null(history_find(read.history, slice_of("notes/a.md")));
    release(&read);
    free(base);
    free(head);
}

/* The base is far behind in time, and the clock of the branch was wrong. */
static void wrong_clocks(void **state) {
    (void)state;
    touch_at(200, "notes/a.md", "a\n");
    for (int i = 0; i < 20; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d\n", i);
        touch_at(210 + i, "notes/a.md", text);
    }
    char *base = git_output("rev-parse", "HEAD");
    touch_at(1, "notes/a.md", "past\n");
    touch_at(230, "notes/a.md", "now\n");
    char *head = git_output("rev-parse", "HEAD");
    struct read read = must_read(head, base);
    const struct file_history *file = history_find(read.history, slice_of("notes/a.md"));
    assert_int_equal(file->count, 2);
    assert_string_equal(file->touches[1].commit, head);
    release(&read);
    free(base);
    free(head);
}

static void shallow_clone(void **state) {
    (void)state;
    touch_at(1, "notes/a.md", "a\n");
    touch_at(2, "notes/a.md", "b\n");
    touch_at(3, "notes/b.md", "b\n");
    touch_at(4, "notes/a.md", "c\n");
    git("clone", "--quiet", "--no-local", "--depth=2", ".", "../shallow");
    enter("../shallow");
    char *head = git_output("rev-parse", "HEAD");
    struct read read = must_read(head, NULL);
    const struct file_history *file = history_find(read.history, slice_of("notes/a.md"));
    assert_int_equal(file->count, 1);
    assert_true(file->cut);
    assert_string_equal(file->touches[0].commit, head);
    /* What the boundary commit did cannot be known: not that it added all files. */
    file = history_find(read.history, slice_of("notes/b.md"));
    assert_int_equal(file->count, 0);
    assert_true(file->cut);
    release(&read);
    char *base = git_output("rev-parse", "HEAD^1");
    read = must_read(head, base);
    file = history_find(read.history, slice_of("notes/a.md"));
    assert_int_equal(file->count, 1);
    assert_false(file->cut);
    release(&read);
    free(base);
    free(head);
}

/* Blobs are not needed; trees are. */
static void partial_clones(void **state) {
    (void)state;
    touch_at(1, "notes/a.md", "a\n");
    touch_at(2, "notes/a.md", "b\n");
    git("config", "uploadpack.allowFilter", "true");
    git("clone", "--quiet", "--no-local", "--bare", "--filter=blob:none", ".", "../blobless");
    git("clone", "--quiet", "--no-local", "--bare", "--filter=tree:0", ".", "../treeless");
    char *head = git_output("rev-parse", "HEAD");
    enter("../blobless");
    struct read read = must_read(head, NULL);
    must_agree_with_git(&read, "notes/a.md", "HEAD");
    assert_false(history_find(read.history, slice_of("notes/a.md"))->cut);
    release(&read);
    enter("../treeless");
    read = must_read(head, NULL);
    assert_true(history_find(read.history, slice_of("notes/a.md"))->cut);
    release(&read);
    free(head);
}

static void absent_commits(void **state) {
    (void)state;
    touch_at(1, "notes/a.md", "a\n");
    char *lost = git_output("rev-parse", "HEAD");
    touch_at(2, "notes/a.md", "b\n");
    char *head = git_output("rev-parse", "HEAD");
    struct read read = {0};
    struct error error = ERROR_NONE;
    delete_object(lost);
    assert_int_equal(try_read(&read, head, lost, &error), STATUS_UNDECIDED);
    assert_non_null(strstr(error_message(&error), "git fetch origin"));
    error_release(&error);
    release(&read);
    read = must_read(head, NULL);
    assert_true(history_find(read.history, slice_of("notes/a.md"))->cut);
    release(&read);
    free(lost);
    free(head);
}

static void unborn_head(void **state) {
    (void)state;
    struct read read = must_read(NULL, NULL);
    assert_null(history_find(read.history, slice_of("notes/a.md")));
    release(&read);
    history_free(NULL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(says_who_and_when),
        TEST(only_what_is_asked_for),
        TEST(renames_are_followed),
        TEST(many_renames_at_once),
        TEST(renames_reach_side_branches),
        TEST(criss_cross),
        TEST(wrong_clocks),
        TEST(shallow_clone),
        TEST(partial_clones),
        TEST(absent_commits),
        TEST(unborn_head),
        TEST(replaced_files),
        TEST(files_that_replace_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
