#include "finding/compare.h"
#include "finding/fingerprint.h"

#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* A finding of rule "r" in a.md that flags `subject` on `line` (0: no place). */
static struct finding *add(struct finding_list *list, size_t line, const char *subject) {
    struct finding *finding = finding_list_add(list);
    finding->rule = "r";
    finding->path = finding->base_path = slice_of("a.md");
    finding->has_place = line > 0;
    finding->start = (struct position){line, 1};
    finding->end = (struct position){line, 2};
    finding->subject = finding->message = slice_of(subject);
    fingerprint_set(finding);
    return finding;
}

/* Compares and checks the outcome, "state subject line" in sorted order: "i x 3, f y 9". */
static void expect(struct finding_list *head, struct finding_list *base, const char *expected) {
    static const char letters[] = {'i', 'f', 'c'};
    struct buffer actual = BUFFER_EMPTY;
    findings_compare(head, base);
    finding_list_release(base); /* what is in `head` must not need it any more */
    for (size_t i = 0; i < head->count; i++) {
        const struct finding *finding = head->items[i];
        assert_int_equal(finding->side, finding->state == FINDING_FIXED ? SIDE_BASE : SIDE_HEAD);
        buffer_append_format(&actual, "%s%c %.*s %zu", i ? ", " : "", letters[finding->state],
                             SLICE_ARGUMENTS(finding->subject), finding->start.line);
    }
    assert_string_equal(buffer_string(&actual), expected);
    buffer_release(&actual);
    finding_list_release(head);
}

static void test_nothing_on_either_side(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    expect(&head, &base, "");
}

static void test_three_states(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 1, "gone");
    add(&base, 2, "stays");
    add(&head, 30, "stays");
    add(&head, 4, "new");
    expect(&head, &base, "f gone 1, i new 4, c stays 30");
}

static void test_all_new_without_base(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&head, 2, "x");
    add(&head, 1, "x");
    expect(&head, &base, "i x 1, i x 2");
}

static void test_all_gone(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 2, "x");
    add(&base, 0, "y");
    expect(&head, &base, "f y 0, f x 2");
}

static void test_surplus_goes_to_added_lines(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 1, "x");
    add(&base, 2, "x");
    add(&head, 1, "x");
    add(&head, 2, "x")->on_added_line = true;
    add(&head, 3, "x");
    expect(&head, &base, "c x 1, i x 2, c x 3");
}

static void test_surplus_then_goes_to_the_last(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 1, "x");
    add(&head, 1, "x")->on_added_line = true;
    add(&head, 2, "x");
    add(&head, 3, "x");
    add(&head, 4, "x");
    add(&head, 10, "x");
    expect(&head, &base, "i x 1, c x 2, i x 3, i x 4, i x 10");
}

static void test_surplus_smaller_than_added_lines(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 1, "x");
    add(&head, 5, "x")->on_added_line = true;
    add(&head, 9, "x")->on_added_line = true;
    expect(&head, &base, "c x 5, i x 9");
}

static void test_first_of_the_base_are_fixed(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 30, "x");
    add(&base, 10, "x");
    add(&base, 20, "x");
    add(&head, 7, "x");
    expect(&head, &base, "c x 7, f x 10, f x 20");
}

static void test_same_text_under_another_rule_is_another(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 1, "x");
    struct finding *other = add(&head, 1, "x");
    other->rule = "s";
    fingerprint_set(other);
    expect(&head, &base, "f x 1, i x 1");
}

static void test_rename_carries(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    add(&base, 1, "x");
    struct finding *renamed = add(&head, 1, "x");
    renamed->path = slice_of("b.md");
    fingerprint_set(renamed);
    expect(&head, &base, "c x 1");
}

static void test_fixed_keep_the_texts_of_the_base(void **state) {
    (void)state;
    struct finding_list head = {0}, base = {0};
    char path[] = "old.md", message[] = "message", fix[] = "fix", excerpt[] = "excerpt";
    struct finding *old = add(&base, 12, "x");
    old->path = old->base_path = slice_of(path);
    old->message = slice_of(message);
    old->fix = slice_of(fix);
    old->excerpt = slice_of(excerpt);
    old->severity = SEVERITY_WARNING;
    old->on_added_line = true;
    fingerprint_set(old);
    findings_compare(&head, &base);
    finding_list_release(&base);
    path[0] = message[0] = fix[0] = excerpt[0] = '!';
    assert_int_equal(head.count, 1);
    const struct finding *fixed = head.items[0];
    assert_true(slice_equal_string(fixed->path, "old.md"));
    assert_true(slice_equal_string(fixed->base_path, "old.md"));
    assert_true(slice_equal_string(fixed->message, "message"));
    assert_true(slice_equal_string(fixed->fix, "fix"));
    assert_true(slice_equal_string(fixed->excerpt, "excerpt"));
    assert_int_equal(fixed->severity, SEVERITY_WARNING);
    assert_int_equal(fixed->start.line, 12);
    assert_int_equal(fixed->side, SIDE_BASE);
    assert_false(fixed->on_added_line);
    finding_list_release(&head);
}

static void test_order_of_arrival_does_not_matter(void **state) {
    (void)state;
    for (size_t turn = 0; turn < 7; turn++) {
        struct finding_list head = {0}, base = {0};
        for (size_t i = 0; i < 3; i++)
            add(&base, 1 + (i + turn) % 3, "x");
        for (size_t i = 0; i < 7; i++) {
            size_t line = 1 + (i * 3 + turn) % 7;
            add(&head, line, "x")->on_added_line = line == 2 || line == 3;
        }
        expect(&head, &base, "c x 1, i x 2, i x 3, c x 4, c x 5, i x 6, i x 7");
    }
}

/* The subjects are numbers, so that half of them are on both sides. */
static void add_many(struct finding_list *list, size_t from, size_t count) {
    for (size_t i = 0; i < count; i++)
        add(list, 1 + i, arena_format(&list->arena, "%zu", from + i));
}

static void test_many_are_not_quadratic(void **state) {
    (void)state;
    enum { MANY = 100000 };
    struct finding_list head = {0}, base = {0};
    clock_t start = clock();
    add_many(&base, 0, MANY);
    add_many(&head, MANY / 2, MANY);
    findings_compare(&head, &base);
    size_t counts[3] = {0};
    for (size_t i = 0; i < head.count; i++)
        counts[head.items[i]->state]++;
    assert_int_equal(counts[FINDING_INTRODUCED], MANY / 2);
    assert_int_equal(counts[FINDING_CARRIED], MANY / 2);
    assert_int_equal(counts[FINDING_FIXED], MANY / 2);
    assert_true((clock() - start) / CLOCKS_PER_SEC < 20);
    finding_list_release(&base);
    finding_list_release(&head);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_on_either_side),
        cmocka_unit_test(test_three_states),
        cmocka_unit_test(test_all_new_without_base),
        cmocka_unit_test(test_all_gone),
        cmocka_unit_test(test_surplus_goes_to_added_lines),
        cmocka_unit_test(test_surplus_then_goes_to_the_last),
        cmocka_unit_test(test_surplus_smaller_than_added_lines),
        cmocka_unit_test(test_first_of_the_base_are_fixed),
        cmocka_unit_test(test_same_text_under_another_rule_is_another),
        cmocka_unit_test(test_rename_carries),
        cmocka_unit_test(test_fixed_keep_the_texts_of_the_base),
        cmocka_unit_test(test_order_of_arrival_does_not_matter),
        cmocka_unit_test(test_many_are_not_quadratic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
