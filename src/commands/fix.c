#include "commands/command.h"
#include "commands/mending.h"
#include "commands/output.h"
#include "commands/paths.h"
#include "commands/settings.h"
#include "report/safe.h"
#include "report/summary.h"
#include "rules/message.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fix_options {
    bool help, diff;
    struct side_options sides;
    const char *rule, *config, *rules, *directory;
};

static const struct option_spec table[] = {
    {"--diff", OPTION_FLAG, offsetof(struct fix_options, diff), NULL,
     "write nothing; print a patch that git apply takes"},
    {"--rule", OPTION_TEXT, offsetof(struct fix_options, rule), "RULE",
     "only what this rule finds"},
    {"--all", OPTION_FLAG, offsetof(struct fix_options, sides.all), NULL,
     "every file, also what stood there before"},
    {"--base", OPTION_TEXT, offsetof(struct fix_options, sides.base), "REV",
     "what the branch brings, from where it left REV to what is on disk …"},
    {"--head", OPTION_TEXT, offsetof(struct fix_options, sides.head), "REV",
     "… or, with --diff, to REV; also with --all"},
    {"--staged", OPTION_FLAG, offsetof(struct fix_options, sides.staged), NULL,
     "with --diff: HEAD against the index, for git apply --cached"},
    {"--worktree", OPTION_FLAG, offsetof(struct fix_options, sides.worktree), NULL,
     "HEAD against the files on disk (the default)"},
    {"--pull", OPTION_TEXT, offsetof(struct fix_options, sides.pull), "N",
     "with --diff: what merging pull request N now would give"},
    {"--merge", OPTION_TEXT, offsetof(struct fix_options, sides.merge), "REV",
     "with --diff: what the merge commit REV brought to its first parent"},
    {"--onto", OPTION_TEXT, offsetof(struct fix_options, sides.onto), "REV",
     "with --pull, --merge: merged into REV, not into the course's branch or the first parent"},
    {"--config", OPTION_TEXT, offsetof(struct fix_options, config), "FILE",
     "this configuration instead of the .scribelint.yml of the base"},
    {"--rules", OPTION_TEXT, offsetof(struct fix_options, rules), "DIR",
     "also the rules in the *.yml files of this folder"},
    {"-C", OPTION_TEXT, offsetof(struct fix_options, directory), "DIR", "as if started in DIR"},
    {"--help", OPTION_FLAG, offsetof(struct fix_options, help), NULL, "print this help"},
    {0}};

/* Only the working tree is written: the index holds what was meant to be committed as it is. */
static int check_options(const struct fix_options *options, struct error *error) {
    if (options->diff)
        return OK;
    if (options->sides.staged)
        return error_set(error, STATUS_USAGE,
                         "fix never writes to the index; for a patch of it: scribelint fix "
                         "--staged --diff | git apply --cached");
    if (options->sides.head || options->sides.pull || options->sides.merge)
        return error_set(error, STATUS_USAGE,
                         "fix writes to the working tree, not to commits; --diff prints a patch");
    return OK;
}

struct fix_run {
    struct sides sides;
    struct settings settings;
    struct text_list paths;
    struct verdict opening, verdict; /* of opening both sides; of the last review */
    struct mending mending;
};

static int prepare(struct fix_run *run, const struct fix_options *options,
                   const struct operands *operands, struct error *error) {
    struct side_options sides = options->sides;
    sides.on_disk = !sides.head;
    sides.worktree = sides.worktree || !(sides.all || sides.base || sides.head || sides.staged ||
                                         sides.pull || sides.merge);
    int status = sides_open(&run->sides, &sides, &run->opening, error);
    if (status == OK)
        status = settings_open(&run->settings, &run->sides, options->config, options->rules,
                               &run->opening, error);
    if (status == OK && options->rule &&
        !rule_set_find(&run->settings.rules, slice_of(options->rule)))
        return error_set(error, STATUS_USAGE, "no rule \"%s\"; scribelint rules lists them",
                         options->rule);
    return status == OK ? paths_resolve(&run->paths, operands, &run->sides, error) : status;
}

static void append_tallies(struct buffer *output, const struct mending *mending) {
    for (size_t i = 0; i < mending->tally_count; i++) {
        const struct mended_tally *tally = &mending->tallies[i];
        safe_append_path(output, tally->path);
        buffer_append_format(output, ": %s", tally->rule);
        if (tally->count > 1)
            buffer_append_format(output, " (%zu)", tally->count);
        buffer_append_byte(output, '\n');
    }
    for (size_t i = 0; i < mending->move_count; i++) {
        buffer_append_string(output, "renamed ");
        safe_append(output, mending->moves[i].from);
        buffer_append_string(output, " to ");
        safe_append(output, mending->moves[i].to);
        buffer_append_byte(output, '\n');
    }
}

static void append_left(struct buffer *output, const struct mending *mending) {
    for (size_t i = 0; i < mending->left_count; i++) {
        const struct mended_left *left = &mending->left[i];
        buffer_append_string(output, "left: ");
        safe_append(output, left->path);
        if (left->line)
            buffer_append_format(output, ":%zu", left->line);
        buffer_append_format(output, ": %s: ", left->rule);
        safe_append(output, slice_of(left->reason));
        buffer_append_byte(output, '\n');
    }
}

/* "mended 3 of 4 findings in 2 files", and what is not for a program to mend. */
static void append_summary(struct buffer *output, const struct fix_run *run, bool diff) {
    const struct mending *mending = &run->mending;
    size_t mended = mending_count_mended(mending), all = mended + mending->left_count;
    size_t others = verdict_summary(&run->verdict).introduced - mending->left_count;
    if (all) {
        buffer_append_string(output, diff ? "the patch mends " : "mended ");
        if (all != mended)
            buffer_append_format(output, "%zu of ", mended);
        summary_append_count(output, all, "finding");
        buffer_append_string(output, " in ");
        summary_append_count(output, mending_count_files(mending), "file");
    } else {
        buffer_append_string(output, "nothing to mend");
    }
    if (others && !mending->rule) {
        buffer_append_string(output, "; ");
        summary_append_count(output, others, "finding");
        buffer_append_string(output, others == 1 ? " needs your hand" : " need your hand");
    }
    buffer_append_byte(output, '\n');
}

/* Both names of a renamed file have to be staged: each folder once. */
static void append_staging(struct buffer *output, const struct mending *mending) {
    size_t told = output->size;
    for (size_t i = 0; i < mending->move_count; i++) {
        struct slice folder = slice_folder(mending->moves[i].from);
        bool known = false;
        for (size_t k = 0; !known && k < i; k++)
            known = slice_equal(slice_folder(mending->moves[k].from), folder);
        if (known)
            continue;
        if (output->size == told)
            buffer_append_string(output, "stage both names: git add -A --");
        struct buffer here = BUFFER_EMPTY;
        struct arena arena = {0};
        path_append_from_here(&here, mending->sides->repository, folder);
        struct place place = {"folder", buffer_slice(&here)};
        struct slice word = message_expand(&arena, slice_of("{sh:folder}"), &place, 1);
        buffer_append_byte(output, ' ');
        safe_append(output, word);
        arena_release(&arena);
        buffer_release(&here);
    }
    buffer_append_string(output, output->size == told ? "" : "\n");
}

static int print_patch(const struct mending *mending, struct error *error) {
    struct buffer patch = BUFFER_EMPTY;
    int status = mending_append_patch(&patch, mending, error);
    if (status == OK)
        status = output_print(&patch, stdout, error);
    buffer_release(&patch);
    return status;
}

/* Where the patch applies: nobody has the merge that was looked at. */
static void append_place(struct buffer *output, const struct fix_run *run, const char *pull) {
    const struct sides *sides = &run->sides;
    const char *head = snapshot_name(sides->own ? sides->own : sides->head);
    if (!pull || !mending_count_mended(&run->mending))
        return;
    buffer_append_format(output, "it applies to the head of pull request %s: git checkout %.10s\n",
                         pull, head);
}

static int report(const struct fix_run *run, const struct fix_options *options,
                  struct error *error) {
    bool diff = options->diff;
    struct buffer output = BUFFER_EMPTY;
    append_tallies(&output, &run->mending);
    append_left(&output, &run->mending);
    output_append_remarks(&output, "undecided", &run->verdict.undecided);
    output_append_remarks(&output, "note", &run->opening.notes);
    append_summary(&output, run, diff);
    if (diff)
        append_place(&output, run, options->sides.pull);
    else
        append_staging(&output, &run->mending);
    /* The report of a patch must not be taken for a part of it. */
    int status = output_print(&output, diff ? stderr : stdout, error);
    buffer_release(&output);
    return status;
}

static int exit_status(const struct fix_run *run, bool diff) {
    if (run->mending.left_count && !diff)
        return EXIT_FINDINGS;
    return run->verdict.undecided.count ? EXIT_UNDECIDED : EXIT_CLEAN;
}

static int fix(struct fix_run *run, const struct fix_options *options, struct error *error) {
    bool diff = options->diff;
    struct review review = settings_review(&run->settings, &run->sides);
    review.paths = &run->paths;
    int status = mending_run(&run->mending, &review, &run->verdict, error);
    if (status == OK)
        status = diff ? print_patch(&run->mending, error) : mending_write(&run->mending, error);
    if (status == OK)
        status = report(run, options, error);
    return status == OK ? exit_status(run, diff) : status;
}

static int run_fix(const struct fix_options *options, const struct operands *operands,
                   struct error *error) {
    struct fix_run run = {0};
    int status = check_options(options, error);
    if (status == OK)
        status = prepare(&run, options, operands, error);
    run.mending.sides = &run.sides;
    run.mending.rule = options->rule;
    if (status == OK)
        status = fix(&run, options, error);
    paths_release(&run.paths);
    mending_release(&run.mending);
    verdict_release(&run.verdict);
    verdict_release(&run.opening);
    settings_release(&run.settings);
    sides_release(&run.sides);
    return status;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct fix_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_fix, argc, argv, &operands, error))
        status = run_fix(&options, &operands, error);
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint fix", "what is on disk and not committed"},
    {"scribelint fix --base main", "what the current branch brings"},
    {"scribelint fix --diff _posts", "only show it, below _posts/"},
    {"scribelint fix --all --rule character-invisible", "one rule, in the whole site"},
    {"scribelint fix --pull 12 --diff", "a patch for pull request 12"},
    {"scribelint fix --staged --diff | git apply --cached", "what is staged, in the index only"},
    {0}};

const struct command command_fix = {
    .name = "fix",
    .summary = "mend findings that have one certain remedy",
    .usage = "[--base REV | --all] [--rule RULE] [options] [PATH…]\n"
             "--diff [--staged | --base REV [--head REV] | --pull N [--onto REV] |\n"
             "--merge REV [--onto REV] | --all [--head REV]] [--rule RULE] [options] [PATH…]",
    .description =
        "Mends what a change introduces where one remedy is certain: replaces text, renames "
        "files. PATHs narrow it to the findings of files and folders. Only the working tree is "
        "written, never the index, no link is followed, and files keep their permissions and "
        "line ends. Running it twice changes nothing.\n"
        "In a file that Git tracks, text that is on disk but not staged stays: fix says so, and "
        "mends it once you have staged it. A file is never renamed onto another.\n"
        "Exit status: 0 when all that has a certain remedy was mended, also when there was "
        "nothing; 1 when some of it was left; 2 for wrong usage; 3 when a file could not be read "
        "or written. With --diff the patch is on standard output, all else on standard error, "
        "and the status is never 1. What needs a human hand is for scribelint check to say.",
    .operand = "PATH",
    .options = table,
    .examples = examples,
    .run = run_command,
};
