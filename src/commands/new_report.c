#include "commands/new_report.h"

#include "base/memory.h"
#include "commands/output.h"
#include "commands/paths.h"
#include "course/lecture_request.h"
#include "report/safe.h"

#include <stdlib.h>

/* Texts of the course, made safe for a terminal or a log. */
static void append_label(struct buffer *output, const char *label) {
    buffer_append_format(output, "%-9s", label);
}

static void append_lecture(struct buffer *output, const struct new_note *note) {
    const struct lecture *lecture = &note->lecture;
    bool titled = !lecture->number && !lecture->day.month; /* by its name already */
    if (!lecture->number)
        append_label(output, "lecture");
    if (titled)
        safe_append(output, lecture->title);
    else
        lecture_append_name(output, lecture);
    if (lecture->title.size && !titled) {
        buffer_append_string(output, ": ");
        safe_append(output, lecture->title);
    }
    if (lecture->speaker.size) {
        buffer_append_string(output, lecture->guest ? "; guest: " : "; by ");
        safe_append(output, lecture->speaker);
    }
    if (lecture->file) {
        buffer_append_string(output, " (");
        safe_append(output, lecture->file->path);
        buffer_append_format(output, ":%zu)",
                             source_line(&lecture->file->source, lecture->row.start));
    } else {
        buffer_append_string(output, " (the course has no schedule)");
    }
    buffer_append_byte(output, '\n');
}

static void append_due(struct buffer *output, const struct new_note *note) {
    long long moment;
    if (!new_note_due(note, &moment))
        return;
    append_label(output, "due");
    time_zone_append(output, note->course.zone, moment);
    buffer_append_byte(output, '\n');
}

static void append_scribes(struct buffer *output, const struct new_note *note) {
    append_label(output, "scribes");
    for (size_t i = 0; i < note->scribes.count; i++) {
        const struct roster_person *person = &note->scribes.items[i];
        buffer_append_string(output, i ? ", " : "");
        safe_append(output, person->name.size ? person->name : person->account);
        if (person->name.size && person->account.size) {
            buffer_append_string(output, " (");
            safe_append(output, person->account);
            buffer_append_byte(output, ')');
        }
    }
    if (!note->scribes.count && note->is_text)
        buffer_append_string(output, "not known here; name them in the note, or with --author");
    else if (!note->scribes.count)
        buffer_append_string(output, "not known here");
    buffer_append_byte(output, '\n');
}

/* A command line with the path in it, quoted for a shell. */
static void append_command(struct buffer *output, const char *command, struct slice path) {
    struct arena arena = ARENA_EMPTY;
    struct place place = {"path", path};
    buffer_append_string(output, "  ");
    buffer_append_slice(output, message_expand(&arena, slice_of(command), &place, 1));
    buffer_append_byte(output, '\n');
    arena_release(&arena);
}

static void append_next(struct buffer *output, const struct new_note *note) {
    struct buffer here = BUFFER_EMPTY;
    path_append_from_here(&here, note->sides.repository, note->place.path);
    buffer_append_string(output, "next:\n");
    if (note->is_text)
        append_command(output, "edit {sh:path}", buffer_slice(&here));
    append_command(output, "git add {sh:path}", buffer_slice(&here));
    append_command(output, "scribelint check", buffer_slice(&here));
    buffer_release(&here);
}

/* --- Markdown ----------------------------------------------------------------------------------
 */

static void append_origin(struct buffer *output, const struct new_note *note) {
    struct slice template = note->template->path;
    if (!template.size) {
        buffer_append_string(output, ", without a template: the course has none\n");
        return;
    }
    buffer_append_string(output, note->template_is_filled
                                     ? ", from the template "
                                     : ", with front matter of its own and the text of ");
    safe_append(output, template);
    buffer_append_byte(output, '\n');
}

static void append_made(struct buffer *output, const struct new_note *note, bool dry_run) {
    const char *made = dry_run ? "would make " : "made ";
    buffer_append_string(output, made);
    safe_append(output, note->place.path);
    append_origin(output, note);
    for (size_t i = 0; i < note->folder_count; i++) {
        bool there = snapshot_find(note->review.head, note->folders[i]).kind == ENTRY_FOLDER;
        buffer_append_string(output, there ? "there is " : made);
        safe_append(output, note->folders[i]);
        buffer_append_string(output, there ? "/ for its images already\n"
                                           : "/ for its images, empty; Git sees a folder only when "
                                             "a file is in it\n");
    }
}

/* --- PDF ---------------------------------------------------------------------------------------
 */

/* The first link of the page to something called a template, as written; appends nothing if none.
 */
static bool append_template_link(struct buffer *link, const struct snapshot *snapshot,
                                 struct slice page) {
    struct buffer content = BUFFER_EMPTY;
    struct error ignored = ERROR_NONE;
    bool found = false;
    if (snapshot_read(snapshot, page, DOCUMENT_MAX_SIZE, &content, &ignored) == OK) {
        struct document *document =
            document_read(page, buffer_slice(&content), &(struct document_options){0});
        for (size_t i = 0; !found && i < document->link_count; i++) {
            const struct link *at = &document->links[i];
            found = at->destination.size &&
                    (slice_find(at->text, "emplate", 0) != SLICE_NOT_FOUND ||
                     slice_find(at->destination, "emplate", 0) != SLICE_NOT_FOUND);
            if (found)
                safe_append(link, at->destination);
        }
        document_free(document);
    }
    buffer_release(&content);
    error_release(&ignored);
    return found;
}

static void append_template(struct buffer *output, const struct new_note *note) {
    struct buffer readme = BUFFER_EMPTY, link = BUFFER_EMPTY;
    buffer_append_slice(&readme, slice_folder(note->place.path));
    buffer_append_string(&readme, "/README.md");
    const char *const pages[] = {buffer_string(&readme), "README.md", "syllabus.md",
                                 "_pages/syllabus.md", "index.md"};
    for (size_t i = 0; i < COUNT_OF(pages) && !link.size; i++) {
        if (!append_template_link(&link, note->review.head, slice_of(pages[i])))
            continue;
        append_label(output, "template");
        buffer_append_slice(output, buffer_slice(&link));
        buffer_append_format(output, " (%s links it)\n", pages[i]);
    }
    buffer_release(&readme);
    buffer_release(&link);
}

static void append_pdf(struct buffer *output, const struct new_note *note) {
    bool pdf = slice_ends_with(note->place.path, ".pdf");
    buffer_append_format(output, "The notes of this course are %s files, so nothing was made.\n",
                         pdf ? "PDF" : "no Markdown");
    append_label(output, "file");
    safe_append(output, note->place.path);
    buffer_append_byte(output, '\n');
}

void new_report_append(struct buffer *output, const struct new_note *note, bool dry_run) {
    if (note->is_text)
        append_made(output, note, dry_run);
    else
        append_pdf(output, note);
    append_lecture(output, note);
    append_due(output, note);
    append_scribes(output, note);
    if (!note->is_text)
        append_template(output, note);
    output_append_remarks(output, "undecided", &note->verdict.undecided);
    output_append_remarks(output, "note", &note->verdict.notes);
    append_next(output, note);
}
