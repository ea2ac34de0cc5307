#include "report/report.h"

#include "report/json_value.h"

enum { FORMAT_VERSION = 1 };

static json_t *make_count_unless(bool absent, size_t count) {
    return absent ? json_null() : json_value_count(count);
}

static json_t *make_summary(const struct verdict *verdict) {
    struct summary summary = verdict_summary(verdict);
    json_t *object = json_object();
    json_value_set(object, "introduced", json_value_count(summary.introduced));
    json_value_set(object, "fixed", json_value_count(summary.fixed));
    json_value_set(object, "carried", json_value_count(summary.carried));
    json_value_set(object, "errors", json_value_count(summary.errors));
    json_value_set(object, "warnings", json_value_count(summary.warnings));
    json_value_set(object, "notices", json_value_count(summary.notices));
    json_value_set(object, "files", json_value_count(verdict->files));
    json_value_set(object, "rules", json_value_count(verdict->rules));
    return object;
}

/* Offsets are bytes of the file as Git has it. */
static json_t *make_edits(const struct edit_list *edits) {
    json_t *array = json_array();
    for (size_t i = 0; i < edits->count; i++) {
        const struct edit *edit = &edits->items[i];
        json_t *object = json_object();
        json_value_set(object, "path", json_value_text(edit->path));
        if (edit->kind == EDIT_RENAME) {
            json_value_set(object, "rename_to", json_value_text(edit->text));
        } else {
            json_value_set(object, "start", json_value_count(edit->span.start));
            json_value_set(object, "end", json_value_count(edit->span.end));
            json_value_set(object, "text", json_value_text(edit->text));
        }
        json_value_push(array, object);
    }
    return array;
}

static json_t *make_finding(const struct finding *finding) {
    bool absent = !finding->has_place;
    json_t *object = json_object();
    json_value_set(object, "rule", json_value_string(finding->rule));
    json_value_set(object, "severity", json_value_string(severity_name(finding->severity)));
    json_value_set(object, "state", json_value_string(finding_state_name(finding->state)));
    json_value_set(object, "side", json_value_string(finding->side == SIDE_BASE ? "base" : "head"));
    json_value_set(object, "path", json_value_text(finding->path));
    json_value_set(object, "line", make_count_unless(absent, finding->start.line));
    json_value_set(object, "column", make_count_unless(absent, finding->start.column));
    json_value_set(object, "end_line", make_count_unless(absent, finding->end.line));
    json_value_set(object, "end_column", make_count_unless(absent, finding->end.column));
    if (finding->page)
        json_value_set(object, "page", json_value_count(finding->page));
    json_value_set(object, "message", json_value_text(finding->message));
    json_value_set(object, "fingerprint", json_value_string(finding->fingerprint));
    json_value_set(object, "fix", json_value_text_or_null(finding->fix));
    json_value_set(object, "edits", make_edits(&finding->edits));
    return object;
}

static json_t *make_report(const struct verdict *verdict) {
    json_t *findings = json_array(), *object = json_object();
    for (size_t i = 0; i < verdict->findings.count; i++)
        json_value_push(findings, make_finding(verdict->findings.items[i]));
    json_value_set(object, "version", json_value_count(FORMAT_VERSION));
    json_value_set(object, "base", json_value_string(verdict->base));
    json_value_set(object, "head", json_value_string(verdict->head));
    json_value_set(object, "verdict", json_value_string(*verdict->id ? verdict->id : NULL));
    json_value_set(object, "summary", make_summary(verdict));
    json_value_set(object, "findings", findings);
    json_value_set(object, "skipped", json_value_remarks(&verdict->skipped));
    json_value_set(object, "undecided", json_value_remarks(&verdict->undecided));
    return object;
}

void report_json(struct buffer *output, const struct verdict *verdict,
                 const struct report_options *options) {
    (void)options;
    json_value_begin();
    json_value_print(output, make_report(verdict));
}
