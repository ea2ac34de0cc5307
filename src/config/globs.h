/* Lists of path globs, compiled once. */
#ifndef CONFIG_GLOBS_H
#define CONFIG_GLOBS_H

#include "text/fields.h"
#include "text/pattern.h"

struct glob_list {
    struct pattern **patterns;
    size_t count;
};

/* Compiles `texts` of `file`; a bad one is STATUS_USAGE with its place. Release in any case. */
int glob_list_compile(struct glob_list *globs, const struct text_list *texts,
                      const struct yaml_file *file, struct error *error);
void glob_list_release(struct glob_list *globs);

bool glob_list_matches(const struct glob_list *globs, struct slice path);

#endif
