/* Is the file of each image in the repository, on this side, spelled like that? */
#include "rules/check.h"

#include <stddef.h>

enum problem { PROBLEM_MISSING, PROBLEM_WRONG_CASE };

static const char *const problem_names[] = {"missing", "wrong-case", NULL};

struct image_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct image_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"target", "spelling", NULL};

static bool exists(const struct subject *subject, const struct target *target) {
    for (size_t i = 0; i < target->path_count; i++) {
        enum entry_kind kind = snapshot_find(subject->snapshot, target->paths[i]).kind;
        if (kind == ENTRY_FILE || kind == ENTRY_SYMLINK)
            return true;
    }
    return false;
}

static bool find_spelling(const struct subject *subject, const struct target *target,
                          struct buffer *spelling) {
    for (size_t i = 0; i < target->path_count; i++)
        if (target->paths[i].size &&
            snapshot_find_ignoring_case(subject->snapshot, target->paths[i], spelling))
            return true;
    return false;
}

static void check_image(const struct rule *rule, const struct subject *subject,
                        const struct link *image) {
    const struct image_parameters *own = rule->parameters;
    struct target target =
        site_resolve(subject->site, subject->path, image->destination, &subject->findings->arena);
    if (target.kind != TARGET_FILE || exists(subject, &target))
        return;
    struct buffer spelling = BUFFER_EMPTY;
    bool other_case = find_spelling(subject, &target, &spelling);
    struct place named[] = {{"target", target.paths[0]}, {"spelling", buffer_slice(&spelling)}};
    bool placed = image->destination_span.end > image->destination_span.start;
    if (other_case == (own->finds == PROBLEM_WRONG_CASE))
        subject_report(subject, rule, placed ? image->destination_span : image->span,
                       target.paths[0], named, 2);
    buffer_release(&spelling);
}

static void run(const struct rule *rule, struct subject *subject) {
    for (size_t i = 0; i < subject->document->image_count; i++)
        check_image(rule, subject, &subject->document->images[i]);
}

const struct check check_image_exists = {.name = "image-exists",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct image_parameters),
                                         .places = places,
                                         .needs_document = true,
                                         .run = run};
