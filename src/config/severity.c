#include "config/severity.h"

#include "base/memory.h"

static const char *const names[] = {"off", "notice", "warning", "error"};

const char *severity_name(enum severity severity) {
    return names[severity];
}

bool severity_parse(struct slice name, enum severity *severity) {
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (slice_equal_string(name, names[i])) {
            *severity = (enum severity)i;
            return true;
        }
    }
    return false;
}
