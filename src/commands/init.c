#include "base/memory.h"
#include "commands/command.h"
#include "commands/init_github.h"
#include "commands/init_history.h"
#include "commands/init_place.h"
#include "commands/init_trial.h"
#include "commands/init_write.h"
#include "commands/output.h"
#include "commands/paths.h"
#include "course/day.h"
#include "finding/verdict.h"
#include "git/remote.h"
#include "git/upstream.h"
#include "report/safe.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct init_options {
    bool help, force, to_stdout, github;
    const char *owner;
};

static const struct option_spec table[] = {
    {"--github", OPTION_FLAG, offsetof(struct init_options, github), NULL,
     "write the workflow that checks pull requests on GitHub instead"},
    {"--owner", OPTION_TEXT, offsetof(struct init_options, owner), "ACCOUNT",
     "with --github: the account on GitHub that holds scribelint"},
    {"--force", OPTION_FLAG, offsetof(struct init_options, force), NULL,
     "write over the file that is there"},
    {"--stdout", OPTION_FLAG, offsetof(struct init_options, to_stdout), NULL,
     "print the file instead, and the report on standard error"},
    {"--help", OPTION_FLAG, offsetof(struct init_options, help), NULL, "print this help"},
    {0}};

struct init_run {
    struct repository *repository;
    char head_id[OBJECT_ID_SIZE];
    struct snapshot *head;
    struct layout layout;
    struct merged_changes changes;
    struct buffer text; /* the configuration */
    struct config *config;
};

/* --- Writing -------------------------------------------------------------------------------------
 */

/* Says why it can't be written before all the work is done. */
static int find_place(struct init_place *place, const struct init_run *run,
                      const struct init_options *options, struct error *error) {
    if (options->to_stdout)
        return OK;
    int status = init_place_find(place, run->repository, error);
    return status == OK && place->there && !options->force ? init_place_refuse(place, error)
                                                           : status;
}

/* --- Finding out ---------------------------------------------------------------------------------
 */

static int open_head(struct init_run *run, struct error *error) {
    int status = repository_resolve_head(run->repository, run->head_id, error);
    if (status == STATUS_NOT_FOUND)
        return error_set(error, STATUS_USAGE,
                         "there is no commit yet; init reads the files of HEAD, so commit the "
                         "site first");
    return status == OK ? snapshot_open_commit(&run->head, run->repository, run->head_id, error)
                        : status;
}

struct clocks {
    struct commit_clock *items;
    size_t count, capacity;
};

static bool add_clock(const struct line_commit *commit, void *context) {
    struct clocks *clocks = context;
    ARRAY_PUSH(clocks->items, clocks->count, clocks->capacity) =
        (struct commit_clock){commit->when, commit->offset};
    return true;
}

static int read_layout(struct init_run *run, struct error *error) {
    enum { DAY = 86400, MOST_CLOCKS = 200 };
    struct upstream upstream;
    struct clocks clocks = {0};
    struct buffer remote = BUFFER_EMPTY;
    long long when;
    upstream_find(&upstream, run->repository, NULL, false);
    if (upstream.remote)
        remote_append_repository(&remote, run->repository, upstream.remote);
    int status = first_parents_visit(run->repository, run->head_id, MOST_CLOCKS, add_clock, &clocks,
                                     NULL, error);
    struct layout_options options = {.clocks = clocks.items,
                                     .clock_count = clocks.count,
                                     .remote = buffer_slice(&remote),
                                     .remote_name = upstream.remote};
    if (repository_commit_time(run->repository, run->head_id, &when))
        options.year = day_of_serial((long)(when / DAY)).year;
    if (status == OK)
        status = layout_read(&run->layout, run->head, &options, error);
    free(clocks.items);
    upstream_release(&upstream);
    buffer_release(&remote);
    return status;
}

static int write_text(struct init_run *run, struct error *error) {
    buffer_clear(&run->text);
    config_free(run->config);
    run->config = NULL;
    init_write(&run->text, &run->layout, &run->changes.also);
    return config_parse(&run->config, CONFIG_FILE_NAME, buffer_slice(&run->text), error);
}

/* What scribes touch besides is known only once it is known what their notes are. */
static int propose_all(struct init_run *run, struct error *error) {
    int status = open_head(run, error);
    if (status == OK)
        status = read_layout(run, error);
    if (status == OK)
        status = write_text(run, error);
    if (status == OK)
        status =
            merged_changes_find(&run->changes, run->repository, run->head_id, run->config, error);
    return status == OK && run->changes.also.count ? write_text(run, error) : status;
}

/* --- Report --------------------------------------------------------------------------------------
 */

static void append_found(struct buffer *report, const struct layout *layout) {
    size_t lectures = 0;
    for (const struct lecture *lecture = schedule_next(layout->schedule, 0); lecture;
         lecture = schedule_next(layout->schedule, lecture->index + 1))
        lectures++;
    buffer_append_format(report, "  schedule    %zu lecture%s\n", lectures,
                         lectures == 1 ? "" : "s");
    for (size_t i = 0; i < layout->note_count; i++) {
        const struct note_layout *notes = &layout->notes[i];
        buffer_append_format(report, "  notes       %zu in ", notes->count);
        safe_append(report, notes->files.value);
        if (notes->name.value.size) {
            buffer_append_string(report, ", named ");
            safe_append(report, notes->name.value);
        }
        buffer_append_byte(report, '\n');
    }
    if (!layout->note_count)
        buffer_append_string(report, "  notes       none, and no page says where they will be\n");
    if (layout->syllabus.due.line)
        buffer_append_format(report, "  deadline    %ld days after the lecture\n",
                             layout->syllabus.due_days);
    else
        buffer_append_string(report, "  deadline    no page says it\n");
}

static int append_trial(struct buffer *report, const struct init_run *run, struct error *error) {
    struct rule_set rules = {0};
    int status = rule_set_add_builtin_brief(&rules, error);
    if (status == OK)
        status = rule_set_check(&rules, error);
    if (status == OK)
        status = rule_set_configure(&rules, run->config, error);
    if (status == OK)
        init_trial_append(report, run->repository, &run->changes, run->config, &rules);
    rule_set_release(&rules);
    return status;
}

static void append_next_steps(struct buffer *report, const struct init_run *run,
                              const struct init_options *options) {
    static const char printed[] =
        "  1. Save what was printed as " CONFIG_FILE_NAME
        " at the root of the course's repository.\n"
        "  2. Look through it: behind each value stands where it comes from; correct what says\n"
        "     \"guess\", fill in what is missing.\n"
        "  3. Commit it. It counts once it is on the course's branch.\n";
    struct buffer here = BUFFER_EMPTY;
    path_append_from_here(&here, run->repository, slice_of(CONFIG_FILE_NAME));
    const char *file = buffer_string(&here);
    buffer_append_string(report, "\nWhat to do next:\n");
    if (options->to_stdout)
        buffer_append_string(report, printed);
    else
        buffer_append_format(
            report,
            "  1. Look through %s: behind each value stands where it comes from;\n"
            "     correct what says \"guess\", fill in what is missing.\n"
            "  2. scribelint check --all --config %s   shows what it makes of the whole site.\n"
            "  3. git add %s && git commit   It counts once it is on the course's branch.\n",
            file, file, file);
    buffer_release(&here);
}

static int print_all(const struct init_run *run, const struct init_options *options,
                     const struct init_place *place, struct error *error) {
    struct buffer report = BUFFER_EMPTY;
    FILE *stream = options->to_stdout ? stderr : stdout;
    buffer_append_format(&report, "%s (from commit %.10s):\n",
                         options->to_stdout ? "Proposed the configuration"
                                            : "Wrote " CONFIG_FILE_NAME,
                         run->head_id);
    append_found(&report, &run->layout);
    buffer_append_byte(&report, '\n');
    int status = append_trial(&report, run, error);
    append_next_steps(&report, run, options);
    if (status == OK)
        status = options->to_stdout ? output_print(&run->text, stdout, error)
                                    : init_place_write(place, buffer_slice(&run->text), error);
    if (status == OK)
        status = output_print(&report, stream, error);
    buffer_release(&report);
    return status;
}

static int propose_configuration(const struct init_options *options, struct error *error) {
    struct init_run run = {0};
    struct init_place place = {.path = CONFIG_FILE_NAME};
    int status = repository_open(&run.repository, NULL, error);
    if (status == OK)
        status = find_place(&place, &run, options, error);
    if (status == OK)
        status = propose_all(&run, error);
    if (status == OK)
        status = print_all(&run, options, &place, error);
    buffer_release(&run.text);
    config_free(run.config);
    merged_changes_release(&run.changes);
    layout_release(&run.layout);
    snapshot_close(run.head);
    repository_close(run.repository);
    return status == OK ? (int)EXIT_CLEAN : status;
}

static int run_init(const struct init_options *options, struct error *error) {
    const struct init_github_options github = {options->owner, options->force, options->to_stdout};
    if (options->owner && !options->github)
        return error_set(error, STATUS_USAGE, "--owner goes with --github");
    return options->github ? init_github(&github, error) : propose_configuration(options, error);
}

static int run_command(int argc, char **argv, struct error *error) {
    struct init_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_init, argc, argv, &operands, error))
        status = run_init(&options, error);
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint init", "write .scribelint.yml for the course whose repository this is"},
    {"scribelint init --stdout", "only show what it would be"},
    {"scribelint init --github", "write the workflow that checks its pull requests"},
    {0}};

const struct command command_init = {
    .name = "init",
    .summary = "propose a configuration for a course, or its workflow for GitHub",
    .usage = "[--github [--owner ACCOUNT]] [--force | --stdout]",
    .description =
        "Finds out from the files of HEAD what the course looks like: its schedule, where its "
        "notes are and how they are named, what its pages say of deadlines and teams. Writes "
        ".scribelint.yml at the root of the working tree, with a comment behind each value that "
        "says where it comes from.\n"
        "Then it checks the last five merged scribe pull requests with it and shows what it would "
        "have said. Nothing else is written.\n"
        "With --github it writes .github/workflows/scribelint.yml instead, which checks each pull "
        "request on GitHub and says so beside its lines. A workflow that runs scribelint already "
        "is left alone.",
    .options = table,
    .examples = examples,
    .run = run_command,
};
