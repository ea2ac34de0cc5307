#include "config/title_form.h"

#include "base/memory.h"

#include <string.h>

static const struct part {
    const char *name, *pattern, *example;
    int digits; /* of a number; 0: text */
} parts[] = {{"n", "[1-9][0-9]*", "2", 1},
             {"nn", "(?:0[1-9]|[1-9][0-9]+)", "02", 2},
             {"title", "\\S.*", "Title of the lecture", 0}};

/* The next piece of a form: text, or the name between braces. */
static struct slice next_piece(struct slice form, size_t *at, bool *named) {
    size_t start = *at;
    size_t close = form.data[start] == '{' ? slice_find(form, "}", start) : SLICE_NOT_FOUND;
    *named = close != SLICE_NOT_FOUND;
    if (*named) {
        *at = close + 1;
        return slice_part(form, start + 1, close);
    }
    size_t end = slice_find(form, "{", start + 1);
    *at = end == SLICE_NOT_FOUND ? form.size : end;
    return slice_part(form, start, *at);
}

static const struct part *find_part(struct slice name) {
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (slice_equal_string(name, parts[i].name))
            return &parts[i];
    return NULL;
}

int title_form_compile(struct pattern **pattern, struct slice form, struct error *error) {
    struct buffer text = BUFFER_EMPTY;
    int status = OK;
    for (size_t at = 0; status == OK && at < form.size;) {
        bool named;
        struct slice piece = next_piece(form, &at, &named);
        const struct part *part = named ? find_part(piece) : NULL;
        if (part)
            buffer_append_string(&text, part->pattern);
        else if (named)
            status = error_set(error, STATUS_USAGE,
                               "no {%.*s} in a title; there are {n}, {nn} and {title}",
                               SLICE_ARGUMENTS(piece));
        else
            pattern_append_quoted(&text, piece);
    }
    if (status == OK)
        status = pattern_compile(pattern, buffer_slice(&text), PATTERN_WHOLE, error);
    buffer_release(&text);
    return status;
}

void title_form_append_example(struct buffer *buffer, struct slice form, unsigned number) {
    for (size_t at = 0; at < form.size;) {
        bool named;
        struct slice piece = next_piece(form, &at, &named);
        const struct part *part = named ? find_part(piece) : NULL;
        if (!part)
            buffer_append_slice(buffer, piece);
        else if (part->digits && number)
            buffer_append_format(buffer, "%0*u", part->digits, number);
        else
            buffer_append_string(buffer, part->example);
    }
}
