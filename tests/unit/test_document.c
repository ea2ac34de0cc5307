#include "base/buffer.h"
#include "document/front_matter.h"
#include "document_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static enum document_kind kind_of(const char *path, const char *bytes, size_t size) {
    struct document_options options = {0};
    struct document *document =
        document_read(slice_of(path), (struct slice){bytes, size}, &options);
    enum document_kind kind = document->kind;
    assert_slice(document->path, path);
    document_free(document);
    return kind;
}

static void kinds_go_by_name_and_content(void **state) {
    (void)state;
    assert_int_equal(kind_of("a/b.md", "x", 1), DOCUMENT_MARKDOWN);
    assert_int_equal(kind_of("a/B.MarkDown", "x\0", 2), DOCUMENT_MARKDOWN);
    assert_int_equal(kind_of("a.html", "x", 1), DOCUMENT_TEXT);
    assert_int_equal(kind_of("a.html", "x\0", 2), DOCUMENT_BINARY);
    assert_int_equal(kind_of("a.PDF", "placeholder", 11), DOCUMENT_BINARY);
    assert_int_equal(kind_of("a.png", "x", 1), DOCUMENT_BINARY);
    assert_int_equal(kind_of("README", "", 0), DOCUMENT_TEXT);
    assert_int_equal(kind_of(".md", "x", 1), DOCUMENT_TEXT);
    assert_true(path_is_image(slice_of("x.JPeG")));
    assert_false(path_is_image(slice_of("x.pdf")));
    assert_false(path_is_markdown(slice_of("x.mdx")));
}

static void other_files_have_a_source_only(void **state) {
    struct document_options options = {0};
    (void)state;
    struct document *document =
        document_read(slice_of("a.yml"), slice_of("---\na: b\n---\n# C\n"), &options);
    assert_null(document->kinds);
    assert_int_equal(document->source.line_count, 5);
    assert_int_equal(document->front_matter.state, FRONT_MATTER_ABSENT);
    assert_non_null(document->front_matter.reason);
    document_free(document);
    document_free(NULL);
}

static void an_empty_file_is_read(void **state) {
    (void)state;
    struct document *document = read_text("");
    assert_int_equal(document->link_count + document->image_count + document->prose_count, 0);
    assert_null(document->undecided);
    assert_int_equal(document->root.content.end, 0);
    document_free(document);
}

static struct document *read_repeated(struct buffer *buffer, const char *piece, size_t size) {
    buffer_clear(buffer);
    while (buffer->size + strlen(piece) <= size)
        buffer_append_string(buffer, piece);
    return read_bytes(buffer->data, buffer->size, true);
}

static void front_matter_may_have_been_read_before(void **state) {
    (void)state;
    static const char *const texts[] = {"---\ntitle: A\n---\n# B\n\n[c](d) e\n", "# B\n\n[c](d)\n",
                                        "\xef\xbb\xbf[c](d)\n", "---\na: [\n---\n![c](d)\n"};
    struct document_options options = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct arena arena = ARENA_EMPTY;
        struct front_matter head = {.reason = ""};
        size_t body = front_matter_read(&head, slice_of(texts[i]), &arena);
        struct document *one = document_read(slice_of("a.md"), slice_of(texts[i]), &options);
        struct document *other =
            document_read_behind(slice_of("a.md"), slice_of(texts[i]), &head, body, &options);
        assert_int_equal(other->front_matter.state, one->front_matter.state);
        assert_int_equal(other->front_matter.span.end, one->front_matter.span.end);
        assert_int_equal(other->body_start, one->body_start);
        assert_int_equal(other->link_count, one->link_count);
        assert_int_equal(other->image_count, one->image_count);
        assert_memory_equal(other->kinds, one->kinds, strlen(texts[i]));
        assert_ptr_equal(other->front_matter.root, head.root);
        document_free(one);
        document_free(other);
        arena_release(&arena);
    }
    /* As with document_read(), only Markdown has any. */
    struct front_matter none = {.reason = ""};
    struct document *text =
        document_read_behind(slice_of("a.txt"), slice_of("x\n"), &none, 0, &options);
    assert_null(text->kinds);
    document_free(text);
}

static void too_large_is_undecided(void **state) {
    struct buffer buffer = BUFFER_EMPTY;
    (void)state;
    struct document *document = read_repeated(&buffer, "a", DOCUMENT_MAX_SIZE + 1);
    assert_int_equal(document->kind, DOCUMENT_TEXT);
    assert_string_equal(document->undecided, "it is larger than 2 MiB");
    document_free(document);
    document = read_repeated(&buffer, "a\n", DOCUMENT_MAX_SIZE);
    assert_int_equal(document->kind, DOCUMENT_MARKDOWN);
    assert_null(document->undecided);
    document_free(document);
    buffer_release(&buffer);
}

/* CVE-2023-22486 in cmark 0.30.2. */
static void what_holds_up_cmark_is_undecided(void **state) {
    struct buffer buffer = BUFFER_EMPTY;
    (void)state;
    struct document *document = read_repeated(&buffer, "![[]()", 100000);
    assert_non_null(document->undecided);
    document_free(document);
    buffer_release(&buffer);
}

/* Each went quadratic once: a test that hangs is stopped by the runner. */
static void repetition_takes_linear_time(void **state) {
    static const char *const pieces[] = {
        "[](",      "<a ",   "<div>",     "<b>",       "$",          "$ {",
        "`",        "``",    "{{",        "{% raw %}", "<!--",       "> ",
        "- ",       "- a\n", "[x]: y\n",  "**a",       "\\(",        "```a\n",
        "<script>", "{:",    "<!-- --> ", "<b></i>",   "[a](b) ",    "[a](\"",
        "<a b=\"",  "![](",  "$$a$$ ",    "a ` b",     "<a href=x>", "[a]: b\n\n[a] "};
    struct buffer buffer = BUFFER_EMPTY;
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct document *document = read_repeated(&buffer, pieces[i], 512 * 1024);
        assert_null(document->undecided);
        document_free(document);
    }
    buffer_release(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_go_by_name_and_content),
        cmocka_unit_test(other_files_have_a_source_only),
        cmocka_unit_test(an_empty_file_is_read),
        cmocka_unit_test(front_matter_may_have_been_read_before),
        cmocka_unit_test(too_large_is_undecided),
        cmocka_unit_test(what_holds_up_cmark_is_undecided),
        cmocka_unit_test(repetition_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
