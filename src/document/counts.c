#include "document/counts.h"

#include "document/pdf_model.h"

#include <ctype.h>

static bool is_word_byte(char byte) {
    return isalnum((unsigned char)byte) || (byte & 0x80);
}

/* "don't" and "data-parallel" are one. */
static bool is_inner(struct slice text, size_t at) {
    return at && at + 1 < text.size && (text.data[at] == '\'' || text.data[at] == '-') &&
           is_word_byte(text.data[at - 1]) && is_word_byte(text.data[at + 1]);
}

static size_t count_words(struct slice text) {
    size_t words = 0;
    bool inside = false;
    for (size_t i = 0; i < text.size; i++) {
        bool word = is_word_byte(text.data[i]) || (inside && is_inner(text, i));
        words += word && !inside;
        inside = word;
    }
    return words;
}

static size_t count_runs(const struct document *document, enum byte_kind kind) {
    size_t runs = 0;
    for (size_t i = 0; document->kinds && i < document->source.bytes.size; i++)
        runs += document->kinds[i] == kind && (!i || document->kinds[i - 1] != kind);
    return runs;
}

static size_t count_captions(const struct document_pdf *pdf) {
    size_t figures = 0;
    for (size_t i = 0; i < pdf->caption_count; i++)
        figures += pdf->captions[i].kind == CAPTION_FIGURE;
    return figures ? figures : pdf->picture_count;
}

struct document_counts document_count(const struct document *document) {
    struct document_counts counts = {.figures = document->image_count,
                                     .links = document->link_count};
    for (size_t i = 0; i < document->prose_count; i++)
        counts.words += count_words(document_text(document, document->prose[i]));
    if (document->pdf) {
        counts.figures = count_captions(document->pdf);
        counts.formulas = document->pdf->formula_count;
    } else {
        counts.formulas = count_runs(document, BYTE_MATH);
    }
    return counts;
}
