/* The keys `rules` and `overrides` of a configuration: how much findings weigh. */
#ifndef CONFIG_RULE_SETTINGS_H
#define CONFIG_RULE_SETTINGS_H

#include "config/config.h"

/* Both fill the member of that name; what is wrong is STATUS_USAGE with its place. */
int rule_settings_read(struct config *config, const struct yaml_node *mapping, struct error *error);
int overrides_read(struct config *config, const struct yaml_node *list, struct error *error);

/* Releases the globs, also those of a list that was read in part. */
void overrides_release(struct config *config);

#endif
