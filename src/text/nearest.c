#include "text/nearest.h"

#include <ctype.h>

enum { LONGEST_NAME = 128 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static bool is_same(char left, char right, bool any_case) {
    return left == right ||
           (any_case && tolower((unsigned char)left) == tolower((unsigned char)right));
}

/* Source: Damerau and Levenshtein, with three rows of the table. */
static size_t distance(struct slice left, struct slice right, size_t most, bool any_case) {
    size_t rows[3][LONGEST_NAME + 1];
    size_t longer = left.size > right.size ? left.size : right.size;
    if (longer > LONGEST_NAME || longer - least(left.size, right.size) > most)
        return most + 1;
    for (size_t k = 0; k <= right.size; k++)
        rows[0][k] = k;
    for (size_t i = 1; i <= left.size; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t k = 1; k <= right.size; k++) {
            size_t other = !is_same(left.data[i - 1], right.data[k - 1], any_case);
            row[k] = least(least(above[k], row[k - 1]) + 1, above[k - 1] + other);
            if (i > 1 && k > 1 && is_same(left.data[i - 1], right.data[k - 2], any_case) &&
                is_same(left.data[i - 2], right.data[k - 1], any_case))
                row[k] = least(row[k], before[k - 2] + 1);
        }
    }
    return least(rows[left.size % 3][right.size], most + 1);
}

size_t text_distance(struct slice left, struct slice right, size_t most) {
    return slice_equal_ignoring_case(left, right) ? 0 : distance(left, right, most, true);
}

size_t text_distance_in_case(struct slice left, struct slice right, size_t most) {
    return slice_equal(left, right) ? 0 : distance(left, right, most, false);
}

size_t text_near_enough(size_t size) {
    return size < 4 ? 0 : size / 5 + 1;
}
