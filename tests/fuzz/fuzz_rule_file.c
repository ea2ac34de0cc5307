/* A file of rules, as a course or a pull request's base may bring it. */
#include "fuzz.h"
#include "rules/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct rule_set set = {0};
    struct error error = ERROR_NONE;
    int status = rule_set_add(&set, "rules.yml", (struct slice){(const char *)data, size}, &error);
    require(status == OK || *error_message(&error));
    if (status == OK)
        rule_set_check(&set, &error);
    rule_set_release(&set);
    error_release(&error);
    return 0;
}
