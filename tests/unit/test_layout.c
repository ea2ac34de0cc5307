#include "course/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "course/deadline.h"
#include "document_fixture.h"
#include "git/scratch.h"

/* A repository in memory with its layout. */
struct course {
    struct repository *repository;
    struct snapshot *snapshot;
    struct layout layout;
};

/* `files`: names and texts in turn, ending with NULL. */
static void open_course(struct course *course, const char *const *files) {
    struct scratch_file list[32];
    struct error error = ERROR_NONE;
    struct layout_options options = {.year = 2024};
    size_t count = 0;
    for (; files[2 * count]; count++)
        list[count] =
            (struct scratch_file){slice_of(files[2 * count]), slice_of(files[2 * count + 1])};
    assert_int_equal(scratch_open(&course->repository, &error), OK);
    assert_int_equal(scratch_snapshot(&course->snapshot, course->repository, list, count, &error),
                     OK);
    assert_int_equal(layout_read(&course->layout, course->snapshot, &options, &error), OK);
}

static void close_course(struct course *course) {
    layout_release(&course->layout);
    snapshot_close(course->snapshot);
    repository_close(course->repository);
}

#define OPEN(course, ...) open_course(course, (const char *const[]){__VA_ARGS__, NULL, NULL})

static void assert_proposed(const struct proposal *proposal, const char *value) {
    assert_slice(proposal->value, value);
    assert_int_equal(proposal->reason.size == 0, *value == '\0');
}

/* Slides, pictures and homework are no notes, whatever their names. */
static void pdf_notes(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "slides/lecture1.pdf", "a", "slides/lecture2.pdf", "b", "scribe/Lecture 1.pdf",
         "c", "scribe/Lecture 2.pdf", "d", "scribe/Lecture 12.pdf", "e", "scribe/empty.pdf", "f",
         "homework/hw1_notes.pdf", "g", "notes/img/lecture1/fig.pdf", "h");
    assert_int_equal(course.layout.note_count, 1);
    const struct note_layout *notes = &course.layout.notes[0];
    assert_proposed(&notes->files, "scribe/*.pdf");
    assert_proposed(&notes->name, "Lecture {n}.pdf");
    assert_slice(notes->name.reason, "3 of 4 notes");
    assert_proposed(&notes->template_file, "");
    close_course(&course);
}

/* Slides and notes side by side, told apart by what the schedule links as which. */
static void beside_slides(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "schedule.md",
         "# Schedule\n\n| Date | Topic | Slides | Scribe notes |\n|--|--|--|--|\n"
         "| Thu 9/5 | Intro | [pdf](files/lec1.pdf) | [notes](files/lec1_scribe.pdf) |\n"
         "| Tue 9/10 | Search | [pdf](files/lec2.pdf) | [notes](files/lec2_scribe.pdf) |\n"
         "| Thu 9/12 | Logic | [pdf](files/lec3.pdf) | |\n",
         "files/lec1.pdf", "1", "files/lec2.pdf", "2", "files/lec3.pdf", "3", "files/lec4.pdf", "4",
         "files/lec1_scribe.pdf", "5", "files/lec2_scribe.pdf", "6", "files/syllabus.pdf", "7");
    assert_int_equal(course.layout.note_count, 1);
    assert_proposed(&course.layout.notes[0].files, "files/*scribe*.pdf");
    assert_int_equal(course.layout.notes[0].count, 2);
    assert_proposed(&course.layout.notes[0].name, "lec{n}_scribe.pdf");
    assert_int_equal(course.layout.schedule_files.count, 1);
    assert_proposed(&course.layout.schedule_files.items[0], "schedule.md");
    close_course(&course);
}

static void posts(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "_posts/2024-01-02-welcome.md", "---\ntitle: Hi\n---\n",
         "_posts/2024-01-08-lecture-01.md",
         "---\ntitle: 'Lecture 1: A'\nauthors: [x, y]\n---\n![](/img/lec-01/a.png)\n",
         "_posts/2024-01-10-lecture-02.md",
         "---\ntitle: 'Lecture 2: B'\nauthors: [x]\neditors:\n---\n![](/img/lec-02/b.png)\n",
         "_posts/2024-01-15-lecture-03.md",
         "---\ntitle: C\nauthors: [x]\nextra: y\n---\n![](/img/shared/b.png)\n",
         "_posts/2024-01-01-lecture-template.md",
         "---\ntitle: T\nauthors:\neditors:\nabstract: z\n---\n", "bib/2024-01-08-lecture-01.bib",
         "x", "bib/2024-01-15-lecture-03.bib", "x");
    assert_int_equal(course.layout.note_count, 1);
    const struct note_layout *notes = &course.layout.notes[0];
    assert_proposed(&notes->files, "_posts/*lecture*.md");
    assert_int_equal(notes->count, 3);
    assert_proposed(&notes->name, "{yyyy}-{mm}-{dd}-lecture-{nn}.md");
    assert_proposed(&notes->title, "Lecture {n}: {title}");
    assert_slice(notes->title.reason, "2 of 3 notes");
    assert_proposed(&notes->template_file, "_posts/2024-01-01-lecture-template.md");
    assert_int_equal(notes->required.count, 2);
    assert_proposed(&notes->required.items[0], "title");
    assert_proposed(&notes->required.items[1], "authors");
    assert_int_equal(notes->assets.count, 2);
    assert_proposed(&notes->assets.items[0], "bib/{stem}.bib");
    assert_proposed(&notes->assets.items[1], "img/lec-{nn}/");
    close_course(&course);
}

/* Without a template a key counts that nearly all have; the folder of pictures is one for all. */
static void posts_without_a_template(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "_posts/2024-01-08-lecture-01.md",
         "---\ntitle: A\nauthors: [x]\nextra: y\n---\n![](/img/all/a.png)\n",
         "_posts/2024-01-10-lecture-02.md",
         "---\ntitle: B\nauthors: [x]\nextra: y\n---\n![](/img/all/b.png)\n",
         "_posts/2024-01-15-lecture-03.md",
         "---\ntitle: C\nauthors: [x]\n---\n![](/img/all/c.png)\n");
    assert_int_equal(course.layout.note_count, 1);
    const struct note_layout *notes = &course.layout.notes[0];
    assert_int_equal(notes->required.count, 2);
    assert_proposed(&notes->required.items[0], "title");
    assert_proposed(&notes->required.items[1], "authors");
    assert_int_equal(notes->assets.count, 1);
    assert_proposed(&notes->assets.items[0], "img/all/");
    close_course(&course);
}

static void folder_for_each(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "notes/lecture-01/index.md", "---\ntitle: A\n---\n", "notes/lecture-02/index.md",
         "---\ntitle: B\n---\n", "notes/README.md", "x");
    assert_int_equal(course.layout.note_count, 1);
    assert_proposed(&course.layout.notes[0].files, "notes/*/*.md");
    assert_int_equal(course.layout.notes[0].count, 2);
    assert_proposed(&course.layout.notes[0].name, "");
    close_course(&course);
}

/* A page that is no note must not become one by the glob. */
static void readme_beside(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "notes/README.md", "x", "notes/01.md", "---\ntitle: A\n---\n", "notes/02.md",
         "---\ntitle: B\n---\n", "notes/12.md", "---\ntitle: C\n---\n");
    assert_int_equal(course.layout.note_count, 1);
    assert_proposed(&course.layout.notes[0].files, "notes/*[0-9]*.md");
    assert_proposed(&course.layout.notes[0].name, "{nn}.md");
    close_course(&course);
}

static void told(void **state) {
    (void)state;
    static const struct {
        const char *name, *form; /* "": none */
    } cases[] = {
        {"yyyy-mm-dd-lecture-xx.md", "{yyyy}-{mm}-{dd}-lecture-{nn}.md"},
        {"YYYYMMDD.pdf", "{yyyy}{mm}{dd}.pdf"},
        {"<mon><day>_scribe.pdf", "{mon}{day}_scribe.pdf"},
        {"lectureN.pdf", ""},
        {"lecture-N.pdf", "lecture-{n}.pdf"},
        {"Lecture ##.pdf", "Lecture {nn}.pdf"},
        {"sep30_scribe.pdf", "{mon}{d}_scribe.pdf"},
        {"2024-01-23-lecture-04.md", "{yyyy}-{mm}-{dd}-lecture-{nn}.md"},
        {"lecture3.pdf", "lecture{n}.pdf"},
        {"template.pdf", ""},
        {"addition.pdf", ""},
        {".pdf", ""},
        {"nothing", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer form = BUFFER_EMPTY;
        bool found = told_name_append_form(&form, slice_of(cases[i].name));
        if (found != (*cases[i].form != '\0') || strcmp(buffer_string(&form), cases[i].form) != 0)
            fail_msg("\"%s\": \"%s\"", cases[i].name, buffer_string(&form));
        buffer_release(&form);
    }
}

static void before_the_first(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "notes/README.md",
         "# For scribes\n\nCall it `Lecture N.md`, titled `Class xx - <title>`, and put pictures\n"
         "into `notes/img/NN/`. Fork https://github.com/a/b or "
         "[this](https://github.com/staff/course.git), "
         "[x](https://github.com/staff/course/pulls).\n",
         "notes/template.md", "---\ntitle: T\n---\n");
    assert_int_equal(course.layout.note_count, 1);
    const struct note_layout *notes = &course.layout.notes[0];
    assert_proposed(&notes->files, "notes/*[0-9]*.md");
    assert_proposed(&notes->name, "Lecture {n}.md");
    assert_proposed(&notes->title, "Class {n} - {title}");
    assert_true(notes->title.guess);
    assert_proposed(&notes->template_file, "notes/template.md");
    assert_int_equal(notes->assets.count, 1);
    assert_proposed(&notes->assets.items[0], "notes/img/{nn}/");
    assert_proposed(&course.layout.repository, "staff/course");
    close_course(&course);
}

/* Lecture pages of the staff, dated news and pages at the root. */
static void no_notes(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "_announcements/2024-01-08-hw.md", "x", "_announcements/2024-01-10-hw.md", "x",
         "_posts/2024-01-10-news.md", "x", "_posts/2024-01-11-news.md", "x", "index.md", "# CS 1\n",
         "assets/readings/lecture1_notes.pdf", "x", "readings/2024-01-10.pdf", "x");
    assert_int_equal(course.layout.note_count, 0);
    assert_proposed(&course.layout.course_name, "CS 1");
    assert_proposed(&course.layout.zone, "");
    assert_int_equal(course.layout.schedule_files.count, 0);
    close_course(&course);
}

/* Half of the names is no majority. */
static void names_of_two_forms(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "scribe/Lecture 1.pdf", "a", "scribe/Lecture 2.pdf", "b",
         "scribe/graphs notes.pdf", "c", "scribe/trees notes.pdf", "d");
    assert_int_equal(course.layout.note_count, 1);
    assert_proposed(&course.layout.notes[0].files, "scribe/*.pdf");
    assert_proposed(&course.layout.notes[0].name, "");
    close_course(&course);
    OPEN(&course, "scribe/Lecture 1.pdf", "a", "scribe/Lecture 2.pdf", "b",
         "scribe/graphs notes.pdf", "c");
    assert_proposed(&course.layout.notes[0].name, "Lecture {n}.pdf");
    close_course(&course);
}

#define SESSIONS(key, first, second)                                                               \
    "- when: 09/03/2025\n  what: Sampling\n  deck: files/lec1.pdf\n  " key ": " first              \
    "\n- when: 09/05/2025\n  what: Aliasing\n  deck: files/lec2.pdf\n  " key ": " second           \
    "\n- when: 09/08/2025\n  what: Filters\n  deck:\n  " key ":\n"
#define PAPERS                                                                                     \
    "files/lec1.pdf", "1", "files/lec2.pdf", "2", "papers/L01.pdf", "3", "papers/L02.pdf", "4"

/* What a key nobody knows is for shows in its rows: each has the file of its own lecture. */
static void key_of_notes(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "_data/sessions.yml", SESSIONS("writeup", "papers/L01.pdf", "papers/L02.pdf"),
         PAPERS);
    assert_int_equal(course.layout.schedule_keys.count, 1);
    assert_slice(course.layout.schedule_keys.items[0].value, "writeup");
    assert_slice(course.layout.schedule_keys.items[0].reason, "notes");
    close_course(&course);
    /* Of other lectures, or files that are not there. */
    OPEN(&course, "_data/sessions.yml", SESSIONS("writeup", "papers/L02.pdf", "papers/L01.pdf"),
         PAPERS);
    assert_int_equal(course.layout.schedule_keys.count, 0);
    close_course(&course);
    OPEN(&course, "_data/sessions.yml", SESSIONS("writeup", "other/L01.pdf", "other/L02.pdf"),
         PAPERS);
    assert_int_equal(course.layout.schedule_keys.count, 0);
    close_course(&course);
    /* The slides are called after lectures as well. */
    OPEN(&course, "_data/sessions.yml", SESSIONS("exercise", "", ""), PAPERS);
    assert_int_equal(course.layout.schedule_keys.count, 0);
    close_course(&course);
    OPEN(&course, "_data/sessions.yml", SESSIONS("notes", "papers/L01.pdf", "papers/L02.pdf"),
         PAPERS);
    assert_int_equal(course.layout.schedule_keys.count, 0);
    close_course(&course);
}

/* The schedule links pages where they land, not their sources. */
static void pages_of_notes(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "calendar.md",
         "# Schedule\n\n| Date | Topic | Scribe notes |\n|--|--|--|\n"
         "| 1/13/2026 | Lexing | [notes](texts/01-lexing.html) |\n"
         "| 1/15/2026 | Parsing | [notes](texts/02-parsing) |\n| 1/20/2026 | Types | |\n",
         "texts/01-lexing.md", "---\ntitle: Lexing\n---\n", "texts/02-parsing.md",
         "---\ntitle: Parsing\n---\n");
    assert_int_equal(course.layout.note_count, 1);
    assert_proposed(&course.layout.notes[0].files, "texts/*.md");
    assert_slice(course.layout.notes[0].files.reason, "2 are there; the schedule links 2");
    close_course(&course);
}

static void special_characters(void **state) {
    (void)state;
    struct course course;
    OPEN(&course, "scribe [a]{b}*/lecture1.pdf", "x", "scribe [a]{b}*/lecture2.pdf", "x",
         "scribe a/x.pdf", "x");
    assert_int_equal(course.layout.note_count, 1);
    assert_proposed(&course.layout.notes[0].files, "scribe \\[a\\]\\{b\\}\\*/*.pdf");
    close_course(&course);
}

/* Five hours behind UTC in January and four in July is one zone; machines in UTC are none. */
static void clocks(void **state) {
    (void)state;
    enum { JANUARY = 1705320000, JULY = 1721044800, COUNT = 20 };
    struct commit_clock list[COUNT];
    struct course course;
    struct layout_options options = {.clocks = list, .clock_count = COUNT};
    struct error error = ERROR_NONE;
    struct time_zone *zone = NULL;
    if (time_zone_open(&zone, "America/New_York", &error) != OK) {
        error_release(&error);
        skip();
    }
    time_zone_close(zone);
    for (size_t i = 0; i < COUNT; i++)
        list[i] = i % 2 ? (struct commit_clock){JANUARY, -300} : (struct commit_clock){JULY, -240};
    OPEN(&course, "index.md", "x");
    layout_release(&course.layout);
    list[0].offset = list[1].offset = 0;
    assert_int_equal(layout_read(&course.layout, course.snapshot, &options, &error), OK);
    assert_proposed(&course.layout.zone_guess, "America/New_York");
    assert_slice(course.layout.zone_guess.reason, "18 of 20 commits have its clocks");
    layout_release(&course.layout);
    for (size_t i = 0; i < 8; i++) /* three in five are enough */
        list[i].offset = 0;
    assert_int_equal(layout_read(&course.layout, course.snapshot, &options, &error), OK);
    assert_proposed(&course.layout.zone_guess, "America/New_York");
    layout_release(&course.layout);
    list[8].offset = 0;
    assert_int_equal(layout_read(&course.layout, course.snapshot, &options, &error), OK);
    assert_proposed(&course.layout.zone_guess, "");
    layout_release(&course.layout);
    for (size_t i = 0; i < COUNT; i++)
        list[i].offset = i % 2 ? 0 : 60;
    assert_int_equal(layout_read(&course.layout, course.snapshot, &options, &error), OK);
    assert_proposed(&course.layout.zone_guess, "");
    close_course(&course);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clocks),
        cmocka_unit_test(beside_slides),
        cmocka_unit_test(pdf_notes),
        cmocka_unit_test(posts),
        cmocka_unit_test(posts_without_a_template),
        cmocka_unit_test(folder_for_each),
        cmocka_unit_test(readme_beside),
        cmocka_unit_test(told),
        cmocka_unit_test(before_the_first),
        cmocka_unit_test(no_notes),
        cmocka_unit_test(names_of_two_forms),
        cmocka_unit_test(key_of_notes),
        cmocka_unit_test(pages_of_notes),
        cmocka_unit_test(special_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
