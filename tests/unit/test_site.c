#include "course/site.h"
#include "git/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* "?" for what only a build can tell, "external", or the paths with " | " between. */
static void assert_target(const char *baseurl, const char *page, struct slice destination,
                          const char *expected) {
    struct site site = {.baseurl = slice_of(baseurl)};
    struct arena arena = ARENA_EMPTY;
    struct buffer text = BUFFER_EMPTY;
    struct target target = site_resolve(&site, slice_of(page), destination, &arena);
    if (target.kind == TARGET_FILE)
        for (size_t i = 0; i < target.path_count; i++)
            buffer_append_format(&text, "%s%.*s", i ? " | " : "", SLICE_ARGUMENTS(target.paths[i]));
    else
        buffer_append_string(&text, target.kind == TARGET_EXTERNAL ? "external" : "?");
    assert_string_equal(buffer_string(&text), expected);
    buffer_release(&text);
    arena_release(&arena);
}

struct form {
    const char *destination, *expected;
};

static void assert_forms(const char *baseurl, const struct form *forms) {
    for (; forms->destination; forms++)
        assert_target(baseurl, "_posts/2025-01-08-x.md", slice_of(forms->destination),
                      forms->expected);
}

static void liquid_roots(void **state) {
    (void)state;
    static const struct form forms[] = {
        {"{{ '/a/b.png' | relative_url }}", "a/b.png"},
        {"{{ \"/a/b.png\" | relative_url }}", "a/b.png"},
        {"{{ 'a/b.png' | relative_url }}", "a/b.png"},
        {"{{'/a/b.png'|relative_url}}", "a/b.png"},
        {"{{- '/a/b.png' | relative_url -}}", "a/b.png"},
        {"{{ '/a/b.png' | absolute_url }}", "a/b.png"},
        {"{{ '/a/b.png' | prepend: site.baseurl }}", "a/b.png"},
        {"{{ '/a/b.png' | prepend: site.baseurl | prepend: site.url }}", "a/b.png"},
        {"{{ '/a/' | relative_url }}b.png", "a/b.png"},
        {"{{ site.baseurl }}/a/b.png", "a/b.png"},
        {"{{site.baseurl}}/a/b.png", "a/b.png"},
        {"{{ site.url }}{{ site.baseurl }}/a/b.png", "a/b.png"},
        {"{{ site.url | append: site.baseurl }}/a/b.png", "a/b.png"},
        {" {{ site.baseurl }}/a/b.png ", "a/b.png"},
        {"{{ '/a b.png?raw=1#x' | relative_url }}", "a b.png"},
        {0}};
    assert_forms("", forms);
    assert_forms("/course", forms);
}

static void liquid_that_only_a_build_knows(void **state) {
    (void)state;
    static const struct form forms[] = {
        {"{{ page.picture }}", "?"},
        {"{{ page.picture | relative_url }}", "?"},
        {"{{ 'b.png' | prepend: '/a/' | relative_url }}", "?"},
        {"{{ '/a' | append: '.png' | relative_url }}", "?"},
        {"{{ '/a.png' | replace: 'a', 'b' | relative_url }}", "?"},
        {"{{ '/a.png' }}", "?"},
        {"{{ '/a.png' relative_url }}", "?"},
        {"{{ '/a.png' | }}", "?"},
        {"{{ site.baseurl | append: '/x.png' }}", "?"},
        {"{{ site.url | append: site.baseurl | append: page.url }}/x.png", "?"},
        {"{{ site.baseurl }}/{{ page.name }}.png", "?"},
        {"{{ '/a' | relative_url }}/{{ page.name }}.png", "?"},
        {"/a/{% if x %}b{% endif %}.png", "?"},
        {"{{ '/a.png' | relative_url", "?"},
        {"{{ '/a.png | relative_url }}", "?"},
        {"{{", "?"},
        {"{{}}", "?"},
        {"{{ }}x", "?"},
        {"{{-}}x", "?"},
        {"{{ ' }}", "?"},
        {"", "?"},
        {"  ", "?"},
        {"#fragment", "?"},
        {"?query", "?"},
        {"{{ site.baseurl }}", "?"},
        {0}};
    assert_forms("", forms);
    assert_forms("/course", forms);
}

static void other_hosts(void **state) {
    (void)state;
    static const struct form forms[] = {{"https://example.org/a.png", "external"},
                                        {"HTTP://example.org/a.png", "external"},
                                        {"//example.org/a.png", "external"},
                                        {"data:image/png;base64,AAAA", "external"},
                                        {"mailto:a@b.c", "external"},
                                        {"{{ 'https://x.org/a.png' | relative_url }}", "external"},
                                        {0}};
    assert_forms("", forms);
}

static void relative_paths_have_two_meanings(void **state) {
    (void)state;
    static const struct form forms[] = {{"a.png", "a.png | _posts/a.png"},
                                        {"./a.png", "a.png | _posts/a.png"},
                                        {"../img/a.png", "img/a.png"},
                                        {"../../../img/a.png", "img/a.png"},
                                        {"x/../y//./a.png", "y/a.png | _posts/y/a.png"},
                                        {"a%20b.png", "a b.png | _posts/a b.png"},
                                        {"a%2.png", "a%2.png | _posts/a%2.png"},
                                        {"%zz", "%zz | _posts/%zz"},
                                        {"a%", "a% | _posts/a%"},
                                        {"a.png#b?c", "a.png | _posts/a.png"},
                                        {"a%23.png", "a#.png | _posts/a#.png"},
                                        {"..", ""},
                                        {"/", ""},
                                        {"/../a.png", "a.png"},
                                        {"c:d", "c:d | _posts/c:d"},
                                        {0}};
    assert_forms("", forms);
    assert_target("", "index.md", slice_of("a.png"), "a.png");
}

static void baseurl_is_taken_off_once(void **state) {
    (void)state;
    static const struct form forms[] = {
        {"/course/a.png", "a.png"},
        {"/course", ""},
        {"/courses/a.png", "courses/a.png"},
        {"/a.png", "a.png"},
        /* The filter puts it in front: then the folder has the site's name too. */
        {"{{ '/course/a.png' | relative_url }}", "course/a.png"},
        {"{{ site.baseurl }}/course/a.png", "course/a.png"},
        {0}};
    assert_forms("/course", forms);
}

static void any_bytes_are_read(void **state) {
    (void)state;
    assert_target("", "index.md", (struct slice){"\xFF\xFE.png", 6}, "\xFF\xFE.png");
    struct arena arena = ARENA_EMPTY;
    struct site site = {.baseurl = slice_of("")};
    static const char nul[] = "{{ '/a.png\0b' | relative_url }}";
    struct target target =
        site_resolve(&site, slice_of("p.md"), (struct slice){nul, sizeof nul - 1}, &arena);
    assert_int_equal(target.path_count, 1);
    /* Not cut: "a.png" is another file. */
    assert_int_equal(target.paths[0].size, 7);
    target = site_resolve(&site, slice_of("p.md"), slice_of("/a.png%00b"), &arena);
    assert_int_equal(target.paths[0].size, 7);
    arena_release(&arena);
}

static void many_tags_take_no_time(void **state) {
    (void)state;
    struct buffer text = BUFFER_EMPTY;
    for (size_t i = 0; i < 100000; i++)
        buffer_append_string(&text, "{{site.url}}");
    buffer_append_string(&text, "/a.png");
    clock_t start = clock();
    assert_target("", "p.md", buffer_slice(&text), "a.png");
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
    buffer_release(&text);
}

/* --- _config.yml and layouts --------------------------------------------------------------------
 */

static void assert_site(const char *config, const char *layout, const char *baseurl, bool math) {
    struct error error = ERROR_NONE;
    struct repository *repository = NULL;
    struct snapshot *snapshot = NULL;
    struct site site;
    const struct scratch_file files[] = {{slice_of("README.md"), slice_of("KaTeX")},
                                         {slice_of("_config.yml"), slice_of(config)},
                                         {slice_of("_includes/a/b.html"), slice_of(layout)},
                                         {slice_of("_layouts/x.js"), slice_of("mathjax")}};
    assert_int_equal(scratch_open(&repository, &error), OK);
    assert_int_equal(scratch_snapshot(&snapshot, repository, files, 4, &error), OK);
    site_read(&site, snapshot);
    assert_true(slice_equal_string(site.baseurl, baseurl));
    assert_int_equal(site.renders_dollar_math, math);
    site_release(&site);
    snapshot_close(snapshot);
    repository_close(repository);
}

static void configurations(void **state) {
    (void)state;
    assert_site("baseurl: /course", "", "/course", false);
    assert_site("baseurl: /course/", "", "/course", false);
    assert_site("baseurl: course", "", "/course", false);
    assert_site("baseurl: \"//a/b//\"", "", "/a/b", false);
    assert_site("baseurl: /", "", "", false);
    assert_site("baseurl:", "", "", false);
    assert_site("baseurl: ~", "", "", false);
    assert_site("baseurl: ''", "", "", false);
    assert_site("baseurl: [a]", "", "", false);
    assert_site("- no mapping", "", "", false);
    assert_site("baseurl: [broken", "", "", false);
    assert_site("", "", "", false);
    assert_site("math_engine: KaTeX", "", "", true);
    assert_site("a: [broken\nmathjax: true", "", "", true);
    assert_site("", "<script src=MathJax.js>", "", true);
    assert_site("", "<script src=katex.min.js>", "", true);
    assert_site("", "kate mathja", "", false);
}

static void empty_side_has_the_defaults(void **state) {
    (void)state;
    struct site site;
    struct snapshot *empty = snapshot_open_empty();
    site_read(&site, empty);
    assert_int_equal(site.baseurl.size, 0);
    assert_false(site.renders_dollar_math);
    site_release(&site);
    snapshot_close(empty);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(liquid_roots),
        cmocka_unit_test(liquid_that_only_a_build_knows),
        cmocka_unit_test(other_hosts),
        cmocka_unit_test(relative_paths_have_two_meanings),
        cmocka_unit_test(baseurl_is_taken_off_once),
        cmocka_unit_test(any_bytes_are_read),
        cmocka_unit_test(many_tags_take_no_time),
        cmocka_unit_test(configurations),
        cmocka_unit_test(empty_side_has_the_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
