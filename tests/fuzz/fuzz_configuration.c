/* A course's .scribelint.yml. */
#include "config/config.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct config *config = NULL;
    struct error error = ERROR_NONE;
    struct slice text = {(const char *)data, size};
    int status = config_parse(&config, CONFIG_FILE_NAME, text, &error);
    require(status == OK || *error_message(&error));
    if (status == OK)
        config_note_kind(config, slice_of("_posts/2024-01-01-lecture-01.md"));
    config_free(config);
    error_release(&error);
    return 0;
}
