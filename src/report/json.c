#include "report/report.h"

#include "base/memory.h"
#include "text/utf8.h"

#include <jansson.h>
#include <stdlib.h>

enum { FORMAT_VERSION = 1 };

/* Takes over `value`; jansson fails only for want of memory with what it is given here. */
static void set(json_t *object, const char *key, json_t *value) {
    if (json_object_set_new(object, key, value) != 0)
        memory_exhausted();
}

static void push(json_t *array, json_t *value) {
    if (json_array_append_new(array, value) != 0)
        memory_exhausted();
}

static json_t *make_text(struct slice text) {
    struct buffer valid = BUFFER_EMPTY;
    utf8_append_valid(&valid, text);
    json_t *value = json_stringn(buffer_string(&valid), valid.size);
    buffer_release(&valid);
    return value;
}

static json_t *make_string(const char *text) {
    return text ? make_text(slice_of(text)) : json_null();
}

static json_t *make_count(size_t count) {
    return json_integer((json_int_t)count);
}

static json_t *make_count_unless(bool absent, size_t count) {
    return absent ? json_null() : make_count(count);
}

static json_t *make_summary(const struct verdict *verdict) {
    struct summary summary = verdict_summary(verdict);
    json_t *object = json_object();
    set(object, "introduced", make_count(summary.introduced));
    set(object, "fixed", make_count(summary.fixed));
    set(object, "carried", make_count(summary.carried));
    set(object, "errors", make_count(summary.errors));
    set(object, "warnings", make_count(summary.warnings));
    set(object, "notices", make_count(summary.notices));
    set(object, "files", make_count(verdict->files));
    set(object, "rules", make_count(verdict->rules));
    return object;
}

static json_t *make_finding(const struct finding *finding) {
    bool absent = !finding->has_place;
    json_t *object = json_object();
    set(object, "rule", make_string(finding->rule));
    set(object, "severity", make_string(severity_name(finding->severity)));
    set(object, "state", make_string(finding_state_name(finding->state)));
    set(object, "side", make_string(finding->side == SIDE_BASE ? "base" : "head"));
    set(object, "path", make_text(finding->path));
    set(object, "line", make_count_unless(absent, finding->start.line));
    set(object, "column", make_count_unless(absent, finding->start.column));
    set(object, "end_line", make_count_unless(absent, finding->end.line));
    set(object, "end_column", make_count_unless(absent, finding->end.column));
    set(object, "message", make_text(finding->message));
    set(object, "fingerprint", make_string(finding->fingerprint));
    return object;
}

static json_t *make_remarks(const struct remark_list *remarks) {
    json_t *array = json_array();
    for (size_t i = 0; i < remarks->count; i++) {
        json_t *object = json_object();
        set(object, "path", make_text(remarks->items[i].path));
        set(object, "reason", make_text(remarks->items[i].reason));
        push(array, object);
    }
    return array;
}

static json_t *make_report(const struct verdict *verdict) {
    json_t *findings = json_array(), *object = json_object();
    for (size_t i = 0; i < verdict->findings.count; i++)
        push(findings, make_finding(verdict->findings.items[i]));
    set(object, "version", make_count(FORMAT_VERSION));
    set(object, "base", make_string(verdict->base));
    set(object, "head", make_string(verdict->head));
    set(object, "summary", make_summary(verdict));
    set(object, "findings", findings);
    set(object, "skipped", make_remarks(&verdict->skipped));
    set(object, "undecided", make_remarks(&verdict->undecided));
    return object;
}

/*
 * The text is ASCII with C0 escaped by jansson. DEL and the bracket of `##[`, which a CI log takes
 * for a command, can only stand in strings, and are written as escapes that mean the same.
 */
static void append_escaped(struct buffer *output, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        bool command =
            text.data[i] == '[' && i >= 2 && text.data[i - 1] == '#' && text.data[i - 2] == '#';
        if (command || text.data[i] == 0x7F)
            buffer_append_format(output, "\\u%04x", (unsigned)text.data[i]);
        else
            buffer_append_byte(output, text.data[i]);
    }
}

static void *allocate(size_t size) {
    return memory_allocate(size, 1);
}

void report_json(struct buffer *output, const struct verdict *verdict,
                 const struct report_options *options) {
    (void)options;
    /* Out of memory jansson would leave fields out, and nobody would see it. */
    json_set_alloc_funcs(allocate, free);
    json_t *report = make_report(verdict);
    char *text = json_dumps(report, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    if (!text)
        memory_exhausted();
    append_escaped(output, slice_of(text));
    buffer_append_byte(output, '\n');
    free(text);
    json_decref(report);
}
