#include "commands/check.h"

#include "base/memory.h"
#include "base/options.h"
#include "commands/command.h"
#include "commands/hints.h"
#include "commands/output.h"
#include "commands/page.h"
#include "commands/paths.h"
#include "commands/pull.h"
#include "commands/settings.h"
#include "commands/sides.h"
#include "commands/verdict_id.h"
#include "report/report.h"
#include "report/safe.h"
#include "rules/review.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option_spec table[] = {
    {"--staged", OPTION_FLAG, offsetof(struct check_options, sides.staged), NULL,
     "what the next commit would bring: HEAD against the index (the default)"},
    {"--worktree", OPTION_FLAG, offsetof(struct check_options, sides.worktree), NULL,
     "HEAD against the files on disk, those that Git does not track included"},
    {"--base", OPTION_TEXT, offsetof(struct check_options, sides.base), "REV",
     "what a branch brings: from where it left REV …"},
    {"--head", OPTION_TEXT, offsetof(struct check_options, sides.head), "REV",
     "… to REV (default: HEAD)"},
    {"--pull", OPTION_TEXT, offsetof(struct check_options, sides.pull), "N",
     "what merging pull request N now would change; N,N… several, all: those not merged"},
    {"--merge", OPTION_TEXT, offsetof(struct check_options, sides.merge), "REV",
     "what the merge commit REV brought to its first parent, with the lines of its second"},
    {"--onto", OPTION_TEXT, offsetof(struct check_options, sides.onto), "REV",
     "with --pull, --merge: merged into REV, not into the course's branch or the first parent"},
    {"--all", OPTION_FLAG, offsetof(struct check_options, sides.all), NULL,
     "every file of one side (of --head), without a comparison"},
    {"--stdin-filename", OPTION_TEXT, offsetof(struct check_options, sides.stdin_filename), "FILE",
     "for editors: standard input as the content of FILE, against HEAD; all findings of\n"
     "FILE are shown, by --format lines, unless --show and --format say otherwise"},
    {"--format", OPTION_CHOICE, offsetof(struct check_options, format), REPORT_FORMAT_CHOICES,
     "the form of the report (default: text)"},
    {"--fail-on", OPTION_CHOICE, offsetof(struct check_options, fail_on),
     "error|warning|notice|never", "exit with 1 from this severity on"},
    {"--config", OPTION_TEXT, offsetof(struct check_options, config), "FILE",
     "this configuration instead of the .scribelint.yml of the base"},
    {"--rules", OPTION_TEXT, offsetof(struct check_options, rules), "DIR",
     "also the rules in the *.yml files of this folder"},
    {"--show", OPTION_CHOICE, offsetof(struct check_options, show), "introduced|all",
     "all: also what stood there before (default: introduced)"},
    {"--max", OPTION_TEXT, offsetof(struct check_options, max), "N",
     "at most N findings in the text report"},
    {"--quiet", OPTION_FLAG, offsetof(struct check_options, quiet), NULL,
     "no text at all when nothing is introduced"},
    {"--color", OPTION_CHOICE, offsetof(struct check_options, color), "auto|always|never",
     "colours in the text report (default: auto, on a terminal)"},
    {"-C", OPTION_TEXT, offsetof(struct check_options, directory), "DIR", "as if started in DIR"},
    {"--help", OPTION_FLAG, offsetof(struct check_options, help), NULL, "print this help"},
    {0}};

static void read_fail_on(enum severity *fail_on, const char *name) {
    if (name && !severity_parse(slice_of(name), fail_on))
        *fail_on = SEVERITY_OFF; /* never */
}

static int read_limits(struct report_options *report, const struct check_options *options,
                       struct error *error) {
    report->quiet = options->quiet;
    report->carried =
        options->show ? !strcmp(options->show, "all") : options->sides.stdin_filename != NULL;
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
                        const struct report_options *options, const char *heading,
                        struct error *error) {
    struct buffer output = BUFFER_EMPTY;
    format->write(&output, verdict, options);
    if (heading && output.size)
        puts(heading);
    int status = output_print(&output, stdout, error);
    buffer_release(&output);
    return status;
}

static bool is_commit(struct repository *repository, const char *revision) {
    char id[OBJECT_ID_SIZE];
    struct error ignored = ERROR_NONE;
    bool known = repository_resolve(repository, revision, id, &ignored) == OK;
    error_release(&ignored);
    return known;
}

/* With the commands that work here. */
static int say_nothing_staged(struct repository *repository, struct error *error) {
    static const char *const bases[] = {"main", "master", "origin/main", "origin/master"};
    struct buffer text = BUFFER_EMPTY;
    bool has_commit = is_commit(repository, "HEAD");
    size_t base = 0;
    while (has_commit && base < COUNT_OF(bases) && !is_commit(repository, bases[base]))
        base++;
    buffer_append_string(
        &text, "scribelint: nothing is staged, so there is nothing to check.\n"
               "  git add FILE && scribelint check    what the next commit would bring\n");
    if (has_commit && base < COUNT_OF(bases))
        buffer_append_format(&text, "  scribelint check --base %-11s what this branch brings\n",
                             bases[base]);
    buffer_append_string(&text, has_commit ? "  scribelint check --all              every file of "
                                             "the last commit\n"
                                           : "");
    int status = output_print(&text, stdout, error);
    buffer_release(&text);
    return status;
}

/* As one word of a shell. */
static void append_word(struct buffer *command, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/._-+=:@,";
    buffer_append_byte(command, ' ');
    if (*word && !word[strspn(word, plain)]) {
        buffer_append_string(command, word);
        return;
    }
    buffer_append_byte(command, '\'');
    for (; *word; word++)
        buffer_append_string(command, *word == '\'' ? "'\\''" : (char[]){*word, '\0'});
    buffer_append_byte(command, '\'');
}

static void append_option(struct buffer *command, const char *name, const char *value) {
    if (!value)
        return;
    buffer_append_format(command, " %s", name);
    append_word(command, value);
}

/* What is compared and by which rules, for a command that has the same options. */
static void append_sides(struct buffer *command, const struct check_options *options) {
    const struct side_options *sides = &options->sides;
    buffer_append_string(command, sides->all ? " --all" : "");
    append_option(command, "--base", sides->base);
    append_option(command, "--head", sides->head);
    append_option(command, "--pull", sides->pull);
    append_option(command, "--onto", sides->onto);
    append_option(command, "--config", options->config);
    append_option(command, "--rules", options->rules);
}

/* The `fix` for this check; empty when there is none. Only a working tree can be written. */
static void append_mending_command(struct buffer *command, const struct check_options *options,
                                   const struct repository *repository) {
    const struct side_options *sides = &options->sides;
    bool commits = sides->head || sides->pull || !repository_root(repository);
    if (sides->stdin_filename || sides->merge)
        return;
    buffer_append_string(command, "scribelint fix");
    append_sides(command, options);
    buffer_append_string(command, commits ? " --diff" : "");
}

struct check_run {
    struct sides sides;
    struct settings settings;
    struct text_list paths;
    struct verdict verdict;
    struct page page;
    struct buffer later[2]; /* commands for when the commit is made */
};

static int prepare(struct check_run *run, const struct check_options *options,
                   const struct operands *operands, struct error *error) {
    const struct operands file = {.items = (const char **)&options->sides.stdin_filename,
                                  .count = 1};
    if (options->sides.stdin_filename && operands->count)
        return error_set(error, STATUS_USAGE, "--stdin-filename is for one file; leave out \"%s\"",
                         operands->items[0]);
    int status = sides_open(&run->sides, &options->sides, &run->verdict, error);
    if (status == OK)
        status = settings_open(&run->settings, &run->sides, options->config, options->rules,
                               &run->verdict, error);
    if (options->sides.stdin_filename)
        operands = &file;
    return status == OK ? paths_resolve(&run->paths, operands, &run->sides, error) : status;
}

/* With nothing to compare, all that is found in the file stood there before. */
static int review_unchanged(struct review *review, struct verdict *verdict, struct error *error) {
    review->base = NULL;
    review->changes = NULL;
    int status = review_run(review, verdict, error);
    for (size_t i = 0; i < verdict->findings.count; i++)
        verdict->findings.items[i]->state = FINDING_CARRIED;
    return status;
}

/* A commit that goes through leaves nothing staged: what is advised must find its findings then. */
static void advise_for_later(struct check_run *run, struct report_options *report,
                             const struct check_options *options) {
    enum exit_status status = verdict_exit_status(&run->verdict, report->fail_on);
    bool undecided = status == EXIT_UNDECIDED || run->verdict.unread;
    if (!options->after || (status != EXIT_CLEAN && status != EXIT_UNDECIDED) ||
        (undecided && options->stops_undecided))
        return;
    buffer_append_format(&run->later[0], "scribelint fix %s", options->after);
    buffer_append_format(&run->later[1], "scribelint check %s", options->after);
    report->mend = report->mend ? buffer_string(&run->later[0]) : NULL;
    report->whole = report->whole ? buffer_string(&run->later[1]) : NULL;
}

static int check(struct check_run *run, const struct report_format *format,
                 struct report_options *report, const struct check_options *options,
                 struct error *error) {
    struct remark_list hints = {0};
    struct review review = settings_review(&run->settings, &run->sides);
    review.paths = &run->paths;
    review.brief = format->write == report_text && report->quiet;
    int status = run->sides.same_as_head ? review_unchanged(&review, &run->verdict, error)
                                         : review_run(&review, &run->verdict, error);
    if (status == OK)
        status = sides_use_own_lines(&run->sides, &run->verdict, error);
    /* As most runs of a hook end: nobody sees what else would be found out. */
    bool silent = format->write == report_text && report_text_is_silent(&run->verdict, report);
    if (status == OK && !silent) {
        verdict_identify(&run->verdict, &run->sides, &run->settings);
        hints_find(&hints, &run->sides, &run->verdict);
    }
    report->hints = &hints;
    report->version = SCRIBELINT_VERSION;
    report->rules = &run->settings.rules;
    report->files = run->sides.own ? run->sides.own : run->sides.head;
    if (status == OK && format->write == report_markdown && run->sides.changes)
        page_read(&run->page, report, &run->verdict, &run->sides, &run->settings, &run->paths);
    advise_for_later(run, report, options);
    if (status == OK)
        status = print_report(format, &run->verdict, report, options->heading, error);
    free(hints.items);
    if (options->unread && run->verdict.unread)
        *options->unread = true;
    return status == OK ? (int)verdict_exit_status(&run->verdict, report->fail_on) : status;
}

int check_run(const struct check_options *options, const struct operands *operands,
              struct error *error) {
    const char *usual_format = options->sides.stdin_filename ? "lines" : "text";
    const struct report_format *format =
        report_format_find(options->format ? options->format : usual_format);
    struct report_options report = {.fail_on = SEVERITY_ERROR,
                                    .least = options->least,
                                    .fits = options->fits,
                                    .tells_unread = options->unread,
                                    .colour = output_wants_colour(options->color)};
    struct check_run run = {0};
    struct buffer mend = BUFFER_EMPTY, whole = BUFFER_EMPTY;
    read_fail_on(&report.fail_on, options->fail_on);
    int status = read_limits(&report, options, error);
    if (status == OK)
        status = prepare(&run, options, operands, error);
    if (status == OK && !options->fail_on)
        report.fail_on = run.settings.config->fail_on;
    if (report.fail_on && report.fail_on < report.least)
        report.least = report.fail_on; /* what blocks is shown */
    if (status == OK)
        append_mending_command(&mend, options, run.sides.repository);
    report.mend = mend.size ? buffer_string(&mend) : NULL;
    if (options->least) {
        buffer_append_string(&whole, "scribelint check");
        append_sides(&whole, options);
        report.whole = buffer_string(&whole);
    }
    if (status == OK && run.sides.by_default && !run.sides.changes->count && !options->format)
        status = options->quiet ? EXIT_CLEAN : say_nothing_staged(run.sides.repository, error);
    else if (status == OK)
        status = check(&run, format, &report, options, error);
    buffer_release(&run.later[0]);
    buffer_release(&run.later[1]);
    buffer_release(&whole);
    buffer_release(&mend);
    paths_release(&run.paths);
    page_release(&run.page);
    verdict_release(&run.verdict);
    settings_release(&run.settings);
    sides_release(&run.sides);
    return status;
}

/* Usage goes before findings, and they before what could not be decided. */
static int worse(int left, int right) {
    static const int rank[] = {
        [EXIT_CLEAN] = 0, [EXIT_UNDECIDED] = 1, [EXIT_FINDINGS] = 2, [EXIT_USAGE] = 3};
    return rank[left] > rank[right] ? left : right;
}

/* One of several: that it can't be checked is said in its place, and the others go on. */
static int run_one_of_many(struct check_options options, unsigned number,
                           const struct operands *operands) {
    struct error error = ERROR_NONE;
    struct buffer text = BUFFER_EMPTY;
    buffer_append_format(&text, "%u", number);
    options.sides.pull = buffer_string(&text);
    printf("pull request %u\n", number);
    int status = check_run(&options, operands, &error);
    if (status < 0) {
        buffer_clear(&text);
        safe_append(&text, slice_of(error_message(&error)));
        printf("not checked: %s\n", buffer_string(&text));
        status = status == STATUS_USAGE ? EXIT_USAGE : EXIT_UNDECIDED;
    }
    buffer_release(&text);
    error_release(&error);
    return status;
}

/* Several of these behind each other are none. */
static bool is_one_document(const char *format) {
    return format &&
           (!strcmp(format, "json") || !strcmp(format, "sarif") || !strcmp(format, "rdjsonl"));
}

static int run_pulls(struct check_options *options, const struct operands *operands,
                     struct error *error) {
    unsigned *numbers = NULL;
    size_t count = 0, idle = 0;
    int status = pull_read_numbers(&numbers, &count, &idle, &options->sides, error);
    if (status == OK && count != 1 && is_one_document(options->format))
        status = error_set(error, STATUS_USAGE,
                           "--format %s is for one pull request; ask for each of the %zu",
                           options->format, count);
    if (status == OK && !count && !idle)
        puts("no pull request is open: the target has all that are in this clone");
    for (size_t i = 0; status >= 0 && i < count && count > 1; i++) {
        if (i)
            putchar('\n');
        status = worse(status, run_one_of_many(*options, numbers[i], operands));
    }
    if (status == OK && count == 1) {
        struct buffer text = BUFFER_EMPTY;
        buffer_append_format(&text, "%u", numbers[0]);
        options->sides.pull = buffer_string(&text);
        status = check_run(options, operands, error);
        buffer_release(&text);
    }
    if (status >= 0 && idle && !options->quiet && !is_one_document(options->format))
        printf("%s%zu %s nothing new: the target has the same already\n", count ? "\n" : "", idle,
               idle == 1 ? "pull request brings" : "pull requests bring");
    free(numbers);
    return status;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct check_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_check, argc, argv, &operands, error))
        status = options.sides.pull ? run_pulls(&options, &operands, error)
                                    : check_run(&options, &operands, error);
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint check", "what is staged, before a commit"},
    {"scribelint check --worktree _posts", "what is on disk below _posts/, staged or not"},
    {"scribelint check --base main", "what the current branch brings"},
    {"scribelint check --base origin/main --head topic --format github",
     "what a branch brings, as annotations on GitHub"},
    {"scribelint check --pull 12", "what merging pull request 12 now would change"},
    {"scribelint check --merge HEAD", "what the merge that was checked out last brought"},
    {"scribelint check --stdin-filename _posts/2024-01-23-lecture-04.md <BUFFER",
     "what an editor has in a buffer"},
    {"scribelint check --all --fail-on never", "the whole site, for a look"},
    {0}};

const struct command command_check = {
    .name = "check",
    .summary = "check a change, or all files of a commit",
    .usage = "[--staged | --worktree | --base REV [--head REV] | --pull N [--onto REV] |\n"
             "--merge REV [--onto REV] | --stdin-filename FILE | --all [--head REV]]\n"
             "[options] [PATH…]",
    .description =
        "Checks lecture notes and says what a change introduces. PATHs narrow it to "
        "files and folders, as seen from where you stand or, behind \":/\", from the top "
        "of the repository. Nothing is written in the repository. Content comes from "
        "Git's objects, and "
        "only with --worktree and --stdin-filename from elsewhere.",
    .operand = "PATH",
    .options = table,
    .examples = examples,
    .judges = true,
    .run = run_command,
};
