/* Pictures by their bytes: whether browsers show them, and at what cost. */
#include "course/publication.h"
#include "rules/check.h"
#include "rules/facts.h"

#include <stddef.h>

enum problem {
    PROBLEM_NOT_SHOWN,
    PROBLEM_OTHER_FORMAT,
    PROBLEM_DAMAGED,
    PROBLEM_BYTES,
    PROBLEM_PIXELS
};

static const char *const problem_names[] = {"not-shown", "other-format", "damaged",
                                            "bytes",     "pixels",       NULL};

struct picture_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct picture_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"format", "ending", "reason", "size", "expected", NULL};

static void report(const struct rule *rule, const struct subject *subject,
                   const struct picture *picture, const char *name, struct slice text) {
    const char *ending = picture ? picture_kind_ending(picture->kind) : NULL;
    struct place named[] = {{"format", slice_of(picture ? picture_kind_name(picture->kind) : "")},
                            {"ending", slice_of(ending ? ending : "")},
                            {name, text}};
    subject_report(subject, rule, NO_PLACE, subject->path, named, 3);
}

static void check_bytes(const struct rule *rule, const struct subject *subject, size_t bytes) {
    enum { MEGABYTE = 1000 * 1000 };
    long most = subject->config->images.most_megabytes;
    if (bytes <= (size_t)most * MEGABYTE)
        return;
    struct buffer size = BUFFER_EMPTY, limit = BUFFER_EMPTY;
    buffer_append_format(&size, "%s%zu.%zu MB", bytes > PICTURE_LARGEST ? "more than " : "",
                         bytes / MEGABYTE, bytes % MEGABYTE / (MEGABYTE / 10));
    buffer_append_format(&limit, "%ld MB", most);
    struct place named[] = {{"size", buffer_slice(&size)}, {"expected", buffer_slice(&limit)}};
    subject_report(subject, rule, NO_PLACE, subject->path, named, 2);
    buffer_release(&size);
    buffer_release(&limit);
}

static void check_pixels(const struct rule *rule, const struct subject *subject,
                         const struct picture *picture) {
    unsigned long most = (unsigned long)subject->config->images.most_pixels;
    if (picture->fault || (picture->width <= most && picture->height <= most))
        return;
    struct buffer size = BUFFER_EMPTY, limit = BUFFER_EMPTY;
    buffer_append_format(&size, "%lu by %lu", picture->width, picture->height);
    buffer_append_format(&limit, "%lu", most);
    struct place named[] = {{"size", buffer_slice(&size)}, {"expected", buffer_slice(&limit)}};
    subject_report(subject, rule, NO_PLACE, subject->path, named, 2);
    buffer_release(&size);
    buffer_release(&limit);
}

static void check_content(const struct rule *rule, const struct subject *subject,
                          const struct picture *picture, enum problem problem) {
    enum picture_kind named = picture_kind_of_name(subject->path);
    bool shown = picture_shows_as(picture->kind, named);
    if (named == PICTURE_UNKNOWN)
        return;
    if (problem == PROBLEM_NOT_SHOWN && !shown)
        report(rule, subject, picture, "reason", slice_of(""));
    else if (problem == PROBLEM_OTHER_FORMAT && shown && picture->kind != named)
        report(rule, subject, picture, "reason", slice_of(""));
    else if (problem == PROBLEM_DAMAGED && shown && picture->fault)
        report(rule, subject, picture, "reason", slice_of(picture->fault));
}

/* What Jekyll leaves out nobody sees: that is asked once, before the picture is read. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct picture_parameters *own = rule->parameters;
    size_t size;
    if (!subject->facts->knows_picture && subject_publication(subject)->kind == PUBLICATION_NONE)
        return;
    const struct picture *picture = subject_picture(subject, &size);
    if (own->finds == PROBLEM_BYTES)
        check_bytes(rule, subject, size);
    else if (picture && own->finds == PROBLEM_PIXELS)
        check_pixels(rule, subject, picture);
    else if (picture)
        check_content(rule, subject, picture, (enum problem)own->finds);
}

const struct check check_picture_file = {.name = "picture-file",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct picture_parameters),
                                         .places = places,
                                         .run = run};
