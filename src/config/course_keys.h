/* The keys of a configuration that say what the course is and what it asks of its scribes. */
#ifndef CONFIG_COURSE_KEYS_H
#define CONFIG_COURSE_KEYS_H

#include "config/config.h"

/* The values of these keys; NULL: not there. */
struct course_keys {
    struct yaml_node *course, *schedule, *roster, *deadline, *team, *images;
};

/*
 * Fills the settings of those names. An empty mapping is as good as none. What is wrong is
 * STATUS_USAGE with file:line:column.
 */
int course_keys_read(struct config *config, const struct course_keys *keys, struct error *error);

/* The whole number of `node`, which is the value of the key `name`; else STATUS_USAGE. */
int config_read_number(long *number, struct config *config, const struct yaml_node *node,
                       const char *name, long least, long most, struct error *error);

#endif
