#include "config/severity.h"

const char *const severity_names[] = {"off", "notice", "warning", "error", NULL};

const char *severity_name(enum severity severity) {
    return severity_names[severity];
}

bool severity_parse(struct slice name, enum severity *severity) {
    for (size_t i = 0; severity_names[i]; i++) {
        if (slice_equal_string(name, severity_names[i])) {
            *severity = (enum severity)i;
            return true;
        }
    }
    return false;
}
