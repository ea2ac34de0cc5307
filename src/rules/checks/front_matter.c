/* Front matter: is it there, can it be read, does it have the keys. */
#include "rules/check.h"
#include "rules/front_matter_mending.h"
#include "rules/front_matter_remedy.h"
#include "rules/precedent.h"

#include <stddef.h>
#include <string.h>

enum problem { PROBLEM_MISSING, PROBLEM_UNREADABLE, PROBLEM_KEY_MISSING, PROBLEM_KEY_TWICE };

static const char *const problem_names[] = {"missing", "unreadable", "key-missing", "key-twice",
                                            NULL};

struct front_matter_parameters {
    int finds;
    struct text_list keys; /* key-missing: these; empty: those the configuration requires */
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct front_matter_parameters, finds), problem_names},
    {"keys", FIELD_TEXTS, false, offsetof(struct front_matter_parameters, keys), NULL},
    {0}};

static const char *const places[] = {"reason", "remedy", "key", "state", NULL};

static int prepare(struct rule *rule, struct yaml_file *file, const struct yaml_node *entry,
                   struct error *error) {
    const struct front_matter_parameters *own = rule->parameters;
    if (own->finds == PROBLEM_KEY_MISSING || !own->keys.count)
        return OK;
    return yaml_file_error(file, yaml_find(entry, "keys"), error,
                           "\"keys\" goes with \"finds: key-missing\"");
}

static void find_missing(const struct rule *rule, const struct subject *subject) {
    const struct front_matter *front_matter = &subject->document->front_matter;
    if (front_matter->state != FRONT_MATTER_ABSENT || subject->document->kind != DOCUMENT_MARKDOWN)
        return;
    struct span span = front_matter->almost;
    if (span.start == span.end)
        span = (struct span){0, source_line_text(&subject->document->source, 1).size};
    struct place named[] = {{"reason", slice_of(front_matter->reason)},
                            {"remedy", slice_of(front_matter->remedy)}};
    struct finding *finding =
        subject_report(subject, rule, span, slice_of("front matter"), named, 2);
    front_matter_remedy_absent(subject, finding);
}

static void find_unreadable(const struct rule *rule, const struct subject *subject) {
    const struct front_matter *front_matter = &subject->document->front_matter;
    if (front_matter->state != FRONT_MATTER_UNREADABLE)
        return;
    if (front_matter->problem.limit) {
        subject_undecided(subject, rule, front_matter->problem.message);
        return;
    }
    const struct source *source = &subject->document->source;
    struct front_matter_mending mending =
        front_matter_mending_find(front_matter, source->bytes, &subject->findings->arena);
    size_t line = source_line(source, mending.offset);
    size_t end = source_line_start(source, line) + source_line_text(source, line).size;
    struct place named[] = {{"reason", slice_of(mending.reason)},
                            {"remedy", slice_of(mending.remedy)}};
    struct span span = {mending.offset, end > mending.offset ? end : mending.offset};
    struct finding *finding =
        subject_report(subject, rule, span, slice_of("front matter"), named, 2);
    for (size_t i = 0; finding && i < mending.count; i++) {
        struct edit edit = {
            .path = subject->path, .span = mending.spans[i], .text = mending.texts[i]};
        edit.before = slice_part(source->bytes, edit.span.start, edit.span.end);
        finding_add_edit(subject->findings, finding, &edit);
    }
}

static void report_key(const struct rule *rule, const struct subject *subject, struct slice key,
                       struct span span, const char *state) {
    struct place names[] = {{"key", key}, {"state", slice_of(state)}};
    subject_report(subject, rule, span, key, names, 2);
}

/* In a list of things each is named by its first key: `- name:` with nothing behind it is empty. */
static void check_items(const struct rule *rule, const struct subject *subject, struct slice key,
                        const struct yaml_node *list) {
    for (size_t i = 0; i < list->item_count; i++) {
        const struct yaml_node *item = list->items[i];
        if (item->kind != YAML_MAPPING || !item->pair_count || !yaml_is_empty(item->pairs[0].value))
            continue;
        struct slice name =
            slice_of(arena_format(&subject->findings->arena, "%.*s.%.*s", SLICE_ARGUMENTS(key),
                                  SLICE_ARGUMENTS(item->pairs[0].key->text)));
        report_key(rule, subject, name, item->pairs[0].key->span, "is empty");
    }
}

static void check_key(const struct rule *rule, const struct subject *subject, struct slice key) {
    const struct front_matter *front_matter = &subject->document->front_matter;
    const struct yaml_node *value = yaml_find(front_matter->root, key.data);
    struct span opening = {front_matter->span.start, front_matter->span.start + 3};
    if (!value)
        report_key(rule, subject, key, opening, "is missing");
    else if (yaml_is_empty(value))
        report_key(rule, subject, key, value->span.start ? value->span : opening, "is empty");
    else if (value->kind == YAML_SEQUENCE)
        check_items(rule, subject, key, value);
}

static void check_keys(const struct rule *rule, const struct subject *subject,
                       const struct text_list *keys) {
    for (size_t i = 0; i < keys->count; i++)
        check_key(rule, subject, keys->items[i]);
}

static bool is_optional(const struct note_kind *note, struct slice key) {
    return slice_is_among(key, note->optional.items, note->optional.count);
}

static bool has_key(const struct document *note, const void *key) {
    return !yaml_is_empty(yaml_find(note->front_matter.root, key));
}

/* A template shows the keys that its notes have, and those that most of them have are required. */
static void check_template_keys(const struct rule *rule, const struct subject *subject) {
    if (!subject->template_document) {
        check_key(rule, subject, slice_of("title"));
        return;
    }
    const struct yaml_node *root = subject->template_document->front_matter.root;
    for (size_t i = 0; root && i < root->pair_count; i++) {
        struct slice key = root->pairs[i].key->text;
        bool absent = yaml_is_empty(yaml_find(subject->document->front_matter.root, key.data));
        if (!key.size || slice_equal_string(key, "<<") || is_optional(subject->note, key) ||
            (absent && precedent_contradicts(subject, has_key, key.data)))
            continue;
        check_key(rule, subject, key);
    }
}

static void find_key_missing(const struct rule *rule, const struct subject *subject) {
    const struct front_matter_parameters *own = rule->parameters;
    if (subject->document->front_matter.state != FRONT_MATTER_PRESENT)
        return;
    if (own->keys.count)
        check_keys(rule, subject, &own->keys);
    else if (subject->note && subject->note->from_template)
        check_template_keys(rule, subject);
    else if (subject->note)
        check_keys(rule, subject, &subject->note->required);
}

static void find_key_twice(const struct rule *rule, const struct subject *subject,
                           const struct yaml_node *node, size_t depth) {
    if (!node || depth > YAML_MAX_DEPTH)
        return;
    for (size_t i = 0; i < node->item_count; i++)
        find_key_twice(rule, subject, node->items[i], depth + 1);
    for (size_t i = 0; i < node->pair_count; i++) {
        const struct yaml_node *key = node->pairs[i].key;
        for (size_t k = 0; k < i; k++) {
            if (key->text.size && slice_equal(key->text, node->pairs[k].key->text)) {
                report_key(rule, subject, key->text, key->span, "is given twice");
                break;
            }
        }
        find_key_twice(rule, subject, node->pairs[i].value, depth + 1);
    }
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct front_matter_parameters *own = rule->parameters;
    if (subject->document->kind != DOCUMENT_MARKDOWN)
        return;
    switch ((enum problem)own->finds) {
    case PROBLEM_MISSING:
        find_missing(rule, subject);
        break;
    case PROBLEM_UNREADABLE:
        find_unreadable(rule, subject);
        break;
    case PROBLEM_KEY_MISSING:
        find_key_missing(rule, subject);
        break;
    case PROBLEM_KEY_TWICE:
        find_key_twice(rule, subject, subject->document->front_matter.root, 0);
        break;
    }
}

const struct check check_front_matter = {.name = "front-matter",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct front_matter_parameters),
                                         .places = places,
                                         .needs_document = true,
                                         .prepare = prepare,
                                         .run = run};
