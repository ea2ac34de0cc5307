/* Texts of data: what is told without a document must be what the document says. */
#include "document/plain.h"

#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_plain(const char *text, const char *expected) {
    struct buffer plain = BUFFER_EMPTY;
    plain_append_text(&plain, slice_of(text));
    assert_string_equal(buffer_string(&plain), expected);
    buffer_release(&plain);
}

static void assert_as_document(struct slice text) {
    const struct document_options options = {.dollar_math = true};
    struct buffer quick = BUFFER_EMPTY, slow = BUFFER_EMPTY;
    struct document *document = document_read(slice_of("text.md"), text, &options);
    plain_append(&slow, document, (struct span){0, text.size});
    plain_append_text(&quick, text);
    if (!slice_equal(buffer_slice(&quick), buffer_slice(&slow)))
        fail_msg("\"%.*s\" is \"%s\", but read as \"%s\"", SLICE_ARGUMENTS(text),
                 buffer_string(&quick), buffer_string(&slow));
    document_free(document);
    buffer_release(&quick);
    buffer_release(&slow);
}

static void titles(void **state) {
    (void)state;
    assert_plain("Graphs: an introduction (part 1)", "Graphs: an introduction (part 1)");
    assert_plain("<strong>Graphs &  trees</strong>\n", "Graphs & trees");
    assert_plain("<b>Graphs</b> <br /> - depth first <br> - *breadth* first", "Graphs");
    assert_plain("<em>Graphs</em> and <i>trees</i>", "Graphs and trees");
    assert_plain("Graphs<br>and trees", "Graphs");
    assert_plain("Graphs<broad> and trees", "Graphs and trees");
    assert_plain("<b>Graphs</i>", "Graphs");
    assert_plain("    <b>Graphs</b>", "<b>Graphs</b>");
    assert_plain("R&amp;D", "R&D");
    assert_plain("", "");
}

static void any_text(void **state) {
    static const char *const pieces[] = {
        "Graphs",    "graph", "a",        "1",    " ",     " ",   "  ",     "    ",    "<strong>",
        "</strong>", "<b>",   "</b>",     "<em>", "</em>", "<i>", "</i>",   "<br>",    "<br/>",
        "<br />",    "<br",   "-",        "--",   "- ",    "&",   "& ",     "&amp;",   "amp;",
        ":",         ": ",    ";",        ",",    "(",     ")",   ".",      "'",       "\n",
        "\r\n",      "*",     "_",        "`",    "$",     "|",   "[a](b)", "{{ a }}", "{: .b}",
        "<!--",      "-->",   "\xc3\xa9", "#",    "\t",    "\\",  "</p>",   "<p>",     "\xc2\xa0"};
    uint32_t random = 1;
    (void)state;
    for (size_t i = 0; i < 40000; i++) {
        struct buffer text = BUFFER_EMPTY;
        /* Most begin as titles do. */
        static const char *const starts[] = {"", "Graphs", "<b>Graphs", "<b>Graphs</b>"};
        buffer_append_string(&text, starts[i % COUNT_OF(starts)]);
        for (size_t count = i / COUNT_OF(starts) % 6; count; count--) {
            random = random * 1664525u + 1013904223u;
            buffer_append_string(&text, pieces[(random >> 8) % COUNT_OF(pieces)]);
        }
        assert_as_document(buffer_slice(&text));
        buffer_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles),
        cmocka_unit_test(any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
