#include "report/safe.h"

#include "text/utf8.h"

#define ELLIPSIS "\u2026"

static bool ends_with(const struct buffer *output, const char *end) {
    return slice_ends_with(buffer_slice(output), end);
}

/* `text` is visible already. */
static void append_guarded(struct buffer *output, struct slice text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '[' && ends_with(output, "##"))
            buffer_append_byte(output, '\\');
        buffer_append_byte(output, text.data[i]);
    }
}

void safe_append(struct buffer *output, struct slice text) {
    struct buffer visible = BUFFER_EMPTY;
    utf8_append_visible(&visible, text);
    append_guarded(output, buffer_slice(&visible));
    buffer_release(&visible);
}

/* The longest beginning of valid UTF-8 that has at most `limit` bytes and whole code points. */
static struct slice whole_part(struct slice text, size_t limit) {
    size_t end = limit < text.size ? limit : text.size;
    while (end && end < text.size && ((unsigned char)text.data[end] & 0xC0) == 0x80)
        end--;
    return slice_part(text, 0, end);
}

void safe_append_cut(struct buffer *output, struct slice text, size_t limit) {
    size_t start = output->size;
    safe_append(output, slice_part(text, 0, limit + 1));
    if (output->size - start <= limit)
        return;
    struct slice written = {output->data + start, output->size - start};
    output->size = start + whole_part(written, limit - (sizeof ELLIPSIS - 1)).size;
    output->data[output->size] = '\0';
    buffer_append_string(output, ELLIPSIS);
}

void safe_append_path(struct buffer *output, struct slice path) {
    if (!safe_can_begin_line(path))
        buffer_append_string(output, "./");
    safe_append(output, path);
}

bool safe_can_begin_line(struct slice text) {
    return text.size && *text.data > ' ' && *text.data < 0x7F && *text.data != ':';
}
