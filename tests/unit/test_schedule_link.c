#include "course/schedule_link.h"

#include "course/landing.h"
#include "document_fixture.h"
#include "git/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST_FILES = 8 };

/* A course in files, the row to look at, and what that row's file must be afterwards. */
struct example {
    const char *files[MOST_FILES]; /* path and content by turns; NULL ends them */
    const char *settings;          /* of the configuration; NULL: none but the year */
    size_t row;                    /* index of the lecture */
    const char *note;
    const char *after; /* the row's file with the link; NULL: no link can be told */
    const char
        *link_elsewhere; /* the link's destination where that means no file; NULL: the note */
};

struct course {
    struct repository *repository;
    struct snapshot *snapshot;
    struct config *config;
    struct site site;
    struct schedule *schedule;
};

/* `instead` (may be NULL) is the content of the file at `path`. */
static void read_course(struct course *course, const struct example *example, struct slice path,
                        const struct buffer *instead) {
    struct scratch_file files[MOST_FILES];
    struct error error = ERROR_NONE;
    const char *settings = example->settings ? example->settings : "course: {year: 2025}\n";
    size_t count = 0;
    for (size_t i = 0; i + 1 < MOST_FILES && example->files[i]; i += 2) {
        files[count] =
            (struct scratch_file){slice_of(example->files[i]), slice_of(example->files[i + 1])};
        if (instead && slice_equal(files[count].path, path))
            files[count].content = buffer_slice(instead);
        count++;
    }
    files[count++] = (struct scratch_file){slice_of(example->note), slice_of("%PDF")};
    assert_int_equal(scratch_open(&course->repository, &error), OK);
    assert_int_equal(scratch_snapshot(&course->snapshot, course->repository, files, count, &error),
                     OK);
    assert_int_equal(config_parse(&course->config, "test.yml", slice_of(settings), &error), OK);
    site_read(&course->site, course->snapshot);
    course->schedule = schedule_read(course->snapshot, course->config, &course->site, 0);
}

static void release(struct course *course) {
    schedule_free(course->schedule);
    site_release(&course->site);
    config_free(course->config);
    snapshot_close(course->snapshot);
    repository_close(course->repository);
}

/* Read anew, the row links the note, and all rows are as they were. */
static void must_link(const struct example *example, const struct schedule *before,
                      const struct buffer *content) {
    struct course course = {0};
    read_course(&course, example, before->lectures[example->row].file->path, content);
    assert_int_equal(course.schedule->lecture_count, before->lecture_count);
    for (size_t i = 0; i < before->lecture_count; i++) {
        const struct lecture *old = &before->lectures[i], *new = &course.schedule->lectures[i];
        assert_true(slice_equal(old->title, new->title));
        assert_true(day_same(old->day, new->day));
        if (i == example->row)
            continue;
        assert_int_equal(old->status, new->status);
        assert_int_equal(old->link_count, new->link_count);
    }
    const struct lecture_link *link =
        lecture_find_link(&course.schedule->lectures[example->row], LINK_NOTES);
    assert_non_null(link);
    if (example->link_elsewhere)
        assert_slice(link->destination, example->link_elsewhere);
    else
        assert_slice(link->path, example->note);
    release(&course);
}

static void must_write(const struct example *example) {
    struct course course = {0};
    struct span span;
    struct buffer text = BUFFER_EMPTY, content = BUFFER_EMPTY;
    read_course(&course, example, slice_of(""), NULL);
    assert_true(example->row < course.schedule->lecture_count);
    const struct lecture *row = &course.schedule->lectures[example->row];
    bool found =
        schedule_link_note(course.schedule, row, slice_of(example->note), NULL, &span, &text);
    if (found) {
        struct slice bytes = row->file->source.bytes;
        buffer_append_slice(&content, slice_part(bytes, 0, span.start));
        buffer_append_slice(&content, buffer_slice(&text));
        buffer_append_slice(&content, slice_part(bytes, span.end, bytes.size));
    } else {
        assert_int_equal(text.size, 0);
    }
    if (example->after)
        assert_string_equal(buffer_string(&content), example->after);
    assert_int_equal(found, example->after != NULL);
    if (found)
        must_link(example, course.schedule, &content);
    buffer_release(&text);
    buffer_release(&content);
    release(&course);
}

#define MUST_WRITE(...) must_write(&(const struct example){__VA_ARGS__})

#define PAGE "index.md", "---\n---\n{% for m in site.modules %}{{ m }}{% endfor %}"

/* A first week that shows how notes are linked, with two rows. */
#define WEEK_1(notes)                                                                              \
    "_modules/1.md", "Oct 2\n: **1**{: .label} A\n  : [Slides](s/1.pdf) &#8226; " notes "\n\n"     \
                     "Sep 30\n: **0**{: .label} Z\n  : [Slides](s/0.pdf)\n"

/* --- Module pages ----------------------------------------------------------------------------- */

static void placeholders_are_filled(void **state) {
    (void)state;
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n  : [Slides](#) | [Notes](#)\n"},
               .row = 2, .note = "n/oct7.pdf",
               .after = "Oct 7\n: **2**{: .label} B\n  : [Slides](#) | [Notes](n/oct7.pdf)\n");
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n  : [Scribe Notes]() | [Slides](#)"},
               .row = 2, .note = "n/oct7.pdf",
               .after = "Oct 7\n: **2**{: .label} B\n  : [Scribe Notes](n/oct7.pdf) | [Slides](#)");
    /* A link to a file that is not there is replaced. */
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n  : [Notes](n/old.pdf)\n"},
               .row = 2, .note = "n/oct7.pdf",
               .after = "Oct 7\n: **2**{: .label} B\n  : [Notes](n/oct7.pdf)\n");
    /* Blanks between the brackets, and no other row to learn from. */
    MUST_WRITE(.files = {PAGE, "_modules/2.md", "Oct 7\n: B\n  : [Notes]( )\n\nOct 9\n: C\n"},
               .note = "n/oct7.pdf",
               .after = "Oct 7\n: B\n  : [Notes]( n/oct7.pdf)\n\nOct 9\n: C\n");
}

static void links_stand_behind_the_last_one(void **state) {
    (void)state;
    MUST_WRITE(
            .files = {PAGE, WEEK_1("[Scribe Notes](n/oct2.pdf)"), "_modules/2.md",
                      "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf) &#8226; [Recording](v)\n"
                      ": [Reading](r.pdf)\n"},
            .row = 2, .note = "n/oct7.pdf",
            .after = "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf) &#8226; [Recording](v) "
                     "&#8226; [Scribe Notes](n/oct7.pdf)\n: [Reading](r.pdf)\n");
    /* A sign at the end waits for the link. */
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf) &#8226; \n\n"},
               .row = 2, .note = "n/oct7.pdf",
               .after = "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf) &#8226; "
                        "[Notes](n/oct7.pdf) \n\n");
    /* Attributes belong to the link. */
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf){:target=\"_blank\"}"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf){: .button}\n"},
               .row = 2, .note = "n/oct7.pdf",
               .after = "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf){: .button} &#8226; "
                        "[Notes](n/oct7.pdf){:target=\"_blank\"}\n");
    /* The file ends in the row. */
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf)"},
               .row = 2, .note = "n/oct7.pdf",
               .after =
                   "Oct 7\n: **2**{: .label} B\n  : [Slides](s/2.pdf) &#8226; [Notes](n/oct7.pdf)");
    /* Nobody links notes yet: with the separator of the row, or a comma. */
    MUST_WRITE(.files = {PAGE, "_modules/2.md",
                         "Oct 7\n: B\n  : [Slides](s/2.pdf) / [Video](v)\n\nOct 9\n: C\n"},
               .note = "n/oct7.pdf",
               .after = "Oct 7\n: B\n  : [Slides](s/2.pdf) / [Video](v) / [Notes](n/oct7.pdf)\n\n"
                        "Oct 9\n: C\n");
    MUST_WRITE(.files = {PAGE, "_modules/2.md",
                         "Oct 7\n: B\n  : [Slides](s/2.pdf)\n\nOct 9\n: C\n"},
               .note = "n/oct7.pdf",
               .after = "Oct 7\n: B\n  : [Slides](s/2.pdf), [Notes](n/oct7.pdf)\n\nOct 9\n: C\n");
}

static void a_line_of_its_own(void **state) {
    (void)state;
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n: [Reading](r.pdf)\n\nOct 9\n: C"},
               .row = 2, .note = "n/oct7.pdf",
               .after =
                   "Oct 7\n: **2**{: .label} B\n  : [Notes](n/oct7.pdf)\n: [Reading](r.pdf)\n\n"
                   "Oct 9\n: C");
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\n: **2**{: .label} B\n\nOct 9\n: C"},
               .row = 3, .note = "n/oct9.pdf",
               .after = "Oct 7\n: **2**{: .label} B\n\nOct 9\n: C\n  : [Notes](n/oct9.pdf)");
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\r\n: **2**{: .label} B\r\n\r\nOct 9\r\n: C\r\n"},
               .row = 2, .note = "n/oct7.pdf",
               .after = "Oct 7\r\n: **2**{: .label} B\r\n  : [Notes](n/oct7.pdf)\r\n\r\n"
                        "Oct 9\r\n: C\r\n");
}

static void line_ends_stay(void **state) {
    (void)state;
    MUST_WRITE(.files = {PAGE, WEEK_1("[Notes](n/oct2.pdf)"), "_modules/2.md",
                         "Oct 7\r\n: **2**{: .label} B\r\n  : [Slides](s/2.pdf)\r\n\r\n"},
               .row = 2, .note = "n/oct7.pdf",
               .after = "Oct 7\r\n: **2**{: .label} B\r\n  : [Slides](s/2.pdf) &#8226; "
                        "[Notes](n/oct7.pdf)\r\n\r\n");
}

/* How the row next to it writes a destination. */
static void destinations_are_imitated(void **state) {
    (void)state;
    static const struct {
        const char *style, *written, *note;
    } cases[] = {
        {"n/oct2.pdf", "n/oct7.pdf", "n/oct7.pdf"},
        {"./n/oct2.pdf", "./n/oct7.pdf", "n/oct7.pdf"},
        {"/n/oct2.pdf", "/n/oct7.pdf", "n/oct7.pdf"},
        {"/cs-25/n/oct2.pdf", "/cs-25/n/oct7.pdf", "n/oct7.pdf"},
        {"{{ site.baseurl }}/n/oct2.pdf", "{{ site.baseurl }}/n/oct7.pdf", "n/oct7.pdf"},
        {"{{ '/n/oct2.pdf' | relative_url }}", "{{ '/n/oct7.pdf' | relative_url }}", "n/oct7.pdf"},
        /* the other file was in another folder */
        {"n/week1/oct2.pdf", "n/oct7.pdf", "n/oct7.pdf"},
        /* blanks as the other one has them, else as every reader takes them */
        {"n/oct%202.pdf", "n/oct%207.pdf", "n/oct 7.pdf"},
        {"n/oct 2.pdf", "n/oct 7.pdf", "n/oct 7.pdf"},
        {"n/oct2.pdf", "n/oct%207.pdf", "n/oct 7.pdf"},
        /* names that would end the link, or become markup */
        {"n/oct2.pdf", "n/oct7%29%3Cb%3E.pdf", "n/oct7)<b>.pdf"},
        {"n/oct2.pdf", "n/100%25_oct7%23a%3F.pdf", "n/100%_oct7#a?.pdf"},
        {"{{ '/n/oct2.pdf' | relative_url }}", "{{ '/n/%27%7D%7Doct7.pdf' | relative_url }}",
         "n/'}}oct7.pdf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer before = BUFFER_EMPTY, after = BUFFER_EMPTY;
        for (int k = 0; k < 2; k++)
            buffer_append_format(k ? &after : &before,
                                 "Oct 2\n: A\n  : [Notes](%s)\n\nOct 7\n: B\n  : [Notes](%s)\n",
                                 cases[i].style, k ? cases[i].written : "");
        MUST_WRITE(.files = {PAGE, "_config.yml", "baseurl: /cs-25\ncollections: {modules: }\n",
                             "_modules/1.md", buffer_string(&before)},
                   .row = 1, .note = cases[i].note, .after = buffer_string(&after));
        buffer_release(&before);
        buffer_release(&after);
    }
}

static void must_rename(const char *destination, const char *old, const char *new,
                        const char *expected) {
    struct buffer text = BUFFER_EMPTY;
    bool found = destination_rename(&text, slice_of(destination), slice_of(old), slice_of(new));
    assert_int_equal(found, expected != NULL);
    assert_string_equal(buffer_string(&text), expected ? expected : "");
    buffer_release(&text);
}

static void destinations_of_renamed_files(void **state) {
    (void)state;
    must_rename("n/a.pdf", "n/a.pdf", "n/b.pdf", "n/b.pdf");
    must_rename("/x/n/a.pdf#page=2", "n/a.pdf", "m/b.pdf", "/x/m/b.pdf#page=2");
    must_rename("{{ '/n/a.pdf' | relative_url }}", "n/a.pdf", "n/'b.pdf",
                "{{ '/n/%27b.pdf' | relative_url }}");
    must_rename("n/a%20b.pdf", "n/a b.pdf", "n/c d.pdf", "n/c%20d.pdf");
    must_rename("n/a b.pdf", "n/a b.pdf", "n/c d.pdf", "n/c d.pdf");
    /* Encoded in part, or with what need not be; an escape in a name is one when written so. */
    must_rename("n/Oct%202%20(final).pdf", "n/Oct 2 (final).pdf", "n/Oct 2.pdf", "n/Oct%202.pdf");
    must_rename("n/Oct%202 (final).pdf", "n/Oct 2 (final).pdf", "n/Oct 3 .pdf", "n/Oct 3 .pdf");
    must_rename("Oct%202%20(final%29.pdf?x#y", "n/Oct 2 (final).pdf", "n/a b.pdf", "a%20b.pdf?x#y");
    must_rename("/n%2f%61.pdf", "n/a.pdf", "n/b.pdf", "/n/b.pdf");
    must_rename("n/a%2Bb+\xc3\xa9%c3%a9.pdf", "n/a+b+\xc3\xa9\xc3\xa9.pdf", "n/c.pdf", "n/c.pdf");
    must_rename("n/a%2520b.pdf", "n/a%20b.pdf", "n/c.pdf", "n/c.pdf");
    must_rename("n/a%20b.pdf", "n/a%20b.pdf", "n/c.pdf", "n/c.pdf");
    must_rename("n/100%.pdf", "n/100%.pdf", "n/c.pdf", "n/c.pdf");
    must_rename("n/a%2", "n/a ", "n/b", NULL);
    must_rename("n/a%20", "n/a b", "n/b", NULL);
    /* The last place is the file. */
    must_rename("/n/a/n/a", "n/a", "n/b", "/n/a/n/b");
    /* From a page beside it only the name is written. */
    must_rename("./a.pdf", "n/a.pdf", "n/b.pdf", "./b.pdf");
    must_rename("a.pdf", "n/a.pdf", "m/b.pdf", NULL);
    must_rename("/notes/1/", "n/a.pdf", "n/b.pdf", NULL);
    must_rename("", "n/a.pdf", "n/b.pdf", NULL);
    must_rename("#", "", "b.pdf", NULL);
}

/* What the nearest row has counts, not what most have; hidden rows do not. */
static void the_nearest_row_counts(void **state) {
    (void)state;
    MUST_WRITE(.files = {PAGE, "_modules/1.md",
                         "Oct 2\n: A\n  : [Slides](1.pdf) | [Notes](n/oct2.pdf)\n\n"
                         "Oct 7\n: B\n  : [Slides](2.pdf)\n\n<!--\nOct 8\n: X\n  : [Slides](x.pdf) "
                         "! [Script](n/oct8.pdf)\n-->\n\n"
                         "Oct 9\n: C\n  : [Slides](3.pdf)\n\n"
                         "Oct 14\n: D\n  : [Slides](4.pdf) &middot; [Script](/n/oct14.pdf)\n\n"},
               .row = 1, .note = "n/oct7.pdf",
               .after =
                   "Oct 2\n: A\n  : [Slides](1.pdf) | [Notes](n/oct2.pdf)\n\n"
                   "Oct 7\n: B\n  : [Slides](2.pdf) | [Notes](n/oct7.pdf)\n\n<!--\nOct 8\n: X\n"
                   "  : [Slides](x.pdf) ! [Script](n/oct8.pdf)\n-->\n\n"
                   "Oct 9\n: C\n  : [Slides](3.pdf)\n\n"
                   "Oct 14\n: D\n  : [Slides](4.pdf) &middot; [Script](/n/oct14.pdf)\n\n");
}

/* --- Data files ------------------------------------------------------------------------------- */

#define DATA_ROW(date, title, rest) "- date: " date "\n  title: " title "\n" rest
#define DATA_1(notes)               DATA_ROW("10/2", "A", "  slides: s/1.pdf\n" notes)
#define DATA_3                      DATA_ROW("10/9", "C", "  slides: s/3.pdf\n")

static void must_write_data(const char *row, const char *after) {
    struct buffer texts[2] = {BUFFER_EMPTY, BUFFER_EMPTY};
    for (int i = 0; i < 2; i++)
        buffer_append_format(&texts[i], "%s%s%s", DATA_1("  notes: n/oct2.pdf\n"),
                             i && after ? after : row, DATA_3);
    MUST_WRITE(.files = {"_data/lectures.yml", buffer_string(&texts[0])}, .row = 1,
               .note = "n/oct7.pdf", .after = after ? buffer_string(&texts[1]) : NULL);
    buffer_release(&texts[0]);
    buffer_release(&texts[1]);
}

static void keys_of_data_files(void **state) {
    (void)state;
    static const char *const empty[] = {"notes:",      "notes: ",     "notes: #",
                                        "notes: ~",    "notes: null", "notes: ''",
                                        "notes: \"\"", "notes: '#'",  "notes: \"#\""};
    must_write_data(DATA_ROW("10/7", "B", "  slides: s/2.pdf\n  notes:\n"),
                    DATA_ROW("10/7", "B", "  slides: s/2.pdf\n  notes: \"n/oct7.pdf\"\n"));
    must_write_data(DATA_ROW("10/7", "B", "  slides: s/2.pdf\n  notes: '#'\n"),
                    DATA_ROW("10/7", "B", "  slides: s/2.pdf\n  notes: 'n/oct7.pdf'\n"));
    must_write_data(DATA_ROW("10/7", "B", "  slides: s/2.pdf\n"),
                    DATA_ROW("10/7", "B", "  slides: s/2.pdf\n  notes: \"n/oct7.pdf\"\n"));
    must_write_data(
        DATA_ROW("10/7", "B", "  slides: s/2.pdf # soon\n  room: 7\n"),
        DATA_ROW("10/7", "B", "  slides: s/2.pdf # soon\n  notes: \"n/oct7.pdf\"\n  room: 7\n"));
    must_write_data("- {date: 10/7, title: B, slides: s/2.pdf}\n", NULL);
    must_write_data("- {date: 10/7, title: B,\n   slides: s/2.pdf}\n", NULL);
    must_write_data("- {date: 10/7, title: B, notes: ''}\n",
                    "- {date: 10/7, title: B, notes: 'n/oct7.pdf'}\n");
    must_write_data(DATA_ROW("10/7", "B", ""), NULL);
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        struct buffer text = BUFFER_EMPTY;
        struct course course = {0};
        struct span span;
        buffer_append_format(&text, "%s- date: 10/7\n  title: B\n  %s\n%s",
                             DATA_1("  notes: n/oct2.pdf\n"), empty[i], DATA_3);
        struct example example = {
            .files = {"_data/lectures.yml", buffer_string(&text)}, .row = 1, .note = "n/oct7.pdf"};
        read_course(&course, &example, slice_of(""), NULL);
        struct buffer link = BUFFER_EMPTY, content = BUFFER_EMPTY;
        const struct lecture *row = &course.schedule->lectures[1];
        assert_true(
            schedule_link_note(course.schedule, row, slice_of(example.note), NULL, &span, &link));
        buffer_append_slice(&content, slice_part(buffer_slice(&text), 0, span.start));
        buffer_append_slice(&content, buffer_slice(&link));
        buffer_append_slice(&content, slice_part(buffer_slice(&text), span.end, text.size));
        must_link(&example, course.schedule, &content);
        release(&course);
        buffer_release(&text);
        buffer_release(&link);
        buffer_release(&content);
    }
}

static void data_with_windows_line_ends(void **state) {
    (void)state;
    MUST_WRITE(.files = {"_data/lectures.yml", "- date: 10/2\r\n  title: A\r\n  notes: n/1.pdf\r\n"
                                               "- date: 10/7\r\n  title: B\r\n  slides: s/2.pdf\r\n"
                                               "- date: 10/9\r\n  title: C\r\n"},
               .row = 1, .note = "n/2.pdf",
               .after = "- date: 10/2\r\n  title: A\r\n  notes: n/1.pdf\r\n"
                        "- date: 10/7\r\n  title: B\r\n  slides: s/2.pdf\r\n"
                        "  notes: \"n/2.pdf\"\r\n- date: 10/9\r\n  title: C\r\n");
}

/* Posts are linked by their address, which ends with the lecture's number. */
static void addresses_by_number(void **state) {
    (void)state;
    MUST_WRITE(.files = {"_data/lectures.yml",
                         "- date: 10/2\n  title: A\n  notes: https://o.example/notes/lecture-01/\n"
                         "- date: 10/7\n  title: B\n  notes:\n"
                         "- date: 10/9\n  title: C\n  notes:\n"},
               .row = 1, .note = "_posts/2025-10-07-lecture-02.md",
               .link_elsewhere = "https://o.example/notes/lecture-02/",
               .after =
                   "- date: 10/2\n  title: A\n  notes: https://o.example/notes/lecture-01/\n"
                   "- date: 10/7\n  title: B\n  notes: \"https://o.example/notes/lecture-02/\"\n"
                   "- date: 10/9\n  title: C\n  notes:\n");
    /* The day is the number by chance. */
    MUST_WRITE(.files = {"_data/lectures.yml",
                         "- date: 10/1\n  title: A\n  notes: https://o.example/oct1\n"
                         "- date: 10/7\n  title: B\n  notes:\n"
                         "- date: 10/9\n  title: C\n  notes:\n"},
               .row = 1, .note = "n/oct7.pdf");
    /* The address says nothing of the lecture. */
    MUST_WRITE(.files = {"_data/lectures.yml",
                         "- date: 10/2\n  title: A\n  notes: https://o.example/x9a\n"
                         "- date: 10/7\n  title: B\n  notes:\n"
                         "- date: 10/9\n  title: C\n  notes:\n"},
               .row = 1, .note = "n/oct7.pdf");
}

/* --- Addresses of pages ----------------------------------------------------------------------- */

static void pages_of_notes(void **state) {
    (void)state;
    /* A page beside the other lecture's is linked as that is. */
    MUST_WRITE(.files = {"schedule.md",
                         "---\n---\n| Date | Topic | Notes |\n|---|---|---|\n"
                         "| Oct 2 | A | [notes](n/02-disks.html) |\n| Oct 7 | B | |\n",
                         "n/02-disks.md", "---\ntitle: Disks\n---\n"},
               .row = 1, .note = "n/05-tapes.md", .link_elsewhere = "n/05-tapes.html",
               .after = "---\n---\n| Date | Topic | Notes |\n|---|---|---|\n"
                        "| Oct 2 | A | [notes](n/02-disks.html) |\n"
                        "| Oct 7 | B | [notes](n/05-tapes.html) |\n");
    /* A collection has its address in the configuration, a post loses its day. */
    MUST_WRITE(.files = {"_modules/w.md",
                         "---\n---\n\nOct 2\n: A\n  : [Notes]({{ '/ln/oct-02/' | relative_url }})"
                         "\n\nOct 7\n: B\n  : [Notes](#)\n",
                         "_notes/oct-02.md", "---\ntitle: A\n---\n", "_config.yml",
                         "collections:\n  modules: {output: false}\n"
                         "  notes: {output: true, permalink: /ln/:name/}\n"},
               .row = 1, .note = "_notes/oct-07.md",
               .link_elsewhere = "{{ '/ln/oct-07/' | relative_url }}",
               .after = "---\n---\n\nOct 2\n: A\n  : [Notes]({{ '/ln/oct-02/' | relative_url }})"
                        "\n\nOct 7\n: B\n  : [Notes]({{ '/ln/oct-07/' | relative_url }})\n");
    /* The number alone makes no address where a name stands behind it. */
    MUST_WRITE(.files = {"_data/lectures.yml",
                         "- date: 10/2\n  title: A\n  notes: https://o.example/lecture-1-disks\n"
                         "- date: 10/7\n  title: B\n  notes: https://o.example/lecture-2-tapes\n"
                         "- date: 10/9\n  title: C\n  notes:\n"},
               .row = 2, .note = "n/oct9.pdf");
}

/* --- Tables ----------------------------------------------------------------------------------- */

static void tables(void **state) {
    (void)state;
    MUST_WRITE(.files = {"schedule.md",
                         "---\n---\n| Date | Topic | Slides | Notes |\n|---|---|---|---|\n"
                         "| Oct 2 | A | [pdf](s/1.pdf) | [notes](n/oct2.pdf) |\n"
                         "| Oct 7 | B | [pdf](s/2.pdf) | [notes](#) |\n"},
               .row = 1, .note = "n/oct7.pdf",
               .after = "---\n---\n| Date | Topic | Slides | Notes |\n|---|---|---|---|\n"
                        "| Oct 2 | A | [pdf](s/1.pdf) | [notes](n/oct2.pdf) |\n"
                        "| Oct 7 | B | [pdf](s/2.pdf) | [notes](n/oct7.pdf) |\n");
    /* A cell of its own, empty so far. */
    MUST_WRITE(.files = {"schedule.md",
                         "---\n---\n| Date | Topic | Slides | Notes |\n|---|---|---|---|\n"
                         "| Oct 2 | A | [pdf](s/1.pdf) | [notes](n/oct2.pdf) |\n"
                         "| Oct 7 | B | [pdf](s/2.pdf) |  |\n| Oct 9 | C | | |\n"},
               .row = 1, .note = "n/oct7.pdf",
               .after =
                   "---\n---\n| Date | Topic | Slides | Notes |\n|---|---|---|---|\n"
                   "| Oct 2 | A | [pdf](s/1.pdf) | [notes](n/oct2.pdf) |\n"
                   "| Oct 7 | B | [pdf](s/2.pdf) | [notes](n/oct7.pdf) |\n| Oct 9 | C | | |\n");
    /* Whatever blanks are in it. */
    MUST_WRITE(.files = {"schedule.md", "---\n---\n| Date | Topic | Notes |\n|---|---|---|\n"
                                        "| Oct 2 | A | [notes](n/oct2.pdf) |\n"
                                        "| Oct 7 | B | |\n| Oct 9 | C ||\n"},
               .row = 1, .note = "n/oct7.pdf",
               .after = "---\n---\n| Date | Topic | Notes |\n|---|---|---|\n"
                        "| Oct 2 | A | [notes](n/oct2.pdf) |\n"
                        "| Oct 7 | B | [notes](n/oct7.pdf) |\n| Oct 9 | C ||\n");
    /* One cell for all material. */
    MUST_WRITE(.files = {"schedule.md", "---\n---\n| Date | Topic | Material |\n|---|---|---|\n"
                                        "| Oct 2 | A | [slides](s/1.pdf), [notes](n/oct2.pdf) |\n"
                                        "| Oct 7 | B | [slides](s/2.pdf) |\n"},
               .row = 1, .note = "n/oct7.pdf",
               .after = "---\n---\n| Date | Topic | Material |\n|---|---|---|\n"
                        "| Oct 2 | A | [slides](s/1.pdf), [notes](n/oct2.pdf) |\n"
                        "| Oct 7 | B | [slides](s/2.pdf), [notes](n/oct7.pdf) |\n");
}

/* --- Pages that are elsewhere than their names say ---------------------------------------------
 */

/* What is written into the second row for a page that has front matter; NULL: nothing is. */
static void must_address(const char *neighbour, const char *front_matter, const char *expected) {
    static const char old[] = "_posts/2025-10-02-lecture-01.md";
    static const char note[] = "_posts/2025-10-07-lecture-02.md";
    struct buffer rows = BUFFER_EMPTY, text = BUFFER_EMPTY;
    buffer_append_format(&rows,
                         "- date: 10/2\n  title: A\n  notes: \"%s\"\n- date: 10/7\n  title: B\n"
                         "  notes: \"#\"\n- date: 10/9\n  title: C\n",
                         neighbour);
    struct scratch_file files[] = {
        {slice_of("_config.yml"), slice_of("permalink: /notes/:title/\n")},
        {slice_of("_data/lectures.yml"), buffer_slice(&rows)},
        {slice_of(old), slice_of("---\ntitle: A\n---\nText.\n")},
        {slice_of(note), slice_of(front_matter)}};
    struct course course = {0};
    struct error error = ERROR_NONE;
    struct span span;
    assert_int_equal(scratch_open(&course.repository, &error), OK);
    assert_int_equal(scratch_snapshot(&course.snapshot, course.repository, files, 4, &error), OK);
    assert_int_equal(
        config_parse(&course.config, "test.yml", slice_of("course: {year: 2025}\n"), &error), OK);
    site_read(&course.site, course.snapshot);
    course.schedule = schedule_read(course.snapshot, course.config, &course.site, 0);
    assert_int_equal(course.schedule->lecture_count, 3);
    const struct site_page *found = site_find_page(&course.site, course.snapshot, slice_of(note));
    struct note_page page = {&course.site, course.snapshot, found ? found->url : slice_of("")};
    bool linked = schedule_link_note(course.schedule, &course.schedule->lectures[1], slice_of(note),
                                     &page, &span, &text);
    assert_string_equal(linked ? buffer_string(&text) : "none", expected ? expected : "none");
    buffer_release(&rows);
    buffer_release(&text);
    release(&course);
}

static void addresses_of_pages(void **state) {
    (void)state;
    static const char plain[] = "---\ntitle: B\n---\nText.\n";
    static const char own[] = "---\ntitle: B\npermalink: /scribe/two/\n---\nText.\n";
    static const char html[] = "---\ntitle: B\npermalink: /scribe/two.html\n---\nText.\n";
    static const char *const cases[][4] = {
        {"https://a.example/c/notes/lecture-01/", "https://a.example/c/notes/lecture-02/",
         "https://a.example/c/scribe/two/", "https://a.example/c/scribe/two.html"},
        {"https://a.example/c/notes/lecture-01", "https://a.example/c/notes/lecture-02", NULL,
         NULL},
        {"/notes/lecture-01/", "/notes/lecture-02/", "/scribe/two/", "/scribe/two.html"},
        {"notes/lecture-01/", "notes/lecture-02/", "scribe/two/", "scribe/two.html"},
        {"{{ site.baseurl }}/notes/lecture-01/", "{{ site.baseurl }}/notes/lecture-02/",
         "{{ site.baseurl }}/scribe/two/", "{{ site.baseurl }}/scribe/two.html"},
        {"https://b.example/elsewhere/lecture-01/", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        must_address(cases[i][0], plain, cases[i][1]);
        must_address(cases[i][0], own, cases[i][2]);
        must_address(cases[i][0], html, cases[i][3]);
    }
    /* Not on the site at all. */
    must_address("/notes/lecture-01/", "---\npublished: false\n---\nText.\n", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(placeholders_are_filled),
        cmocka_unit_test(links_stand_behind_the_last_one),
        cmocka_unit_test(a_line_of_its_own),
        cmocka_unit_test(line_ends_stay),
        cmocka_unit_test(destinations_are_imitated),
        cmocka_unit_test(destinations_of_renamed_files),
        cmocka_unit_test(the_nearest_row_counts),
        cmocka_unit_test(keys_of_data_files),
        cmocka_unit_test(data_with_windows_line_ends),
        cmocka_unit_test(addresses_by_number),
        cmocka_unit_test(pages_of_notes),
        cmocka_unit_test(tables),
        cmocka_unit_test(addresses_of_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
