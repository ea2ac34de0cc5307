#include "rules/check.h"

#include "base/memory.h"

static const struct check *const checks[] = {
    &check_pattern,       &check_front_matter,     &check_template_text,
    &check_title,         &check_sections,         &check_headings,
    &check_image_exists,  &check_image_text,       &check_link_exists,
    &check_paths,         &check_change_scope,     &check_suppression,
    &check_words,         &check_printed_markup,   &check_liquid_target,
    &check_encoding,      &check_file_content,     &check_build_stop,
    &check_anchor_exists, &check_schedule,         &check_note_lecture,
    &check_note_link,     &check_note_name,        &check_note_deadline,
    &check_note_copy,     &check_scribes,          &check_math,
    &check_markup,        &check_citations,        &check_pdf_file,
    &check_first_page,    &check_pdf_sections,     &check_figures,
    &check_slides,        &check_picture_file,     &check_page_url,
    &check_page_moved,    &check_image_place,      &check_note_misplaced,
    &check_note_figures,  &check_note_unrecognized};

const struct check *check_find(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(checks); i++)
        if (slice_equal_string(name, checks[i]->name))
            return checks[i];
    return NULL;
}

void check_append_names(struct buffer *buffer) {
    for (size_t i = 0; i < COUNT_OF(checks); i++)
        buffer_append_format(buffer, "%s%s", i ? ", " : "", checks[i]->name);
}
