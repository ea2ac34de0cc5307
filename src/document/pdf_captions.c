/* "Figure 3: …" of a PDF. */
#include "document/pdf_parts.h"

#include "base/memory.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NEAR 160.0 /* points between a picture and its caption */
#define FULL 0.85  /* of the next row's width: nothing wraps before */

enum { MOST_ROWS = 8, MOST_PICTURES = 2000, MOST_CAPTIONS = 2000 };

/* "3", "2.1", "A.1": its end behind `at`. */
static size_t number_end(struct slice text, size_t at) {
    size_t end = at;
    while (end < text.size && (isdigit((unsigned char)text.data[end]) ||
                               (text.data[end] == '.' && end > at && end + 1 < text.size &&
                                isdigit((unsigned char)text.data[end + 1]))))
        end++;
    return end;
}

/* False when the row begins no caption. Spans are in the row's text. */
static bool read_caption(struct pdf_caption *caption, struct slice text) {
    static const struct {
        const char *word;
        enum caption_kind kind;
    } words[] = {{"Figure ", CAPTION_FIGURE},   {"Fig. ", CAPTION_FIGURE},
                 {"Fig ", CAPTION_FIGURE},      {"Table ", CAPTION_TABLE},
                 {"Listing ", CAPTION_LISTING}, {"Algorithm ", CAPTION_ALGORITHM}};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t at = strlen(words[i].word);
        if (text.size <= at || strncasecmp(text.data, words[i].word, at))
            continue;
        size_t end = number_end(text, at);
        if (end == at || end >= text.size || (text.data[end] != ':' && text.data[end] != '.'))
            continue;
        caption->kind = words[i].kind;
        caption->number = slice_part(text, at, end);
        caption->text.start = end + 1;
        return true;
    }
    return false;
}

/* The rows of a caption are set closer than the text below it is. */
static size_t last_row(const struct pdf_rows *rows, size_t first) {
    size_t last = first;
    while (last + 1 < rows->count && last - first < MOST_ROWS) {
        const struct pdf_row *row = &rows->items[last], *next = row + 1;
        if (next->begins_block || next->running || fabs(next->size - row->size) > 0.6 ||
            row->box.width < FULL * next->box.width)
            break;
        last++;
    }
    return last;
}

/* What lies between a box and the caption's rows, from edge to edge. */
static double distance(struct pdf_box picture, struct pdf_box row) {
    double above = row.y - picture.y - picture.height, below = picture.y - row.y - row.height;
    return larger_of(0, larger_of(above, below));
}

static void give_to_picture(struct document_pdf *pdf, const struct pdf_caption *caption,
                            struct pdf_box box) {
    struct pdf_picture *best = NULL;
    for (size_t i = 0; i < pdf->picture_count && i < MOST_PICTURES; i++) {
        struct pdf_picture *picture = &pdf->pictures[i];
        double far = distance(picture->box, box);
        if (picture->page == caption->page && far < NEAR && picture->caption.end == 0 &&
            (!best || far < distance(best->box, box)))
            best = picture;
    }
    if (best)
        best->caption = caption->span;
}

void pdf_captions_find(struct document *document, const struct pdf_rows *rows) {
    struct document_pdf *pdf = document->pdf;
    struct pdf_caption *captions = NULL;
    size_t capacity = 0;
    for (size_t i = 0; i < rows->count && pdf->caption_count < MOST_CAPTIONS; i++) {
        const struct pdf_row *row = &rows->items[i];
        struct pdf_caption caption = {0};
        if (row->running || row->code ||
            !read_caption(&caption, document_text(document, row->span)))
            continue;
        size_t last = last_row(rows, i);
        caption.page = document->pages[row->page].number;
        caption.span = (struct span){row->span.start, rows->items[last].span.end};
        caption.text = (struct span){row->span.start + caption.text.start, caption.span.end};
        while (isspace((unsigned char)document->source.bytes.data[caption.span.end - 1]))
            caption.span.end--;
        caption.text.end = caption.span.end;
        while (caption.text.start < caption.text.end &&
               isspace((unsigned char)document->source.bytes.data[caption.text.start]))
            caption.text.start++;
        if (caption.kind == CAPTION_FIGURE)
            give_to_picture(pdf, &caption, row->box);
        ARRAY_PUSH(captions, pdf->caption_count, capacity) = caption;
        i = last;
    }
    pdf->captions = arena_allocate(&document->arena, pdf->caption_count, sizeof(*captions));
    if (captions)
        memcpy(pdf->captions, captions, pdf->caption_count * sizeof(*captions));
    free(captions);
}
