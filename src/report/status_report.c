#include "report/status_report.h"

const struct status_format status_formats[] = {
    {"text", status_text}, {"markdown", status_markdown},
    {"csv", status_csv},   {"json", status_json},
    {NULL, NULL},
};
