#include "rules/facts.h"

#include "rules/course_view.h"

void facts_release(struct facts *facts) {
    arena_release(&facts->arena);
    *facts = (struct facts){0};
}

const struct landing *subject_landing(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_landing)
        facts->landing =
            site_land(subject->site, subject->snapshot, subject->document, &facts->arena);
    facts->knows_landing = true;
    return &facts->landing;
}

static struct arrival *follow_all(const struct subject *subject, const struct link *links,
                                  size_t count) {
    struct facts *facts = subject->facts;
    const struct landing *landing = subject_landing(subject);
    struct arrival *arrivals = arena_allocate(&facts->arena, count, sizeof(*arrivals));
    for (size_t i = 0; i < count; i++)
        arrivals[i] = site_follow(subject->site, subject->snapshot, subject->document, landing,
                                  &links[i], &facts->arena);
    return arrivals;
}

const struct arrival *subject_arrival(const struct subject *subject, const struct link *link) {
    const struct document *document = subject->document;
    struct facts *facts = subject->facts;
    bool is_image = link >= document->images && link < document->images + document->image_count;
    if (is_image) {
        if (!facts->images)
            facts->images = follow_all(subject, document->images, document->image_count);
        return &facts->images[link - document->images];
    }
    if (!facts->links)
        facts->links = follow_all(subject, document->links, document->link_count);
    return &facts->links[link - document->links];
}

const struct note_lecture *subject_lecture(const struct subject *subject) {
    struct facts *facts = subject->facts;
    if (!facts->knows_lecture)
        facts->lecture =
            note_lecture_find(subject->course->schedule, subject->path, subject->document);
    facts->knows_lecture = true;
    return &facts->lecture;
}
