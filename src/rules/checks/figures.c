/* Figures of a PDF note: referred to and not there, too coarse to read, cut off by the page. */
#include "base/memory.h"
#include "document/pdf_model.h"
#include "rules/check.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum problem { PROBLEM_MISSING, PROBLEM_COARSE, PROBLEM_OFF_PAGE };

static const char *const problem_names[] = {"missing", "coarse", "off-page", NULL};

struct figures_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct figures_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"count", "size", NULL};

/* --- References ----------------------------------------------------------------------------- */

/* "Figure 3", "Fig. 3.1" at `at`: `*number` is what it is called; returns the end, or `at`. */
static size_t read_reference(struct slice text, size_t at, struct slice *number) {
    static const char *const words[] = {"Figure", "Fig.", "figure", "fig."};
    size_t end = at;
    for (size_t i = 0; i < COUNT_OF(words) && end == at; i++) {
        struct slice word = slice_of(words[i]);
        if (slice_equal(slice_part(text, at, at + word.size), word))
            end = at + word.size;
    }
    size_t digits = end;
    while (digits > at && digits < text.size && isspace((unsigned char)text.data[digits]))
        digits++;
    size_t stop = digits;
    while (stop > at && stop < text.size &&
           (isdigit((unsigned char)text.data[stop]) ||
            (text.data[stop] == '.' && stop + 1 < text.size && stop > digits &&
             isdigit((unsigned char)text.data[stop + 1]))))
        stop++;
    if (digits == end || stop == digits || stop - digits > 8)
        return at;
    *number = slice_part(text, digits, stop);
    return stop;
}

static bool has_figure(const struct document_pdf *pdf, struct slice number) {
    for (size_t i = 0; i < pdf->caption_count; i++)
        if (pdf->captions[i].kind == CAPTION_FIGURE && slice_equal(pdf->captions[i].number, number))
            return true;
    return false;
}

/* A note whose captions have other numbers, or none, counts in a way of its own. */
static bool counts_figures(const struct document_pdf *pdf, struct slice like) {
    bool dotted = memchr(like.data, '.', like.size) != NULL;
    for (size_t i = 0; i < pdf->caption_count; i++) {
        struct slice number = pdf->captions[i].number;
        if (pdf->captions[i].kind == CAPTION_FIGURE && number.size &&
            (memchr(number.data, '.', number.size) != NULL) == dotted)
            return true;
    }
    return false;
}

/* "Figure 3 of [2]", "Figure 3 in the slides" are of another text. */
static bool is_elsewhere(struct slice text, size_t end) {
    static const char *const words[] = {"of ", "in ", "from "};
    while (end < text.size && (isspace((unsigned char)text.data[end]) || text.data[end] == ')'))
        end++;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (slice_starts_with(slice_part(text, end, text.size), words[i]))
            return true;
    return false;
}

static void check_missing(const struct rule *rule, const struct subject *subject) {
    const struct document *document = subject->document;
    const struct document_pdf *pdf = document->pdf;
    struct slice text = document->source.bytes, number;
    for (size_t at = 0; at < text.size && !pdf->limit.size; at++) {
        bool begins = document->kinds[at] == BYTE_TEXT &&
                      (text.data[at] == 'F' || text.data[at] == 'f') &&
                      (!at || !isalnum((unsigned char)text.data[at - 1]));
        size_t end = begins ? read_reference(text, at, &number) : at;
        if (end == at)
            continue;
        struct slice whole = slice_part(text, at, end);
        if (!has_figure(pdf, number) && counts_figures(pdf, number) && !is_elsewhere(text, end))
            subject_report(subject, rule, (struct span){at, end}, whole, NULL, 0);
        at = end;
    }
}

/* --- Pictures ------------------------------------------------------------------------------- */

/*
 * Pixels for an inch of the page. Text in a picture with fewer cannot be read, on paper or
 * enlarged; small pictures are symbols, and slides are larger than paper.
 */
static void check_coarse(const struct rule *rule, const struct subject *subject) {
    enum { FEWEST_DPI = 50, SMALLEST_WIDTH = 144, POINTS_PER_INCH = 72, FEWEST_PIXELS = 8 };
    const struct document *document = subject->document;
    const struct document_pdf *pdf = document->pdf;
    for (size_t i = 0; i < pdf->picture_count && !pdf_is_slides(document); i++) {
        const struct pdf_picture *picture = &pdf->pictures[i];
        if (picture->pixel_width < FEWEST_PIXELS || picture->pixel_height < FEWEST_PIXELS ||
            picture->box.width < SMALLEST_WIDTH || picture->box.height < SMALLEST_WIDTH / 2.0)
            continue;
        double dpi = (double)picture->pixel_width * POINTS_PER_INCH / picture->box.width;
        if (dpi >= FEWEST_DPI)
            continue;
        struct buffer flagged = BUFFER_EMPTY, size = BUFFER_EMPTY;
        buffer_append_format(&flagged, "%.0f", dpi);
        buffer_append_format(&size, "%zu x %zu", picture->pixel_width, picture->pixel_height);
        struct place named = {"size", buffer_slice(&size)};
        struct span span = picture->caption;
        const struct document_page *page = pdf_page_find(document, picture->page);
        if (span.start == span.end && page)
            span = page->span;
        subject_report(subject, rule, span.end > span.start ? span : NO_PLACE,
                       buffer_slice(&flagged), &named, 1);
        buffer_release(&flagged);
        buffer_release(&size);
    }
}

/* Rounding and the side bearing of letters are no fault. */
static void check_off_page(const struct rule *rule, const struct subject *subject) {
    enum { SLACK = 4 };
    const struct document_pdf *pdf = subject->document->pdf;
    for (size_t i = 0; i < pdf->line_count; i++) {
        const struct pdf_line *line = &pdf->lines[i];
        const struct document_page *page = pdf_page_find(subject->document, line->page);
        bool off =
            page && (line->box.x < -SLACK || line->box.x + line->box.width > page->width + SLACK ||
                     line->box.y < -SLACK || line->box.y + line->box.height > page->height + SLACK);
        if (off && line->span.end > line->span.start)
            subject_report(subject, rule, line->span, document_text(subject->document, line->span),
                           NULL, 0);
    }
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct figures_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    if (!document->pdf || document->pdf->outcome != PDF_READ)
        return;
    switch ((enum problem)own->finds) {
    case PROBLEM_MISSING:
        check_missing(rule, subject);
        break;
    case PROBLEM_COARSE:
        check_coarse(rule, subject);
        break;
    case PROBLEM_OFF_PAGE:
        check_off_page(rule, subject);
        break;
    }
}

const struct check check_figures = {.name = "figures",
                                    .parameters = parameters,
                                    .parameters_size = sizeof(struct figures_parameters),
                                    .places = places,
                                    .needs_document = true,
                                    .run = run};
