#include "base/memory.h"
#include "commands/command.h"
#include "finding/verdict.h"
#include "report/safe.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

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

/* `scribelint help COMMAND` is `scribelint COMMAND --help`. */
static const struct command *find_helped(int argc, char **argv) {
    return argc == 2 && !strcmp(argv[0], "help") ? command_find(argv[1]) : NULL;
}

/* Several -C are each taken from where the one before leads, as in Git. */
static int run(int argc, char **argv, struct error *error) {
    struct program_options options = {0};
    int at = 1, status = OK;
    for (; status == OK && at < argc && argv[at][0] == '-'; at++) {
        status = options_read(&options, program_table, argc, argv, &at, error);
        if (status == OK && options.directory)
            status = command_enter(options.directory, error);
        options.directory = NULL;
    }
    if (status != OK)
        return status;
    if (options.version)
        return puts("scribelint " SCRIBELINT_VERSION) < 0;
    const char *name = at < argc ? argv[at] : "";
    const struct command *helped = find_helped(argc - at, argv + at);
    if (helped)
        return command_print_help(helped);
    if (!*name || options.help || !strcmp(name, "help")) {
        bool asked = *name || options.help;
        program_print_help(asked ? stdout : stderr);
        return asked ? EXIT_CLEAN : EXIT_USAGE;
    }
    const struct command *command = command_find(name);
    if (!command)
        return error_set(error, STATUS_USAGE, "no command \"%s\"; scribelint --help lists them",
                         name);
    return command->run(argc - at, argv + at, error);
}

int main(int argc, char **argv) {
    struct error error = ERROR_NONE;
    memory_keep_freed();
    int status = run(argc, argv, &error);
    if (status >= 0 && (fflush(stdout) || ferror(stdout)))
        status = error_set(&error, STATUS_UNDECIDED, "cannot write: %s", strerror(errno));
    status = finish(status, &error);
    error_release(&error);
    return status;
}
