#include "base/memory.h"
#include "course/note_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

enum { MOST_OTHERS = 8 };

/* Where the note of lecture `number` on a day of 2025 goes; on failure a part of the message. */
struct sought {
    const char *config;
    long number;
    unsigned month, day;
    const char *title;
    const char *others[MOST_OTHERS];
    const char *expected;
    const char *folders; /* joined by blanks; NULL: not asked */
};

static void check_folders(const struct note_place *place, const char *expected) {
    struct arena arena = ARENA_EMPTY;
    struct buffer joined = BUFFER_EMPTY;
    struct slice *folders;
    size_t count = note_place_folders(&folders, place, &arena);
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(&joined, i ? " " : "");
        buffer_append_slice(&joined, folders[i]);
    }
    assert_string_equal(buffer_string(&joined), expected);
    buffer_release(&joined);
    arena_release(&arena);
}

static void must_find(const struct sought *sought, int expected_status) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    struct arena arena = ARENA_EMPTY;
    struct slice others[MOST_OTHERS];
    size_t count = 0;
    if (config_parse(&config, "test.yml", slice_of(sought->config), &error))
        fail_msg("%s", error_message(&error));
    for (; count < MOST_OTHERS && sought->others[count]; count++)
        others[count] = slice_of(sought->others[count]);
    struct note_place place = {.config = config,
                               .kind = &config->notes[0],
                               .others = others,
                               .other_count = count,
                               .lecture = {.number = sought->number,
                                           .day = {2025, sought->month, sought->day},
                                           .title = slice_of(sought->title)}};
    int status = note_place_find(&place, &arena, &error);
    const char *got = status == OK ? place.path.data : error_message(&error);
    if (status != expected_status ||
        (status == OK ? strcmp(got, sought->expected) != 0 : !strstr(got, sought->expected)))
        fail_msg("%s: \"%s\" instead of \"%s\"", sought->config, got, sought->expected);
    if (sought->folders)
        check_folders(&place, sought->folders);
    config_free(config);
    arena_release(&arena);
    error_release(&error);
}

static void names_and_folders(void **state) {
    (void)state;
    static const struct sought notes[] = {
        {"notes: [{files: '_posts/*-lecture-*.md'}]",
         3,
         10,
         7,
         "",
         {0},
         "_posts/2025-10-07-lecture-03.md",
         ""},
        {"notes: [{files: '_posts/*-lecture*.{md,markdown}', assets: ['i/{nn}/', 'b/{stem}.bib', "
         "'c/{stem}/**', 'd/*/']}]",
         3,
         10,
         7,
         "",
         {0},
         "_posts/2025-10-07-lecture-03.md",
         "i/03 c/2025-10-07-lecture-03"},
        {"notes: [{files: '_posts/*-lecture*.md'}]",
         0,
         10,
         7,
         "",
         {0},
         "_posts/2025-10-07-lecture.md",
         NULL},
        {"notes: [{files: 'notes/*.md', assets: ['i/{n}/']}]",
         12,
         0,
         0,
         "",
         {0},
         "notes/lecture-12.md",
         "i/12"},
        {"notes: [{files: 'notes/lecture-*/index.md'}]",
         3,
         10,
         7,
         "",
         {0},
         "notes/lecture-03/index.md",
         NULL},
        {"notes: [{files: 's/*.pdf'}]", 3, 10, 7, "", {0}, "s/oct7_scribe.pdf", NULL},
        /* The form of the configuration goes first, then that of most others. */
        {"notes: [{files: 'a/**', name: '{Mon}_{dd}_{text}.md'}]",
         3,
         10,
         7,
         "On: \"Trees\"/../é!",
         {"a/lecture-01.md", "a/lecture-02.md"},
         "a/Oct_07_on-trees.md",
         NULL},
        {"notes: [{files: 's/*.pdf'}]",
         3,
         10,
         7,
         "",
         {"s/Feb_10_x.pdf", "s/Feb_2_x.pdf", "s/odd.pdf"},
         "s/Oct_7_x.pdf",
         NULL},
        {"notes: [{files: 'a/*.md'}]",
         3,
         10,
         7,
         "",
         {"a/trees.md", "a/graphs.md"},
         "a/lecture-03.md",
         NULL},
        /* Folders: of most others; one for each lecture; of several, one that takes the name. */
        {"notes: [{files: 'n/**'}]",
         3,
         10,
         7,
         "",
         {"n/a/lecture-1.md", "n/b/lecture-2.md", "n/b/lecture-4.md"},
         "n/b/lecture-3.md",
         NULL},
        {"notes: [{files: 'n/**'}]",
         3,
         10,
         7,
         "",
         {"n/lecture-01/notes.md", "n/lecture-02/notes.md"},
         "n/lecture-03/notes.md",
         NULL},
        {"notes: [{files: ['a/x*.md', 'b/{oct,nov}*.md'], name: '{mon}{d}.md'}]",
         3,
         10,
         7,
         "",
         {0},
         "b/oct7.md",
         NULL},
        {"notes: [{files: '*.md', name: 'lecture-{n}.md'}]",
         3,
         10,
         7,
         "",
         {0},
         "lecture-3.md",
         NULL},
    };
    for (size_t i = 0; i < COUNT_OF(notes); i++)
        must_find(&notes[i], OK);
}

static void what_is_refused(void **state) {
    (void)state;
    static const struct sought notes[] = {
        {"notes: [{files: 'a/*.md', name: 'lecture-{nn}.md'}]",
         0,
         10,
         7,
         "",
         {0},
         "--number",
         NULL},
        {"notes: [{files: 'a/*.md', name: '{mon}{d}.md'}]",
         3,
         0,
         0,
         "",
         {0},
         "give its day, with the year",
         NULL},
        {"notes: [{files: 'a/x*.md', name: 'lecture-{nn}.md'}]",
         3,
         10,
         7,
         "",
         {0},
         "not among the files",
         NULL},
        {"notes: [{files: 'a/strange-*.txt'}]",
         3,
         10,
         7,
         "",
         {0},
         "\"name\" under \"notes\"",
         NULL},
        {"notes: [{files: '**', name: '{text}'}]", 3, 10, 7, "Git", {".git/x"}, "not among", NULL},
        {"notes: [{files: '**'}]",
         3,
         10,
         7,
         "",
         {"../lecture-01.md", "../lecture-02.md"},
         "not among",
         NULL},
    };
    for (size_t i = 0; i < COUNT_OF(notes); i++)
        must_find(&notes[i], STATUS_USAGE);
}

static void paths_that_are_safe(void **state) {
    (void)state;
    static const char *const safe[] = {"a", "a/b.md", "_posts/..a", "a b/c'd.md", "é/x"};
    static const char *const unsafe[] = {
        "",      "/",      "/a",         "a/",      "a//b",     "..",   "../a",         "a/../b",
        "a/./b", ".git/x", "a/.GIT/b",   "git~1/x", "a\\..\\b", "a\nb", ".github/x.md", "a/..",
        "\x7f",  ".",      ".gitmodules"};
    for (size_t i = 0; i < COUNT_OF(safe); i++)
        if (!note_path_is_safe(slice_of(safe[i])))
            fail_msg("refused: %s", safe[i]);
    for (size_t i = 0; i < COUNT_OF(unsafe); i++)
        if (note_path_is_safe(slice_of(unsafe[i])))
            fail_msg("taken: %s", unsafe[i]);
    assert_false(note_path_is_safe((struct slice){"a\0b", 3}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_folders),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(paths_that_are_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
