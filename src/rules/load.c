/* Rule files into rules: every key known, every pattern compiled, every error with its place. */
#include "base/memory.h"
#include "rules/check.h"
#include "rules/entry.h"
#include "rules/moment.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct raw_examples {
    struct yaml_node *good, *bad;
};

const struct field rule_entry_fields[] = {
    {"id", FIELD_TEXT, true, offsetof(struct rule_entry, id), NULL},
    {"severity", FIELD_CHOICE, true, offsetof(struct rule_entry, severity), severity_names},
    {"summary", FIELD_TEXT, true, offsetof(struct rule_entry, summary), NULL},
    {"why", FIELD_TEXT, true, offsetof(struct rule_entry, why), NULL},
    {"files", FIELD_TEXTS, true, offsetof(struct rule_entry, files), NULL},
    {"check", FIELD_TEXT, true, offsetof(struct rule_entry, check), NULL},
    {"message", FIELD_TEXT, true, offsetof(struct rule_entry, message), NULL},
    {"yields-to", FIELD_TEXTS, false, offsetof(struct rule_entry, yields_to), NULL},
    {"fix", FIELD_TEXT, false, offsetof(struct rule_entry, fix), NULL},
    {"examples", FIELD_NODE, false, offsetof(struct rule_entry, examples), NULL},
    {0}};

static const struct field examples_fields[] = {
    {"good", FIELD_NODE, true, offsetof(struct raw_examples, good), NULL},
    {"bad", FIELD_NODE, true, offsetof(struct raw_examples, bad), NULL},
    {0}};

static const char *const encodings[] = {"utf-8", "latin-1", NULL};

static const struct field example_fields[] = {
    {"text", FIELD_TEXT, false, offsetof(struct example, text), NULL},
    {"encoding", FIELD_CHOICE, false, offsetof(struct example, encoding), encodings},
    {"size", FIELD_TEXT, false, offsetof(struct example, size), NULL},
    {"path", FIELD_TEXT, false, offsetof(struct example, path), NULL},
    {"tree", FIELD_NODE, false, offsetof(struct example, tree), NULL},
    {"base", FIELD_NODE, false, offsetof(struct example, base), NULL},
    {"config", FIELD_TEXT, false, offsetof(struct example, config), NULL},
    {"committed", FIELD_TEXTS, false, offsetof(struct example, committed), NULL},
    {"value", FIELD_TEXT, false, offsetof(struct example, value), NULL},
    {0}};

static bool is_kebab_case(struct slice id) {
    for (size_t i = 0; i < id.size; i++)
        if (!islower((unsigned char)id.data[i]) && !isdigit((unsigned char)id.data[i]) &&
            (id.data[i] != '-' || !i || i + 1 == id.size || id.data[i - 1] == '-'))
            return false;
    return id.size > 0;
}

/* False when `name` is no class of files, but a glob. */
static bool add_class(struct rule *rule, struct slice name) {
    static const struct {
        const char *name;
        enum file_class class;
    } classes[] = {{"notes", FILES_NOTES},       {"posts", FILES_POSTS},
                   {"markdown", FILES_MARKDOWN}, {"any", FILES_ANY},
                   {"schedule", FILES_SCHEDULE}, {"pdf-notes", FILES_PDF}};
    for (size_t i = 0; i < COUNT_OF(classes); i++) {
        if (slice_equal_string(name, classes[i].name)) {
            rule->classes |= classes[i].class;
            return true;
        }
    }
    return false;
}

static int read_files(struct rule *rule, const struct text_list *files,
                      const struct yaml_file *file, struct error *error) {
    struct text_list globs = *files;
    globs.count = 0;
    for (size_t i = 0; i < files->count; i++) {
        if (add_class(rule, files->items[i]))
            continue;
        globs.items[globs.count] = files->items[i];
        globs.nodes[globs.count++] = files->nodes[i];
    }
    return glob_list_compile(&rule->globs, &globs, file, error);
}

/* Paths in a list, or "path: content". */
static int check_tree(const struct yaml_node *tree, const struct yaml_file *file,
                      struct error *error) {
    static const char wanted[] = "this must be a list of paths, or of \"path: content\"";
    if (!tree)
        return OK;
    if (tree->kind == YAML_SCALAR)
        return yaml_file_error(file, tree, error, wanted);
    for (size_t i = 0; i < tree->item_count; i++)
        if (tree->items[i]->kind != YAML_SCALAR || !tree->items[i]->text.size)
            return yaml_file_error(file, tree->items[i], error, wanted);
    for (size_t i = 0; i < tree->pair_count; i++)
        if (!tree->pairs[i].key->text.size || tree->pairs[i].value->kind != YAML_SCALAR)
            return yaml_file_error(file, tree->pairs[i].key, error, wanted);
    return OK;
}

/* A rule file is UTF-8; this is how it can say other bytes. */
static struct slice latin_1(struct slice text, struct arena *arena) {
    struct buffer bytes = BUFFER_EMPTY;
    for (size_t at = 0; at < text.size;) {
        uint32_t code = utf8_next(text, &at);
        buffer_append_byte(&bytes, (char)(code < 0x100 ? code : '?'));
    }
    struct slice copy = arena_copy(arena, buffer_slice(&bytes));
    buffer_release(&bytes);
    return copy;
}

/* With line ends behind it, so that it has `size` bytes; more than a few megabytes are a slip. */
static int fill_up(struct example *example, struct yaml_file *file, struct error *error) {
    enum { MOST_DIGITS = 7 };
    size_t size = 0;
    bool good = example->size.size <= MOST_DIGITS;
    for (size_t i = 0; good && i < example->size.size; i++) {
        good = isdigit((unsigned char)example->size.data[i]);
        size = 10 * size + (size_t)(example->size.data[i] - '0');
    }
    if (!good)
        return yaml_file_error(file, yaml_find(example->node, "size"), error,
                               "\"size\" takes a number of bytes");
    if (size <= example->text.size)
        return OK;
    char *text = arena_allocate(&file->arena, size, 1);
    memset(text, '\n', size);
    if (example->text.size)
        memcpy(text, example->text.data, example->text.size);
    example->text = (struct slice){text, size};
    return OK;
}

static int read_example(struct rule *rule, bool good, struct yaml_node *node,
                        struct yaml_file *file, struct error *error) {
    struct example *example = &rule->examples[rule->example_count++];
    *example = (struct example){.good = good, .node = node};
    example->path = slice_of("_posts/2025-01-08-lecture-02.md");
    if (node->kind == YAML_SCALAR) {
        example->text = node->text;
        return OK;
    }
    if (fields_read(example, example_fields, NULL, NULL, file, node, error) != OK ||
        check_tree(example->tree, file, error) != OK)
        return STATUS_USAGE;
    for (size_t i = 0; i < example->committed.count; i++)
        if (!moment_read(example->committed.items[i], NULL, NULL))
            return yaml_file_error(file, example->committed.nodes[i], error,
                                   "a moment looks like \"2025-10-17 23:59:59 -0700\"");
    if (example->encoding)
        example->text = latin_1(example->text, &file->arena);
    if (fill_up(example, file, error) != OK)
        return STATUS_USAGE;
    return check_tree(example->base, file, error);
}

static int read_examples(struct rule *rule, struct yaml_node *node, struct yaml_file *file,
                         const struct yaml_node *entry, struct error *error) {
    struct raw_examples raw = {0};
    if (!node)
        return yaml_file_error(file, entry, error, "\"examples\" is missing");
    if (yaml_is_empty(node))
        return yaml_file_error(file, node, error, "\"examples\" is empty");
    if (fields_read(&raw, examples_fields, NULL, NULL, file, node, error) != OK)
        return STATUS_USAGE;
    if (raw.good->kind != YAML_SEQUENCE || raw.bad->kind != YAML_SEQUENCE ||
        !raw.good->item_count || !raw.bad->item_count)
        return yaml_file_error(file, node, error,
                               "\"examples\" needs a list under \"good\" and one under \"bad\"");
    rule->examples = arena_allocate(&file->arena, raw.good->item_count + raw.bad->item_count,
                                    sizeof *rule->examples);
    for (size_t i = 0; i < raw.good->item_count; i++)
        if (read_example(rule, true, raw.good->items[i], file, error) != OK)
            return STATUS_USAGE;
    for (size_t i = 0; i < raw.bad->item_count; i++)
        if (read_example(rule, false, raw.bad->items[i], file, error) != OK)
            return STATUS_USAGE;
    return OK;
}

static bool place_is_known(const struct check *check, struct slice name) {
    if (slice_equal_string(name, "file") || slice_equal_string(name, "value"))
        return true;
    for (const char *const *known = check->places; known && *known; known++)
        if (slice_equal_string(name, *known))
            return true;
    return false;
}

/* A message with a place that the check never fills in would print nothing there. */
static int check_places(const struct rule *rule, struct slice text, const struct yaml_file *file,
                        const struct yaml_node *node, struct error *error) {
    struct slice name;
    for (size_t at = 0; message_next_place(text, &at, &name);)
        if (!place_is_known(rule->check, name))
            return yaml_file_error(file, node, error, "check \"%s\" has no place {%.*s}",
                                   rule->check->name, SLICE_ARGUMENTS(name));
    return OK;
}

void rule_use_check(struct rule *rule, const struct check *check, struct yaml_file *file) {
    rule->check = check;
    rule->parameters = arena_allocate(&file->arena, 1, check->parameters_size + 1);
    rule->needs_document = check->needs_document;
}

static int find_check(struct rule *rule, struct slice name, struct yaml_file *file,
                      const struct yaml_node *entry, struct error *error) {
    const struct check *check = check_find(name);
    if (check) {
        rule_use_check(rule, check, file);
        return OK;
    }
    struct buffer names = BUFFER_EMPTY;
    check_append_names(&names);
    yaml_file_error(file, yaml_find(entry, "check"), error, "no check \"%.*s\"; there are: %s",
                    SLICE_ARGUMENTS(name), buffer_string(&names));
    buffer_release(&names);
    return STATUS_USAGE;
}

int rule_take_entry(struct rule *rule, const struct rule_entry *entry, struct yaml_file *file,
                    struct error *error) {
    rule->id = entry->id.data;
    rule->severity = (enum severity)entry->severity;
    rule->summary = entry->summary;
    rule->why = entry->why;
    rule->message = entry->message;
    rule->fix = entry->fix;
    rule->yields_to = entry->yields_to;
    rule->file = file;
    return read_files(rule, &entry->files, file, error);
}

static int read_rule(struct rule *rule, struct yaml_file *file, const struct yaml_node *entry,
                     struct error *error) {
    struct rule_entry raw = {0};
    const struct yaml_node *check = yaml_find(entry, "check");
    if (check && check->kind == YAML_SCALAR &&
        find_check(rule, check->text, file, entry, error) != OK)
        return STATUS_USAGE;
    if (fields_read(&raw, rule_entry_fields, rule->parameters,
                    rule->check ? rule->check->parameters : NULL, file, entry, error) != OK)
        return STATUS_USAGE;
    if (!is_kebab_case(raw.id))
        return yaml_file_error(file, yaml_find(entry, "id"), error,
                               "an id has small letters, digits and hyphens");
    if (rule_take_entry(rule, &raw, file, error) != OK ||
        check_places(rule, raw.message, file, yaml_find(entry, "message"), error) != OK ||
        check_places(rule, raw.fix, file, yaml_find(entry, "fix"), error) != OK)
        return STATUS_USAGE;
    if (read_examples(rule, raw.examples, file, entry, error) != OK)
        return STATUS_USAGE;
    return rule->check->prepare ? rule->check->prepare(rule, file, entry, error) : OK;
}

static int by_id(const void *left, const void *right) {
    const struct rule *const *a = left, *const *b = right;
    return strcmp((*a)->id, (*b)->id);
}

void rule_set_sort(struct rule_set *set) {
    if (set->count)
        qsort(set->rules, set->count, sizeof(struct rule *), by_id);
}

static int add_rule(struct rule_set *set, struct yaml_file *file, const struct yaml_node *entry,
                    struct error *error) {
    struct rule *rule = arena_allocate(&file->arena, 1, sizeof *rule);
    int status = read_rule(rule, file, entry, error);
    if (status == OK && rule_set_find(set, slice_of(rule->id)))
        status = yaml_file_error(file, yaml_find(entry, "id"), error,
                                 "there is a rule \"%s\" already", rule->id);
    ARRAY_PUSH(set->rules, set->count, set->capacity) = rule;
    return status;
}

struct yaml_file *rule_set_new_file(struct rule_set *set) {
    struct yaml_file *file = memory_allocate(1, sizeof *file);
    ARRAY_PUSH(set->files, set->file_count, set->file_capacity) = file;
    return file;
}

static int add_rules(struct rule_set *set, struct yaml_file *file, struct error *error) {
    if (!file->root)
        return OK;
    if (file->root->kind != YAML_SEQUENCE)
        return yaml_file_error(file, file->root, error, "a rule file is a list of rules");
    for (size_t i = 0; i < file->root->item_count; i++)
        if (add_rule(set, file, file->root->items[i], error) != OK)
            return STATUS_USAGE;
    rule_set_sort(set);
    return OK;
}

int rule_set_add(struct rule_set *set, const char *name, struct slice text, struct error *error) {
    struct yaml_file *file = rule_set_new_file(set);
    int status = yaml_file_open(file, name, text, error);
    return status == OK ? add_rules(set, file, error) : status;
}

int rule_set_add_copy(struct rule_set *set, const char *name, struct slice text,
                      struct error *error) {
    return rule_set_add(set, arena_copy_string(&set->texts, name), arena_copy(&set->texts, text),
                        error);
}
