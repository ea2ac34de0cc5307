/* Parts of the PDF reader, for pdf_*.c only: rows of a page, words, sections. */
#ifndef DOCUMENT_PDF_PARTS_H
#define DOCUMENT_PDF_PARTS_H

#include "base/buffer.h"
#include "document/pdf_answer.h"
#include "document/pdf_model.h"

/* As fmin() and fmax() of the mathematics library, which this program has no other use for. */
static inline double smaller_of(double left, double right) {
    return left < right ? left : right;
}

static inline double larger_of(double left, double right) {
    return left > right ? left : right;
}

/* What stands side by side on a page: "1" and "Introduction" of a heading are two lines in the
 * answer. */
struct pdf_row {
    size_t page; /* index in the answer */
    const struct pdf_run **runs;
    size_t run_count;
    struct pdf_box box;
    double size;       /* that of the run with most text */
    bool bold, code;   /* nearly all of it */
    bool all_math;     /* nothing but formulas */
    bool running;      /* a running head, a page number */
    bool begins_block; /* more room above it than between lines of a paragraph */
    size_t taken;      /* bytes at its start that end a broken word of the row before */
    struct span span;  /* in the text of the document, without the line end */
};

struct pdf_rows {
    struct pdf_row *items; /* in reading order */
    size_t count, capacity;
    double body_size; /* of the font in which most of the text is set; 0: no text */
};

/* Runs live in `arena`; release `rows->items` with free(). */
void pdf_rows_read(struct pdf_rows *rows, const struct pdf_answer *answer, struct arena *arena);

/* Finds running heads and page numbers: the same text at the same height of several pages. */
void pdf_rows_find_running(struct pdf_rows *rows, const struct pdf_answer *answer);

/* True of what is set in a font of formulas; the bullets of lists, from the same fonts, are none.
 */
bool pdf_run_is_math(const struct pdf_run *run);

/* Appends the text of a run as people write it: no ligatures, no control characters. */
void pdf_append_clean(struct buffer *buffer, struct slice text);

/* True when `text` ends where TeX or a word processor breaks a word; `*stem` is without the hyphen.
 */
bool pdf_is_broken(struct slice text, struct slice *stem);

/* The words of a document, to tell a hyphen that broke a word from one that belongs there. */
struct pdf_words {
    struct slice *items;
    size_t count, capacity;
    struct arena arena;
};

void pdf_words_read(struct pdf_words *words, const struct pdf_rows *rows);
void pdf_words_release(struct pdf_words *words);

/* True when "distri-" and "buted" are one word, false for "data-" and "parallel". */
bool pdf_words_joins(const struct pdf_words *words, struct slice left, struct slice right);

/* Finds where the front of the first page ends: the row behind it. */
size_t pdf_front_end(const struct document *document, const struct pdf_rows *rows);

/* Builds the tree of sections from the outline and the fonts of the rows from `first` on. */
void pdf_sections_build(struct document *document, const struct pdf_rows *rows,
                        const struct pdf_answer *answer, size_t first);

/* Finds "Figure 3: …" and gives each to the picture that is nearest above or below. */
void pdf_captions_find(struct document *document, const struct pdf_rows *rows);

#endif
