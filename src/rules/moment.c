#include "rules/moment.h"

#include "course/day.h"

#include <ctype.h>

/* "9" stands for a digit, "+" for a sign, everything else for itself. */
static bool has_shape(struct slice text, const char *shape) {
    size_t i = 0;
    for (; shape[i]; i++) {
        char byte = i < text.size ? text.data[i] : '\0';
        bool fits = shape[i] == '9'   ? isdigit((unsigned char)byte) != 0
                    : shape[i] == '+' ? byte == '+' || byte == '-'
                                      : byte == shape[i];
        if (!fits)
            return false;
    }
    return i == text.size;
}

static unsigned number_at(struct slice text, size_t start, size_t size) {
    unsigned number = 0;
    for (size_t i = start; i < start + size; i++)
        number = number * 10 + (unsigned)(text.data[i] - '0');
    return number;
}

bool moment_read(struct slice text, long long *when, int *offset) {
    if (!has_shape(text, "9999-99-99 99:99:99 +9999"))
        return false;
    struct day day = {(int)number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)};
    if (!day.year || !day_exists(day))
        return false;
    int minutes = (int)(number_at(text, 21, 2) * 60 + number_at(text, 23, 2));
    minutes = text.data[20] == '-' ? -minutes : minutes;
    if (offset)
        *offset = minutes;
    if (when)
        *when = day_serial(day) * 86400LL + number_at(text, 11, 2) * 3600 +
                number_at(text, 14, 2) * 60 + number_at(text, 17, 2) - minutes * 60LL;
    return true;
}
