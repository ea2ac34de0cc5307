#include "base/memory.h"
#include "commands/command.h"
#include "finding/verdict.h"
#include "report/safe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef SCRIBELINT_VERSION
#define SCRIBELINT_VERSION "0.1.0"
#endif

static const struct command commands[] = {
    {"check", "check a change, or all files of a commit", command_check},
    {"explain", "say what a rule is about, and how to switch it off", command_explain},
    {"rules", "list the rules, or run their examples", command_rules},
};

static void print_help(FILE *stream) {
    fputs("usage: scribelint [-C DIR] COMMAND [options]\n\n"
          "Checks pull requests that bring lecture notes to a course site.\n\n",
          stream);
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        fprintf(stream, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\nscribelint COMMAND --help says more.\n", stream);
}

static const struct command *find_command(const char *name) {
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (!strcmp(name, commands[i].name))
            return &commands[i];
    return NULL;
}

/* The one place where failures are printed: on one line, with nothing in it that could act. */
static int finish(int status, struct error *error) {
    if (status >= 0)
        return status;
    struct buffer text = BUFFER_EMPTY;
    safe_append(&text, slice_of(error_message(error)));
    fprintf(stderr, "scribelint: %s\n", buffer_string(&text));
    buffer_release(&text);
    return status == STATUS_USAGE ? EXIT_USAGE : EXIT_UNDECIDED;
}

static int run(int argc, char **argv, struct error *error) {
    while (argc > 2 && !strcmp(argv[1], "-C")) {
        if (chdir(argv[2]))
            return error_set(error, STATUS_USAGE, "cannot change to \"%s\": %s", argv[2],
                             strerror(errno));
        argc -= 2;
        argv += 2;
    }
    const char *name = argc > 1 ? argv[1] : "";
    if (!strcmp(name, "--version"))
        return puts("scribelint " SCRIBELINT_VERSION) < 0;
    if (!*name || !strcmp(name, "--help") || !strcmp(name, "help")) {
        print_help(*name ? stdout : stderr);
        return *name ? EXIT_CLEAN : EXIT_USAGE;
    }
    const struct command *command = find_command(name);
    if (!command)
        return error_set(error, STATUS_USAGE, "no command \"%s\"; scribelint --help lists them",
                         name);
    return command->run(argc - 1, argv + 1, error);
}

int main(int argc, char **argv) {
    struct error error = ERROR_NONE;
    int status = run(argc, argv, &error);
    if (status >= 0 && (fflush(stdout) || ferror(stdout)))
        status = error_set(&error, STATUS_UNDECIDED, "cannot write: %s", strerror(errno));
    status = finish(status, &error);
    error_release(&error);
    return status;
}
