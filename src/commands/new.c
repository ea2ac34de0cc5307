#include "base/memory.h"
#include "commands/command.h"
#include "commands/disk.h"
#include "commands/new_report.h"
#include "commands/output.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct new_options {
    bool help, dry_run;
    struct operands authors;
    const char *number, *config, *directory;
};

static const struct option_spec table[] = {
    {"--author", OPTION_TEXTS, offsetof(struct new_options, authors), "NAME",
     "one who writes the note; once for each (default: those on the roster)"},
    {"--number", OPTION_TEXT, offsetof(struct new_options, number), "N",
     "number of the lecture, where the schedule does not say it"},
    {"--config", OPTION_TEXT, offsetof(struct new_options, config), "FILE",
     "this configuration instead of the .scribelint.yml of the course"},
    {"--dry-run", OPTION_FLAG, offsetof(struct new_options, dry_run), NULL,
     "make nothing; print the note"},
    {"-C", OPTION_TEXT, offsetof(struct new_options, directory), "DIR", "as if started in DIR"},
    {"--help", OPTION_FLAG, offsetof(struct new_options, help), NULL, "print this help"},
    {0}};

static int read_authors(struct people *people, const struct operands *given, struct error *error) {
    for (size_t i = 0; i < given->count; i++) {
        struct slice name = slice_trim(slice_of(given->items[i]));
        if (!name.size)
            return error_set(error, STATUS_USAGE, "--author takes a name");
        ARRAY_PUSH(people->items, people->count, people->capacity) =
            (struct roster_person){.name = name};
    }
    return OK;
}

static int make(const struct new_note *note, struct error *error) {
    const char *root = repository_root(note->sides.repository);
    if (!root)
        return error_set(error, STATUS_USAGE,
                         "there is no working tree here to make it in; --dry-run prints it");
    int status = disk_new_file(root, note->place.path, buffer_slice(&note->text), false, error);
    for (size_t i = 0; status == OK && i < note->folder_count; i++)
        status = disk_new_folder(root, note->folders[i], error);
    return status;
}

static int finish(const struct new_note *note, bool dry_run, struct error *error) {
    struct buffer report = BUFFER_EMPTY;
    bool prints_note = dry_run && note->is_text;
    int status = prints_note     ? output_print(&note->text, stdout, error)
                 : note->is_text ? make(note, error)
                                 : OK;
    if (status == OK) {
        new_report_append(&report, note, dry_run);
        status = output_print(&report, prints_note ? stderr : stdout, error);
    }
    buffer_release(&report);
    return status == OK && note->verdict.undecided.count ? (int)EXIT_UNDECIDED : status;
}

static int run_new(const struct new_options *options, const struct operands *operands,
                   struct error *error) {
    if (operands->count != 1)
        return error_set(error, STATUS_USAGE,
                         "new takes one lecture: its number, its day (\"oct 7\") or \"next\"");
    struct new_note note = {.asked = operands->items[0], .number = options->number};
    int status = read_authors(&note.authors, &options->authors, error);
    if (status == OK)
        status = new_note_plan(&note, options->config, error);
    if (status == OK)
        status = finish(&note, options->dry_run, error);
    new_note_release(&note);
    return status;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct new_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_new, argc, argv, &operands, error))
        status = run_new(&options, &operands, error);
    free(options.authors.items);
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint new 5", "the note of lecture 5"},
    {"scribelint new \"oct 7\" --author \"Ann Lee\" --author \"Bo Ray\"",
     "of the lecture on that day, with who writes it"},
    {"scribelint new next", "of the next lecture that has none"},
    {"scribelint new 5 --dry-run", "only print it"},
    {0}};

const struct command command_new = {
    .name = "new",
    .summary = "begin the note of a lecture",
    .usage = "LECTURE [--author NAME]… [--number N] [--dry-run] [options]",
    .description =
        "Makes the note of a lecture in the working tree, under the name and in the folder that "
        "the course has for it, and the folder for its images. LECTURE is a number (5), a day "
        "(\"oct 7\", 2025-10-07, 10/7), or next: the first lecture from today on without a note.\n"
        "Title, date, number, lecturers and scribes come from the schedule and the roster and are "
        "filled into the template of the course; without a template, a plain note is made. What "
        "the scribe has to write stays a placeholder, which scribelint check finds.\n"
        "No file is ever written over, and a lecture with a note gets no second one. Where notes "
        "are PDF files nothing is made: it says what the file must be called, and when it is due.\n"
        "Exit status: 0 when it was made, or there is nothing to make; 2 for wrong usage, a "
        "lecture "
        "that is not known or has a note; 3 when something could not be read or written. With "
        "--dry-run the note is on standard output, all else on standard error.",
    .operand = "LECTURE",
    .options = table,
    .examples = examples,
    .run = run_command,
};
