/* Files that should not be in the repository, by their names. */
#include "rules/check.h"

#include <stddef.h>

struct paths_parameters {
    struct text_list forbid;  /* globs */
    struct text_list only_in; /* globs of folders where … */
    struct text_list only;    /* … only these may stand */
    struct glob_list forbidden, restricted, permitted;
};

static const struct field parameters[] = {
    {"forbid", FIELD_TEXTS, false, offsetof(struct paths_parameters, forbid), NULL},
    {"only-in", FIELD_TEXTS, false, offsetof(struct paths_parameters, only_in), NULL},
    {"only", FIELD_TEXTS, false, offsetof(struct paths_parameters, only), NULL},
    {0}};

static int prepare(struct rule *rule, struct yaml_file *file, const struct yaml_node *entry,
                   struct error *error) {
    struct paths_parameters *own = rule->parameters;
    if (own->only_in.count ? !own->only.count : own->only.count || !own->forbid.count)
        return yaml_file_error(file, entry, error,
                               "check \"paths\" takes \"forbid\", or \"only-in\" with \"only\"");
    if (glob_list_compile(&own->forbidden, &own->forbid, file, error) != OK ||
        glob_list_compile(&own->restricted, &own->only_in, file, error) != OK)
        return STATUS_USAGE;
    return glob_list_compile(&own->permitted, &own->only, file, error);
}

static void release(struct rule *rule) {
    struct paths_parameters *own = rule->parameters;
    glob_list_release(&own->forbidden);
    glob_list_release(&own->restricted);
    glob_list_release(&own->permitted);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct paths_parameters *own = rule->parameters;
    bool out_of_place = glob_list_matches(&own->restricted, subject->path) &&
                        !glob_list_matches(&own->permitted, subject->path);
    if (out_of_place || glob_list_matches(&own->forbidden, subject->path))
        subject_report(subject, rule, NO_PLACE, subject->path, NULL, 0);
}

const struct check check_paths = {.name = "paths",
                                  .parameters = parameters,
                                  .parameters_size = sizeof(struct paths_parameters),
                                  .prepare = prepare,
                                  .run = run,
                                  .release = release};
