/*
 * Path globs as regular expressions. pcre2_pattern_convert() would do part of it, but knows no
 * `{a,b}`, and its `(*COMMIT)` forbids to join its results.
 */
#include "text/pattern.h"

#include <string.h>

/* One character: paths are bytes and mostly UTF-8, so both a sequence and a stray byte are one. */
#define SEQUENCE "[\\xC2-\\xF4][\\x80-\\xBF]{1,3}+"

struct glob {
    struct slice text;
    size_t at;
    struct buffer regex;
    bool classes;              /* it has a `[…]` */
    bool segment_start;        /* nothing of this path segment is translated yet */
    bool braces;               /* inside `{…}` */
    bool braces_segment_start; /* what segment_start was before `{` */
    struct error *error;
};

static int refuse(struct glob *glob, const char *what) {
    return error_set(glob->error, STATUS_USAGE, "glob \"%.*s\": %s", SLICE_ARGUMENTS(glob->text),
                     what);
}

static bool next_is(const struct glob *glob, const char *text) {
    struct slice rest = slice_part(glob->text, glob->at, glob->text.size);
    return slice_starts_with(rest, text);
}

static bool is_segment_end(const struct glob *glob) {
    return glob->at == glob->text.size || next_is(glob, "/");
}

static void translate_stars(struct glob *glob) {
    size_t start = glob->at;
    while (next_is(glob, "*"))
        glob->at++;
    bool segment = glob->segment_start && is_segment_end(glob);
    if (glob->at - start == 1) {
        buffer_append_string(&glob->regex, segment ? "[^/]+" : "[^/]*");
    } else if (segment && next_is(glob, "/") && glob->at + 1 < glob->text.size) {
        buffer_append_string(&glob->regex, "(?:.*/)?");
        glob->at++;
        return;
    } else {
        buffer_append_string(&glob->regex, segment ? ".+" : ".*");
    }
    glob->segment_start = false;
}

/* Offset of the `]` that ends the class which begins at `at`, or SLICE_NOT_FOUND. */
static size_t find_class_end(struct slice text, size_t at) {
    at++;
    if (at < text.size && (text.data[at] == '!' || text.data[at] == '^'))
        at++;
    for (size_t first = at; at < text.size; at++) {
        struct slice rest = slice_part(text, at, text.size);
        if (slice_starts_with(rest, "[:") && slice_find(text, ":]", at) != SLICE_NOT_FOUND)
            at = slice_find(text, ":]", at) + 1;
        else if (*rest.data == '\\')
            at++;
        else if (*rest.data == ']' && at > first)
            return at;
    }
    return SLICE_NOT_FOUND;
}

/* The members of a class, to stand between `[` and `]`. */
static void append_members(struct buffer *regex, struct slice members) {
    for (size_t i = 0; i < members.size; i++) {
        bool named = slice_starts_with(slice_part(members, i, members.size), "[:");
        char byte = members.data[i];
        if (byte == '\\' && i + 1 < members.size)
            pattern_append_quoted(regex, slice_part(members, i + 1, i + 2)), i++;
        else if ((byte == '[' && !named) || byte == '^' || (byte == ']' && i == 0))
            pattern_append_quoted(regex, slice_part(members, i, i + 1));
        else
            buffer_append_byte(regex, byte);
    }
}

static int translate_class(struct glob *glob) {
    size_t end = find_class_end(glob->text, glob->at);
    if (end == SLICE_NOT_FOUND)
        return refuse(glob, "[ without ]; write \\[ for the character itself");
    struct slice members = slice_part(glob->text, glob->at + 1, end);
    for (size_t i = 0; i < members.size; i++)
        if ((unsigned char)members.data[i] >= 0x80)
            return refuse(glob, "only ASCII characters can stand in [...]; use {a,b}");
    bool negated = *members.data == '!' || *members.data == '^';
    buffer_append_string(&glob->regex, negated ? "(?>" SEQUENCE "|(?!/)[^" : "(?:(?!/)[");
    append_members(&glob->regex, slice_part(members, negated, members.size));
    buffer_append_string(&glob->regex, "])");
    glob->classes = true;
    glob->at = end + 1;
    return OK;
}

static int translate_brace(struct glob *glob, char brace) {
    if (brace == '{' && glob->braces)
        return refuse(glob, "{ inside { }");
    if (brace == '}' && !glob->braces)
        return refuse(glob, "} without {; write \\} for the character itself");
    buffer_append_string(&glob->regex, brace == '{' ? "(?:" : brace == ',' ? "|" : ")");
    if (brace == '{')
        glob->braces_segment_start = glob->segment_start;
    /* After `}` a segment may or may not have begun: as if it had. */
    glob->segment_start = brace != '}' && glob->braces_segment_start;
    glob->braces = brace != '}';
    glob->at++;
    return OK;
}

static int translate_literal(struct glob *glob) {
    if (glob->text.data[glob->at] == '\\' && ++glob->at == glob->text.size)
        return refuse(glob, "\\ at the end");
    pattern_append_quoted(&glob->regex, slice_part(glob->text, glob->at, glob->at + 1));
    glob->segment_start = glob->text.data[glob->at] == '/';
    glob->at++;
    return OK;
}

static int translate_next(struct glob *glob) {
    char byte = glob->text.data[glob->at];
    if (byte == '{' || byte == '}' || (byte == ',' && glob->braces))
        return translate_brace(glob, byte);
    if (byte == '*') {
        translate_stars(glob);
        return OK;
    }
    if (byte != '?' && byte != '[')
        return translate_literal(glob);
    glob->segment_start = false;
    if (byte == '[')
        return translate_class(glob);
    buffer_append_string(&glob->regex, "(?>" SEQUENCE "|[^/])");
    glob->at++;
    return OK;
}

static bool add_end(char *ends, size_t *count, char byte) {
    if (strchr("*?{},/", byte) || *count == PATTERN_MOST_ENDS)
        return false;
    if (!memchr(ends, byte, *count))
        ends[(*count)++] = byte;
    return true;
}

/* What a path must end with: of `x.{png,jpg}` a "g". Most globs are not for most files. */
static void tell_ends(struct pattern *pattern, struct slice text) {
    char ends[PATTERN_MOST_ENDS + 1] = "";
    size_t count = 0, at = text.size;
    bool braces = slice_ends_with(text, "}");
    if (!at || memchr(text.data, '\\', at) || memchr(text.data, '[', at) ||
        memchr(text.data, '\0', at))
        return;
    if (!braces && add_end(ends, &count, text.data[at - 1]))
        pattern_set_ends(pattern, ends);
    for (; braces && at-- && text.data[at] != '{';)
        if ((text.data[at] == ',' || text.data[at] == '}') &&
            (!at || !add_end(ends, &count, text.data[at - 1])))
            return;
    if (braces)
        pattern_set_ends(pattern, ends);
}

/*
 * PCRE2 may refuse a class, and what is very long; nothing else, so that all others can wait until
 * a path needs them.
 */
static int compile(struct pattern **pattern, const struct glob *glob) {
    enum { SURELY_TAKEN = 1024 };
    const unsigned flags = PATTERN_WHOLE | PATTERN_BYTES;
    struct slice regex = buffer_slice(&glob->regex);
    if (!glob->classes && regex.size <= SURELY_TAKEN) {
        *pattern = pattern_compile_later(regex, flags);
        return OK;
    }
    int status = pattern_compile(pattern, regex, flags, glob->error);
    if (status != OK)
        error_prefix(glob->error, "glob \"%.*s\": ", SLICE_ARGUMENTS(glob->text));
    return status;
}

int pattern_compile_glob(struct pattern **pattern, struct slice text, struct error *error) {
    struct glob glob = {.text = text, .segment_start = true, .error = error};
    int status = OK;
    *pattern = NULL;
    buffer_append_string(&glob.regex, "(?s)");
    while (!status && glob.at < text.size)
        status = translate_next(&glob);
    if (!status && glob.braces)
        status = refuse(&glob, "{ without }; write \\{ for the character itself");
    if (status)
        goto done;
    if (slice_ends_with(text, "/"))
        buffer_append_string(&glob.regex, ".+");
    status = compile(pattern, &glob);
    if (status == OK)
        tell_ends(*pattern, text);
done:
    buffer_release(&glob.regex);
    return status;
}
