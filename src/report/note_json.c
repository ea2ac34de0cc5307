/* `scribelint show` for programs. The format is in docs/json.md. */
#include "report/note_report.h"

#include "document/counts.h"
#include "document/pdf_model.h"
#include "report/json_value.h"

enum { FORMAT_VERSION = 1 };

static json_t *make_number(size_t number) {
    return number ? json_value_count(number) : json_null();
}

static json_t *make_span(const struct document *document, struct span span) {
    struct buffer text = BUFFER_EMPTY;
    note_append_squeezed(&text, document, span);
    json_t *value = json_value_text_or_null(buffer_slice(&text));
    buffer_release(&text);
    return value;
}

/* "line" or "page"; the other is null. */
static void set_place(json_t *object, const struct document *document, size_t offset) {
    size_t page = document_page_number(document, offset);
    json_value_set(object, "line",
                   page ? json_null() : json_value_count(source_line(&document->source, offset)));
    json_value_set(object, "page", make_number(page));
}

static json_t *make_lecture(const struct note_view *view) {
    const struct lecture *lecture = view->lecture->lecture;
    struct buffer day = BUFFER_EMPTY;
    if (!lecture)
        return json_null();
    json_t *object = json_object();
    day_append(&day, lecture->day, true);
    json_value_set(object, "day", json_value_text_or_null(buffer_slice(&day)));
    json_value_set(object, "number", make_number((size_t)lecture->called));
    json_value_set(object, "title", json_value_text_or_null(lecture->title));
    json_value_set(object, "from", json_value_string(claim_source_name(view->lecture->source)));
    json_value_set(object, "says",
                   json_value_text_or_null(view->lecture->claims[view->lecture->source].text));
    json_value_set(object, "sure", json_boolean(view->lecture->sure));
    buffer_release(&day);
    return object;
}

static json_t *make_metadata(const struct note_view *view) {
    static const char *const keys[] = {"layout", "title", "date", "lecture", "lecturer"};
    const struct first_page *page = view->first_page;
    const struct document *document = view->document;
    json_t *object = json_object(), *scribes = json_array();
    if (document->pdf) {
        json_value_set(object, "course", json_value_text_or_null(page->course.text));
        json_value_set(object, "term", json_value_text_or_null(page->term.text));
        json_value_set(object, "number", make_number((size_t)page->number));
        json_value_set(object, "title", json_value_text_or_null(page->title.text));
        json_value_set(object, "lecturer", json_value_text_or_null(page->lecturer.text));
    }
    for (size_t i = 0; !document->pdf && i < sizeof(keys) / sizeof(*keys); i++) {
        const struct yaml_node *node = yaml_find(document->front_matter.root, keys[i]);
        json_value_set(object, keys[i],
                       node && node->kind == YAML_SCALAR ? json_value_text_or_null(node->text)
                                                         : json_null());
    }
    for (size_t i = 0; i < view->people->count; i++) {
        const struct named_person *person = &view->people->items[i];
        json_value_push(
            scribes, json_value_text_or_null(person->name.size ? person->name : person->account));
    }
    json_value_set(object, "scribes", scribes);
    return object;
}

static json_t *make_counts(const struct document *document) {
    struct document_counts counts = document_count(document);
    json_t *object = json_object();
    json_value_set(object, "words", json_value_count(counts.words));
    json_value_set(object, "pages", make_number(document->page_count));
    json_value_set(object, "figures", json_value_count(counts.figures));
    json_value_set(object, "formulas", json_value_count(counts.formulas));
    json_value_set(object, "links", json_value_count(counts.links));
    return object;
}

static json_t *make_sections(const struct document *document) {
    json_t *array = json_array();
    for (const struct section *section = section_next(&document->root); section;
         section = section_next(section)) {
        json_t *object = json_object();
        struct span number = {section->heading.start, section->title.start};
        json_value_set(object, "level", json_value_count((size_t)section->level));
        json_value_set(object, "number", document->pdf ? make_span(document, number) : json_null());
        json_value_set(object, "title", make_span(document, section->title));
        set_place(object, document, section->heading.start);
        json_value_push(array, object);
    }
    return array;
}

static json_t *make_picture(const struct document *document, const struct pdf_picture *picture) {
    json_t *object = json_object();
    json_value_set(object, "caption",
                   picture->caption.end ? make_span(document, picture->caption) : json_null());
    json_value_set(object, "width", json_value_count((size_t)picture->box.width));
    json_value_set(object, "height", json_value_count((size_t)picture->box.height));
    json_value_set(object, "pixel_width", make_number(picture->pixel_width));
    json_value_set(object, "pixel_height", make_number(picture->pixel_height));
    json_value_set(object, "line", json_null());
    json_value_set(object, "page", json_value_count(picture->page));
    return object;
}

static json_t *make_figures(const struct document *document) {
    json_t *array = json_array();
    const struct document_pdf *pdf = document->pdf;
    for (size_t i = 0; pdf && i < pdf->picture_count; i++)
        json_value_push(array, make_picture(document, &pdf->pictures[i]));
    for (size_t i = 0; !pdf && i < document->image_count; i++) {
        const struct link *image = &document->images[i];
        json_t *object = json_object();
        json_value_set(object, "destination", json_value_text_or_null(image->destination));
        json_value_set(object, "alternative", json_value_text_or_null(image->text));
        set_place(object, document, image->span.start);
        json_value_push(array, object);
    }
    return array;
}

static json_t *make_pdf(const struct document_pdf *pdf) {
    if (!pdf)
        return json_null();
    json_t *object = json_object();
    json_value_set(object, "outcome", json_value_string(pdf_outcome_name(pdf->outcome)));
    json_value_set(object, "message", json_value_text_or_null(pdf->message));
    json_value_set(object, "limit", json_value_text_or_null(pdf->limit));
    json_value_set(object, "version", json_value_text_or_null(pdf->version));
    json_value_set(object, "title", json_value_text_or_null(pdf->title));
    json_value_set(object, "author", json_value_text_or_null(pdf->author));
    json_value_set(object, "creator", json_value_text_or_null(pdf->creator));
    json_value_set(object, "producer", json_value_text_or_null(pdf->producer));
    json_value_set(object, "javascript", json_boolean(pdf->javascript));
    json_value_set(object, "attachments", json_value_count(pdf->attachments));
    json_value_set(object, "pages", json_value_count(pdf->page_total));
    return object;
}

void note_json(struct buffer *output, const struct note_view *view) {
    json_value_begin();
    json_t *object = json_object();
    json_value_set(object, "version", json_value_count(FORMAT_VERSION));
    json_value_set(object, "path", json_value_text(view->path));
    json_value_set(object, "revision", json_value_string(view->revision));
    json_value_set(object, "lecture", make_lecture(view));
    json_value_set(object, "metadata", make_metadata(view));
    json_value_set(object, "counts", make_counts(view->document));
    json_value_set(object, "sections", make_sections(view->document));
    json_value_set(object, "figures", make_figures(view->document));
    json_value_set(object, "pdf", make_pdf(view->document->pdf));
    json_value_print(output, object);
}
