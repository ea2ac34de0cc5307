/* How much a finding weighs: set by its rule, changed by the configuration. */
#ifndef CONFIG_SEVERITY_H
#define CONFIG_SEVERITY_H

#include "base/slice.h"

enum severity { SEVERITY_OFF, SEVERITY_NOTICE, SEVERITY_WARNING, SEVERITY_ERROR };

/* By severity: "off", "notice", "warning", "error"; ends with NULL. */
extern const char *const severity_names[];

/* "error", "warning", "notice", "off". */
const char *severity_name(enum severity severity);

/* False when `name` is none of them. */
bool severity_parse(struct slice name, enum severity *severity);

#endif
