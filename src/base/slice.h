/* Borrowed bytes: a pointer and a size, not NUL-terminated, owned by somebody else. */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* The smallest functions are here, so that the size of a literal is known when it is compiled. */
struct slice {
    const char *data; /* may be NULL when size is 0 */
    size_t size;
};

/* A half-open range of byte offsets into some source. */
struct span {
    size_t start;
    size_t end;
};

#define SLICE_NOT_FOUND ((size_t)-1)

/* For printf("%.*s"), which stops at a NUL: the size is cut to what an int holds. */
#define SLICE_ARGUMENTS(slice)                                                                     \
    (int)((slice).size < 0x7fffffff ? (slice).size : 0x7fffffff), (slice).data ? (slice).data : ""

/* The bytes of a NUL-terminated string, which must outlive the slice; NULL gives an empty slice. */
static inline struct slice slice_of(const char *text) {
    return (struct slice){text, text ? strlen(text) : 0};
}

/* The part of `whole` from `start` to `end`, both cut to its size. */
static inline struct slice slice_part(struct slice whole, size_t start, size_t end) {
    if (end > whole.size)
        end = whole.size;
    if (start >= end)
        return (struct slice){whole.data, 0};
    return (struct slice){whole.data + start, end - start};
}

static inline bool slice_equal(struct slice left, struct slice right) {
    return left.size == right.size && (!left.size || !memcmp(left.data, right.data, left.size));
}

static inline bool slice_equal_string(struct slice slice, const char *text) {
    return slice_equal(slice, slice_of(text));
}

/* True when one of the first `count` names, or of the other slices, is equal to it. */
bool slice_is_one_of(struct slice slice, const char *const *names, size_t count);
bool slice_is_among(struct slice slice, const struct slice *others, size_t count);

/* Equality of ASCII letters whatever their case; other bytes must be the same. */
bool slice_equal_ignoring_case(struct slice left, struct slice right);

/* Byte order, shorter first when one begins the other: <0, 0 or >0. */
int slice_compare(struct slice left, struct slice right);

static inline bool slice_starts_with(struct slice slice, const char *prefix) {
    size_t size = strlen(prefix);
    return slice.size >= size && (!size || !memcmp(slice.data, prefix, size));
}

bool slice_ends_with(struct slice slice, const char *suffix);

/* Offset of the first `needle` at or after `from`, or SLICE_NOT_FOUND. */
size_t slice_find(struct slice slice, const char *needle, size_t from);

/* The part of a path before its last '/'; empty when it has none. */
struct slice slice_folder(struct slice path);

/* The part behind it: the name of the file. */
struct slice slice_file_name(struct slice path);

/* Without the ASCII white space at both ends. */
struct slice slice_trim(struct slice slice);

/* True when nothing but ASCII white space is in it. */
bool slice_is_blank(struct slice slice);

#endif
