/* Images that a change adds: in the folder of their note, and used. */
#include "rules/check.h"
#include "rules/review.h"

#include <stddef.h>

enum problem { PROBLEM_UNUSED, PROBLEM_FOLDER };

static const char *const problem_names[] = {"unused", "folder", NULL};

struct image_place_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct image_place_parameters, finds), problem_names},
    {0}};

static const char *const places[] = {"expected", NULL};

static void run(const struct rule *rule, struct subject *subject) {
    const struct image_place_parameters *own = rule->parameters;
    const struct review *review = subject->review;
    if (own->finds == PROBLEM_UNUSED) {
        if (unused_images_has(&review->unused_images, subject->path))
            subject_report(subject, rule, NO_PLACE, subject->path, NULL, 0);
        return;
    }
    /* Otherwise it is a file outside of the scope, which another check tells. */
    if (!review->config->guessed)
        return;
    struct buffer folder = BUFFER_EMPTY;
    if (assets_are_elsewhere(review, subject->change, &folder)) {
        struct place expected = {"expected", buffer_slice(&folder)};
        subject_report(subject, rule, NO_PLACE, subject->path, &expected, 1);
    }
    buffer_release(&folder);
}

const struct check check_image_place = {.name = "image-place",
                                        .parameters = parameters,
                                        .parameters_size = sizeof(struct image_place_parameters),
                                        .places = places,
                                        .about_changes = true,
                                        .run = run};
