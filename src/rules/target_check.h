/* What the checks of images and links share: is the file that a destination means there? */
#ifndef RULES_TARGET_CHECK_H
#define RULES_TARGET_CHECK_H

#include "rules/subject.h"

enum target_problem { PROBLEM_TARGET_MISSING, PROBLEM_TARGET_WRONG_CASE };

/* For the parameter `finds`; ends with NULL. */
extern const char *const target_problem_names[];

/* Names for messages: target, spelling; ends with NULL. */
extern const char *const target_places[];

/* Reports the link when its file is not there, or only in another case, by `problem`. */
void target_check(const struct rule *rule, const struct subject *subject, const struct link *link,
                  const struct target *target, enum target_problem problem);

#endif
