/* Raw HTML: the input inside an element, where Markdown is off, and inside the tag of an image. */
#include "walk.h"

static void walk_between(const char *before, struct slice bytes, const char *after) {
    struct buffer text = BUFFER_EMPTY;
    buffer_append_string(&text, before);
    buffer_append_slice(&text, bytes);
    buffer_append_string(&text, after);
    walk_document(buffer_slice(&text), true);
    buffer_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice bytes = {(const char *)data, size};
    walk_between("<figure>\n", bytes, "\n</figure>\n");
    walk_between("Text <img src=\"", bytes, "\" alt='a'>\n");
    walk_between("<a ", bytes, ">text</a>\n");
    return 0;
}
