/* Titles of notes against those of the schedule: what differs, and what only looks so. */
#include "course/lecture_title.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* After the headers that cmocka needs. */
#include <cmocka.h>

struct pair {
    const char *note, *row;
};

static void judge(const struct pair *pairs, size_t count, bool expected) {
    for (size_t i = 0; i < count; i++) {
        const struct lecture lecture = {.title = slice_of(pairs[i].row)};
        if (lecture_title_differs(&lecture, slice_of(pairs[i].note)) != expected)
            fail_msg("\"%s\" and \"%s\"", pairs[i].note, pairs[i].row);
    }
}

static void differs(void **state) {
    (void)state;
    static const struct pair pairs[] = {
        {"Lecture 8: Hash tables", "Sorting in linear time"},
        {"Basics: Memory, Operating systems, Storage - 2", "Floating points, processors"},
        {"Lecture 4: Shortest paths", "The Lecture on Pointers"},
        {"Tables", "Pointers"},
        {"Part 2: Introduction to sorting", "Part 2: Introduction to graphs"},
        {"Lecture 3: \xc3\x89tale cohomology", "Lecture 3: Measures"},
        /* Initials in another order, or with a word between. */
        {"Lecture 3: Models of Graphs", "MRF"},
        {"Lecture 3: Operating large systems", "OS"},
    };
    judge(pairs, sizeof pairs / sizeof *pairs, true);
}

static void is_the_same(void **state) {
    (void)state;
    static const struct pair pairs[] = {
        {"Lecture 9: SORTING networks", "Network of sorters"},
        {"Lecture 1: Graphical Models", "Introduction to GM"},
        {"Directed GMs (BNs)", "Lecture 2: Bayesian Networks"},
        {"Lecture 2: Bayesian Networks", "Representation: Directed GMs (BNs)"},
        {"Theory of Computation", "TOC"},
        {"Collective Communiation - I", "Collective Comunication - 1"},
        {"Sequential models", "Sequences"},
        {"Backprop", "Neural nets & back-propagation"},
        {"K-means", "Kmeans clustering"},
        {"Pok\xc3\xa9mon", "POKEMON theory"},
        {"<em>Storage</em>", "Cloud storage"},
        /* Nothing that could be compared. */
        {"Lecture 9", "Storage"},
        {"Scribe notes for week 3, part II", "Storage"},
        {"Lecture Notes Template", "Storage"},
        {"CSE 234", "Storage"},
        {"Hash tables", ""},
        {"Hash tables", "TBA"},
        {"Hash tables", "Guest lecture"},
        {"", "Storage"},
    };
    judge(pairs, sizeof pairs / sizeof *pairs, false);
}

static void guests(void **state) {
    (void)state;
    struct lecture lecture = {.title = slice_of("Guest Talk - Prof. Kim Lee"),
                              .speaker = slice_of("Prof. Kim Lee"),
                              .guest = true};
    assert_false(lecture_title_differs(&lecture, slice_of("Hash tables")));
    lecture.title = slice_of("Sorting (Kim Lee)");
    assert_true(lecture_title_differs(&lecture, slice_of("Hash tables")));
    lecture.guest = false;
    lecture.title = slice_of("Lee");
    assert_true(lecture_title_differs(&lecture, slice_of("Hash tables")));
}

/* The points below a title, where the source has them. */
static void points(void **state) {
    (void)state;
    static const char text[] = "<b>Storage</b><br>- Hash tables<br>- B-trees\ntitle: Sorting";
    struct schedule_file file = {.source = {.bytes = {text, sizeof text - 1}}};
    struct lecture lecture = {.file = &file, .title = slice_of("Storage")};
    assert_true(lecture_title_differs(&lecture, slice_of("Hash tables")));
    lecture.title_span = (struct span){0, 44};
    assert_false(lecture_title_differs(&lecture, slice_of("Hash tables")));
    assert_true(lecture_title_differs(&lecture, slice_of("Sorting")));
}

static void whose_title(void **state) {
    (void)state;
    struct lecture rows[] = {{.title = slice_of("Caches"), .index = 0},
                             {.title = slice_of("Caches and memory"), .index = 1},
                             {.title = slice_of("Guest"), .index = 2},
                             {.title = slice_of("Sorting"), .index = 3, .hidden = true},
                             {.title = slice_of("Memory - Cache"), .index = 4}};
    const struct schedule schedule = {.lectures = rows, .lecture_count = 5};
    static const struct {
        const char *title;
        int row;
    } cases[] = {{"Lecture 3: Caches", 0}, {"Memory & caches", 1},
                 {"Sorting", -1},          {"Guest", -1},
                 {"Memory", -1},           {"", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct lecture *found =
            lecture_title_find_other(&schedule, NULL, slice_of(cases[i].title));
        assert_int_equal(found ? (int)found->index : -1, cases[i].row);
    }
    assert_ptr_equal(lecture_title_find_other(&schedule, &rows[1], slice_of("Memory & caches")),
                     &rows[4]);
}

static void slips(void **state) {
    (void)state;
    static const struct {
        const char *note, *row, *word, *expected;
    } cases[] = {
        {"Collective Communiation - I", "Collective communication 1", "communiation",
         "communication"},
        {"Schedulling", "Scheduling", "schedulling", "scheduling"},
        {"Memory hierarhcy", "The memory hierarchy", "hierarhcy", "hierarchy"},
        {"Distrebuted systems", "Distributed systems", "distrebuted", "distributed"},
        /* Endings, beginnings, other words, short ones, and words that stand there, too. */
        {"Network", "Networks", NULL, NULL},
        {"Sorting networks", "Sorted network", NULL, NULL},
        {"Encoding", "Decoding", NULL, NULL},
        {"Intractable", "Tractable", NULL, NULL},
        {"Cache", "Cachet", NULL, NULL},
        {"Heaps", "Hoops", NULL, NULL},
        {"Transform and transfer", "Transfers", NULL, NULL},
        {"Inference", "Interference and inference", NULL, NULL},
        {"", "Scheduling", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct lecture lecture = {.title = slice_of(cases[i].row)};
        struct arena arena = ARENA_EMPTY;
        struct slice word = {0}, expected = {0};
        bool found =
            lecture_title_find_slip(&lecture, slice_of(cases[i].note), &arena, &word, &expected);
        if (found != (cases[i].word != NULL) ||
            (found && !(slice_equal_string(word, cases[i].word) &&
                        slice_equal_string(expected, cases[i].expected))))
            fail_msg("\"%s\" and \"%s\"", cases[i].note, cases[i].row);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(differs),     cmocka_unit_test(is_the_same),
                                       cmocka_unit_test(guests),      cmocka_unit_test(points),
                                       cmocka_unit_test(whose_title), cmocka_unit_test(slips)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
