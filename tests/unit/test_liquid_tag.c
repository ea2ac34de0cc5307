/* The Liquid tags that Jekyll runs, and which of them make what stands inside conditional. */
#include "rules/liquid_tag.h"

#include "base/memory.h"
#include "document/pointer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* "name(argument) …" of every tag in `text`. */
static void must_have_tags(const char *text, const char *expected) {
    struct document_options options = {0};
    struct document *document = document_read(slice_of("a.md"), slice_of(text), &options);
    struct buffer found = BUFFER_EMPTY;
    struct liquid_tag tag;
    for (size_t offset = 0; liquid_tag_next(document, &offset, &tag);)
        buffer_append_format(&found, "%s%.*s(%.*s)", found.size ? " " : "",
                             SLICE_ARGUMENTS(tag.name), SLICE_ARGUMENTS(tag.argument));
    assert_string_equal(buffer_string(&found), expected);
    buffer_release(&found);
    document_free(document);
}

static void tags_that_are_run(void **state) {
    (void)state;
    must_have_tags("Text {% link a b.pdf %}{%- include x.html a=1 -%}\n",
                   "link(a b.pdf) include(x.html a=1)");
    must_have_tags("`{% link a %}`\n\n    {%link b%}\n", "link(a) link(b)");
    must_have_tags("<!-- {% link a %} --> {% if x %}{% endif %}\n", "link(a) if(x) endif()");
    must_have_tags("---\nx: '{% link a %}'\n---\n{% b %}\n", "b()");
    must_have_tags("{% %}{{ a }{%-b-%}\n", "b()"); /* Jekyll stops at the first two */
    must_have_tags("{{ a }} {% b", "");
    must_have_tags("", "");
}

static void tags_that_are_not(void **state) {
    (void)state;
    must_have_tags("{% raw %}{% link a %}{% endraw %}{% link b %}\n", "raw() endraw() link(b)");
    must_have_tags("{% comment %}{% link a %}{% endcomment %}{% link b %}\n", "link(b)");
    must_have_tags("{% comment %}x{% endcomment %}{% comment %}{% link a %}{% endcomment %}\n", "");
    must_have_tags("{% link a %}{% comment %}{% link b %}\n", "link(a)");
    must_have_tags("{% comment %}{% comment %}{% endcomment %}{% a %}{% endcomment %}{% b %}",
                   "b()");
}

static void choices(void **state) {
    (void)state;
    static const char *const opening[] = {"if", "unless", "case", "for", "tablerow", "capture"};
    static const char *const closing[] = {"endif",  "endunless",   "endcase",
                                          "endfor", "endtablerow", "endcapture"};
    for (size_t i = 0; i < COUNT_OF(opening); i++) {
        struct liquid_tag start = {.name = slice_of(opening[i])};
        struct liquid_tag end = {.name = slice_of(closing[i])};
        assert_true(liquid_tag_opens_choice(&start) && !liquid_tag_closes_choice(&start));
        assert_true(liquid_tag_closes_choice(&end) && !liquid_tag_opens_choice(&end));
    }
    struct liquid_tag link = {.name = slice_of("link")};
    assert_false(liquid_tag_opens_choice(&link) || liquid_tag_closes_choice(&link));
}

static void lfs_pointers(void **state) {
    (void)state;
#define VERSION "version https://git-lfs.github.com/spec/v1\n"
    assert_true(is_lfs_pointer(slice_of(VERSION "oid sha256:4d7a\nsize 12345\n")));
    assert_true(is_lfs_pointer(slice_of(VERSION "ext-0-x sha256:1\noid sha256:4d7a\nsize 1\n")));
    assert_false(is_lfs_pointer(slice_of(VERSION)));
    assert_false(is_lfs_pointer(slice_of("\n" VERSION "oid sha256:4d7a\nsize 12345\n")));
    assert_false(is_lfs_pointer(slice_of(VERSION "oid sha256:4d7a\n")));
    assert_false(is_lfs_pointer(slice_of("")));
    struct buffer large = BUFFER_EMPTY;
    buffer_append_string(&large, VERSION "oid sha256:4d7a\nsize 12345\n");
    while (large.size < LFS_POINTER_LIMIT)
        buffer_append_string(&large, "x\n");
    assert_false(is_lfs_pointer(buffer_slice(&large)));
    buffer_release(&large);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_that_are_run),
        cmocka_unit_test(tags_that_are_not),
        cmocka_unit_test(choices),
        cmocka_unit_test(lfs_pointers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
