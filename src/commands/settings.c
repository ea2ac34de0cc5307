#include "commands/settings.h"

#include "commands/commits.h"
#include "text/file.h"

enum { LARGEST_CONFIG = 1024 * 1024 };

static int read_config_file(struct config **config, const char *path, struct error *error) {
    struct buffer content = BUFFER_EMPTY;
    int status = file_read(&content, path, LARGEST_CONFIG, error);
    if (status == OK)
        status = config_parse(config, path, buffer_slice(&content), error);
    buffer_release(&content);
    return status;
}

static void note_unused_config(const struct sides *sides, struct verdict *verdict) {
    if (sides->base && snapshot_find(sides->head, slice_of(CONFIG_FILE_NAME)).kind == ENTRY_FILE)
        verdict_remark(verdict, &verdict->notes, slice_of(""),
                       slice_of("the " CONFIG_FILE_NAME " that this change adds takes effect once "
                                "it is merged; the defaults were used"));
}

/* Never the head of a pull request. */
static const struct snapshot *configuring_side(const struct sides *sides) {
    if (sides->course)
        return sides->course;
    return sides->base ? sides->base : sides->head;
}

static int read_committed_config(struct config **config, const struct sides *sides,
                                 struct verdict *verdict, struct error *error) {
    const struct snapshot *side = configuring_side(sides);
    struct buffer content = BUFFER_EMPTY;
    enum entry_kind kind = snapshot_find(side, slice_of(CONFIG_FILE_NAME)).kind;
    if (kind != ENTRY_FILE && kind != ENTRY_NONE)
        return error_set(error, STATUS_USAGE,
                         CONFIG_FILE_NAME
                         " is no file there, but a link or a folder; it must be a file");
    int status = kind == ENTRY_FILE ? snapshot_read(side, slice_of(CONFIG_FILE_NAME),
                                                    LARGEST_CONFIG, &content, error)
                                    : STATUS_NOT_FOUND;
    if (status == OK) {
        status = config_parse(config, CONFIG_FILE_NAME, buffer_slice(&content), error);
    } else if (status == STATUS_NOT_FOUND) {
        note_unused_config(sides, verdict);
        status = config_defaults(config, error);
    }
    buffer_release(&content);
    return status;
}

struct rule_folder {
    struct rule_set *rules;
    const struct snapshot *snapshot;
    int status;
    struct error *error;
};

static bool add_rule_file(struct slice path, const struct entry *entry, void *context) {
    struct rule_folder *folder = context;
    struct buffer content = BUFFER_EMPTY, name = BUFFER_EMPTY;
    if (entry->kind == ENTRY_FILE &&
        (slice_ends_with(path, ".yml") || slice_ends_with(path, ".yaml"))) {
        buffer_append_slice(&name, path);
        folder->status =
            snapshot_read(folder->snapshot, path, LARGEST_CONFIG, &content, folder->error);
        if (folder->status == OK)
            folder->status = rule_set_add_copy(folder->rules, buffer_string(&name),
                                               buffer_slice(&content), folder->error);
    }
    buffer_release(&content);
    buffer_release(&name);
    return folder->status == OK;
}

/* The course's own rules, from the side that its configuration comes from. */
static int add_committed_rules(struct rule_set *rules, const struct sides *sides,
                               struct error *error) {
    struct rule_folder folder = {rules, configuring_side(sides), OK, error};
    int status = snapshot_walk(folder.snapshot, slice_of(CONFIG_RULES_FOLDER), add_rule_file,
                               &folder, error);
    return folder.status == OK ? status : folder.status;
}

int settings_open(struct settings *settings, const struct sides *sides, const char *config_path,
                  const char *rules_path, struct verdict *verdict, struct error *error) {
    int status = config_path ? read_config_file(&settings->config, config_path, error)
                             : read_committed_config(&settings->config, sides, verdict, error);
    if (status == OK)
        status = rule_set_add_builtin_brief(&settings->rules, error);
    if (status == OK)
        status = add_committed_rules(&settings->rules, sides, error);
    if (status == OK && rules_path)
        status = rule_set_add_folder(&settings->rules, rules_path, error);
    if (status == OK)
        status = rule_set_check(&settings->rules, error);
    return status == OK ? rule_set_configure(&settings->rules, settings->config, error) : status;
}

void settings_release(struct settings *settings) {
    rule_set_release(&settings->rules);
    config_free(settings->config);
}

struct review settings_review(const struct settings *settings, const struct sides *sides) {
    return (struct review){.rules = &settings->rules,
                           .config = settings->config,
                           .base = sides->base,
                           .head = sides->head,
                           .changes = sides->changes,
                           .commits = commits_between(sides)};
}
