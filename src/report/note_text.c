/* `scribelint show` for people. */
#include "report/note_report.h"

#include "document/counts.h"
#include "document/pdf_model.h"
#include "document/plain.h"
#include "report/safe.h"

#include <ctype.h>
#include <string.h>

enum { MOST_TEXT = 200 };

const struct note_format note_formats[] = {{"text", note_text}, {"json", note_json}, {0}};

void note_append_squeezed(struct buffer *buffer, const struct document *document,
                          struct span span) {
    struct slice text = slice_trim(document_text(document, span));
    if (!document->pdf) {
        plain_append(buffer, document, span);
        return;
    }
    for (size_t i = 0; i < text.size; i++) {
        bool space = isspace((unsigned char)text.data[i]);
        if (!space || !isspace((unsigned char)text.data[i - 1]))
            buffer_append_byte(buffer, space ? ' ' : text.data[i]);
    }
}

static void write_span(struct buffer *output, const struct document *document, struct span span) {
    struct buffer text = BUFFER_EMPTY;
    note_append_squeezed(&text, document, span);
    safe_append_cut(output, buffer_slice(&text), MOST_TEXT);
    buffer_release(&text);
}

static void begin_row(struct buffer *output, const char *name) {
    buffer_append_format(output, "  %-10s ", name);
}

/* Nothing is written of what is not said. */
static void write_row(struct buffer *output, const char *name, struct slice text) {
    if (!text.size)
        return;
    begin_row(output, name);
    safe_append_cut(output, text, MOST_TEXT);
    buffer_append_byte(output, '\n');
}

static void write_count(struct buffer *output, size_t count, const char *noun) {
    buffer_append_format(output, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void write_counts(struct buffer *output, const struct document *document) {
    struct document_counts counts = document_count(document);
    begin_row(output, "holds");
    write_count(output, counts.words, "word");
    if (document->pdf) {
        buffer_append_string(output, ", ");
        write_count(output, document->page_count, "page");
    }
    buffer_append_string(output, ", ");
    write_count(output, counts.figures, "figure");
    buffer_append_string(output, ", ");
    write_count(output, counts.formulas, "formula");
    buffer_append_string(output, ", ");
    write_count(output, counts.links, "link");
    buffer_append_byte(output, '\n');
}

static void write_lecture(struct buffer *output, const struct note_view *view) {
    const struct lecture *lecture = view->lecture->lecture;
    begin_row(output, "lecture");
    if (!lecture) {
        buffer_append_string(output, view->schedule->form == SCHEDULE_NONE
                                         ? "not known: the course has no schedule\n"
                                         : "not known: nothing says a lecture of the schedule\n");
        return;
    }
    day_append(output, lecture->day, false);
    if (lecture->called)
        buffer_append_format(output, " (%ld)", lecture->called);
    if (lecture->title.size) {
        buffer_append_string(output, ", \"");
        safe_append_cut(output, lecture->title, MOST_TEXT);
        buffer_append_byte(output, '"');
    }
    const struct lecture_claim *claim = &view->lecture->claims[view->lecture->source];
    struct slice words =
        claim->day.month || !claim->number_text.size ? claim->text : claim->number_text;
    buffer_append_format(output, ": so %s says", claim_source_name(view->lecture->source));
    if (words.size && view->lecture->source != CLAIM_LINK) {
        buffer_append_string(output, ", \"");
        safe_append_cut(output, words, MOST_TEXT);
        buffer_append_byte(output, '"');
    }
    buffer_append_string(output, view->lecture->sure ? "\n" : " (a guess)\n");
}

static void write_people(struct buffer *output, const struct note_view *view) {
    for (size_t i = 0; i < view->people->count; i++) {
        const struct named_person *person = &view->people->items[i];
        begin_row(output, i ? "" : "scribes");
        safe_append_cut(output, person->name.size ? person->name : person->account, MOST_TEXT);
        buffer_append_byte(output, '\n');
    }
    if (!view->people->count && view->first_page->names_scribes)
        write_row(output, "scribes", slice_of("(nobody is named)"));
}

static void write_first_page(struct buffer *output, const struct first_page *page) {
    write_row(output, "course", page->course.text);
    if (page->number) {
        begin_row(output, "number");
        buffer_append_format(output, "%ld\n", page->number);
    }
    write_row(output, "title", page->title.text);
    write_row(output, "lecturer", page->lecturer.text);
}

static void write_front_matter(struct buffer *output, const struct document *document) {
    static const char *const keys[] = {"layout", "title", "date", "lecture", "lecturer"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
        const struct yaml_node *node = yaml_find(document->front_matter.root, keys[i]);
        if (node && node->kind == YAML_SCALAR)
            write_row(output, keys[i], node->text);
    }
}

static void write_place(struct buffer *output, const struct document *document, size_t offset) {
    size_t page = document_page_number(document, offset);
    if (page)
        buffer_append_format(output, "  page %-4zu ", page);
    else
        buffer_append_format(output, "  line %-4zu ", source_line(&document->source, offset));
}

static void write_outline(struct buffer *output, const struct document *document) {
    const struct section *section = section_next(&document->root);
    if (section)
        buffer_append_string(output, "\nSections\n");
    for (; section; section = section_next(section)) {
        struct span shown = document->pdf ? section->heading : section->title;
        write_place(output, document, section->heading.start);
        buffer_append_format(output, "%*s", 2 * (section->level - 1), "");
        write_span(output, document, shown);
        buffer_append_byte(output, '\n');
    }
}

static void write_picture(struct buffer *output, const struct document *document,
                          const struct pdf_picture *picture) {
    buffer_append_format(output, "  page %-4zu ", picture->page);
    if (picture->caption.end)
        write_span(output, document, picture->caption);
    else
        buffer_append_string(output, "(no caption)");
    buffer_append_format(output, "  [%.0f x %.0f points", picture->box.width, picture->box.height);
    if (picture->pixel_width)
        buffer_append_format(output, ", %zu x %zu pixels", picture->pixel_width,
                             picture->pixel_height);
    buffer_append_string(output, "]\n");
}

static void write_figures(struct buffer *output, const struct document *document) {
    const struct document_pdf *pdf = document->pdf;
    if (pdf ? pdf->picture_count : document->image_count)
        buffer_append_string(output, "\nFigures\n");
    for (size_t i = 0; pdf && i < pdf->picture_count; i++)
        write_picture(output, document, &pdf->pictures[i]);
    for (size_t i = 0; !pdf && i < document->image_count; i++) {
        const struct link *image = &document->images[i];
        write_place(output, document, image->span.start);
        safe_append_cut(output, image->destination, MOST_TEXT);
        if (image->text.size) {
            buffer_append_string(output, "  \"");
            safe_append_cut(output, image->text, MOST_TEXT);
            buffer_append_byte(output, '"');
        }
        buffer_append_byte(output, '\n');
    }
}

static void write_unread(struct buffer *output, const struct document *document) {
    const struct document_pdf *pdf = document->pdf;
    if (pdf && pdf->outcome != PDF_READ) {
        begin_row(output, "not read");
        safe_append_cut(output, pdf->message, MOST_TEXT);
        buffer_append_byte(output, '\n');
    } else if (pdf && pdf->limit.size) {
        begin_row(output, "in part");
        buffer_append_format(output, "the first %zu of %zu pages\n", document->page_count,
                             pdf->page_total);
    } else if (document->undecided) {
        write_row(output, "not read", slice_of(document->undecided));
    }
}

void note_text(struct buffer *output, const struct note_view *view) {
    const struct document *document = view->document;
    safe_append_path(output, view->path);
    buffer_append_byte(output, '\n');
    write_lecture(output, view);
    write_unread(output, document);
    if (document->pdf)
        write_first_page(output, view->first_page);
    else
        write_front_matter(output, document);
    write_people(output, view);
    if (document->pdf) {
        write_row(output, "made by", document->pdf->producer);
        write_row(output, "PDF", document->pdf->version);
    }
    if (!document->pdf || document->pdf->outcome == PDF_READ)
        write_counts(output, document);
    write_outline(output, document);
    write_figures(output, document);
}
