#include "commands/command.h"

#include "commands/wrap.h"
#include "finding/verdict.h"

#include <stddef.h>
#include <string.h>

const struct command *const commands[] = {
    &command_check, &command_hook,       &command_fix,    &command_new,
    &command_init,  &command_status,     &command_config, &command_explain,
    &command_rules, &command_completion, &command_manual, NULL,
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
