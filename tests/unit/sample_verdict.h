/* Verdicts for the tests of the report formats. */
#ifndef SAMPLE_VERDICT_H
#define SAMPLE_VERDICT_H

#include "finding/fingerprint.h"
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SAMPLE_BASE "1c25d27a8f0e5b6c7d8e9f00112233445566778a"

/* Bytes that must not get through: escape, bidirectional mark, CR, LF, invalid UTF-8, commands. */
#define HOSTILE "\033[31m\r\n::error::x ##[add-mask]y \xE2\x80\xAE\xFF %0A::stop"

/* What HOSTILE is in a report for people. */
#define HOSTILE_SHOWN "\\x1B[31m\\r\\n::error::x ##\\[add-mask]y \\u{202E}\\xFF %0A::stop"

/* An introduced error without a place; the texts must outlive the verdict. */
static inline struct finding *sample_finding(struct verdict *verdict, const char *rule,
                                             const char *path, const char *message) {
    struct finding *finding = finding_list_add(&verdict->findings);
    finding->rule = rule;
    finding->severity = SEVERITY_ERROR;
    finding->path = slice_of(path);
    finding->base_path = finding->path;
    finding->message = slice_of(message);
    finding->subject = finding->message;
    fingerprint_set(finding);
    return finding;
}

/* Gives a finding a place on one line, [column, end_column). */
static inline void sample_place(struct finding *finding, size_t line, size_t column,
                                size_t end_column, const char *excerpt) {
    finding->has_place = true;
    finding->start = (struct position){line, column};
    finding->end = (struct position){line, end_column};
    finding->excerpt = slice_of(excerpt);
}

static inline void sample_remark(struct verdict *verdict, struct remark_list *list,
                                 const char *path, const char *reason) {
    verdict_remark(verdict, list, slice_of(path), slice_of(reason));
}

static inline struct verdict sample_verdict(void) {
    return (struct verdict){.base = SAMPLE_BASE, .head = "index", .files = 2, .rules = 24};
}

/* The whole report, for free(). */
static inline char *sample_report(const char *format, struct verdict *verdict, bool colour) {
    struct buffer output = BUFFER_EMPTY;
    struct report_options options = {.colour = colour, .fail_on = SEVERITY_ERROR};
    finding_list_sort(&verdict->findings);
    report_format_find(format)->write(&output, verdict, &options);
    return buffer_detach(&output);
}

/* Compares the whole report and releases the verdict. */
static inline void sample_expect(const char *format, struct verdict *verdict,
                                 const char *expected) {
    char *report = sample_report(format, verdict, false);
    assert_string_equal(report, expected);
    free(report);
    verdict_release(verdict);
}

/* How often `needle` stands in `text`. */
static inline size_t sample_count(const char *text, const char *needle) {
    size_t count = 0;
    for (const char *at = strstr(text, needle); at; at = strstr(at + 1, needle))
        count++;
    return count;
}

#endif
