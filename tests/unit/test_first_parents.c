#include "git/first_parents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "git_fixture.h"

/* What was visited: "year subject", with "+" behind a merge and "." behind a root. */
struct visits {
    struct buffer text;
    size_t count, most;
    long long when;
    int offset;
};

static bool visit(const struct line_commit *commit, void *context) {
    struct visits *visits = context;
    buffer_append_format(&visits->text, "%d %.*s%s%s\n", commit->year,
                         SLICE_ARGUMENTS(commit->subject), *commit->merged_id ? "+" : "",
                         *commit->parent_id ? "" : ".");
    visits->when = commit->when;
    visits->offset = commit->offset;
    return ++visits->count != visits->most;
}

/* From HEAD; `most` 0: the visitor wants all there are. */
static struct visits visit_head(size_t limit, size_t most, bool *cut) {
    struct visits visits = {.most = most};
    struct repository *repository = NULL;
    struct error error = ERROR_NONE;
    char *head = git_output("rev-parse", "HEAD");
    if (repository_open(&repository, NULL, &error) ||
        first_parents_visit(repository, head, limit, visit, &visits, cut, &error))
        fail_msg("%s", error_message(&error));
    repository_close(repository);
    free(head);
    return visits;
}

static void must_visit(size_t limit, size_t most, const char *expected, bool expected_cut) {
    bool cut = !expected_cut;
    struct visits visits = visit_head(limit, most, &cut);
    assert_string_equal(buffer_string(&visits.text), expected);
    assert_int_equal(cut, expected_cut);
    buffer_release(&visits.text);
}

static void commit_at(const char *date, const char *message) {
    setenv("GIT_COMMITTER_DATE", date, 1);
    setenv("GIT_AUTHOR_DATE", "2019-05-06T07:08:09+0230", 1);
    write_file("file", date);
    free(commit_all(message));
}

/* By the committer's clock in UTC, whatever the zone and whoever wrote it when. */
static void years(void **state) {
    (void)state;
    commit_at("1970-01-01T00:00:00Z", "first");
    commit_at("1999-12-31T23:59:59Z", "century");
    commit_at("2000-12-31T23:59:59Z", "leap day");
    commit_at("2023-12-31T23:59:59Z", "last second");
    commit_at("2024-01-01T00:00:00Z", "first second");
    commit_at("2024-12-31T23:30:00-0100", "next year by UTC\n\nText.");
    commit_at("2025-01-01T00:30:00+0100", "last year by UTC");
    struct visits visits = visit_head(100, 0, NULL);
    assert_string_equal(buffer_string(&visits.text),
                        "2024 last year by UTC\n2025 next year by UTC\n2024 first second\n"
                        "2023 last second\n2000 leap day\n1999 century\n1970 first.\n");
    assert_int_equal(visits.when, 1557117489); /* 2019-05-06T04:38:09Z */
    assert_int_equal(visits.offset, 150);
    buffer_release(&visits.text);
}

static void what_a_side_brought_is_left_out(void **state) {
    (void)state;
    commit_at("2024-01-01T00:00:00Z", "root");
    git("checkout", "-q", "-b", "side");
    commit_at("2024-01-02T00:00:00Z", "side");
    git("checkout", "-q", "main");
    git("merge", "-q", "--no-ff", "-m", "merge", "side");
    must_visit(100, 0, "2024 merge+\n2024 root.\n", false);
}

static void where_it_ends(void **state) {
    (void)state;
    commit_at("2024-01-01T00:00:00Z", "one");
    commit_at("2024-01-02T00:00:00Z", "two");
    commit_at("2024-01-03T00:00:00Z", "three");
    must_visit(3, 0, "2024 three\n2024 two\n2024 one.\n", false);
    must_visit(2, 0, "2024 three\n2024 two\n", true);
    must_visit(3, 2, "2024 three\n2024 two\n", false);
    char *shallow = fixture_path(*state, "shallow"),
         *from = git_output("rev-parse", "--show-toplevel");
    struct buffer url = BUFFER_EMPTY;
    buffer_append_format(&url, "file://%s", from);
    git("clone", "-q", "--depth=2", buffer_string(&url), shallow);
    enter(shallow);
    bool cut = false;
    struct visits visits = visit_head(100, 0, &cut);
    assert_true(slice_starts_with(buffer_slice(&visits.text), "2024 three\n"));
    assert_null(strstr(buffer_string(&visits.text), "one"));
    assert_true(cut);
    buffer_release(&visits.text);
    buffer_release(&url);
    free(from);
    free(shallow);
}

static void a_head_that_is_not_there(void **state) {
    (void)state;
    static const char *const heads[] = {"0123456789012345678901234567890123456789", "main"};
    struct repository *repository = NULL;
    struct visits visits = {0};
    struct error error = ERROR_NONE;
    assert_int_equal(repository_open(&repository, NULL, &error), OK);
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        assert_int_equal(first_parents_visit(repository, heads[i], 9, visit, &visits, NULL, &error),
                         STATUS_UNDECIDED);
        assert_non_null(strstr(error_message(&error), i ? "main is no commit id" : "0123456789:"));
        error_release(&error);
    }
    assert_int_equal(visits.count, 0);
    repository_close(repository);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {TEST(years), TEST(what_a_side_brought_is_left_out),
                                       TEST(where_it_ends), TEST(a_head_that_is_not_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
