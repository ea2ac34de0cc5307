#include "report/report.h"

#include "base/memory.h"
#include "report/command_text.h"
#include "report/excerpt.h"
#include "report/safe.h"
#include "report/summary.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    LINE_WIDTH = 96,
    TEXT_COLUMN = 10, /* columns before severity, excerpt and fix */
    MESSAGE_SIZE = 1000,
    MOST_REMARKS = 5, /* skipped files and thanks */
    LEAST_IN_FULL = 2,
};

/* SGR parameters */
#define PLAIN  "0"
#define BOLD   "1"
#define DIM    "2"
#define RED    "1;31"
#define GREEN  "32"
#define YELLOW "1;33"
#define CYAN   "1;36"

static const char *const severity_styles[] = {
    [SEVERITY_OFF] = PLAIN,
    [SEVERITY_NOTICE] = CYAN,
    [SEVERITY_WARNING] = YELLOW,
    [SEVERITY_ERROR] = RED,
};

/* The last fix told for a rule in the current file: the same one is not told again. */
struct told_fix {
    const char *rule;
    struct slice fix;
};

struct writer {
    struct buffer *output;
    bool colour;
    struct buffer line, mark; /* scratch */
    struct told_fix *told;
    size_t told_count, told_capacity;
};

static void style(struct writer *writer, const char *parameters) {
    if (writer->colour)
        buffer_append_format(writer->output, "\033[%sm", parameters);
}

static void write_styled(struct writer *writer, const char *parameters, const char *text) {
    style(writer, parameters);
    safe_append(writer->output, slice_of(text));
    style(writer, PLAIN);
}

static void write_path(struct writer *writer, struct slice path) {
    if (writer->output->size)
        buffer_append_byte(writer->output, '\n');
    style(writer, BOLD);
    safe_append_path(writer->output, path);
    style(writer, PLAIN);
    buffer_append_byte(writer->output, '\n');
    writer->told_count = 0;
}

/*
 * Appends `text`, which is safe already, from column `indent` on, broken before words with which a
 * line may begin, and never within a command. Returns the column behind it.
 */
static size_t write_wrapped(struct buffer *output, struct slice text, size_t indent) {
    size_t column = indent;
    for (size_t offset = 0; offset < text.size;) {
        struct slice word = slice_part(text, offset, command_text_word_end(text, offset));
        size_t width = utf8_count(word);
        bool first = offset == 0;
        if (!first && column + 1 + width > LINE_WIDTH && safe_can_begin_line(word)) {
            buffer_append_format(output, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            buffer_append_byte(output, ' ');
            column++;
        }
        buffer_append_slice(output, word);
        column += width;
        offset += word.size + 1;
    }
    return column;
}

/* Behind a message that ends at `column`, or below it where the line is full. */
static void write_rule(struct writer *writer, const char *rule, size_t indent, size_t column) {
    if (column + strlen("  []") + strlen(rule) > LINE_WIDTH)
        buffer_append_format(writer->output, "\n%*s", (int)indent, "");
    else
        buffer_append_string(writer->output, "  ");
    style(writer, DIM);
    buffer_append_byte(writer->output, '[');
    safe_append(writer->output, slice_of(rule));
    buffer_append_byte(writer->output, ']');
    style(writer, PLAIN);
}

static void write_headline(struct writer *writer, const struct finding *finding) {
    struct buffer *output = writer->output, *line = &writer->line;
    const char *severity = severity_name(finding->severity);
    buffer_clear(line);
    if (finding->has_place)
        buffer_append_format(line, "%zu:%zu", finding->start.line, finding->start.column);
    else if (finding->page)
        buffer_append_format(line, "page %zu", finding->page);
    buffer_append_format(output, "%*s  ", TEXT_COLUMN - 2, buffer_string(line));
    write_styled(writer, severity_styles[finding->severity], severity);
    if (finding->state == FINDING_CARRIED)
        buffer_append_string(output, " (carried)");
    buffer_append_string(output, "  ");
    size_t indent = TEXT_COLUMN + strlen(severity) + 2;
    if (finding->state == FINDING_CARRIED)
        indent += strlen(" (carried)");
    buffer_clear(line);
    safe_append_cut(line, finding->message, MESSAGE_SIZE);
    write_rule(writer, finding->rule, indent, write_wrapped(output, buffer_slice(line), indent));
    buffer_append_byte(output, '\n');
}

/* The bar keeps the checked text from being first in a line. */
static void write_excerpt(struct writer *writer, const struct finding *finding) {
    if (finding->page && !slice_is_blank(finding->excerpt)) {
        buffer_append_format(writer->output, "%*s | ", TEXT_COLUMN - 3, "");
        safe_append_cut(writer->output, slice_trim(finding->excerpt), LINE_WIDTH);
        buffer_append_byte(writer->output, '\n');
    }
    if (!excerpt_render(&writer->line, &writer->mark, finding))
        return;
    struct buffer *output = writer->output;
    style(writer, DIM);
    buffer_append_format(output, "%*zu | ", TEXT_COLUMN - 3, finding->start.line);
    style(writer, PLAIN);
    buffer_append_slice(output, buffer_slice(&writer->line));
    buffer_append_byte(output, '\n');
    style(writer, DIM);
    buffer_append_format(output, "%*s | ", TEXT_COLUMN - 3, "");
    style(writer, severity_styles[finding->severity]);
    buffer_append_slice(output, buffer_slice(&writer->mark));
    style(writer, PLAIN);
    buffer_append_byte(output, '\n');
}

/* Remembers the fix; false when it is what was told last for the same rule in this file. */
static bool is_new_fix(struct writer *writer, const struct finding *finding) {
    for (size_t i = 0; i < writer->told_count; i++) {
        struct told_fix *told = &writer->told[i];
        if (strcmp(told->rule, finding->rule))
            continue;
        bool is_new = !slice_equal(told->fix, finding->fix);
        told->fix = finding->fix;
        return is_new;
    }
    ARRAY_PUSH(writer->told, writer->told_count, writer->told_capacity) =
        (struct told_fix){finding->rule, finding->fix};
    return true;
}

static void write_fix(struct writer *writer, const struct finding *finding) {
    if (!finding->fix.size || !is_new_fix(writer, finding))
        return;
    write_styled(writer, GREEN, "    fix:  ");
    buffer_clear(&writer->line);
    safe_append_cut(&writer->line, finding->fix, MESSAGE_SIZE);
    write_wrapped(writer->output, buffer_slice(&writer->line), TEXT_COLUMN);
    buffer_append_byte(writer->output, '\n');
}

static bool is_shown(const struct finding *finding, const struct report_options *options) {
    return finding->severity >= options->least &&
           (finding->state == FINDING_INTRODUCED ||
            (options->carried && finding->state == FINDING_CARRIED));
}

bool report_text_is_silent(const struct verdict *verdict, const struct report_options *options) {
    for (size_t i = 0; i < verdict->findings.count; i++)
        if (verdict->findings.items[i]->state == FINDING_INTRODUCED &&
            is_shown(verdict->findings.items[i], options))
            return false;
    return options->quiet && !verdict->undecided.count;
}

/* Says how many findings are left out; `cut`: more than are known. */
static void write_rest(struct writer *writer, size_t hidden, bool cut,
                       const struct report_options *options) {
    if (!hidden)
        return;
    buffer_append_format(writer->output, "\n%*s%s", TEXT_COLUMN, "", cut ? "at least " : "");
    summary_append_count(writer->output, hidden, "more finding");
    buffer_append_string(writer->output, "; ");
    safe_append(writer->output, slice_of(options->whole ? options->whole : "--max 0"));
    buffer_append_string(writer->output, cut ? " shows more\n" : " shows all\n");
}

/* Of how many findings of each severity something is shown. */
struct allotment {
    size_t counts[SEVERITY_ERROR + 1];
};

static size_t count_shown(const struct finding_list *findings,
                          const struct report_options *options) {
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += is_shown(findings->items[i], options);
    return count;
}

/* The more severe ones first, `most` in all. */
static struct allotment allot(const struct finding_list *findings, size_t most,
                              const struct report_options *options) {
    struct allotment allowed = {{0}};
    for (size_t i = 0; i < findings->count; i++)
        allowed.counts[findings->items[i]->severity] += is_shown(findings->items[i], options);
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_OFF; severity--) {
        if (allowed.counts[severity] > most)
            allowed.counts[severity] = most;
        most -= allowed.counts[severity];
    }
    return allowed;
}

static bool take(struct allotment *allowed, const struct finding *finding) {
    if (!allowed->counts[finding->severity])
        return false;
    allowed->counts[finding->severity]--;
    return true;
}

/* The first `shown` findings, and of these the first `whole` with excerpt and fix. */
static void write_findings(struct writer *writer, const struct finding_list *findings, size_t shown,
                           size_t whole, const struct report_options *options) {
    struct allotment any = allot(findings, shown, options);
    struct allotment in_full = allot(findings, whole, options);
    struct slice path = {0};
    bool first = true, after_full = false;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = findings->items[i];
        if (!is_shown(finding, options) || !take(&any, finding))
            continue;
        bool full = take(&in_full, finding);
        if (first || !slice_equal(path, finding->path))
            write_path(writer, finding->path);
        else if (full || after_full)
            buffer_append_byte(writer->output, '\n');
        first = false;
        after_full = full;
        path = finding->path;
        write_headline(writer, finding);
        if (!full)
            continue;
        write_excerpt(writer, finding);
        write_fix(writer, finding);
    }
}

static bool fits(struct writer *writer, const struct finding_list *findings, size_t shown,
                 size_t whole, const struct report_options *options) {
    struct buffer *output = writer->output, tried = BUFFER_EMPTY;
    size_t lines = 0;
    writer->output = &tried;
    write_findings(writer, findings, shown, whole, options);
    for (size_t i = 0; i < tried.size; i++)
        lines += tried.data[i] == '\n';
    writer->output = output;
    buffer_release(&tried);
    return lines <= options->fits;
}

/* As many as have room, some in full before all in short. */
static void write_fitting(struct writer *writer, const struct verdict *verdict,
                          const struct report_options *options) {
    const struct finding_list *findings = &verdict->findings;
    size_t all = count_shown(findings, options), shown = all, whole;
    if (options->most && options->most < shown)
        shown = options->most;
    whole = shown;
    if (options->fits) {
        shown = shown < options->fits ? shown : options->fits;
        whole = shown;
        while (whole > LEAST_IN_FULL && !fits(writer, findings, shown, whole, options))
            whole--;
        while (shown > whole && !fits(writer, findings, shown, whole, options))
            shown--;
    }
    write_findings(writer, findings, shown, whole, options);
    write_rest(writer, all - shown, verdict->cut, options);
    if (all)
        buffer_append_byte(writer->output, '\n');
}

static void write_thanks(struct writer *writer, const struct verdict *verdict) {
    size_t fixed = verdict_summary(verdict).fixed, told = 0;
    if (!fixed)
        return;
    write_styled(writer, GREEN, "fixed, thank you:");
    for (size_t i = 0; i < verdict->findings.count && told < MOST_REMARKS; i++) {
        const struct finding *finding = verdict->findings.items[i];
        if (finding->state != FINDING_FIXED)
            continue;
        buffer_append_string(writer->output, told++ ? ", " : " ");
        safe_append(writer->output, slice_of(finding->rule));
        buffer_append_string(writer->output, " (");
        safe_append(writer->output, finding->path);
        if (finding->has_place)
            buffer_append_format(writer->output, ":%zu", finding->start.line);
        else if (finding->page)
            buffer_append_format(writer->output, ", page %zu", finding->page);
        buffer_append_byte(writer->output, ')');
    }
    if (fixed > told)
        buffer_append_format(writer->output, " and %zu more", fixed - told);
    buffer_append_byte(writer->output, '\n');
}

/* One line for each of the first `most` remarks, and one that counts the rest. */
static void write_remarks(struct writer *writer, const struct remark_list *remarks,
                          const char *label, const char *parameters, size_t most) {
    for (size_t i = 0; i < remarks->count && i < most; i++) {
        const struct remark *remark = &remarks->items[i];
        write_styled(writer, parameters, label);
        buffer_append_byte(writer->output, ' ');
        safe_append(writer->output, remark->path);
        if (remark->path.size)
            buffer_append_string(writer->output, ": ");
        safe_append_cut(writer->output, remark->reason, MESSAGE_SIZE);
        buffer_append_byte(writer->output, '\n');
    }
    if (remarks->count > most) {
        write_styled(writer, parameters, label);
        buffer_append_format(writer->output, " and %zu more\n", remarks->count - most);
    }
}

/* What was found, and below it, if there is no room behind, what was looked at. */
static void write_summary(struct writer *writer, const struct verdict *verdict,
                          const struct report_options *options) {
    static const char separator[] = "; ";
    struct buffer *line = &writer->line;
    buffer_clear(line);
    summary_append(line, verdict, options);
    size_t cut = 0, at = 0;
    while ((at = slice_find(buffer_slice(line), separator, at)) != SLICE_NOT_FOUND)
        cut = ++at;
    bool clean = !verdict_summary(verdict).introduced && !verdict->undecided.count;
    if (!clean && cut && utf8_count(buffer_slice(line)) > LINE_WIDTH)
        line->data[cut] = '\n';
    style(writer, verdict_exit_status(verdict, options->fail_on) == EXIT_CLEAN ? GREEN : BOLD);
    buffer_append_slice(writer->output, buffer_slice(line));
    style(writer, PLAIN);
    buffer_append_byte(writer->output, '\n');
}

/* What a program can mend of what this report is about. */
static void write_offer(struct writer *writer, const struct verdict *verdict,
                        const struct report_options *options) {
    size_t count = 0;
    for (size_t i = 0; options->mend && i < verdict->findings.count; i++) {
        const struct finding *finding = verdict->findings.items[i];
        count += finding->state == FINDING_INTRODUCED && is_shown(finding, options) &&
                 finding->edits.count;
    }
    if (!count)
        return;
    write_styled(writer, GREEN, options->mend);
    buffer_append_format(writer->output, "  mends %zu of these\n", count);
}

void report_text(struct buffer *output, const struct verdict *verdict,
                 const struct report_options *options) {
    struct writer writer = {.output = output, .colour = options->colour};
    if (report_text_is_silent(verdict, options)) {
        if (options->tells_unread && verdict->unread)
            write_remarks(&writer, &verdict->skipped, "skipped:", DIM, MOST_REMARKS);
        buffer_release(&writer.line);
        return;
    }
    write_fitting(&writer, verdict, options);
    if (options->hints)
        write_remarks(&writer, options->hints, "hint:", CYAN, MOST_REMARKS);
    write_thanks(&writer, verdict);
    write_remarks(&writer, &verdict->undecided, "undecided:", YELLOW, verdict->undecided.count);
    write_remarks(&writer, &verdict->skipped, "skipped:", DIM, MOST_REMARKS);
    write_remarks(&writer, &verdict->notes, "note:", CYAN, verdict->notes.count);
    write_summary(&writer, verdict, options);
    write_offer(&writer, verdict, options);
    buffer_release(&writer.line);
    buffer_release(&writer.mark);
    free(writer.told);
}
