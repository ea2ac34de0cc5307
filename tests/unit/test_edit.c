/* Edits: put into bytes, moved to other line ends, laid over a head in passes, written, printed. */
#include "commands/mending.h"
#include "finding/apply.h"
#include "finding/fingerprint.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct edit replacing(size_t start, size_t end, const char *text) {
    return (struct edit){.span = {start, end}, .text = slice_of(text)};
}

static void must_apply(const char *content, struct edit *edits, size_t count,
                       const char *expected) {
    struct buffer result = BUFFER_EMPTY;
    edits_sort(edits, count);
    edits_apply(&result, slice_of(content), edits, count);
    assert_string_equal(buffer_string(&result), expected);
    buffer_release(&result);
}

static void test_edits_are_applied(void **state) {
    (void)state;
    struct edit several[] = {replacing(6, 6, "!"), replacing(0, 1, ""), replacing(2, 4, "XYZ")};
    must_apply("abcdef", several, 3, "bXYZef!");
    must_apply("", (struct edit[]){replacing(0, 0, "new")}, 1, "new");
    must_apply("gone", (struct edit[]){replacing(0, 4, "")}, 1, "");
    must_apply("same", NULL, 0, "same");
}

static bool collide(size_t start, size_t end, size_t other_start, size_t other_end) {
    struct edit left = replacing(start, end, "l"), right = replacing(other_start, other_end, "r");
    bool collision = edits_collide(&left, &right);
    assert_int_equal(edits_collide(&right, &left), collision);
    return collision;
}

static void test_collisions(void **state) {
    (void)state;
    assert_true(collide(0, 3, 2, 4));
    assert_true(collide(0, 9, 2, 4));
    assert_false(collide(0, 3, 3, 4));
    assert_true(collide(3, 3, 3, 3));
    assert_true(collide(3, 3, 3, 5));
    assert_true(collide(5, 5, 3, 5));
    assert_false(collide(2, 2, 3, 5));
}

static void test_fitting(void **state) {
    (void)state;
    struct edit edit = replacing(1, 3, "x");
    edit.before = slice_of("bc");
    assert_true(edit_fits(&edit, slice_of("abcd")));
    assert_false(edit_fits(&edit, slice_of("aBcd")));
    assert_false(edit_fits(&edit, slice_of("ab")));
    edit.span = (struct span){3, 1};
    assert_false(edit_fits(&edit, slice_of("abcd")));
    edit.span = (struct span){SLICE_NOT_FOUND, SLICE_NOT_FOUND};
    edit.before = slice_of("");
    assert_false(edit_fits(&edit, slice_of("abcd")));
}

static bool move(struct edit *edit, const char *stored, const char *disk, const char *expected) {
    struct arena arena = ARENA_EMPTY;
    struct edit moved = *edit;
    bool same = edits_move_to_disk(&moved, 1, slice_of(stored), slice_of(disk), &arena);
    if (same)
        must_apply(disk, &moved, 1, expected);
    arena_release(&arena);
    return same;
}

static void test_line_ends_of_the_disk_stay(void **state) {
    (void)state;
    struct edit edit = replacing(2, 3, "x\ny\r\nz");
    assert_true(move(&edit, "a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\r\nx\r\ny\r\nz\r\nc\r\n"));
    assert_true(move(&edit, "a\nb\nc\n", "a\nb\nc\n", "a\nx\ny\r\nz\nc\n"));
    assert_true(move(&edit, "a\nb\nc\n", "a\nb\r\nc\n", "a\nx\r\ny\r\nz\r\nc\n"));
    struct edit line = replacing(2, 4, "");
    assert_true(move(&line, "a\nb\nc\n", "a\r\nb\r\nc\r\n", "a\r\nc\r\n"));
    /* CRLF that Git stores, too. */
    struct edit stored = replacing(3, 4, "x\n");
    assert_true(move(&stored, "a\r\nb\r\n", "a\r\nb\r\n", "a\r\nx\n\r\n"));
    assert_false(move(&edit, "a\nb\nc\n", "a\nB\nc\n", ""));
    assert_false(move(&edit, "a\nb\nc\n", "a\nb\nc", ""));
    assert_false(move(&edit, "a\nb\nc\n", "a\nb\nc\n\n", ""));
    assert_false(move(&edit, "a\nb\nc\n", "", ""));
}

static void test_harmless_paths(void **state) {
    (void)state;
    const char *harmless[] = {"a", "a/b.md", ".scribelint.yml", ".gitattributes", "a b/ü.md"};
    const char *harmful[] = {"",        "/a",          "a/",      "a//b",      "..",
                             "a/../b",  ".",           "a/./b",   ".git",      "a/.GIT/hooks/x",
                             ".git /x", "git~1/hooks", "a\\b.md", ".g\u200Cit"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        assert_true(path_is_harmless(slice_of(harmless[i])));
    for (size_t i = 0; i < sizeof harmful / sizeof *harmful; i++)
        assert_false(path_is_harmless(slice_of(harmful[i])));
    assert_false(path_is_harmless((struct slice){"a\0b", 3}));
}

static void test_lists_copy(void **state) {
    (void)state;
    struct finding_list list = {0};
    struct finding *finding = finding_list_add(&list);
    char path[] = "a.md", text[] = "text";
    struct edit edit = {EDIT_REPLACE, slice_of(path), {1, 2}, slice_of(text), slice_of("b")};
    finding->rule = "rule";
    finding->path = slice_of("a.md");
    fingerprint_set(finding);
    struct finding before = *finding;
    for (int i = 0; i < 3; i++) {
        finding_add_edit(&list, finding, &edit);
        path[0] = text[0] = 'X';
    }
    finding_add_edit(&list, NULL, &edit);
    fingerprint_set(finding);
    assert_string_equal(finding->fingerprint, before.fingerprint);
    assert_int_equal(finding->edits.count, 3);
    assert_true(slice_equal_string(finding->edits.items[0].path, "a.md"));
    assert_true(slice_equal_string(finding->edits.items[0].text, "text"));
    assert_true(slice_equal_string(finding->edits.items[2].path, "X.md"));
    finding_list_release(&list);
}

/* --- A working tree with findings whose edits are given --------------------------------------- */

struct tree {
    struct fixture *fixture;
    struct sides sides;
    struct mending mending;
    struct finding_list findings;
    struct verdict verdict;
    struct error error;
};

static int set_up(void **state) {
    struct tree *tree = calloc(1, sizeof *tree);
    assert_non_null(tree);
    tree->fixture = fixture_open();
    write_file("_posts/wrong.md", "one\ntwo\nthree\n");
    write_file("_modules/week.md", "a\n[Notes](wrong)\nb\n");
    write_file("_posts/other.md", "other\n");
    write_bytes("assets/picture.png", "\x89PNG\0\0", 6);
    free(commit_all("first"));
    chmod("_posts/wrong.md", 0755);
    *state = tree;
    return 0;
}

static int tear_down(void **state) {
    struct tree *tree = *state;
    mending_release(&tree->mending);
    finding_list_release(&tree->findings);
    verdict_release(&tree->verdict);
    sides_release(&tree->sides);
    error_release(&tree->error);
    fixture_close(tree->fixture);
    free(tree);
    return 0;
}

static struct finding *add_finding(struct tree *tree) {
    struct finding *finding = finding_list_add(&tree->findings);
    finding->rule = "rule";
    finding->path = slice_of("_posts/wrong.md");
    return finding;
}

static void add_rename(struct tree *tree, struct finding *finding, const char *from,
                       const char *to) {
    struct edit edit = {.kind = EDIT_RENAME, .path = slice_of(from), .text = slice_of(to)};
    finding_add_edit(&tree->findings, finding, &edit);
}

static void add_replacement(struct tree *tree, struct finding *finding, const char *path,
                            size_t start, const char *before, const char *text) {
    struct edit edit = {EDIT_REPLACE,
                        slice_of(path),
                        {start, start + strlen(before)},
                        slice_of(text),
                        slice_of(before)};
    finding_add_edit(&tree->findings, finding, &edit);
}

static size_t pass(struct tree *tree) {
    struct side_options options = {.worktree = true};
    size_t count = 0;
    if (!tree->mending.sides) {
        assert_int_equal(sides_open(&tree->sides, &options, &tree->verdict, &tree->error), OK);
        tree->mending.sides = &tree->sides;
        assert_int_equal(mending_start(&tree->mending, &tree->error), OK);
    }
    assert_int_equal(mending_pass(&tree->mending, &tree->findings, &count, &tree->error), OK);
    tree->findings.count = 0;
    return count;
}

static void must_refuse(struct tree *tree, const char *reason) {
    size_t count = pass(tree);
    assert_int_equal(count, 0);
    assert_int_equal(tree->mending.left_count, 1);
    assert_non_null(strstr(tree->mending.left[0].reason, reason));
}

static void must_hold(const char *path, const char *expected) {
    struct buffer content = BUFFER_EMPTY;
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int byte; (byte = getc(file)) != EOF;)
        buffer_append_byte(&content, (char)byte);
    fclose(file);
    assert_string_equal(buffer_string(&content), expected);
    buffer_release(&content);
}

/* The tree that everything on disk makes; what is staged is thrown away again. */
static char *tree_on_disk(void) {
    git("add", "-A");
    char *id = git_output("write-tree");
    git("reset", "-q");
    return id;
}

/* What `git apply` makes of the patch is what is written, and back again. */
static void write_both_ways(struct tree *tree) {
    struct buffer patch = BUFFER_EMPTY;
    char *name = fixture_path(tree->fixture, "patch");
    assert_int_equal(mending_append_patch(&patch, &tree->mending, &tree->error), OK);
    write_bytes(name, patch.data, patch.size);
    git("apply", name);
    char *by_patch = tree_on_disk();
    git("apply", "-R", name);
    assert_int_equal(mending_write(&tree->mending, &tree->error), OK);
    char *by_fix = tree_on_disk();
    assert_string_equal(by_patch, by_fix);
    free(by_patch);
    free(by_fix);
    free(name);
    buffer_release(&patch);
}

/* As for a note under a wrong name: its text, its name and the link in the schedule, at once. */
static void test_rename_with_edits_here_and_elsewhere(void **state) {
    struct tree *tree = *state;
    struct finding *finding = add_finding(tree);
    add_rename(tree, finding, "_posts/wrong.md", "_posts/new/right.md");
    add_replacement(tree, finding, "_modules/week.md", 10, "wrong", "new/right");
    add_replacement(tree, finding, "_posts/wrong.md", 4, "two", "2");
    assert_int_equal(pass(tree), 1);
    write_both_ways(tree);
    must_hold("_posts/new/right.md", "one\n2\nthree\n");
    must_hold("_modules/week.md", "a\n[Notes](new/right)\nb\n");
    assert_int_not_equal(access("_posts/wrong.md", F_OK), 0);
    struct stat found;
    assert_int_equal(stat("_posts/new/right.md", &found), 0);
    assert_int_equal(found.st_mode & 0777, 0755);
    char *status = git_output("diff", "--cached", "--name-only");
    assert_string_equal(status, "");
    free(status);
}

static void test_hostile_names(void **state) {
    struct tree *tree = *state;
    const char *names[] = {"_posts/with space.md", "_posts/\"q\"\t\\ü\n.md", "-rf", "a/b/ c /d.md"};
    /* A backslash is no separator everywhere. */
    add_rename(tree, add_finding(tree), "_posts/wrong.md", names[1]);
    must_refuse(tree, "no name that a file may be given");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (i == 1)
            names[i] = "_posts/\"q\"\tü\n.md";
        add_rename(tree, add_finding(tree), i ? names[i - 1] : "_posts/wrong.md", names[i]);
        assert_int_equal(pass(tree), 1);
    }
    add_rename(tree, add_finding(tree), "assets/picture.png", "assets/\x01\x7F p.png");
    add_rename(tree, add_finding(tree), "_posts/other.md", "_posts/with space.md");
    assert_int_equal(pass(tree), 2);
    add_replacement(tree, add_finding(tree), "_posts/with space.md", 0, "other\n", "no line end");
    assert_int_equal(pass(tree), 1);
    write_both_ways(tree);
    must_hold("a/b/ c /d.md", "one\ntwo\nthree\n");
    must_hold("_posts/with space.md", "no line end");
}

static void test_targets_that_are_taken(void **state) {
    struct tree *tree = *state;
    write_file(".gitignore", "ignored.md\n");
    write_file("_posts/ignored.md", "precious\n");
    struct {
        const char *to, *reason;
    } refused[] = {{"_posts/other.md", "is there already"},
                   {"_posts/OTHER.md", "is there already"},
                   {"_posts", "is there already"},
                   {"_posts/ignored.md", "is there already"},
                   {"_posts/other.md/x.md", "is no folder"},
                   {"_posts/wrong.md", "is there already"},
                   {"../x.md", "no name"},
                   {".git/hooks/post-checkout", "no name"}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        add_rename(tree, add_finding(tree), "_posts/wrong.md", refused[i].to);
        must_refuse(tree, refused[i].reason);
    }
    add_rename(tree, add_finding(tree), "_posts/absent.md", "_posts/x.md");
    must_refuse(tree, "is no file");
    add_rename(tree, add_finding(tree), "_posts/wrong.md", "_posts/Wrong.md");
    assert_int_equal(pass(tree), 1);
    write_both_ways(tree);
    must_hold("_posts/Wrong.md", "one\ntwo\nthree\n");
    must_hold("_posts/ignored.md", "precious\n");
}

/* All edits of a finding or none; two that want the same wait for each other; renames come first.
 */
static void test_what_goes_together(void **state) {
    struct tree *tree = *state;
    struct finding *first = add_finding(tree), *second = add_finding(tree);
    add_rename(tree, first, "_posts/other.md", "x.md");
    add_rename(tree, second, "_modules/week.md", "X.md");
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 0, "one", "1");
    assert_int_equal(pass(tree), 1);
    first = add_finding(tree);
    second = add_finding(tree);
    add_replacement(tree, first, "_posts/wrong.md", 0, "one", "1");
    add_replacement(tree, second, "_posts/wrong.md", 2, "e\nt", "-");
    add_replacement(tree, second, "x.md", 0, "o", "O");
    assert_int_equal(pass(tree), 1);
    must_hold("_posts/wrong.md", "one\ntwo\nthree\n");
    first = add_finding(tree);
    add_replacement(tree, first, "x.md", 0, "other", "another");
    add_replacement(tree, first, "_posts/wrong.md", 0, "one", "1");
    must_refuse(tree, "for another text");
    first = add_finding(tree);
    add_replacement(tree, first, "x.md", 0, "other", "another");
    add_replacement(tree, first, "x.md", 1, "t", "T");
    must_refuse(tree, "contradict");
    write_both_ways(tree);
    must_hold("x.md", "other\n");
    must_hold("_posts/wrong.md", "1\ntwo\nthree\n");
}

static void test_unstaged_text_stays(void **state) {
    struct tree *tree = *state;
    write_file("_posts/wrong.md", "one\ntwo, mine\nthree\n");
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 4, "two", "2");
    must_refuse(tree, "not staged");
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 2, "e\nt", "-");
    must_refuse(tree, "not staged");
    /* Beside it, into it, and once more what a pass has put in. */
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 0, "one", "1\n1");
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 7, "", "!");
    assert_int_equal(pass(tree), 2);
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 0, "1\n1", "one");
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 4, "tw", "tw");
    assert_int_equal(pass(tree), 1);
    assert_int_equal(tree->mending.left_count, 1);
    write_both_ways(tree);
    must_hold("_posts/wrong.md", "one\ntwo!, mine\nthree\n");
}

static void test_a_file_that_changes_meanwhile(void **state) {
    struct tree *tree = *state;
    add_replacement(tree, add_finding(tree), "_posts/other.md", 0, "other", "mended");
    add_replacement(tree, add_finding(tree), "_posts/wrong.md", 0, "one", "1");
    assert_int_equal(pass(tree), 2);
    write_file("_posts/wrong.md", "all new\n");
    assert_int_equal(mending_write(&tree->mending, &tree->error), STATUS_UNDECIDED);
    assert_non_null(strstr(error_message(&tree->error), "changed in the meantime"));
    must_hold("_posts/wrong.md", "all new\n");
    must_hold("_posts/other.md", "other\n");
    char *files = git_output("ls-files", "--others");
    assert_string_equal(files, "");
    free(files);
}

static void test_links_are_not_followed(void **state) {
    struct tree *tree = *state;
    add_rename(tree, add_finding(tree), "_posts/wrong.md", "new/right.md");
    assert_int_equal(pass(tree), 1);
    add_replacement(tree, add_finding(tree), "_posts/other.md", 0, "other", "mended");
    assert_int_equal(pass(tree), 1);
    char *outside = fixture_path(tree->fixture, "outside");
    assert_int_equal(rename("_posts", outside), 0);
    assert_int_equal(symlink(outside, "_posts"), 0);
    assert_int_equal(mending_write(&tree->mending, &tree->error), STATUS_UNDECIDED);
    enter(outside);
    must_hold("other.md", "other\n");
    enter(tree->fixture->work);
    free(outside);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edits_are_applied),
        cmocka_unit_test(test_collisions),
        cmocka_unit_test(test_fitting),
        cmocka_unit_test(test_line_ends_of_the_disk_stay),
        cmocka_unit_test(test_harmless_paths),
        cmocka_unit_test(test_lists_copy),
        cmocka_unit_test_setup_teardown(test_rename_with_edits_here_and_elsewhere, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_hostile_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_targets_that_are_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_goes_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unstaged_text_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_file_that_changes_meanwhile, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_links_are_not_followed, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
