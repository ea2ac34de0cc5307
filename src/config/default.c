#include "config/config.h"

/*
 * For the two layouts that note repositories have: a post for each lecture, made from a template,
 * and a PDF for each lecture. Required keys come from the template: a course's template shows what
 * its notes have.
 */
static const char default_text[] = "notes:\n"
                                   "  - files: '_posts/*-lecture*.{md,markdown}'\n"
                                   "    template: '_posts/*template*.{md,markdown}'\n"
                                   "    title: 'Lecture {n}: {title}'\n"
                                   "    metadata: {optional: [abstract, date]}\n"
                                   "    assets:\n"
                                   "      - 'assets/img/notes/lecture-{nn}/'\n"
                                   "      - 'assets/bibliography/{stem}.bib'\n"
                                   "  - files: 'assets/scribe_notes/*.pdf'\n"
                                   "allow: ['_modules/*.md']\n";

int config_defaults(struct config **config, struct error *error) {
    int status = config_parse(config, "built-in defaults", slice_of(default_text), error);
    if (status == OK)
        (*config)->guessed = true;
    return status;
}
