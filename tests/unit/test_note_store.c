#include "rules/note_store.h"

#include "base/memory.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char text[] = "one two three four five six seven eight nine ten eleven twelve";

/* Three notes are named alike and one is not. */
static struct course_note notes[4];
static struct note_kind kind;
static const struct course_view course = {.notes = notes, .note_count = COUNT_OF(notes)};

static int set_up(void **state) {
    static const char *const paths[] = {"notes/oct07_scribe.md", "notes/oct09_scribe.md",
                                        "notes/oct14_scribe.md", "notes/scribe-of-october-16.md"};
    for (size_t i = 0; i < COUNT_OF(notes); i++)
        notes[i] = (struct course_note){.path = slice_of(paths[i]), .kind = &kind};
    *state = note_store_open(&course);
    return 0;
}

static int tear_down(void **state) {
    note_store_close(*state);
    return 0;
}

static struct shingles shingles_of(const char *words) {
    struct shingles shingles = {0};
    shingles_add(&shingles, slice_of(words));
    shingles_finish(&shingles);
    return shingles;
}

static void shingles_are_kept_for_their_note(void **state) {
    struct shingles shingles = shingles_of(text), same = shingles_of(text);
    assert_null(note_store_find_shingles(*state, &notes[1]));
    note_store_keep_shingles(*state, &notes[1], &shingles);
    assert_null(shingles.items);
    assert_int_equal(shingles.count, 0);
    const struct shingles *kept = note_store_find_shingles(*state, &notes[1]);
    assert_non_null(kept);
    assert_int_equal(shingles_share(kept, &same), 1000);
    assert_true(shingles_can_share(kept, &same, 1000));
    assert_null(kept->words);
    assert_null(note_store_find_shingles(*state, &notes[0]));
    assert_null(note_store_find_shingles(*state, &notes[2]));
    shingles_release(&same);
}

/* Two threads may have read the same note: who was first may be in use. */
static void first_shingles_stay(void **state) {
    struct shingles first = shingles_of(text);
    note_store_keep_shingles(*state, &notes[0], &first);
    const struct shingles *kept = note_store_find_shingles(*state, &notes[0]);
    const unsigned long long *items = kept->items;
    struct shingles second = shingles_of("nine eight seven six five four three two one zero");
    note_store_keep_shingles(*state, &notes[0], &second);
    assert_null(second.items);
    assert_ptr_equal(kept->items, items);
    assert_int_equal(kept->count, 5);
}

/* A note with too little text has none, and must be read again. */
static void none_are_not_known(void **state) {
    struct shingles none = shingles_of("too short");
    note_store_keep_shingles(*state, &notes[0], &none);
    assert_null(note_store_find_shingles(*state, &notes[0]));
}

static void there_is_a_limit(void **state) {
    enum { MANY = 1500 * 1000 };
    for (size_t i = 0; i < 2; i++) {
        struct shingles many = {.count = MANY};
        many.items = memory_allocate(MANY, sizeof(*many.items));
        note_store_keep_shingles(*state, &notes[i], &many);
        assert_null(many.items);
    }
    assert_non_null(note_store_find_shingles(*state, &notes[0]));
    assert_null(note_store_find_shingles(*state, &notes[1]));
}

static void keys_are_copied_once(void **state) {
    char first[] = "knuth84", second[] = "lamport94";
    struct slice items[] = {slice_of(first), slice_of(second)};
    struct cited_keys keys = {items, 2}, none = {NULL, 0};
    assert_null(note_store_find_keys(*state, &notes[3]));
    note_store_keep_keys(*state, &notes[3], &keys);
    memset(first, 'x', sizeof first - 1);
    items[1] = slice_of("x");
    note_store_keep_keys(*state, &notes[3], &none);
    const struct cited_keys *kept = note_store_find_keys(*state, &notes[3]);
    assert_int_equal(kept->count, 2);
    assert_true(slice_equal_string(kept->items[0], "knuth84"));
    assert_true(slice_equal_string(kept->items[1], "lamport94"));
    /* That a note cites nothing is known as well. */
    note_store_keep_keys(*state, &notes[0], &none);
    assert_non_null(note_store_find_keys(*state, &notes[0]));
    assert_int_equal(note_store_find_keys(*state, &notes[0])->count, 0);
    assert_null(note_store_find_keys(*state, &notes[1]));
}

static void forms_are_those_of_the_names(void **state) {
    for (int round = 0; round < 2; round++) {
        assert_true(note_store_has_form(*state, &notes[0]));
        assert_true(note_store_has_form(*state, &notes[2]));
        assert_false(note_store_has_form(*state, &notes[3]));
    }
    /* Asked once: from then on nothing is looked at. */
    notes[3].path = notes[2].path;
    assert_false(note_store_has_form(*state, &notes[3]));
}

static void *keep_and_find(void *context) {
    for (size_t i = 0; i < 400; i++) {
        const struct course_note *note = &notes[i % COUNT_OF(notes)];
        struct shingles shingles = shingles_of(text);
        struct slice item = slice_of("knuth84");
        struct cited_keys keys = {&item, 1};
        note_store_keep_shingles(context, note, &shingles);
        note_store_keep_keys(context, note, &keys);
        note_store_has_form(context, note);
        if (note_store_find_shingles(context, note)->count != 5 ||
            note_store_find_keys(context, note)->count != 1)
            return context;
    }
    return NULL;
}

static void threads_may_share_it(void **state) {
    pthread_t threads[3];
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, keep_and_find, *state), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        void *failed;
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shingles_are_kept_for_their_note, set_up, tear_down),
        cmocka_unit_test_setup_teardown(first_shingles_stay, set_up, tear_down),
        cmocka_unit_test_setup_teardown(none_are_not_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(there_is_a_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keys_are_copied_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forms_are_those_of_the_names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(threads_may_share_it, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
