/*
 * What the helper program scribelint-pdf said of one PDF, as its JSON lines have it
 * (docs/pdf-reader.md): pages with text, images and links; nothing is understood yet.
 */
#ifndef DOCUMENT_PDF_ANSWER_H
#define DOCUMENT_PDF_ANSWER_H

#include "base/arena.h"

enum pdf_outcome {
    PDF_READ,        /* whole, or as far as `limit` says */
    PDF_EMPTY,       /* no bytes */
    PDF_NOT_A_PDF,   /* another kind of file */
    PDF_ENCRYPTED,   /* needs a password */
    PDF_DAMAGED,     /* the library can't read it, or the helper died of it */
    PDF_LIMIT,       /* it wants more time, memory or output than is allowed */
    PDF_UNAVAILABLE, /* the helper can't be run: nothing is known of the file */
    PDF_OUTCOME_COUNT
};

/* Points (1/72 inch) from the upper left corner of the page. */
struct pdf_box {
    double x, y, width, height;
};

/* Text in one font on one line. */
struct pdf_run {
    struct slice text; /* UTF-8; ligatures and hyphens as the file has them */
    struct pdf_box box;
    double size; /* of the font, in points */
    struct slice font;
    bool bold, italic, mono;
    size_t line; /* of the page, from 0 */
};

struct pdf_image {
    struct pdf_box box;
    size_t pixel_width, pixel_height;
};

struct pdf_link {
    struct pdf_box box;
    struct slice uri; /* NULL data: none */
    size_t page;      /* where it leads in the file; 0: nowhere */
};

struct pdf_page {
    size_t number; /* from 1, ascending */
    double width, height;
    struct pdf_run *runs; /* in reading order */
    struct pdf_image *images;
    struct pdf_link *links;
    size_t run_count, image_count, link_count;
};

struct pdf_outline_entry {
    int level; /* from 1 */
    struct slice title;
    size_t page; /* 0: leads nowhere */
};

struct pdf_answer {
    enum pdf_outcome outcome;
    struct slice message; /* a clause for people; empty when it was read */
    bool ended;           /* the helper itself said so: the file is the reason */
    struct slice limit;   /* read in part: "pages", "output" or "time"; else empty */
    struct slice version, title, author, creator, producer; /* NULL data: not told */
    bool javascript;
    size_t attachments;
    size_t page_total; /* in the file; page_count are here */
    struct pdf_page *pages;
    struct pdf_outline_entry *outline;
    size_t page_count, outline_count;
    struct { /* of all pages, for freeing */
        struct pdf_run *runs;
        struct pdf_image *images;
        struct pdf_link *links;
    } items;
    struct arena arena;
};

/*
 * Reads the lines of an answer; everything is copied. Never fails: what is no answer, or none with
 * an end, is PDF_DAMAGED with the reason. Release with pdf_answer_free().
 */
struct pdf_answer *pdf_answer_read(struct slice lines);

/* An answer of nothing but an outcome. */
struct pdf_answer *pdf_answer_of(enum pdf_outcome outcome, const char *message);
void pdf_answer_free(struct pdf_answer *answer);

/* "read", "empty", "not-a-pdf", "encrypted", "damaged", "limit", "unavailable". */
const char *pdf_outcome_name(enum pdf_outcome outcome);

#endif
