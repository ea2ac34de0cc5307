/* The answer of scribelint-pdf, and the document and first page that are made of it. */
#include "fuzz.h"

#include "course/first_page.h"
#include "document/counts.h"
#include "document/pdf_model.h"

static void check_sections(const struct document *document) {
    size_t size = document->source.bytes.size, last = 0;
    for (const struct section *section = section_next(&document->root); section;
         section = section_next(section)) {
        require_span(section->heading, size);
        require_span(section->title, size);
        require_span(section->content, size);
        require(section->level > 0 && section->heading.start >= last);
        require(section->title.start >= section->heading.start);
        last = section->heading.start;
    }
}

static void check_lines(const struct document *document) {
    const struct document_pdf *pdf = document->pdf;
    size_t size = document->source.bytes.size, last = 0;
    for (size_t i = 0; i < pdf->line_count; i++) {
        require_span(pdf->lines[i].span, size);
        require(pdf->lines[i].span.start >= last);
        last = pdf->lines[i].span.end;
    }
    for (size_t i = 0; i < document->page_count; i++)
        require_span(document->pages[i].span, size);
    for (size_t i = 0; i < pdf->caption_count; i++) {
        require_span(pdf->captions[i].span, size);
        require_span(pdf->captions[i].text, size);
    }
    for (size_t i = 0; i < document->prose_count; i++)
        require_span(document->prose[i], size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct pdf_answer *answer = pdf_answer_read((struct slice){(const char *)data, size});
    struct document *document = pdf_document_make(slice_of("notes/note.pdf"), answer);
    struct first_page page;
    check_sections(document);
    check_lines(document);
    first_page_read(&page, document);
    require_span(page.number_span, document->source.bytes.size);
    require_span(page.title.span, document->source.bytes.size);
    require_span(page.scribes.span, document->source.bytes.size);
    first_page_release(&page);
    document_count(document);
    document_free(document);
    pdf_answer_free(answer);
    return 0;
}
