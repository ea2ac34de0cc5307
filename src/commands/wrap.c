#include "commands/wrap.h"

#include "report/safe.h"
#include "text/utf8.h"

#include <stdio.h>

enum { LINE_WIDTH = 80 };

void wrap_print(struct slice text, int indent) {
    struct buffer safe = BUFFER_EMPTY;
    safe_append(&safe, slice_trim(text));
    struct slice rest = buffer_slice(&safe);
    size_t column = 0;
    while (rest.size) {
        struct slice word = slice_part(rest, 0, slice_find(rest, " ", 0));
        size_t width = utf8_count(word);
        if (!column || column + 1 + width > LINE_WIDTH) {
            printf("%s%*s", column ? "\n" : "", indent, "");
            column = (size_t)indent;
        } else {
            putchar(' ');
            column++;
        }
        printf("%.*s", SLICE_ARGUMENTS(word));
        column += width;
        rest = slice_part(rest, word.size + 1, rest.size);
    }
    if (safe.size)
        putchar('\n');
    buffer_release(&safe);
}
