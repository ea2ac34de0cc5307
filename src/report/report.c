#include "report/report.h"

#include <string.h>

const struct report_format report_formats[] = {
    {"text", "for people: each place with its line and what to do", report_text},
    {"github", "workflow commands that GitHub shows as annotations", report_github},
    {"json", "everything, for programs (docs/json.md)", report_json},
    {"lines", "one line for each finding, for editors; nothing when there is none", report_lines},
    {NULL, NULL, NULL},
};

const struct report_format *report_format_find(const char *name) {
    for (const struct report_format *format = report_formats; format->name; format++)
        if (!strcmp(format->name, name))
            return format;
    return NULL;
}
