/*
 * A PDF as a document: the same model as for Markdown, with pages. Its source is the text made from
 * the answer of scribelint-pdf, a line for each line of the page, a blank line between blocks.
 */
#ifndef DOCUMENT_PDF_MODEL_H
#define DOCUMENT_PDF_MODEL_H

#include "document/document.h"
#include "document/pdf_answer.h"

/* A line of a page, as wide as text stands side by side. */
struct pdf_line {
    struct span span; /* in the source, without the line end; a word broken at its end is whole */
    size_t page;      /* number */
    struct pdf_box box;
    double size;        /* of its font */
    bool bold, running; /* running: a running head or a page number */
};

struct pdf_picture {
    size_t page; /* number */
    struct pdf_box box;
    size_t pixel_width, pixel_height; /* 0: not known */
    struct span caption;              /* of document_pdf.captions; empty: none is near */
};

enum caption_kind { CAPTION_FIGURE, CAPTION_TABLE, CAPTION_LISTING, CAPTION_ALGORITHM };

/* "Figure 3: …" */
struct pdf_caption {
    enum caption_kind kind;
    struct slice number; /* "3", "2.1" */
    struct span span;    /* all of it */
    struct span text;    /* behind the colon */
    size_t page;         /* number */
};

/* What a document has of a PDF only. */
struct document_pdf {
    enum pdf_outcome outcome;
    struct slice message; /* why it could not be read; empty otherwise */
    struct slice limit;   /* it was read in part: "pages", "output" or "time"; else empty */
    struct slice version, title, author, creator, producer; /* NULL data: not told */
    bool javascript;
    size_t attachments;
    size_t page_total;      /* in the file; document->page_count were read */
    double body_size;       /* of the font of most text, in points; 0: no text */
    struct span front;      /* the block over the text of the first page: course, title, people */
    struct pdf_line *lines; /* in the order of the source */
    struct pdf_picture *pictures;
    struct pdf_caption *captions;
    struct pdf_outline_entry *outline; /* as in the file, whether found in the text or not */
    size_t line_count, picture_count, caption_count, outline_count;
    size_t formula_count;
};

/*
 * The document of an answer, which is copied. Never fails: of a file that could not be read there
 * is the outcome, and no text. Release with document_free().
 */
struct document *pdf_document_make(struct slice path, const struct pdf_answer *answer);

/* The line that holds `offset`, or NULL. */
const struct pdf_line *pdf_line_at(const struct document *document, size_t offset);

/* The page of that number, or NULL. */
const struct document_page *pdf_page_find(const struct document *document, size_t number);

/* True when its first page is wider than high: slides say a title on several pages. */
bool pdf_is_slides(const struct document *document);

#endif
