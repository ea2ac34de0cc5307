#include "config/note_kinds.h"

#include "base/memory.h"
#include "config/course_keys.h"
#include "config/name_form.h"
#include "config/title_form.h"

#include <stddef.h>
#include <string.h>

struct raw_note {
    struct text_list files, assets;
    struct slice template_glob, name, title;
    struct yaml_node *metadata, *sections, *pages, *megabytes;
};

struct raw_range {
    struct yaml_node *least, *most;
};

struct raw_metadata {
    struct text_list required, optional;
};

struct raw_section {
    struct slice heading;
    struct slice required;
};

static const struct field note_fields[] = {
    {"files", FIELD_TEXTS, true, offsetof(struct raw_note, files), NULL},
    {"template", FIELD_TEXT, false, offsetof(struct raw_note, template_glob), NULL},
    {"name", FIELD_TEXT, false, offsetof(struct raw_note, name), NULL},
    {"title", FIELD_TEXT, false, offsetof(struct raw_note, title), NULL},
    {"metadata", FIELD_NODE, false, offsetof(struct raw_note, metadata), NULL},
    {"sections", FIELD_NODE, false, offsetof(struct raw_note, sections), NULL},
    {"assets", FIELD_TEXTS, false, offsetof(struct raw_note, assets), NULL},
    {"pages", FIELD_NODE, false, offsetof(struct raw_note, pages), NULL},
    {"megabytes", FIELD_NODE, false, offsetof(struct raw_note, megabytes), NULL},
    {0}};

static const struct field pages_fields[] = {
    {"min", FIELD_NODE, false, offsetof(struct raw_range, least), NULL},
    {"max", FIELD_NODE, false, offsetof(struct raw_range, most), NULL},
    {0}};

static const struct field megabytes_fields[] = {
    {"max", FIELD_NODE, true, offsetof(struct raw_range, most), NULL}, {0}};

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

/* "{mm}" is a place, "{a,b}" is not. The names are those that note_name_expand() fills in. */
static int check_assets(struct config *config, const struct text_list *assets,
                        struct error *error) {
    static const char *const names[] = {"stem", "yyyy", "mm", "dd", "nn", "n"};
    for (size_t i = 0; i < assets->count; i++) {
        struct slice text = assets->items[i], name;
        for (size_t at = 0; (at = slice_find(text, "{", at)) != SLICE_NOT_FOUND; at++) {
            size_t end = slice_find(text, "}", at);
            if (end == SLICE_NOT_FOUND)
                return yaml_file_error(&config->file, assets->nodes[i], error,
                                       "\"{\" without \"}\"");
            name = slice_part(text, at + 1, end);
            if (!memchr(name.data, ',', name.size) &&
                !slice_is_one_of(name, names, COUNT_OF(names)))
                return yaml_file_error(&config->file, assets->nodes[i], error,
                                       "no {%.*s} in \"assets\"; there are {stem}, {yyyy}, {mm}, "
                                       "{dd}, {nn} and {n}",
                                       SLICE_ARGUMENTS(name));
        }
    }
    return OK;
}

/* The folder up to the first character that stands for others. */
static struct slice literal_folder(struct slice glob) {
    size_t end = 0, folder = 0;
    for (; end < glob.size && !strchr("*?[{\\", glob.data[end]); end++)
        if (glob.data[end] == '/')
            folder = end;
    return slice_part(glob, 0, folder);
}

static void find_folders(struct config *config, struct note_kind *note,
                         const struct text_list *globs) {
    note->folders = arena_allocate(&config->file.arena, globs->count, sizeof *note->folders);
    for (size_t i = 0; i < globs->count; i++)
        note->folders[i] = literal_folder(globs->items[i]);
}

/* `least` stays as it is where the table knows no "min". */
static int read_range(long *least, long *most, const struct field *fields, struct config *config,
                      const struct yaml_node *node, struct error *error) {
    enum { LARGEST = 9999 };
    struct raw_range raw = {0};
    int status = node ? fields_read(&raw, fields, NULL, NULL, &config->file, node, error) : OK;
    if (status == OK && raw.least)
        status = config_read_number(least, config, raw.least, "min", 1, LARGEST, error);
    if (status == OK && raw.most)
        status = config_read_number(most, config, raw.most, "max", 1, LARGEST, error);
    if (status == OK && raw.least && raw.most && *least > *most)
        return yaml_file_error(&config->file, node, error, "\"min\" is more than \"max\"");
    return status;
}

static int read_limits(struct config *config, struct note_kind *note, const struct raw_note *raw,
                       struct error *error) {
    long none = 0;
    int status =
        read_range(&note->least_pages, &note->most_pages, pages_fields, config, raw->pages, error);
    return status == OK ? read_range(&none, &note->most_megabytes, megabytes_fields, config,
                                     raw->megabytes, error)
                        : status;
}

static int read_note(struct config *config, struct note_kind *note, const struct yaml_node *node,
                     struct error *error) {
    struct raw_note raw = {0};
    struct raw_metadata metadata = {0};
    const char *problem;
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
    note->name_form = raw.name;
    note->title_form = raw.title;
    if (glob_list_compile(&note->files, &raw.files, &config->file, error) != OK ||
        check_assets(config, &raw.assets, error) != OK)
        return STATUS_USAGE;
    find_folders(config, note, &raw.files);
    if (raw.template_glob.size &&
        pattern_compile_glob(&note->template_pattern, raw.template_glob, error) != OK)
        return blame(config, yaml_find(node, "template"), error);
    if (yaml_find(node, "name") && !name_form_is_valid(raw.name, &problem))
        return yaml_file_error(&config->file, yaml_find(node, "name"), error,
                               "no form of file names: %s", problem);
    if (raw.title.size && title_form_compile(&note->title_pattern, raw.title, error) != OK)
        return blame(config, yaml_find(node, "title"), error);
    if (read_limits(config, note, &raw, error) != OK)
        return STATUS_USAGE;
    return raw.sections ? read_sections(config, note, raw.sections, error) : OK;
}

int note_kinds_read(struct config *config, const struct yaml_node *list, struct error *error) {
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

void note_kinds_release(struct config *config) {
    for (size_t i = 0; i < config->note_count; i++) {
        struct note_kind *note = &config->notes[i];
        glob_list_release(&note->files);
        pattern_free(note->template_pattern);
        pattern_free(note->title_pattern);
        for (size_t k = 0; k < note->section_count; k++)
            pattern_free(note->sections[k].pattern);
    }
}
