/* What Jekyll stops at, so that nothing of the site is published any more. */
#include "base/memory.h"
#include "course/landing.h"
#include "rules/check.h"
#include "rules/facts.h"
#include "rules/include_cycle.h"
#include "rules/liquid_blocks.h"
#include "rules/liquid_tag.h"

#include <ctype.h>
#include <stddef.h>

enum problem {
    PROBLEM_DATE,
    PROBLEM_TAG,
    PROBLEM_BLOCK,
    PROBLEM_INCLUDE,
    PROBLEM_BROKEN,
    PROBLEM_CYCLE,
};

static const char *const problem_names[] = {"date",   "tag",   "block", "include",
                                            "broken", "cycle", NULL};

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
    enum publication_kind kind = subject_publication(subject)->kind;
    if (kind == PUBLICATION_POST || kind == PUBLICATION_DOCUMENT)
        subject_report(subject, rule, date->span, date->text, NULL, 0);
}

/* --- Liquid ---------------------------------------------------------------------------------- */

/* Of Liquid, Jekyll, and the plug-ins that are known to the site's reader. */
static const char *const tags[] = {"assign",
                                   "break",
                                   "continue",
                                   "cycle",
                                   "decrement",
                                   "echo",
                                   "else",
                                   "elsif",
                                   "feed_meta",
                                   "gist",
                                   "github_edit_link",
                                   "include",
                                   "include_cached",
                                   "include_relative",
                                   "increment",
                                   "last_modified_at",
                                   "link",
                                   "liquid",
                                   "post_url",
                                   "render",
                                   "seo",
                                   "toc",
                                   "when",
                                   "avatar",
                                   "#"};

static bool is_known(struct slice name) {
    if (slice_starts_with(name, "end"))
        name = slice_part(name, 3, name.size);
    return liquid_is_block(name) || slice_is_one_of(name, tags, COUNT_OF(tags));
}

/* Asked last: it takes a look at all pages of the site. */
static bool plugins_may_know(const struct subject *subject) {
    return site_may_make_page(subject->site, subject->snapshot, (struct slice){NULL, 0});
}

static void check_tag(const struct rule *rule, struct subject *subject,
                      const struct liquid_tag *tag) {
    if (!is_known(tag->name) && !slice_starts_with(tag->name, "end") && !plugins_may_know(subject))
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
    struct slice name = include_name(tag->argument);
    struct slice path =
        slice_of(arena_format(&subject->findings->arena, "_includes/%.*s", SLICE_ARGUMENTS(name)));
    if (name.size && slice_find(name, "{", 0) == SLICE_NOT_FOUND &&
        snapshot_find(subject->snapshot, path).kind == ENTRY_NONE && !plugins_may_know(subject))
        subject_report(subject, rule, tag->span, name, NULL, 0);
}

static void check_blocks(const struct rule *rule, struct subject *subject) {
    const struct document *document = subject->document;
    struct liquid_token fault;
    enum liquid_blocks_state state =
        liquid_blocks_follow(document->source.bytes, document->body_start, is_known, &fault);
    if (state == LIQUID_BLOCKS_TOO_DEEP)
        subject_undecided(subject, rule, "blocks are nested too deep to be followed");
    else if (state != LIQUID_BLOCKS_CLOSED)
        subject_report(subject, rule, fault.span, fault.name, NULL, 0);
}

/* `{% include a.html` that was closed by the next tag: Jekyll takes no such parameters. */
static bool has_swallowed_tag(const struct liquid_token *token) {
    size_t at = slice_find(token->argument, "{%", 0);
    struct slice before = slice_part(token->argument, 0, at == SLICE_NOT_FOUND ? 0 : at);
    return token->kind == LIQUID_TAG && at != SLICE_NOT_FOUND &&
           slice_starts_with(token->name, "include") &&
           slice_find(before, "{{", 0) == SLICE_NOT_FOUND &&
           slice_find(before, "\"", 0) == SLICE_NOT_FOUND &&
           slice_find(before, "'", 0) == SLICE_NOT_FOUND;
}

/* The opening with as much of its line as a message takes. */
static struct span opening_of(struct slice bytes, struct span span) {
    enum { LONGEST = 48 };
    size_t end = span.start;
    while (end < span.end && end - span.start < LONGEST && bytes.data[end] != '\n' &&
           bytes.data[end] != '\r')
        end++;
    while (end < span.end && ((unsigned char)bytes.data[end] & 0xC0) == 0x80)
        end--;
    return (struct span){span.start, end};
}

static void check_broken(const struct rule *rule, struct subject *subject) {
    const struct document *document = subject->document;
    struct slice bytes = document->source.bytes;
    struct liquid_reader reader = {.bytes = bytes, .offset = document->body_start};
    struct liquid_token token;
    size_t searches = 0;
    while (liquid_next(&reader, &token)) {
        if (token.kind == LIQUID_TAG && !is_known(token.name) &&
            !liquid_skip_foreign(&reader, token.name, &searches))
            return;
        if (token.kind != LIQUID_BROKEN && !has_swallowed_tag(&token))
            continue;
        bool closed = token.span.end - token.span.start > 2;
        struct span whole = {token.span.start, closed ? token.span.end : bytes.size};
        struct span opening = opening_of(bytes, whole);
        subject_report(subject, rule, opening, document_text(document, opening), NULL, 0);
    }
}

static bool includes_itself(struct subject *subject, const struct liquid_tag *tag, size_t *read) {
    struct slice name = include_name(tag->argument);
    if (slice_equal_string(tag->name, "include_relative"))
        return slice_equal(name, slice_file_name(subject->path));
    return slice_equal_string(tag->name, "include") &&
           !yaml_find(subject->site->settings, "includes_dir") &&
           include_leads_back(subject->snapshot, name, &subject->findings->arena, read);
}

/* One finding will do: the others come from the same files. */
static void check_cycle(const struct rule *rule, struct subject *subject) {
    struct liquid_tag tag;
    size_t offset = 0, choices = 0, read = 0;
    while (liquid_tag_next(subject->document, &offset, &tag)) {
        choices += liquid_tag_opens_choice(&tag);
        choices -= choices && liquid_tag_closes_choice(&tag);
        if (choices || !includes_itself(subject, &tag, &read))
            continue;
        subject_report(subject, rule, tag.span, include_name(tag.argument), NULL, 0);
        return;
    }
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

/* Without front matter Jekyll copies a file as it is. */
static void run(const struct rule *rule, struct subject *subject) {
    const struct stop_parameters *own = rule->parameters;
    if (subject->document->front_matter.state == FRONT_MATTER_ABSENT)
        return;
    if (own->finds == PROBLEM_DATE)
        check_date(rule, subject);
    else if (!subject_runs_liquid(subject))
        return;
    else if (own->finds == PROBLEM_BLOCK)
        check_blocks(rule, subject);
    else if (own->finds == PROBLEM_CYCLE)
        check_cycle(rule, subject);
    else if (own->finds == PROBLEM_BROKEN)
        check_broken(rule, subject);
    else
        check_tags(rule, subject, (enum problem)own->finds);
}

const struct check check_build_stop = {.name = "build-stop",
                                       .parameters = parameters,
                                       .parameters_size = sizeof(struct stop_parameters),
                                       .needs_document = true,
                                       .run = run};
