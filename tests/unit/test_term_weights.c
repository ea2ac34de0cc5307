#include "text/term_weights.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct terms terms_of(const char *text) {
    struct terms terms = {0};
    terms_add(&terms, slice_of(text));
    terms_finish(&terms);
    return terms;
}

static void words(void **state) {
    (void)state;
    struct terms terms = terms_of("The caches: a cache, CACHE's 128 of it \xc3\xa9t\xc3\xa9 ete");
    /* the, cache (3), ete (2); "of", "it", "a" and numbers say nothing. */
    assert_int_equal(terms.words, 6);
    assert_int_equal(terms.count, 3);
    size_t most = 0;
    for (size_t i = 0; i < terms.count; i++)
        most = terms.items[i].count > most ? terms.items[i].count : most;
    assert_int_equal(most, 3);
    terms_release(&terms);
}

static void closer(void **state) {
    (void)state;
    struct terms caches = terms_of("cache hit cache miss memory line");
    struct terms clouds = terms_of("cloud datacenter rent machine hour memory");
    struct terms note = terms_of("a cache keeps a line of memory, so a hit is fast");
    struct terms other = terms_of("nothing that stands anywhere");
    struct term_collection decks = {0};
    term_collection_add(&decks, &caches);
    term_collection_add(&decks, &clouds);
    term_collection_finish(&decks);
    double own = terms_cosine(&note, &caches, &decks), far = terms_cosine(&note, &clouds, &decks);
    assert_true(own > 0.5 && far > 0 && own > 1.5 * far);
    assert_true(terms_cosine(&caches, &caches, &decks) > 0.9999);
    assert_true(terms_cosine(&other, &caches, &decks) == 0);
    assert_true(terms_cosine(&caches, &note, &decks) == own);
    terms_release(&caches);
    terms_release(&clouds);
    terms_release(&note);
    terms_release(&other);
    term_collection_release(&decks);
}

/* What all have weighs less than what one has. */
static void rare_words_weigh_more(void **state) {
    (void)state;
    struct terms one = terms_of("systems paging"), two = terms_of("systems routing");
    struct terms three = terms_of("systems sharding"), note = terms_of("systems routing");
    struct term_collection decks = {0};
    term_collection_add(&decks, &one);
    term_collection_add(&decks, &two);
    term_collection_add(&decks, &three);
    term_collection_finish(&decks);
    assert_true(terms_cosine(&note, &two, &decks) > 0.9999);
    assert_true(terms_cosine(&note, &one, &decks) < 0.1);
    terms_release(&one);
    terms_release(&two);
    terms_release(&three);
    terms_release(&note);
    term_collection_release(&decks);
}

static void titles(void **state) {
    (void)state;
    static const struct {
        const char *title;
        bool known, found;
    } cases[] = {
        {"Cache Misses", true, true},
        {"What is a cache?", true, true},
        {"Cache policies of tomorrow", true, false},
        {"Miss penalty in caches", true, true}, /* two of three */
        {"Disks", true, false},
        {"What is it?", false, false},
        {"42", false, false},
        {"", false, false},
    };
    struct terms note = terms_of("A cache miss costs more than a hit.");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool known;
        bool found = terms_have_title(&note, slice_of(cases[i].title), &known);
        if (found != cases[i].found || known != cases[i].known)
            fail_msg("\"%s\": known %d, found %d", cases[i].title, known, found);
    }
    terms_release(&note);
}

static void nothing(void **state) {
    (void)state;
    struct terms none = terms_of("");
    struct term_collection decks = {0};
    term_collection_finish(&decks);
    assert_true(terms_cosine(&none, &none, &decks) == 0);
    term_collection_add(&decks, &none);
    assert_true(terms_cosine(&none, &none, &decks) == 0);
    terms_release(&none);
    term_collection_release(&decks);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(closer),
        cmocka_unit_test(rare_words_weigh_more),
        cmocka_unit_test(titles),
        cmocka_unit_test(nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
