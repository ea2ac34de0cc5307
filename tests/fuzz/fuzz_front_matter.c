/* The head of a note: the input stands between two fences, and once by itself. */
#include "walk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buffer fenced = BUFFER_EMPTY;
    buffer_append_string(&fenced, "---\n");
    buffer_append(&fenced, data, size);
    buffer_append_string(&fenced, "\n---\n");
    walk_document(buffer_slice(&fenced), false);
    buffer_release(&fenced);
    walk_document((struct slice){(const char *)data, size}, false);
    return 0;
}
