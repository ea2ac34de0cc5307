#include "base/memory.h"
#include "base/options.h"
#include "commands/command.h"
#include "commands/paths.h"
#include "commands/settings.h"
#include "commands/sides.h"
#include "report/report.h"
#include "rules/review.h"

#include <ctype.h>
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct check_options {
    bool help;
    struct side_options sides;
    bool quiet;
    const char *show, *max;
    const char *directory, *format, *fail_on, *config, *rules, *color;
};

static const struct option_spec table[] = {
    {"--staged", OPTION_FLAG, offsetof(struct check_options, sides.staged), NULL,
     "what the next commit would bring: HEAD against the index (the default)"},
    {"--worktree", OPTION_FLAG, offsetof(struct check_options, sides.worktree), NULL,
     "HEAD against the files on disk, those that Git does not track included"},
    {"--base", OPTION_TEXT, offsetof(struct check_options, sides.base), "REV",
     "what a branch brings: from where it left REV …"},
    {"--head", OPTION_TEXT, offsetof(struct check_options, sides.head), "REV",
     "… to REV (default: HEAD)"},
    {"--all", OPTION_FLAG, offsetof(struct check_options, sides.all), NULL,
     "every file of one side (of --head), without a comparison"},
    {"--format", OPTION_TEXT, offsetof(struct check_options, format), "NAME",
     "text (the default), github or json"},
    {"--fail-on", OPTION_TEXT, offsetof(struct check_options, fail_on), "LEVEL",
     "exit with 1 from this severity on: error, warning, notice or never"},
    {"--config", OPTION_TEXT, offsetof(struct check_options, config), "FILE",
     "this configuration instead of the .scribelint.yml of the base"},
    {"--rules", OPTION_TEXT, offsetof(struct check_options, rules), "DIR",
     "also the rules in the *.yml files of this folder"},
    {"--show", OPTION_TEXT, offsetof(struct check_options, show), "WHICH",
     "introduced (the default), or all: with what stood there before"},
    {"--max", OPTION_TEXT, offsetof(struct check_options, max), "N",
     "at most N findings in the text report"},
    {"--quiet", OPTION_FLAG, offsetof(struct check_options, quiet), NULL,
     "no text at all when nothing is introduced"},
    {"--color", OPTION_TEXT, offsetof(struct check_options, color), "WHEN",
     "auto (the default), always or never"},
    {"-C", OPTION_TEXT, offsetof(struct check_options, directory), "DIR", "as if started in DIR"},
    {"--help", OPTION_FLAG, offsetof(struct check_options, help), NULL, "print this"},
    {0}};

static void print_help(void) {
    printf(
        "usage: scribelint check [--staged | --worktree | --base REV [--head REV] | --all [--head "
        "REV]]\n"
        "                        [options] [PATH…]\n\n"
        "Checks lecture notes and says what a change introduces. PATHs narrow it to files and\n"
        "folders. Nothing is written. Content comes from Git's objects, and only with --worktree\n"
        "from disk.\n\n");
    options_print(stdout, table);
    printf("\nExit status: 0 nothing introduced that fails, 1 findings from --fail-on on, 2 wrong\n"
           "usage or configuration, 3 could not decide.\n");
}

static int read_format(const struct report_format **format, const char *name, struct error *error) {
    *format = report_format_find(name ? name : "text");
    return *format ? OK
                   : error_set(error, STATUS_USAGE,
                               "no format \"%s\"; there are: text, github, json", name);
}

static int read_fail_on(enum severity *fail_on, const char *name, struct error *error) {
    if (!name)
        return OK;
    if (!strcmp(name, "never"))
        *fail_on = SEVERITY_OFF;
    else if (!severity_parse(slice_of(name), fail_on) || *fail_on == SEVERITY_OFF)
        return error_set(error, STATUS_USAGE,
                         "--fail-on takes error, warning, notice or never, not \"%s\"", name);
    return OK;
}

static int read_color(bool *colour, const char *when, struct error *error) {
    const char *no_color = getenv("NO_COLOR");
    if (!when || !strcmp(when, "auto"))
        *colour = isatty(STDOUT_FILENO) && !(no_color && *no_color);
    else if (!strcmp(when, "always"))
        *colour = true;
    else if (strcmp(when, "never"))
        return error_set(error, STATUS_USAGE, "--color takes auto, always or never");
    return OK;
}

static int read_limits(struct report_options *report, const struct check_options *options,
                       struct error *error) {
    report->quiet = options->quiet;
    report->carried = options->show && !strcmp(options->show, "all");
    if (options->show && !report->carried && strcmp(options->show, "introduced"))
        return error_set(error, STATUS_USAGE, "--show takes introduced or all");
    if (!options->max)
        return OK;
    char *end;
    unsigned long most = strtoul(options->max, &end, 10);
    if (!isdigit((unsigned char)*options->max) || *end)
        return error_set(error, STATUS_USAGE, "--max takes a number, not \"%s\"", options->max);
    report->most = most;
    return OK;
}

static int print_report(const struct report_format *format, const struct verdict *verdict,
                        const struct report_options *options, struct error *error) {
    struct buffer output = BUFFER_EMPTY;
    format->write(&output, verdict, options);
    bool written = fwrite(buffer_string(&output), 1, output.size, stdout) == output.size &&
                   fflush(stdout) == 0;
    buffer_release(&output);
    return written
               ? OK
               : error_set(error, STATUS_UNDECIDED, "cannot write the report: %s", strerror(errno));
}

static int say_nothing_staged(struct error *error) {
    static const char text[] =
        "scribelint: nothing is staged, so there is nothing to check.\n"
        "  git add FILE && scribelint check    what the next commit would bring\n"
        "  scribelint check --base main        what this branch brings\n"
        "  scribelint check --all              every file of the last commit\n";
    return fputs(text, stdout) < 0 || fflush(stdout)
               ? error_set(error, STATUS_UNDECIDED, "cannot write: %s", strerror(errno))
               : EXIT_CLEAN;
}

struct check_run {
    struct sides sides;
    struct settings settings;
    struct text_list paths;
    struct verdict verdict;
};

static int prepare(struct check_run *run, const struct check_options *options,
                   const struct operands *operands, struct error *error) {
    int status = sides_open(&run->sides, &options->sides, &run->verdict, error);
    if (status == OK)
        status = settings_open(&run->settings, &run->sides, options->config, options->rules,
                               &run->verdict, error);
    return status == OK ? paths_resolve(&run->paths, operands, &run->sides, error) : status;
}

static int check(struct check_run *run, const struct report_format *format,
                 struct report_options *report, struct error *error) {
    struct review review = {.rules = &run->settings.rules,
                            .config = run->settings.config,
                            .base = run->sides.base,
                            .head = run->sides.head,
                            .changes = run->sides.changes,
                            .paths = &run->paths};
    int status = review_run(&review, &run->verdict, error);
    if (status == OK)
        status = print_report(format, &run->verdict, report, error);
    return status == OK ? (int)verdict_exit_status(&run->verdict, report->fail_on) : status;
}

static int run_check(const struct check_options *options, const struct operands *operands,
                     struct error *error) {
    const struct report_format *format = NULL;
    struct report_options report = {.fail_on = SEVERITY_ERROR};
    struct check_run run = {0};
    int status = read_format(&format, options->format, error);
    if (status == OK)
        status = read_color(&report.colour, options->color, error);
    if (status == OK)
        status = read_limits(&report, options, error);
    if (status == OK)
        status = read_fail_on(&report.fail_on, options->fail_on, error);
    if (status == OK && options->directory && chdir(options->directory))
        status = error_set(error, STATUS_USAGE, "cannot change to \"%s\": %s", options->directory,
                           strerror(errno));
    if (status == OK)
        status = prepare(&run, options, operands, error);
    if (status == OK && !options->fail_on)
        report.fail_on = run.settings.config->fail_on;
    if (status == OK && run.sides.by_default && !run.sides.changes->count && !options->format)
        status = options->quiet ? EXIT_CLEAN : say_nothing_staged(error);
    else if (status == OK)
        status = check(&run, format, &report, error);
    paths_release(&run.paths);
    verdict_release(&run.verdict);
    settings_release(&run.settings);
    sides_release(&run.sides);
    return status;
}

int command_check(int argc, char **argv, struct error *error) {
    struct check_options options = {0};
    struct operands operands = {0};
    int status = options_parse(&options, table, argc, argv, &operands, error);
    if (status == OK && options.help)
        print_help();
    else if (status == OK)
        status = run_check(&options, &operands, error);
    free(operands.items);
    return status;
}
