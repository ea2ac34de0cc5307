/* Pages that take another one's address, or leave the one at which others link them. */
#include "base/memory.h"
#include "course/landing.h"
#include "course/permalink.h"
#include "document/front_matter.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/review.h"

#include <stddef.h>

enum problem { PROBLEM_SHARED, PROBLEM_LAYOUT_MISSING };

static const char *const problem_names[] = {"shared", "layout-missing", NULL};

struct url_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct url_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"url", "other", "kept", NULL};

/* --- one address for two --------------------------------------------------------------------- */

/* By which Jekyll sorts the post: its `date`, else that of its name. False: cannot be told. */
static bool read_day(struct note_name *day, struct slice path, const struct front_matter *head,
                     struct arena *arena) {
    enum { DAY = 10 };
    const struct yaml_node *date = yaml_find(head->root, "date");
    struct slice text = slice_file_name(path);
    if (date && date->kind == YAML_SCALAR)
        text = slice_of(arena_format(arena, "%.*s-x",
                                     SLICE_ARGUMENTS(slice_part(slice_trim(date->text), 0, DAY))));
    *day = note_name_read(text);
    return day->has_date;
}

static bool has_time(const struct front_matter *head) {
    enum { LONGEST_DAY = 10 };
    const struct yaml_node *date = yaml_find(head->root, "date");
    return date && slice_trim(date->text).size > LONGEST_DAY;
}

static int compare_days(const struct note_name *left, const struct note_name *right) {
    unsigned long a = left->year * 10000UL + left->month * 100 + left->day;
    unsigned long b = right->year * 10000UL + right->month * 100 + right->day;
    return (a > b) - (a < b);
}

static bool read_front_matter(const struct subject *subject, struct slice path,
                              struct front_matter *head, struct arena *arena) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    int status = snapshot_read(subject->snapshot, path, DOCUMENT_MAX_SIZE, &content, &error);
    *head = (struct front_matter){.reason = ""};
    if (status == OK)
        front_matter_read(head, arena_copy(arena, buffer_slice(&content)), arena);
    buffer_release(&content);
    error_release(&error);
    return status == OK;
}

/* <0: the post at `other` is written first and lost, >0: this one; 0: cannot be told. */
static int compare_posts(const struct subject *subject, struct slice other) {
    const struct front_matter *own = &subject->document->front_matter;
    struct arena *arena = &subject->facts->arena;
    struct front_matter head;
    struct note_name its_day, day;
    if (!read_front_matter(subject, other, &head, arena) ||
        !read_day(&its_day, other, &head, arena) || !read_day(&day, subject->path, own, arena))
        return 0;
    int order = compare_days(&its_day, &day);
    if (order || has_time(&head) || has_time(own))
        return order;
    return slice_compare(other, subject->path);
}

/*
 * Jekyll writes one over the other: pages by their names, then posts by day and name, then other
 * collections; the last stays. Source: Jekyll::Site#each_site_file, #read, Document#<=>.
 */
static int compare_written(const struct subject *subject, struct slice other) {
    struct publication own = publication_of(subject->site, subject->path);
    struct publication its = publication_of(subject->site, other);
    if (own.kind != its.kind && (own.kind == PUBLICATION_PAGE || its.kind == PUBLICATION_PAGE))
        return own.kind == PUBLICATION_PAGE ? 1 : -1;
    if (own.kind != its.kind && site_has_collection(subject->site, slice_of("posts")))
        return 0;
    if (own.kind != its.kind)
        return own.kind == PUBLICATION_POST ? 1 : -1;
    if (own.kind == PUBLICATION_POST)
        return compare_posts(subject, other);
    if (own.kind == PUBLICATION_PAGE)
        return slice_compare(slice_file_name(other), slice_file_name(subject->path));
    return 0;
}

/* Without a change of its own address or of the site's settings it is what it was. */
static bool may_be_new(const struct subject *subject, struct slice url) {
    const struct change *change = subject->change;
    if (!change || change->kind != CHANGE_MODIFIED || subject->review->site_changes)
        return true;
    struct front_matter head;
    struct arena *arena = &subject->facts->arena;
    struct publication publication = publication_of(subject->site, subject->path);
    struct subject other_side = *subject;
    other_side.snapshot =
        subject->side == SIDE_HEAD ? subject->review->base : subject->review->head;
    if (!read_front_matter(&other_side, subject->path, &head, arena))
        return true;
    return !slice_equal(url,
                        permalink_of(subject->site, subject->path, &publication, head.root, arena));
}

/* Of two that say the same of each other one is enough: the one whose path comes last. */
static bool says_it_better(const struct subject *subject, struct slice other) {
    const struct change_set *changes = subject->review->changes;
    const struct change *change = changes ? change_set_find(changes, other) : NULL;
    bool looked_at = !changes || (change && change->kind != CHANGE_MODIFIED);
    return looked_at && path_is_markdown(other) && slice_compare(subject->path, other) < 0;
}

static void check_shared(const struct rule *rule, const struct subject *subject) {
    const struct landing *landing = subject_landing(subject);
    if (landing->kind != LANDING_AT || landing->pasted || landing->url_count != 1 ||
        !may_be_new(subject, landing->urls[0]))
        return;
    const struct site_page *twin = site_find_twin(subject->site, subject->snapshot, subject->path);
    if (!twin || says_it_better(subject, twin->path))
        return;
    int order = compare_written(subject, twin->path);
    struct slice kept = slice_of("Jekyll publishes one of the two");
    if (order)
        kept = slice_of(arena_format(&subject->facts->arena, "Jekyll publishes only \"%.*s\"",
                                     SLICE_ARGUMENTS(order < 0 ? subject->path : twin->path)));
    struct place named[] = {{"url", landing->urls[0]}, {"other", twin->path}, {"kept", kept}};
    subject_report(subject, rule, NO_PLACE, twin->path, named, 3);
}

/* --- a layout that is not there -------------------------------------------------------------- */

/* Themes bring layouts that nobody sees in the repository; GitHub has one where none is named. */
static bool may_be_of_theme(const struct subject *subject, struct slice name) {
    static const char *const common[] = {"default", "home", "page", "post"};
    const struct yaml_node *settings = subject->site->settings;
    return slice_is_one_of(name, common, COUNT_OF(common)) || !settings ||
           yaml_find(settings, "theme") || yaml_find(settings, "remote_theme") ||
           yaml_find(settings, "layouts_dir") ||
           snapshot_find(subject->snapshot, slice_of("_layouts")).kind != ENTRY_FOLDER;
}

static bool has_layout(const struct subject *subject, struct slice name) {
    static const char *const endings[] = {".html", ".md", ".liquid", ".xml", ".htm", ".markdown"};
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        struct slice path = slice_of(arena_format(&subject->facts->arena, "_layouts/%.*s%s",
                                                  SLICE_ARGUMENTS(name), endings[i]));
        if (snapshot_find(subject->snapshot, path).kind == ENTRY_FILE)
            return true;
    }
    return false;
}

static void check_layout(const struct rule *rule, const struct subject *subject) {
    const struct yaml_node *node = yaml_find(subject->document->front_matter.root, "layout");
    if (!node || node->kind != YAML_SCALAR || subject_landing(subject)->kind != LANDING_AT)
        return;
    struct slice name = slice_trim(node->text);
    bool none = !name.size || slice_equal_string(name, "none") ||
                slice_equal_string(name, "null") || slice_equal_string(name, "nil") ||
                slice_equal_string(name, "~") || slice_equal_string(name, "false");
    if (!none && !may_be_of_theme(subject, name) && !has_layout(subject, name))
        subject_report(subject, rule, node->span, name, NULL, 0);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct url_parameters *own = rule->parameters;
    if (own->finds == PROBLEM_SHARED)
        check_shared(rule, subject);
    else
        check_layout(rule, subject);
}

const struct check check_page_url = {.name = "page-url",
                                     .parameters = parameters,
                                     .parameters_size = sizeof(struct url_parameters),
                                     .places = places,
                                     .needs_document = true,
                                     .run = run};
