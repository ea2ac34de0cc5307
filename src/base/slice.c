#include "base/slice.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool slice_is_one_of(struct slice slice, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if ((!slice.size || *slice.data == *names[i]) && slice_equal_string(slice, names[i]))
            return true;
    return false;
}

bool slice_is_among(struct slice slice, const struct slice *others, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_equal(slice, others[i]))
            return true;
    return false;
}

bool slice_equal_ignoring_case(struct slice left, struct slice right) {
    return left.size == right.size &&
           (!left.size || !strncasecmp(left.data, right.data, left.size));
}

int slice_compare(struct slice left, struct slice right) {
    size_t common = left.size < right.size ? left.size : right.size;
    int order = common ? memcmp(left.data, right.data, common) : 0;
    if (order)
        return order;
    return left.size < right.size ? -1 : left.size > right.size;
}

bool slice_ends_with(struct slice slice, const char *suffix) {
    size_t size = strlen(suffix);
    return slice.size >= size && (!size || !memcmp(slice.data + slice.size - size, suffix, size));
}

enum { FEW_BYTES = 16 };

/* memmem() looks at every byte; memchr() at many of them at once. */
static const char *find_short(struct slice slice, const char *needle, size_t size, size_t from) {
    const char *at = slice.data + from, *end = slice.data + slice.size;
    if (!size)
        return at;
    while ((size_t)(end - at) >= size &&
           (at = memchr(at, *needle, (size_t)(end - at) - size + 1)) != NULL) {
        if (at[size - 1] == needle[size - 1] && !memcmp(at, needle, size))
            return at;
        at++;
    }
    return NULL;
}

size_t slice_find(struct slice slice, const char *needle, size_t from) {
    if (from >= slice.size)
        return SLICE_NOT_FOUND;
    size_t size = strlen(needle);
    const char *found = size > FEW_BYTES
                            ? memmem(slice.data + from, slice.size - from, needle, size)
                            : find_short(slice, needle, size, from);
    return found ? (size_t)(found - slice.data) : SLICE_NOT_FOUND;
}

struct slice slice_folder(struct slice path) {
    size_t end = path.size;
    while (end && path.data[end - 1] != '/')
        end--;
    return slice_part(path, 0, end ? end - 1 : 0);
}

struct slice slice_file_name(struct slice path) {
    size_t start = path.size;
    while (start && path.data[start - 1] != '/')
        start--;
    return slice_part(path, start, path.size);
}

struct slice slice_trim(struct slice slice) {
    while (slice.size && isspace((unsigned char)*slice.data))
        slice.data++, slice.size--;
    while (slice.size && isspace((unsigned char)slice.data[slice.size - 1]))
        slice.size--;
    return slice;
}

bool slice_is_blank(struct slice slice) {
    return !slice.size || (isspace((unsigned char)*slice.data) && !slice_trim(slice).size);
}
