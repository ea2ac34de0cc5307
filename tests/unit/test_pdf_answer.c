#include "document/pdf_answer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "document_fixture.h"

#define HEAD "{\"scribelint-pdf\": 1}\n{\"document\": {\"version\": \"1.7\", \"pages\": 3}}\n"
#define PAGE "{\"page\": {\"number\": 1, \"width\": 612, \"height\": 792}}\n"
#define END  "{\"end\": {\"pages\": 1}}\n"

static struct pdf_answer *read_lines(const char *lines) {
    return pdf_answer_read(slice_of(lines));
}

static void expect_outcome(const char *lines, enum pdf_outcome outcome, const char *message) {
    struct pdf_answer *answer = read_lines(lines);
    if (answer->outcome != outcome)
        fail_msg("%s: %s", lines, pdf_outcome_name(answer->outcome));
    assert_slice(answer->message, message);
    pdf_answer_free(answer);
}

static void whole(void **state) {
    (void)state;
    struct pdf_answer *answer = read_lines(
        "{\"scribelint-pdf\": 1}\n"
        "{\"document\": {\"version\": \"1.5\", \"pages\": 12, \"title\": \"T\", \"author\": \"A\", "
        "\"producer\": \"P\", \"javascript\": true, \"attachments\": 2}}\n"
        "{\"outline\": {\"level\": 1, \"title\": \"Start\", \"page\": 1}}\n"
        "{\"outline\": {\"level\": 2, \"title\": \"Nowhere\"}}\n" PAGE
        "{\"run\": {\"text\": \"1 Start\", \"x\": 72, \"y\": 120.5, \"width\": 90.2, \"height\": "
        "14.3, \"size\": 14.35, \"font\": \"CMBX12\", \"bold\": true, \"italic\": false, \"mono\": "
        "false, \"line\": 3}}\n"
        "{\"image\": {\"x\": 72, \"y\": 300, \"width\": 400, \"height\": 220, \"pixels\": [1600, "
        "880]}}\n"
        "{\"page\": {\"number\": 2, \"width\": 612, \"height\": 792}}\n"
        "{\"link\": {\"x\": 1, \"y\": 2, \"width\": 3, \"height\": 4, \"uri\": "
        "\"https://e.org/\"}}\n"
        "{\"link\": {\"x\": 1, \"y\": 2, \"width\": 3, \"height\": 4, \"page\": 1}}\n"
        "{\"end\": {\"pages\": 2, \"limit\": \"pages\"}}\n");
    assert_int_equal(answer->outcome, PDF_READ);
    assert_true(answer->ended);
    assert_slice(answer->limit, "pages");
    assert_slice(answer->title, "T");
    assert_slice(answer->author, "A");
    assert_slice(answer->producer, "P");
    assert_null(answer->creator.data);
    assert_true(answer->javascript);
    assert_int_equal(answer->attachments, 2);
    assert_int_equal(answer->page_total, 12);
    assert_int_equal(answer->outline_count, 2);
    assert_int_equal(answer->outline[1].level, 2);
    assert_int_equal(answer->outline[1].page, 0);
    assert_int_equal(answer->page_count, 2);
    const struct pdf_page *first = &answer->pages[0], *second = &answer->pages[1];
    assert_int_equal(first->run_count, 1);
    assert_slice(first->runs[0].text, "1 Start");
    assert_true(first->runs[0].bold && !first->runs[0].mono);
    assert_true(first->runs[0].size > 14.3 && first->runs[0].box.y > 120);
    assert_int_equal(first->runs[0].line, 3);
    assert_int_equal(first->images[0].pixel_width, 1600);
    assert_int_equal(second->run_count, 0);
    assert_int_equal(second->link_count, 2);
    assert_slice(second->links[0].uri, "https://e.org/");
    assert_null(second->links[1].uri.data);
    assert_int_equal(second->links[1].page, 1);
    pdf_answer_free(answer);
}

static void errors(void **state) {
    (void)state;
    expect_outcome("{\"scribelint-pdf\": 1}\n{\"error\": {\"kind\": \"encrypted\", \"message\": "
                   "\"It needs a password\"}}\n",
                   PDF_ENCRYPTED, "It needs a password");
    expect_outcome("{\"scribelint-pdf\": 1}\n{\"error\": {\"kind\": \"not-a-pdf\", \"message\": "
                   "\"m\"}}\n",
                   PDF_NOT_A_PDF, "m");
    expect_outcome(HEAD PAGE "{\"error\": {\"kind\": \"limit\", \"message\": \"memory\"}}\n",
                   PDF_LIMIT, "memory");
    expect_outcome("{\"scribelint-pdf\": 1}\n{\"error\": {\"kind\": \"other\", \"message\": "
                   "\"m\"}}\n",
                   PDF_DAMAGED, "m");
    expect_outcome("{\"scribelint-pdf\": 1}\n{\"error\": {\"kind\": \"unavailable\"}}\n",
                   PDF_DAMAGED, "");
}

/* What no helper says: of each the whole is refused, and never the end of the program. */
static void garbage(void **state) {
    (void)state;
    static const char *const cases[] = {
        "Segmentation fault\n",
        "{\"scribelint-pdf\": 2}\n",
        "{\"document\": {\"pages\": 1}}\n" END,
        "[]\n",
        "{}\n",
        "{\"scribelint-pdf\": 1, \"more\": 1}\n",
        HEAD HEAD END,
        HEAD "{\"run\": {\"text\": \"no page\"}}\n" END,
        HEAD PAGE PAGE END,
        HEAD PAGE "{\"run\": {\"x\": 1}}\n" END,
        HEAD PAGE "{\"run\": {\"text\": \"a\", \"line\": -1}}\n" END,
        HEAD PAGE "{\"run\": \"text\"}\n" END,
        HEAD "{\"outline\": {\"level\": 0, \"title\": \"a\"}}\n" END,
        HEAD "{\"outline\": {\"level\": 99, \"title\": \"a\"}}\n" END,
        HEAD PAGE "{\"run\": {\"text\": \"cut",
        HEAD "{\"end\": {\"pages\": 1}}", /* without its line end it may be cut */
        HEAD "\xff\xfe\n" END,
        "{\"scribelint-pdf\": 1}\n" END,
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        expect_outcome(cases[i], PDF_DAMAGED, "the answer of scribelint-pdf can't be understood");
    expect_outcome("", PDF_DAMAGED, "the answer of scribelint-pdf has no end");
    expect_outcome(HEAD PAGE, PDF_DAMAGED, "the answer of scribelint-pdf has no end");
}

static void numbers_out_of_bounds(void **state) {
    (void)state;
    struct pdf_answer *answer = read_lines(
        HEAD PAGE "{\"run\": {\"text\": \"a\", \"x\": 1e300, \"y\": -1e12, \"width\": -5, "
                  "\"height\": \"tall\", \"size\": 1e9, \"line\": 0}}\n"
                  "{\"image\": {\"pixels\": [-1, 99999999999]}}\n"
                  "{\"later\": {\"than\": \"this format\"}}\n" END "what comes behind the end\n");
    assert_int_equal(answer->outcome, PDF_READ);
    const struct pdf_run *run = &answer->pages[0].runs[0];
    assert_true(run->box.x == 0 && run->box.y == 0 && run->box.width == 0 && run->size == 0);
    assert_int_equal(answer->pages[0].images[0].pixel_width, 0);
    assert_int_equal(answer->pages[0].images[0].pixel_height, 0);
    pdf_answer_free(answer);
}

static void long_line(void **state) {
    (void)state;
    struct buffer lines = BUFFER_EMPTY;
    buffer_append_string(&lines, HEAD PAGE "{\"run\": {\"line\": 0, \"text\": \"");
    memset(buffer_extend(&lines, 70000), 'a', 70000);
    buffer_append_string(&lines, "\"}}\n" END);
    expect_outcome(buffer_string(&lines), PDF_DAMAGED,
                   "the answer of scribelint-pdf can't be understood");
    buffer_release(&lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole),     cmocka_unit_test(errors),
        cmocka_unit_test(garbage),   cmocka_unit_test(numbers_out_of_bounds),
        cmocka_unit_test(long_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
