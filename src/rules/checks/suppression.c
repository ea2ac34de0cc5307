/* Comments that silence nothing: because nothing is there, or because they are not understood. */
#include "rules/suppression.h"
#include "rules/check.h"
#include "rules/review.h"

#include <stddef.h>

enum problem { PROBLEM_UNUSED, PROBLEM_UNKNOWN, PROBLEM_NO_REASON };

static const char *const problem_names[] = {"unused", "unknown", "no-reason", NULL};

struct suppression_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct suppression_parameters, finds), problem_names},
    {0}};

static bool is_problem(const struct rule *rule, const struct subject *subject,
                       const struct suppression *suppression) {
    const struct suppression_parameters *own = rule->parameters;
    const struct rule_set *rules = subject->review->rules;
    const struct rule *silenced = rule_set_find(rules, suppression->rule);
    bool known = silenced != NULL;
    switch ((enum problem)own->finds) {
    case PROBLEM_UNKNOWN:
        return !known;
    case PROBLEM_NO_REASON:
        return known && !suppression->reason.size;
    case PROBLEM_UNUSED:
        return known && suppression->reason.size && !suppression->used &&
               subject_severity(subject, silenced) != SEVERITY_OFF;
    }
    return false;
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct suppression_list *list = subject->suppressions;
    for (size_t i = 0; i < list->count; i++)
        if (is_problem(rule, subject, &list->items[i]))
            subject_report(subject, rule, list->items[i].span, list->items[i].rule, NULL, 0);
}

const struct check check_suppression = {.name = "suppression",
                                        .parameters = parameters,
                                        .parameters_size = sizeof(struct suppression_parameters),
                                        .needs_document = true,
                                        .runs_last = true,
                                        .run = run};
