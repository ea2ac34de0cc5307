/* Images without an alternative text: one finding for a file, since most files have none at all. */
#include "rules/check.h"

static const char *const places[] = {"count", "target", NULL};

static bool has_text(const struct link *image) {
    return image->text.data && (image->syntax == LINK_HTML || !slice_is_blank(image->text));
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct link *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < subject->document->image_count; i++) {
        const struct link *image = &subject->document->images[i];
        if (has_text(image))
            continue;
        first = first ? first : image;
        count++;
    }
    if (!first)
        return;
    struct place named[] = {
        {"count", slice_of(arena_format(&subject->findings->arena, "%zu", count))},
        {"target", first->destination}};
    subject_report(subject, rule, first->span, slice_of("alternative text"), named, 2);
}

const struct check check_image_text = {
    .name = "image-text", .places = places, .needs_document = true, .run = run};
