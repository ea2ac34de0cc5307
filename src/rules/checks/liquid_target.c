/* Do `{% link PATH %}` and `{% post_url NAME %}` lead to a file? Jekyll stops where they don't. */
#include "base/memory.h"
#include "rules/check.h"
#include "rules/liquid_tag.h"

#include <stddef.h>
#include <stdio.h>

enum problem { PROBLEM_FILE, PROBLEM_POST };

static const char *const problem_names[] = {"file-missing", "post-missing", NULL};

struct liquid_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct liquid_parameters, finds), problem_names}, {0}};

/* Posts are named by date and title; other content may be made by a plug-in when the site is built.
 */
static bool may_be_generated(struct slice path) {
    static const char *const endings[] = {".xml", ".json", ".html", ".htm", ".txt", ".css", ".js"};
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (slice_ends_with(path, endings[i]))
            return true;
    return false;
}

/* The site may begin in any folder above the page, such as docs/. */
static bool file_exists(const struct subject *subject, struct slice path) {
    struct arena *arena = &subject->findings->arena;
    for (struct slice folder = slice_folder(subject->path);; folder = slice_folder(folder)) {
        const char *full = arena_format(arena, "%.*s%s%.*s", SLICE_ARGUMENTS(folder),
                                        folder.size ? "/" : "", SLICE_ARGUMENTS(path));
        if (snapshot_find(subject->snapshot, slice_of(full)).kind != ENTRY_NONE)
            return true;
        if (!folder.size)
            return false;
    }
}

struct post_search {
    const struct subject *subject;
    struct slice slug;
    struct note_name wanted;
    bool found;
};

/* What stands behind the date; Jekyll compares it in its exact case. */
static struct slice slug_of(struct slice stem) {
    for (int hyphens = 0; hyphens < 3; hyphens++) {
        size_t hyphen = slice_find(stem, "-", 0);
        if (hyphen == SLICE_NOT_FOUND)
            return slice_part(stem, stem.size, stem.size);
        stem = slice_part(stem, hyphen + 1, stem.size);
    }
    return stem;
}

/* Jekyll also takes a post whose front matter has the date that is asked for. */
static bool mentions_day(const struct post_search *search, struct slice path) {
    enum { LONGEST = 1024 * 1024 };
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    char day[32];
    snprintf(day, sizeof day, "%04u-%02u-%02u", search->wanted.year, search->wanted.month,
             search->wanted.day);
    int status = snapshot_read(search->subject->snapshot, path, LONGEST, &content, &error);
    bool found = status != OK || slice_find(buffer_slice(&content), day, 0) != SLICE_NOT_FOUND;
    error_release(&error);
    buffer_release(&content);
    return found;
}

static bool visit_post(struct slice path, const struct entry *entry, void *context) {
    struct post_search *search = context;
    bool post = slice_starts_with(path, "_posts/") ||
                slice_find(path, "/_posts/", 0) != SLICE_NOT_FOUND ||
                slice_find(path, "_drafts/", 0) != SLICE_NOT_FOUND;
    if (!post || entry->kind == ENTRY_SUBMODULE)
        return true;
    struct note_name name = note_name_read(path);
    if (!slice_equal(slug_of(name.stem), search->slug))
        return true;
    bool same_day = name.year == search->wanted.year && name.month == search->wanted.month &&
                    name.day == search->wanted.day;
    search->found = same_day || mentions_day(search, path);
    return !search->found;
}

/* `argument` as Jekyll has it: yyyy-mm-dd-title, folders before it, no ending. */
static bool post_exists(const struct subject *subject, struct slice argument) {
    struct slice name = slice_file_name(argument);
    const char *guess =
        arena_format(&subject->findings->arena, "_posts/%.*s.md", SLICE_ARGUMENTS(name));
    if (snapshot_find(subject->snapshot, slice_of(guess)).kind == ENTRY_FILE)
        return true;
    struct post_search search = {.subject = subject, .slug = slug_of(name)};
    search.wanted = note_name_read(slice_of(guess));
    struct error error = ERROR_NONE;
    int status = snapshot_walk(subject->snapshot, slice_of(""), visit_post, &search, &error);
    error_release(&error);
    return search.found || status != OK;
}

/* Only what stands there literally: a variable has its value when the site is built. */
static bool is_literal(struct slice argument) {
    return argument.size && slice_find(argument, "{", 0) == SLICE_NOT_FOUND;
}

static bool leads_nowhere(enum problem problem, const struct subject *subject,
                          struct slice argument) {
    if (!is_literal(argument))
        return false;
    if (problem == PROBLEM_POST)
        return !post_exists(subject, argument);
    while (slice_starts_with(argument, "/")) /* Jekyll 3 takes it */
        argument = slice_part(argument, 1, argument.size);
    return !may_be_generated(argument) && !file_exists(subject, argument);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct liquid_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    const char *wanted = own->finds == PROBLEM_POST ? "post_url" : "link";
    struct liquid_tag tag;
    size_t depth = 0, reported = 0, offset = 0;
    /* Without front matter Jekyll copies a page as it is. */
    if (document->front_matter.state == FRONT_MATTER_ABSENT)
        return;
    while (reported <= SUBJECT_MOST_FINDINGS && liquid_tag_next(document, &offset, &tag)) {
        depth += liquid_tag_opens_choice(&tag);
        depth -= depth && liquid_tag_closes_choice(&tag);
        if (depth || !slice_equal_string(tag.name, wanted) ||
            !leads_nowhere((enum problem)own->finds, subject, tag.argument))
            continue;
        subject_report(subject, rule, tag.span, tag.argument, NULL, 0);
        reported++;
    }
}

const struct check check_liquid_target = {.name = "liquid-target",
                                          .parameters = parameters,
                                          .parameters_size = sizeof(struct liquid_parameters),
                                          .needs_document = true,
                                          .run = run};
