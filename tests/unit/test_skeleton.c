#include "base/memory.h"
#include "config/config.h"
#include "course/skeleton.h"
#include "course/skeleton_value.h"
#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static struct config *parse(const char *text) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    if (config_parse(&config, "test.yml", slice_of(text), &error))
        fail_msg("%s", error_message(&error));
    return config;
}

/* People in a static array, named by the NULL-ended list. */
static struct people people_of(struct roster_person *items, const char *const *names) {
    size_t count = 0;
    for (; names[count]; count++)
        items[count] = (struct roster_person){.name = slice_of(names[count])};
    return (struct people){items, count, count};
}

struct filling {
    const char *config; /* NULL: notes without required keys */
    const char *title, *form;
    long number;
    struct day day;
    const char *lecturers[4], *scribes[6];
    const char *precedent; /* a note, or NULL */
    const char *images;    /* the folder for them, or NULL */
};

static const struct filling usual = {.title = "Trees",
                                     .form = "Lecture {n}: {title}",
                                     .number = 3,
                                     .day = {2025, 10, 7},
                                     .lecturers = {"Ada Lovelace"},
                                     .scribes = {"Ann Lee", "Bo Ray"}};

/* The note made from the template, or the built-in one when it is NULL. False: it was refused. */
static bool make(struct buffer *text, const char *template, const struct filling *from) {
    struct config *config = parse(from->config ? from->config : "notes: [{files: 'x/*.md'}]");
    struct document *document = template ? read_text(template) : NULL;
    struct document *precedent = from->precedent ? read_text(from->precedent) : NULL;
    struct roster_person lecturers[4], scribes[6];
    struct skeleton_facts facts = {.kind = &config->notes[0],
                                   .title_form = slice_of(from->form),
                                   .title = slice_of(from->title),
                                   .day = from->day,
                                   .number = from->number,
                                   .lecturers = people_of(lecturers, from->lecturers),
                                   .scribes = people_of(scribes, from->scribes),
                                   .images = slice_of(from->images),
                                   .precedent = precedent};
    bool made = true;
    if (document)
        made = skeleton_fill(text, document, &facts);
    else
        skeleton_write(text, &facts, slice_of(""));
    document_free(precedent);
    document_free(document);
    config_free(config);
    return made;
}

static void must_make(const char *template, const struct filling *from, const char *expected) {
    struct buffer text = BUFFER_EMPTY;
    if (!make(&text, template, from))
        fail_msg("refused:\n%s", template);
    if (strcmp(buffer_string(&text), expected))
        fail_msg("made:\n%s\ninstead of:\n%s", buffer_string(&text), expected);
    buffer_release(&text);
}

static void what_is_known_is_filled_in(void **state) {
    (void)state;
    must_make("---\ntitle: Template # t\nnumber: 0\ndate: 2020-01-01 # d\nlecturers:\n"
              "- name: Ada # who\n  url: https://a.example\nauthors:\n- name: Author 1\n"
              "  url: '#'\nkeep: [a,  b]\n---\ntitle: body\n",
              &usual,
              "---\ntitle: \"Lecture 3: Trees\" # t\nnumber: 3\ndate: 2025-10-07 # d\nlecturers:\n"
              "- name: Ada # who\n  url: https://a.example\nauthors:\n- name: Ann Lee\n"
              "  url: '#'\n- name: Bo Ray\n  url: '#'\nkeep: [a,  b]\n---\ntitle: body\n");
    /* Keys with nothing behind them, with and without comments; the last byte is the fence's. */
    must_make("---\ntitle:\nlecture:   # its number\nauthor:\ndate:\n---", &usual,
              "---\ntitle: \"Lecture 3: Trees\"\nlecture: 3   # its number\nauthor: \"Ann Lee, Bo "
              "Ray\"\ndate: 2025-10-07\n---");
    /* What is written in other lines keeps them. */
    must_make(
        "---\r\ntitle: T\r\nauthors:\r\n  - A\r\n  - B\r\n  - C\r\n---\r\nText.\r\n", &usual,
        "---\r\ntitle: \"Lecture 3: Trees\"\r\nauthors:\r\n  - Ann Lee\r\n  - Bo Ray\r\ndate: "
        "2025-10-07\r\n---\r\nText.\r\n");
}

static void people_in_every_shape(void **state) {
    (void)state;
    static const struct {
        const char *before, *after;
    } shapes[] = {
        {"scribes: [A, B, C]\nauthors: [Staff]", "scribes: [Ann Lee, Bo Ray]\nauthors: [Staff]"},
        {"authors: [{name: A, url: x}]",
         "authors: [{name: Ann Lee, url: x}, {name: Bo Ray, url: x}]"},
        {"authors:\n  # all of you\n  - A  # one\n\n  - B # two\n\n  # end\nx: y",
         "authors:\n  # all of you\n  - Ann Lee  # one\n\n  - Bo Ray # two\n\n  # end\nx: y"},
        {"authors:\n  - url: u\n    name: A", "authors:\n  - url: u\n    name: Ann Lee\n"
                                              "  - url: u\n    name: Bo Ray"},
        {"scribe: {name: A}", "scribe: {name: \"Ann Lee, Bo Ray\"}"},
        {"authors: >\n  A and\n  B\nx: y", "authors: \"Ann Lee, Bo Ray\"\nx: y"},
        /* Not understood, so left alone. */
        {"authors:\n  -\n    name: A", "authors:\n  -\n    name: A"},
        {"authors: &a [A]\nx: *a", "authors: &a [A]\nx: *a"},
        {"authors: {A: 1}", "authors: {A: 1}"},
        {"authors: []", "authors: []"},
    };
    struct filling from = usual;
    from.config = "notes: [{files: 'x/*.md', metadata: {optional: [date]}}]";
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        struct buffer before = BUFFER_EMPTY, after = BUFFER_EMPTY;
        buffer_append_format(&before, "---\ntitle: T\n%s\n---\n", shapes[i].before);
        buffer_append_format(&after, "---\ntitle: \"Lecture 3: Trees\"\n%s\n---\n",
                             shapes[i].after);
        must_make(buffer_string(&before), &from, buffer_string(&after));
        buffer_release(&before);
        buffer_release(&after);
    }
}

static void lecturers_keep_what_is_known_of_them(void **state) {
    (void)state;
    static const char template[] = "---\ntitle: T\nlecturers:\n  - name: Eric Xing\n    url: e\n"
                                   "  - name: Ben Oh\n    url: b\n---\n";
    struct filling from = usual;
    from.day = (struct day){0};
    from.lecturers[0] = "Eric";
    must_make(
        template, &from,
        "---\ntitle: \"Lecture 3: Trees\"\nlecturers:\n  - name: Eric Xing\n    url: e\n---\n");
    from.lecturers[0] = "Grace Hopper";
    from.lecturers[1] = "Ben";
    must_make(
        template, &from,
        "---\ntitle: \"Lecture 3: Trees\"\nlecturers:\n  - name: Grace Hopper\n    url: \"#\"\n"
        "  - name: Ben Oh\n    url: b\n---\n");
    from.lecturers[0] = NULL;
    must_make(template, &from,
              "---\ntitle: \"Lecture 3: Trees\"\nlecturers:\n  - name: Eric Xing\n    url: e\n"
              "  - name: Ben Oh\n    url: b\n---\n");
}

static void what_is_not_known_stays(void **state) {
    (void)state;
    struct filling nothing = {.form = "Lecture {nn}: {title}"};
    must_make("---\ntitle: T\ndate: 2020-01-01\nnumber: 0\nauthors: [Author 1]\n---\n", &nothing,
              "---\ntitle: \"Lecture x: <title>\"\ndate: 2020-01-01\nnumber: 0\nauthors: [Author "
              "1]\n---\n");
    nothing.number = 4;
    nothing.day.month = 10; /* a day without a year is no date */
    nothing.day.day = 7;
    must_make("---\ntitle: T\ndate: 2020-01-01\n---\n", &nothing,
              "---\ntitle: \"Lecture 04: <title>\"\ndate: 2020-01-01\n---\n");
}

static void required_keys_are_added(void **state) {
    (void)state;
    struct filling from = usual;
    from.config =
        "notes: [{files: 'x/*.md', metadata: {required: [title, date, scribes, editors, tags]}}]";
    must_make("---\nlayout: x\n---\nText.\n", &from,
              "---\nlayout: x\ntitle: \"Lecture 3: Trees\"\ndate: 2025-10-07\nscribes:\n  - Ann "
              "Lee\n  - Bo Ray\neditors:\n  - Editor 1\ntags: TODO\n---\nText.\n");
}

static void titles_without_a_form(void **state) {
    (void)state;
    struct filling from = usual;
    from.form = "";
    from.day = (struct day){0};
    must_make("---\ntitle: Template\n---\n", &from, "---\ntitle: Trees\n---\n");
    must_make("---\ntitle: \"Lecture XX: Title\"\n---\n", &from,
              "---\ntitle: \"Lecture 3: Trees\"\n---\n");
    from.precedent = "---\ntitle: A title\n---\n";
    must_make("---\ntitle: \"Lecture XX: Title\"\n---\n", &from, "---\ntitle: Trees\n---\n");
}

static void what_cannot_be_filled_is_refused(void **state) {
    (void)state;
    static const char *const templates[] = {
        "No front matter.\n", "---\ntitle: [\n---\n", "---\ntitle: *nowhere\n---\n",
        "---\n{title: T}\n---\n" /* and a date behind the brace */};
    for (size_t i = 0; i < COUNT_OF(templates); i++) {
        struct buffer text = BUFFER_EMPTY;
        if (make(&text, templates[i], &usual))
            fail_msg("taken: %s gives %s", templates[i], buffer_string(&text));
        assert_int_equal(text.size, 0);
        buffer_release(&text);
    }
}

static void built_in(void **state) {
    (void)state;
    struct filling from = usual;
    struct buffer text = BUFFER_EMPTY;
    make(&text, NULL, &from);
    assert_true(slice_starts_with(
        buffer_slice(&text), "---\ntitle: \"Lecture 3: Trees\"\ndate: 2025-10-07\nlecturers:\n"
                             "  - Ada Lovelace\nauthors:\n  - Ann Lee\n  - Bo Ray\n---\n\n<!--"));
    assert_null(strstr(buffer_string(&text), "Images"));
    buffer_clear(&text);
    from.images = "assets/img/lecture-03/";
    make(&text, NULL, &from);
    assert_non_null(strstr(buffer_string(&text), "<!-- Images go into assets/img/lecture-03/ and"));
    buffer_clear(&text);
    from = (struct filling){
        .config =
            "notes: [{files: 'x/*.md', metadata: {required: [layout, authors, lecturer]},"
            " sections: [{heading: 'notes?|x'}, {heading: '^Outlook$'}, {heading: 'a.*--> b'}]}]",
        .precedent = "---\nlayout: distill\nauthors: [{name: x}]\n---\n"};
    make(&text, NULL, &from);
    struct document *document = read_text(buffer_string(&text));
    assert_int_equal(document->front_matter.state, FRONT_MATTER_PRESENT);
    assert_slice(
        slice_part(buffer_slice(&text), 0, document->body_start),
        "---\nlayout: distill\ntitle: \"<title>\"\nauthors:\n  - name: Author 1\nlecturer: "
        "Lecturer\n---\n");
    assert_int_equal(count_sections(document), 2);
    check_section(document, 0, 2, "Note", "## Note");
    check_section(document, 1, 2, "Outlook", "## Outlook");
    assert_int_equal(document->prose_count, 2); /* the headings; the comments hold all else */
    document_free(document);
    buffer_release(&text);
}

/* Whatever a schedule or a roster says comes back from YAML as it was meant, and nothing else. */
static void values_read_back(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } values[] = {{"Trees", NULL},
                  {"a: b", NULL},
                  {"a #b", NULL},
                  {"\"quoted\"", NULL},
                  {"it's \\ 'both' \"", NULL},
                  {"it's", NULL},
                  {"'", NULL},
                  {"- x", NULL},
                  {"{{ site.x }} {% y %}", NULL},
                  {"[x](y) *b* &a !t %d @e `f`", NULL},
                  {"yes", NULL},
                  {"NULL", NULL},
                  {"2025-10-07", NULL},
                  {"012", NULL},
                  {"1e3", NULL},
                  {"~", NULL},
                  {"---", NULL},
                  {"x:", NULL},
                  {"Zoë Ångström 李", NULL},
                  {"a\nb:\tc \r\n d", "a b: c d"},
                  {"  x  ", "x"},
                  {"a\x01\x1b[31mb\x7f", "a[31mb"},
                  {"a\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf\xc2\x85z", "a z"},
                  {"a\xff\x80", "a\xef\xbf\xbd\xef\xbf\xbd"},
                  {"", ""}};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_string(&text, "---\nx:\n  - ");
        skeleton_append_scalar(&text, slice_of(values[i].text));
        buffer_append_string(&text, " # c\ny: 1\n---\n");
        struct document *document = read_text(buffer_string(&text));
        const struct yaml_node *node = yaml_find(document->front_matter.root, "x");
        if (!node || node->item_count != 1 || !yaml_find(document->front_matter.root, "y"))
            fail_msg("not read: %s", buffer_string(&text));
        assert_slice(node->items[0]->text,
                     values[i].expected ? values[i].expected : values[i].text);
        assert_int_equal(yaml_scalar_type(node->items[0]), YAML_TYPE_STRING);
        document_free(document);

        struct filling from = usual;
        from.title = values[i].text;
        from.scribes[0] = values[i].text;
        from.form = "{title}";
        buffer_clear(&text);
        if (*values[i].text &&
            !make(&text, "---\ntitle: T\nauthors: [{name: A}]\nz: 1\n---\n", &from))
            fail_msg("refused for: %s", values[i].text);
        buffer_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_filled_in),
        cmocka_unit_test(people_in_every_shape),
        cmocka_unit_test(lecturers_keep_what_is_known_of_them),
        cmocka_unit_test(what_is_not_known_stays),
        cmocka_unit_test(required_keys_are_added),
        cmocka_unit_test(titles_without_a_form),
        cmocka_unit_test(what_cannot_be_filled_is_refused),
        cmocka_unit_test(built_in),
        cmocka_unit_test(values_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
