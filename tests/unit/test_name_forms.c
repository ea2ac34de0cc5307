#include "config/name_form.h"
#include "course/day.h"
#include "course/name_forms.h"
#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { MOST_NAMES = 200 };

/* `expected` NULL: no form. */
static void must_infer(const char *name, bool padded, const char *expected) {
    struct buffer form = BUFFER_EMPTY;
    bool found = name_form_infer(&form, slice_of(name), padded);
    if (found != (expected != NULL))
        fail_msg("%s: %s", name, found ? buffer_string(&form) : "no form");
    assert_string_equal(buffer_string(&form), expected ? expected : "");
    buffer_release(&form);
}

/* A form that is inferred from a name reads the name back, with what it says. */
static void must_read_back(const char *name, bool padded) {
    struct buffer form = BUFFER_EMPTY, again = BUFFER_EMPTY;
    struct name_values values = {0};
    const char *problem;
    assert_true(name_form_infer(&form, slice_of(name), padded));
    assert_true(name_form_is_valid(buffer_slice(&form), &problem));
    assert_true(name_form_read(buffer_slice(&form), slice_of(name), &values));
    assert_true(name_form_write(&again, buffer_slice(&form), &values));
    assert_string_equal(buffer_string(&again), name);
    buffer_release(&form);
    buffer_release(&again);
}

static void one_name(void **state) {
    (void)state;
    must_infer("oct7_scribe.pdf", false, "{mon}{d}_scribe.pdf");
    must_infer("oct7_scribe.pdf", true, "{mon}{d}_scribe.pdf");
    must_infer("oct07_scribe.pdf", false, "{mon}{dd}_scribe.pdf");
    must_infer("oct17_scribe.pdf", false, "{mon}{d}_scribe.pdf");
    must_infer("oct17_scribe.pdf", true, "{mon}{dd}_scribe.pdf");
    must_infer("Jan_10_scribe_note.pdf", false, "{Mon}_{d}_scribe_note.pdf");
    must_infer("March_1_x.pdf", false, "{Month}_{d}_x.pdf");
    must_infer("notes-march-12.pdf", false, "notes-{month}-{d}.pdf");
    must_infer("2025-01-08-lecture-02.md", true, "{yyyy}-{mm}-{dd}-lecture-{nn}.md");
    must_infer("2025-01-14-lecture-2.md", false, "{yyyy}-{mm}-{dd}-lecture-{n}.md");
    must_infer("2025-01-08-lecture-2.md", true, "{yyyy}-{mm}-{dd}-lecture-{n}.md");
    must_infer("Lecture_3.pdf", false, "Lecture_{n}.pdf");
    must_infer("lecture12.pdf", false, "lecture{n}.pdf");
    must_infer("lecture12.pdf", true, "lecture{nn}.pdf");
    must_infer("README.md", false, NULL);
    must_infer("template.pdf", false, NULL);
    must_infer("", false, NULL);
}

static void read_back(void **state) {
    (void)state;
    static const char *const names[] = {"oct7_scribe.pdf",
                                        "oct17_scribe.pdf",
                                        "oct07_scribe.pdf",
                                        "Jan_10_scribe_note.pdf",
                                        "2025-01-08-lecture-02.md",
                                        "2025-12-31-lecture-23.md",
                                        "March_1_x.pdf",
                                        "Lecture_3.pdf",
                                        "may5.pdf",
                                        "May_15.pdf"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (int padded = 0; padded < 2; padded++)
            must_read_back(names[i], padded);
}

/* Forms have no place for these, or whoever chose the name wanted to be taken for a form. */
static void no_form_can_write_it(void **state) {
    (void)state;
    must_infer("OCT7_scribe.pdf", false, NULL);
    must_infer("oCt7_scribe.pdf", false, NULL);
    must_infer("Sept_9.pdf", false, NULL);
    must_infer("{mon}7_oct7.pdf", false, NULL);
    must_infer("oct7}.pdf", false, NULL);
    must_infer("oct7{.pdf", false, NULL);
}

/* Ends with NULL. */
static void must_have_form(const char *const *names, const char *expected) {
    struct slice slices[MOST_NAMES] = {{0}};
    struct buffer form = BUFFER_EMPTY;
    size_t count = 0;
    for (; names[count]; count++)
        slices[count] = slice_of(names[count]);
    assert_int_equal(name_form_of_most(&form, slices, count), expected != NULL);
    assert_string_equal(buffer_string(&form), expected ? expected : "");
    /* The order of the names plays no part. */
    for (size_t i = 0; i < count / 2; i++) {
        struct slice other = slices[i];
        slices[i] = slices[count - 1 - i];
        slices[count - 1 - i] = other;
    }
    buffer_clear(&form);
    assert_int_equal(name_form_of_most(&form, slices, count), expected != NULL);
    assert_string_equal(buffer_string(&form), expected ? expected : "");
    buffer_release(&form);
}

#define MUST_HAVE_FORM(expected, ...)                                                              \
    must_have_form((const char *const[]){__VA_ARGS__, NULL}, expected)

static void the_form_of_most(void **state) {
    (void)state;
    MUST_HAVE_FORM("{mon}{d}_scribe.pdf", "oct7_scribe.pdf", "oct14_scribe.pdf");
    MUST_HAVE_FORM("{mon}{d}_scribe.pdf", "oct14_scribe.pdf", "oct16_scribe.pdf",
                   "sep3_scribe.pdf");
    MUST_HAVE_FORM("{mon}{dd}_scribe.pdf", "oct14_scribe.pdf", "oct16_scribe.pdf",
                   "sep03_scribe.pdf");
    MUST_HAVE_FORM("{Mon}_{d}_scribe_note.pdf", "Jan_10_scribe_note.pdf", "Feb_5_scribe_note.pdf",
                   "Lecture_3.pdf", "Mar_4_scribe_note.pdf", "March_1_scribe_note_A.pdf");
    MUST_HAVE_FORM("{yyyy}-{mm}-{dd}-lecture-{nn}.md", "2025-01-08-lecture-02.md",
                   "2025-01-13-lecture-03.md", "2025-02-20-lecture-12.md", "template.md");
    /* No day below 10 is there, but months are padded. */
    MUST_HAVE_FORM("{yyyy}-{mm}-{dd}-lecture-{nn}.md", "2025-01-14-lecture-01.md",
                   "2025-01-16-lecture-02.md", "2025-01-23-lecture-03.md");
    /* One is no custom; nor is half of them. */
    MUST_HAVE_FORM(NULL, "oct7_scribe.pdf");
    MUST_HAVE_FORM(NULL, "oct7_scribe.pdf", "README.md");
    MUST_HAVE_FORM(NULL, "oct7_scribe.pdf", "oct9_scribe.pdf", "lecture-1.pdf", "lecture-2.pdf");
    MUST_HAVE_FORM(NULL, "a.pdf", "b.pdf", "c.pdf");
    MUST_HAVE_FORM(NULL, "OCT7.pdf", "OCT9.pdf", "OCT14.pdf");
    struct buffer form = BUFFER_EMPTY;
    assert_false(name_form_of_most(&form, NULL, 0));
    buffer_release(&form);
}

/* Numbers of one digit fit a form with {d} only, those of two fit both: either reads all. */
static void padding(void **state) {
    (void)state;
    struct name_values values;
    struct buffer form = BUFFER_EMPTY;
    const struct slice names[] = {slice_of("lecture-10.pdf"), slice_of("lecture-11.pdf")};
    assert_true(name_form_of_most(&form, names, 2));
    assert_true(name_form_read(buffer_slice(&form), names[0], &values));
    assert_int_equal(values.number, 10);
    buffer_release(&form);
    MUST_HAVE_FORM("lecture-{n}.pdf", "lecture-10.pdf", "lecture-11.pdf", "lecture-9.pdf");
    MUST_HAVE_FORM("lecture-{nn}.pdf", "lecture-10.pdf", "lecture-11.pdf", "lecture-09.pdf");
}

/* Ten thousand notes take no longer than a few dozen, and the answer is of those seen. */
static void many_names(void **state) {
    (void)state;
    enum { COUNT = 10000 };
    struct slice *names = calloc(COUNT, sizeof *names);
    struct buffer *texts = calloc(COUNT, sizeof *texts), form = BUFFER_EMPTY;
    for (size_t i = 0; i < COUNT; i++) {
        buffer_append_format(&texts[i], "%s%zu_notes%s.pdf", month_name(1 + i % 12), 1 + i % 28,
                             i % 3 ? "" : "_final");
        names[i] = buffer_slice(&texts[i]);
    }
    assert_true(name_form_of_most(&form, names, COUNT));
    assert_string_equal(buffer_string(&form), "{Month}{d}_notes.pdf");
    for (size_t i = 0; i < COUNT; i++)
        buffer_release(&texts[i]);
    buffer_release(&form);
    free(texts);
    free(names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_name),
        cmocka_unit_test(read_back),
        cmocka_unit_test(no_form_can_write_it),
        cmocka_unit_test(the_form_of_most),
        cmocka_unit_test(padding),
        cmocka_unit_test(many_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
