/* Where words begin and end in a text. */
#ifndef TEXT_BORDERS_H
#define TEXT_BORDERS_H

#include "base/slice.h"

/* Even: one is never cut off. */
enum { BORDERS_MOST = 256 };

/*
 * Where runs of the bytes that `letters` has begin and end between the offsets `from` and `end` of
 * `text`: a beginning, its end, the next beginning and so on. Returns how many, always an even
 * number; with BORDERS_MOST there may be more behind the last one.
 */
size_t borders_find(size_t borders[BORDERS_MOST], const bool letters[256], struct slice text,
                    size_t from, size_t end);

#endif
