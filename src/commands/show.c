#include "base/memory.h"
#include "base/options.h"
#include "commands/command.h"
#include "commands/output.h"
#include "commands/paths.h"
#include "commands/settings.h"
#include "document/pdf_program.h"
#include "document/pdf_reader.h"
#include "report/note_report.h"
#include "rules/review.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct show_options {
    bool help;
    const char *format, *config, *directory;
};

static const struct option_spec table[] = {
    {"--format", OPTION_CHOICE, offsetof(struct show_options, format), NOTE_FORMAT_CHOICES,
     "the form of what is printed (default: text)"},
    {"--config", OPTION_TEXT, offsetof(struct show_options, config), "FILE",
     "this configuration instead of the .scribelint.yml of the course"},
    {"-C", OPTION_TEXT, offsetof(struct show_options, directory), "DIR", "as if started in DIR"},
    {"--help", OPTION_FLAG, offsetof(struct show_options, help), NULL, "print this help"},
    {0}};

/* "REV:FILE" in two, as Git has it; else only FILE. A file on disk may have a colon in its name. */
struct named_file {
    char *revision; /* NULL: what is on disk, else HEAD */
    const char *file;
};

static void split_name(struct named_file *name, const char *operand) {
    const char *colon = strchr(operand, ':');
    *name = (struct named_file){.file = operand};
    if (!colon || colon == operand || access(operand, F_OK) == 0)
        return;
    name->revision = memory_copy_string(operand);
    name->revision[colon - operand] = '\0';
    name->file = colon + 1;
}

/*
 * A path behind a revision starts at the root, as Git has it. One from where the user stands may
 * also be as reports print it, from the root.
 */
static int find_path(struct buffer *path, const struct named_file *name, const struct sides *sides,
                     struct error *error) {
    bool from_root = name->revision;
    int status = from_root ? OK : path_from_root(path, name->file, sides->repository, error);
    struct slice printed = slice_of(name->file);
    if (!from_root && snapshot_find(sides->head, buffer_slice(path)).kind == ENTRY_NONE)
        from_root = *name->file && snapshot_find(sides->head, printed).kind != ENTRY_NONE;
    if (!from_root)
        return status;
    error_release(error);
    buffer_clear(path);
    buffer_append_slice(path, printed);
    return OK;
}

static note_writer *find_writer(const char *name) {
    const struct note_format *format = note_formats;
    while (name && strcmp(format->name, name) != 0)
        format++;
    return format->write;
}

static int print(note_writer *write, const struct note_view *view, struct error *error) {
    struct buffer output = BUFFER_EMPTY;
    write(&output, view);
    int status = output_print(&output, stdout, error);
    buffer_release(&output);
    return status;
}

static int read_content(struct buffer *content, const struct snapshot *snapshot, struct slice path,
                        struct error *error) {
    bool pdf = path_is_pdf(path);
    if (snapshot_find(snapshot, path).kind == ENTRY_SYMLINK)
        return error_set(error, STATUS_USAGE,
                         "\"%.*s\" in %s is a link; name the file that it leads to",
                         SLICE_ARGUMENTS(path), snapshot_name(snapshot));
    int status =
        snapshot_read(snapshot, path, pdf ? PDF_MOST_BYTES : DOCUMENT_MAX_SIZE, content, error);
    if (status == STATUS_NOT_FOUND)
        return error_set(error, STATUS_USAGE, "there is no file \"%.*s\" in %s",
                         SLICE_ARGUMENTS(path), snapshot_name(snapshot));
    if (status == STATUS_TOO_LARGE)
        return error_set(error, STATUS_UNDECIDED, "\"%.*s\" is larger than %d MiB",
                         SLICE_ARGUMENTS(path),
                         (pdf ? (int)PDF_MOST_BYTES : (int)DOCUMENT_MAX_SIZE) / 1024 / 1024);
    if (status == STATUS_UNDECIDED)
        error_prefix(error, "\"%.*s\": ", SLICE_ARGUMENTS(path));
    return status;
}

static struct document *read_document(const struct review *review, const struct site *site,
                                      struct slice path, struct slice content) {
    struct document_options options = review_document_options(review, site);
    if (!path_is_pdf(path))
        return document_read(path, content, &options);
    struct entry entry = snapshot_find(review->head, path);
    struct pdf_reader *reader = pdf_reader_open();
    struct document *document = pdf_reader_read(reader, path, content, entry.blob_id);
    pdf_reader_close(reader);
    return document;
}

/* The file is there, but nobody could look into it. */
static bool is_undecided(const struct document *document) {
    const struct document_pdf *pdf = document->pdf;
    return document->undecided || (pdf && (pdf->outcome == PDF_UNAVAILABLE ||
                                           pdf->outcome == PDF_LIMIT || pdf->limit.size));
}

static int show_document(const struct show_options *options, const struct review *review,
                         struct site *site, struct slice path, struct slice content,
                         struct error *error) {
    struct schedule *schedule =
        schedule_read(review->head, review->config, site, review->commits.year);
    struct document *document = read_document(review, site, path, content);
    struct note_lecture lecture = note_lecture_find(schedule, path, document);
    struct first_page first_page;
    struct note_people people;
    first_page_read(&first_page, document);
    note_people_read(&people, document);
    struct note_view view = {.path = path,
                             .revision = snapshot_name(review->head),
                             .document = document,
                             .schedule = schedule,
                             .lecture = &lecture,
                             .first_page = &first_page,
                             .people = &people};
    int status = print(find_writer(options->format), &view, error);
    if (status == OK && is_undecided(document))
        status = EXIT_UNDECIDED;
    note_people_release(&people);
    first_page_release(&first_page);
    document_free(document);
    schedule_free(schedule);
    return status;
}

static int show(const struct show_options *options, const struct named_file *name,
                const struct sides *sides, const struct settings *settings, struct error *error) {
    struct review review = settings_review(settings, sides);
    struct buffer path = BUFFER_EMPTY, content = BUFFER_EMPTY;
    int status = find_path(&path, name, sides, error);
    if (status == OK)
        status = read_content(&content, review.head, buffer_slice(&path), error);
    if (status == OK) {
        struct site site;
        site_read(&site, review.head);
        status = show_document(options, &review, &site, buffer_slice(&path), buffer_slice(&content),
                               error);
        site_release(&site);
    }
    buffer_release(&path);
    buffer_release(&content);
    return status;
}

static int run_show(const struct show_options *options, const char *operand, struct error *error) {
    struct named_file name;
    struct sides sides;
    struct settings settings = {0};
    struct verdict verdict = {0};
    split_name(&name, operand);
    const struct side_options side = {
        .all = true, .head = name.revision, .on_disk = !name.revision};
    int status = sides_open(&sides, &side, &verdict, error);
    if (status == OK)
        status = settings_open(&settings, &sides, options->config, NULL, &verdict, error);
    if (status == OK)
        status = show(options, &name, &sides, &settings, error);
    verdict_release(&verdict);
    settings_release(&settings);
    sides_release(&sides);
    free(name.revision);
    return status;
}

static int run_command(int argc, char **argv, struct error *error) {
    struct show_options options = {0};
    struct operands operands = {0};
    int status;
    if (command_begin(&status, &options, &command_show, argc, argv, &operands, error))
        status = operands.count == 1
                     ? run_show(&options, operands.items[0], error)
                     : error_set(error, STATUS_USAGE,
                                 "show wants one file: scribelint show FILE, or REV:FILE");
    free(operands.items);
    return status;
}

static const struct term examples[] = {
    {"scribelint show notes/oct7_scribe.pdf", "what is read of the note on disk"},
    {"scribelint show HEAD~1:notes/oct7_scribe.pdf", "and of what it was before"},
    {"scribelint show --format json _posts/2024-01-15-lecture-01.md", "for a script"},
    {0}};

const struct command command_show = {
    .name = "show",
    .summary = "print a note as it is read: lecture, people, sections, figures",
    .usage = "[--format " NOTE_FORMAT_CHOICES "] [options] FILE|REV:FILE",
    .description =
        "Prints what scribelint reads in a note, in Markdown or PDF: the lecture it belongs to and "
        "why, what its front matter or first page says, how many words, figures and formulas it "
        "has, its sections and figures with their lines or pages.\n"
        "FILE is what stands on disk, in a bare repository at HEAD, by its path from here or as "
        "reports print it; REV:FILE what a commit has, "
        "by its path from the root of the repository. PDFs are read by scribelint-pdf, which must "
        "be installed; what it answers is kept in ~/.cache/scribelint.\n"
        "It ends with 0 when the note is shown, with 2 when there is no such file, with 3 when it "
        "could not be read, or not all of it.",
    .operand = "FILE",
    .options = table,
    .examples = examples,
    .run = run_command,
};
