#include "rules/rule.h"

#include "rules/check.h"

#include <stdlib.h>
#include <string.h>

const struct rule *rule_set_find(const struct rule_set *set, struct slice id) {
    for (size_t i = 0; i < set->count && id.size; i++) {
        const char *own = set->rules[i]->id;
        if (own && *own == *id.data && !strncmp(own, id.data, id.size) && !own[id.size])
            return set->rules[i];
    }
    return NULL;
}

/* The rule that a configuration speaks of, or NULL with an error. */
static struct rule *find_configured(struct rule_set *set, const struct rule_setting *setting,
                                    struct error *error) {
    struct rule *rule = (struct rule *)rule_set_find(set, setting->rule);
    if (!rule)
        error_set(error, STATUS_USAGE,
                  "%s: there is no rule \"%.*s\"; `scribelint rules` lists them", setting->place,
                  SLICE_ARGUMENTS(setting->rule));
    return rule;
}

static int note_override(struct rule_set *set, const struct override *override,
                         struct error *error) {
    for (size_t i = 0; i < override->rule_count; i++) {
        struct rule *rule = find_configured(set, &override->rules[i], error);
        if (!rule)
            return STATUS_USAGE;
        rule->on_somewhere = rule->on_somewhere || override->rules[i].severity != SEVERITY_OFF;
    }
    return OK;
}

int rule_set_configure(struct rule_set *set, const struct config *config, struct error *error) {
    for (size_t i = 0; i < config->rule_count; i++) {
        struct rule *rule = find_configured(set, &config->rules[i], error);
        if (!rule)
            return STATUS_USAGE;
        rule->severity = config->rules[i].severity;
    }
    for (size_t i = 0; i < config->override_count; i++)
        if (note_override(set, &config->overrides[i], error) != OK)
            return STATUS_USAGE;
    return OK;
}

int rule_set_check(const struct rule_set *set, struct error *error) {
    for (size_t i = 0; i < set->count; i++) {
        const struct rule *rule = set->rules[i];
        for (size_t k = 0; k < rule->yields_to.count; k++)
            if (!rule_set_find(set, rule->yields_to.items[k]))
                return yaml_file_error(rule->file, rule->yields_to.nodes[k], error,
                                       "there is no rule \"%.*s\" to yield to",
                                       SLICE_ARGUMENTS(rule->yields_to.items[k]));
    }
    return OK;
}

bool rule_in_force(const struct rule *rule) {
    return rule->severity != SEVERITY_OFF || rule->on_somewhere;
}

size_t rule_set_in_force(const struct rule_set *set) {
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++)
        count += rule_in_force(set->rules[i]);
    return count;
}

void rule_set_release(struct rule_set *set) {
    for (size_t i = 0; i < set->count; i++) {
        struct rule *rule = set->rules[i];
        if (rule->check && rule->check->release && rule->parameters)
            rule->check->release(rule);
        glob_list_release(&rule->globs);
    }
    for (size_t i = 0; i < set->file_count; i++) {
        yaml_file_release(set->files[i]);
        free(set->files[i]);
    }
    free(set->rules);
    free(set->files);
    arena_release(&set->texts);
    *set = (struct rule_set){0};
}
