#include "git/commit_walk.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Newest first. */
struct heap {
    struct walk_commit **items;
    size_t count, capacity;
};

static bool goes_before(const struct walk_commit *left, const struct walk_commit *right) {
    git_time_t left_time = git_commit_time(left->commit);
    git_time_t right_time = git_commit_time(right->commit);
    return left_time != right_time ? left_time > right_time
                                   : git_oid_cmp(&left->id, &right->id) < 0;
}

static void heap_swap(struct heap *heap, size_t left, size_t right) {
    struct walk_commit *held = heap->items[left];
    heap->items[left] = heap->items[right];
    heap->items[right] = held;
}

static void heap_push(struct heap *heap, struct walk_commit *commit) {
    size_t at = heap->count;
    ARRAY_PUSH(heap->items, heap->count, heap->capacity) = commit;
    for (; at && goes_before(heap->items[at], heap->items[(at - 1) / 2]); at = (at - 1) / 2)
        heap_swap(heap, at, (at - 1) / 2);
}

static struct walk_commit *heap_pop(struct heap *heap) {
    struct walk_commit *first = heap->items[0];
    heap->items[0] = heap->items[--heap->count];
    for (size_t at = 0, child; (child = 2 * at + 1) < heap->count; at = child) {
        if (child + 1 < heap->count && goes_before(heap->items[child + 1], heap->items[child]))
            child++;
        if (!goes_before(heap->items[child], heap->items[at]))
            break;
        heap_swap(heap, at, child);
    }
    return first;
}

static size_t slot_of(struct walk_commit *const *table, size_t size, const git_oid *id) {
    size_t hash;
    memcpy(&hash, id->id, sizeof hash);
    size_t slot = hash & (size - 1);
    while (table[slot] && !git_oid_equal(&table[slot]->id, id))
        slot = (slot + 1) & (size - 1);
    return slot;
}

static void grow_table(struct commit_walk *walk) {
    size_t size = walk->table_size ? 2 * walk->table_size : 256;
    struct walk_commit **table = memory_allocate(size, sizeof(struct walk_commit *));
    for (size_t i = 0; i < walk->table_size; i++)
        if (walk->table[i])
            table[slot_of(table, size, &walk->table[i]->id)] = walk->table[i];
    free(walk->table);
    walk->table = table;
    walk->table_size = size;
}

static struct walk_commit *know(struct commit_walk *walk, struct repository *repository,
                                const git_oid *id) {
    if (2 * walk->known >= walk->table_size)
        grow_table(walk);
    size_t slot = slot_of(walk->table, walk->table_size, id);
    if (walk->table[slot])
        return walk->table[slot];
    struct walk_commit *commit = arena_allocate(&walk->arena, 1, sizeof *commit);
    commit->id = *id;
    if (git_commit_lookup(&commit->commit, repository->git, id))
        commit->commit = NULL;
    walk->table[slot] = commit;
    walk->known++;
    return commit;
}

struct search {
    struct commit_walk *walk;
    struct repository *repository;
    struct heap heap;
    size_t wanted; /* in the heap and not hidden */
};

static void enqueue(struct search *search, struct walk_commit *commit) {
    if (!commit->commit || commit->queued || commit->loaded)
        return;
    commit->queued = true;
    search->wanted += !commit->hidden;
    heap_push(&search->heap, commit);
}

/* With all that is known below it. */
static void hide(struct search *search, struct walk_commit *first) {
    struct walk_commit **stack = NULL;
    size_t count = 0, capacity = 0;
    ARRAY_PUSH(stack, count, capacity) = first;
    while (count) {
        struct walk_commit *commit = stack[--count];
        if (commit->hidden)
            continue;
        commit->hidden = true;
        search->wanted -= commit->queued;
        for (size_t i = 0; i < commit->parent_count; i++)
            ARRAY_PUSH(stack, count, capacity) = commit->parents[i];
    }
    free(stack);
}

static void load_parents(struct search *search, struct walk_commit *commit) {
    struct commit_walk *walk = search->walk;
    size_t count = git_commit_parentcount(commit->commit);
    commit->loaded = true;
    commit->cut = commit_hides_parents(commit->commit);
    commit->parents = arena_allocate(&walk->arena, count, sizeof(struct walk_commit *));
    for (size_t i = 0; i < count; i++) {
        struct walk_commit *parent =
            know(walk, search->repository, git_commit_parent_id(commit->commit, (unsigned)i));
        commit->parents[commit->parent_count++] = parent;
        if (commit->hidden)
            hide(search, parent);
        enqueue(search, parent);
    }
}

/*
 * By commit date from both ends, so that a short branch of a long history is found fast. Dates of
 * clocks that were wrong can let it stop too early; as in Git, some more steps make that unlikely.
 */
static void load_history(struct search *search) {
    enum { EXTRA_STEPS = 100 };
    for (size_t extra = 0; search->heap.count && extra < EXTRA_STEPS;) {
        extra = search->wanted ? 0 : extra + 1;
        struct walk_commit *commit = heap_pop(&search->heap);
        commit->queued = false;
        search->wanted -= !commit->hidden;
        load_parents(search, commit);
    }
}

static bool is_between(const struct walk_commit *commit) {
    return commit && commit->loaded && !commit->hidden;
}

static void sort_commits(struct commit_walk *walk) {
    struct heap ready = {0};
    size_t capacity = 0;
    for (size_t i = 0; i < walk->table_size; i++)
        for (size_t k = 0; is_between(walk->table[i]) && k < walk->table[i]->parent_count; k++)
            walk->table[i]->parents[k]->children++;
    for (size_t i = 0; i < walk->table_size; i++)
        if (is_between(walk->table[i]) && !walk->table[i]->children)
            heap_push(&ready, walk->table[i]);
    while (ready.count) {
        struct walk_commit *commit = heap_pop(&ready);
        ARRAY_PUSH(walk->commits, walk->count, capacity) = commit;
        walk->cut |= commit->cut;
        for (size_t i = 0; i < commit->parent_count; i++) {
            struct walk_commit *parent = commit->parents[i];
            walk->cut |= !parent->commit && !parent->hidden;
            if (!--parent->children && is_between(parent))
                heap_push(&ready, parent);
        }
    }
    free(ready.items);
}

static int start_at(struct walk_commit **commit, struct search *search, const char *id,
                    struct error *error) {
    git_oid oid;
    int code = git_oid_fromstr(&oid, id);
    if (!code && (*commit = know(search->walk, search->repository, &oid))->commit)
        return OK;
    return error_set(
        error, STATUS_UNDECIDED,
        "the commit \"%s\" is not in this clone (%s); get it with: git fetch origin %s", id,
        git_detail(), id);
}

int commit_walk_open(struct commit_walk *walk, struct repository *repository, const char *head,
                     const char *base, struct error *error) {
    struct search search = {.walk = walk, .repository = repository};
    struct walk_commit *newest = NULL, *hidden = NULL;
    *walk = (struct commit_walk){0};
    int status = start_at(&newest, &search, head, error);
    if (status == OK && base)
        status = start_at(&hidden, &search, base, error);
    if (status != OK)
        return status;
    enqueue(&search, newest);
    if (hidden) {
        hide(&search, hidden);
        enqueue(&search, hidden);
    }
    load_history(&search);
    free(search.heap.items);
    sort_commits(walk);
    return OK;
}

void commit_walk_release(struct commit_walk *walk) {
    for (size_t i = 0; i < walk->table_size; i++)
        if (walk->table[i])
            git_commit_free(walk->table[i]->commit);
    free(walk->table);
    free(walk->commits);
    arena_release(&walk->arena);
    *walk = (struct commit_walk){0};
}
