#include "finding/compare.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Findings ordered so that equal fingerprints are neighbours, with a reading point. */
struct queue {
    struct finding **items;
    size_t count;
    size_t next;
};

/* Within one fingerprint the likeliest to be old come first: not on added lines, then by place. */
static int compare_items(const void *left, const void *right) {
    const struct finding *a = *(struct finding *const *)left;
    const struct finding *b = *(struct finding *const *)right;
    int order = strcmp(a->fingerprint, b->fingerprint);
    if (!order)
        order = (int)a->on_added_line - (int)b->on_added_line;
    return order ? order : finding_order(a, b);
}

static struct queue queue_make(const struct finding_list *list) {
    struct queue queue = {.count = list->count};
    queue.items = memory_allocate(list->count, sizeof *queue.items);
    if (list->count) {
        memcpy(queue.items, list->items, list->count * sizeof *queue.items);
        qsort(queue.items, queue.count, sizeof *queue.items, compare_items);
    }
    return queue;
}

/* The fingerprint at the reading point, or NULL at the end. */
static const char *queue_peek(const struct queue *queue) {
    return queue->next < queue->count ? queue->items[queue->next]->fingerprint : NULL;
}

/* Takes all findings with `fingerprint` from the reading point on; returns how many. */
static size_t queue_take(struct queue *queue, const char *fingerprint) {
    size_t first = queue->next;
    while (queue->next < queue->count &&
           !strcmp(queue->items[queue->next]->fingerprint, fingerprint))
        queue->next++;
    return queue->next - first;
}

static void add_fixed(struct finding_list *head, const struct finding *old) {
    struct finding *fixed = finding_list_add(head);
    *fixed = *old;
    fixed->state = FINDING_FIXED;
    fixed->side = SIDE_BASE;
    fixed->on_added_line = false;
    fixed->edits = (struct edit_list){0};
    fixed->path = arena_copy(&head->arena, old->path);
    fixed->base_path = arena_copy(&head->arena, old->base_path);
    fixed->excerpt = arena_copy(&head->arena, old->excerpt);
    fixed->subject = arena_copy(&head->arena, old->subject);
    fixed->message = arena_copy(&head->arena, old->message);
    fixed->fix = arena_copy(&head->arena, old->fix);
}

/* Settles the states of the findings with the lowest fingerprint left on either side. */
static void settle_next(struct finding_list *head, struct queue *after, struct queue *before) {
    const char *fingerprint = queue_peek(after), *old = queue_peek(before);
    if (!fingerprint || (old && strcmp(old, fingerprint) < 0))
        fingerprint = old;
    struct finding **now = after->items + after->next, **then = before->items + before->next;
    size_t now_count = queue_take(after, fingerprint);
    size_t then_count = queue_take(before, fingerprint);
    for (size_t i = 0; i < now_count; i++)
        now[i]->state = i < then_count ? FINDING_CARRIED : FINDING_INTRODUCED;
    for (size_t i = 0; i + now_count < then_count; i++)
        add_fixed(head, then[i]);
}

void findings_compare(struct finding_list *head, const struct finding_list *base) {
    struct queue after = queue_make(head), before = queue_make(base);
    while (queue_peek(&after) || queue_peek(&before))
        settle_next(head, &after, &before);
    free(after.items);
    free(before.items);
    finding_list_sort(head);
}
