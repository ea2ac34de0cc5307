/* What is known of the usual keys, and what is kept of short texts, is what the patterns say. */
#include "course/schedule_words.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Asked twice: the second answer is the one that was kept. */
static void assert_as_patterns(const struct schedule_words *words, struct slice text) {
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < SCHEDULE_WORD_COUNT; i++) {
            struct match match;
            enum schedule_word word = (enum schedule_word)i;
            bool expected = schedule_word_find(words, word, text, &match);
            if (schedule_word_is(words, word, text) != expected)
                fail_msg("\"%.*s\" %s word %zu", SLICE_ARGUMENTS(text), expected ? "is" : "is not",
                         i);
        }
}

static void usual_keys(void **state) {
    struct schedule_words words;
    (void)state;
    schedule_words_init(&words);
    for (size_t i = 0; schedule_usual_key(i); i++)
        assert_as_patterns(&words, slice_of(schedule_usual_key(i)));
    assert_non_null(schedule_usual_key(0));
    schedule_words_release(&words);
}

/* More texts than there are places, some of them longer than one. */
static void any_text(void **state) {
    static const char *const texts[] = {"",
                                        "Date",
                                        "DATE",
                                        "date ",
                                        "dates",
                                        "lecture date",
                                        "Lecture 4",
                                        "4",
                                        "Slides",
                                        "the slides",
                                        "pdf",
                                        "Topic",
                                        "Guest lecture",
                                        "who",
                                        "Class",
                                        "No class",
                                        "canceled",
                                        "TBA",
                                        "skipped",
                                        "Fall 2025",
                                        "cs1-f25",
                                        "2025",
                                        "Midterm 2",
                                        "Spring break",
                                        "Mon",
                                        "Sep 31",
                                        "9/31",
                                        "homework 1",
                                        "links",
                                        "Materials",
                                        "recording",
                                        "Video",
                                        "scribe notes",
                                        "scribe_notes",
                                        "Homework",
                                        "lecturers",
                                        "_data/lectures.yml",
                                        "_data/staff.yml",
                                        "Lecture canceled because of the weather on campus today",
                                        "Guest lecture by somebody whose name is too long to keep"};
    struct schedule_words words;
    (void)state;
    schedule_words_init(&words);
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            assert_as_patterns(&words, slice_of(texts[i]));
    for (unsigned i = 0; i < 500; i++) {
        static const char *const ends[] = {"", " notes", "/12", ". class"};
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "%u%s", i, ends[i % COUNT_OF(ends)]);
        assert_as_patterns(&words, buffer_slice(&text));
        buffer_release(&text);
    }
    schedule_words_release(&words);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_keys),
        cmocka_unit_test(any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
