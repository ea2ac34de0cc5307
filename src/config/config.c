#include "config/config.h"

#include "base/memory.h"
#include "config/title_form.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct raw_note {
    struct text_list files, assets;
    struct slice template_glob, title;
    struct yaml_node *metadata, *sections;
};

struct raw_metadata {
    struct text_list required, optional;
};

struct raw_section {
    struct slice heading;
    struct slice required;
};

struct raw_config {
    struct yaml_node *course, *notes, *rules;
    struct text_list allow;
    int math, fail_on;
};

static const char *const math_names[] = {"site", "dollar", "none", NULL};
static const char *const fail_on_names[] = {"error", "warning", "notice", "never", NULL};

static const struct field config_fields[] = {
    {"course", FIELD_NODE, false, offsetof(struct raw_config, course), NULL},
    {"notes", FIELD_NODE, false, offsetof(struct raw_config, notes), NULL},
    {"allow", FIELD_TEXTS, false, offsetof(struct raw_config, allow), NULL},
    {"math", FIELD_CHOICE, false, offsetof(struct raw_config, math), math_names},
    {"rules", FIELD_NODE, false, offsetof(struct raw_config, rules), NULL},
    {"fail-on", FIELD_CHOICE, false, offsetof(struct raw_config, fail_on), fail_on_names},
    {0}};

static const struct field course_fields[] = {
    {"name", FIELD_TEXT, false, offsetof(struct course_setting, name), NULL},
    {"repository", FIELD_TEXT, false, offsetof(struct course_setting, repository), NULL},
    {"timezone", FIELD_TEXT, false, offsetof(struct course_setting, timezone), NULL},
    {0}};

static const struct field note_fields[] = {
    {"files", FIELD_TEXTS, true, offsetof(struct raw_note, files), NULL},
    {"template", FIELD_TEXT, false, offsetof(struct raw_note, template_glob), NULL},
    {"title", FIELD_TEXT, false, offsetof(struct raw_note, title), NULL},
    {"metadata", FIELD_NODE, false, offsetof(struct raw_note, metadata), NULL},
    {"sections", FIELD_NODE, false, offsetof(struct raw_note, sections), NULL},
    {"assets", FIELD_TEXTS, false, offsetof(struct raw_note, assets), NULL},
    {0}};

static const struct field metadata_fields[] = {
    {"required", FIELD_TEXTS, false, offsetof(struct raw_metadata, required), NULL},
    {"optional", FIELD_TEXTS, false, offsetof(struct raw_metadata, optional), NULL},
    {0}};

static const struct field section_fields[] = {
    {"heading", FIELD_TEXT, true, offsetof(struct raw_section, heading), NULL},
    {"required", FIELD_TEXT, false, offsetof(struct raw_section, required), NULL},
    {0}};

/* Prefixes the message with the place of `node`. */
static int blame(struct config *config, const struct yaml_node *node, struct error *error) {
    error_prefix(error, "%s:%s: ", config->file.name, yaml_file_place(&config->file, node));
    return STATUS_USAGE;
}

static int read_sections(struct config *config, struct note_kind *note,
                         const struct yaml_node *list, struct error *error) {
    if (list->kind != YAML_SEQUENCE)
        return yaml_file_error(&config->file, list, error, "\"sections\" takes a list");
    note->sections = arena_allocate(&config->file.arena, list->item_count, sizeof *note->sections);
    for (size_t i = 0; i < list->item_count; i++) {
        struct raw_section raw = {.required = slice_of("true")};
        if (fields_read(&raw, section_fields, NULL, NULL, &config->file, list->items[i], error) !=
            OK)
            return STATUS_USAGE;
        bool required = slice_equal_string(raw.required, "true");
        if (!required && !slice_equal_string(raw.required, "false"))
            return yaml_file_error(&config->file, yaml_find(list->items[i], "required"), error,
                                   "\"required\" takes true or false");
        if (!required)
            continue;
        struct required_section *section = &note->sections[note->section_count];
        section->heading = raw.heading;
        if (pattern_compile(&section->pattern, raw.heading, PATTERN_IGNORE_CASE, error) != OK)
            return blame(config, yaml_find(list->items[i], "heading"), error);
        note->section_count++;
    }
    return OK;
}

static int read_note(struct config *config, struct note_kind *note, const struct yaml_node *node,
                     struct error *error) {
    struct raw_note raw = {0};
    struct raw_metadata metadata = {0};
    if (fields_read(&raw, note_fields, NULL, NULL, &config->file, node, error) != OK)
        return STATUS_USAGE;
    if (raw.metadata && fields_read(&metadata, metadata_fields, NULL, NULL, &config->file,
                                    raw.metadata, error) != OK)
        return STATUS_USAGE;
    note->required = metadata.required;
    note->optional = metadata.optional;
    note->from_template = !yaml_find(raw.metadata, "required");
    note->assets = raw.assets;
    note->template_glob = raw.template_glob;
    note->title_form = raw.title;
    if (glob_list_compile(&note->files, &raw.files, &config->file, error) != OK)
        return STATUS_USAGE;
    if (raw.template_glob.size &&
        pattern_compile_glob(&note->template_pattern, raw.template_glob, error) != OK)
        return blame(config, yaml_find(node, "template"), error);
    if (raw.title.size && title_form_compile(&note->title_pattern, raw.title, error) != OK)
        return blame(config, yaml_find(node, "title"), error);
    return raw.sections ? read_sections(config, note, raw.sections, error) : OK;
}

static int read_notes(struct config *config, const struct yaml_node *list, struct error *error) {
    if (list->kind != YAML_SEQUENCE)
        return yaml_file_error(&config->file, list, error, "\"notes\" takes a list");
    config->notes = arena_allocate(&config->file.arena, list->item_count, sizeof *config->notes);
    for (size_t i = 0; i < list->item_count; i++) {
        config->note_count++;
        if (read_note(config, &config->notes[i], list->items[i], error) != OK)
            return STATUS_USAGE;
    }
    return OK;
}

static bool given_before(const struct config *config, struct slice rule) {
    for (size_t i = 0; i < config->rule_count; i++)
        if (slice_equal(config->rules[i].rule, rule))
            return true;
    return false;
}

static int read_rules(struct config *config, const struct yaml_node *mapping, struct error *error) {
    if (mapping->kind != YAML_MAPPING)
        return yaml_file_error(&config->file, mapping, error,
                               "\"rules\" takes lines of \"rule: severity\"");
    config->rules = arena_allocate(&config->file.arena, mapping->pair_count, sizeof *config->rules);
    for (size_t i = 0; i < mapping->pair_count; i++) {
        struct yaml_pair pair = mapping->pairs[i];
        if (given_before(config, pair.key->text))
            return yaml_file_error(&config->file, pair.key, error, "\"%.*s\" is given twice",
                                   SLICE_ARGUMENTS(pair.key->text));
        struct rule_setting *setting = &config->rules[config->rule_count++];
        setting->rule = pair.key->text;
        setting->place = arena_format(&config->file.arena, "%s:%s", config->name,
                                      yaml_file_place(&config->file, pair.key));
        if (!severity_parse(pair.value->text, &setting->severity))
            return yaml_file_error(&config->file, pair.value, error,
                                   "a severity is one of: error, warning, notice, off");
    }
    return OK;
}

/* A course that says nothing about its notes has notes all the same. */
static int take_defaults(struct config *config, struct error *error) {
    int status = config_defaults(&config->fallback, error);
    if (status != OK)
        return status;
    config->notes = config->fallback->notes;
    config->note_count = config->fallback->note_count;
    config->guessed = true;
    return OK;
}

static int read_config(struct config *config, struct error *error) {
    static const enum severity fail_on[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE,
                                            SEVERITY_OFF};
    struct raw_config raw = {0};
    if (config->file.root &&
        fields_read(&raw, config_fields, NULL, NULL, &config->file, config->file.root, error) != OK)
        return STATUS_USAGE;
    config->math = raw.math;
    config->fail_on = fail_on[raw.fail_on];
    if (raw.course && fields_read(&config->course, course_fields, NULL, NULL, &config->file,
                                  raw.course, error) != OK)
        return STATUS_USAGE;
    int status = raw.notes ? read_notes(config, raw.notes, error) : take_defaults(config, error);
    if (status != OK)
        return status;
    if (raw.rules && read_rules(config, raw.rules, error) != OK)
        return STATUS_USAGE;
    return glob_list_compile(&config->allow, &raw.allow, &config->file, error);
}

int config_parse(struct config **config, const char *name, struct slice text, struct error *error) {
    struct config *made = memory_allocate(1, sizeof *made);
    char *copy = memory_allocate(text.size + 1, 1);
    if (text.size)
        memcpy(copy, text.data, text.size);
    int status = yaml_file_open(&made->file, memory_copy_string(name),
                                (struct slice){copy, text.size}, error);
    made->name = made->file.name;
    if (status == OK)
        status = read_config(made, error);
    if (status != OK) {
        config_free(made);
        made = NULL;
    }
    *config = made;
    return status;
}

static void free_notes(struct config *config) {
    for (size_t i = 0; i < config->note_count; i++) {
        struct note_kind *note = &config->notes[i];
        glob_list_release(&note->files);
        pattern_free(note->template_pattern);
        pattern_free(note->title_pattern);
        for (size_t k = 0; k < note->section_count; k++)
            pattern_free(note->sections[k].pattern);
    }
}

void config_free(struct config *config) {
    if (!config)
        return;
    if (config->fallback)
        config_free(config->fallback);
    else
        free_notes(config);
    glob_list_release(&config->allow);
    free((char *)config->file.name);
    free((char *)config->file.source.bytes.data);
    yaml_file_release(&config->file);
    free(config);
}

const struct note_kind *config_note_kind(const struct config *config, struct slice path) {
    for (size_t i = 0; i < config->note_count; i++)
        if (glob_list_matches(&config->notes[i].files, path))
            return &config->notes[i];
    return NULL;
}
