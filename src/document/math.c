#include "document/math.h"

#include "base/memory.h"
#include "document/tag.h"

#include <stdlib.h>
#include <string.h>

/* What kramdown takes its backslash from (kramdown-parser-gfm: ESCAPED_CHARS_GFM). */
static const char escaped[] = "\\.*_+`<>()[]{}#!:|\"'$=-~";

struct formula_reader {
    struct formula_list *list;
    const struct document *document;
    struct slice bytes;
};

static bool is_math(const struct formula_reader *reader, size_t at) {
    unsigned char kind = reader->document->kinds[at];
    return kind == BYTE_MATH || kind == BYTE_LIQUID;
}

/* Most bytes stay as they are. */
static bool may_change(char byte) {
    return byte == '\\' || byte == '.' || byte == '-' || byte == '<' || byte == '>' ||
           byte == '\'' || byte == '&';
}

/* Writes what kramdown makes of the text at `*at` and moves behind it; the size of that. */
static size_t decode(const struct formula_reader *reader, size_t *at, size_t end, char *to) {
    static const struct {
        const char *from, *to;
    } signs[] = {{"...", "\xE2\x80\xA6"}, {"---", "\xE2\x80\x94"}, {"--", "\xE2\x80\x93"},
                 {"<<", "\xC2\xAB"},      {">>", "\xC2\xBB"},      {"'", "\xE2\x80\x99"},
                 {"&lt;", "<"},           {"&gt;", ">"},           {"&amp;", "&"}};
    struct slice rest = slice_part(reader->bytes, *at, end);
    if (rest.size > 1 && *rest.data == '\\' && rest.data[1] && strchr(escaped, rest.data[1])) {
        *to = rest.data[1];
        *at += 2;
        return 1;
    }
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        if (slice_starts_with(rest, signs[i].from)) {
            *at += strlen(signs[i].from);
            memcpy(to, signs[i].to, strlen(signs[i].to));
            return strlen(signs[i].to);
        }
    *to = *rest.data;
    ++*at;
    return 1;
}

static void fill_tex(const struct formula_reader *reader, struct formula *formula) {
    enum { MOST_FOR_ONE = 3 }; /* bytes that one byte may become */
    struct arena *arena = &reader->list->arena;
    struct span content = formula->content;
    size_t most = MOST_FOR_ONE * (content.end - content.start), size = 0;
    bool plain = formula->kind != FORMULA_DOLLAR;
    if (plain)
        most = content.end - content.start;
    char *tex = arena_allocate(arena, most + 1, 1);
    size_t *places = arena_allocate(arena, most + 1, sizeof *places);
    formula->has_liquid =
        memchr(reader->document->kinds + content.start, BYTE_LIQUID, content.end - content.start);
    for (size_t at = content.start; at < content.end;) {
        if (plain || !may_change(reader->bytes.data[at])) {
            tex[size] = reader->bytes.data[at];
            places[size++] = at++;
            continue;
        }
        size_t start = at, count = decode(reader, &at, content.end, tex + size);
        while (count--)
            places[size++] = start;
    }
    places[size] = content.end;
    formula->tex = (struct slice){tex, size};
    formula->places = places;
}

static void add(struct formula_reader *reader, struct formula formula) {
    fill_tex(reader, &formula);
    ARRAY_PUSH(reader->list->items, reader->list->count, reader->list->capacity) = formula;
}

/* Nothing but blanks beside it on its lines, and blank lines around them. */
static bool is_paragraph(const struct formula_reader *reader, struct span span) {
    const struct source *source = &reader->document->source;
    size_t first = source_line(source, span.start), last = source_line(source, span.end - 1);
    size_t start = source_line_start(source, first);
    struct slice rest = source_line_text(source, last);
    size_t behind = span.end - source_line_start(source, last);
    return slice_is_blank(slice_part(reader->bytes, start, span.start)) &&
           slice_is_blank(slice_part(rest, behind, rest.size)) &&
           (first == 1 || slice_is_blank(source_line_text(source, first - 1))) &&
           (last == source->line_count || slice_is_blank(source_line_text(source, last + 1)));
}

/* The dollar that closes the one at `at`, as the mask found it. */
static size_t find_single(const struct formula_reader *reader, size_t at, size_t end) {
    long depth = 0;
    for (size_t i = at + 1; i < end; i++) {
        char byte = reader->bytes.data[i];
        if (reader->document->kinds[i] == BYTE_LIQUID)
            continue;
        if (byte == '\\')
            i++;
        else if (byte == '{' || byte == '}')
            depth += byte == '{' ? 1 : -1;
        else if (byte == '$' && depth <= 0)
            return i + 1;
    }
    return end;
}

/* A run of math may hold several formulas that touch each other. */
static void read_dollars(struct formula_reader *reader, struct span run) {
    for (size_t at = run.start; at < run.end;) {
        struct slice rest = slice_part(reader->bytes, at, run.end);
        size_t marks = slice_starts_with(rest, "$$") ? 2 : 1;
        size_t close = marks == 2 ? slice_find(rest, "$$", 2) : SLICE_NOT_FOUND;
        size_t end = close != SLICE_NOT_FOUND ? at + close + 2 : run.end;
        if (marks == 1)
            end = find_single(reader, at, run.end);
        if (end < at + 2 * marks)
            return;
        struct formula formula = {.span = {at, end}, .content = {at + marks, end - marks}};
        bool raw = document_is_raw(reader->document, at);
        formula.kind = raw ? FORMULA_RAW : marks == 2 ? FORMULA_KRAMDOWN : FORMULA_DOLLAR;
        formula.display = marks == 2 && (raw || is_paragraph(reader, formula.span));
        add(reader, formula);
        at = end;
    }
}

/* True when the tag before `start` is a <d-math>; `*block` when it has that attribute. */
static bool is_in_element(const struct formula_reader *reader, size_t start, bool *block) {
    size_t open = start;
    *block = false;
    if (!start || reader->document->kinds[start - 1] != BYTE_TAG)
        return false;
    while (open && reader->bytes.data[open - 1] != '<')
        open--;
    struct slice tag = slice_part(reader->bytes, open, start);
    *block = slice_find(tag, "block", 0) != SLICE_NOT_FOUND;
    return slice_starts_with(tag, "d-math");
}

static void read_run(struct formula_reader *reader, struct span run) {
    bool block = false;
    if (is_in_element(reader, run.start, &block))
        add(reader, (struct formula){
                        .kind = FORMULA_ELEMENT, .display = block, .span = run, .content = run});
    else if (reader->bytes.data[run.start] == '$')
        read_dollars(reader, run);
}

void formulas_read(struct formula_list *list, const struct document *document) {
    *list = (struct formula_list){0};
    struct formula_reader reader = {.list = list, .document = document};
    reader.bytes = document->source.bytes;
    const unsigned char *kinds = document->kinds, *next;
    size_t at = document->body_start, size = reader.bytes.size;
    while (kinds && at < size && (next = memchr(kinds + at, BYTE_MATH, size - at))) {
        at = (size_t)(next - kinds);
        struct span run = {at, at};
        while (run.end < size && is_math(&reader, run.end))
            run.end++;
        while (kinds[run.end - 1] == BYTE_LIQUID)
            run.end--;
        read_run(&reader, run);
        at = run.end;
    }
}

void formulas_release(struct formula_list *list) {
    free(list->items);
    arena_release(&list->arena);
    *list = (struct formula_list){0};
}

struct span formula_span(const struct formula *formula, struct span part) {
    return (struct span){formula->places[part.start], formula->places[part.end]};
}
