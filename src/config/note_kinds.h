/* The key `notes` of a configuration: the kinds of notes that a course has. */
#ifndef CONFIG_NOTE_KINDS_H
#define CONFIG_NOTE_KINDS_H

#include "config/config.h"

/* Fills `notes` of the configuration from `list`; what is wrong is STATUS_USAGE with its place. */
int note_kinds_read(struct config *config, const struct yaml_node *list, struct error *error);

/* Releases the patterns, also those of a list that was read in part. */
void note_kinds_release(struct config *config);

#endif
