/*
 * Does the site have what each link of a page leads to, from where the page lands? What Jekyll
 * passes over (README files, drafts) is not looked at, unless it is a note.
 */
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/target_check.h"

#include <stddef.h>

struct link_parameters {
    int finds;
    struct text_list endings; /* without the dot; none: all that no plug-in makes */
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct link_parameters, finds), target_problem_names},
    {"endings", FIELD_TEXTS, false, offsetof(struct link_parameters, endings), NULL},
    {0}};

static bool has_ending(struct slice path, const struct text_list *endings) {
    for (size_t i = 0; i < endings->count; i++) {
        struct slice ending = endings->items[i];
        if (path.size > ending.size && path.data[path.size - ending.size - 1] == '.' &&
            slice_equal_ignoring_case(slice_part(path, path.size - ending.size, path.size), ending))
            return true;
    }
    return false;
}

static void look_at(const struct rule *rule, struct subject *subject, const struct link *link) {
    const struct link_parameters *own = rule->parameters;
    if (own->finds == PROBLEM_SPACES) {
        target_report_spaces(rule, subject, link);
        return;
    }
    const struct arrival *arrival = subject_arrival(subject, link);
    bool asked = own->endings.count ? has_ending(arrival->target, &own->endings)
                                    : arrival->kind != ARRIVAL_NOTHING || arrival->surely;
    if (asked)
        target_report(rule, subject, link, arrival, (enum target_problem)own->finds);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct link_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    if (!document->link_count && !document->image_count)
        return;
    enum landing_kind landing = subject_landing(subject)->kind;
    if (landing == LANDING_HIDDEN || (landing == LANDING_NOWHERE && !subject->note))
        return;
    for (size_t i = 0; i < document->link_count; i++)
        look_at(rule, subject, &document->links[i]);
    bool images = own->finds == PROBLEM_BASEURL_DROPPED || own->finds == PROBLEM_SPACES;
    for (size_t i = 0; images && i < document->image_count; i++)
        look_at(rule, subject, &document->images[i]);
}

const struct check check_link_exists = {.name = "link-exists",
                                        .parameters = parameters,
                                        .parameters_size = sizeof(struct link_parameters),
                                        .places = target_places,
                                        .needs_document = true,
                                        .run = run};
