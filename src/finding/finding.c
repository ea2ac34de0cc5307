#include "finding/finding.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static const char *const state_names[] = {
    [FINDING_INTRODUCED] = "introduced",
    [FINDING_FIXED] = "fixed",
    [FINDING_CARRIED] = "carried",
};

const char *finding_state_name(enum finding_state state) {
    return state_names[state];
}

struct finding *finding_list_add(struct finding_list *list) {
    struct finding *finding = arena_allocate(&list->arena, 1, sizeof *finding);
    ARRAY_PUSH(list->items, list->count, list->capacity) = finding;
    return finding;
}

void finding_add_edit(struct finding_list *list, struct finding *finding, const struct edit *edit) {
    if (finding)
        edit_list_add(&finding->edits, &list->arena, edit);
}

static int order_sizes(size_t left, size_t right) {
    return left < right ? -1 : left > right;
}

static int order_positions(struct position left, struct position right) {
    int order = order_sizes(left.line, right.line);
    return order ? order : order_sizes(left.column, right.column);
}

static int order_places(const struct finding *left, const struct finding *right) {
    if (left->has_place != right->has_place)
        return left->has_place ? 1 : -1;
    return left->has_place ? order_positions(left->start, right->start)
                           : order_sizes(left->page, right->page);
}

int finding_order(const struct finding *left, const struct finding *right) {
    int order = slice_compare(left->path, right->path);
    if (!order)
        order = order_places(left, right);
    if (!order)
        order = strcmp(left->rule, right->rule);
    if (!order)
        order = slice_compare(left->message, right->message);
    if (!order)
        order = order_positions(left->end, right->end);
    if (!order)
        order = (int)left->state - (int)right->state;
    return order ? order : strcmp(left->fingerprint, right->fingerprint);
}

static int compare_items(const void *left, const void *right) {
    return finding_order(*(struct finding *const *)left, *(struct finding *const *)right);
}

void finding_list_sort(struct finding_list *list) {
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_items);
}

void finding_list_absorb(struct finding_list *list, struct finding_list *other) {
    for (size_t i = 0; i < other->count; i++)
        ARRAY_PUSH(list->items, list->count, list->capacity) = other->items[i];
    arena_absorb(&list->arena, &other->arena);
    finding_list_release(other);
}

void finding_list_release(struct finding_list *list) {
    free(list->items);
    arena_release(&list->arena);
    *list = (struct finding_list){0};
}
