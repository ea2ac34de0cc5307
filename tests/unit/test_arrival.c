#include "base/memory.h"
#include "course/arrival.h"
#include "git/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const files[][2] = {
    {"Gemfile", "gem \"jekyll\""},
    {"assets/a.pdf", "x"},
    {"assets/b c.pdf", "x"},
    {"assets/Case.PDF", "x"},
    {"assets/it's.pdf", "x"},
    {"assets/main.scss", "---\n---\n"},
    {"assets/more/d.pdf", "x"},
    {"docs/index.html", "static"},
    {"notes/index.md", "---\n---\n"},
    {"about.md", "---\n---\n"},
    {"plain.md", "no front matter"},
    {"_priv/p.pdf", "x"},
    {"_col/img/x.png", "x"},
    {"_col/one.md", "---\n---\n"},
    {"_quiet/one.md", "---\n---\n"},
    {"index.md", "---\n---\n{% for m in site.mods %}{{ m }}{% endfor %}"},
    {"all.md", "---\n---\n{% for m in site.mods %}{{ m }}{% endfor %}"},
};

struct made_site {
    struct repository *repository;
    struct snapshot *snapshot;
    struct site site;
};

static void make(struct made_site *made, const char *baseurl) {
    struct scratch_file all[COUNT_OF(files) + 1];
    struct error error = ERROR_NONE;
    struct buffer config = BUFFER_EMPTY;
    buffer_append_format(&config,
                         "baseurl: '%s'\npermalink: pretty\ncollections:\n  col: {output: true}\n"
                         "  quiet:\n  mods:\n",
                         baseurl);
    all[0] = (struct scratch_file){slice_of("_config.yml"), buffer_slice(&config)};
    for (size_t i = 0; i < COUNT_OF(files); i++)
        all[i + 1] = (struct scratch_file){slice_of(files[i][0]), slice_of(files[i][1])};
    assert_int_equal(scratch_open(&made->repository, &error), OK);
    assert_int_equal(
        scratch_snapshot(&made->snapshot, made->repository, all, COUNT_OF(all), &error), OK);
    site_read(&made->site, made->snapshot);
    buffer_release(&config);
}

static void drop(struct made_site *made) {
    site_release(&made->site);
    snapshot_close(made->snapshot);
    repository_close(made->repository);
}

struct follow_case {
    const char *path, *destination;
    enum arrival_kind kind;
    const char *target, *spelling; /* NULL: any */
};

static void assert_case(const struct made_site *made, const struct follow_case *expected) {
    struct document_options options = {false};
    struct buffer text = BUFFER_EMPTY;
    struct arena arena = ARENA_EMPTY;
    buffer_append_format(&text, "---\n---\n[x](%s)\n", expected->destination);
    struct document *document =
        document_read(slice_of(expected->path), buffer_slice(&text), &options);
    assert_int_equal(document->link_count, 1);
    struct landing landing = site_land(&made->site, made->snapshot, document, &arena);
    struct arrival arrival =
        site_follow(&made->site, made->snapshot, document, &landing, &document->links[0], &arena);
    if (arrival.kind != expected->kind)
        fail_msg("%s in %s: %d, not %d", expected->destination, expected->path, arrival.kind,
                 expected->kind);
    if (expected->target && !slice_equal_string(arrival.target, expected->target))
        fail_msg("%s in %s leads to %.*s", expected->destination, expected->path,
                 SLICE_ARGUMENTS(arrival.target));
    if (expected->spelling && !slice_equal_string(arrival.spelling, expected->spelling))
        fail_msg("%s in %s is to be written %.*s", expected->destination, expected->path,
                 SLICE_ARGUMENTS(arrival.spelling));
    document_free(document);
    buffer_release(&text);
    arena_release(&arena);
}

static void assert_cases(const char *baseurl, const struct follow_case *cases, size_t count) {
    struct made_site made;
    make(&made, baseurl);
    for (size_t i = 0; i < count; i++)
        assert_case(&made, &cases[i]);
    drop(&made);
}

static void links_are_followed_from_where_the_page_lands(void **state) {
    (void)state;
    static const struct follow_case cases[] = {
        {"index.md", "assets/a.pdf", ARRIVAL_FINE, "assets/a.pdf", NULL},
        {"index.md", "assets/b c.pdf", ARRIVAL_FINE, "assets/b c.pdf", NULL},
        {"index.md", "assets/b%20c.pdf#page=2", ARRIVAL_FINE, "assets/b c.pdf", NULL},
        {"about.md", "../assets/a.pdf", ARRIVAL_FINE, "assets/a.pdf", NULL},
        {"about.md", "assets/a.pdf", ARRIVAL_MISPLACED, "assets/a.pdf",
         "{{ '/assets/a.pdf' | relative_url }}"},
        {"about.md", "assets/a.pdf#p", ARRIVAL_MISPLACED, "assets/a.pdf",
         "{{ '/assets/a.pdf' | relative_url }}#p"},
        {"about.md", "assets/it's.pdf", ARRIVAL_MISPLACED, "assets/it's.pdf", "/assets/it's.pdf"},
        {"index.md", "about.md", ARRIVAL_MISPLACED, "about.md", "about/"},
        {"index.md", "plain.md", ARRIVAL_FINE, "plain.md", NULL},
        {"index.md", "assets/case.pdf", ARRIVAL_WRONG_CASE, "assets/case.pdf", "assets/Case.PDF"},
        {"index.md", "assets/none.pdf", ARRIVAL_NOTHING, "assets/none.pdf", NULL},
        {"index.md", "_priv/p.pdf", ARRIVAL_NOTHING, NULL, NULL},
        {"index.md", "assets/more/", ARRIVAL_FOLDER, "assets/more", NULL},
        {"index.md", "docs", ARRIVAL_FINE, NULL, NULL},
        {"index.md", "notes/", ARRIVAL_FINE, NULL, NULL},
        {"index.md", "about", ARRIVAL_FINE, NULL, NULL},
        {"index.md", "about/index.html", ARRIVAL_FINE, NULL, NULL},
        {"index.md", "assets/main.css", ARRIVAL_FINE, NULL, NULL},
        {"index.md", "col/img/x.png", ARRIVAL_FINE, NULL, NULL},
        {"index.md", "col/one/", ARRIVAL_FINE, NULL, NULL},
        {"index.md", "../../assets/a.pdf", ARRIVAL_FINE, "assets/a.pdf", NULL},
        {"index.md", "https://example.org/none.pdf", ARRIVAL_UNKNOWN, NULL, NULL},
        {"index.md", "{{ page.file }}", ARRIVAL_UNKNOWN, NULL, NULL},
        {"index.md", "#part", ARRIVAL_UNKNOWN, NULL, NULL},
        {"_col/one.md", "../../assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        {"_posts/2020-03-04-a.md", "../../../../assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        {"_posts/2020-03-04-a.md", "../assets/a.pdf", ARRIVAL_MISPLACED, "assets/a.pdf",
         "{{ '/assets/a.pdf' | relative_url }}"},
        {"_posts/2020-03-04-a.md", "{{ 'assets/a.pdf' | relative_url }}", ARRIVAL_FINE, NULL, NULL},
    };
    assert_cases("", cases, COUNT_OF(cases));
}

static void pasted_links_must_be_right_on_every_page(void **state) {
    (void)state;
    static const struct follow_case cases[] = {
        {"_mods/1.md", "{{ 'assets/a.pdf' | relative_url }}", ARRIVAL_FINE, NULL, NULL},
        {"_mods/1.md", "/assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        {"_mods/1.md", "assets/a.pdf", ARRIVAL_MISPLACED, "assets/a.pdf",
         "{{ '/assets/a.pdf' | relative_url }}"},
        {"_mods/1.md", "../assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        /* Nobody pastes it: what may be meant is followed. */
        {"_quiet/one.md", "assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        {"_quiet/one.md", "../assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        {"_quiet/one.md", "assets/none.pdf", ARRIVAL_NOTHING, NULL, NULL},
        {"_quiet/one.md", "assets/case.pdf", ARRIVAL_WRONG_CASE, NULL, "assets/Case.PDF"},
    };
    assert_cases("", cases, COUNT_OF(cases));
}

static void baseurl_is_asked_for(void **state) {
    (void)state;
    static const struct follow_case cases[] = {
        {"index.md", "/assets/a.pdf", ARRIVAL_BASEURL_DROPPED, "assets/a.pdf", "assets/a.pdf"},
        {"about.md", "/assets/a.pdf#p", ARRIVAL_BASEURL_DROPPED, "assets/a.pdf",
         "{{ '/assets/a.pdf' | relative_url }}#p"},
        {"about.md", "/assets/it's.pdf", ARRIVAL_BASEURL_DROPPED, NULL, "/c/assets/it's.pdf"},
        {"about.md", "/notes/", ARRIVAL_BASEURL_DROPPED, "notes", NULL},
        {"about.md", "/", ARRIVAL_BASEURL_DROPPED, "", NULL},
        {"about.md", "/none.pdf", ARRIVAL_NOTHING, "none.pdf", NULL},
        {"about.md", "/c/assets/a.pdf", ARRIVAL_FINE, "assets/a.pdf", NULL},
        {"about.md", "/c", ARRIVAL_FINE, "", NULL},
        {"about.md", "/c/", ARRIVAL_FINE, "", NULL},
        {"about.md", "/cc/assets/a.pdf", ARRIVAL_NOTHING, "cc/assets/a.pdf", NULL},
        {"about.md", "{{ site.baseurl }}/assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        {"about.md", "{{ site.url }}/assets/a.pdf", ARRIVAL_BASEURL_DROPPED, NULL, NULL},
        {"about.md", "{{ '/c/assets/a.pdf' | relative_url }}", ARRIVAL_NOTHING, "c/assets/a.pdf",
         NULL},
        {"about.md", "../assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
        {"about.md", "../../assets/a.pdf", ARRIVAL_MISPLACED, "assets/a.pdf", NULL},
        {"about.md", "../../c/assets/a.pdf", ARRIVAL_FINE, NULL, NULL},
    };
    assert_cases("/c", cases, COUNT_OF(cases));
}

static void only_what_no_build_makes_is_surely_missing(void **state) {
    (void)state;
    static const struct {
        const char *destination;
        bool surely;
    } cases[] = {
        {"/assets/none.pdf", true},
        {"/none.pdf", true},
        {"/none.md", true},
        {"/assets/none", true},
        {"/assets/none.html", true},
        {"/none", false},
        {"/none.html", false},
        {"/feed.xml", false},
        {"/assets/search.json", false},
        {"/robots.txt", false},
        {"/tags/none/", false},
        {"/col/none", true},
        {"none", true},
        {"none.html", true},
        {"tags/none/", true},
        {"/v1.2", false},
        {"/assets/none.css", false},
    };
    struct made_site made;
    make(&made, "");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct document_options options = {false};
        struct arena arena = ARENA_EMPTY;
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "---\n---\n[x](%s)\n", cases[i].destination);
        struct document *document =
            document_read(slice_of("about.md"), buffer_slice(&text), &options);
        struct landing landing = site_land(&made.site, made.snapshot, document, &arena);
        struct arrival arrival =
            site_follow(&made.site, made.snapshot, document, &landing, &document->links[0], &arena);
        assert_int_equal(arrival.kind, ARRIVAL_NOTHING);
        if (arrival.surely != cases[i].surely)
            fail_msg("%s", cases[i].destination);
        document_free(document);
        buffer_release(&text);
        arena_release(&arena);
    }
    drop(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_are_followed_from_where_the_page_lands),
        cmocka_unit_test(pasted_links_must_be_right_on_every_page),
        cmocka_unit_test(baseurl_is_asked_for),
        cmocka_unit_test(only_what_no_build_makes_is_surely_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
