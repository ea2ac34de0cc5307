/* What the tests of change sets share: a repository for each test, and changes as text. */
#ifndef TESTS_CHANGES_FIXTURE_H
#define TESTS_CHANGES_FIXTURE_H

#include "git/change_set.h"
#include "git_fixture.h"

int changes_set_up(void **state);
int changes_tear_down(void **state);
void changes_describe(const struct change_set *set, struct buffer *text);
int changes_compare_staged(struct change_set **set, bool drop_merged, struct error *error);
void must_have_staged(bool drop_merged, const char *expected);
int changes_compare_commits(struct change_set **set, const char *base_name, const char *head_name,
                            struct error *error);
void must_differ(const char *base, const char *head, const char *expected);
void both_views_must_be(const char *expected);
void write_numbers(const char *path, int first, int last);

#endif
