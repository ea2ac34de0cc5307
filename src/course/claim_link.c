#include "course/lecture_claim.h"
#include "course/note_name.h"

/* The last part of an address without its ending: "lecture-01" of "…/notes/lecture-01/". */
static struct slice page_name(struct slice destination) {
    for (size_t i = 0; i < destination.size; i++)
        if (destination.data[i] == '?' || destination.data[i] == '#')
            destination.size = i;
    while (slice_ends_with(destination, "/"))
        destination.size--;
    return note_name_stem(destination);
}

/* Posts lose the day of their name in the address of their page. */
static bool is_page_of(struct slice page, const struct note_name *name) {
    struct slice rest =
        name->has_date ? slice_part(name->stem, sizeof "yyyy-mm-dd", name->stem.size) : name->stem;
    return page.size && (slice_equal_ignoring_case(page, name->stem) ||
                         (rest.size && slice_equal_ignoring_case(page, rest)));
}

/* By the name of the page that `name` gets; NULL: by the path. */
static bool leads_to(const struct lecture_link *link, struct slice path,
                     const struct note_name *name) {
    if (link->role != LINK_NOTES || link->placeholder)
        return false;
    return name ? !link->path.size && is_page_of(page_name(link->destination), name)
                : slice_equal(link->path, path);
}

/* The only lecture with a link to `path`, and that link; NULL: none, or several. */
static const struct lecture *find_linking(const struct schedule *schedule, struct slice path,
                                          const struct note_name *name,
                                          const struct lecture_link **link) {
    const struct lecture *found = NULL;
    for (const struct lecture *lecture = schedule_next(schedule, 0); lecture;
         lecture = schedule_next(schedule, lecture->index + 1)) {
        for (size_t i = 0; i < lecture->link_count; i++) {
            if (!leads_to(&lecture->links[i], path, name))
                continue;
            if (found && found != lecture)
                return NULL;
            found = lecture;
            *link = &lecture->links[i];
        }
    }
    return found;
}

struct lecture_claim claim_of_link(const struct schedule *schedule, struct slice path,
                                   const struct lecture **lecture, bool *sure) {
    struct lecture_claim claim = {0};
    const struct lecture_link *link = NULL;
    *lecture = find_linking(schedule, path, NULL, &link);
    *sure = *lecture != NULL;
    if (!*lecture) {
        const struct note_name name = note_name_read(path);
        *lecture = find_linking(schedule, path, &name, &link);
    }
    if (*lecture) {
        claim.day = (*lecture)->day;
        claim.number = (*lecture)->number;
        claim.text = claim.number_text = link->destination;
        claim.span = claim.number_span = link->span;
    }
    return claim;
}
