/* What Jekyll stops at, so that nothing of the site is published any more. */
#include "base/memory.h"
#include "course/landing.h"
#include "course/publication.h"
#include "rules/check.h"
#include "rules/liquid_tag.h"

#include <ctype.h>
#include <stddef.h>

enum problem { PROBLEM_DATE, PROBLEM_TAG, PROBLEM_BLOCK, PROBLEM_INCLUDE };

static const char *const problem_names[] = {"date", "tag", "block", "include", NULL};

struct stop_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct stop_parameters, finds), problem_names}, {0}};

/* --- dates ----------------------------------------------------------------------------------- */

static size_t read_number(struct slice text, size_t *at, unsigned *number) {
    size_t start = *at;
    for (*number = 0; *at < text.size && isdigit((unsigned char)text.data[*at]) && *at - start < 5;
         (*at)++)
        *number = 10 * *number + (unsigned)(text.data[*at] - '0');
    return *at - start;
}

/* What Ruby's Time.parse surely refuses: no digit, a bare year, no such month or day. */
static bool is_refused(struct slice text) {
    size_t at = 0, digits = 0;
    unsigned year, month, day;
    for (size_t i = 0; i < text.size; i++)
        digits += isdigit((unsigned char)text.data[i]) != 0;
    if (!digits)
        return true;
    if (read_number(text, &at, &year) != 4)
        return false;
    if (at == text.size)
        return true;
    if (text.data[at++] != '-' || !read_number(text, &at, &month))
        return false;
    if (month < 1 || month > 12)
        return true;
    if (at + 1 >= text.size || text.data[at++] != '-')
        return false;
    if (!read_number(text, &at, &day))
        return isalpha((unsigned char)text.data[at]) != 0;
    return day < 1 || day > 31;
}

static void check_date(const struct rule *rule, struct subject *subject) {
    const struct front_matter *head = &subject->document->front_matter;
    const struct yaml_node *date = yaml_find(head->root, "date");
    if (!date || date->kind != YAML_SCALAR || !is_refused(slice_trim(date->text)))
        return;
    enum publication_kind kind = publication_of(subject->site, subject->path).kind;
    if (kind == PUBLICATION_POST || kind == PUBLICATION_DOCUMENT)
        subject_report(subject, rule, date->span, date->text, NULL, 0);
}

/* --- Liquid ---------------------------------------------------------------------------------- */

static const char *const blocks[] = {"if",       "unless",  "case",     "for",
                                     "tablerow", "capture", "highlight"};

/* Of Liquid, Jekyll, and the plug-ins that are known to the site's reader. */
static const char *const tags[] = {"assign",
                                   "break",
                                   "comment",
                                   "continue",
                                   "cycle",
                                   "decrement",
                                   "echo",
                                   "else",
                                   "elsif",
                                   "endcomment",
                                   "endraw",
                                   "feed_meta",
                                   "gist",
                                   "github_edit_link",
                                   "ifchanged",
                                   "endifchanged",
                                   "include",
                                   "include_cached",
                                   "include_relative",
                                   "increment",
                                   "last_modified_at",
                                   "link",
                                   "liquid",
                                   "post_url",
                                   "raw",
                                   "render",
                                   "seo",
                                   "toc",
                                   "when",
                                   "avatar",
                                   "#"};

static bool is_known(struct slice name) {
    if (slice_starts_with(name, "end"))
        name = slice_part(name, 3, name.size);
    return slice_is_one_of(name, blocks, COUNT_OF(blocks)) ||
           slice_is_one_of(name, tags, COUNT_OF(tags));
}

/* Asked last: it takes a look at all pages of the site. */
static bool plugins_may_know(const struct subject *subject) {
    return site_may_make_page(subject->site, subject->snapshot, (struct slice){NULL, 0});
}

static void check_tag(const struct rule *rule, struct subject *subject,
                      const struct liquid_tag *tag) {
    bool is_name = tag->name.size && isalpha((unsigned char)*tag->name.data);
    if (is_name && !is_known(tag->name) && !slice_starts_with(tag->name, "end") &&
        !plugins_may_know(subject))
        subject_report(subject, rule, tag->span, tag->name, NULL, 0);
}

/* Themes bring includes that nobody sees in the repository. */
static void check_include(const struct rule *rule, struct subject *subject,
                          const struct liquid_tag *tag) {
    const struct yaml_node *settings = subject->site->settings;
    if (!slice_equal_string(tag->name, "include") || yaml_find(settings, "theme") ||
        yaml_find(settings, "remote_theme") || yaml_find(settings, "includes_dir") ||
        snapshot_find(subject->snapshot, slice_of("_includes")).kind != ENTRY_FOLDER)
        return;
    size_t end = 0;
    while (end < tag->argument.size && !isspace((unsigned char)tag->argument.data[end]))
        end++;
    struct slice name = slice_part(tag->argument, 0, end);
    struct slice path =
        slice_of(arena_format(&subject->findings->arena, "_includes/%.*s", SLICE_ARGUMENTS(name)));
    if (name.size && slice_find(name, "{", 0) == SLICE_NOT_FOUND &&
        snapshot_find(subject->snapshot, path).kind == ENTRY_NONE && !plugins_may_know(subject))
        subject_report(subject, rule, tag->span, name, NULL, 0);
}

/* Liquid itself takes no more. */
enum { DEEPEST = 100 };

struct open_blocks {
    struct liquid_tag tags[DEEPEST];
    size_t count;
};

/* False when Jekyll stops here, or it is too deep to say. */
static bool follow_block(const struct rule *rule, struct subject *subject, struct open_blocks *open,
                         const struct liquid_tag *tag) {
    bool ends = slice_starts_with(tag->name, "end");
    struct slice name = ends ? slice_part(tag->name, 3, tag->name.size) : tag->name;
    if (!slice_is_one_of(name, blocks, COUNT_OF(blocks)))
        return true;
    if (!ends) {
        if (open->count == DEEPEST) {
            subject_undecided(subject, rule, "blocks are nested too deep to be followed");
            return false;
        }
        open->tags[open->count++] = *tag;
        return true;
    }
    if (open->count && slice_equal(open->tags[open->count - 1].name, name)) {
        open->count--;
        return true;
    }
    subject_report(subject, rule, tag->span, tag->name, NULL, 0);
    open->count = 0;
    return false;
}

static void check_blocks(const struct rule *rule, struct subject *subject) {
    struct open_blocks open = {.count = 0};
    struct liquid_tag tag;
    size_t offset = 0;
    while (liquid_tag_next(subject->document, &offset, &tag))
        if (!follow_block(rule, subject, &open, &tag))
            return;
    if (open.count)
        subject_report(subject, rule, open.tags[open.count - 1].span,
                       open.tags[open.count - 1].name, NULL, 0);
}

static void check_tags(const struct rule *rule, struct subject *subject, enum problem problem) {
    struct liquid_tag tag;
    size_t offset = 0;
    while (liquid_tag_next(subject->document, &offset, &tag))
        if (problem == PROBLEM_TAG)
            check_tag(rule, subject, &tag);
        else
            check_include(rule, subject, &tag);
}

/* Without front matter Jekyll copies a file as it is; what it passes over it does not read. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct stop_parameters *own = rule->parameters;
    if (subject->document->front_matter.state == FRONT_MATTER_ABSENT)
        return;
    if (own->finds == PROBLEM_DATE)
        check_date(rule, subject);
    else if (slice_find(subject->document->source.bytes, "{%", 0) == SLICE_NOT_FOUND ||
             publication_of(subject->site, subject->path).kind == PUBLICATION_NONE)
        return;
    else if (own->finds == PROBLEM_BLOCK)
        check_blocks(rule, subject);
    else
        check_tags(rule, subject, (enum problem)own->finds);
}

const struct check check_build_stop = {.name = "build-stop",
                                       .parameters = parameters,
                                       .parameters_size = sizeof(struct stop_parameters),
                                       .needs_document = true,
                                       .run = run};
