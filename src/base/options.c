#include "base/options.h"

#include "base/memory.h"

#include <string.h>

/* The option that `argument` is; `*value` is what follows "=", or NULL. */
static const struct option_spec *find_option(const struct option_spec *table, const char *argument,
                                             const char **value) {
    const char *equals = strncmp(argument, "--", 2) ? NULL : strchr(argument, '=');
    size_t size = equals ? (size_t)(equals - argument) : strlen(argument);
    *value = equals ? equals + 1 : NULL;
    for (; table->name; table++)
        if (strlen(table->name) == size && !strncmp(table->name, argument, size))
            return table;
    return NULL;
}

struct slice options_next_choice(const char **rest) {
    struct slice choice = {*rest, strcspn(*rest, "|")};
    *rest += choice.size + ((*rest)[choice.size] == '|');
    return choice;
}

/* "--color takes auto, always or never, not …" */
static int check_choice(const struct option_spec *option, const char *value, struct error *error) {
    struct buffer list = BUFFER_EMPTY;
    const char *rest = option->argument;
    for (struct slice choice; (choice = options_next_choice(&rest)).size;) {
        if (slice_equal_string(choice, value)) {
            buffer_release(&list);
            return OK;
        }
        buffer_append_string(&list, !list.size ? "" : *rest ? ", " : " or ");
        buffer_append_slice(&list, choice);
    }
    error_set(error, STATUS_USAGE, "%s takes %s, not \"%s\"", option->name, buffer_string(&list),
              value);
    buffer_release(&list);
    return STATUS_USAGE;
}

int options_read(void *target, const struct option_spec *table, int argc, char **argv, int *at,
                 struct error *error) {
    const char *value;
    const struct option_spec *option = find_option(table, argv[*at], &value);
    if (!option)
        return error_set(error, STATUS_USAGE, "unknown option \"%s\"; --help lists them",
                         argv[*at]);
    char *member = (char *)target + option->offset;
    if (option->kind == OPTION_FLAG) {
        if (value)
            return error_set(error, STATUS_USAGE, "%s takes no argument", option->name);
        *(bool *)(void *)member = true;
        return OK;
    }
    if (!value && *at + 1 < argc)
        value = argv[++*at];
    if (!value)
        return error_set(error, STATUS_USAGE, "%s wants %s", option->name, option->argument);
    if (option->kind == OPTION_TEXTS) {
        struct operands *given = (void *)member;
        ARRAY_PUSH(given->items, given->count, given->capacity) = value;
        return OK;
    }
    *(const char **)(void *)member = value;
    return option->kind == OPTION_CHOICE ? check_choice(option, value, error) : OK;
}

int options_parse(void *target, const struct option_spec *table, int argc, char **argv,
                  struct operands *operands, struct error *error) {
    bool only_operands = false;
    for (int at = 1; at < argc; at++) {
        if (!only_operands && !strcmp(argv[at], "--")) {
            only_operands = true;
        } else if (only_operands || argv[at][0] != '-' || !argv[at][1]) {
            ARRAY_PUSH(operands->items, operands->count, operands->capacity) = argv[at];
        } else {
            int status = options_read(target, table, argc, argv, &at, error);
            if (status != OK)
                return status;
        }
    }
    return OK;
}

static int print_name(FILE *stream, const struct option_spec *option) {
    if (option->kind == OPTION_FLAG)
        return fprintf(stream, "  %s", option->name);
    return fprintf(stream, "  %s %s", option->name, option->argument);
}

void options_print(FILE *stream, const struct option_spec *table) {
    enum { HELP_COLUMN = 24 };
    for (; table->name; table++) {
        int width = print_name(stream, table);
        for (const char *line = table->help; line;) {
            size_t size = strcspn(line, "\n");
            if (width >= HELP_COLUMN)
                width = (fputc('\n', stream), 0);
            fprintf(stream, "%*s%.*s\n", HELP_COLUMN - width, "", (int)size, line);
            line = line[size] ? line + size + 1 : NULL;
            width = 0;
        }
    }
}
