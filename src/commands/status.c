#include "base/options.h"
#include "commands/command.h"
#include "commands/course.h"
#include "commands/output.h"
#include "commands/settings.h"
#include "report/status_report.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

struct status_command_options {
    bool help, all;
    const char *head, *format, *config, *color, *directory;
};

static const struct option_spec table[] = {
    {"--head", OPTION_TEXT, offsetof(struct status_command_options, head), "REV",
     "as of REV (default: HEAD, and what is not due yet by the clock)"},
    {"--format", OPTION_CHOICE, offsetof(struct status_command_options, format),
     STATUS_FORMAT_CHOICES, "the form of the table (default: text)"},
    {"--all", OPTION_FLAG, offsetof(struct status_command_options, all), NULL,
     "also rows without a lecture: holidays, canceled ones"},
    {"--config", OPTION_TEXT, offsetof(struct status_command_options, config), "FILE",
     "this configuration instead of the .scribelint.yml of REV"},
    {"--color", OPTION_CHOICE, offsetof(struct status_command_options, color), "auto|always|never",
     "colours in the text (default: auto, on a terminal)"},
    {"-C", OPTION_TEXT, offsetof(struct status_command_options, directory), "DIR",
     "as if started in DIR"},
    {"--help", OPTION_FLAG, offsetof(struct status_command_options, help), NULL, "print this help"},
    {0}};

/* A table wider than 120 columns is hard to follow, one narrower than 80 has no titles. */
static size_t find_width(void) {
    enum { LEAST = 80, USUAL = 100, MOST = 120 };
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
        return USUAL;
    return size.ws_col < LEAST ? LEAST : size.ws_col > MOST ? MOST : size.ws_col;
}

/* All pull requests at once, to where a clone keeps what it fetched. */
static void append_fetch(struct buffer *command, const struct upstream *upstream) {
    bool kept = upstream->remote && !upstream->bare;
    buffer_append_format(command, "git fetch %s '+refs/pull/*/head:refs/%s%s%spull/*/head'",
                         upstream->remote ? upstream->remote : "URL", kept ? "remotes/" : "",
                         kept ? upstream->remote : "", kept ? "/" : "");
}

/* What is not due yet: at a named commit when it was made, else now. */
static long long find_now(struct repository *repository, const char *head, const char *named) {
    long long when;
    return named && repository_commit_time(repository, head, &when) ? when : (long long)time(NULL);
}

static status_writer *find_writer(const char *name) {
    const struct status_format *format = status_formats;
    while (name && strcmp(format->name, name) != 0)
        format++;
    return format->write;
}

static int print(status_writer *write, const struct lecture_states *states,
                 const struct status_options *options, struct error *error) {
    struct buffer output = BUFFER_EMPTY;
    write(&output, states, options);
    int status = output_print(&output, stdout, error);
    buffer_release(&output);
    return status;
}

static int show(const struct status_command_options *options, const struct sides *sides,
                const struct settings *settings, struct verdict *verdict, struct error *error) {
    struct review review = settings_review(settings, sides);
    struct lecture_states states;
    struct upstream upstream;
    struct buffer fetch = BUFFER_EMPTY;
    course_find(&upstream, sides->repository, true);
    append_fetch(&fetch, &upstream);
    long long now = find_now(sides->repository, review.commits.head, options->head);
    int status = lecture_states_read(&states, &review, &upstream, now, verdict, error);
    struct status_options report = {.colour = output_wants_colour(options->color),
                                    .all = options->all,
                                    .width = find_width(),
                                    .head = review.commits.head,
                                    .fetch = buffer_string(&fetch),
                                    .undecided = &verdict->undecided};
    if (status == OK)
        status = print(find_writer(options->format), &states, &report, error);
    lecture_states_release(&states);
    upstream_release(&upstream);
    buffer_release(&fetch);
    return status == OK && verdict->undecided.count ? EXIT_UNDECIDED : status;
}

static int run_status(const struct status_command_options *options, struct error *error) {
    const struct side_options side = {.all = true, .head = options->head};
    struct sides sides;
    struct settings settings = {0};
    struct verdict verdict = {0};
    int status = sides_open(&sides, &side, &verdict, error);
    if (status == OK)
        status = settings_open(&settings, &sides, options->config, NULL, &verdict, error);
    if (status == OK)
        status = show(options, &sides, &settings, &verdict, error);
    verdict_release(&verdict);
    settings_release(&settings);
    sides_release(&sides);
    return status;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct status_command_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_status, argc, argv, &operands, error))
        status = run_status(&options, error);
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint status", "which lecture has a note, and whether it came in time"},
    {"scribelint status --format csv >notes.csv", "for a spreadsheet"},
    {"scribelint status --head origin/main --format markdown", "for an issue or a wiki page"},
    {0}};

const struct command command_status = {
    .name = "status",
    .summary = "show for each lecture whether its note is there, linked and in time",
    .usage = "[--head REV] [--format " STATUS_FORMAT_CHOICES "] [options]",
    .description =
        "Prints one row for each lecture of the schedule. Its note is linked; submitted: in the "
        "repository, but the row does not link it; none; not yet: not due either; or a problem, "
        "which is told below it: a link to a file that is not there, two notes for one lecture, "
        "the note of another lecture, an empty file. Scribes are those whom the note names, else "
        "the sign-up sheet, else the authors of the commits.\n"
        "In time is what the author dates of the commits say, with the deadline of the "
        "configuration. A pull request that was squashed has lost them: they are taken from its "
        "ref, where that was fetched. Pull requests whose notes are not in the repository are "
        "named, too; Git cannot tell those that were closed from those that are open.\n"
        "It ends with 0 when the table is shown, with 3 when there is no schedule or something "
        "could not be read.",
    .options = table,
    .examples = examples,
    .run = run_command,
};
