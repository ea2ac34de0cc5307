#include "base/memory.h"
#include "course/note_people.h"
#include "course/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

static struct roster *read_with(const char *text, struct roster_setting setting) {
    struct config config = {.roster = setting};
    struct roster *roster = NULL;
    struct error error = ERROR_NONE;
    if (roster_read(&roster, "roster.csv", slice_of(text), &config, &error))
        fail_msg("%s", error_message(&error));
    return roster;
}

static void describe_row(struct buffer *text, const struct roster_row *row) {
    if (row->day.month)
        day_append(text, row->day, true);
    if (row->number)
        buffer_append_format(text, "#%ld", row->number);
    buffer_append_string(text, ":");
    for (size_t i = 0; i < row->count; i++) {
        const struct roster_person *person = &row->people[i];
        buffer_append_format(text, "%s%.*s", i ? "," : "", SLICE_ARGUMENTS(person->name));
        if (person->account.size)
            buffer_append_format(text, "@%.*s", SLICE_ARGUMENTS(person->account));
    }
    buffer_append_string(text, "\n");
}

static void must_hold(const char *csv, struct roster_setting setting, const char *expected) {
    struct roster *roster = read_with(csv, setting);
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < roster->count; i++)
        describe_row(&text, &roster->rows[i]);
    if (strcmp(buffer_string(&text), expected))
        fail_msg("of:\n%s\nis read:\n%s", csv, buffer_string(&text));
    buffer_release(&text);
    roster_free(roster);
}

static void must_read(const char *csv, const char *expected) {
    must_hold(csv, (struct roster_setting){0}, expected);
}

static void must_refuse(struct slice csv, struct roster_setting setting, const char *part,
                        const char *other) {
    struct config config = {.roster = setting};
    struct roster *roster = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(roster_read(&roster, "roster.csv", csv, &config, &error), STATUS_USAGE);
    assert_null(roster);
    if (!strstr(error_message(&error), part) || !strstr(error_message(&error), other) ||
        strchr(error_message(&error), '\n'))
        fail_msg("message is: %s", error_message(&error));
    error_release(&error);
}

static void forms_of_csv(void **state) {
    (void)state;
    static const char expected[] = "#1:Ann Lee,Bo Ray\n#2:Cy Fox\n";
    must_read("Lecture,Scribes\n1,\"Ann Lee, Bo Ray\"\n2,Cy Fox\n", expected);
    must_read("Lecture,Scribes\r\n1,\"Ann Lee, Bo Ray\"\r\n2,Cy Fox", expected);
    must_read("\xEF\xBB\xBFLecture;Scribes\n1;Ann Lee, Bo Ray\n2;Cy Fox\n", expected);
    must_read("Lecture\tScribes\n1\tAnn Lee & Bo Ray\n2\tCy Fox\n", expected);
    must_read("Lecture\t\tScribes\n1\t\tAnn Lee & Bo Ray\n2\t\t Cy Fox \n", expected);
    must_read("sep=;\nLecture;Scribes\n1;Ann Lee and Bo Ray\n2;Cy Fox\n", expected);
    must_read("Lecture,Scribes\r1,Ann Lee; Bo Ray\r2,Cy Fox\r", expected);
    must_read("\n\n,,\nLecture,,Scribes\n1,,\"Ann Lee\nBo Ray\"\n,,\n\n2,,Cy Fox\n,,\n", expected);
    must_read("Scribe sign-up\n\"Please, sign up\",,\nLecture,Room,Scribes\n"
              "1,101,\"- Ann Lee\n- Bo Ray\"\n2,102,1. Cy Fox\n",
              expected);
    must_read("\"Lecture\n(number)\",Scribes\n1,Ann Lee / Bo Ray\n2,Cy Fox\n", expected);
    must_read("Lecture,Scribes\n1,\"Bo \"\"Bobby\"\" Ray\"\n", "#1:Bo \"Bobby\" Ray\n");
}

static void lectures(void **state) {
    (void)state;
    static const struct {
        const char *cell, *read;
    } cases[] = {
        {"4", "#4:Ann Lee\n"},
        {"4.0", "#4:Ann Lee\n"},
        {"Lecture 4: Storage", "#4:Ann Lee\n"},
        {"4 - Storage", "#4:Ann Lee\n"},
        {"Lec. #12", "#12:Ann Lee\n"},
        {"L7", "#7:Ann Lee\n"},
        {"Oct 7", "Oct 7:Ann Lee\n"},
        {"10/7", "Oct 7:Ann Lee\n"},
        {"2025-10-07", "Oct 7, 2025:Ann Lee\n"},
        {"Oct 7 (Lec 4)", "Oct 7#4:Ann Lee\n"},
        {"Oct 7 (4)", "Oct 7#4:Ann Lee\n"},
        {"\"Tue, Oct 7, 4:30pm\"", "Oct 7:Ann Lee\n"},
        {"10/7 4:30pm", "Oct 7:Ann Lee\n"},
        {"Lecture 4 - 10/7", "Oct 7#4:Ann Lee\n"},
        {"Storage in 2025", ":Ann Lee\n"},
        {"2025", ":Ann Lee\n"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer csv = BUFFER_EMPTY;
        buffer_append_format(&csv, "Lecture,Name\n%s,Ann Lee\n", cases[i].cell);
        must_read(buffer_string(&csv), cases[i].read);
        buffer_release(&csv);
    }
    must_read("Date,Lecture,Name\nOct 7,4,Ann Lee\n", "Oct 7#4:Ann Lee\n");
    must_read("Lecture #,Lecture date,Name\n4,Oct 7,Ann Lee\n", "Oct 7#4:Ann Lee\n");
    must_read("Lecture date,Name\n7,Ann Lee\n", ":Ann Lee\n");
    must_read("Lecture,Name\n4: Oct 7,Ann Lee\n5 - Oct 9,Bo Ray\n6 people,Cy Fox\n",
              "Oct 7#4:Ann Lee\nOct 9#5:Bo Ray\n:Cy Fox\n");
    must_read("Date,Lecture,Name\nOct 7,4: not Oct 9,Ann Lee\n", "Oct 7#4:Ann Lee\n");
}

/* What a message calls it: the lecture's own cell, wherever it stands; else the date. */
static void how_a_row_calls_its_lecture(void **state) {
    (void)state;
    static const struct {
        const char *csv, *called;
    } cases[] = {{"Date,Lecture,Name\nOct 7,Lecture 4,Ann Lee\n", "Lecture 4"},
                 {"Lecture,Lecture date,Name\nLecture 4,Oct 7,Ann Lee\n", "Lecture 4"},
                 {"Date,Name\nTue Oct 7,Ann Lee\n", "Tue Oct 7"},
                 {"Date,Lecture,Name\nOct 7,,Ann Lee\n", "Oct 7"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct roster *roster = read_with(cases[i].csv, (struct roster_setting){0});
        assert_int_equal(roster->count, 1);
        if (!slice_equal_string(roster->rows[0].lecture, cases[i].called))
            fail_msg("of:\n%s\nis called \"%.*s\"", cases[i].csv,
                     SLICE_ARGUMENTS(roster->rows[0].lecture));
        roster_free(roster);
    }
}

static void several_rows(void **state) {
    (void)state;
    must_read("Date,Lecture,Scribe\nOct 7,4,Ann Lee\n,,Bo Ray\n,,\n,,Cy Fox\nOct 9,5,Di Om\n",
              "Oct 7#4:Ann Lee,Bo Ray,Cy Fox\nOct 9#5:Di Om\n");
    must_read("Lecture,Scribe\n4,Ann Lee\n5,Di Om\n4,Bo Ray\n4,\"Lee, Ann\"\n",
              "#4:Ann Lee,Bo Ray\n#5:Di Om\n");
    must_read("Lecture,Scribe\nOct 7 (4),Ann Lee\nOct 7,Bo Ray\nLecture 4,Cy Fox\n",
              "Oct 7#4:Ann Lee,Bo Ray,Cy Fox\n");
    /* Before the first lecture nobody scribes; a lecture that is still free has no row. */
    must_read("Lecture,Scribe\n,Ann Lee\n4,TBD\n5,\n6,Bo Ray\n", "#6:Bo Ray\n");
    must_read("Week,Lecture,Scribe\n1,1,Ann Lee\n,2,Bo Ray\n2,1,Cy Fox\n",
              ":Ann Lee\n:Bo Ray\n:Cy Fox\n");
    must_read("Week,Lecture,Scribe\n1,1,Ann Lee\n,2,Bo Ray\n2,3,Cy Fox\n",
              "#1:Ann Lee\n#2:Bo Ray\n#3:Cy Fox\n");
}

static void people_of_a_row(void **state) {
    (void)state;
    must_read("Lecture,Scribe 1,GitHub 1,Scribe 2,GitHub 2\n"
              "1,Ann Lee,@ann,Bo Ray,https://github.com/bo-ray/\n2,Cy Fox,cy,,\n",
              "#1:Ann Lee@ann,Bo Ray@bo-ray\n#2:Cy Fox@cy\n");
    must_read("Lecture,Scribes,GitHub accounts\n1,\"Ann Lee, Bo Ray\",\"ann, bo\"\n"
              "2,\"Ann Lee, Bo Ray\",ann\n3,,\"ann, bo\"\n",
              "#1:Ann Lee@ann,Bo Ray@bo\n#2:Ann Lee,Bo Ray\n#3:@ann,@bo\n");
    must_read("Lecture,Last Name,First Name,Email\n1,Lee,Ann,ann@x.edu\n1,van Om,Di,d@x.edu\n",
              "#1:Ann Lee,Di van Om\n");
    must_read("Timestamp,Email Address,Which lecture do you want to scribe?,Your name\n"
              "9/1/2025 10:00:00,a@x.edu,Lecture 3,Ann Lee\n",
              "#3:Ann Lee\n");
    must_read("Lecture title,Lecturer,Lecture,Team,Scribe notes due\n"
              "Storage,A. Prof,1,\"Ann Lee, Bo Ray\",Oct 9\n2,B,2,Team 3,\n",
              "#1:Ann Lee,Bo Ray\n");
    must_read("Lecture,Team,Members\n1,Team 4,\"Ann Lee, Bo Ray\"\n", "#1:Ann Lee,Bo Ray\n");
    must_read("Date,Lecture scribes\n10/7,\"Lee, Ann; Ray, Bo\"\n", "Oct 7:Ann Lee,Bo Ray\n");
}

static void names_in_a_cell(void **state) {
    (void)state;
    static const struct {
        const char *cell;
        bool several;
        const char *people;
    } cases[] = {
        {"Ann Lee", true, "Ann Lee|"},
        {"Ann Lee, Bo Ray and Cy Fox", true, "Ann Lee|Bo Ray|Cy Fox|"},
        {"Ann Lee, Bo Ray, and Cy Fox", true, "Ann Lee|Bo Ray|Cy Fox|"},
        {"Lee, Ann", false, "Ann Lee|"},
        {"de la Cruz, Maria", false, "Maria de la Cruz|"},
        {"Ann, Bo", true, "Ann|Bo|"},
        {"Lee, Ann; Ray, Bo", true, "Ann Lee|Bo Ray|"},
        {"Lee, Ann and Ray, Bo", true, "Ann Lee|Bo Ray|"},
        {"Ann Lee, Bo Ray\nCy Fox, Di Om", true, "Ann Lee|Bo Ray|Cy Fox|Di Om|"},
        {"Ann Lee, Bo Ray", false, "Ann Lee|Bo Ray|"},
        {"Ann Lee (A123, leader), Bo Ray <bo@x.edu>", true, "Ann Lee|Bo Ray|"},
        {"Ann Lee A15432, ann@x.edu", true, "Ann Lee|"},
        {"Martin Luther King, Jr.", true, "Martin Luther King|"},
        {"Martin Luther King, Jr. (class of 2020)", true, "Martin Luther King|"},
        {"Martin Luther King, @mlking Jr", true, "Martin Luther King|"},
        {"Sandy Andover", true, "Sandy Andover|"},
        {"Ann Lee (@ann-lee)", true, "Ann Lee@ann-lee|"},
        {"@ann, @bo", true, "@ann|@bo|"},
        {"TBD", true, ""},
        {"n/a", true, ""},
        {"-", true, ""},
        {"? / ?", true, ""},
        {"No class", true, ""},
        {"Group 7", true, ""},
        {"", true, ""},
        {"and", true, ""},
        {"(", true, ""},
        {"Zo\xC3\xAB  O\xE2\x80\x99Neil", true, "Zo\xC3\xAB O\xE2\x80\x99Neil|"},
        {"\xE5\xBC\xA0\xE4\xB8\x89", true, "\xE5\xBC\xA0\xE4\xB8\x89|"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct people people = {0};
        struct arena arena = ARENA_EMPTY;
        struct buffer text = BUFFER_EMPTY;
        people_add(&people, slice_of(cases[i].cell), cases[i].several, &arena);
        for (size_t k = 0; k < people.count; k++) {
            buffer_append_slice(&text, people.items[k].name);
            if (people.items[k].account.size)
                buffer_append_format(&text, "@%.*s", SLICE_ARGUMENTS(people.items[k].account));
            buffer_append_string(&text, "|");
        }
        if (strcmp(buffer_string(&text), cases[i].people))
            fail_msg("\"%s\" is read as %s", cases[i].cell, buffer_string(&text));
        buffer_release(&text);
        arena_release(&arena);
        free(people.items);
    }
}

static struct text_list list_of(struct slice *item) {
    return (struct text_list){.items = item, .count = 1};
}

static void configured_columns(void **state) {
    (void)state;
    struct slice lecture = slice_of("Vorlesung"), names = slice_of("Schreiber ");
    struct roster_setting setting = {.lecture = list_of(&lecture), .names = list_of(&names)};
    must_hold("VORLESUNG;Scribe;Schreiber\n1;Nobody Else;\"Ann Lee, Bo Ray\"\n", setting,
              "#1:Ann Lee,Bo Ray\n");
    must_refuse(slice_of("Lecture,Scribe\n1,Ann Lee\n"), setting,
                "roster.csv:1: ", "no column \"Vorlesung\"");
    must_refuse(slice_of("Lesson,Who\n1,Ann\n"), (struct roster_setting){0},
                "no column of lectures or their dates; the headings are \"Lesson\", \"Who\"",
                "roster: columns");
    must_refuse(slice_of("Notes\nTitle,Lecture,Who\n,1,Ann\n"), (struct roster_setting){0},
                "roster.csv:2: no column of names or accounts", "\"Who\"");
    must_refuse(slice_of("Lecture\n1\n"), (struct roster_setting){0}, "no column of names", ":1:");
}

static void repeat(struct buffer *text, const char *part, size_t count) {
    for (size_t i = 0; i < count; i++)
        buffer_append_string(text, part);
}

static void what_is_refused(void **state) {
    (void)state;
    struct roster_setting none = {0};
    must_refuse(slice_of(""), none, "roster.csv:1: ", "empty");
    must_refuse(slice_of("\n,,\n"), none, "roster.csv:1: ", "empty");
    must_refuse(slice_of("Lecture,Scribe\n1,J\xF6rg\n"), none, "UTF-8", "roster.csv: ");
    must_refuse((struct slice){"L\0e\0c\0", 6}, none, "UTF-8", "");
    must_refuse(slice_of("Lecture,Scribe\n1,Ann\n2,\"Bo\n3,Cy\n"), none,
                "roster.csv:3: ", "never closed");
    must_refuse(slice_of("Lecture,Scribe\n1,Ann\n2,Bo \"B\" Ray\n"), none,
                "roster.csv:3: ", "inside a cell");
    struct buffer text = BUFFER_EMPTY;
    buffer_append_string(&text, "Lecture,Scribe\n");
    repeat(&text, ",", 300000);
    must_refuse(buffer_slice(&text), none, "roster.csv:2: ", "cells");
    buffer_clear(&text);
    buffer_append_string(&text, "Lecture,Scribe\n");
    repeat(&text, "1,A\n", 20000);
    must_refuse(buffer_slice(&text), none, "more than 10000 rows", "");
    buffer_clear(&text);
    repeat(&text, "x", 5000000);
    must_refuse(buffer_slice(&text), none, "5000000 bytes", "");
    buffer_clear(&text);
    buffer_append_string(&text, "Lecture,Scribes\n");
    for (int i = 0; i < 300; i++)
        buffer_append_format(&text, "1,%c%c Lee\n", 'A' + i / 26, 'a' + i % 26);
    must_refuse(buffer_slice(&text), none, "more than 200 people", "roster.csv:202: ");
    buffer_release(&text);
}

static void lines_are_those_of_the_file(void **state) {
    (void)state;
    struct roster *roster = read_with("\nLecture,Scribe\r\n\r\n1,\"Ann\nLee\"\n\n2,Bo\n,Cy\n3,Di",
                                      (struct roster_setting){0});
    assert_int_equal(roster->count, 3);
    assert_int_equal(roster->rows[0].line, 4);
    assert_int_equal(roster->rows[1].line, 7);
    assert_int_equal(roster->rows[2].line, 9);
    roster_free(roster);
}

static void must_find(const struct roster *roster, const struct lecture *lecture,
                      const char *expected) {
    const struct roster_row *row = roster_find(roster, lecture);
    assert_string_equal(row ? row->people[0].name.data : "", expected);
}

static void finding_a_lecture(void **state) {
    (void)state;
    struct roster *roster =
        read_with("Lecture,Scribe\nOct 7 (4),Ann\n5,Bo\nOct 14,Cy\nStorage,Di\nOct 21 (8),Ed\n"
                  "Oct 21 (9),Flo\n2024-12-03,Gus\n",
                  (struct roster_setting){0});
    struct day oct7 = {2025, 10, 7}, oct9 = {2025, 10, 9}, oct21 = {2025, 10, 21};
    must_find(roster, &(struct lecture){.day = oct7, .called = 4}, "Ann");
    /* The day is plain; numbers are counted in different ways. */
    must_find(roster, &(struct lecture){.day = oct7, .called = 2}, "Ann");
    must_find(roster, &(struct lecture){.day = oct9, .called = 4}, "");
    must_find(roster, &(struct lecture){.called = 4}, "Ann");
    must_find(roster, &(struct lecture){.day = oct9, .called = 5}, "Bo");
    must_find(roster, &(struct lecture){.day = {2025, 10, 14}, .called = 6}, "Cy");
    must_find(roster, &(struct lecture){.title = slice_of(" storage"), .called = 77}, "Di");
    must_find(roster, &(struct lecture){.day = oct21, .called = 9}, "Flo");
    must_find(roster, &(struct lecture){.day = oct21, .called = 7}, "");
    must_find(roster, &(struct lecture){.day = {2025, 12, 3}}, "");
    must_find(roster, &(struct lecture){.day = {2024, 12, 3}}, "Gus");
    must_find(roster, &(struct lecture){0}, "");
    roster_free(roster);
}

static void names_are_compared(void **state) {
    (void)state;
    static const struct {
        const char *left, *right;
        char answer; /* same, maybe, different */
    } cases[] = {
        {"Hao Zhang", "zhang, hao", 's'},
        {"Hao  Zhang (A123)", "Hao Zhang", 's'},
        {"Hao Zhang", "Hao Zhang <hao@x.edu>", 's'},
        {"Jos\xC3\xA9 Nu\xC3\xB1"
         "ez",
         "Jose Nunez", 's'},
        {"Jose\xCC\x81", "JOS\xC3\x89", 's'},
        {"Nguy\xE1\xBB\x85n An", "Nguyen An", 's'},
        {"\xC5\x81ukasz Wa\xC5\x82\xC4\x99sa", "Lukasz Walesa", 's'},
        {"Stra\xC3\x9F"
         "er",
         "Strasser", 's'},
        {"Anne-Marie O'Neil", "Anne Marie ONeil", 's'},
        {"O\xE2\x80\x99Neil", "O'Neil", 's'},
        {"Xiao Ming Li", "Xiaoming Li", 's'},
        {"\xE5\xBC\xA0\xE4\xB8\x89", "\xE5\xBC\xA0\xE4\xB8\x89", 's'},
        {"\xE5\xBC\xA0\xE4\xB8\x89", "\xE5\xBC\xA0\xE5\x9B\x9B", 'd'},
        {"A. Smith", "Alice Smith", 'm'},
        {"Alice", "Alice Smith", 'm'},
        {"Alice B. Smith", "Alice Smith", 'm'},
        {"Dan Li", "Daniel Li", 'm'},
        {"Eric Zhang", "Yuxuan Zhang", 'm'},
        {"A. S.", "Alice Smith", 'm'},
        {"Alice Smith", "Bob Ray", 'd'},
        {"Al Ray", "Alan Poe", 'd'},
        {"A. Ray", "Alan Poe", 'd'},
        {"Li", "Lim", 'd'},
        {"", "", 'd'},
        {"", "Ann", 'd'},
        {"(x)", "(x)", 'd'},
        {"...", "...", 'd'},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        for (int turned = 0; turned < 2; turned++) {
            struct slice left = slice_of(turned ? cases[i].right : cases[i].left);
            struct slice right = slice_of(turned ? cases[i].left : cases[i].right);
            bool same = person_same_name(left, right), maybe = person_maybe_same_name(left, right);
            if (same != (cases[i].answer == 's') || maybe != (cases[i].answer == 'm'))
                fail_msg("\"%s\" and \"%s\": same %d, maybe %d", cases[i].left, cases[i].right,
                         same, maybe);
        }
}

static void accounts_in_addresses(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"1234+ann-lee@users.noreply.github.com", "ann-lee"},
        {"bo@users.noreply.github.com", "bo"},
        {"bo@example.org", ""},
        {"@users.noreply.github.com", ""},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_true(slice_equal_string(person_account_of_mail(slice_of(cases[i][0])), cases[i][1]));
}

/* Each name with the text at its place. */
static void people_of_a_note(void **state) {
    (void)state;
    static const struct {
        const char *front_matter, *people;
    } cases[] = {
        {"authors:\n  - name: Ann Lee\n    url: x\n  - name: \"Lee, Bo\"\n",
         "Ann Lee=Ann Lee|Bo Lee=Lee, Bo|"},
        {"scribes: Ann, Bo\nauthors: [The Lecturer]\n", "Ann=Ann, Bo|Bo=Ann, Bo|"},
        {"scribe: Lee, Ann\n", "Ann Lee=Lee, Ann|"},
        {"author: Ann Lee and Bo Ray\n", "Ann Lee=Ann Lee and Bo Ray|Bo Ray=Ann Lee and Bo Ray|"},
        {"author: {name: Ann Lee}\n", "Ann Lee=Ann Lee|"},
        {"scribes:\nauthors: [Ann Lee]\n", "Ann Lee=Ann Lee|"},
        {"scribes: [~, [a], {title: x}, {name: [y]}, TBD]\n", ""},
        {"editors: [Ann Lee]\n", ""},
        {"just text\n", ""},
        {"", ""},
    };
    struct document_options options = {0};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer text = BUFFER_EMPTY, found = BUFFER_EMPTY;
        struct note_people people;
        buffer_append_format(&text, "---\n%s---\nText.\n", cases[i].front_matter);
        struct document *note = document_read(slice_of("a.md"), buffer_slice(&text), &options);
        note_people_read(&people, note);
        for (size_t k = 0; k < people.count; k++)
            buffer_append_format(&found, "%.*s=%.*s|", SLICE_ARGUMENTS(people.items[k].name),
                                 SLICE_ARGUMENTS(document_text(note, people.items[k].span)));
        assert_string_equal(buffer_string(&found), cases[i].people);
        note_people_release(&people);
        document_free(note);
        buffer_release(&found);
        buffer_release(&text);
    }
    struct note_people people;
    note_people_read(&people, NULL);
    assert_int_equal(people.count, 0);
    note_people_release(&people);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_of_csv),
        cmocka_unit_test(lectures),
        cmocka_unit_test(how_a_row_calls_its_lecture),
        cmocka_unit_test(several_rows),
        cmocka_unit_test(people_of_a_row),
        cmocka_unit_test(names_in_a_cell),
        cmocka_unit_test(configured_columns),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(lines_are_those_of_the_file),
        cmocka_unit_test(finding_a_lecture),
        cmocka_unit_test(names_are_compared),
        cmocka_unit_test(accounts_in_addresses),
        cmocka_unit_test(people_of_a_note),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
