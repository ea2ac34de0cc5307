#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void is_image(const char *text, const char *destination, const char *written) {
    struct document *document = read_text(text);
    assert_int_equal(document->image_count, 1);
    check_image(document, 0, destination, written);
    assert_int_equal(document->images[0].syntax, LINK_HTML);
    document_free(document);
}

static void has_none(const char *text) {
    struct document *document = read_text(text);
    assert_int_equal(document->image_count + document->link_count, 0);
    document_free(document);
}

static void attributes_have_places(void **state) {
    (void)state;
    struct document *document =
        read_text("a <img src=\"b.png\" alt='c &amp; d' title=e> <a\n  href=f>g</a>\n");
    check_image(document, 0, "b.png", "<img src=\"b.png\" alt='c &amp; d' title=e>");
    assert_slice(document->images[0].text, "c & d");
    assert_slice(document->images[0].title, "e");
    assert_slice(document_text(document, document->images[0].destination_span), "b.png");
    check_link(document, 0, "f", "<a\n  href=f>");
    assert_slice(document_text(document, document->links[0].destination_span), "f");
    assert_null(document->links[0].title.data);
    document_free(document);
}

static void alternative_text_may_be_absent_or_empty(void **state) {
    (void)state;
    struct document *document = read_text("<img src=a> <img src=b alt> <img src=c alt=\"\">");
    assert_null(document->images[0].text.data);
    assert_non_null(document->images[1].text.data);
    assert_non_null(document->images[2].text.data);
    assert_int_equal(document->images[2].text.size, 0);
    document_free(document);
}

/* The way of the Distill course sites. */
static void figures_are_read(void **state) {
    (void)state;
    is_image("<figure>\n  <div class=\"row\">\n    <img src=\"{{ '/a b.png' | relative_url }}\" "
             "/>\n  </div>\n"
             "  <figcaption>c</figcaption>\n</figure>\n",
             "{{ '/a b.png' | relative_url }}", "<img src=\"{{ '/a b.png' | relative_url }}\" />");
    is_image("<figure>\n\n      <img src='a.png'>\n\n</figure>\n", "a.png", "<img src='a.png'>");
    is_image("<figure>\n<img src='a.png'>\n\ntext\n", "a.png", "<img src='a.png'>");
    is_image("<img src=\"{{ \"/a\" | relative_url }}\">", "{{ \"/a\" | relative_url }}",
             "<img src=\"{{ \"/a\" | relative_url }}\">");
    has_none("a <img src=/a.png>\n\n<img src=a.png>\n"); /* kramdown prints both */
    is_image("<p><table><tr><img src=a></table>", "a", "<img src=a>");
}

static void malformed_neighbours_hide_nothing(void **state) {
    (void)state;
    is_image("<d-cite key=\"a\"/> b <img src=c>", "c", "<img src=c>");
    is_image("</d-cite, i.e. foo> <img src=c>", "c", "<img src=c>");
    is_image("E[x]<a, b> <img src=c>", "c", "<img src=c>");
    is_image("<div class=\"a”>\n <img src=c>\n</div>", "c", "<img src=c>");
    is_image("<title>\n<img src=c>\n\n", "c", "<img src=c>");
    is_image("<plaintext>\n\n<IMG SRC=c>\n", "c", "<IMG SRC=c>");
    is_image("<select><img src=c></select>", "c", "<img src=c>");
}

/* gumbo repeats an open <a> in every paragraph that follows. */
static void each_tag_counts_once(void **state) {
    (void)state;
    struct document *document = read_text(
        "<p><a href=\"1\">b</p>\n\n<p>c</p>\n\n<div><a href=\"2\"><b><p>d</b></p></div>\n");
    assert_int_equal(document->link_count, 2);
    check_link(document, 0, "1", "<a href=\"1\">");
    check_link(document, 1, "2", "<a href=\"2\">");
    document_free(document);
}

static void code_and_comments_hide_tags(void **state) {
    (void)state;
    has_none("`<img src=a>` <!-- <img src=b> -->\n\n    <img src=c>\n\n```\n<a href=d>\n```\n");
    has_none("<pre><img src=a></pre>\n\n<script>x = '<img src=b>';</script>\n");
    has_none("<script>\n\nx = '<img src=a>';\n\n</script>\n");
    has_none("\\<img src=a>");
    has_none("$$ <img src=a> $$");
}

static void what_is_no_link_is_left_out(void **state) {
    (void)state;
    has_none("<a name=\"x\"></a> <img alt=b> <abbr title=c>d</abbr> <image src=e> <imgx src=f>");
    has_none("<a href=\"x");
}

static void entities_and_odd_values(void **state) {
    (void)state;
    is_image("<img src=\"a&amp;b.png\">", "a&b.png", "<img src=\"a&amp;b.png\">");
    is_image("<img src=\"a>b.png\">", "a>b.png", "<img src=\"a>b.png\">");
    is_image("<img src = 'a.png' src='b.png'/>", "a.png", "<img src = 'a.png' src='b.png'/>");
    is_image("<img src=\"\">", "", "<img src=\"\">");
    struct document *document = read_text("<img src=\"\"> <a href>b</a>");
    assert_int_equal(document->images[0].destination_span.start, 10);
    assert_int_equal(document->links[0].destination_span.start, 20);
    assert_slice(document->links[0].destination, "");
    document_free(document);
    is_image("\xef\xbb\xbf<img\r\n src=\"\xff.png\"\r\n>", "\xef\xbf\xbd.png",
             "<img\r\n src=\"\xff.png\"\r\n>");
}

static void long_tags_are_tags(void **state) {
    (void)state;
    size_t size = 100000;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, 'A', size);
    memcpy(text, "<img src=\"data:image/png;base64,", 32);
    memcpy(text + size - 2, "\">", 2);
    struct document *document = read_bytes(text, size, true);
    assert_int_equal(document->image_count, 1);
    assert_int_equal(document->images[0].span.end, size);
    assert_int_equal(document->prose_count, 0);
    document_free(document);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_have_places),
        cmocka_unit_test(alternative_text_may_be_absent_or_empty),
        cmocka_unit_test(figures_are_read),
        cmocka_unit_test(malformed_neighbours_hide_nothing),
        cmocka_unit_test(each_tag_counts_once),
        cmocka_unit_test(code_and_comments_hide_tags),
        cmocka_unit_test(what_is_no_link_is_left_out),
        cmocka_unit_test(entities_and_odd_values),
        cmocka_unit_test(long_tags_are_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
