#include "report/summary.h"

#include "report/safe.h"

#include <string.h>

enum { ABBREVIATED_ID_SIZE = 7 };

void summary_append_count(struct buffer *output, size_t count, const char *noun) {
    buffer_append_format(output, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

/* Appends `, ` between parts; the first part of a list begins at `start`. */
static void separate(struct buffer *output, size_t start, const char *separator) {
    if (output->size > start)
        buffer_append_string(output, separator);
}

static void append_side(struct buffer *output, const char *name, const char *revision) {
    struct slice text = slice_of(revision);
    bool is_id = text.size >= 40 && strspn(revision, "0123456789abcdef") == text.size;
    buffer_append_format(output, "%s ", name);
    safe_append(output, is_id ? slice_part(text, 0, ABBREVIATED_ID_SIZE) : text);
}

/* "5 files checked against 24 rules, 1 skipped (base 1c25d27, head index, verdict 0c9f3b…)" */
static void append_scope(struct buffer *output, const struct verdict *verdict) {
    summary_append_count(output, verdict->files, "file");
    buffer_append_string(output, " checked against ");
    summary_append_count(output, verdict->rules, "rule");
    if (verdict->skipped.count)
        buffer_append_format(output, ", %zu skipped", verdict->skipped.count);
    if (!verdict->base && !verdict->head && !*verdict->id)
        return;
    buffer_append_string(output, " (");
    size_t start = output->size;
    if (verdict->base)
        append_side(output, "base", verdict->base);
    separate(output, start, ", ");
    if (verdict->head)
        append_side(output, "head", verdict->head);
    if (*verdict->id) {
        separate(output, start, ", ");
        buffer_append_format(output, "verdict %s", verdict->id);
    }
    buffer_append_byte(output, ')');
}

/* "3 errors, 1 warning introduced"; without a base nothing can be told to be new. */
static void append_introduced(struct buffer *output, const struct summary *summary,
                              const char *verb) {
    const struct {
        size_t count;
        const char *noun;
    } parts[] = {
        {summary->errors, "error"}, {summary->warnings, "warning"}, {summary->notices, "notice"}};
    size_t start = output->size;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].count)
            continue;
        separate(output, start, ", ");
        summary_append_count(output, parts[i].count, parts[i].noun);
    }
    if (output->size == start)
        buffer_append_string(output, "nothing");
    buffer_append_format(output, " %s", verb);
}

static void append_blocking(struct buffer *output, const struct verdict *verdict, size_t introduced,
                            enum severity fail_on) {
    size_t blocking = 0;
    for (size_t i = 0; i < verdict->findings.count; i++)
        blocking += verdict_blocks(verdict->findings.items[i], fail_on);
    if (!blocking)
        buffer_append_string(output, " (not blocking)");
    else if (blocking == introduced)
        buffer_append_string(output, " (blocking)");
    else
        buffer_append_format(output, " (%zu blocking)", blocking);
}

/* "; 1 fixed, 4 carried" */
static void append_old(struct buffer *output, const struct summary *summary) {
    if (!summary->fixed && !summary->carried)
        return;
    buffer_append_string(output, "; ");
    size_t start = output->size;
    if (summary->fixed)
        buffer_append_format(output, "%zu fixed", summary->fixed);
    if (summary->fixed && summary->carried)
        separate(output, start, ", ");
    if (summary->carried)
        buffer_append_format(output, "%zu carried", summary->carried);
}

void summary_append(struct buffer *output, const struct verdict *verdict,
                    const struct report_options *options) {
    struct summary summary = verdict_summary(verdict);
    bool old = summary.fixed || summary.carried;
    const char *verb = verdict->base ? "introduced" : "found";
    if (!summary.introduced && !verdict->undecided.count) {
        buffer_append_string(output, "scribelint: ");
        append_scope(output, verdict);
        buffer_append_format(output, ": nothing %s", old ? "introduced" : "found");
        append_old(output, &summary);
        return;
    }
    buffer_append_string(output, verdict->cut && summary.introduced ? "at least " : "");
    append_introduced(output, &summary, verb);
    if (summary.introduced)
        append_blocking(output, verdict, summary.introduced, options->fail_on);
    append_old(output, &summary);
    if (verdict->undecided.count)
        buffer_append_format(output, "; %zu undecided", verdict->undecided.count);
    buffer_append_string(output, "; ");
    append_scope(output, verdict);
}
