/* Pictures of a note that stand in no <figure>, or without a caption; numbers given twice. */
#include "base/memory.h"
#include "document/tag.h"
#include "rules/check.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum problem { PROBLEM_OUTSIDE, PROBLEM_CAPTION, PROBLEM_NUMBER };

static const char *const problem_names[] = {"outside", "no-caption", "number-twice", NULL};

struct figures_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct figures_parameters, finds), problem_names}, {0}};

static const char *const places[] = {"target", "source", "line", NULL};

/* --- Reading ------------------------------------------------------------------------------- */

struct figure {
    struct span tag, whole; /* `whole` up to the end of the file when it is not closed */
    bool closed;
    struct span caption; /* what stands in its first <figcaption>; empty: there is none */
};

struct figure_list {
    struct figure *items;
    size_t count, capacity;
};

/* Finds the next tag at or after `*at`, which moves behind it. Only its name can be trusted. */
static bool next_tag(const struct document *document, size_t *at, struct tag *tag,
                     struct span *span) {
    struct slice bytes = document->source.bytes;
    while ((*at = slice_find(bytes, "<", *at)) < bytes.size) {
        size_t start = (*at)++, end = start;
        while (end < bytes.size &&
               (document->kinds[end] == BYTE_TAG || document->kinds[end] == BYTE_LIQUID) &&
               (end == start || bytes.data[end] != '<'))
            end++;
        struct slice text = slice_part(bytes, start, end);
        size_t name = slice_starts_with(text, "</") ? 2 : 1, name_end = name;
        while (name_end < text.size &&
               (isalnum((unsigned char)text.data[name_end]) || text.data[name_end] == '-'))
            name_end++;
        if (document->kinds[start] != BYTE_TAG || name_end == name)
            continue;
        *tag = (struct tag){.name = slice_part(text, name, name_end), .closing = name == 2};
        *span = (struct span){start, end};
        *at = end;
        return true;
    }
    return false;
}

static bool names(const struct tag *tag, const char *name) {
    return slice_equal_ignoring_case(tag->name, slice_of(name));
}

/* The outermost figures. */
static struct figure_list read_figures(const struct document *document) {
    struct figure_list list = {0};
    size_t depth = 0, size = document->source.bytes.size;
    struct tag tag;
    struct span span;
    for (size_t at = document->body_start; next_tag(document, &at, &tag, &span);) {
        struct figure *last = list.count ? &list.items[list.count - 1] : NULL;
        if (names(&tag, "figure") && !tag.closing && !depth++) {
            ARRAY_PUSH(list.items, list.count, list.capacity) =
                (struct figure){.tag = span, .whole = {span.start, size}};
        } else if (names(&tag, "figure") && tag.closing && depth && !--depth) {
            last->whole.end = span.end;
            last->closed = true;
        } else if (names(&tag, "figcaption") && depth && !tag.closing && !last->caption.start) {
            last->caption = (struct span){span.end, size};
        } else if (names(&tag, "figcaption") && depth && tag.closing && last->caption.end == size) {
            last->caption.end = span.start;
        }
    }
    return list;
}

static const struct figure *figure_around(const struct figure_list *list, size_t offset) {
    for (size_t low = 0, high = list->count; low < high;) {
        size_t middle = low + (high - low) / 2;
        const struct figure *figure = &list->items[middle];
        if (offset < figure->whole.start)
            high = middle;
        else if (offset >= figure->whole.end)
            low = middle + 1;
        else
            return figure;
    }
    return NULL;
}

/* Letters or digits that readers see; those of a formula and of code, too. */
static bool is_read(const struct document *document, size_t at) {
    unsigned char kind = document->kinds[at], byte = (unsigned char)document->source.bytes.data[at];
    bool read =
        kind == BYTE_TEXT || kind == BYTE_RAW_TEXT || kind == BYTE_MATH || kind == BYTE_CODE;
    return read && (isalnum(byte) || byte >= 0x80);
}

/* Is there anything to read in it, or does Liquid bring something? */
static bool has_text(const struct document *document, struct span span) {
    for (size_t at = span.start; at < span.end; at++)
        if (is_read(document, at) || document->kinds[at] == BYTE_LIQUID)
            return true;
    return false;
}

/* Has a tag or an attribute list of it the word "caption"? */
static bool has_caption_class(const struct document *document, struct span span) {
    struct slice bytes = slice_part(document->source.bytes, 0, span.end);
    for (size_t at = span.start; (at = slice_find(bytes, "aption", at)) < bytes.size; at++)
        if (document->kinds[at] == BYTE_TAG || document->kinds[at] == BYTE_ATTRIBUTES)
            return true;
    return false;
}

/* One that Liquid or a class makes counts. */
static bool has_caption(const struct document *document, const struct figure *figure) {
    struct span inside = {figure->tag.end, figure->whole.end};
    if (figure->caption.start)
        return has_text(document, figure->caption);
    return !figure->closed || has_caption_class(document, inside);
}

/* --- Pictures outside of figures ------------------------------------------------------------- */

static struct span line_span(const struct source *source, size_t line) {
    size_t start = source_line_start(source, line);
    return (struct span){start, start + source_line_text(source, line).size};
}

/* Of a table's cell, a link, a heading or a badge: that is no place for a figure. */
static bool is_in_line(const struct document *document, size_t at, size_t end) {
    static const char *const marks[] = {"<a ", "<t", "[![", "# ", "badge", "shields.io"};
    struct slice rest = slice_part(document->source.bytes, at, end);
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (slice_starts_with(rest, marks[i]))
            return true;
    return *rest.data == '|' && document->kinds[at] == BYTE_TEXT;
}

/* Nothing to read on the line but the alternative texts of pictures. */
static bool has_pictures_only(const struct document *document, struct span line) {
    struct slice bytes = slice_part(document->source.bytes, 0, line.end);
    for (size_t at = line.start; at < line.end; at++) {
        size_t bracket = slice_starts_with(slice_part(bytes, at, line.end), "![")
                             ? slice_find(bytes, "]", at)
                             : SLICE_NOT_FOUND;
        if (is_in_line(document, at, line.end) || is_read(document, at))
            return false;
        at = bracket < line.end ? bracket : at;
    }
    return true;
}

/* Behind the marks, tags and blanks with which a line begins. */
static size_t skip_marks(const struct document *document, struct span line) {
    while (line.start < line.end && (document->kinds[line.start] == BYTE_TAG ||
                                     strchr(" \t\r*_>:", document->source.bytes.data[line.start])))
        line.start++;
    return line.start;
}

/* "Figure 3: …", *all of it emphasised*, <em>, <center> … */
static bool is_caption(const struct document *document, struct span line) {
    static const char *const words[] = {"fig",  "image",  "picture", "source",  "photo",
                                        "plot", "credit", "table",   "diagram", "illustration"};
    static const char *const tags[] = {"<em", "<i>", "<small", "<center", "<sub", "<p align"};
    struct slice text = slice_trim(document_text(document, line));
    size_t start = skip_marks(document, line);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t size = strlen(words[i]);
        if (slice_equal_ignoring_case(slice_part(document->source.bytes, start, start + size),
                                      slice_of(words[i])))
            return true;
    }
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (slice_starts_with(text, tags[i]))
            return true;
    return text.size > 1 && (*text.data == '*' || *text.data == '_') && text.data[1] != ' ' &&
           slice_find(text, *text.data == '*' ? "*" : "_", 1) >= text.size - 4;
}

/* What the lines around a picture say of it. */
enum around { AROUND_NOTHING, AROUND_TEXT, AROUND_CAPTION, AROUND_WRAPPER };

enum { MOST_LINES = 6 };

static bool has_picture(struct slice line) {
    return slice_find(line, "![", 0) != SLICE_NOT_FOUND ||
           slice_find(line, "<img", 0) != SLICE_NOT_FOUND;
}

/* From `line` on, in steps of 1 or -1, up to the first line with something to read. */
static enum around look_around(const struct document *document, size_t line, int step) {
    const struct source *source = &document->source;
    bool after_blank = false;
    for (int i = 0; i < MOST_LINES && line && line <= source->line_count;
         i++, line += (size_t)step) {
        struct span span = line_span(source, line);
        struct slice text = slice_trim(document_text(document, span));
        if (slice_starts_with(text, "<figure") || slice_starts_with(text, "</figure"))
            return AROUND_NOTHING;
        if (has_caption_class(document, span) || is_caption(document, span))
            return AROUND_CAPTION;
        if (slice_starts_with(text, "{%") || slice_starts_with(text, "<a ") ||
            slice_starts_with(text, "</a>"))
            return AROUND_WRAPPER;
        if (after_blank && has_picture(text))
            return AROUND_NOTHING;
        if (!has_pictures_only(document, span))
            return after_blank || step < 0 ? AROUND_NOTHING : AROUND_TEXT;
        after_blank |= !text.size;
    }
    return AROUND_NOTHING;
}

/* Alone on its line and without anything under it or over it that may be its caption. */
static bool stands_alone(const struct document *document, const struct link *image) {
    const struct source *source = &document->source;
    size_t first = source_line(source, image->span.start);
    size_t last = source_line(source, image->span.end ? image->span.end - 1 : 0);
    struct span lines = {source_line_start(source, first), line_span(source, last).end};
    return image->has_place && !image->title.size && has_pictures_only(document, lines) &&
           !has_caption_class(document, lines) &&
           look_around(document, last + 1, 1) == AROUND_NOTHING &&
           look_around(document, first - 1, -1) == AROUND_NOTHING;
}

/* Two pictures and more, each in a figure with a caption: so it is to be done. */
static bool shows_figures(const struct document *document) {
    if (!document || !document->kinds || document->image_count < 2)
        return false;
    struct figure_list figures = read_figures(document);
    bool all = true;
    for (size_t i = 0; i < document->image_count && all; i++) {
        const struct link *image = &document->images[i];
        const struct figure *figure =
            image->has_place ? figure_around(&figures, image->span.start) : NULL;
        all = figure && figure->caption.start && has_caption(document, figure);
    }
    free(figures.items);
    return all;
}

static void find_outside(const struct rule *rule, const struct subject *subject,
                         const struct figure_list *figures) {
    const struct document *document = subject->document, *template = subject->template_document;
    enum figure_setting setting = subject->config->images.figures;
    bool shown = setting == FIGURES_TEMPLATE && document->image_count && shows_figures(template);
    if (!shown && setting != FIGURES_REQUIRED && setting != FIGURES_CAPTIONED)
        return;
    const char *source = "the configuration asks";
    if (shown)
        source =
            arena_format(&subject->findings->arena, "%.*s does", SLICE_ARGUMENTS(template->path));
    for (size_t i = 0, line = 0; i < document->image_count; i++) {
        const struct link *image = &document->images[i];
        size_t last = line;
        line = source_line(&document->source, image->span.start);
        if (line == last || figure_around(figures, image->span.start) ||
            !stands_alone(document, image))
            continue;
        struct place named[] = {{"target", image->destination}, {"source", slice_of(source)}};
        subject_report(subject, rule, image->span, image->destination, named, 2);
    }
}

/* --- Captions -------------------------------------------------------------------------------- */

static void find_uncaptioned(const struct rule *rule, const struct subject *subject,
                             const struct figure_list *figures) {
    const struct document *document = subject->document;
    const struct figure *last = NULL;
    if (subject->config->images.figures != FIGURES_CAPTIONED)
        return;
    for (size_t i = 0; i < document->image_count; i++) {
        const struct link *image = &document->images[i];
        const struct figure *figure =
            image->has_place ? figure_around(figures, image->span.start) : NULL;
        bool known = figure == last;
        last = figure;
        if (!figure || known || has_caption(document, figure))
            continue;
        struct place named = {"target", image->destination};
        subject_report(subject, rule, figure->tag, image->destination, &named, 1);
    }
}

/* The number of "Figure 3: …" at the begin of a caption, with its word; empty: none. */
static struct span numbered(const struct document *document, struct span caption) {
    static const char *const words[] = {"Figure", "Fig."};
    struct slice bytes = slice_part(document->source.bytes, 0, caption.end);
    size_t start = skip_marks(document, caption), end = start;
    while (start < caption.end && isspace((unsigned char)bytes.data[start]))
        start = skip_marks(document, (struct span){start + 1, caption.end});
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (slice_starts_with(slice_part(bytes, start, caption.end), words[i]))
            end = start + strlen(words[i]);
    size_t digits = end;
    while (digits > start && digits < caption.end && bytes.data[digits] == ' ')
        digits++;
    size_t stop = digits;
    while (digits > end && stop < caption.end &&
           (isalnum((unsigned char)bytes.data[stop]) ||
            (bytes.data[stop] == '.' && stop + 1 < caption.end &&
             isdigit((unsigned char)bytes.data[stop + 1]))))
        stop++;
    bool good = stop > digits && stop < caption.end && isdigit((unsigned char)bytes.data[digits]) &&
                strchr(":. ", bytes.data[stop]);
    return good ? (struct span){start, stop} : (struct span){0, 0};
}

struct number {
    struct span place;
    struct slice digits, caption;
};

static int compare_numbers(const void *left, const void *right) {
    const struct number *a = left, *b = right;
    int order = slice_compare(a->digits, b->digits);
    return order ? order : (a->place.start > b->place.start) - (a->place.start < b->place.start);
}

/* "Figure 2 (continued)" or the same words again: meant so. */
static bool is_continued(const struct number *number, const struct number *first) {
    return slice_equal(number->caption, first->caption) ||
           slice_find(number->caption, "ontinued", 0) != SLICE_NOT_FOUND ||
           slice_find(number->caption, "cont.", 0) != SLICE_NOT_FOUND;
}

/* Where several numbers come again, each part of the note counts its own figures. */
static void report_numbers(const struct rule *rule, const struct subject *subject,
                           const struct number *numbers, size_t count) {
    size_t again = 0, first = 0, second = 0;
    for (size_t i = 1; i < count; i++) {
        if (!slice_equal(numbers[i].digits, numbers[i - 1].digits) ||
            is_continued(&numbers[i], &numbers[i - 1]))
            continue;
        again++;
        first = i - 1;
        second = i;
    }
    if (again != 1)
        return;
    const struct source *source = &subject->document->source;
    const char *line = arena_format(&subject->findings->arena, "%zu",
                                    source_line(source, numbers[first].place.start));
    struct place named = {"line", slice_of(line)};
    subject_report(subject, rule, numbers[second].place,
                   document_text(subject->document, numbers[second].place), &named, 1);
}

static void find_numbers(const struct rule *rule, const struct subject *subject,
                         const struct figure_list *figures) {
    const struct document *document = subject->document;
    struct number *numbers = memory_allocate(figures->count, sizeof *numbers);
    size_t count = 0;
    for (size_t i = 0; i < figures->count; i++) {
        struct span caption = figures->items[i].caption;
        struct span place = numbered(document, caption);
        if (!place.end)
            continue;
        size_t digits = place.end;
        while (document->source.bytes.data[digits - 1] != ' ')
            digits--;
        numbers[count++] =
            (struct number){place, slice_part(document->source.bytes, digits, place.end),
                            slice_trim(document_text(document, caption))};
    }
    qsort(numbers, count, sizeof *numbers, compare_numbers);
    report_numbers(rule, subject, numbers, count);
    free(numbers);
}

static void run(const struct rule *rule, struct subject *subject) {
    static void (*const finders[])(const struct rule *, const struct subject *,
                                   const struct figure_list *) = {[PROBLEM_OUTSIDE] = find_outside,
                                                                  [PROBLEM_CAPTION] =
                                                                      find_uncaptioned,
                                                                  [PROBLEM_NUMBER] = find_numbers};
    const struct figures_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    if (document->kind != DOCUMENT_MARKDOWN || !document->kinds || document->undecided)
        return;
    struct figure_list figures = read_figures(document);
    finders[own->finds](rule, subject, &figures);
    free(figures.items);
}

const struct check check_note_figures = {.name = "note-figures",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct figures_parameters),
                                         .places = places,
                                         .needs_document = true,
                                         .run = run};
