#include "base/buffer.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT_TEXT = 256 };

static void reserve(struct buffer *buffer, size_t more) {
    size_t needed = buffer->size + more + 1;
    if (needed < more)
        memory_exhausted();
    if (needed <= buffer->capacity)
        return;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < needed)
        capacity = capacity > SIZE_MAX / 2 ? needed : 2 * capacity;
    buffer->data = memory_resize(buffer->data, capacity, 1);
    buffer->capacity = capacity;
}

char *buffer_extend(struct buffer *buffer, size_t size) {
    reserve(buffer, size);
    char *start = buffer->data + buffer->size;
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
    return start;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size) {
    if (size)
        memcpy(buffer_extend(buffer, size), bytes, size);
}

void buffer_append_byte(struct buffer *buffer, char byte) {
    *buffer_extend(buffer, 1) = byte;
}

void buffer_append_slice(struct buffer *buffer, struct slice slice) {
    buffer_append(buffer, slice.data, slice.size);
}

void buffer_append_string(struct buffer *buffer, const char *text) {
    buffer_append(buffer, text, strlen(text));
}

void buffer_append_squeezed(struct buffer *buffer, struct slice text) {
    text = slice_trim(text);
    for (size_t i = 0; i < text.size; i++) {
        bool space = isspace((unsigned char)text.data[i]);
        if (!space || !isspace((unsigned char)text.data[i - 1]))
            buffer_append_byte(buffer, space ? ' ' : text.data[i]);
    }
}

void buffer_append_format(struct buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    buffer_append_arguments(buffer, format, arguments);
    va_end(arguments);
}

void buffer_append_arguments(struct buffer *buffer, const char *format, va_list arguments) {
    char text[SHORT_TEXT];
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(text, sizeof text, format, arguments);
    if (size > 0 && (size_t)size < sizeof text) {
        buffer_append(buffer, text, (size_t)size);
    } else if (size > 0) {
        reserve(buffer, (size_t)size);
        vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

const char *buffer_string(const struct buffer *buffer) {
    return buffer->data ? buffer->data : "";
}

struct slice buffer_slice(const struct buffer *buffer) {
    return (struct slice){buffer->data, buffer->size};
}

char *buffer_detach(struct buffer *buffer) {
    char *data = buffer->data ? buffer->data : memory_allocate(1, 1);
    *buffer = BUFFER_EMPTY;
    return data;
}

void buffer_clear(struct buffer *buffer) {
    buffer->size = 0;
    if (buffer->data)
        *buffer->data = '\0';
}

void buffer_release(struct buffer *buffer) {
    free(buffer->data);
    *buffer = BUFFER_EMPTY;
}
