/* Output formats: one function each, one row each in report_formats. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buffer.h"
#include "finding/verdict.h"

#include <stdio.h>

struct report_options {
    bool colour;           /* text only */
    enum severity fail_on; /* so that the last line can say what blocks */
    bool carried;          /* text and lines: show findings that stood at the base, too */
    bool quiet;            /* text only: not a word when nothing is introduced or undecided */
    size_t most;           /* text only: findings shown at the most; 0: all */
};

/* Appends the whole report to `output`. Text of the checked files is untrusted: it is neutralised.
 */
typedef void report_writer(struct buffer *output, const struct verdict *verdict,
                           const struct report_options *options);

struct report_format {
    const char *name;
    const char *summary; /* for the manual */
    report_writer *write;
};

/* The names in report_formats, as a choice of options. */
#define REPORT_FORMAT_CHOICES "text|github|json|lines"

/* Ends with a row whose name is NULL. */
extern const struct report_format report_formats[];

/* NULL when there is no such format. */
const struct report_format *report_format_find(const char *name);

report_writer report_text, report_github, report_json, report_lines;

#endif
