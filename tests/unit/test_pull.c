#include "base/memory.h"
#include "git/line_map.h"
#include "git/pull.h"
#include "git/scratch.h"
#include "git_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* --- Upstream --------------------------------------------------------------------------------- */

static void must_find(const char *url, bool local, const char *remote, const char *branch) {
    struct repository *repository = open_repository();
    struct upstream upstream;
    upstream_find(&upstream, repository, url, local);
    assert_string_equal(upstream.remote ? upstream.remote : "", remote);
    assert_string_equal(upstream.branch ? upstream.branch : "", branch);
    assert_int_equal(strlen(upstream.commit_id), *branch ? OBJECT_ID_SIZE - 1 : 0);
    upstream_release(&upstream);
    repository_close(repository);
}

static void remotes_are_found_by_url(void **state) {
    (void)state;
    free(commit_all("One"));
    git("remote", "add", "origin", "git@github.com:student/Site.git");
    git("remote", "add", "ta", "https://github.com/course/site/");
    git("remote", "add", "other", "ssh://git@example.org/course/sites.git");
    must_find("https://github.com/course/site", false, "ta", "");
    must_find("git@GitHub.com:course/site.git", false, "ta", "");
    must_find("ssh://git@github.com/course/site.git/", false, "ta", "");
    must_find("course/site", false, "ta", "");
    must_find("course/sites", false, "other", "");
    must_find("ourse/site", false, "origin", "");
    must_find("https://github.com/course/site/more", false, "origin", "");
    must_find("", false, "origin", "");
    must_find(NULL, false, "origin", "");
    git("remote", "add", "upstream", "/somewhere");
    must_find(NULL, false, "upstream", "");
    must_find("/somewhere", false, "upstream", "");
    must_find("nowhere", false, "upstream", "");
    must_find("student/site", false, "origin", "");
}

static void branches_are_found(void **state) {
    (void)state;
    must_find(NULL, true, "", "");
    free(commit_all("One"));
    must_find(NULL, false, "", "");
    must_find(NULL, true, "", "refs/heads/main");
    git("remote", "add", "origin", "/somewhere");
    must_find(NULL, true, "origin", "");
    git("update-ref", "refs/remotes/origin/master", "HEAD");
    must_find(NULL, false, "origin", "refs/remotes/origin/master");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    must_find(NULL, false, "origin", "refs/remotes/origin/main");
    git("update-ref", "refs/remotes/origin/gh-pages", "HEAD");
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gh-pages");
    must_find(NULL, true, "origin", "refs/remotes/origin/gh-pages");
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/gone");
    must_find(NULL, true, "origin", "refs/remotes/origin/main");
}

/* --- Lists of pull requests ---------------------------------------------------------------------
 */

static void pulls_are_listed_once_by_number(void **state) {
    (void)state;
    static const char *const refs[] = {
        "refs/pull/10/head",        "refs/pull/9/head",
        "refs/pull/9/merge",        "refs/remotes/origin/pr/9",
        "refs/remotes/origin/pr/2", "refs/remotes/origin/pull/30/head",
        "refs/remotes/fork/pr/5",   "refs/pull/x/head",
        "refs/pull/0/head",         "refs/pull/7x/head",
        "refs/pull/8/head/more",    "refs/pull/99999999999999999999/head",
    };
    static const unsigned expected[] = {2, 9, 10, 30};
    struct error error = ERROR_NONE;
    struct upstream upstream;
    unsigned *numbers;
    size_t count;
    free(commit_all("One"));
    git("remote", "add", "origin", "/somewhere");
    for (size_t i = 0; i < COUNT_OF(refs); i++)
        git("update-ref", refs[i], "HEAD");
    struct repository *repository = open_repository();
    upstream_find(&upstream, repository, NULL, false);
    assert_int_equal(pull_list(&numbers, &count, repository, &upstream, &error), OK);
    assert_int_equal(count, COUNT_OF(expected));
    assert_memory_equal(numbers, expected, sizeof expected);
    free(numbers);
    upstream_release(&upstream);
    repository_close(repository);
}

/* --- Lines
 * ---------------------------------------------------------------------------------------- */

/* Line 1, 2, … of `from` are the lines `expected` of `to`. */
static void must_map(const char *from, const char *to, const size_t *expected, size_t count) {
    struct repository *repository = NULL;
    struct snapshot *sides[2] = {NULL, NULL};
    const char *const texts[] = {from, to};
    struct error error = ERROR_NONE;
    struct line_map map;
    assert_int_equal(scratch_open(&repository, &error), OK);
    for (size_t i = 0; i < 2; i++) {
        struct scratch_file file = {slice_of("a.md"), slice_of(texts[i])};
        assert_int_equal(scratch_snapshot(&sides[i], repository, &file, 1, &error), OK);
    }
    assert_int_equal(line_map_read(&map, sides[0], sides[1], slice_of("a.md"), &error), OK);
    for (size_t i = 0; i < count; i++)
        if (line_map_find(&map, i + 1) != expected[i])
            fail_msg("line %zu is %zu, not %zu", i + 1, line_map_find(&map, i + 1), expected[i]);
    line_map_release(&map);
    assert_int_equal(line_map_read(&map, sides[0], sides[1], slice_of("b.md"), &error),
                     STATUS_NOT_FOUND);
    line_map_release(&map);
    snapshot_close(sides[0]);
    snapshot_close(sides[1]);
    repository_close(repository);
}

#define MUST_MAP(from, to, ...)                                                                    \
    must_map(from, to, (const size_t[]){__VA_ARGS__},                                              \
             sizeof((const size_t[]){__VA_ARGS__}) / sizeof(size_t))

static void lines_are_mapped(void **state) {
    (void)state;
    MUST_MAP("a\nb\nc\n", "a\nb\nc\n", 1, 2, 3, 4);
    MUST_MAP("x\ny\na\nb\n", "a\nb\n", 0, 0, 1, 2, 3);
    MUST_MAP("a\nb\n", "x\ny\na\nb\n", 3, 4, 5);
    MUST_MAP("a\nx\nb\n", "a\nb\n", 1, 0, 2);
    MUST_MAP("a\nb\n", "a\nx\nb\n", 1, 3);
    MUST_MAP("a\nb\nx\n", "a\nb\n", 1, 2, 0);
    MUST_MAP("a\nold\nb\nc\nx\nd\n", "a\nnew\nnewer\nb\nc\nd\n", 1, 0, 4, 5, 0, 6);
    MUST_MAP("a\nb\n", "", 0, 0);
    MUST_MAP("a\nb", "a\nb\n", 1, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(remotes_are_found_by_url, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test_setup_teardown(branches_are_found, fixture_set_up, fixture_tear_down),
        cmocka_unit_test_setup_teardown(pulls_are_listed_once_by_number, fixture_set_up,
                                        fixture_tear_down),
        cmocka_unit_test(lines_are_mapped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
