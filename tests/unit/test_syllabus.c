#include "course/syllabus.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "document_fixture.h"

static void add(struct syllabus *syllabus, const char *path, const char *text) {
    static const struct document_options options = {0};
    struct document *document = document_read(slice_of(path), slice_of(text), &options);
    struct page_text page;
    page_text_read(&page, document);
    syllabus_add_page(syllabus, &page);
    page_text_release(&page);
    document_free(document);
}

static struct syllabus read_page(const char *text) {
    struct syllabus syllabus;
    syllabus_init(&syllabus);
    add(&syllabus, "rules.md", text);
    return syllabus;
}

static void deadlines(void **state) {
    (void)state;
    static const struct {
        const char *sentence;
        long days, second; /* days 0: none is understood; second -1: no hour */
    } cases[] = {
        {"Due: 11:59 pm PT of the day 10 days from the lecture you scribe", 10, 86399},
        {"Notes are due ten days after the lecture.", 10, -1},
        {"must be submitted through a pull request within 1 week after the lecture", 7, -1},
        {"The due date for each set of notes is one week after the lecture.", 7, -1},
        {"Submit it within a week of class by noon.", 7, 43200},
        {"They are due **two weeks**\nafter\nyour lecture, at 17:00.", 14, 61200},
        {"Submission: 3 calendar days following the lecture at 5 p.m.", 3, 61200},
        {"Due in 5 days, 23:59", 5, 86399},
        {"Hand in your notes no later than 4 days after the lecture, 11:59", 4, 86399},
        {"due 12 am, 2 days after class", 2, 86399},
        {"Due by midnight, 3 days after the lecture.", 3, 86399},
        {"Due in 5 days at 11:30", 5, 41400},
        {"Due in 5 days at 10:59", 5, 39599},
        {"Due in 5 days at 25:30", 5, -1},
        {"Notes are due 5 days after class. They are due 5 days after it at 5 pm.", 5, 61200},
        {"Notes are due 5 days after class. They are due 6 days after it at 5 pm.", 5, -1},
        {"Notes are due on the Friday after the lecture.", 0, -1},
        {"Late notes are accepted within 20 days after the lecture.", 0, -1},
        {"The project is due 20 days after the lecture.", 0, -1},
        {"You get feedback within 5 days after the lecture.", 0, -1},
        {"We describe 3 days after the lecture what is due.", 3, -1},
        {"The notes of 3 days after the lecture.", 0, -1},
        {"due 0 days after the lecture", 0, -1},
        {"due 999 days after the lecture", 0, -1},
        {"due 99999999999999999999 days after the lecture", 0, -1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "# Scribing\n\n%s\n", cases[i].sentence);
        struct syllabus syllabus = read_page(buffer_string(&text));
        if (syllabus.due_days != cases[i].days || !syllabus.due.line != !cases[i].days ||
            (cases[i].days && syllabus.due_second != cases[i].second))
            fail_msg("\"%s\": %ld days, second %ld", cases[i].sentence, syllabus.due_days,
                     syllabus.due_second);
        syllabus_release(&syllabus);
        buffer_release(&text);
    }
}

static void teams(void **state) {
    (void)state;
    static const struct {
        const char *sentence;
        long least, most;
        bool usual;
    } cases[] = {
        {"Students should form groups of 2 - 4 people.", 2, 4, false},
        {"Form teams of two to four.", 2, 4, false},
        {"Teams of 2\xe2\x80\x93"
         "3 are fine.",
         2, 3, false},
        {"Work in groups of up to four.", 0, 4, false},
        {"Groups of at least 2.", 2, 0, false},
        {"A team of 3 students.", 3, 3, false},
        {"We work in pairs.", 2, 2, false},
        {"Each lecture has two scribes.", 2, 2, false},
        {"There are 3 scribes per lecture.", 3, 3, false},
        {"No more than 5 students sign up.", 0, 5, false},
        {"The team size is between 2 and 4.", 2, 4, false},
        {"Most lectures will have 3-4 students acting as scribes.", 3, 4, true},
        {"Most lectures have 3 or 4 scribes. Teams of 2 to 5 may sign up.", 2, 5, false},
        {"Projects are done in groups of 5.", 0, 0, false},
        {"Groups of 4 to 2 people.", 0, 0, false},
        {"Groups of 200 people.", 0, 0, false},
        {"Everyone scribes 2 lectures.", 0, 0, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "# Scribe duties\n\n%s\n", cases[i].sentence);
        struct syllabus syllabus = read_page(buffer_string(&text));
        if (syllabus.least_team != cases[i].least || syllabus.most_team != cases[i].most ||
            syllabus.team_is_usual != cases[i].usual)
            fail_msg("\"%s\": %ld to %ld", cases[i].sentence, syllabus.least_team,
                     syllabus.most_team);
        syllabus_release(&syllabus);
        buffer_release(&text);
    }
}

static void pages(void **state) {
    (void)state;
    static const struct {
        const char *sentence;
        long least, most;
    } cases[] = {
        {"These notes should be 4-12 pages long.", 4, 12},
        {"between four and eight pages", 4, 8},
        {"at most 10 pages", 0, 10},
        {"Keep to a maximum of 6 pages.", 0, 6},
        {"at least two pages", 2, 0},
        {"Submit a 2-page summary.", 0, 0},
        {"The exam has 4-12 pages.", 0, 0},
        {"pages 4", 0, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "# For note-takers\n\n- %s\n", cases[i].sentence);
        struct syllabus syllabus = read_page(buffer_string(&text));
        if (syllabus.least_pages != cases[i].least || syllabus.most_pages != cases[i].most)
            fail_msg("\"%s\": %ld to %ld", cases[i].sentence, syllabus.least_pages,
                     syllabus.most_pages);
        syllabus_release(&syllabus);
        buffer_release(&text);
    }
}

static void zones(void **state) {
    (void)state;
    static const struct {
        const char *sentence, *zone;
    } cases[] = {
        {"Due 11:59 pm PT", "America/Los_Angeles"},
        {"at 5pm (ET)", "America/New_York"},
        {"23:59 CST", "America/Chicago"},
        {"noon Pacific", "America/Los_Angeles"},
        {"All times are in Eastern time.", "America/New_York"},
        {"The course runs on Mountain Standard Time.", "America/Denver"},
        {"All times in Europe/Paris.", "Europe/Paris"},
        {"midnight AoE", "Etc/GMT+12"},
        {"5 pm IST", ""},
        {"et al. 5 pm", ""},
        {"The central point, 5 pm", ""},
        {"ET phones home.", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct syllabus syllabus = read_page(cases[i].sentence);
        if (!slice_equal_string(syllabus.zone, cases[i].zone))
            fail_msg("\"%s\": %.*s", cases[i].sentence, SLICE_ARGUMENTS(syllabus.zone));
        syllabus_release(&syllabus);
    }
}

/* Only what is about scribes counts, and of several pages the first; where it stands is kept. */
static void places(void **state) {
    (void)state;
    struct syllabus syllabus = read_page("---\ntitle: Rules\n---\n"
                                         "# Summaries\n\nDue 3 days after the lecture, 2 pages at "
                                         "most 4 pages, in groups of 7. It ends at 5 pm ET.\n\n"
                                         "# Scribe notes\n\nWrite well. They are due 10\n  days "
                                         "after `the` lecture. See <!-- due 8 days after the "
                                         "lecture -->\n\n## Length\n\n* 4-6 pages\n\n# Other\n\n"
                                         "Scribes meet at 1 pm PT.\n\nDue 2 days after class.\n");
    assert_int_equal(syllabus.due_days, 10);
    assert_int_equal(syllabus.due.line, 10);
    assert_slice(syllabus.due.path, "rules.md");
    assert_slice(syllabus.due.sentence, "They are due 10 days after the lecture.");
    assert_int_equal(syllabus.most_pages, 6);
    assert_int_equal(syllabus.pages.line, 15);
    assert_slice(syllabus.pages.sentence, "4-6 pages");
    assert_int_equal(syllabus.team.line, 0);
    assert_slice(syllabus.zone, "America/Los_Angeles");
    assert_int_equal(syllabus.other_due.line, 0);
    add(&syllabus, "scribes/README.md", "Due 12 days after the lecture, 5-7 pages.\n");
    assert_int_equal(syllabus.due_days, 10);
    assert_int_equal(syllabus.most_pages, 6);
    assert_slice(syllabus.other_due.path, "scribes/README.md");
    syllabus_release(&syllabus);
    syllabus = read_page("# Scribes\n\nNotes are due on the next Friday.\n");
    assert_slice(syllabus.unread_due.sentence, "Notes are due on the next Friday.");
    assert_int_equal(syllabus.unread_due.line, 3);
    syllabus_release(&syllabus);
}

static void words(void **state) {
    (void)state;
    assert_true(says_scribe(slice_of("Scribing a lecture")));
    assert_true(says_scribe(slice_of("the note-takers")));
    assert_true(says_scribe(slice_of("assets/scribe_notes")));
    assert_false(says_scribe(slice_of("We describe and transcribe.")));
    assert_false(says_scribe(slice_of("")));
    assert_false(says_scribe(slice_of("scrib")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deadlines), cmocka_unit_test(teams),  cmocka_unit_test(pages),
        cmocka_unit_test(zones),     cmocka_unit_test(places), cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
