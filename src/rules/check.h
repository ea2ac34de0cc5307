/* Checks are code: a kind of test that rules use with parameters. One file each in checks/. */
#ifndef RULES_CHECK_H
#define RULES_CHECK_H

#include "rules/subject.h"

struct check {
    const char *name;
    const struct field *parameters; /* keys of the rule's entry besides the common ones */
    size_t parameters_size;
    const char *const
        *places;        /* names its messages may use, besides file and value; ends with NULL */
    bool about_changes; /* runs on changes only, once each */
    bool needs_document;
    bool takes_document; /* looks at it where there is one, and runs without it, too */
    bool needs_course;   /* looks at subject->course */
    bool runs_last;      /* after the suppressions are applied */

    /* Completes the parameters once they are read (compiles patterns); may be NULL. */
    int (*prepare)(struct rule *rule, struct yaml_file *file, const struct yaml_node *entry,
                   struct error *error);
    void (*run)(const struct rule *rule, struct subject *subject);
    void (*release)(struct rule *rule); /* may be NULL */
};

extern const struct check check_pattern, check_front_matter, check_template_text, check_title,
    check_sections, check_headings, check_image_exists, check_image_text, check_link_exists,
    check_paths, check_change_scope, check_suppression, check_words, check_schedule,
    check_note_lecture, check_note_link, check_note_name, check_note_deadline, check_note_copy,
    check_scribes, check_printed_markup, check_liquid_target, check_encoding, check_file_content,
    check_build_stop, check_anchor_exists, check_math, check_markup, check_citations,
    check_pdf_file, check_first_page, check_pdf_sections, check_figures, check_slides,
    check_picture_file, check_page_url, check_page_moved, check_image_place, check_note_misplaced,
    check_note_figures, check_note_unrecognized;

/* NULL when there is no check of that name. */
const struct check *check_find(struct slice name);

/* Appends the names of all checks, separated by ", ". */
void check_append_names(struct buffer *buffer);

#endif
