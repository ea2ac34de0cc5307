/* What can be told of a PDF before anybody reads it: that it can be read, and how long it is. */
#include "rules/check.h"

#include "base/buffer.h"
#include "document/pdf_model.h"

#include <ctype.h>
#include <stddef.h>

enum problem { PROBLEM_UNREADABLE, PROBLEM_ENCRYPTED, PROBLEM_NO_TEXT, PROBLEM_PAGES };

static const char *const problem_names[] = {"unreadable", "encrypted", "no-text", "pages", NULL};

struct pdf_file_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct pdf_file_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"reason", "count", "expected", NULL};

static void report(const struct rule *rule, const struct subject *subject, const char *name,
                   struct slice text) {
    struct place named = {name, text};
    subject_report(subject, rule, NO_PLACE, subject->path, &named, 1);
}

/* Scans have some letters of a stamp or a page number at most. */
static bool has_text(const struct document *document) {
    enum { FEWEST_LETTERS = 40 };
    struct slice bytes = document->source.bytes;
    size_t letters = 0;
    for (size_t i = 0; i < bytes.size && letters < FEWEST_LETTERS; i++)
        letters += isalpha((unsigned char)bytes.data[i]) || (bytes.data[i] & 0x80);
    return letters >= FEWEST_LETTERS;
}

/* One figure alone is a note without text, a plot that was put there by mistake. */
static void check_text(const struct rule *rule, const struct subject *subject) {
    const struct document_pdf *pdf = subject->document->pdf;
    if (pdf->outcome != PDF_READ || pdf->limit.size || has_text(subject->document))
        return;
    struct buffer count = BUFFER_EMPTY;
    buffer_append_format(&count, "%zu page%s", pdf->page_total, pdf->page_total == 1 ? "" : "s");
    report(rule, subject, "count", buffer_slice(&count));
    buffer_release(&count);
}

static void check_pages(const struct rule *rule, const struct subject *subject) {
    const struct document_pdf *pdf = subject->document->pdf;
    const struct note_kind *note = subject->note;
    long pages = (long)pdf->page_total;
    if (pdf->outcome != PDF_READ || (!note->least_pages && !note->most_pages) ||
        (pages >= note->least_pages && (!note->most_pages || pages <= note->most_pages)))
        return;
    struct buffer count = BUFFER_EMPTY, expected = BUFFER_EMPTY;
    buffer_append_format(&count, "%ld page%s", pages, pages == 1 ? "" : "s");
    message_append_range(&expected, note->least_pages, note->most_pages);
    struct place named[] = {{"count", buffer_slice(&count)}, {"expected", buffer_slice(&expected)}};
    subject_report(subject, rule, NO_PLACE, buffer_slice(&count), named, 2);
    buffer_release(&count);
    buffer_release(&expected);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct pdf_file_parameters *own = rule->parameters;
    const struct document_pdf *pdf = subject->document->pdf;
    if (!pdf || !subject->note)
        return;
    switch ((enum problem)own->finds) {
    case PROBLEM_UNREADABLE:
        if (pdf->outcome == PDF_DAMAGED || pdf->outcome == PDF_NOT_A_PDF)
            report(rule, subject, "reason", pdf->message);
        break;
    case PROBLEM_ENCRYPTED:
        if (pdf->outcome == PDF_ENCRYPTED)
            report(rule, subject, "reason", pdf->message);
        break;
    case PROBLEM_NO_TEXT:
        check_text(rule, subject);
        break;
    case PROBLEM_PAGES:
        check_pages(rule, subject);
        break;
    }
}

const struct check check_pdf_file = {.name = "pdf-file",
                                     .parameters = parameters,
                                     .parameters_size = sizeof(struct pdf_file_parameters),
                                     .places = places,
                                     .needs_document = true,
                                     .run = run};
