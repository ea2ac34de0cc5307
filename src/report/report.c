#include "report/report.h"

#include <string.h>

const struct report_format report_formats[] = {
    {"text", "for people: each place with its line and what to do", report_text},
    {"github", "workflow commands that GitHub shows as annotations", report_github},
    {"json", "everything, for programs (docs/json.md)", report_json},
    {"lines", "one line for each finding, for editors; nothing when there is none", report_lines},
    {"sarif", "SARIF 2.1.0, for GitHub's code scanning and other viewers", report_sarif},
    {"rdjsonl", "one line of JSON for each finding, for reviewdog", report_rdjsonl},
    {"markdown", "a page for people, such as the summary of a job on GitHub", report_markdown},
    {NULL, NULL, NULL},
};

const struct report_format *report_format_find(const char *name) {
    for (const struct report_format *format = report_formats; format->name; format++)
        if (!strcmp(format->name, name))
            return format;
    return NULL;
}
