#include "base/error.h"

int error_set(struct error *error, int status, const char *format, ...) {
    if (!error->message.size) {
        va_list arguments;
        va_start(arguments, format);
        buffer_append_arguments(&error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

void error_prefix(struct error *error, const char *format, ...) {
    struct buffer whole = BUFFER_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    buffer_append_arguments(&whole, format, arguments);
    va_end(arguments);
    buffer_append_slice(&whole, buffer_slice(&error->message));
    buffer_release(&error->message);
    error->message = whole;
}

const char *error_message(const struct error *error) {
    return buffer_string(&error->message);
}

void error_release(struct error *error) {
    buffer_release(&error->message);
}
