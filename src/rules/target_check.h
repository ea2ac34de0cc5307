/* What the checks of images and links share: does the site have what a destination leads to? */
#ifndef RULES_TARGET_CHECK_H
#define RULES_TARGET_CHECK_H

#include "course/arrival.h"
#include "rules/subject.h"

enum target_problem {
    PROBLEM_MISSING,
    PROBLEM_WRONG_CASE,
    PROBLEM_BASEURL_DROPPED,
    PROBLEM_FOLDER,
    PROBLEM_MISPLACED,
    PROBLEM_SPACES, /* blanks that kramdown takes and CommonMark does not */
};

/* For the parameter `finds`; ends with NULL. */
extern const char *const target_problem_names[];

/* Names for messages: target, spelling, page, near (`: "x" is there`, or empty); ends with NULL. */
extern const char *const target_places[];

/* Reports the link when it has that problem, with the edit that mends it where one is certain. */
void target_report(const struct rule *rule, const struct subject *subject, const struct link *link,
                   const struct arrival *arrival, enum target_problem problem);

/* Reports the link when its destination has blanks that only kramdown takes. */
void target_report_spaces(const struct rule *rule, const struct subject *subject,
                          const struct link *link);

#endif
