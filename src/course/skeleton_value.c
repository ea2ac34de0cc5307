#include "course/skeleton_value.h"

#include "text/utf8.h"
#include "text/yaml_writer.h"

static bool is_blank(uint32_t code) {
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xa0 ||
           code == 0x2028 || code == 0x2029;
}

/* Controls, zero-width and bidirectional marks, tags: YAML refuses some, readers see none. */
static bool is_hidden(uint32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xad ||
           (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code & 0xfffe) == 0xfffe ||
           (code >= 0xe0000 && code <= 0xe007f);
}

void skeleton_append_clean(struct buffer *buffer, struct slice text) {
    struct buffer valid = BUFFER_EMPTY;
    utf8_append_valid(&valid, text);
    struct slice rest = buffer_slice(&valid);
    size_t first = buffer->size;
    bool gap = false;
    for (size_t at = 0; at < rest.size;) {
        size_t start = at;
        uint32_t code = utf8_next(rest, &at);
        if (is_blank(code)) {
            gap = buffer->size > first;
        } else if (!is_hidden(code)) {
            if (gap)
                buffer_append_byte(buffer, ' ');
            buffer_append_slice(buffer, slice_part(rest, start, at));
            gap = false;
        }
    }
    buffer_release(&valid);
}

void skeleton_append_scalar(struct buffer *buffer, struct slice text) {
    struct buffer clean = BUFFER_EMPTY;
    skeleton_append_clean(&clean, text);
    yaml_append_scalar(buffer, buffer_slice(&clean), YAML_PROSE);
    buffer_release(&clean);
}
