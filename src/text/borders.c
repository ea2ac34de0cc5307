#include "text/borders.h"

/* Without a jump for each word: where one ends, no processor can guess. */
size_t borders_find(size_t borders[BORDERS_MOST], const bool letters[256], struct slice text,
                    size_t from, size_t end) {
    size_t count = 0;
    bool inside = false;
    for (size_t at = from; at < end && count < BORDERS_MOST; at++) {
        bool letter = letters[(unsigned char)text.data[at]];
        borders[count] = at;
        count += letter != inside;
        inside = letter;
    }
    if (inside)
        borders[count++] = end;
    return count;
}
