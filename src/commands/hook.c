#include "base/memory.h"
#include "commands/command.h"
#include "commands/hook_files.h"
#include "commands/hook_run.h"
#include "commands/hook_settings.h"
#include "commands/hook_tools.h"
#include "finding/verdict.h"
#include "git/hooks.h"
#include "report/safe.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct hook_options {
    bool help, config, force;
};

static const struct option_spec table[] = {
    {"--config", OPTION_FLAG, offsetof(struct hook_options, config), NULL,
     "install: by hook.* settings of this repository (Git 2.54 or newer), not by files"},
    {"--force", OPTION_FLAG, offsetof(struct hook_options, force), NULL,
     "install: also where core.hooksPath names a folder outside of this repository"},
    {"--help", OPTION_FLAG, offsetof(struct hook_options, help), NULL, "print this help"},
    {0}};

/* Both ways at once: `files` where Git looks, `scripts` for the settings. */
struct seat {
    struct repository *repository;
    struct hooks_place place;
    char *program, *script_folder;
    struct hook_files files, scripts;
    bool settings; /* there */
};

/* A path of this machine has no place in what others get with the next pull. */
static const char *first_guess(const struct seat *seat) {
    return seat->place.in_work_tree ? "" : seat->program;
}

static int open_seat(struct seat *seat, struct error *error) {
    int status = repository_open(&seat->repository, NULL, error);
    if (status == OK)
        status = hooks_find(&seat->place, seat->repository, error);
    if (status != OK)
        return status;
    seat->program = hook_program_find();
    seat->script_folder = hook_settings_folder(seat->repository);
    status = hook_files_read(&seat->files, seat->place.folder, first_guess(seat), error);
    if (status == OK)
        status = hook_files_read(&seat->scripts, seat->script_folder, seat->program, error);
    if (status == OK)
        seat->settings = hook_settings_are_there(seat->repository, &seat->scripts);
    return status;
}

static void close_seat(struct seat *seat) {
    hook_files_release(&seat->scripts);
    hook_files_release(&seat->files);
    free(seat->script_folder);
    free(seat->program);
    hooks_place_release(&seat->place);
    repository_close(seat->repository);
}

static void print_folder(const char *text, const char *folder) {
    struct buffer safe = BUFFER_EMPTY;
    safe_append(&safe, slice_of(folder));
    printf("%s%s\n", text, buffer_string(&safe));
    buffer_release(&safe);
}

static int can_use_folder(const struct seat *seat, bool force, struct error *error) {
    const struct hooks_place *place = &seat->place;
    const struct hook_tool *tool = hook_tool_of_folder(place->folder);
    if (tool)
        return error_set(error, STATUS_USAGE,
                         "the hooks of this repository are %s (core.hooksPath is \"%s\"); %s",
                         tool->whose, place->setting ? place->setting : "", tool->advice);
    if (place->outside && !place->setting && !force)
        return error_set(
            error, STATUS_USAGE,
            "\"%s\" leads out of this repository: a hook there is for every repository "
            "that uses it; if that is meant, use --force; else put a folder in the "
            "place of that link",
            place->folder);
    if (place->outside && !force)
        return error_set(error, STATUS_USAGE,
                         "core.hooksPath is \"%s\", outside of this repository: a hook there is "
                         "for every repository that uses it; if that is meant, use --force; "
                         "else give this one its own with: git config core.hooksPath \"$(git "
                         "rev-parse --git-common-dir)/hooks\"",
                         place->setting);
    return hook_files_can_install(&seat->files, error);
}

/* Where it is not set up in this clone yet. */
static void warn_of_tool(const struct seat *seat) {
    const struct hook_tool *tool = hook_tool_to_come(repository_root(seat->repository));
    if (tool)
        printf("This repository has %s: once %s is set up here, these hooks are not called any "
               "more.\nThen %s.\n",
               tool->file, tool->name, tool->advice);
}

static int install_files(struct seat *seat, bool force, struct error *error) {
    struct buffer told = BUFFER_EMPTY;
    int status = can_use_folder(seat, force, error);
    if (status == OK && seat->settings)
        status = error_set(error, STATUS_USAGE,
                           "the hooks are installed by settings already; take these away first: "
                           "scribelint hook uninstall");
    if (status == OK)
        status = hook_files_install(&seat->files, &told, error);
    if (status == OK) {
        print_folder("hooks in ", seat->place.folder);
        fputs(buffer_string(&told), stdout);
        if (seat->place.in_work_tree)
            puts("This folder is among the files of the repository: committed, its hooks reach "
                 "all who\nwork with it.");
        warn_of_tool(seat);
    }
    buffer_release(&told);
    return status;
}

static bool is_any_installed(const struct hook_files *files) {
    for (size_t i = 0; i < files->count; i++)
        if (files->items[i].state == HOOK_OURS || files->items[i].state == HOOK_OLD ||
            files->items[i].state == HOOK_CHANGED)
            return true;
    return false;
}

static int install_settings(struct seat *seat, struct error *error) {
    struct buffer told = BUFFER_EMPTY;
    int status = hook_settings_can_install(error);
    if (status == OK && is_any_installed(&seat->files))
        status = error_set(error, STATUS_USAGE,
                           "the hooks are installed as files already; take these away first: "
                           "scribelint hook uninstall");
    if (status == OK)
        status = hook_files_can_install(&seat->scripts, error);
    if (status == OK)
        status = hook_settings_install(seat->repository, &seat->scripts, &told, error);
    if (status == OK) {
        print_folder("hooks by settings, in ", seat->script_folder);
        fputs(buffer_string(&told), stdout);
    }
    buffer_release(&told);
    return status;
}

static int uninstall(struct seat *seat, struct error *error) {
    struct buffer told = BUFFER_EMPTY;
    int status = hook_files_uninstall(&seat->files, &told, error);
    print_folder("hooks in ", seat->place.folder);
    fputs(buffer_string(&told), stdout);
    buffer_clear(&told);
    if (status == OK && (seat->settings || is_any_installed(&seat->scripts))) {
        status = hook_settings_uninstall(seat->repository, &seat->scripts, &told, error);
        print_folder("hooks by settings, in ", seat->script_folder);
        fputs(buffer_string(&told), stdout);
    }
    buffer_release(&told);
    return status;
}

/* `wrong`: what the value should be, where it is none of that. */
static void print_setting(struct repository *repository, const char *name, const char *usual,
                          const char *wrong) {
    char *value = repository_setting(repository, name);
    struct buffer safe = BUFFER_EMPTY;
    safe_append(&safe, slice_of(value ? value : usual));
    if (wrong)
        buffer_append_format(&safe, " (wrong: it takes %s)", wrong);
    printf("%-19s %s\n", name, buffer_string(&safe));
    buffer_release(&safe);
    free(value);
}

static void print_settings(struct repository *repository) {
    char *fail_on = repository_setting(repository, "scribelint.failOn");
    bool required, good = !fail_on || hook_fail_on_is_valid(fail_on);
    struct error wrong = ERROR_NONE;
    print_setting(repository, "scribelint.failOn", "not set: as the course has it",
                  good ? NULL : "error, warning, notice or never");
    good = repository_setting_is_true(&required, repository, "scribelint.required", &wrong) == OK;
    print_setting(repository, "scribelint.required", "not set: false",
                  good ? NULL : "true or false");
    error_release(&wrong);
    free(fail_on);
}

/* 0 when Git runs all of them. */
static int print_status(const struct seat *seat) {
    struct buffer told = BUFFER_EMPTY;
    bool all = hook_files_describe(&seat->files, &told);
    print_folder("hooks in ", seat->place.folder);
    fputs(buffer_string(&told), stdout);
    buffer_clear(&told);
    if (seat->settings) {
        all = hook_files_describe(&seat->scripts, &told);
        print_folder("hooks by settings, in ", seat->script_folder);
        fputs(buffer_string(&told), stdout);
    }
    const struct hook_tool *tool = hook_tool_of_folder(seat->place.folder);
    if (tool)
        printf("These are %s; to have them run scribelint, %s.\n", tool->whose, tool->advice);
    print_folder("program             ", seat->program);
    print_settings(seat->repository);
    buffer_release(&told);
    return all ? EXIT_CLEAN : EXIT_FINDINGS;
}

/* Neither commits are made there nor anything is pushed from it. */
static int can_install(const struct seat *seat, struct error *error) {
    if (repository_root(seat->repository))
        return OK;
    return error_set(error, STATUS_USAGE,
                     "nobody commits in a bare repository; install the hooks from a clone or "
                     "a worktree of it");
}

static int manage(const char *action, const struct hook_options *options, struct error *error) {
    struct seat seat = {0};
    bool install = !strcmp(action, "install");
    int status = open_seat(&seat, error);
    if (status == OK && install)
        status = can_install(&seat, error);
    if (status == OK && install)
        status = options->config ? install_settings(&seat, error)
                                 : install_files(&seat, options->force, error);
    else if (status == OK && !strcmp(action, "uninstall"))
        status = uninstall(&seat, error);
    else if (status == OK)
        status = print_status(&seat);
    close_seat(&seat);
    return status;
}

static bool is_action(const char *word) {
    return !strcmp(word, "install") || !strcmp(word, "uninstall") || !strcmp(word, "status");
}

static int run_action(const struct hook_options *options, const struct operands *operands,
                      struct error *error) {
    const char *action = operands->count ? operands->items[0] : "";
    if (!is_action(action) || operands->count > 1)
        return error_set(error, STATUS_USAGE,
                         "hook takes one of: install, uninstall, status, "
                         "run; scribelint hook --help says more");
    if ((options->config || options->force) && strcmp(action, "install") != 0)
        return error_set(error, STATUS_USAGE, "--config and --force go with install");
    return manage(action, options, error);
}

static int run_command(int argc, char **argv, struct error *error) {
    struct hook_options options = {0};
    struct operands operands = {0};
    int status;
    /* What Git hands on may begin with a dash. */
    if (argc > 1 && !strcmp(argv[1], "run")) {
        operands = (struct operands){.items = (const char **)argv + 2, .count = (size_t)argc - 2};
        return hook_run(&operands, error);
    }
    if (command_begin(&status, &options, &command_hook, argc, argv, &operands, error))
        status = run_action(&options, &operands, error);
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint hook install", "from now on commits, merges and pushes are checked"},
    {"scribelint hook status", "what is installed, where, and what was there before"},
    {"scribelint hook uninstall", "as it was before"},
    {"scribelint hook run pre-commit", "what the hook does; for other tools that run hooks"},
    {"git config scribelint.failOn warning", "warnings stop a commit, too; or never, nothing does"},
    {"git config scribelint.required true", "what could not be checked is not committed"},
    {0}};

const struct command command_hook = {
    .name = "hook",
    .summary = "have Git check each commit and push",
    .usage = "install [--config] [--force] | uninstall | status | run HOOK [ARGUMENT…]",
    .description =
        "install writes pre-commit, pre-merge-commit and pre-push where Git looks for hooks. A "
        "script that is there is kept and called first, and uninstall puts it back. What other "
        "tools generate is not touched. status ends with 0 when all three are installed, else "
        "with 1.\n"
        "The hooks check what is staged, and of what is pushed what it brings to the branch of the "
        "course. They write nothing and are silent when there is nothing to say. Errors stop a "
        "commit, warnings are shown, notices wait for the pull request. Where the program is gone "
        "or cannot decide, a commit goes on after one line that says so. The settings "
        "scribelint.failOn (error, warning, notice, never) and scribelint.required (true, false) "
        "of Git's configuration change that; `git commit --no-verify` skips the hooks once.",
    .operand = "install|uninstall|status|run",
    .options = table,
    .examples = examples,
    .run = run_command,
};
