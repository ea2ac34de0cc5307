/* The tree of headings: levels, repeated titles, empty sections, the order of required ones. */
#include "rules/check.h"

#include "base/memory.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

enum problem {
    PROBLEM_SKIPPED,
    PROBLEM_LEVEL_ONE,
    PROBLEM_TITLE,
    PROBLEM_TWICE,
    PROBLEM_EMPTY,
    PROBLEM_ORDER,
};

static const char *const problem_names[] = {
    "level-skipped", "level-one", "repeats-title", "twice", "empty", "order", NULL};

struct headings_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct headings_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"level", "expected", "line", "before", NULL};

static void report(const struct rule *rule, const struct subject *subject,
                   const struct section *section, const struct place *named, size_t count) {
    subject_report(subject, rule, section->heading,
                   document_text(subject->document, section->title), named, count);
}

static struct slice number(const struct subject *subject, size_t value) {
    return slice_of(arena_format(&subject->findings->arena, "%zu", value));
}

/*
 * A heading more than one level below the one before it. The first heading may have any level up to
 * three: layouts print the title above it.
 */
static void check_level(const struct rule *rule, const struct subject *subject,
                        const struct section *section, const struct section *before) {
    int deepest = before->level ? before->level + 1 : 3;
    struct place named[] = {{"level", number(subject, (size_t)section->level)},
                            {"expected", number(subject, (size_t)deepest)}};
    if (section->level > deepest)
        report(rule, subject, section, named, 2);
}

/* A heading with its title, sorted so that those that may repeat each other are neighbours. */
struct titled {
    const struct section *section;
    struct slice title;
};

static int compare_addresses(const void *left, const void *right) {
    return (uintptr_t)left < (uintptr_t)right ? -1 : (uintptr_t)left > (uintptr_t)right;
}

static int compare_names(const struct titled *left, const struct titled *right) {
    int order = compare_addresses(left->section->parent, right->section->parent);
    if (!order)
        order = left->section->level - right->section->level;
    return order ? order : slice_compare(left->title, right->title);
}

static int compare_titled(const void *left, const void *right) {
    const struct titled *a = left, *b = right;
    int order = compare_names(a, b);
    if (order)
        return order;
    return a->section->heading.start < b->section->heading.start ? -1 : 1;
}

static struct titled *collect_titles(const struct document *document, size_t *count) {
    struct titled *titles = NULL;
    size_t capacity = 0;
    for (struct section *at = section_next(&document->root); at; at = section_next(at))
        if (at->title.start < at->title.end)
            ARRAY_PUSH(titles, *count, capacity) =
                (struct titled){at, document_text(document, at->title)};
    if (*count)
        qsort(titles, *count, sizeof *titles, compare_titled);
    return titles;
}

/* Equal titles of one level under one parent; the first one is not to blame. */
static void check_twice(const struct rule *rule, const struct subject *subject) {
    size_t count = 0, first = 0;
    struct titled *titles = collect_titles(subject->document, &count);
    for (size_t i = 1; i < count; i++) {
        if (compare_names(&titles[first], &titles[i])) {
            first = i;
            continue;
        }
        size_t line = source_line(&subject->document->source, titles[first].section->heading.start);
        struct place named = {"line", number(subject, line)};
        report(rule, subject, titles[i].section, &named, 1);
    }
    free(titles);
}

/* The next letter or digit in small, without zeros that lead a number; 0 at the end. */
static int next_letter(struct slice text, size_t *at) {
    for (; *at < text.size; ++*at) {
        unsigned char byte = (unsigned char)text.data[*at];
        bool in_number = *at && isdigit((unsigned char)text.data[*at - 1]);
        bool leads = byte == '0' && !in_number && *at + 1 < text.size &&
                     isdigit((unsigned char)text.data[*at + 1]);
        if (!leads && (isalnum(byte) || byte >= 0x80))
            return tolower((unsigned char)text.data[(*at)++]);
    }
    return 0;
}

static bool same_letters(struct slice left, struct slice right) {
    for (size_t i = 0, k = 0;;) {
        int letter = next_letter(left, &i);
        if (letter != next_letter(right, &k))
            return false;
        if (!letter)
            return true;
    }
}

/* The title as the front matter has it, or its part behind "Lecture 2: ". */
static void check_repeated_title(const struct rule *rule, const struct subject *subject) {
    const struct document *document = subject->document;
    const struct section *first = section_next(&document->root);
    const struct yaml_node *title = yaml_find(document->front_matter.root, "title");
    if (!first || !title || title->kind != YAML_SCALAR)
        return;
    struct slice heading = document_text(document, first->title);
    size_t colon = slice_find(title->text, ": ", 0);
    struct slice rest = colon == SLICE_NOT_FOUND
                            ? title->text
                            : slice_part(title->text, colon + 2, title->text.size);
    if (heading.size && (same_letters(heading, title->text) || same_letters(heading, rest)))
        report(rule, subject, first, NULL, 0);
}

static const struct section *find_section(const struct document *document,
                                          const struct required_section *required) {
    for (struct section *at = section_next(&document->root); at; at = section_next(at))
        if (pattern_matches(required->pattern, document_text(document, at->title)))
            return at;
    return NULL;
}

static void check_order(const struct rule *rule, const struct subject *subject) {
    const struct section *last = NULL;
    for (size_t i = 0; subject->note && i < subject->note->section_count; i++) {
        const struct section *found = find_section(subject->document, &subject->note->sections[i]);
        if (found && last && found->heading.start < last->heading.start) {
            struct place before = {"before", document_text(subject->document, last->title)};
            report(rule, subject, found, &before, 1);
        }
        last = found ? found : last;
    }
}

static void check_each(const struct rule *rule, const struct subject *subject,
                       enum problem problem) {
    const struct section *before = &subject->document->root;
    for (struct section *at = section_next(before); at; at = section_next(at)) {
        if (problem == PROBLEM_SKIPPED)
            check_level(rule, subject, at, before);
        else if (problem == PROBLEM_LEVEL_ONE
                     ? at->level == 1
                     : !at->first_child && section_is_empty(subject->document, at))
            report(rule, subject, at, NULL, 0);
        before = at;
    }
}

/* The "=======" of a merge conflict underlines what stands above it: no outline can be trusted. */
static bool has_conflict(const struct document *document) {
    struct slice bytes = document->source.bytes;
    for (size_t at = 0; (at = slice_find(bytes, "<<<<<<< ", at)) != SLICE_NOT_FOUND; at++)
        if (at && bytes.data[at - 1] == '\n' && document->kinds[at] != BYTE_CODE)
            return true;
    return false;
}

/* Front matter that Jekyll does not see turns into headings, and that is said already. */
static bool has_lost_front_matter(const struct document *document) {
    return document->front_matter.state == FRONT_MATTER_ABSENT &&
           document->front_matter.almost.start < document->front_matter.almost.end;
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct headings_parameters *own = rule->parameters;
    if (subject->document->kind != DOCUMENT_MARKDOWN || subject->document->undecided ||
        has_conflict(subject->document) || has_lost_front_matter(subject->document))
        return;
    switch ((enum problem)own->finds) {
    case PROBLEM_SKIPPED:
    case PROBLEM_LEVEL_ONE:
    case PROBLEM_EMPTY:
        check_each(rule, subject, (enum problem)own->finds);
        break;
    case PROBLEM_TITLE:
        check_repeated_title(rule, subject);
        break;
    case PROBLEM_TWICE:
        check_twice(rule, subject);
        break;
    case PROBLEM_ORDER:
        check_order(rule, subject);
        break;
    }
}

const struct check check_headings = {.name = "headings",
                                     .parameters = parameters,
                                     .parameters_size = sizeof(struct headings_parameters),
                                     .places = places,
                                     .needs_document = true,
                                     .run = run};
