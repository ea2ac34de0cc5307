/* Bibliographies: the whole input as BibTeX. */
#include "course/bibliography.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice bytes = {(const char *)data, size};
    struct bibliography bibliography;
    bibliography_read(&bibliography, bytes);
    for (size_t i = 0; i < bibliography.count; i++) {
        require_span(bibliography.entries[i].span, size);
        require_span(bibliography.entries[i].key_span, size);
        require(bibliography_find(&bibliography, bibliography.entries[i].key) != NULL);
    }
    for (size_t i = 0; i < bibliography.fault_count; i++)
        require_span(bibliography.faults[i].span, size);
    bibliography_release(&bibliography);
    return 0;
}
