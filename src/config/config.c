#include "config/config.h"

#include "base/memory.h"
#include "config/course_keys.h"
#include "config/note_kinds.h"
#include "config/rule_settings.h"
#include "text/utf8.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct raw_config {
    struct course_keys keys;
    struct yaml_node *notes, *rules, *overrides, *math_keys;
    struct text_list allow;
    int math, fail_on;
};

static const char *const math_names[] = {"site", "dollar", "none", NULL};
static const char *const fail_on_names[] = {"error", "warning", "notice", "never", NULL};

static const struct field config_fields[] = {
    {"course", FIELD_NODE, false, offsetof(struct raw_config, keys.course), NULL},
    {"schedule", FIELD_NODE, false, offsetof(struct raw_config, keys.schedule), NULL},
    {"roster", FIELD_NODE, false, offsetof(struct raw_config, keys.roster), NULL},
    {"deadline", FIELD_NODE, false, offsetof(struct raw_config, keys.deadline), NULL},
    {"team", FIELD_NODE, false, offsetof(struct raw_config, keys.team), NULL},
    {"notes", FIELD_NODE, false, offsetof(struct raw_config, notes), NULL},
    {"images", FIELD_NODE, false, offsetof(struct raw_config, keys.images), NULL},
    {"allow", FIELD_TEXTS, false, offsetof(struct raw_config, allow), NULL},
    {"math", FIELD_CHOICE, false, offsetof(struct raw_config, math), math_names},
    {"rules", FIELD_NODE, false, offsetof(struct raw_config, rules), NULL},
    {"overrides", FIELD_NODE, false, offsetof(struct raw_config, overrides), NULL},
    {"fail-on", FIELD_CHOICE, false, offsetof(struct raw_config, fail_on), fail_on_names},
    {0}};

static const struct field dollar_fields[] = {
    {"dollars", FIELD_CHOICE, false, offsetof(struct raw_config, math), math_names}, {0}};

static const struct field macro_fields[] = {
    {"macros", FIELD_TEXTS, false, offsetof(struct config, macros), NULL}, {0}};

/* "\\RR" or "RR": what is none would never match anything. */
static int check_macros(struct config *config, struct error *error) {
    const struct text_list *macros = &config->macros;
    for (size_t i = 0; i < macros->count; i++) {
        struct slice name = macros->items[i];
        size_t letters = slice_starts_with(name, "\\"), start = letters;
        while (letters < name.size && isalpha((unsigned char)name.data[letters]))
            letters++;
        if (letters == start || letters < name.size)
            return yaml_file_error(&config->file, macros->nodes[i], error,
                                   "\"macros\" takes names of commands, such as RR or \\RR");
    }
    return OK;
}

/* `math` is a word, or a mapping of its own. */
static int read_keys(struct raw_config *raw, struct config *config, struct error *error) {
    struct field fields[COUNT_OF(config_fields)];
    const struct yaml_node *math = yaml_find(config->file.root, "math");
    bool mapping = math && math->kind == YAML_MAPPING;
    memcpy(fields, config_fields, sizeof fields);
    for (size_t i = 0; mapping && fields[i].name; i++)
        if (!strcmp(fields[i].name, "math"))
            fields[i] = (struct field){"math", FIELD_NODE, false,
                                       offsetof(struct raw_config, math_keys), NULL};
    int status = fields_read(raw, fields, NULL, NULL, &config->file, config->file.root, error);
    if (status == OK && mapping)
        status = fields_read(raw, dollar_fields, config, macro_fields, &config->file,
                             raw->math_keys, error);
    return status == OK ? check_macros(config, error) : status;
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

static bool is_marker(struct slice line, const char *marker) {
    return slice_starts_with(line, marker) && (line.size == 3 || strchr(" \t", line.data[3]));
}

/* Only the first document is read; another one would be lost in silence. */
static int refuse_second_document(const struct config *config, struct error *error) {
    struct source source;
    bool begun = false, ended = false;
    int status = OK;
    source_init(&source, config->file.text);
    for (size_t i = 1; i <= source.line_count && status == OK; i++) {
        struct slice line = source_line_text(&source, i);
        if (i == 1 && slice_starts_with(line, UTF8_BOM))
            line = slice_part(line, strlen(UTF8_BOM), line.size);
        struct slice words = slice_trim(line);
        if (is_marker(line, "...")) {
            ended = begun;
        } else if (begun && words.size && (ended || is_marker(line, "---")) && *words.data != '#') {
            status = error_set(error, STATUS_USAGE,
                               "%s:%zu:1: a second YAML document; all settings belong in one",
                               config->name, i);
        } else if (words.size && *words.data != '#' && *line.data != '%') {
            begun = true;
        }
    }
    source_release(&source);
    return status;
}

/* `allow: 3` matches no file that anybody has. */
static int check_allowed(const struct config *config, const struct text_list *globs,
                         struct error *error) {
    for (size_t i = 0; i < globs->count; i++) {
        struct slice text = globs->items[i];
        size_t digits = 0;
        while (digits < text.size && isdigit((unsigned char)text.data[digits]))
            digits++;
        if (digits == text.size || slice_equal_string(text, "true") ||
            slice_equal_string(text, "false"))
            return yaml_file_error(&config->file, globs->nodes[i], error,
                                   "\"allow\" takes paths such as \"data/\" or \"*.csv\"");
    }
    return OK;
}

static int read_config(struct config *config, struct error *error) {
    static const enum severity fail_on[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE,
                                            SEVERITY_OFF};
    struct raw_config raw = {0};
    config->images = (struct image_setting){.most_megabytes = 2, .most_pixels = 5000};
    int status = refuse_second_document(config, error);
    if (status == OK && config->file.root)
        status = read_keys(&raw, config, error);
    config->math = raw.math;
    config->fail_on = fail_on[raw.fail_on];
    if (status == OK)
        status = course_keys_read(config, &raw.keys, error);
    if (status == OK)
        status =
            raw.notes ? note_kinds_read(config, raw.notes, error) : take_defaults(config, error);
    if (status == OK && raw.rules)
        status = rule_settings_read(config, raw.rules, error);
    if (status == OK && raw.overrides)
        status = overrides_read(config, raw.overrides, error);
    if (status == OK)
        status = check_allowed(config, &raw.allow, error);
    return status == OK ? glob_list_compile(&config->allow, &raw.allow, &config->file, error)
                        : status;
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

void config_free(struct config *config) {
    if (!config)
        return;
    if (config->fallback)
        config_free(config->fallback);
    else
        note_kinds_release(config);
    overrides_release(config);
    glob_list_release(&config->schedule.files);
    glob_list_release(&config->allow);
    free((char *)config->file.name);
    free((char *)config->file.text.data);
    yaml_file_release(&config->file);
    free(config);
}

const struct note_kind *config_note_kind(const struct config *config, struct slice path) {
    for (size_t i = 0; i < config->note_count; i++)
        if (glob_list_matches(&config->notes[i].files, path))
            return &config->notes[i];
    return NULL;
}
