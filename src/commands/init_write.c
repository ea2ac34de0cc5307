#include "commands/init_write.h"

#include "report/safe.h"
#include "text/yaml_writer.h"

#include <string.h>

enum { LONGEST_COMMENT = 240 };

/* --- Lines ---------------------------------------------------------------------------------------
 */

static void append_comment(struct buffer *text, struct slice reason, bool guess) {
    struct buffer comment = BUFFER_EMPTY;
    buffer_append_string(&comment, guess ? "guess: " : "");
    buffer_append_slice(&comment, reason);
    buffer_append_string(text, "  # ");
    safe_append_cut(text, buffer_slice(&comment), LONGEST_COMMENT);
    buffer_append_byte(text, '\n');
    buffer_release(&comment);
}

/* `before` is the indent with the key or the dash. */
static void append_value(struct buffer *text, const char *before, const struct proposal *proposal) {
    buffer_append_string(text, before);
    yaml_append_scalar(text, proposal->value, YAML_SETTING);
    append_comment(text, proposal->reason, proposal->guess);
}

static void append_value_or_example(struct buffer *text, const char *before,
                                    const struct proposal *proposal, const char *example) {
    if (proposal->value.size)
        append_value(text, before, proposal);
    else
        buffer_append_string(text, example);
}

static void append_list(struct buffer *text, const char *key, const char *dash,
                        const struct proposal_list *list) {
    buffer_append_string(text, key);
    for (size_t i = 0; i < list->count; i++)
        append_value(text, dash, &list->items[i]);
}

static void append_saying(struct buffer *text, const struct saying *saying) {
    struct buffer reason = BUFFER_EMPTY;
    buffer_append_format(&reason, "%.*s:%zu: \"%.*s\"", SLICE_ARGUMENTS(saying->path), saying->line,
                         SLICE_ARGUMENTS(saying->sentence));
    append_comment(text, buffer_slice(&reason), false);
    buffer_release(&reason);
}

/* A line that is all comment. */
static void append_quotation(struct buffer *text, const char *indent, const struct saying *saying) {
    buffer_append_format(text, "%s# ", indent);
    safe_append(text, saying->path);
    buffer_append_format(text, ":%zu: \"", saying->line);
    safe_append_cut(text, saying->sentence, LONGEST_COMMENT);
    buffer_append_string(text, "\"\n");
}

/* --- Sections ------------------------------------------------------------------------------------
 */

static void write_course(struct buffer *text, const struct layout *layout) {
    const struct schedule *schedule = layout->schedule;
    bool year = schedule->year > 0;
    bool any = year || layout->course_name.value.size || layout->repository.value.size ||
               layout->zone.value.size;
    buffer_append_string(text, any ? "course:\n" : "# course:\n");
    append_value_or_example(text, "  name: ", &layout->course_name,
                            "  # name: \"Operating Systems\"\n");
    append_value_or_example(
        text, "  repository: ", &layout->repository,
        "  # repository: owner/name  # where pull requests go; it is not known here\n");
    if (!layout->zone.value.size && layout->zone_guess.value.size)
        append_value(text, "  # no page says it, and deadlines need it\n  # timezone: ",
                     &layout->zone_guess);
    else
        append_value_or_example(
            text, "  timezone: ", &layout->zone,
            "  # timezone: America/New_York  # no page says it; deadlines need it\n");
    if (year) {
        buffer_append_format(text, "  year: %d", schedule->year);
        bool guess = schedule->year_source >= YEAR_WEEKDAY;
        struct buffer reason = BUFFER_EMPTY;
        buffer_append_format(&reason, "by %s", year_source_name(schedule->year_source));
        if (schedule->year_source == YEAR_SITE)
            buffer_append_string(&reason, " or the front page");
        append_comment(text, buffer_slice(&reason), guess);
        buffer_release(&reason);
    } else {
        buffer_append_string(text, "  # year: 2025  # of the first lecture\n");
    }
}

static void write_schedule(struct buffer *text, const struct layout *layout) {
    static const char *const forms[] = {[SCHEDULE_NONE] = "",
                                        [SCHEDULE_MODULES] = "module pages",
                                        [SCHEDULE_DATA] = "a data file",
                                        [SCHEDULE_TABLE] = "a table in a page"};
    const struct schedule *schedule = layout->schedule;
    buffer_append_byte(text, '\n');
    if (!layout->schedule_files.count) {
        buffer_append_string(text, schedule->lecture_count
                                       ? "# The schedule was found where it is looked for.\n"
                                       : "# No schedule was found. If there is one:\n");
        buffer_append_string(text, "# schedule:\n#   files: [_data/lectures.yml]\n");
        return;
    }
    buffer_append_format(text, "# The lectures: %s.\n", forms[schedule->form]);
    append_list(text, "schedule:\n  files:\n", "    - ", &layout->schedule_files);
    if (layout->schedule_keys.count) {
        buffer_append_string(text, "  keys:\n");
        for (size_t i = 0; i < layout->schedule_keys.count; i++) {
            const struct proposal *key = &layout->schedule_keys.items[i];
            buffer_append_format(text, "    %.*s: ", SLICE_ARGUMENTS(key->reason));
            yaml_append_scalar(text, key->value, YAML_SETTING);
            buffer_append_string(text, "  # guess: by what its rows have there\n");
        }
    }
}

static void write_deadline(struct buffer *text, const struct layout *layout) {
    enum { HOUR = 3600, MINUTE = 60 };
    const struct syllabus *syllabus = &layout->syllabus;
    buffer_append_byte(text, '\n');
    if (!syllabus->due.line) {
        buffer_append_string(text, "# When a note is due: no page says it in words that were "
                                   "understood.\n");
        if (syllabus->unread_due.line)
            append_quotation(text, "", &syllabus->unread_due);
        buffer_append_string(text, "# deadline: {days: 10, time: \"23:59:59\"}\n");
        return;
    }
    buffer_append_format(text, "# Days after the lecture.\ndeadline:\n  days: %ld",
                         syllabus->due_days);
    append_saying(text, &syllabus->due);
    if (syllabus->other_due.line) {
        buffer_append_string(text, "  # Another page disagrees:\n");
        append_quotation(text, "  ", &syllabus->other_due);
    }
    long second = syllabus->due_second;
    if (second >= 0)
        buffer_append_format(text, "  time: \"%02ld:%02ld:%02ld\"  # the same sentence\n",
                             second / HOUR, second / MINUTE % MINUTE, second % MINUTE);
    else
        buffer_append_string(text,
                             "  # time: \"23:59:59\"  # no hour is said; this is what counts\n");
    if (!layout->zone.value.size)
        buffer_append_string(text, "  # As long as course.timezone is not said, the clocks of UTC "
                                   "count.\n");
}

/* What is only usual counts as a rule when the notes that are there keep to it. */
static bool notes_keep_to_team(const struct layout *layout) {
    enum { ENOUGH = 5 };
    const struct syllabus *syllabus = &layout->syllabus;
    for (size_t i = 0; i < layout->note_count; i++) {
        const struct note_layout *notes = &layout->notes[i];
        if (notes->authored >= ENOUGH && (long)notes->least_authors >= syllabus->least_team &&
            (!syllabus->most_team || (long)notes->most_authors <= syllabus->most_team))
            return true;
    }
    return false;
}

static void write_team(struct buffer *text, const struct layout *layout) {
    const struct syllabus *syllabus = &layout->syllabus;
    bool known = syllabus->team.line && (!syllabus->team_is_usual || notes_keep_to_team(layout));
    const char *off = known ? "" : "# ";
    buffer_append_string(text, "\n# How many people write a note.\n");
    if (!syllabus->team.line) {
        buffer_append_string(text, "# team: {min: 2, max: 4}  # no page says it\n");
        return;
    }
    if (!known)
        buffer_append_string(text, "# This is said to be usual, not a rule:\n");
    buffer_append_format(text, "%steam:\n", off);
    if (syllabus->least_team) {
        buffer_append_format(text, "%s  min: %ld", off, syllabus->least_team);
        append_saying(text, &syllabus->team);
    }
    if (syllabus->most_team) {
        buffer_append_format(text, "%s  max: %ld", off, syllabus->most_team);
        if (syllabus->least_team)
            buffer_append_string(text, "  # the same sentence\n");
        else
            append_saying(text, &syllabus->team);
    }
}

static bool is_pdf(const struct note_layout *notes) {
    return slice_equal_ignoring_case(notes->ending, slice_of("pdf"));
}

/* Only pages of PDFs can be counted. */
static void quote_pages(struct buffer *text, const struct layout *layout) {
    const struct syllabus *syllabus = &layout->syllabus;
    if (!syllabus->pages.line)
        return;
    for (size_t i = 0; i < layout->note_count; i++)
        if (is_pdf(&layout->notes[i]))
            return;
    buffer_append_string(text, "\n# Pages that a note is to have (they are counted in PDFs only):");
    if (syllabus->least_pages)
        buffer_append_format(text, " at least %ld", syllabus->least_pages);
    if (syllabus->most_pages)
        buffer_append_format(text, "%s at most %ld", syllabus->least_pages ? "," : "",
                             syllabus->most_pages);
    buffer_append_byte(text, '\n');
    append_quotation(text, "", &syllabus->pages);
}

static void write_pages(struct buffer *text, const struct syllabus *syllabus) {
    if (!syllabus->pages.line)
        return;
    buffer_append_string(text, "    pages:\n");
    if (syllabus->least_pages) {
        buffer_append_format(text, "      min: %ld", syllabus->least_pages);
        append_saying(text, &syllabus->pages);
    }
    if (syllabus->most_pages) {
        buffer_append_format(text, "      max: %ld", syllabus->most_pages);
        if (syllabus->least_pages)
            buffer_append_string(text, "  # the same sentence\n");
        else
            append_saying(text, &syllabus->pages);
    }
}

static void write_required(struct buffer *text, const struct note_layout *notes) {
    if (notes->required.count)
        append_list(text, "    metadata:\n      required:\n", "        - ", &notes->required);
    else
        buffer_append_string(text, "    # metadata: {required: [title, authors]}  # without it: "
                                   "what the template and most notes have\n");
}

static void write_notes(struct buffer *text, const struct note_layout *notes,
                        const struct syllabus *syllabus) {
    append_value(text, "  - files: ", &notes->files);
    bool markdown = !is_pdf(notes);
    append_value_or_example(
        text, "    name: ", &notes->name,
        "    # name: \"{mon}{day}_scribe.pdf\"  # most of the notes agree on no "
        "form\n");
    if (markdown) {
        append_value_or_example(text, "    template: ", &notes->template_file,
                                "    # template: notes/template.md  # none was found\n");
        append_value_or_example(text, "    title: ", &notes->title,
                                "    # title: \"Lecture {n}: {title}\"  # without it any title "
                                "will do\n");
        write_required(text, notes);
    }
    if (!markdown)
        write_pages(text, syllabus);
    if (notes->assets.count)
        append_list(text, "    # Files that belong to one note.\n    assets:\n", "      - ",
                    &notes->assets);
    else if (markdown)
        buffer_append_string(text, "    # assets: [\"assets/img/lecture-{nn}/\"]  # files that "
                                   "belong to one note\n");
}

static void write_allow(struct buffer *text, const struct proposal_list *allow) {
    if (allow->count)
        append_list(text, "\n# Files that a pull request with a note may touch besides.\nallow:\n",
                    "  - ", allow);
    else
        buffer_append_string(text, "\n# Files that a pull request with a note may touch besides; "
                                   "merged ones do not do so.\n# allow: [\"_data/*.yml\"]\n");
}

static bool is_sheet(struct slice path) {
    return (slice_ends_with(path, ".csv") || slice_ends_with(path, ".tsv")) &&
           (says_scribe(path) || slice_find(path, "roster", 0) != SLICE_NOT_FOUND ||
            slice_find(path, "sign", 0) != SLICE_NOT_FOUND);
}

static void write_roster(struct buffer *text, const struct layout *layout) {
    struct slice sheet = slice_of("people/scribes.csv");
    for (size_t i = 0; i < layout->path_count; i++)
        if (is_sheet(layout->paths[i]))
            sheet = layout->paths[i];
    buffer_append_string(text, "\n# Who scribes which lecture, as a CSV file.\n# roster: {file: ");
    yaml_append_scalar(text, sheet, YAML_SETTING);
    buffer_append_string(text, "}\n");
}

void init_write(struct buffer *text, const struct layout *layout,
                const struct proposal_list *allow) {
    buffer_append_string(
        text, "# What scribelint proposes for this course, each value with where it comes from. "
              "Correct what is\n# wrong. What is not known stands behind a \"#\" as an example. "
              "docs/configuration.md has all keys.\n\n");
    write_course(text, layout);
    write_schedule(text, layout);
    write_deadline(text, layout);
    write_team(text, layout);
    quote_pages(text, layout);
    write_roster(text, layout);
    if (layout->note_count)
        buffer_append_string(text, "\nnotes:\n");
    else
        buffer_append_string(text, "\n# No notes were found, and no page says where they will be. "
                                   "Without this the usual places count.\n# notes:\n"
                                   "#   - files: \"notes/*.md\"\n");
    for (size_t i = 0; i < layout->note_count; i++)
        write_notes(text, &layout->notes[i], &layout->syllabus);
    write_allow(text, allow);
    buffer_append_string(text, "\n# Other severities: scribelint rules lists them.\n# rules:\n"
                               "#   image-alt-missing: off\n");
}
