/* An owned, growing byte string that is always NUL-terminated. */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/slice.h"

#include <stdarg.h>

struct buffer {
    char *data; /* NULL until something is appended */
    size_t size;
    size_t capacity;
};

#define BUFFER_EMPTY ((struct buffer){0})

void buffer_append(struct buffer *buffer, const void *bytes, size_t size);
void buffer_append_byte(struct buffer *buffer, char byte);
void buffer_append_slice(struct buffer *buffer, struct slice slice);
void buffer_append_string(struct buffer *buffer, const char *text);

/* Runs of ASCII white space become one blank; those at the ends go. */
void buffer_append_squeezed(struct buffer *buffer, struct slice text);

void buffer_append_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buffer_append_arguments(struct buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Appends `size` uninitialised bytes and returns where they start. */
char *buffer_extend(struct buffer *buffer, size_t size);

/* The content as a NUL-terminated string, "" when empty; valid until the next change. */
const char *buffer_string(const struct buffer *buffer);
struct slice buffer_slice(const struct buffer *buffer);

/* Hands the content over as a string for free(), never NULL; the buffer is empty afterwards. */
char *buffer_detach(struct buffer *buffer);

/* Empties it but keeps the memory. */
void buffer_clear(struct buffer *buffer);

/* Frees the memory; the buffer is empty and usable afterwards. */
void buffer_release(struct buffer *buffer);

#endif
