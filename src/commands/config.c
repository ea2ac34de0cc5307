#include "base/memory.h"
#include "commands/command.h"
#include "commands/course.h"
#include "commands/settings.h"
#include "report/safe.h"
#include "text/yaml_writer.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct config_options {
    bool help;
    const char *config, *rules;
};

static const struct option_spec table[] = {
    {"--config", OPTION_TEXT, offsetof(struct config_options, config), "FILE",
     "this configuration instead of the .scribelint.yml of the course"},
    {"--rules", OPTION_TEXT, offsetof(struct config_options, rules), "DIR",
     "also the rules in the *.yml files of this folder"},
    {"--help", OPTION_FLAG, offsetof(struct config_options, help), NULL, "print this help"},
    {0}};

/* A glob that should match something. */
struct watched {
    const struct yaml_node *node; /* where it stands */
    const struct pattern *glob;
    bool matches;
};

/* YAML with comments that say where each value comes from. */
struct printer {
    struct buffer text;
    struct yaml_file *file; /* of the value being printed; NULL: the built-in defaults */
    struct watched *watched;
    size_t watched_count, watched_capacity;
};

static bool is_in_vain(const struct printer *printer, const struct yaml_node *node) {
    for (size_t i = 0; i < printer->watched_count; i++)
        if (printer->watched[i].node == node && !printer->watched[i].matches)
            return true;
    return false;
}

static void print_origin(struct printer *printer, const struct yaml_node *node) {
    buffer_append_string(&printer->text, "  # ");
    if (printer->file) {
        const char *place = yaml_file_place(printer->file, node);
        safe_append(&printer->text, slice_of(printer->file->name));
        buffer_append_format(&printer->text, ":%.*s", (int)strcspn(place, ":"), place);
    } else {
        buffer_append_string(&printer->text, "default");
    }
    if (is_in_vain(printer, node))
        buffer_append_string(&printer->text, "; matches no file");
    buffer_append_byte(&printer->text, '\n');
}

/* Written so that it is something other than a text: in quotes it would be one. */
static bool is_no_text(const struct yaml_node *node) {
    enum yaml_type type = yaml_scalar_type(node);
    for (size_t i = 0; i < node->text.size; i++)
        if (!isalnum((unsigned char)node->text.data[i]) && node->text.data[i] != '~')
            return false;
    return node->text.size &&
           (type == YAML_TYPE_BOOLEAN || type == YAML_TYPE_INTEGER || type == YAML_TYPE_NULL);
}

static void print_scalar(struct buffer *output, const struct yaml_node *node) {
    if (is_no_text(node))
        buffer_append_slice(output, node->text);
    else
        yaml_append_scalar(output, node->text, YAML_SETTING);
}

static void print_node(struct printer *printer, const struct yaml_node *node, size_t indent);

/* `started`: the line of the first pair has its indent already. */
static void print_pairs(struct printer *printer, const struct yaml_node *node, size_t indent,
                        bool started) {
    for (size_t i = 0; i < node->pair_count; i++) {
        if (i || !started)
            buffer_append_format(&printer->text, "%*s", (int)indent, "");
        print_scalar(&printer->text, node->pairs[i].key);
        buffer_append_byte(&printer->text, ':');
        print_node(printer, node->pairs[i].value, indent + 2);
    }
}

static void print_items(struct printer *printer, const struct yaml_node *node, size_t indent) {
    for (size_t i = 0; i < node->item_count; i++) {
        bool pairs = node->items[i]->kind == YAML_MAPPING && node->items[i]->pair_count;
        buffer_append_format(&printer->text, "%*s-", (int)indent, "");
        if (pairs) {
            buffer_append_byte(&printer->text, ' ');
            print_pairs(printer, node->items[i], indent + 2, true);
        } else {
            print_node(printer, node->items[i], indent + 2);
        }
    }
}

/* Behind "key:" or "-": a value on the same line, or the lines below. */
static void print_node(struct printer *printer, const struct yaml_node *node, size_t indent) {
    if (node->kind == YAML_MAPPING && node->pair_count) {
        buffer_append_byte(&printer->text, '\n');
        print_pairs(printer, node, indent, false);
    } else if (node->kind == YAML_SEQUENCE && node->item_count) {
        buffer_append_byte(&printer->text, '\n');
        print_items(printer, node, indent);
    } else {
        buffer_append_byte(&printer->text, ' ');
        if (node->kind == YAML_SCALAR)
            print_scalar(&printer->text, node);
        else
            buffer_append_string(&printer->text, node->kind == YAML_MAPPING ? "{}" : "[]");
        print_origin(printer, node);
    }
}

/* The value that the file gives, else that of the defaults, else `standard`. */
static void print_key(struct printer *printer, struct config *config, const char *key,
                      const char *standard) {
    bool built_in = config->guessed && !config->fallback;
    const struct yaml_node *node = yaml_find(config->file.root, key);
    printer->file = node && !built_in ? &config->file : NULL;
    if (!node && config->fallback && !strcmp(key, "notes"))
        node = yaml_find(config->fallback->file.root, key);
    buffer_append_format(&printer->text, "%s:", key);
    if (node)
        print_node(printer, node, 2);
    else
        buffer_append_format(&printer->text, " %s  # default\n", standard);
}

static void print_rules(struct printer *printer, struct config *config,
                        const struct rule_set *rules) {
    const struct yaml_node *given = yaml_find(config->file.root, "rules");
    buffer_append_string(&printer->text, rules->count ? "rules:\n" : "rules: {}\n");
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = rules->rules[i];
        const struct yaml_node *value = yaml_find(given, rule->id);
        buffer_append_format(&printer->text, "  %s: %s", rule->id, severity_name(rule->severity));
        printer->file = value ? &config->file : NULL;
        print_origin(printer, value);
    }
}

/* --- Globs that match nothing ------------------------------------------------------------------
 */

static bool watch_file(struct slice path, const struct entry *entry, void *context) {
    struct printer *printer = context;
    size_t left = 0;
    (void)entry;
    for (size_t i = 0; i < printer->watched_count; i++) {
        struct watched *watched = &printer->watched[i];
        watched->matches = watched->matches || pattern_matches(watched->glob, path);
        left += !watched->matches;
    }
    return left > 0;
}

/* `mapping` is the one whose "files" the globs were compiled from, one by one. */
static void watch(struct printer *printer, const struct glob_list *globs,
                  const struct yaml_node *mapping) {
    const struct yaml_node *files = yaml_find(mapping, "files");
    for (size_t i = 0; i < globs->count; i++)
        ARRAY_PUSH(printer->watched, printer->watched_count, printer->watched_capacity) =
            (struct watched){files->kind == YAML_SEQUENCE ? files->items[i] : files,
                             globs->patterns[i], false};
}

/* Rules that look at no file go unnoticed: a glob may have a slip, or the files moved. */
static void find_vain_globs(struct printer *printer, const struct config *config,
                            const struct snapshot *snapshot) {
    struct error error = ERROR_NONE;
    const struct config *source = config->fallback ? config->fallback : config;
    const struct yaml_node *notes = yaml_find(source->file.root, "notes");
    const struct yaml_node *overrides = yaml_find(config->file.root, "overrides");
    for (size_t i = 0; i < config->note_count; i++)
        watch(printer, &config->notes[i].files, notes->items[i]);
    for (size_t i = 0; i < config->override_count; i++)
        watch(printer, &config->overrides[i].files, overrides->items[i]);
    watch(printer, &config->schedule.files, yaml_find(config->file.root, "schedule"));
    if (snapshot_walk(snapshot, slice_of(""), watch_file, printer, &error) != OK) {
        buffer_append_string(&printer->text, "# Which globs match no file is not known: ");
        safe_append(&printer->text, slice_of(error_message(&error)));
        buffer_append_byte(&printer->text, '\n');
        printer->watched_count = 0;
    }
    error_release(&error);
}

/* --- All of it -----------------------------------------------------------------------------------
 */

static void print_deadline(struct printer *printer, struct config *config) {
    print_key(printer, config, "deadline", "{}");
    const struct yaml_node *given = yaml_find(config->file.root, "deadline");
    if (config->deadline.is_set && !yaml_find(given, "time"))
        buffer_append_string(&printer->text, "  time: '23:59:59'  # default\n");
}

static void print_images(struct printer *printer, struct config *config) {
    const struct yaml_node *given = yaml_find(config->file.root, "images");
    if (given && given->pair_count)
        print_key(printer, config, "images", "");
    else
        buffer_append_string(&printer->text, "images:\n");
    if (!yaml_find(given, "megabytes"))
        buffer_append_format(&printer->text, "  megabytes:\n    max: %ld  # default\n",
                             config->images.most_megabytes);
    if (!yaml_find(given, "pixels"))
        buffer_append_format(&printer->text, "  pixels:\n    max: %ld  # default\n",
                             config->images.most_pixels);
    if (!yaml_find(given, "figures"))
        buffer_append_string(&printer->text, "  figures: template  # default\n");
}

static void print_head(struct printer *printer, const struct config *config,
                       const struct sides *sides) {
    const struct snapshot *side = sides->course ? sides->course : sides->head;
    const char *commit = snapshot_name(side);
    bool built_in = config->guessed && !config->fallback;
    buffer_append_string(&printer->text, "# In force for what is not committed yet: ");
    safe_append(&printer->text, slice_of(built_in ? "the built-in defaults" : config->name));
    if (commit && strcmp(config->name, CONFIG_FILE_NAME) == 0)
        buffer_append_format(&printer->text, " of commit %.10s", commit);
    else if (commit && built_in)
        buffer_append_format(&printer->text, ", since commit %.10s has no " CONFIG_FILE_NAME,
                             commit);
    if (commit && sides->course)
        buffer_append_string(&printer->text, ", where HEAD left the course's branch");
    buffer_append_byte(&printer->text, '\n');
}

static int print_all(struct config *config, const struct rule_set *rules,
                     const struct sides *sides) {
    struct printer printer = {.text = BUFFER_EMPTY};
    print_head(&printer, config, sides);
    find_vain_globs(&printer, config, sides->head);
    print_key(&printer, config, "course", "{}");
    print_key(&printer, config, "schedule", "{}");
    print_key(&printer, config, "roster", "{}");
    print_deadline(&printer, config);
    print_key(&printer, config, "team", "{}");
    print_images(&printer, config);
    print_key(&printer, config, "notes", "[]");
    print_key(&printer, config, "allow", "[]");
    print_key(&printer, config, "math", "site");
    print_rules(&printer, config, rules);
    print_key(&printer, config, "overrides", "[]");
    print_key(&printer, config, "fail-on", "error");
    fwrite(buffer_string(&printer.text), 1, printer.text.size, stdout);
    buffer_release(&printer.text);
    free(printer.watched);
    return OK;
}

/* Without what is not committed: nothing of it counts. */
static int open_side(struct sides *sides, struct error *error) {
    char head_id[OBJECT_ID_SIZE];
    int status = repository_open(&sides->repository, NULL, error);
    if (status == OK)
        status = repository_resolve_head(sides->repository, head_id, error);
    if (status == OK)
        status = snapshot_open_commit(&sides->head, sides->repository, head_id, error);
    if (status == STATUS_NOT_FOUND) {
        sides->head = snapshot_open_empty();
        status = OK;
    }
    if (status == OK)
        sides->course = course_open_base(sides->repository);
    return status;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct config_options options = {0};
    struct operands operands = {0};
    struct sides sides = {0};
    struct settings settings = {0};
    struct verdict verdict = {0};
    int status;
    if (command_begin(&status, &options, &command_config, argc, argv, &operands, error))
        status = open_side(&sides, error);
    else
        goto done;
    if (status == OK)
        status = settings_open(&settings, &sides, options.config, options.rules, &verdict, error);
    if (status == OK)
        status = print_all(settings.config, &settings.rules, &sides);
done:
    verdict_release(&verdict);
    settings_release(&settings);
    sides_release(&sides);
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint config", "what counts here, and where it comes from"},
    {"scribelint config >.scribelint.yml", "a start for a configuration"},
    {0}};

const struct command command_config = {
    .name = "config",
    .summary = "print the configuration in force, and where it comes from",
    .usage = "[options]",
    .description =
        "Prints every setting that counts for what is not committed yet, as YAML that can "
        "be saved as .scribelint.yml. A comment behind each value says where it comes "
        "from: a line of a file, or the built-in default. It also says which globs of notes, "
        "overrides and the schedule match no file of HEAD.",
    .options = table,
    .examples = examples,
    .run = run_command,
};
