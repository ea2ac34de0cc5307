#include "config/course_keys.h"

#include "base/memory.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

enum { MOST_DAYS = 999, MOST_PEOPLE = 99, LAST_SECOND = 24 * 60 * 60 - 1 };

struct raw_course {
    struct course_setting setting;
    struct yaml_node *year;
};

struct raw_schedule {
    struct text_list files;
    struct yaml_node *keys;
};

struct raw_roster {
    struct slice file;
    struct yaml_node *columns;
};

struct raw_deadline {
    struct yaml_node *days, *time, *extensions;
};

struct raw_team {
    struct yaml_node *min, *max;
};

static const struct field course_fields[] = {
    {"name", FIELD_TEXT, false, offsetof(struct raw_course, setting.name), NULL},
    {"repository", FIELD_TEXT, false, offsetof(struct raw_course, setting.repository), NULL},
    {"timezone", FIELD_TEXT, false, offsetof(struct raw_course, setting.timezone), NULL},
    {"year", FIELD_NODE, false, offsetof(struct raw_course, year), NULL},
    {0}};

static const struct field schedule_fields[] = {
    {"files", FIELD_TEXTS, false, offsetof(struct raw_schedule, files), NULL},
    {"keys", FIELD_NODE, false, offsetof(struct raw_schedule, keys), NULL},
    {0}};

static const struct field key_fields[] = {
    {"date", FIELD_TEXT, false, offsetof(struct schedule_setting, date), NULL},
    {"number", FIELD_TEXT, false, offsetof(struct schedule_setting, number), NULL},
    {"title", FIELD_TEXT, false, offsetof(struct schedule_setting, title), NULL},
    {"lecturer", FIELD_TEXT, false, offsetof(struct schedule_setting, lecturer), NULL},
    {"slides", FIELD_TEXT, false, offsetof(struct schedule_setting, slides), NULL},
    {"recording", FIELD_TEXT, false, offsetof(struct schedule_setting, recording), NULL},
    {"notes", FIELD_TEXT, false, offsetof(struct schedule_setting, notes), NULL},
    {0}};

static const struct field roster_fields[] = {
    {"file", FIELD_TEXT, true, offsetof(struct raw_roster, file), NULL},
    {"columns", FIELD_NODE, false, offsetof(struct raw_roster, columns), NULL},
    {0}};

static const struct field column_fields[] = {
    {"lecture", FIELD_TEXTS, false, offsetof(struct roster_setting, lecture), NULL},
    {"names", FIELD_TEXTS, false, offsetof(struct roster_setting, names), NULL},
    {"accounts", FIELD_TEXTS, false, offsetof(struct roster_setting, accounts), NULL},
    {0}};

static const struct field deadline_fields[] = {
    {"days", FIELD_NODE, true, offsetof(struct raw_deadline, days), NULL},
    {"time", FIELD_NODE, false, offsetof(struct raw_deadline, time), NULL},
    {"extensions", FIELD_NODE, false, offsetof(struct raw_deadline, extensions), NULL},
    {0}};

struct raw_images {
    struct yaml_node *megabytes, *pixels;
    int figures;
};

/* In the order of enum figure_setting. */
static const char *const figure_names[] = {"template", "none", "required", "captioned", NULL};

static const struct field image_fields[] = {
    {"megabytes", FIELD_NODE, false, offsetof(struct raw_images, megabytes), NULL},
    {"pixels", FIELD_NODE, false, offsetof(struct raw_images, pixels), NULL},
    {"figures", FIELD_CHOICE, false, offsetof(struct raw_images, figures), figure_names},
    {0}};

static const struct field most_fields[] = {
    {"max", FIELD_NODE, true, offsetof(struct raw_team, max), NULL}, {0}};

static const struct field team_fields[] = {
    {"min", FIELD_NODE, false, offsetof(struct raw_team, min), NULL},
    {"max", FIELD_NODE, false, offsetof(struct raw_team, max), NULL},
    {0}};

static bool is_given(const struct yaml_node *node) {
    return node && (node->kind != YAML_MAPPING || node->pair_count);
}

/* Plain decimal digits: nobody means 8 by "010", though YAML does. */
int config_read_number(long *number, struct config *config, const struct yaml_node *node,
                       const char *name, long least, long most, struct error *error) {
    struct slice text = node->kind == YAML_SCALAR ? node->text : slice_of("");
    long value = 0;
    bool good = text.size && text.size <= 4 && (text.size == 1 || *text.data != '0');
    for (size_t i = 0; good && i < text.size; i++) {
        good = isdigit((unsigned char)text.data[i]);
        value = 10 * value + (text.data[i] - '0');
    }
    if (!good || value < least || value > most)
        return yaml_file_error(&config->file, node, error,
                               "\"%s\" takes a whole number from %ld to %ld", name, least, most);
    *number = value;
    return OK;
}

/* "Area/Location" as the time zone database names them; whether it has that one is found later. */
static bool looks_like_zone(struct slice name) {
    char before = '/';
    for (size_t i = 0; i < name.size; i++) {
        char byte = name.data[i];
        bool letter = isalpha((unsigned char)byte);
        bool inside = letter || isdigit((unsigned char)byte) || byte == '_' || byte == '-' ||
                      byte == '+' || byte == '/';
        if (!inside || (before == '/' && !letter))
            return false;
        before = byte;
    }
    return !name.size || before != '/';
}

static int read_course(struct config *config, const struct yaml_node *node, struct error *error) {
    struct raw_course raw = {0};
    if (fields_read(&raw, course_fields, NULL, NULL, &config->file, node, error) != OK)
        return STATUS_USAGE;
    config->course = raw.setting;
    if (!looks_like_zone(raw.setting.timezone))
        return yaml_file_error(&config->file, yaml_find(node, "timezone"), error,
                               "\"timezone\" takes a name like America/Los_Angeles or UTC");
    struct slice repository = raw.setting.repository;
    if (repository.size && !memchr(repository.data, '/', repository.size) &&
        !memchr(repository.data, ':', repository.size))
        return yaml_file_error(&config->file, yaml_find(node, "repository"), error,
                               "\"repository\" takes owner/name, or the whole URL");
    return raw.year ? config_read_number(&config->course.year, config, raw.year, "year", 1970, 9999,
                                         error)
                    : OK;
}

static int read_schedule(struct config *config, const struct yaml_node *node, struct error *error) {
    struct raw_schedule raw = {0};
    int status = fields_read(&raw, schedule_fields, NULL, NULL, &config->file, node, error);
    if (status == OK && raw.keys)
        status =
            fields_read(&config->schedule, key_fields, NULL, NULL, &config->file, raw.keys, error);
    return status == OK
               ? glob_list_compile(&config->schedule.files, &raw.files, &config->file, error)
               : status;
}

static int read_roster(struct config *config, const struct yaml_node *node, struct error *error) {
    struct raw_roster raw = {0};
    int status = fields_read(&raw, roster_fields, NULL, NULL, &config->file, node, error);
    if (status == OK && (slice_starts_with(raw.file, "/") || slice_starts_with(raw.file, "./") ||
                         slice_starts_with(raw.file, "../")))
        return yaml_file_error(&config->file, yaml_find(node, "file"), error,
                               "paths begin at the root of the repository, without \"/\", \"./\" "
                               "or \"../\" before them");
    if (status == OK && raw.columns)
        status = fields_read(&config->roster, column_fields, NULL, NULL, &config->file, raw.columns,
                             error);
    config->roster.file = raw.file;
    return status;
}

/* One or two digits, at most `most`; false, and `*at` anywhere, when there is something else. */
static bool take_clock(struct slice text, size_t *at, long most, long *value) {
    size_t start = *at;
    for (*value = 0; *at < text.size && *at < start + 2; ++*at) {
        if (!isdigit((unsigned char)text.data[*at]))
            break;
        *value = 10 * *value + (text.data[*at] - '0');
    }
    return *at > start && *value <= most;
}

/* "23:59:59"; the minute of "23:59" counts to its end, as its clock does. */
static bool parse_time(struct slice text, long *second_of_day) {
    size_t at = 0;
    long hour, minute, second = 59;
    if (!take_clock(text, &at, 23, &hour) || at == text.size || text.data[at] != ':')
        return false;
    size_t start = ++at;
    if (!take_clock(text, &at, 59, &minute) || at != start + 2)
        return false;
    if (at < text.size) {
        start = at + 1;
        if (text.data[at++] != ':' || !take_clock(text, &at, 59, &second) || at != start + 2)
            return false;
    }
    *second_of_day = (hour * 60 + minute) * 60 + second;
    return at == text.size;
}

/* Numbers and days both have a digit. */
static bool may_name_lecture(struct slice text) {
    bool found = false;
    for (size_t i = 0; i < text.size; i++)
        found |= isdigit((unsigned char)text.data[i]) != 0;
    return found;
}

static int read_extensions(struct config *config, const struct yaml_node *mapping,
                           struct error *error) {
    struct deadline_setting *deadline = &config->deadline;
    if (mapping->kind != YAML_MAPPING)
        return yaml_file_error(&config->file, mapping, error,
                               "\"extensions\" takes lines of \"lecture: days\"");
    deadline->extensions =
        arena_allocate(&config->file.arena, mapping->pair_count, sizeof *deadline->extensions);
    for (size_t i = 0; i < mapping->pair_count; i++) {
        const struct yaml_node *key = mapping->pairs[i].key;
        struct extension *extension = &deadline->extensions[deadline->extension_count];
        if (key->kind != YAML_SCALAR || !may_name_lecture(key->text))
            return yaml_file_error(&config->file, key, error,
                                   "a lecture is named by its number or its day");
        for (size_t k = 0; k < deadline->extension_count; k++)
            if (slice_equal(deadline->extensions[k].lecture, key->text))
                return yaml_file_error(&config->file, key, error, "\"%.*s\" is given twice",
                                       SLICE_ARGUMENTS(key->text));
        extension->lecture = key->text;
        if (config_read_number(&extension->days, config, mapping->pairs[i].value, "extensions", 0,
                               MOST_DAYS, error) != OK)
            return STATUS_USAGE;
        deadline->extension_count++;
    }
    return OK;
}

static int read_deadline(struct config *config, const struct yaml_node *node, struct error *error) {
    struct raw_deadline raw = {0};
    struct deadline_setting *deadline = &config->deadline;
    int status = fields_read(&raw, deadline_fields, NULL, NULL, &config->file, node, error);
    if (status == OK)
        status = config_read_number(&deadline->days, config, raw.days, "days", 0, MOST_DAYS, error);
    deadline->is_set = true;
    deadline->second_of_day = LAST_SECOND;
    if (status == OK && raw.time &&
        (raw.time->kind != YAML_SCALAR || !parse_time(raw.time->text, &deadline->second_of_day)))
        status = yaml_file_error(&config->file, raw.time, error,
                                 "\"time\" takes an hour and minute like 23:59, or 23:59:59");
    return status == OK && raw.extensions ? read_extensions(config, raw.extensions, error) : status;
}

static int read_team(struct config *config, const struct yaml_node *node, struct error *error) {
    struct raw_team raw = {0};
    struct team_setting *team = &config->team;
    int status = fields_read(&raw, team_fields, NULL, NULL, &config->file, node, error);
    if (status == OK && raw.min)
        status = config_read_number(&team->least, config, raw.min, "min", 1, MOST_PEOPLE, error);
    if (status == OK && raw.max)
        status = config_read_number(&team->most, config, raw.max, "max", 1, MOST_PEOPLE, error);
    if (status == OK && team->most && team->least > team->most)
        status = yaml_file_error(&config->file, raw.max, error, "\"max\" is less than \"min\"");
    return status;
}

static int read_most(long *most, struct config *config, const struct yaml_node *node, long largest,
                     struct error *error) {
    struct raw_team raw = {0};
    int status = node ? fields_read(&raw, most_fields, NULL, NULL, &config->file, node, error) : OK;
    return status == OK && raw.max
               ? config_read_number(most, config, raw.max, "max", 1, largest, error)
               : status;
}

static int read_images(struct config *config, const struct yaml_node *node, struct error *error) {
    enum { MOST_MEGABYTES = 50, MOST_PIXELS = 99999 };
    struct raw_images raw = {0};
    struct image_setting *images = &config->images;
    int status = fields_read(&raw, image_fields, NULL, NULL, &config->file, node, error);
    images->figures = raw.figures;
    if (status == OK)
        status = read_most(&images->most_megabytes, config, raw.megabytes, MOST_MEGABYTES, error);
    return status == OK ? read_most(&images->most_pixels, config, raw.pixels, MOST_PIXELS, error)
                        : status;
}

int course_keys_read(struct config *config, const struct course_keys *keys, struct error *error) {
    const struct {
        const struct yaml_node *node;
        int (*read)(struct config *, const struct yaml_node *, struct error *);
    } parts[] = {{keys->course, read_course}, {keys->schedule, read_schedule},
                 {keys->roster, read_roster}, {keys->deadline, read_deadline},
                 {keys->team, read_team},     {keys->images, read_images}};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (is_given(parts[i].node) && parts[i].read(config, parts[i].node, error) != OK)
            return STATUS_USAGE;
    return OK;
}
