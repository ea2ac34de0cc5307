/* The sections that the configuration requires of a note. */
#include "document/pdf_model.h"
#include "rules/check.h"

#include <stddef.h>

enum problem { PROBLEM_MISSING, PROBLEM_EMPTY };

static const char *const problem_names[] = {"missing", "empty", NULL};

struct sections_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct sections_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"heading", NULL};

static const struct section *find_section(const struct document *document,
                                          const struct required_section *required,
                                          const struct section *after) {
    for (struct section *at = section_next(after); at; at = section_next(at))
        if (pattern_matches(required->pattern, document_text(document, at->title)))
            return at;
    return NULL;
}

/* Nothing under its heading nor under those below it. */
static bool is_empty(const struct document *document, const struct section *section) {
    if (!section_is_empty(document, section))
        return false;
    for (const struct section *at = section->first_child; at; at = at->next)
        if (!is_empty(document, at))
            return false;
    return true;
}

static void check_section(const struct rule *rule, const struct subject *subject,
                          const struct required_section *required) {
    const struct sections_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    const struct section *found = find_section(document, required, &document->root);
    struct place heading = {"heading", required->heading};
    if (!found && own->finds == PROBLEM_MISSING)
        subject_report(subject, rule, NO_PLACE, required->heading, &heading, 1);
    if (!found || own->finds != PROBLEM_EMPTY)
        return;
    const struct section *filled = found;
    while (filled && is_empty(document, filled))
        filled = find_section(document, required, filled);
    heading.text = document_text(document, found->title);
    if (!filled)
        subject_report(subject, rule, found->heading, heading.text, &heading, 1);
}

/* Of a PDF in which none is found nobody knows how it marks them; nor where they are empty. */
static bool has_known_sections(const struct document *document) {
    if (document->kind == DOCUMENT_PDF)
        return document->root.first_child && !document->pdf->limit.size;
    return document->kind == DOCUMENT_MARKDOWN && !document->undecided;
}

static void run(const struct rule *rule, struct subject *subject) {
    if (!has_known_sections(subject->document))
        return;
    for (size_t i = 0; subject->note && i < subject->note->section_count; i++)
        check_section(rule, subject, &subject->note->sections[i]);
}

const struct check check_sections = {.name = "sections",
                                     .parameters = parameters,
                                     .parameters_size = sizeof(struct sections_parameters),
                                     .places = places,
                                     .needs_document = true,
                                     .run = run};
