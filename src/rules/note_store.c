#include "rules/note_store.h"

#include "base/memory.h"
#include "rules/note_form.h"

#include <pthread.h>
#include <stdlib.h>

/* 16 MB of them: as much as three hundred long notes have. */
enum { MOST_SHINGLES = 2 * 1024 * 1024 };

struct kept_note {
    bool knows_form, has_form;
    struct shingles shingles; /* no items: not known */
    bool knows_keys;
    struct cited_keys keys;
};

/* What is once known of a note doesn't change, so that it may be read without the lock. */
struct note_store {
    pthread_mutex_t lock;
    const struct course_view *course;
    struct kept_note *notes; /* in the order of the course's */
    size_t shingle_count;
    struct arena arena;
};

struct note_store *note_store_open(const struct course_view *course) {
    struct note_store *store = memory_allocate(1, sizeof(*store));
    pthread_mutex_init(&store->lock, NULL);
    store->course = course;
    store->notes = memory_allocate(course->note_count, sizeof(*store->notes));
    return store;
}

void note_store_close(struct note_store *store) {
    if (!store)
        return;
    for (size_t i = 0; i < store->course->note_count; i++)
        shingles_release(&store->notes[i].shingles);
    free(store->notes);
    arena_release(&store->arena);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

/* Locked until unlock(). */
static struct kept_note *lock(struct note_store *store, const struct course_note *note) {
    pthread_mutex_lock(&store->lock);
    return &store->notes[note - store->course->notes];
}

static void unlock(struct note_store *store) {
    pthread_mutex_unlock(&store->lock);
}

bool note_store_has_form(struct note_store *store, const struct course_note *note) {
    struct kept_note *kept = lock(store, note);
    if (!kept->knows_form)
        kept->has_form = note_has_form(store->course, note);
    kept->knows_form = true;
    bool has_form = kept->has_form;
    unlock(store);
    return has_form;
}

const struct shingles *note_store_find_shingles(struct note_store *store,
                                                const struct course_note *note) {
    const struct shingles *found = &lock(store, note)->shingles;
    bool known = found->count > 0;
    unlock(store);
    return known ? found : NULL;
}

void note_store_keep_shingles(struct note_store *store, const struct course_note *note,
                              struct shingles *shingles) {
    struct kept_note *kept = lock(store, note);
    if (!kept->shingles.count && store->shingle_count + shingles->count <= MOST_SHINGLES) {
        shingles_forget_words(shingles);
        store->shingle_count += shingles->count;
        kept->shingles = *shingles;
        *shingles = (struct shingles){0};
    }
    unlock(store);
    shingles_release(shingles);
}

const struct cited_keys *note_store_find_keys(struct note_store *store,
                                              const struct course_note *note) {
    const struct kept_note *kept = lock(store, note);
    bool known = kept->knows_keys;
    unlock(store);
    return known ? &kept->keys : NULL;
}

void note_store_keep_keys(struct note_store *store, const struct course_note *note,
                          const struct cited_keys *keys) {
    struct kept_note *kept = lock(store, note);
    if (!kept->knows_keys) {
        kept->keys.items = arena_allocate(&store->arena, keys->count, sizeof(*keys->items));
        for (size_t i = 0; i < keys->count; i++)
            kept->keys.items[i] = arena_copy(&store->arena, keys->items[i]);
        kept->keys.count = keys->count;
        kept->knows_keys = true;
    }
    unlock(store);
}
