/*
 * Is the file that a link leads to in the repository? Only links from the root of the site to files
 * with certain endings are followed: where pages land, and what a relative link means there, takes
 * more of the site.
 */
#include "rules/check.h"
#include "rules/target_check.h"

#include <stddef.h>

struct link_parameters {
    int finds;
    struct text_list endings; /* without the dot */
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct link_parameters, finds), target_problem_names},
    {"endings", FIELD_TEXTS, true, offsetof(struct link_parameters, endings), NULL},
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

static void run(const struct rule *rule, struct subject *subject) {
    const struct link_parameters *own = rule->parameters;
    for (size_t i = 0; i < subject->document->link_count; i++) {
        const struct link *link = &subject->document->links[i];
        struct target target = site_resolve(subject->site, subject->path, link->destination,
                                            &subject->findings->arena);
        if (target.rooted && has_ending(target.paths[0], &own->endings))
            target_check(rule, subject, link, &target, (enum target_problem)own->finds);
    }
}

const struct check check_link_exists = {.name = "link-exists",
                                        .parameters = parameters,
                                        .parameters_size = sizeof(struct link_parameters),
                                        .places = target_places,
                                        .needs_document = true,
                                        .run = run};
