#include "changes_fixture.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int changes_set_up(void **state) {
    *state = fixture_open();
    return 0;
}

int changes_tear_down(void **state) {
    fixture_close(*state);
    return 0;
}

/* Everything that change_set.h hands out, in one line for each change. */
void changes_describe(const struct change_set *set, struct buffer *text) {
    for (size_t i = 0; i < set->count; i++) {
        const struct change *change = &set->changes[i];
        buffer_append_format(text, "%c%d %.*s", "ADMR"[change->kind], change -> entry,
                             SLICE_ARGUMENTS(change->path));
        if (change->kind == CHANGE_RENAMED)
            buffer_append_format(text, " from %.*s", SLICE_ARGUMENTS(change->old_path));
        else
            assert_true(change->kind == CHANGE_ADDED ? !change->old_path.size
                                                     : slice_equal(change->path, change->old_path));
        for (size_t j = 0; j < change->added_count; j++)
            buffer_append_format(text, "%s%zu-%zu", j ? "," : " +", change->added[j].first,
                                 change->added[j].last);
        buffer_append_string(text, change->blank_only ? " blank\n" : "\n");
        assert_ptr_equal(change_set_find(set, change->path), change);
        assert_int_equal(strlen(change->head_id), change->kind == CHANGE_DELETED ? 0 : 40);
        assert_int_equal(change->head_mode == 0, change->kind == CHANGE_DELETED);
    }
    if (!set->renames_known)
        buffer_append_string(text, "renames unknown\n");
}

/* HEAD (or nothing before the first commit) and the index, as a hook compares them. */
int changes_compare_staged(struct change_set **set, bool drop_merged, struct error *error) {
    struct repository *repository = NULL;
    struct snapshot *base = NULL, *head = NULL;
    char id[OBJECT_ID_SIZE];
    *set = NULL;
    int status = repository_open(&repository, NULL, error);
    if (status)
        return status;
    status = repository_resolve_head(repository, id, error);
    if (status == OK)
        status = snapshot_open_commit(&base, repository, id, error);
    else if (status == STATUS_NOT_FOUND && (base = snapshot_open_empty()))
        status = OK;
    if (status == OK)
        status = snapshot_open_index(&head, repository, error);
    if (status == OK)
        status = change_set_compute(set, repository, base, head, error);
    if (status == OK && drop_merged)
        status = change_set_drop_merged(*set, repository, error);
    snapshot_close(base);
    snapshot_close(head);
    repository_close(repository);
    return status;
}

void must_have_staged(bool drop_merged, const char *expected) {
    struct change_set *set = NULL;
    struct buffer text = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (changes_compare_staged(&set, drop_merged, &error))
        fail_msg("%s", error_message(&error));
    changes_describe(set, &text);
    assert_string_equal(buffer_string(&text), expected);
    buffer_release(&text);
    change_set_free(set);
}

int changes_compare_commits(struct change_set **set, const char *base_name, const char *head_name,
                            struct error *error) {
    struct repository *repository = NULL;
    struct snapshot *base = NULL, *head = NULL;
    char base_id[OBJECT_ID_SIZE], head_id[OBJECT_ID_SIZE];
    *set = NULL;
    assert_int_equal(repository_open(&repository, NULL, error), OK);
    assert_int_equal(repository_resolve(repository, base_name, base_id, error), OK);
    assert_int_equal(repository_resolve(repository, head_name, head_id, error), OK);
    int status = snapshot_open_commit(&base, repository, base_id, error);
    if (status == OK)
        status = snapshot_open_commit(&head, repository, head_id, error);
    if (status == OK)
        status = change_set_compute(set, repository, base, head, error);
    snapshot_close(base);
    snapshot_close(head);
    repository_close(repository);
    return status;
}

void must_differ(const char *base, const char *head, const char *expected) {
    struct change_set *set = NULL;
    struct buffer text = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    if (changes_compare_commits(&set, base, head, &error))
        fail_msg("%s", error_message(&error));
    changes_describe(set, &text);
    assert_string_equal(buffer_string(&text), expected);
    buffer_release(&text);
    change_set_free(set);
}

/* Stages everything; the hook's view and, once committed, the check's view must be the same. */
void both_views_must_be(const char *expected) {
    git("add", "--all");
    must_have_staged(false, expected);
    git("commit", "--quiet", "--allow-empty", "-m", "change");
    must_differ("HEAD~1", "HEAD", expected);
    must_have_staged(false, "");
}

/* The numbers from `first` to `last`, a line for each. */
void write_numbers(const char *path, int first, int last) {
    struct buffer text = BUFFER_EMPTY;
    for (int i = first; i <= last; i++)
        buffer_append_format(&text, "line %d\n", i);
    write_file(path, buffer_string(&text));
    buffer_release(&text);
}
