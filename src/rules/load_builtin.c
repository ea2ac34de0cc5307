/*
 * The built-in rules as the build has read them: without YAML, and nothing is asked that a test of
 * all of them has answered.
 */
#include "base/memory.h"
#include "rules/builtin.h"
#include "rules/check.h"
#include "rules/entry.h"

#include <stddef.h>

static struct slice text_at(uint32_t number) {
    struct builtin_text text = builtin_texts[number];
    return (struct slice){builtin_bytes + text.start, text.size};
}

/* `node` is where each of them stands. */
static struct text_list texts_of(const struct builtin_value *value, struct yaml_file *file,
                                 struct yaml_node *node) {
    struct text_list list = {.count = value->count};
    list.items = arena_allocate(&file->arena, list.count, sizeof *list.items);
    list.nodes = arena_allocate(&file->arena, list.count, sizeof *list.nodes);
    for (uint32_t i = 0; i < value->count; i++) {
        list.items[i] = text_at(value->first + i);
        list.nodes[i] = node;
    }
    return list;
}

static int choice_of(const struct builtin_value *value, const char *const *choices) {
    int choice = 0;
    while (choices[choice] && !slice_equal_string(text_at(value->first), choices[choice]))
        choice++;
    return choice;
}

/* Fills the member of `target` that a value is for, if it has one. */
static void fill(void *target, const struct field *fields, const struct builtin_value *value,
                 struct yaml_file *file) {
    const struct field *field = fields_find(fields, text_at(value->key));
    if (!field)
        return;
    void *member = (char *)target + field->offset;
    if (field->kind == FIELD_TEXTS)
        *(struct text_list *)member = texts_of(value, file, file->root);
    else if (field->kind == FIELD_TEXT)
        *(struct slice *)member = text_at(value->first);
    else if (field->kind == FIELD_CHOICE)
        *(int *)member = choice_of(value, field->choices);
}

static int add_rule(struct rule_set *set, const struct builtin_rule *builtin,
                    struct yaml_file *file, struct error *error) {
    const struct builtin_value *values = builtin_values + builtin->first;
    struct rule *rule = arena_allocate(&file->arena, 1, sizeof *rule);
    struct rule_entry entry = {0};
    ARRAY_PUSH(set->rules, set->count, set->capacity) = rule;
    rule->brief = true;
    for (uint32_t i = 0; i < builtin->count; i++)
        fill(&entry, rule_entry_fields, &values[i], file);
    rule_use_check(rule, check_find(entry.check), file);
    for (uint32_t i = 0; i < builtin->count && rule->check->parameters; i++)
        fill(rule->parameters, rule->check->parameters, &values[i], file);
    int status = rule_take_entry(rule, &entry, file, error);
    return status == OK && rule->check->prepare
               ? rule->check->prepare(rule, file, file->root, error)
               : status;
}

/* An error, which no test has met then, names the file and its first line. */
static struct yaml_file *add_file(struct rule_set *set, const struct builtin_file *builtin) {
    struct yaml_file *file = rule_set_new_file(set);
    file->name = text_at(builtin->name).data;
    file->text = text_at(builtin->text);
    file->root = arena_allocate(&file->arena, 1, sizeof *file->root);
    return file;
}

int rule_set_add_builtin_brief(struct rule_set *set, struct error *error) {
    int status = OK;
    for (size_t i = 0; i < builtin_file_count; i++) {
        const struct builtin_file *builtin = &builtin_files[i];
        struct yaml_file *file = add_file(set, builtin);
        for (uint32_t k = 0; k < builtin->rule_count && status == OK; k++)
            status = add_rule(set, &builtin_rules[builtin->first + k], file, error);
    }
    rule_set_sort(set);
    return status;
}

int rule_set_add_builtin(struct rule_set *set, struct error *error) {
    int status = OK;
    for (size_t i = 0; i < builtin_file_count && status == OK; i++)
        status = rule_set_add(set, text_at(builtin_files[i].name).data,
                              text_at(builtin_files[i].text), error);
    return status;
}
