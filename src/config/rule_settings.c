#include "config/rule_settings.h"

#include <stddef.h>

struct raw_override {
    struct text_list files;
    struct yaml_node *rules;
};

static const struct field override_fields[] = {
    {"files", FIELD_TEXTS, true, offsetof(struct raw_override, files), NULL},
    {"rules", FIELD_NODE, true, offsetof(struct raw_override, rules), NULL},
    {0}};

static const struct rule_setting *find_setting(const struct rule_setting *settings, size_t count,
                                               struct slice rule) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal(settings[i].rule, rule))
            return &settings[i];
    return NULL;
}

/* `*settings` live in the arena of the configuration. */
static int read_settings(struct rule_setting **settings, size_t *count, struct config *config,
                         const struct yaml_node *mapping, struct error *error) {
    if (mapping->kind != YAML_MAPPING)
        return yaml_file_error(&config->file, mapping, error,
                               "\"rules\" takes lines of \"rule: severity\"");
    *settings = arena_allocate(&config->file.arena, mapping->pair_count, sizeof **settings);
    for (size_t i = 0; i < mapping->pair_count; i++) {
        struct yaml_pair pair = mapping->pairs[i];
        if (find_setting(*settings, *count, pair.key->text))
            return yaml_file_error(&config->file, pair.key, error, "\"%.*s\" is given twice",
                                   SLICE_ARGUMENTS(pair.key->text));
        struct rule_setting *setting = &(*settings)[(*count)++];
        setting->rule = pair.key->text;
        setting->place = arena_format(&config->file.arena, "%s:%s", config->name,
                                      yaml_file_place(&config->file, pair.key));
        if (!severity_parse(pair.value->text, &setting->severity))
            return yaml_file_error(&config->file, pair.value, error,
                                   "a severity is one of: error, warning, notice, off");
    }
    return OK;
}

int rule_settings_read(struct config *config, const struct yaml_node *mapping,
                       struct error *error) {
    return read_settings(&config->rules, &config->rule_count, config, mapping, error);
}

int overrides_read(struct config *config, const struct yaml_node *list, struct error *error) {
    if (list->kind != YAML_SEQUENCE)
        return yaml_file_error(&config->file, list, error, "\"overrides\" takes a list");
    config->overrides =
        arena_allocate(&config->file.arena, list->item_count, sizeof *config->overrides);
    for (size_t i = 0; i < list->item_count; i++) {
        struct raw_override raw = {0};
        struct override *override = &config->overrides[config->override_count++];
        if (fields_read(&raw, override_fields, NULL, NULL, &config->file, list->items[i], error) !=
                OK ||
            glob_list_compile(&override->files, &raw.files, &config->file, error) != OK ||
            read_settings(&override->rules, &override->rule_count, config, raw.rules, error) != OK)
            return STATUS_USAGE;
    }
    return OK;
}

void overrides_release(struct config *config) {
    for (size_t i = 0; i < config->override_count; i++)
        glob_list_release(&config->overrides[i].files);
}

enum severity config_severity(const struct config *config, struct slice rule, struct slice path,
                              enum severity otherwise) {
    for (size_t i = config->override_count; i-- > 0;) {
        const struct override *override = &config->overrides[i];
        const struct rule_setting *setting =
            find_setting(override->rules, override->rule_count, rule);
        if (setting && glob_list_matches(&override->files, path))
            return setting->severity;
    }
    return otherwise;
}
