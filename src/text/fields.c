#include "text/fields.h"

#include <stdio.h>

static struct position position_of(struct slice text, size_t offset) {
    struct source source;
    source_init(&source, text);
    struct position place = source_position(&source, offset);
    source_release(&source);
    return place;
}

int yaml_file_open(struct yaml_file *file, const char *name, struct slice text,
                   struct error *error) {
    *file = (struct yaml_file){.name = name, .text = text};
    struct yaml_problem problem;
    if (yaml_parse(&file->root, text, &file->arena, &problem) == OK)
        return OK;
    struct position place = position_of(text, problem.offset);
    return error_set(error, STATUS_USAGE, "%s:%zu:%zu: %s", name, place.line, place.column,
                     problem.message);
}

void yaml_file_release(struct yaml_file *file) {
    arena_release(&file->arena);
}

struct position yaml_file_position(const struct yaml_file *file, const struct yaml_node *node) {
    return position_of(file->text, node->span.start);
}

const char *yaml_file_place(struct yaml_file *file, const struct yaml_node *node) {
    struct position place = yaml_file_position(file, node);
    return arena_format(&file->arena, "%zu:%zu", place.line, place.column);
}

int yaml_file_error(const struct yaml_file *file, const struct yaml_node *node, struct error *error,
                    const char *format, ...) {
    struct position place = position_of(file->text, node ? node->span.start : 0);
    struct buffer message = BUFFER_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    buffer_append_arguments(&message, format, arguments);
    va_end(arguments);
    error_set(error, STATUS_USAGE, "%s:%zu:%zu: %s", file->name, place.line, place.column,
              buffer_string(&message));
    buffer_release(&message);
    return STATUS_USAGE;
}

static int read_texts(struct text_list *list, struct yaml_file *file, struct yaml_node *node,
                      const char *name, struct error *error) {
    size_t count = node->kind == YAML_SEQUENCE ? node->item_count : 1;
    list->items = arena_allocate(&file->arena, count, sizeof *list->items);
    list->nodes = arena_allocate(&file->arena, count, sizeof *list->nodes);
    list->count = count;
    for (size_t i = 0; i < count; i++) {
        struct yaml_node *item = node->kind == YAML_SEQUENCE ? node->items[i] : node;
        if (item->kind != YAML_SCALAR)
            return yaml_file_error(file, item, error, "\"%s\" takes text or a list of texts", name);
        list->items[i] = item->text;
        list->nodes[i] = item;
    }
    return OK;
}

static int read_choice(int *choice, struct yaml_file *file, struct yaml_node *node,
                       const struct field *field, struct error *error) {
    for (int i = 0; node->kind == YAML_SCALAR && field->choices[i]; i++) {
        if (slice_equal_string(node->text, field->choices[i])) {
            *choice = i;
            return OK;
        }
    }
    struct buffer names = BUFFER_EMPTY;
    for (int i = 0; field->choices[i]; i++)
        buffer_append_format(&names, "%s%s", i ? ", " : "", field->choices[i]);
    yaml_file_error(file, node, error, "\"%s\" takes one of: %s", field->name,
                    buffer_string(&names));
    buffer_release(&names);
    return STATUS_USAGE;
}

static int read_field(void *target, const struct field *field, struct yaml_file *file,
                      struct yaml_node *node, struct error *error) {
    char *member = (char *)target + field->offset;
    switch (field->kind) {
    case FIELD_TEXT:
        if (node->kind != YAML_SCALAR)
            return yaml_file_error(file, node, error, "\"%s\" takes text", field->name);
        *(struct slice *)(void *)member = node->text;
        return OK;
    case FIELD_TEXTS:
        return read_texts((struct text_list *)(void *)member, file, node, field->name, error);
    case FIELD_CHOICE:
        return read_choice((int *)(void *)member, file, node, field, error);
    case FIELD_NODE:
        *(struct yaml_node **)(void *)member = node;
        return OK;
    }
    return OK;
}

const struct field *fields_find(const struct field *fields, struct slice name) {
    for (; fields && fields->name && name.size; fields++)
        if (*fields->name == *name.data && slice_equal_string(name, fields->name))
            return fields;
    return NULL;
}

static int require_fields(const struct field *fields, const struct yaml_file *file,
                          const struct yaml_node *mapping, struct error *error) {
    for (; fields && fields->name; fields++) {
        if (!fields->required)
            continue;
        const struct yaml_node *value = yaml_find(mapping, fields->name);
        if (!value)
            return yaml_file_error(file, mapping, error, "\"%s\" is missing", fields->name);
        if (yaml_is_empty(value))
            return yaml_file_error(file, value, error, "\"%s\" is empty", fields->name);
    }
    return OK;
}

static void append_names(struct buffer *names, const struct field *fields) {
    for (; fields && fields->name; fields++)
        buffer_append_format(names, "%s%s", names->size ? ", " : "", fields->name);
}

static int unknown_key(const struct yaml_file *file, const struct yaml_node *key,
                       const struct field *fields, const struct field *extra, struct error *error) {
    struct buffer names = BUFFER_EMPTY;
    append_names(&names, fields);
    append_names(&names, extra);
    yaml_file_error(file, key, error, "unknown key \"%.*s\"; known here: %s",
                    SLICE_ARGUMENTS(key->text), buffer_string(&names));
    buffer_release(&names);
    return STATUS_USAGE;
}

static bool given_before(const struct yaml_node *mapping, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (slice_equal(mapping->pairs[i].key->text, mapping->pairs[index].key->text))
            return true;
    return false;
}

int fields_read(void *target, const struct field *fields, void *extra_target,
                const struct field *extra, struct yaml_file *file, const struct yaml_node *mapping,
                struct error *error) {
    if (!mapping || mapping->kind != YAML_MAPPING)
        return yaml_file_error(file, mapping, error, "this must be lines of \"key: value\"");
    int status = OK;
    for (size_t i = 0; status == OK && i < mapping->pair_count; i++) {
        struct yaml_node *key = mapping->pairs[i].key, *value = mapping->pairs[i].value;
        const struct field *field = fields_find(fields, key->text);
        const struct field *other = field ? NULL : fields_find(extra, key->text);
        if (given_before(mapping, i))
            return yaml_file_error(file, key, error, "\"%.*s\" is given twice",
                                   SLICE_ARGUMENTS(key->text));
        if (!field && !other)
            return unknown_key(file, key, fields, extra, error);
        status = field ? read_field(target, field, file, value, error)
                       : read_field(extra_target, other, file, value, error);
    }
    if (status == OK)
        status = require_fields(fields, file, mapping, error);
    return status == OK ? require_fields(extra, file, mapping, error) : status;
}
