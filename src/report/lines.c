/* "file:line:column: severity: message [rule]", as compilers write and editors read it. */
#include "report/report.h"
#include "report/safe.h"

enum { MESSAGE_SIZE = 1000 };

static void write_line(struct buffer *output, struct slice path, struct position place,
                       const char *severity, struct slice message) {
    safe_append_path(output, path);
    buffer_append_format(output, ":%zu:%zu: %s: ", place.line, place.column, severity);
    safe_append_cut(output, message, MESSAGE_SIZE);
}

/* A finding about the whole file stands at its beginning, since editors want a place. */
static void write_finding(struct buffer *output, const struct finding *finding) {
    struct position place = finding->has_place ? finding->start : (struct position){1, 1};
    struct buffer message = BUFFER_EMPTY;
    if (finding->page)
        buffer_append_format(&message, "page %zu: ", finding->page);
    buffer_append_slice(&message, finding->message);
    write_line(output, finding->path, place, severity_name(finding->severity),
               buffer_slice(&message));
    buffer_release(&message);
    buffer_append_string(output, " [");
    safe_append(output, slice_of(finding->rule));
    buffer_append_string(output, "]\n");
}

static void write_undecided(struct buffer *output, const struct remark *remark) {
    if (remark->path.size) {
        write_line(output, remark->path, (struct position){1, 1}, "error",
                   slice_of("could not be checked: "));
    } else {
        buffer_append_string(output, "scribelint: could not decide: ");
    }
    safe_append_cut(output, remark->reason, MESSAGE_SIZE);
    buffer_append_byte(output, '\n');
}

void report_lines(struct buffer *output, const struct verdict *verdict,
                  const struct report_options *options) {
    for (size_t i = 0; i < verdict->findings.count; i++) {
        const struct finding *finding = verdict->findings.items[i];
        if (finding->state == FINDING_INTRODUCED ||
            (finding->state == FINDING_CARRIED && options->carried))
            write_finding(output, finding);
    }
    for (size_t i = 0; i < verdict->undecided.count; i++)
        write_undecided(output, &verdict->undecided.items[i]);
}
