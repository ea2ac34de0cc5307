/* A note as a whole, with and without single-dollar math. */
#include "walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice bytes = {(const char *)data, size};
    walk_document(bytes, false);
    walk_document(bytes, true);
    return 0;
}
