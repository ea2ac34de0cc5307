/* Does the site have each image of a page where the page lands, spelled like that? */
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/target_check.h"

#include <stddef.h>

struct image_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct image_parameters, finds), target_problem_names},
    {0}};

static void run(const struct rule *rule, struct subject *subject) {
    const struct image_parameters *own = rule->parameters;
    for (size_t i = 0; i < subject->document->image_count; i++) {
        const struct link *image = &subject->document->images[i];
        if (own->finds == PROBLEM_SPACES) {
            target_report_spaces(rule, subject, image);
            continue;
        }
        struct arrival arrival = *subject_arrival(subject, image);
        if (arrival.kind == ARRIVAL_FOLDER)
            arrival.kind = ARRIVAL_NOTHING;
        target_report(rule, subject, image, &arrival, (enum target_problem)own->finds);
    }
}

const struct check check_image_exists = {.name = "image-exists",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct image_parameters),
                                         .places = target_places,
                                         .needs_document = true,
                                         .run = run};
