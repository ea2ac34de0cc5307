/* What title, date and file name of a note say about its lecture, and whether they agree. */
#include "config/title_form.h"
#include "rules/check.h"
#include "rules/precedent.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

enum aspect { ASPECT_FORM, ASPECT_NUMBER, ASPECT_DATE };

static const char *const aspect_names[] = {"form", "number", "date", NULL};

struct title_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct title_parameters, finds), aspect_names}, {0}};

static const char *const places[] = {"expected", "form", "example", "number", NULL};

/* A title with an unquoted colon in brackets is a list for YAML: then it is what is written. */
static struct slice value_text(const struct subject *subject, const struct yaml_node *node,
                               struct span *span) {
    *span = node->kind == YAML_SCALAR ? document_value_span(subject->document, node) : node->span;
    return slice_trim(node->kind == YAML_SCALAR ? node->text
                                                : document_text(subject->document, *span));
}

static bool has_form(const struct document *note, const void *context) {
    const struct note_kind *kind = context;
    const struct yaml_node *title = yaml_find(note->front_matter.root, "title");
    return title && title->kind == YAML_SCALAR &&
           pattern_matches(kind->title_pattern, slice_trim(title->text));
}

static void check_form(const struct rule *rule, const struct subject *subject,
                       const struct yaml_node *title) {
    struct span span;
    struct slice text = value_text(subject, title, &span);
    if (!subject->note || !subject->note->title_pattern || !text.size ||
        pattern_matches(subject->note->title_pattern, text))
        return;
    if (subject->config->guessed && precedent_contradicts(subject, has_form, subject->note))
        return;
    struct buffer example = BUFFER_EMPTY;
    title_form_append_example(&example, subject->note->title_form,
                              subject->name.has_number ? subject->name.number : 0);
    struct place named[] = {{"form", subject->note->title_form},
                            {"example", buffer_slice(&example)}};
    subject_report(subject, rule, span, text, named, 2);
    buffer_release(&example);
}

/* "Lectures 3 and 4: …" names both: all that stands before the colon counts. */
static bool names_number(struct slice title, unsigned number) {
    size_t colon = slice_find(title, ":", 0);
    struct slice head = slice_part(title, 0, colon);
    for (size_t at = 0; at < head.size; at++) {
        unsigned found = 0;
        size_t start = at;
        for (; at < head.size && at - start < 4 && isdigit((unsigned char)head.data[at]); at++)
            found = found * 10 + (unsigned)(head.data[at] - '0');
        if (at > start && found == number)
            return true;
    }
    return false;
}

static void check_number(const struct rule *rule, const struct subject *subject,
                         const struct yaml_node *title) {
    struct span span, place;
    unsigned number;
    struct slice text = value_text(subject, title, &span);
    if (!subject->name.has_number || !lecture_number_find(text, &number, &place) ||
        names_number(text, subject->name.number))
        return;
    struct arena *arena = &subject->findings->arena;
    struct place named[] = {
        {"number", slice_of(arena_format(arena, "%u", number))},
        {"expected", slice_of(arena_format(arena, "%u", subject->name.number))}};
    subject_report(subject, rule, span, text, named, 2);
}

static void check_date(const struct rule *rule, const struct subject *subject,
                       const struct yaml_node *date) {
    struct span span;
    struct slice text = value_text(subject, date, &span);
    if (!text.size || !note_name_date_exists(&subject->name) ||
        note_name_has_day(&subject->name, text))
        return;
    struct place expected = {
        "expected",
        slice_of(arena_format(&subject->findings->arena, "%04u-%02u-%02u", subject->name.year,
                              subject->name.month, subject->name.day))};
    subject_report(subject, rule, span, text, &expected, 1);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct title_parameters *own = rule->parameters;
    const struct yaml_node *root = subject->document->front_matter.root;
    const struct yaml_node *node = yaml_find(root, own->finds == ASPECT_DATE ? "date" : "title");
    if (!node)
        return;
    switch ((enum aspect)own->finds) {
    case ASPECT_FORM:
        check_form(rule, subject, node);
        break;
    case ASPECT_NUMBER:
        check_number(rule, subject, node);
        break;
    case ASPECT_DATE:
        check_date(rule, subject, node);
        break;
    }
}

const struct check check_title = {.name = "title",
                                  .parameters = parameters,
                                  .parameters_size = sizeof(struct title_parameters),
                                  .places = places,
                                  .needs_document = true,
                                  .run = run};
