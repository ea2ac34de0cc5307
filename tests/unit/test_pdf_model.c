#include "document/pdf_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document/counts.h"
#include "document_fixture.h"
#include "pdf_fixture.h"

#define BODY(y, text)                                                                              \
    { text, 90, y, 10, "CMR10" }
#define BIG(y, text)                                                                               \
    { text, 90, y, 14.4, "CMBX12" }
#define SMALL(y, text)                                                                             \
    { text, 90, y, 12, "CMBX12" }
#define NEXT_PAGE                                                                                  \
    { NULL, 0, 0, 0, NULL }

static void expect_sections(const struct pdf_line_made *made, size_t count, const char *outline,
                            const char *expected) {
    struct document *document = pdf_document_of(made, count, outline);
    char *sections = pdf_sections_of(document);
    assert_string_equal(sections, expected);
    free(sections);
    document_free(document);
}

static void expect_text(const struct pdf_line_made *made, size_t count, const char *expected) {
    struct document *document = pdf_document_of(made, count, "");
    assert_slice(document->source.bytes, expected);
    document_free(document);
}

static void levels_by_number_and_font(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        BIG(100, "1 Caches"),
        BODY(120, "A cache keeps what was used lately."),
        SMALL(150, "1.1 Locality"),
        BODY(170, "In time and in space, as programs are."),
        {"1.1.1 Of time", 90, 190, 10, "CMBX10"},
        BODY(210, "What was used is used again soon."),
        {"Remark", 90, 230, 10, "CMBX10"}, /* bold, but no larger than the text, and no number */
        BODY(242, "This is a paragraph of its own."),
        BIG(270, "Summary"),
        BODY(290, "That was it, more or less."),
        SMALL(320, "What is left"),
        BODY(340, "Not much of it."),
    };
    expect_sections(lines, COUNT(lines), "",
                    "1:Caches|2:Locality|3:Of time|1:Summary|2:What is left");
}

static void number_apart_from_title(void **state) {
    (void)state;
    /* The library gives the numbers of several headings first. */
    static const struct pdf_line_made lines[] = {
        {"1", 90, 100, 14.4, "CMBX12"},
        {"1.1", 90, 130, 12, "CMBX12"},
        {"Caches", 112, 100, 14.4, "CMBX12"},
        {"Locality", 121, 130, 12, "CMBX12"},
        BODY(150, "In time and in space, as programs are."),
    };
    static const char text[] =
        "1 Caches\n\n1.1 Locality\n\nIn time and in space, as programs are.\n";
    expect_text(lines, COUNT(lines), text);
    expect_sections(lines, COUNT(lines), "", "1:Caches|2:Locality");
}

static void wrapped_headings(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        BIG(100, "1 A title that is so long that its last word has no room on the line"),
        {"behind", 112, 117, 14.4, "CMBX12"},
        BODY(140, "Text that is set in the usual size of all notes of this course."),
        BODY(152, "And another line of it, so that it is clear which size is usual."),
        BODY(164, "It takes more of them than of the words in the headings above them."),
        BIG(180, "2 Short"),
        BIG(197, "Another"),
    };
    expect_sections(lines, COUNT(lines), "",
                    "1:A title that is so long that its last word has no room on the "
                    "line\nbehind|1:Short|1:Another");
}

static void outline_gives_levels(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        SMALL(100, "Caches"),
        BODY(120, "A cache keeps what was used lately."),
        BODY(150, "Locality"), /* no font tells it, but the outline does */
        BODY(170, "In time and in space, as programs are."),
        BIG(200, "A picture's big bold words"),
        BODY(220, "And what is said about it here, in as many words as it takes to be sure that"),
        BODY(232, "this is the size in which the most is set, though headings are long."),
    };
    expect_sections(
        lines, COUNT(lines),
        "{\"outline\": {\"level\": 1, \"title\": \"Caches\", \"page\": 1}}\n"
        "{\"outline\": {\"level\": 2, \"title\": \"Slide 2: Locality\", \"page\": 1}}\n",
        "1:Caches|2:Locality");
    expect_sections(lines, COUNT(lines), "", "2:Caches|1:A picture's big bold words");
}

static void running_heads_and_code(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        BIG(100, "1 Caches"),
        BODY(120, "A cache keeps what was used lately, of course."),
        {"for (i = 0; i < n; i++)", 100, 140, 10, "CMTT10"},
        {"    sum += a[i];", 100, 152, 10, "CMTT10"},
        BODY(740, "1"),
        NEXT_PAGE,
        {"2 Caches and more", 90, 40, 10, "CMBX12"},
        BODY(100, "More text stands on this page."),
        BODY(740, "Only 2 such lines."),
        NEXT_PAGE,
        {"3 Caches and more", 90, 40, 10, "CMBX12"},
        BODY(100, "And here is the last of it."),
    };
    struct document *document = pdf_document_of(lines, COUNT(lines), "");
    check_kind(document, "sum += a[i];", BYTE_CODE);
    check_kind(document, "2 Caches and more", BYTE_RUNNING);
    check_kind(document, "3 Caches and more", BYTE_RUNNING);
    check_kind(document, "More text", BYTE_TEXT);
    check_kind(document, "Only 2 such", BYTE_TEXT);
    assert_int_equal(document->code_count, 2);
    char *sections = pdf_sections_of(document);
    assert_string_equal(sections, "1:Caches");
    free(sections);
    struct document_counts counts = document_count(document);
    assert_int_equal(counts.words, 2 + 9 + 6 + 4 + 7);
    size_t more = slice_find(document->source.bytes, "More text", 0);
    assert_int_equal(document_page_number(document, 0), 1);
    assert_int_equal(document_page_number(document, more), 2);
    assert_int_equal(document_page_number(document, document->source.bytes.size), 3);
    assert_int_equal(pdf_line_at(document, more + 3)->page, 2);
    assert_true(pdf_line_at(document, slice_find(document->source.bytes, "3 Caches", 0))->running);
    document_free(document);
}

static void words_are_made_whole(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        BODY(100, "The \xef\xac\x81rst e\xef\xac\x80"
                  "ect: distri-"),
        BODY(112, "buted systems, and data is paral-"),
        BODY(124, "lel, or parallel; a data-"),
        BODY(136, "parallel job on a GPU-"),
        BODY(148, "based host with 32-"),
        BODY(160, "bit words, self-attention and self-"),
        BODY(172, "attention, state-of-the-"),
        BODY(184, "art, pre-"),
        BODY(196, "Trained."),
    };
    expect_text(lines, COUNT(lines),
                "The first effect: distributed\nsystems, and data is parallel,\nor parallel; a "
                "data-parallel\njob on a GPU-based\nhost with 32-bit\nwords, self-attention and "
                "self-attention,\nstate-of-the-art,\npre-Trained.\n\n");
}

/* The page number between the halves stays where it is. */
static void word_over_pages(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        BODY(600, "Much is distri-"),
        BODY(740, "1"),
        NEXT_PAGE,
        BODY(100, "buted today, and all of it."),
    };
    expect_text(lines, COUNT(lines), "Much is distributed\n\n1\n\ntoday, and all of it.\n");
}

static void captions(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        BODY(100, "Figure 1 shows what a cache does, as does every book."),
        BODY(300, "Figure 1: A cache, and what a processor which asks it for something"),
        BODY(312, "gets in the end."),
        BODY(340, "Table 2.1: Sizes"),
    };
    struct buffer answer_lines = BUFFER_EMPTY;
    pdf_append_answer(&answer_lines, lines, COUNT(lines), "");
    size_t end = slice_find(buffer_slice(&answer_lines), "{\"end\"", 0);
    answer_lines.size = end;
    buffer_append_string(&answer_lines,
                         "{\"image\": {\"x\": 90, \"y\": 150, \"width\": 300, \"height\": 140, "
                         "\"pixels\": [640, 300]}}\n{\"link\": {\"x\": 95, \"y\": 101, \"width\": "
                         "40, \"height\": 8, \"uri\": \"https://example.org/\"}}\n"
                         "{\"end\": {\"pages\": 1}}\n");
    struct pdf_answer *answer = pdf_answer_read(buffer_slice(&answer_lines));
    struct document *document = pdf_document_make(slice_of("n.pdf"), answer);
    const struct document_pdf *pdf = document->pdf;
    assert_int_equal(pdf->caption_count, 2);
    assert_int_equal(pdf->captions[0].kind, CAPTION_FIGURE);
    assert_slice(pdf->captions[0].number, "1");
    assert_slice(document_text(document, pdf->captions[0].text),
                 "A cache, and what a processor which asks it for something\ngets in the end.");
    assert_int_equal(pdf->captions[1].kind, CAPTION_TABLE);
    assert_slice(pdf->captions[1].number, "2.1");
    assert_int_equal(pdf->picture_count, 1);
    assert_int_equal(pdf->pictures[0].caption.start, pdf->captions[0].span.start);
    assert_int_equal(document->link_count, 1);
    assert_slice(document->links[0].destination, "https://example.org/");
    assert_slice(document->links[0].text, "Figure 1 shows what a cache does, as does every book.");
    assert_int_equal(document_count(document).figures, 1);
    document_free(document);
    pdf_answer_free(answer);
    buffer_release(&answer_lines);
}

static void formulas(void **state) {
    (void)state;
    static const struct pdf_line_made lines[] = {
        BODY(100, "where "),
        {"x", 118, 100, 10, "CMMI10"},
        BODY(130, "•"),
        {"α = β", 90, 160, 10, "CMMI10"},
    };
    struct document *document = pdf_document_of(lines, COUNT(lines), "");
    assert_int_equal(document->pdf->formula_count, 2);
    check_kind(document, "α = β", BYTE_MATH);
    document_free(document);
}

static void nothing_was_read(void **state) {
    (void)state;
    struct pdf_answer *answer = pdf_answer_of(PDF_ENCRYPTED, "it needs a password");
    struct document *document = pdf_document_make(slice_of("n.pdf"), answer);
    assert_int_equal(document->kind, DOCUMENT_PDF);
    assert_int_equal(document->pdf->outcome, PDF_ENCRYPTED);
    assert_slice(document->pdf->message, "it needs a password");
    assert_int_equal(document->source.bytes.size, 0);
    assert_int_equal(document_page_number(document, 0), 0);
    assert_null(pdf_line_at(document, 0));
    assert_null(section_next(&document->root));
    document_free(document);
    pdf_answer_free(answer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_by_number_and_font),
        cmocka_unit_test(number_apart_from_title),
        cmocka_unit_test(wrapped_headings),
        cmocka_unit_test(outline_gives_levels),
        cmocka_unit_test(running_heads_and_code),
        cmocka_unit_test(words_are_made_whole),
        cmocka_unit_test(word_over_pages),
        cmocka_unit_test(captions),
        cmocka_unit_test(formulas),
        cmocka_unit_test(nothing_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
