/*
 * The Reviewdog Diagnostic Format, one JSON object a line; columns count bytes:
 * https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
 */
#include "report/report.h"

#include "base/memory.h"
#include "report/file_text.h"
#include "report/json_value.h"
#include "text/utf8.h"

#include <string.h>

/* Bytes of a suggestion; a comment on GitHub has room for little more. */
enum { SUGGESTION_LIMIT = 16 * 1024 };

static const char *const levels[] = {
    [SEVERITY_OFF] = "INFO",
    [SEVERITY_NOTICE] = "INFO",
    [SEVERITY_WARNING] = "WARNING",
    [SEVERITY_ERROR] = "ERROR",
};

/* The first column of a line is the same in bytes; column 0: not known, which leaves it out. */
static json_t *make_position(size_t line, size_t column) {
    json_t *object = json_object();
    json_value_set(object, "line", json_value_count(line));
    if (column)
        json_value_set(object, "column", json_value_count(column));
    return object;
}

static json_t *make_range(json_t *start, json_t *end) {
    json_t *object = json_object();
    json_value_set(object, "start", start);
    json_value_set(object, "end", end);
    return object;
}

/* Without the file there is the line on which the finding starts. */
static size_t byte_column(struct file_text *text, const struct finding *finding,
                          struct position place) {
    if (place.column <= 1)
        return 1;
    if (finding->side == SIDE_HEAD && file_text_read(text, finding->path))
        return file_text_byte_column(text, place);
    if (place.line != finding->start.line || !finding->excerpt.size)
        return 0;
    size_t offset = 0;
    utf8_skip(finding->excerpt, &offset, place.column - 1);
    return offset + 1;
}

static json_t *make_location(struct file_text *text, const struct finding *finding) {
    json_t *location = json_object();
    json_value_set(location, "path", json_value_text(finding->path));
    if (!finding->has_place)
        return location;
    struct position start = finding->start, end = finding->end;
    json_t *first = make_position(start.line, byte_column(text, finding, start));
    json_t *last = make_position(end.line, byte_column(text, finding, end));
    json_value_set(location, "range", make_range(first, last));
    return location;
}

static json_t *make_byte_position(const struct source *source, size_t offset) {
    size_t line = source_line(source, offset);
    return make_position(line, offset - source_line_start(source, line) + 1);
}

/* reviewdog takes a suggestion for the very lines of the finding, and complains of any other. */
static bool has_lines_of(const struct finding *finding, const struct source *source,
                         struct span span) {
    return finding->has_place && source_line(source, span.start) == finding->start.line &&
           source_line(source, span.end) == finding->end.line;
}

static void add_suggestion(json_t *object, struct file_text *text, const struct finding *finding) {
    struct span span;
    struct buffer replacement = BUFFER_EMPTY;
    if (file_text_replacement(&span, &replacement, text, finding, SUGGESTION_LIMIT) &&
        has_lines_of(finding, &text->source, span) && utf8_is_valid(buffer_slice(&replacement))) {
        json_t *suggestion = json_object(), *array = json_array();
        json_t *start = make_byte_position(&text->source, span.start);
        json_t *end = make_byte_position(&text->source, span.end);
        json_value_set(suggestion, "range", make_range(start, end));
        json_value_set(suggestion, "text", json_value_text(buffer_slice(&replacement)));
        json_value_push(array, suggestion);
        json_value_set(object, "suggestions", array);
    }
    buffer_release(&replacement);
}

static json_t *make_source(void) {
    json_t *object = json_object();
    json_value_set(object, "name", json_value_string("scribelint"));
    return object;
}

/* Plain text, as the format has it. */
static json_t *make_message(const struct finding *finding) {
    struct buffer message = BUFFER_EMPTY;
    if (finding->page)
        buffer_append_format(&message, "Page %zu: ", finding->page);
    utf8_append_visible(&message, finding->message);
    if (finding->fix.size) {
        buffer_append_string(&message, "\nFix: ");
        utf8_append_visible(&message, finding->fix);
    }
    json_t *value = json_value_text(buffer_slice(&message));
    buffer_release(&message);
    return value;
}

static void write_finding(struct buffer *output, struct file_text *text,
                          const struct finding *finding) {
    json_t *object = json_object(), *code = json_object();
    json_value_set(code, "value", json_value_string(finding->rule));
    json_value_set(object, "message", make_message(finding));
    json_value_set(object, "location", make_location(text, finding));
    json_value_set(object, "severity", json_value_string(levels[finding->severity]));
    json_value_set(object, "source", make_source());
    json_value_set(object, "code", code);
    add_suggestion(object, text, finding);
    json_value_print_line(output, object);
}

static void write_undecided(struct buffer *output, const struct remark *remark) {
    json_t *object = json_object(), *location = json_object();
    struct buffer message = BUFFER_EMPTY;
    buffer_append_string(&message, "could not be checked: ");
    utf8_append_visible(&message, remark->reason);
    json_value_set(location, "path", json_value_text(remark->path));
    json_value_set(object, "message", json_value_text(buffer_slice(&message)));
    json_value_set(object, "location", location);
    json_value_set(object, "severity", json_value_string(levels[SEVERITY_WARNING]));
    json_value_set(object, "source", make_source());
    json_value_print_line(output, object);
    buffer_release(&message);
}

void report_rdjsonl(struct buffer *output, const struct verdict *verdict,
                    const struct report_options *options) {
    struct file_text text = {.files = options->files};
    json_value_begin();
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = verdict->findings.items[i];
        if (finding->state == FINDING_INTRODUCED ||
            (finding->state == FINDING_CARRIED && options->carried))
            write_finding(output, &text, finding);
    }
    for (size_t i = 0; i < verdict->undecided.count; i++)
        write_undecided(output, &verdict->undecided.items[i]);
    file_text_release(&text);
}
