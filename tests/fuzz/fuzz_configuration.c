/* A course's .scribelint.yml. */
#include "config/config.h"
#include "config/name_form.h"
#include "fuzz.h"

/* What a form writes is of that form. */
static void try_name_form(struct slice form) {
    static const struct name_values full = {2024, 2, 29, 7, {"disks", 5}};
    struct name_values read;
    struct buffer name = BUFFER_EMPTY;
    if (form.size && name_form_write(&name, form, &full))
        require(name_form_read(form, buffer_slice(&name), &read));
    buffer_release(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    struct slice text = {(const char *)data, size};
    int status = config_parse(&config, CONFIG_FILE_NAME, text, &error);
    require(status == OK || *error_message(&error));
    if (status == OK) {
        struct slice note = slice_of("_posts/2024-01-01-lecture-01.md");
        config_note_kind(config, note);
        config_severity(config, slice_of("image-alt-missing"), note, SEVERITY_NOTICE);
        for (size_t i = 0; i < config->note_count; i++)
            try_name_form(config->notes[i].name_form);
    }
    config_free(config);
    error_release(&error);
    return 0;
}
