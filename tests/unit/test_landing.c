#include "base/memory.h"
#include "course/landing.h"
#include "git/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A site in memory: `_config.yml` and other files, "path\ncontent" each. */
struct made_site {
    struct repository *repository;
    struct snapshot *snapshot;
    struct site site;
};

static void make(struct made_site *made, const char *config, const char *const *files) {
    struct scratch_file all[32] = {{slice_of("_config.yml"), slice_of(config)}};
    struct error error = ERROR_NONE;
    size_t count = 1;
    for (; files && files[count - 1]; count++) {
        const char *end = strchr(files[count - 1], '\n');
        all[count].path = (struct slice){files[count - 1], (size_t)(end - files[count - 1])};
        all[count].content = slice_of(end + 1);
    }
    assert_int_equal(scratch_open(&made->repository, &error), OK);
    assert_int_equal(scratch_snapshot(&made->snapshot, made->repository, all, count, &error), OK);
    site_read(&made->site, made->snapshot);
}

static void drop(struct made_site *made) {
    site_release(&made->site);
    snapshot_close(made->snapshot);
    repository_close(made->repository);
}

/* The URLs with blanks between, or "unknown", "nowhere", "hidden". */
static void assert_landing(const struct made_site *made, const char *path, const char *text,
                           const char *expected) {
    static const char *const names[] = {"unknown", "nowhere", "hidden"};
    struct document_options options = {false};
    struct document *document = document_read(slice_of(path), slice_of(text), &options);
    struct arena arena = ARENA_EMPTY;
    struct landing landing = site_land(&made->site, made->snapshot, document, &arena);
    struct buffer urls = BUFFER_EMPTY;
    for (size_t i = 0; i < landing.url_count; i++)
        buffer_append_format(&urls, "%s%.*s", i ? " " : "", SLICE_ARGUMENTS(landing.urls[i]));
    if (landing.kind != LANDING_AT)
        buffer_append_string(&urls, names[landing.kind]);
    assert_string_equal(buffer_string(&urls), expected);
    buffer_release(&urls);
    arena_release(&arena);
    document_free(document);
}

static void assert_url(const char *config, const char *path, const char *head,
                       const char *expected) {
    struct made_site made;
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "---\n%s\n---\ntext\n", head);
    make(&made, config, NULL);
    assert_landing(&made, path, buffer_string(&text), expected);
    buffer_release(&text);
    drop(&made);
}

/* As Jekyll 4.3 builds them. */
static void pages_land_by_the_style_of_the_site(void **state) {
    (void)state;
    static const struct {
        const char *config, *path, *head, *url;
    } cases[] = {
        {"", "a.md", "", "/a.html"},
        {"", "index.md", "", "/"},
        {"", "sub/index.md", "", "/sub/"},
        {"", "sub/a.markdown", "", "/sub/a.html"},
        {"permalink: pretty", "sub/a.md", "", "/sub/a/"},
        {"permalink: /notes/:title/", "a.md", "", "/a/"},
        {"permalink: /:title", "a.md", "", "/a"},
        {"permalink: /:title:output_ext", "a.md", "", "/a.html"},
        {"permalink: none", "a.md", "", "/a.html"},
        {"", "a.md", "permalink: index.html", "/index.html"},
        {"", "a.md", "permalink: /x/../y//z/", "/x/y/z/"},
        {"", "sub/a.md", "permalink: /p/:path/:basename:output_ext", "/p/sub/a.html"},
        {"", "_pages/a.md", "", "nowhere"},
        {"include: [_pages]", "_pages/a.md", "", "/_pages/a.html"},
        {"exclude: [sub]", "sub/a.md", "", "nowhere"},
        {"exclude: ['*.md']", "sub/a.md", "", "nowhere"},
        {"exclude: [sub]", "subject.md", "", "nowhere"}, /* Jekyll: every path that begins so */
        {"", "vendor/bundle/a.md", "", "nowhere"},
        {"", "_drafts/a.md", "", "nowhere"},
        {"", "x/#a.md", "", "nowhere"},
        {"", "a.md", "published: false", "hidden"},
        {"defaults: [{scope: {path: ''}, values: {permalink: /d/:basename/}}]", "a.md", "",
         "/d/a/"},
        {"defaults: [{scope: {path: s, type: posts}, values: {permalink: /d/}}]", "s/a.md", "",
         "/s/a.html"},
        {"defaults:\n- {scope: {path: s/t}, values: {permalink: /deep/}}\n"
         "- {scope: {path: s}, values: {permalink: /flat/}}",
         "s/t/a.md", "", "/deep/"},
        /* Jekyll asks the defaults for posts and documents only. */
        {"defaults: [{scope: {path: s}, values: {published: no}}]", "s/a.md", "", "/s/a.html"},
        {"defaults: [{scope: {type: posts}, values: {published: no}}]", "_posts/2025-01-08-a.md",
         "", "hidden"},
        {"defaults: [{scope: {path: s}, values: {published: no}}]", "s/a.md", "published: true",
         "/s/a.html"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_url(cases[i].config, cases[i].path, cases[i].head, cases[i].url);
}

static void posts_and_documents_land_by_their_templates(void **state) {
    (void)state;
    static const struct {
        const char *config, *path, *head, *url;
    } cases[] = {
        {"", "_posts/2020-03-04-a-b.md", "", "/2020/03/04/a-b.html"},
        {"", "_posts/2020-3-4-a.md", "date: 2021-05-06 10:00", "/2021/05/06/a.html"},
        {"", "_posts/2020-03-04-a.md", "categories: [Big, small, big]",
         "/big/small/2020/03/04/a.html"},
        {"permalink: none", "_posts/2020-03-04-a.md", "categories: x y", "/x/y/a.html"},
        {"permalink: none", "b/_posts/2020-03-04-a.md", "category: Q R", "/b/q r/a.html"},
        {"permalink: pretty", "_posts/2020-03-04-a.md", "", "/2020/03/04/a/"},
        {"permalink: ordinal", "_posts/2020-03-04-a.md", "", "/2020/064/a.html"},
        {"permalink: weekdate", "_posts/2020-03-04-a.md", "", "/2020/W10/Wed/a.html"},
        {"permalink: /n/:title/", "_posts/2020-03-04-Some_Post.x.md", "", "/n/Some_Post.x/"},
        {"permalink: /n/:slug/", "_posts/2020-03-04-Some_Post.x.md", "", "/n/some-post-x/"},
        {"permalink: /:short_year/:i_month/:i_day/:short_month/:title", "_posts/2020-03-04-a.md",
         "slug: Own one", "/20/3/4/Mar/Own-one"},
        {"permalink: /:year_:month/:title", "_posts/2020-03-04-a.md", "", "/2020_03/a"},
        {"permalink: /:nothing/:title", "_posts/2020-03-04-a.md", "", "unknown"},
        {"", "_posts/no-date.md", "", "nowhere"},
        {"collections: {n: {output: true}}", "_n/d/a.md", "", "/n/d/a.html"},
        {"collections: {n: {output: true}}\npermalink: pretty", "_n/a.md", "", "/n/a/"},
        {"collections: {n: {output: true, permalink: '/k/:collection/:name/'}}", "_n/A B.md", "",
         "/k/n/a-b/"},
        {"collections: {n: {output: true}}\ncollections_dir: c", "c/_n/a.md", "", "/n/a.html"},
        {"collections: {n: {output: true}}", "_n/2020-03-04-a.md", "permalink: /:year/:title/",
         "/2020/a/"},
        {"collections: {n: {output: true}}", "_n/a.md", "permalink: /:year/:title/", "unknown"},
        {"collections: [n]", "_n/a.md", "", "unknown"},
        {"", "_n/a.md", "", "nowhere"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_url(cases[i].config, cases[i].path, cases[i].head, cases[i].url);
}

static const char *const pasting_site[] = {
    "index.md\n---\npermalink: index.html\n---\n"
    "{% assign mods = site.mods | where: 'class', 'A' %}\n"
    "{% assign on = '' | split: '' %}\n"
    "{% for m in mods %}{% if m.status == 'Active' %}{% assign on = on | push: m %}{% endif %}"
    "{% endfor %}\n{%- for module in on -%}{{ module }}{%- endfor -%}",
    "by-layout.md\n---\nlayout: outer\n---\n",
    "_layouts/outer.html\n---\nlayout: inner\n---\n",
    "_layouts/inner.html\n{% for s in site.staff %}{{ s.content | markdownify }}{% endfor %}",
    "by-include.md\n---\n---\n{% include list.html items=site.news %}",
    "_includes/list.html\n{% for i in include.items %}{{ i.output }}{% endfor %}",
    "names.md\n---\n---\n{% for s in site.quiet %}{{ s.title }} {{ s.url }}{% endfor %}"
    "{% raw %}{% for s in site.quiet %}{{ s }}{% endfor %}{% endraw %}"
    "{% comment %}{% for s in site.quiet %}{{ s }}{% endfor %}{% endcomment %}",
    "groups.md\n---\n---\n{% assign a = site.group | where: 'role', 'x' %}"
    "{% assign b = site.group | where: 'role', 'y' %}{% assign all = a | concat: b %}"
    "{% for p in all %}{% unless p.gone == true %}{{ p }}{% endunless %}{% endfor %}",
    NULL};

/* Landings where pages paste a collection, under the conditions that they make. */
static void pasted_documents_land_on_the_pages_that_show_them(void **state) {
    (void)state;
    static const struct {
        const char *path, *head, *landing;
    } cases[] = {
        {"_mods/1.md", "class: A\nstatus: Active", "/index.html"},
        {"_mods/1.md", "class: A\nstatus: not Active", "hidden"},
        {"_mods/1.md", "class: A", "hidden"},
        {"_mods/1.md", "class: B\nstatus: Active", "hidden"},
        {"_mods/1.md", "class: [B, A]\nstatus: Active", "/index.html"},
        {"_mods/1.md", "class: A\nstatus: Active\npublished: false", "hidden"},
        {"_staff/1.md", "title: x", "/by-layout.html"},
        {"_news/1.md", "title: x", "/by-include.html"},
        {"_quiet/1.md", "title: x", "unknown"},
        {"_group/1.md", "role: x", "/groups.html"},
        {"_group/1.md", "role: y", "/groups.html"},
        {"_group/1.md", "role: z", "hidden"},
        {"_group/1.md", "role: x\ngone: true", "hidden"},
        {"_group/1.md", "role: x\ngone: yes", "hidden"},
        {"_group/1.md", "role: x\ngone: 'true'", "/groups.html"},
    };
    struct made_site made;
    make(&made, "collections: [mods, staff, news, quiet, group]", pasting_site);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "---\n%s\n---\ntext\n", cases[i].head);
        assert_landing(&made, cases[i].path, buffer_string(&text), cases[i].landing);
        buffer_release(&text);
    }
    assert_landing(&made, "_mods/1.md", "no front matter", "unknown");
    assert_landing(&made, "README.md", "no front matter", "nowhere");
    drop(&made);
}

static void what_liquid_leaves_open_hides_nothing(void **state) {
    (void)state;
    static const char *const loops[] = {
        "{% for m in site.mods %}{% if m.week > 3 %}{{ m }}{% endif %}{% endfor %}",
        "{% for m in site.mods %}{% if m.a == 'x' and m.b == 'y' %}{{ m }}{% endif %}{% endfor %}",
        "{% for m in site.mods %}{% if m.a == 'x' %}{% else %}{{ m }}{% endif %}{% endfor %}",
        "{% for m in site.mods %}{% if m.a == 'x' %}{% elsif m.a == 'z' %}{{ m }}{% endif %}"
        "{% endfor %}",
        "{% assign l = site.mods | where_exp: 'm', 'm.a == 1' | sort: 'b' %}"
        "{% for m in l limit: 2 %}{{ m }}{% endfor %}",
        "{% for m in site.mods %}{{ m", /* never closed: nothing is pasted as far as is seen */
    };
    for (size_t i = 0; i < COUNT_OF(loops); i++) {
        struct made_site made;
        struct buffer index = BUFFER_EMPTY;
        buffer_append_format(&index, "index.md\n---\n---\n%s", loops[i]);
        const char *files[] = {buffer_string(&index), NULL};
        make(&made, "collections: [mods]", files);
        assert_landing(&made, "_mods/1.md", "---\na: y\n---\n",
                       i + 1 < COUNT_OF(loops) ? "/" : "unknown");
        buffer_release(&index);
        drop(&made);
    }
}

/* jekyll-relative-links: on by name, with the github-pages gem, and perhaps without a Gemfile. */
static void links_are_rewritten_where_the_plugin_may_be_on(void **state) {
    (void)state;
    static const struct {
        const char *config, *gemfile;
        bool mended;
    } cases[] = {
        {"title: x", NULL, true},
        {"remote_theme: a/b", "Gemfile\ngem \"jekyll\"", false},
        {"plugins: [jekyll-feed]", "Gemfile\n# gem \"github-pages\"\ngem \"jekyll\"", false},
        {"plugins: [jekyll-relative-links]", "Gemfile\ngem \"jekyll\"", true},
        {"title: x", "Gemfile\n  gem \"github-pages\", group: :jekyll_plugins", true},
        {"relative_links: {enabled: false}", NULL, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct made_site made;
        struct arena arena = ARENA_EMPTY;
        struct document_options options = {false};
        const char *files[] = {cases[i].gemfile, NULL};
        make(&made, cases[i].config, files);
        struct document *document =
            document_read(slice_of("a.md"), slice_of("---\n---\n"), &options);
        assert_int_equal(site_land(&made.site, made.snapshot, document, &arena).mended,
                         cases[i].mended);
        document_free(document);
        arena_release(&arena);
        drop(&made);
    }
}

/* As threads do it: whoever comes when all is taken has nothing to read. */
static void read_pages(const struct site *site, const struct snapshot *snapshot) {
    struct pages_reading *reading = site_begin_reading(site, snapshot);
    assert_non_null(reading);
    site_read_part(reading, snapshot);
    site_read_part(reading, snapshot);
    site_end_reading(site, reading);
    assert_null(site_begin_reading(site, snapshot));
}

/* Each snapshot has pages of its own, with the settings of one site. */
static void pages_are_found_by_file_and_by_path(void **state) {
    (void)state;
    static const char *const files[] = {"b.md\n---\nredirect_from: [/old/, older.html]\n---\n",
                                        "a.html\n---\npermalink: /x/\n---\n", "c.html\nstatic",
                                        NULL};
    /* Of two sides one file is the same, and one is not. */
    static const char *const others[] = {"z.md\n---\nredirect_from: y.html\n---\n",
                                         "a.html\n---\npermalink: /x/\n---\n", "b.md\n---\n---\n",
                                         NULL};
    struct made_site made, other;
    make(&made, "permalink: pretty", files);
    make(&other, "permalink: pretty", others);
    read_pages(&made.site, made.snapshot);
    read_pages(&made.site, other.snapshot);
    const struct site_page *page =
        site_find_file(&made.site, made.snapshot, slice_of("b/index.html"));
    assert_true(page && slice_equal_string(page->path, "b.md"));
    assert_ptr_equal(site_find_page(&made.site, made.snapshot, slice_of("b.md")), page);
    assert_non_null(site_find_file(&made.site, made.snapshot, slice_of("x/index.html")));
    assert_non_null(site_find_file(&made.site, made.snapshot, slice_of("old/index.html")));
    assert_non_null(site_find_file(&made.site, made.snapshot, slice_of("older.html")));
    assert_null(site_find_file(&made.site, made.snapshot, slice_of("c.html")));
    assert_null(site_find_file(&made.site, made.snapshot, slice_of("z/index.html")));
    assert_non_null(site_find_file(&made.site, other.snapshot, slice_of("z/index.html")));
    assert_non_null(site_find_file(&made.site, other.snapshot, slice_of("y.html")));
    assert_non_null(site_find_file(&made.site, other.snapshot, slice_of("x/index.html")));
    assert_non_null(site_find_file(&made.site, other.snapshot, slice_of("b/index.html")));
    assert_null(site_find_file(&made.site, other.snapshot, slice_of("old/index.html")));
    assert_true(site_has_page_below(&made.site, made.snapshot, slice_of("x")));
    assert_false(site_has_page_below(&made.site, made.snapshot, slice_of("ol")));
    drop(&other);
    drop(&made);
}

static void sources_are_known_once_the_pages_are_read(void **state) {
    (void)state;
    static const char *const files[] = {"a.md\n---\ntitle: A\n---\ntext\n", "b.md\nbare\n",
                                        "c.md\n", "d.txt\n---\n---\n", NULL};
    struct made_site made;
    make(&made, "", files);
    assert_null(site_find_source(&made.site, made.snapshot, slice_of("a.md")));
    read_pages(&made.site, made.snapshot);
    const struct page_source *a = site_find_source(&made.site, made.snapshot, slice_of("a.md"));
    assert_non_null(a);
    assert_true(slice_equal_string(a->text, "---\ntitle: A\n---\ntext\n"));
    assert_int_equal(a->head.state, FRONT_MATTER_PRESENT);
    assert_true(slice_equal_string(yaml_find(a->head.root, "title")->text, "A"));
    assert_int_equal(a->body, strlen("---\ntitle: A\n---\n"));
    const struct page_source *b = site_find_source(&made.site, made.snapshot, slice_of("b.md"));
    assert_true(b && b->head.state == FRONT_MATTER_ABSENT && !b->body);
    /* Empty, no page, not there. */
    assert_null(site_find_source(&made.site, made.snapshot, slice_of("c.md")));
    assert_null(site_find_source(&made.site, made.snapshot, slice_of("d.txt")));
    assert_null(site_find_source(&made.site, made.snapshot, slice_of("e.md")));
    drop(&made);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_land_by_the_style_of_the_site),
        cmocka_unit_test(posts_and_documents_land_by_their_templates),
        cmocka_unit_test(pasted_documents_land_on_the_pages_that_show_them),
        cmocka_unit_test(what_liquid_leaves_open_hides_nothing),
        cmocka_unit_test(links_are_rewritten_where_the_plugin_may_be_on),
        cmocka_unit_test(pages_are_found_by_file_and_by_path),
        cmocka_unit_test(sources_are_known_once_the_pages_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
