/*
 * How functions fail: they return OK or a negative status, out parameter first or last argument
 * `struct error *`, which then holds one line for the user: what is wrong and what to do.
 * Nothing but main() prints it.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/buffer.h"

enum status {
    OK = 0,
    STATUS_USAGE = -1,     /* wrong arguments, configuration or rule: exit status 2 */
    STATUS_UNDECIDED = -2, /* could not look: exit status 3 */
    STATUS_NOT_FOUND = -3, /* the thing asked for is not there; callers handle it */
    STATUS_TOO_LARGE = -4, /* larger than the caller wants to read; callers handle it */
};

struct error {
    struct buffer message;
};

#define ERROR_NONE ((struct error){BUFFER_EMPTY})

/* Keeps the message unless a lower layer has left one already, and returns `status`. */
int error_set(struct error *error, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts text in front of the message, as in "rules/x.yml:3:1: " + message. */
void error_prefix(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

const char *error_message(const struct error *error);

/* Forgets the message; the error is usable afterwards. */
void error_release(struct error *error);

#endif
