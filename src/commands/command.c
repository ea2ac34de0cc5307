#include "commands/command.h"

#include "commands/wrap.h"
#include "finding/verdict.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

const struct command *const commands[] = {
    &command_check, &command_hook,       &command_fix,
    &command_new,   &command_init,       &command_status,
    &command_show,  &command_config,     &command_explain,
    &command_rules, &command_completion, &command_manual,
    NULL,
};

const char program_summary[] =
    "Checks pull requests that bring lecture notes to a course site made with Jekyll.";

const struct option_spec program_table[] = {
    {"-C", OPTION_TEXT, offsetof(struct program_options, directory), "DIR", "as if started in DIR"},
    {"--version", OPTION_FLAG, offsetof(struct program_options, version), NULL,
     "print the version"},
    {"--help", OPTION_FLAG, offsetof(struct program_options, help), NULL, "print this help"},
    {0}};

const struct term exit_statuses[] = {
    {"0", "nothing introduced that blocks"},
    {"1", "findings at or above the severity of --fail-on, or examples of rules that fail"},
    {"2", "wrong usage, configuration or rule file"},
    {"3", "could not decide: an unreadable file or commit, a pattern that took too long"},
    {0}};

const struct command *command_find(const char *name) {
    for (const struct command *const *command = commands; *command; command++)
        if (!strcmp(name, (*command)->name))
            return *command;
    return NULL;
}

int command_enter(const char *directory, struct error *error) {
    return chdir(directory) ? error_set(error, STATUS_USAGE, "cannot change to \"%s\": %s",
                                        directory, strerror(errno))
                            : OK;
}

/* The member of `options` that the option of this name fills; NULL when the command has none. */
static const void *find_member(const void *options, const struct command *command,
                               const char *name) {
    for (const struct option_spec *option = command->options; option->name; option++)
        if (!strcmp(option->name, name))
            return (const char *)options + option->offset;
    return NULL;
}

bool command_begin(int *status, void *options, const struct command *command, int argc, char **argv,
                   struct operands *operands, struct error *error) {
    const bool *help = find_member(options, command, "--help");
    const char *const *directory = find_member(options, command, "-C");
    *status = options_parse(options, command->options, argc, argv, operands, error);
    if (*status != OK)
        return false;
    if (help && *help) {
        *status = command_print_help(command);
        return false;
    }
    if (operands->count && !command->operand)
        *status = error_set(error, STATUS_USAGE, "%s takes no argument \"%s\"", command->name,
                            operands->items[0]);
    else if (directory && *directory)
        *status = command_enter(*directory, error);
    return *status == OK;
}

static void print_usage(const struct command *command) {
    int indent = printf("usage: scribelint %s%s", command->name, *command->usage ? " " : "");
    for (const char *at = command->usage; *at; at++) {
        putchar(*at);
        if (*at == '\n')
            printf("%*s", indent, "");
    }
    putchar('\n');
}

static void print_exit_statuses(FILE *stream) {
    fputs("\nExit status:\n", stream);
    for (const struct term *status = exit_statuses; status->name; status++)
        fprintf(stream, "  %-3s %s\n", status->name, status->text);
}

int command_print_help(const struct command *command) {
    print_usage(command);
    for (const char *line = command->description; *line;) {
        size_t size = strcspn(line, "\n");
        putchar('\n');
        wrap_print((struct slice){line, size}, 0);
        line += size + (line[size] == '\n');
    }
    puts("\nOptions:");
    options_print(stdout, command->options);
    puts("\nExamples:");
    for (const struct term *example = command->examples; example->name; example++)
        printf("  %s\n      %s\n", example->name, example->text);
    if (command->judges)
        print_exit_statuses(stdout);
    return EXIT_CLEAN;
}

void program_print_help(FILE *stream) {
    fprintf(stream, "usage: scribelint [-C DIR] COMMAND [options]\n\n%s\n\nCommands:\n",
            program_summary);
    for (const struct command *const *command = commands; *command; command++)
        fprintf(stream, "  %-10s %s\n", (*command)->name, (*command)->summary);
    fputs("\nOptions:\n", stream);
    options_print(stream, program_table);
    print_exit_statuses(stream);
    fputs("\nscribelint COMMAND --help says more.\n", stream);
}
