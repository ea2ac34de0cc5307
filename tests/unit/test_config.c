#include "config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct config *parse_well(const char *text) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    int status = config_parse(&config, "c.yml", slice_of(text), &error);
    assert_string_equal(error_message(&error), "");
    assert_int_equal(status, OK);
    return config;
}

static void expect_error(const char *text, const char *message) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(config_parse(&config, "c.yml", slice_of(text), &error), STATUS_USAGE);
    assert_string_equal(error_message(&error), message);
    assert_null(config);
    error_release(&error);
}

static void defaults_know_both_layouts(void **state) {
    (void)state;
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(config_defaults(&config, &error), OK);
    const struct note_kind *post =
        config_note_kind(config, slice_of("_posts/2025-01-08-lecture-02.md"));
    assert_non_null(post);
    assert_non_null(post->template_pattern);
    assert_true(post->from_template);
    assert_true(post->assets.count > 0);
    assert_non_null(config_note_kind(config, slice_of("assets/scribe_notes/x.pdf")));
    assert_null(config_note_kind(config, slice_of("README.md")));
    assert_null(config_note_kind(config, slice_of("x/_posts/2025-01-08-lecture-02.md")));
    assert_int_equal(config->fail_on, SEVERITY_ERROR);
    assert_int_equal(config->math, MATH_SITE);
    config_free(config);
}

static void every_key_is_read(void **state) {
    (void)state;
    struct config *config = parse_well("notes:\n"
                                       "  - files: [a/*.md, 'b/**']\n"
                                       "    template: a/t.md\n"
                                       "    title: '{n}. {title}'\n"
                                       "    metadata: {required: [title, date], optional: x}\n"
                                       "    sections:\n"
                                       "      - heading: 'Summ|Conclu'\n"
                                       "      - {heading: More, required: false}\n"
                                       "    assets: img/{nn}/\n"
                                       "  - files: a/x.md\n"
                                       "allow: README.md\n"
                                       "math: dollar\n"
                                       "fail-on: notice\n"
                                       "rules: {one-rule: off, other: warning}\n");
    assert_int_equal(config->note_count, 2);
    const struct note_kind *note = config_note_kind(config, slice_of("a/x.md"));
    assert_ptr_equal(note, &config->notes[0]); /* the first that matches */
    assert_ptr_equal(config_note_kind(config, slice_of("b/c/d")), note);
    assert_false(note->from_template);
    assert_true(config->notes[1].from_template);
    assert_int_equal(note->required.count, 2);
    assert_true(slice_equal_string(note->optional.items[0], "x"));
    assert_int_equal(note->section_count, 1);
    assert_true(pattern_matches(note->sections[0].pattern, slice_of("IN CONCLUSION")));
    assert_true(pattern_matches(note->title_pattern, slice_of("3. x")));
    assert_true(glob_list_matches(&config->allow, slice_of("README.md")));
    assert_int_equal(config->math, MATH_DOLLAR);
    assert_int_equal(config->fail_on, SEVERITY_NOTICE);
    assert_int_equal(config->rule_count, 2);
    assert_int_equal(config->rules[0].severity, SEVERITY_OFF);
    assert_string_equal(config->rules[1].place, "c.yml:14:24");
    config_free(config);
}

static void the_course_is_read(void **state) {
    (void)state;
    struct config *config = parse_well("course:\n"
                                       "  name: Systems\n"
                                       "  repository: git@example.org:a/b.git\n"
                                       "  timezone: America/Los_Angeles\n");
    assert_true(slice_equal_string(config->course.name, "Systems"));
    assert_true(slice_equal_string(config->course.repository, "git@example.org:a/b.git"));
    assert_true(slice_equal_string(config->course.timezone, "America/Los_Angeles"));
    assert_true(config->guessed);
    config_free(config);
    config = parse_well("course: {}\n");
    assert_int_equal(config->course.repository.size, 0);
    config_free(config);
    expect_error("course: {repository: name}\n",
                 "c.yml:1:22: \"repository\" takes owner/name, or the whole URL");
    expect_error("allow: 3\n", "c.yml:1:8: \"allow\" takes paths such as \"data/\" or \"*.csv\"");
    expect_error("deadline: {days: 3, extensions: {foo: 3}}\n",
                 "c.yml:1:34: a lecture is named by its number or its day");
    expect_error(
        "notes: [{files: 'a*.md', assets: ['x/{nn}/', 'x/{nnn}/']}]\n",
        "c.yml:1:46: no {nnn} in \"assets\"; there are {stem}, {yyyy}, {mm}, {dd}, {nn} and "
        "{n}");
    expect_error("notes: [{files: 'a*.md', assets: 'x/{nn'}]\n", "c.yml:1:34: \"{\" without \"}\"");
    config = parse_well(
        "notes: [{files: 'a*.md', assets: ['x/{stem}.{bib,md}', 'x/{yyyy}{mm}{dd}{n}']}]\n");
    config_free(config);
    expect_error("course: x\n", "c.yml:1:9: this must be lines of \"key: value\"");
    expect_error("course: {repo: x}\n",
                 "c.yml:1:10: unknown key \"repo\"; known here: name, repository, timezone, year");
    expect_error("course: {name: [x]}\n", "c.yml:1:16: \"name\" takes text");
}

static void text_and_name_are_copied(void **state) {
    (void)state;
    char text[] = "fail-on: never\nrules: {a: off}", name[] = "x.yml";
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(config_parse(&config, name, slice_of(text), &error), OK);
    memset(text, 'x', sizeof text);
    memset(name, 'x', sizeof name);
    assert_string_equal(config->name, "x.yml");
    assert_true(slice_equal_string(config->rules[0].rule, "a"));
    assert_int_equal(config->fail_on, SEVERITY_OFF);
    config_free(config);
    config_free(NULL);
}

static void empty_required_is_not_from_the_template(void **state) {
    (void)state;
    struct config *config = parse_well("notes: [{files: x, metadata: {required: []}}]");
    assert_false(config->notes[0].from_template);
    assert_int_equal(config->notes[0].required.count, 0);
    config_free(config);
    config_free(parse_well(""));
}

static void mistakes_have_a_place(void **state) {
    (void)state;
    expect_error("notez: []\n",
                 "c.yml:1:1: unknown key \"notez\"; known here: course, schedule, roster, "
                 "deadline, team, notes, images, allow, math, rules, overrides, fail-on");
    expect_error("notes: {}\n", "c.yml:1:8: \"notes\" takes a list");
    expect_error("notes:\n  - template: x\n", "c.yml:2:5: \"files\" is missing");
    expect_error("notes:\n  - files: []\n", "c.yml:2:12: \"files\" is empty");
    expect_error("notes: [text]\n", "c.yml:1:9: this must be lines of \"key: value\"");
    expect_error("notes: [{files: '[a'}]\n", "c.yml:1:17: glob \"[a\": [ without ]; write \\[ for "
                                             "the character itself");
    expect_error("notes: [{files: x, template: '{a'}]\n",
                 "c.yml:1:30: glob \"{a\": { without }; write \\{ for the character itself");
    expect_error("notes:\n  - files: x\n    title: '{x}'\n",
                 "c.yml:3:12: no {x} in a title; there are {n}, {nn} and {title}");
    expect_error("notes:\n  - files: x\n    sections: [{heading: x, required: perhaps}]\n",
                 "c.yml:3:39: \"required\" takes true or false");
    expect_error("notes:\n  - files: x\n    sections: [{required: true}]\n",
                 "c.yml:3:16: \"heading\" is missing");
    expect_error("notes:\n  - files: x\n    sections: {}\n",
                 "c.yml:3:15: \"sections\" takes a list");
    expect_error("notes:\n  - files: x\n    metadata: {required: {a: b}}\n",
                 "c.yml:3:26: \"required\" takes text or a list of texts");
    expect_error("math: yes\n", "c.yml:1:7: \"math\" takes one of: site, dollar, none");
    expect_error("math: {dollars: yes}\n",
                 "c.yml:1:17: \"dollars\" takes one of: site, dollar, none");
    expect_error("math: {macros: {a: b}}\n",
                 "c.yml:1:16: \"macros\" takes text or a list of texts");
    expect_error("fail-on: off\n",
                 "c.yml:1:10: \"fail-on\" takes one of: error, warning, notice, never");
    expect_error("rules: [x]\n", "c.yml:1:8: \"rules\" takes lines of \"rule: severity\"");
    expect_error("rules:\n  a: off\n  b: loud\n",
                 "c.yml:3:6: a severity is one of: error, warning, notice, off");
    expect_error("rules:\n  a: [off]\n",
                 "c.yml:2:6: a severity is one of: error, warning, notice, off");
    expect_error("rules:\n  a: off\n  b: off\n  a: error\n", "c.yml:4:3: \"a\" is given twice");
    expect_error("allow: ['a', '[']\n", "c.yml:1:14: glob \"[\": [ without ]; write \\[ for the "
                                        "character itself");
    expect_error("math: site\nmath: none\n", "c.yml:2:1: \"math\" is given twice");
    expect_error("- x\n", "c.yml:1:1: this must be lines of \"key: value\"");
}

static void expect_text(struct slice slice, const char *text) {
    if (!slice_equal_string(slice, text))
        fail_msg("\"%.*s\", not \"%s\"", SLICE_ARGUMENTS(slice), text);
}

static void what_the_course_asks_is_read(void **state) {
    (void)state;
    struct config *config =
        parse_well("course: {year: 2025}\n"
                   "schedule:\n"
                   "  files: ['_modules/*.md', s.yml]\n"
                   "  keys: {date: day, number: '#', title: topic, lecturer: by,"
                   " slides: deck, recording: video, notes: scribed}\n"
                   "roster: {file: p/s.csv, columns: {lecture: Lecture,"
                   " names: [Scribe 1, Scribe 2], accounts: GitHub}}\n"
                   "deadline: {days: 10, time: \"23:59:30\","
                   " extensions: {5: 14, \"Oct 7\": 0}}\n"
                   "team: {min: 2, max: 4}\n"
                   "notes: [{files: x, name: '{mon}{day}_scribe.pdf'}]\n");
    assert_int_equal(config->course.year, 2025);
    assert_true(glob_list_matches(&config->schedule.files, slice_of("_modules/week-1.md")));
    assert_true(glob_list_matches(&config->schedule.files, slice_of("s.yml")));
    expect_text(config->schedule.date, "day");
    expect_text(config->schedule.number, "#");
    expect_text(config->schedule.title, "topic");
    expect_text(config->schedule.lecturer, "by");
    expect_text(config->schedule.slides, "deck");
    expect_text(config->schedule.recording, "video");
    expect_text(config->schedule.notes, "scribed");
    expect_text(config->roster.file, "p/s.csv");
    assert_int_equal(config->roster.lecture.count, 1);
    assert_int_equal(config->roster.names.count, 2);
    expect_text(config->roster.names.items[1], "Scribe 2");
    expect_text(config->roster.accounts.items[0], "GitHub");
    assert_true(config->deadline.is_set);
    assert_int_equal(config->deadline.days, 10);
    assert_int_equal(config->deadline.second_of_day, 86370);
    assert_int_equal(config->deadline.extension_count, 2);
    expect_text(config->deadline.extensions[0].lecture, "5");
    assert_int_equal(config->deadline.extensions[0].days, 14);
    expect_text(config->deadline.extensions[1].lecture, "Oct 7");
    assert_int_equal(config->deadline.extensions[1].days, 0);
    assert_int_equal(config->team.least, 2);
    assert_int_equal(config->team.most, 4);
    expect_text(config->notes[0].name_form, "{mon}{day}_scribe.pdf");
    config_free(config);
}

static void what_is_not_said_is_empty(void **state) {
    (void)state;
    struct config *config =
        parse_well("course: {}\nschedule: {}\nroster: {}\ndeadline: {}\nteam: {}\n"
                   "overrides: []\nrules: {}\nnotes: [{files: x}]\n");
    assert_int_equal(config->course.year, 0);
    assert_int_equal(config->schedule.files.count, 0);
    assert_int_equal(config->schedule.date.size, 0);
    assert_int_equal(config->roster.file.size, 0);
    assert_false(config->deadline.is_set);
    assert_int_equal(config->team.least, 0);
    assert_int_equal(config->team.most, 0);
    assert_int_equal(config->override_count, 0);
    assert_int_equal(config->notes[0].name_form.size, 0);
    config_free(config);
    config = parse_well("images: {pixels: {max: 300}}\n");
    assert_int_equal(config->images.most_megabytes, 2);
    assert_int_equal(config->images.most_pixels, 300);
    assert_int_equal(config->images.figures, FIGURES_TEMPLATE);
    config_free(config);
    config = parse_well("images: {}\n");
    assert_int_equal(config->images.most_pixels, 5000);
    config_free(config);
    expect_error("images: {megabytes: {max: 51}}\n",
                 "c.yml:1:27: \"max\" takes a whole number from 1 to 50");
    expect_error("images: {bytes: {max: 5}}\n",
                 "c.yml:1:10: unknown key \"bytes\"; known here: megabytes, pixels, figures");
    config = parse_well("images: {figures: captioned}\n");
    assert_int_equal(config->images.figures, FIGURES_CAPTIONED);
    assert_int_equal(config->images.most_pixels, 5000);
    config_free(config);
    expect_error("images: {figures: true}\n",
                 "c.yml:1:19: \"figures\" takes one of: template, none, required, captioned");
    config = parse_well("deadline: {days: 0}\nteam: {min: 3}\nroster: {file: s.csv}\n");
    assert_true(config->deadline.is_set);
    assert_int_equal(config->deadline.days, 0);
    assert_int_equal(config->deadline.second_of_day, 86399);
    assert_int_equal(config->team.least, 3);
    assert_int_equal(config->roster.names.count, 0);
    config_free(config);
}

static void expect_time(const char *time, long second) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "deadline: {days: 1, time: %s}", time);
    if (second < 0) {
        expect_error(buffer_string(&text),
                     "c.yml:1:27: \"time\" takes an hour and minute like 23:59, or 23:59:59");
    } else {
        struct config *config = parse_well(buffer_string(&text));
        assert_int_equal(config->deadline.second_of_day, second);
        config_free(config);
    }
    buffer_release(&text);
}

static void times_of_day(void **state) {
    (void)state;
    expect_time("23:59:59", 86399);
    expect_time("\"23:59\"", 86399);
    expect_time("23:59", 86399);
    expect_time("12:00:00", 43200);
    expect_time("9:05", 9 * 3600 + 5 * 60 + 59);
    expect_time("00:00:00", 0);
    static const char *const bad[] = {
        "25:00",      "24:00",   "12:60", "12:00:60", "12",     "12:0",    "12:00:0", "12:00:000",
        "\"12:00 \"", "12.30",   "-1:00", "012:00",   "noon",   "\"\"",    "[a]",     "11 pm",
        "12:00:00:0", "\"12:\"", "':30'", "{a: b}",   "12:000", "'12:00:'"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_time(bad[i], -1);
}

static void numbers_have_limits(void **state) {
    (void)state;
    static const char *const bad[] = {
        "-1", "1000", "99999999999999999999", "1.5", "010", "ten", "''", "[1]", "0x1", "1_0", "+1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "deadline: {days: 1, extensions: {5: %s}}", bad[i]);
        expect_error(buffer_string(&text),
                     "c.yml:1:37: \"extensions\" takes a whole number from 0 to 999");
        buffer_clear(&text);
        buffer_append_format(&text, "team: {max: %s}", *bad[i] == '1' ? "100" : bad[i]);
        expect_error(buffer_string(&text), "c.yml:1:13: \"max\" takes a whole number from 1 to 99");
        buffer_release(&text);
    }
    expect_error("course: {year: 25}",
                 "c.yml:1:16: \"year\" takes a whole number from 1970 to 9999");
    expect_error("deadline: {days: -1}", "c.yml:1:18: \"days\" takes a whole number from 0 to 999");
    expect_error("team: {min: 0}", "c.yml:1:13: \"min\" takes a whole number from 1 to 99");
    expect_error("team: {min: 4, max: 2}", "c.yml:1:21: \"max\" is less than \"min\"");
}

static void zones_look_like_zones(void **state) {
    (void)state;
    static const char *const good[] = {
        "UTC", "Etc/GMT+8", "America/Argentina/Buenos_Aires", "America/Port-au-Prince",
        "''",  "EST5EDT"};
    static const char *const bad[] = {"/etc/passwd",  "../UTC",       "America/../UTC", "Europe/",
                                      "Europe//Rome", "Los Angeles",  "UTC+7:00",       "5",
                                      "-07:00",       "Europe/.hide", "(PST)"};
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        buffer_clear(&text);
        buffer_append_format(&text, "course: {timezone: %s}", good[i]);
        config_free(parse_well(buffer_string(&text)));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        buffer_clear(&text);
        buffer_append_format(&text, "course: {timezone: %s}", bad[i]);
        expect_error(buffer_string(&text),
                     "c.yml:1:20: \"timezone\" takes a name like America/Los_Angeles or UTC");
    }
    buffer_release(&text);
}

static void mistakes_about_the_course_have_a_place(void **state) {
    (void)state;
    expect_error("schedule: x\n", "c.yml:1:11: this must be lines of \"key: value\"");
    expect_error("schedule:\n  file: x\n",
                 "c.yml:2:3: unknown key \"file\"; known here: files, keys");
    expect_error("schedule:\n  files: [a, /b]\n",
                 "c.yml:2:14: paths begin at the root of the repository, without \"/\" or \"./\" "
                 "before them");
    expect_error("schedule:\n  keys: {day: x}\n",
                 "c.yml:2:10: unknown key \"day\"; known here: date, number, title, lecturer, "
                 "slides, recording, notes");
    expect_error("schedule:\n  keys: {date: [x]}\n", "c.yml:2:16: \"date\" takes text");
    expect_error("roster: {columns: {names: x}}\n", "c.yml:1:9: \"file\" is missing");
    expect_error("roster: {file: ''}\n", "c.yml:1:16: \"file\" is empty");
    expect_error("roster: {file: ../x.csv}\n",
                 "c.yml:1:16: paths begin at the root of the repository, without \"/\", \"./\" or "
                 "\"../\" before them");
    expect_error("roster: {file: x, columns: {name: x}}\n",
                 "c.yml:1:29: unknown key \"name\"; known here: lecture, names, accounts");
    expect_error("roster: {file: x, columns: {names: {a: b}}}\n",
                 "c.yml:1:36: \"names\" takes text or a list of texts");
    expect_error("deadline: {time: 23:59}\n", "c.yml:1:11: \"days\" is missing");
    expect_error("deadline: 10\n", "c.yml:1:11: this must be lines of \"key: value\"");
    expect_error("deadline: {days: 1, extensions: [5]}\n",
                 "c.yml:1:33: \"extensions\" takes lines of \"lecture: days\"");
    expect_error("deadline: {days: 1, extensions: {5: 1, 5: 2}}\n",
                 "c.yml:1:40: \"5\" is given twice");
    expect_error("deadline: {days: 1, extensions: {[5]: 1}}\n",
                 "c.yml:1:34: a lecture is named by its number or its day");
    expect_error("team: {size: 3}\n", "c.yml:1:8: unknown key \"size\"; known here: min, max");
    expect_error("notes: [{files: x, name: '{mon'}]\n",
                 "c.yml:1:26: no form of file names: a brace stands alone in it");
    expect_error("notes: [{files: x, name: '{lecture}.pdf'}]\n",
                 "c.yml:1:26: no form of file names: there is no such place; there are {yyyy}, "
                 "{mm}, {m}, {mon}, {Mon}, {month}, {Month}, {dd}, {d}, {day}, {nn}, {n} and "
                 "{text}");
    expect_error("notes: [{files: x, name: ''}]\n",
                 "c.yml:1:26: no form of file names: it is empty");
}

static void the_last_override_counts(void **state) {
    (void)state;
    struct config *config = parse_well("overrides:\n"
                                       "  - files: ['old/**', a.md]\n"
                                       "    rules: {one: off, two: error}\n"
                                       "  - files: old/x.md\n"
                                       "    rules: {one: warning}\n");
    assert_int_equal(config->override_count, 2);
    static const struct {
        const char *rule, *path;
        enum severity severity;
    } cases[] = {
        {"one", "old/y.md", SEVERITY_OFF},     {"one", "a.md", SEVERITY_OFF},
        {"one", "old/x.md", SEVERITY_WARNING}, {"two", "old/x.md", SEVERITY_ERROR},
        {"two", "b/a.md", SEVERITY_NOTICE},    {"three", "old/x.md", SEVERITY_NOTICE},
        {"on", "old/x.md", SEVERITY_NOTICE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(config_severity(config, slice_of(cases[i].rule), slice_of(cases[i].path),
                                         SEVERITY_NOTICE),
                         cases[i].severity);
    assert_string_equal(config->overrides[1].rules[0].place, "c.yml:5:13");
    config_free(config);
    expect_error("overrides: {}\n", "c.yml:1:12: \"overrides\" takes a list");
    expect_error("overrides: [{files: x}]\n", "c.yml:1:13: \"rules\" is missing");
    expect_error("overrides: [{rules: {a: off}}]\n", "c.yml:1:13: \"files\" is missing");
    expect_error("overrides: [{files: x, rules: {a: loud}}]\n",
                 "c.yml:1:35: a severity is one of: error, warning, notice, off");
    expect_error("overrides: [{files: x, rules: {a: off, a: off}}]\n",
                 "c.yml:1:40: \"a\" is given twice");
    expect_error("overrides: [{files: x, rules: [a]}]\n",
                 "c.yml:1:31: \"rules\" takes lines of \"rule: severity\"");
    expect_error("overrides: [{files: x, rules: {a: off}}, {files: './x', rules: {a: off}}]\n",
                 "c.yml:1:50: paths begin at the root of the repository, without \"/\" or \"./\" "
                 "before them");
}

static void one_document_only(void **state) {
    (void)state;
    static const char *const good[] = {
        "---\nmath: none\n",
        "\xEF\xBB\xBF# x\n%YAML 1.1\n---\nmath: none\n...\n# the end\n\n",
        "%YAML 1.1\n# x\n\n--- # here\nmath: none\n",
        "math: none # ---\n#---\n",
        "course:\n  name: |\n    ---\n    ...\n    x\nmath: none\n",
        "math: none\r\n...\r\n",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct config *config = parse_well(good[i]);
        assert_int_equal(config->math, MATH_NONE);
        config_free(config);
    }
    static const char *const bad[] = {
        "math: none\n\n---\nfail-on: never\n", "---\nx:\n---\n",
        "math: none\n...\n---\nnotes: []\n",   "---\n\n--- {math: none}\n",
        "# x\n--- {math: none}\n---\tx\n",     "math: none\r\n\r\n---\r\n",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_error(bad[i], "c.yml:3:1: a second YAML document; all settings belong in one");
}

/* A bad pattern is shown where it stands; the words are PCRE2's. */
static void bad_headings_have_a_place(void **state) {
    (void)state;
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    static const char text[] = "notes:\n  - files: x\n    sections: [{heading: '(a'}]\n";
    assert_int_equal(config_parse(&config, "c.yml", slice_of(text), &error), STATUS_USAGE);
    assert_memory_equal(error_message(&error), "c.yml:3:26: ", 12);
    assert_null(strstr(error_message(&error) + 5, "c.yml"));
    error_release(&error);
}

static void math_is_a_word_or_a_mapping(void **state) {
    (void)state;
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    assert_int_equal(config_parse(&config, "c.yml",
                                  slice_of("math: {dollars: none, macros: [RR, \\abs]}\n"), &error),
                     OK);
    assert_int_equal(config->math, MATH_NONE);
    assert_int_equal(config->macros.count, 2);
    assert_true(slice_equal_string(config->macros.items[1], "\\abs"));
    config_free(config);
    assert_int_equal(config_parse(&config, "c.yml", slice_of("math: {macros: RR}\n"), &error), OK);
    assert_int_equal(config->math, MATH_SITE);
    assert_int_equal(config->macros.count, 1);
    config_free(config);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_know_both_layouts),
        cmocka_unit_test(every_key_is_read),
        cmocka_unit_test(the_course_is_read),
        cmocka_unit_test(text_and_name_are_copied),
        cmocka_unit_test(empty_required_is_not_from_the_template),
        cmocka_unit_test(mistakes_have_a_place),
        cmocka_unit_test(bad_headings_have_a_place),
        cmocka_unit_test(what_the_course_asks_is_read),
        cmocka_unit_test(what_is_not_said_is_empty),
        cmocka_unit_test(times_of_day),
        cmocka_unit_test(numbers_have_limits),
        cmocka_unit_test(zones_look_like_zones),
        cmocka_unit_test(mistakes_about_the_course_have_a_place),
        cmocka_unit_test(the_last_override_counts),
        cmocka_unit_test(math_is_a_word_or_a_mapping),
        cmocka_unit_test(one_document_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
