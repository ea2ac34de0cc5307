/* The checks, each over files that exist in memory only. */
#include "review_fixture.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define NOTE     "_posts/2025-01-08-lecture-02.md"
#define TEMPLATE "_posts/2025-01-01-template.md"

static const char config[] = "notes:\n"
                             "  - files: '_posts/*.md'\n"
                             "    template: '_posts/*template*.md'\n"
                             "    metadata: {optional: abstract}\n"
                             "    assets: ['assets/img/{nn}/', 'assets/{stem}.bib']\n"
                             "allow: ['allowed/**']\n";

static void expect_note(const char *rules, const char *text, const char *expected) {
    expect_review(rules, config, NULL, FILES(NOTE, text), expected);
}

/* With the messages, and with the file in them. */
static void expect_messages(const char *rules, const char *path, const char *text,
                            const char *expected) {
    struct side_files head = side_of(FILES(path, text));
    char *found = review_of(&(struct review_request){
        .rules = rules, .config = config, .head = &head, .messages = true});
    assert_string_equal(found, expected);
    free(found);
}

#define PATTERN(scope, parameters)                                                                 \
    RULE("p", "any", "  check: pattern\n  scope: " scope "\n  " parameters "\n")
#define FOUND(line, value) "introduced p " NOTE ":" line " " value "\n"

static const char mixed[] = "---\n"
                            "title: XX1\n"
                            "---\n"
                            "# XX2 title\n"
                            "\n"
                            "Text XX3 `XX4` [link XX5](XX6.md)\n"
                            "<!-- XX7 -->\n"
                            "\n"
                            "```\n"
                            "XX8\n"
                            "```\n";

static void pattern_scopes(void **state) {
    (void)state;
    expect_note(PATTERN("file", "forbid: 'XX\\d'"), mixed,
                FOUND("2", "XX1") FOUND("4", "XX2") FOUND("6", "XX3") FOUND("6", "XX4")
                    FOUND("6", "XX5") FOUND("6", "XX6") FOUND("7", "XX7") FOUND("10", "XX8"));
    expect_note(PATTERN("outside-code", "forbid: 'XX\\d'"), mixed,
                FOUND("2", "XX1") FOUND("4", "XX2") FOUND("6", "XX3") FOUND("6", "XX5")
                    FOUND("6", "XX6") FOUND("7", "XX7"));
    expect_note(PATTERN("prose", "forbid: 'XX\\d'"), mixed,
                FOUND("4", "XX2") FOUND("6", "XX3") FOUND("6", "XX5"));
    expect_note(PATTERN("headings", "forbid: 'XX\\d'"), mixed, FOUND("4", "XX2"));
    expect_note(PATTERN("front-matter", "forbid: 'XX\\d'"), mixed, FOUND("2", "XX1"));
    expect_note(PATTERN("formulas", "forbid: '\\w\\d'"),
                "---\ntitle: x\n---\na1 $$ b1 $$ `$$ c1 $$`\n<d-math>d1</d-math>\n\n$$\ne1\n$$\n",
                FOUND("4", "b1") FOUND("5", "d1") FOUND("8", "e1"));
    expect_note(PATTERN("indented-code", "forbid: '\\w\\d'"),
                "---\ntitle: x\n---\na1\n\n    b1 b2\n    b3\n\n- a2\n\n      a3\n\n        c1\n",
                FOUND("6", "b1") FOUND("11", "a3"));
    expect_note(PATTERN("path", "forbid: 'lecture-\\d+'"), mixed,
                "introduced p " NOTE " lecture-02\n");
}

static void required_patterns(void **state) {
    (void)state;
    static const char *const scopes[] = {
        PATTERN("file", "require: 'XX8'"),           PATTERN("outside-code", "require: 'XX7'"),
        PATTERN("prose", "require: 'XX3'"),          PATTERN("headings", "require: '^XX2 title$'"),
        PATTERN("front-matter", "require: '^XX1$'"), PATTERN("path", "require: '^_posts/'")};
    static const char *const none[] = {
        PATTERN("file", "require: 'XX9'"),         PATTERN("outside-code", "require: 'XX8'"),
        PATTERN("prose", "require: 'XX4'"),        PATTERN("headings", "require: 'XX3'"),
        PATTERN("front-matter", "require: 'XX2'"), PATTERN("path", "require: 'XX'")};
    static const char *const values[] = {"XX9", "XX8", "XX4", "XX3", "XX2", "XX"};
    for (size_t i = 0; i < 6; i++) {
        struct buffer expected = BUFFER_EMPTY;
        expect_note(scopes[i], mixed, "");
        buffer_append_format(&expected, "introduced p " NOTE " %s\n", values[i]);
        expect_note(none[i], mixed, buffer_string(&expected));
        buffer_release(&expected);
    }
}

static void path_scope_needs_no_content(void **state) {
    (void)state;
    expect_review(PATTERN("path", "forbid: '[A-Z ]'"), config, NULL,
                  FILES("a b.png", "x", "C.pdf", "x", "d.png", "x"),
                  "introduced p C.pdf C\nintroduced p a b.png  \n");
}

static void empty_matches_are_found_once(void **state) {
    (void)state;
    expect_note(PATTERN("file", "forbid: '(?=b)'"), "a\xC3\xA9 b\nb\n",
                FOUND("1", "") FOUND("2", ""));
    /* Never inside a character. */
    expect_note(PATTERN("file", "forbid: 'q*'"), "\xC3\xA9", FOUND("1", "") FOUND("1", ""));
}

static void keys_narrow_the_front_matter(void **state) {
    (void)state;
    static const char text[] = "---\n"
                               "title: XX\n"
                               "authors:\n"
                               "  - name: XX\n"
                               "    url: XX\n"
                               "tags: [a, XX]\n"
                               "---\n";
    expect_note(PATTERN("front-matter", "forbid: XX\n  keys: [title, authors.url]"), text,
                FOUND("2", "XX") FOUND("5", "XX"));
    expect_note(PATTERN("front-matter", "forbid: XX\n  except-keys: [title, authors.url]"), text,
                FOUND("4", "XX") FOUND("6", "XX"));
    expect_note(PATTERN("front-matter", "forbid: XX\n  keys: [authors]"), text, "");
    expect_note(PATTERN("front-matter", "forbid: XX\n  keys: [tags]\n  except-keys: [tags]"), text,
                "");
}

static void values_are_texts_of_their_own(void **state) {
    (void)state;
    static const char rule[] = PATTERN("front-matter", "forbid: '^XX$'");
    expect_note(rule, "---\na: XX\nb: 'XX'\nc: \"XX\"\nd: x XX\ne: [XX, {f: XX}]\n---\n",
                FOUND("2", "XX") FOUND("3", "XX") FOUND("4", "XX") FOUND("6", "XX")
                    FOUND("6", "XX"));
    expect_note(rule, "---\na: \"X\\x58\"\nb: |\n  XX\nc:\nd: \"\"\n---\n",
                FOUND("2", "XX") FOUND("4", "XX"));
}

static void broken_front_matter_is_searched_by_lines(void **state) {
    (void)state;
    static const char broken[] = "---\n"
                                 "title: Lecture: XX\n"
                                 "  - name: XX # XX\n"
                                 "date: XX\n"
                                 "XX\n"
                                 "---\n"
                                 "XX\n";
    expect_note(PATTERN("front-matter", "forbid: XX"), broken,
                FOUND("2", "XX") FOUND("3", "XX") FOUND("4", "XX") FOUND("5", "XX"));
    expect_note(PATTERN("front-matter", "forbid: '^XX$'\n  except-keys: [date]"), broken,
                FOUND("3", "XX") FOUND("5", "XX"));
}

/* --- Messages --------------------------------------------------------------------------------- */

static void message_places(void **state) {
    (void)state;
    static const char rule[] =
        RULE_WITH("p", "error", "any", "  check: pattern\n  scope: file\n  forbid: '(?s)a.*b'\n",
                  "\"{value}\" in {file}{key}; {{ ''/x'' | relative_url }} {{value}} { value }");
    expect_messages(rule, "x.txt", "a\r\n\tb",
                    "introduced p x.txt:1 a\r\n\tb | \"a  b\" in x.txt; "
                    "{{ '/x' | relative_url }} {{value}} { value }\n");
}

static void long_values_are_cut_between_characters(void **state) {
    (void)state;
    static const char rule[] = RULE_WITH(
        "p", "error", "any", "  check: pattern\n  scope: file\n  forbid: '\\S+'\n", "{value}|");
    for (size_t shift = 0; shift < 3; shift++) {
        struct buffer text = BUFFER_EMPTY, expected = BUFFER_EMPTY;
        for (size_t i = 0; i < shift; i++)
            buffer_append_byte(&text, 'x');
        while (text.size < 150)
            buffer_append_string(&text, "\xE2\x82\xAC");
        size_t kept = shift + (120 - shift) / 3 * 3;
        buffer_append_format(&expected, "introduced p x.txt:1 %s | %.*s…|\n", buffer_string(&text),
                             (int)kept, buffer_string(&text));
        expect_messages(rule, "x.txt", buffer_string(&text), buffer_string(&expected));
        buffer_release(&text);
        buffer_release(&expected);
    }
}

/* --- Front matter -------------------------------------------------------------------------------
 */

#define KEYS RULE("k", "notes", "  check: front-matter\n  finds: key-missing\n")

static void required_keys_come_from_the_template(void **state) {
    (void)state;
    static const char model[] = "---\n"
                                "title: Template\n"
                                "authors: [{name: A}]\n"
                                "abstract: optional\n"
                                "? [odd]\n"
                                ": key\n"
                                "---\n";
    expect_review(KEYS, config, NULL,
                  FILES(TEMPLATE, model, NOTE, "---\ntitle: x\nauthors:\n  - name:\n---\n"),
                  "introduced k " NOTE ":4 authors.name\n");
    expect_review(KEYS, config, NULL, FILES(TEMPLATE, model, NOTE, "---\ntitle: ' '\n---\n"),
                  "introduced k " NOTE ":1 authors\nintroduced k " NOTE ":2 title\n");
    expect_review(KEYS, config, NULL, FILES(NOTE, "---\nlayout: x\n---\n"),
                  "introduced k " NOTE ":1 title\n");
}

static void configured_keys_win(void **state) {
    (void)state;
    static const char required[] = "notes: [{files: '_posts/*.md', template: '_posts/*template*', "
                                   "metadata: {required: [editors]}}]";
    expect_review(
        KEYS, required, NULL,
        FILES(TEMPLATE, "---\ntitle: Template\nauthors: x\n---\n", NOTE, "---\na: b\n---\n"),
        "introduced k " NOTE ":1 editors\n");
    static const char none[] = "notes: [{files: '_posts/*.md', metadata: {required: []}}]";
    expect_review(KEYS, none, NULL, FILES(NOTE, "---\na: b\n---\n"), "");
    /* Front matter that isn't there or can't be read has no keys to miss. */
    expect_review(KEYS, required, NULL, FILES(NOTE, "no front matter\n"), "");
    expect_review(KEYS, required, NULL, FILES(NOTE, "---\na: b: c\n---\n"), "");
}

static void keys_given_twice(void **state) {
    (void)state;
    static const char rule[] = RULE("t", "markdown", "  check: front-matter\n  finds: key-twice\n");
    expect_note(rule, "---\na: 1\nb: {c: 1, c: 2}\na: 2\na: 3\nd: [{c: 1}, {c: 1}]\n---\n",
                "introduced t " NOTE ":3 c\nintroduced t " NOTE ":4 a\n"
                "introduced t " NOTE ":5 a\n");
}

/* --- Title and date -----------------------------------------------------------------------------
 */

static void title_and_date_agree_with_the_name(void **state) {
    (void)state;
    static const char rules[] = RULE("date", "notes", "  check: title\n  finds: date\n")
        RULE("number", "notes", "  check: title\n  finds: number\n");
    expect_note(rules, "---\ntitle: \"Lecture 2: x\"\ndate: 2025-1-8 10:00\n---\n", "");
    expect_note(rules, "---\ntitle: \"Lecture 12: x\"\ndate: 2025-01-09\n---\n",
                "introduced number " NOTE ":2 Lecture 12: x\n"
                "introduced date " NOTE ":3 2025-01-09\n");
    expect_note(rules, "---\ntitle: [Lecture 3: x]\ndate: [2025]\n---\n",
                "introduced number " NOTE ":2 [Lecture 3: x]\n"
                "introduced date " NOTE ":3 [2025]\n");
    expect_note(rules, "---\ntitle: Storage\ndate:\n---\n", "");
    expect_note(rules, "no front matter\n", "");
}

/* --- Sections -----------------------------------------------------------------------------------
 */

static void required_sections(void **state) {
    (void)state;
    static const char rules[] = RULE("empty", "notes", "  check: sections\n  finds: empty\n")
        RULE("missing", "notes", "  check: sections\n  finds: missing\n");
    static const char wanted[] =
        "notes: [{files: '_posts/*.md', sections: [{heading: 'Summ'}, {heading: '^Refs$'}]}]";
    expect_review(rules, wanted, NULL, FILES(NOTE, "# A SUMMARY\n\nText\n\n## Refs\n\nx\n"), "");
    expect_review(rules, wanted, NULL, FILES(NOTE, "# Summary\n\n# Reference\n"),
                  "introduced missing " NOTE " ^Refs$\nintroduced empty " NOTE ":1 Summary\n");
    /* One of several with text is enough. */
    expect_review(rules, wanted, NULL, FILES(NOTE, "# Summary\n\n# Summary\n\nx\n\n# Refs\n\nx\n"),
                  "");
    expect_review(rules, wanted, NULL, FILES(NOTE, "# Summary\n\n## Deeper\n\nx\n\n# Refs\n\nx\n"),
                  "");
}

/* --- Images --------------------------------------------------------------------------------------
 */

static void images(void **state) {
    (void)state;
    static const char rules[] =
        RULE("case", "markdown", "  check: image-exists\n  finds: wrong-case\n")
            RULE("missing", "markdown", "  check: image-exists\n  finds: missing\n");
    expect_review(rules, config, NULL,
                  FILES("index.md", "![a](/i/A.png) ![b](i/a.PNG) ![c](i/c.png) ![d]({{ x }})\n",
                        "i/A.png", "x"),
                  "introduced case index.md:1 i/a.PNG\nintroduced missing index.md:1 i/c.png\n");
    /* On its own side: what the head brings is not missing there. */
    expect_review(rules, config, FILES("index.md", "![a](/i/a.png)\n"),
                  FILES("index.md", "![a](/i/a.png)\n\nmore\n", "i/a.png", "x"),
                  "fixed missing index.md:1 i/a.png\n");
    expect_review(rules, config, FILES("index.md", "![a](/i/a.png)\n", "i/a.png", "x"),
                  FILES("index.md", "![a](/i/a.png)\n\nmore\n"),
                  "introduced missing index.md:1 i/a.png\n");
}

/* --- Template text
 * -------------------------------------------------------------------------------- */

static void template_text(void **state) {
    (void)state;
    static const char rules[] =
        RULE("meta", "notes",
             "  check: template-text\n  scope: front-matter\n  keys: [title, authors]\n")
            RULE("text", "notes", "  check: template-text\n  scope: prose\n");
    static const char model[] = "---\n"
                                "title: Title here\n"
                                "authors: [{name: Author One, url: x}]\n"
                                "other: same\n"
                                "---\n"
                                "Write what the lecture was about, in your words.\n\n"
                                "Short text.\n";
    static const char note[] = "---\n"
                               "title: ' Title here '\n"
                               "authors:\n"
                               "  - {name: B, url: x}\n"
                               "  - {name: Author One}\n"
                               "other: same\n"
                               "---\n"
                               "Write what the lecture\n  was about, in your words.\n\n"
                               "Short text.\n";
    expect_review(rules, config, NULL, FILES(TEMPLATE, model, NOTE, note),
                  "introduced meta " NOTE ":2 Title here\n"
                  "introduced meta " NOTE ":5 Author One\n"
                  "introduced text " NOTE ":8 " TEMPLATE "\n");
    expect_review(rules, config, NULL, FILES(NOTE, note), "");
}

/* One finding for a file, with the lines of the first ones; it stays while one is left. */
static void template_text_is_told_once(void **state) {
    (void)state;
    static const char rules[] =
        RULE_WITH("text", "error", "notes", "  check: template-text\n  scope: prose\n",
                  "{template} {value}{more}");
    static const char model[] = "---\ntitle: x\n---\n"
                                "The first line of the template.\n\n"
                                "And another line of the template.\n";
    static const char one[] = "The first line of the template.\n";
    static const char two[] = "And another line of the template.\n\nMine.\n\n"
                              "The first line of the template.\n";
    static const char many[] = "The first line of the template. `code` And another line of the "
                               "template.\n\n" /* one line */
                               "And another line of the template.\n\n"
                               "The first line of the template.\n\n"
                               "And another line of the template.\n\n"
                               "The first line of the template.\n\n"
                               "The first line of the template.\n\n"
                               "And another line of the template.\n\n"
                               "The first line of the template.\n";
    static const struct {
        const char *text, *more;
    } cases[] = {
        {one, ":1 " TEMPLATE " | " TEMPLATE " The first line of the template.\n"},
        {two, ":1 " TEMPLATE " | " TEMPLATE " And another line of the template.; also in line 5\n"},
        {many, ":1 " TEMPLATE " | " TEMPLATE " The first line of the template.; also in "
               "lines 3, 5, 7, 9, 11 and 2 more\n"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct side_files head = side_of(FILES(TEMPLATE, model, NOTE, cases[i].text));
        char *said = review_of(&(struct review_request){
            .rules = rules, .config = config, .head = &head, .messages = true});
        assert_string_equal(said + strlen("introduced text " NOTE), cases[i].more);
        free(said);
    }
    expect_review(rules, config, FILES(TEMPLATE, model, NOTE, many),
                  FILES(TEMPLATE, model, NOTE, two), "carried text " NOTE ":1 " TEMPLATE "\n");
}

/* --- Paths
 * ------------------------------------------------------------------------------------------ */

static void paths(void **state) {
    (void)state;
    static const char rules[] =
        RULE("junk", "any", "  check: paths\n  forbid: ['**/.DS_Store', '*.tmp']\n")
            RULE("place", "any",
                 "  check: paths\n  only-in: '_posts/**'\n  only: '_posts/**.{md,markdown}'\n");
    expect_review(rules, config, NULL,
                  FILES(".DS_Store", "x", "_posts/a.md", "x", "_posts/b.txt", "x", "a.tmp", "x",
                        "b/.DS_Store", "x", "b/c.tmp", "x"),
                  "introduced junk .DS_Store .DS_Store\n"
                  "introduced place _posts/b.txt _posts/b.txt\n"
                  "introduced junk a.tmp a.tmp\n"
                  "introduced junk b/.DS_Store b/.DS_Store\n");
}

/* --- Change scope
 * -------------------------------------------------------------------------------------- */

static const char scope[] = RULE("outside", "any", "  check: change-scope\n  finds: outside\n")
    RULE("template", "any", "  check: change-scope\n  finds: template\n");

#define MODEL "---\ntitle: Template\n---\nText of the template.\n"
#define BODY  "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"

static void only_changes_with_a_note_have_a_scope(void **state) {
    (void)state;
    expect_review(scope, config, FILES("_config.yml", "a: b"), FILES("_config.yml", "a: c"), "");
    expect_review(scope, config, FILES("_config.yml", "a: b"),
                  FILES("_config.yml", "a: c", NOTE, "x"),
                  "introduced outside _config.yml _config.yml\n");
    expect_review(scope, config, FILES("README.md", "x"),
                  FILES("README.md", "x", NOTE, "x", "assets/img/02/a/b.png", "x",
                        "assets/2025-01-08-lecture-02.bib", "x", "allowed/x", "x",
                        "assets/img/03/a.png", "y", "assets/other.bib", "z"),
                  "introduced outside assets/img/03/a.png assets/img/03/a.png\n"
                  "introduced outside assets/other.bib assets/other.bib\n");
    /* Without a comparison there is no change. */
    expect_review(scope, config, NULL, FILES("_config.yml", "x", NOTE, "x"), "");
}

static void renamed_away_is_outside_too(void **state) {
    (void)state;
    expect_review(scope, config, FILES("assets/logo.svg", BODY),
                  FILES(NOTE, "x", "assets/img/02/logo.svg", BODY),
                  "introduced outside assets/logo.svg assets/logo.svg\n");
    /* A note takes its own along when it gets another name. */
    expect_review(
        scope, config,
        FILES("_posts/2025-01-08-lecture-03.md", "a\n" BODY, "assets/img/03/plot.svg", BODY),
        FILES(NOTE, "a\n" BODY, "assets/img/02/plot.svg", BODY), "");
}

static void template_and_what_belongs_to_it(void **state) {
    (void)state;
    static const char bib[] = "assets/2025-01-01-template.bib";
    expect_review(scope, config, FILES(TEMPLATE, MODEL, bib, "a"),
                  FILES(TEMPLATE, MODEL "more\n", bib, "b"),
                  "introduced template " TEMPLATE " " TEMPLATE "\n"
                  "introduced template assets/2025-01-01-template.bib "
                  "assets/2025-01-01-template.bib\n");
    /* What only its folder may be is not: {nn} is not known of it. */
    expect_review(scope, config, FILES(TEMPLATE, MODEL, "assets/img/07/a.png", "a"),
                  FILES(TEMPLATE, MODEL, "assets/img/07/a.png", "b"), "");
    /* Renamed, deleted, only blanks. */
    expect_review(scope, config, FILES(TEMPLATE, MODEL BODY), FILES(NOTE, MODEL BODY),
                  "introduced template " TEMPLATE " " TEMPLATE "\n");
    expect_review(scope, config, FILES(TEMPLATE, MODEL, "x", "y"), FILES("x", "y"),
                  "introduced template " TEMPLATE " " TEMPLATE "\n");
    expect_review(scope, config, FILES(TEMPLATE, MODEL), FILES(TEMPLATE, MODEL "\n\n"), "");
}

#define WORDS(text) RULE("w", "notes", "  check: words\n  words: " text "\n")

/* A heading takes "{#id}" behind a blank, with a letter first; kramdown prints all else. */
static void names_of_headings(void **state) {
    (void)state;
    static const struct {
        const char *heading;
        bool printed;
    } cases[] = {{"## A {#id}", false}, {"## A {#a:b_1-2}", false}, {"## A{#id}", true},
                 {"## A {#1}", true},   {"## A {#a b}", true},      {"## A {#a.b}", true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer text = BUFFER_EMPTY, expected = BUFFER_EMPTY;
        const char *braces = strchr(cases[i].heading, '{');
        buffer_append_format(&text, "Text.\n\n%s\n\nText.\n", cases[i].heading);
        if (cases[i].printed)
            buffer_append_format(&expected, "introduced p " NOTE ":3 %s\n", braces);
        expect_note(RULE("p", "any", "  check: printed-markup\n  finds: attribute-list\n"),
                    buffer_string(&text), buffer_string(&expected));
        buffer_release(&text);
        buffer_release(&expected);
    }
}

static void listed_words(void **state) {
    (void)state;
    static const char list[] = WORDS(">\n    teh adress{,es,ing} ALOT\n    seperat{e,ely}");
    expect_review(list, config, NULL,
                  FILES(NOTE, "teh Teh TEH te tehs a_teh teh2 2teh teh. (teh)\n"
                              "adress addresses ADRESSING adressed alot\n"
                              "seperat seperate seperately `teh` $$ teh $$\n"),
                  "introduced w " NOTE ":1 teh\n"
                  "introduced w " NOTE ":1 Teh\n"
                  "introduced w " NOTE ":1 TEH\n"
                  "introduced w " NOTE ":1 teh\n"
                  "introduced w " NOTE ":1 teh\n"
                  "introduced w " NOTE ":2 adress\n"
                  "introduced w " NOTE ":2 ADRESSING\n"
                  "introduced w " NOTE ":2 alot\n"
                  "introduced w " NOTE ":3 seperate\n"
                  "introduced w " NOTE ":3 seperately\n");
}

/* Letters of other scripts go on a word, punctuation beside it does not. */
static void borders_of_listed_words(void **state) {
    (void)state;
    expect_review(WORDS("[teh, alot]"), config, NULL,
                  FILES(NOTE, "\xC3\xA9teh teh\xC3\xA9 teh\xC3\x97 \xE2\x80\x9Cteh\xE2\x80\x9D\n"
                              "teh\xFF \xFFteh\n"
                              "alot"),
                  "introduced w " NOTE ":1 teh\n"
                  "introduced w " NOTE ":1 teh\n"
                  "introduced w " NOTE ":2 teh\n"
                  "introduced w " NOTE ":2 teh\n"
                  "introduced w " NOTE ":3 alot\n");
}

#define FIGURE(number)     "<figure><figcaption>Figure " number "</figcaption></figure>\n"
#define NUMBERS            RULE("n", "any", "  check: note-figures\n  finds: number-twice\n")
#define TWICE(line, value) "introduced n " NOTE ":" line " Figure " value "\n"

static void figures_with_one_number(void **state) {
    (void)state;
    expect_note(NUMBERS, FIGURE("1: a") FIGURE("1: b") FIGURE("2: c") FIGURE("2: d"),
                TWICE("2", "1") TWICE("4", "2"));
    expect_note(NUMBERS,
                FIGURE("1: a") FIGURE("2: b") FIGURE("3: c") FIGURE("3: d") FIGURE("4: e")
                    FIGURE("4: f"),
                TWICE("4", "3") TWICE("6", "4"));
    expect_note(NUMBERS, FIGURE("1: a") FIGURE("1: b") FIGURE("1: c"), TWICE("2", "1"));
    expect_note(NUMBERS, FIGURE("1: a") FIGURE("2: b") FIGURE("1: c") FIGURE("2: d"),
                TWICE("3", "1") TWICE("4", "2"));
    expect_note(NUMBERS,
                FIGURE("1: a") FIGURE("2: b") "\n## Part\n\n" FIGURE("1: c") FIGURE("2: d")
                    FIGURE("2: e"),
                TWICE("8", "2"));
    expect_note(NUMBERS, FIGURE("1: a") FIGURE("2: b") "\n## Part\n\n" FIGURE("1: c"),
                TWICE("6", "1"));
    expect_note(NUMBERS, FIGURE("1: a") FIGURE("1 of B") FIGURE("1 (left): c") FIGURE("1a: d"), "");
}

static void ids_are_told_once(void **state) {
    (void)state;
    expect_note(RULE("i", "any", "  check: markup\n  finds: id-twice\n"),
                "<b id=\"x\">a</b> <b id=\"y\">b</b>\n"
                "<b id=\"y\">c</b>\n"
                "<b id=\"x\">d</b>\n"
                "<b id=\"x\">e</b> <b id=\"z\">f</b>\n",
                "introduced i " NOTE ":2 y\nintroduced i " NOTE ":3 x\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pattern_scopes),
        cmocka_unit_test(required_patterns),
        cmocka_unit_test(path_scope_needs_no_content),
        cmocka_unit_test(empty_matches_are_found_once),
        cmocka_unit_test(keys_narrow_the_front_matter),
        cmocka_unit_test(values_are_texts_of_their_own),
        cmocka_unit_test(broken_front_matter_is_searched_by_lines),
        cmocka_unit_test(message_places),
        cmocka_unit_test(long_values_are_cut_between_characters),
        cmocka_unit_test(required_keys_come_from_the_template),
        cmocka_unit_test(configured_keys_win),
        cmocka_unit_test(keys_given_twice),
        cmocka_unit_test(title_and_date_agree_with_the_name),
        cmocka_unit_test(required_sections),
        cmocka_unit_test(images),
        cmocka_unit_test(template_text),
        cmocka_unit_test(template_text_is_told_once),
        cmocka_unit_test(paths),
        cmocka_unit_test(only_changes_with_a_note_have_a_scope),
        cmocka_unit_test(renamed_away_is_outside_too),
        cmocka_unit_test(template_and_what_belongs_to_it),
        cmocka_unit_test(names_of_headings),
        cmocka_unit_test(listed_words),
        cmocka_unit_test(borders_of_listed_words),
        cmocka_unit_test(figures_with_one_number),
        cmocka_unit_test(ids_are_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
