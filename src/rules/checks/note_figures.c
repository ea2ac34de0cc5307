/* Pictures of a note that stand in no <figure>, or without a caption; numbers given twice. */
#include "base/memory.h"
#include "rules/check.h"
#include "rules/facts.h"

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

static const char *const places[] = {"target", "source", "line", "more", NULL};

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

static bool names(const struct tag *tag, const char *name) {
    return slice_equal_ignoring_case(tag->name, slice_of(name));
}

/* The outermost figures. */
static struct figure_list read_figures(const struct document *document,
                                       const struct tag_list *tags) {
    struct figure_list list = {0};
    size_t depth = 0, size = document->source.bytes.size;
    for (size_t i = 0; i < tags->count; i++) {
        const struct tag *tag = &tags->items[i].tag;
        struct span span = tags->items[i].span;
        struct figure *last = list.count ? &list.items[list.count - 1] : NULL;
        if (names(tag, "figure") && !tag->closing && !depth++) {
            ARRAY_PUSH(list.items, list.count, list.capacity) =
                (struct figure){.tag = span, .whole = {span.start, size}};
        } else if (names(tag, "figure") && tag->closing && depth && !--depth) {
            last->whole.end = span.end;
            last->closed = true;
        } else if (names(tag, "figcaption") && depth && !tag->closing && !last->caption.start) {
            last->caption = (struct span){span.end, size};
        } else if (names(tag, "figcaption") && depth && tag->closing && last->caption.end == size) {
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

/* One in it; one that Liquid or a class makes counts. */
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
        if ((after_blank && has_picture(text)) || slice_starts_with(text, "#"))
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
    struct tag_list tags;
    tags_collect(&tags, document);
    struct figure_list figures = read_figures(document, &tags);
    bool all = true;
    for (size_t i = 0; i < document->image_count && all; i++) {
        const struct link *image = &document->images[i];
        const struct figure *figure =
            image->has_place ? figure_around(&figures, image->span.start) : NULL;
        all = figure && figure->caption.start && has_caption(document, figure);
    }
    free(figures.items);
    free(tags.items);
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

/* As under a picture in no figure: a line right under it, or "*Figure 1: …*" after a blank one. */
static bool has_caption_below(const struct document *document, const struct figure *figure) {
    size_t last = source_line(&document->source, figure->whole.end - 1);
    return look_around(document, last + 1, 1) != AROUND_NOTHING;
}

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
        if (!figure || known || has_caption(document, figure) ||
            has_caption_below(document, figure))
            continue;
        struct place named = {"target", image->destination};
        subject_report(subject, rule, figure->tag, image->destination, &named, 1);
    }
}

/* --- Numbers --------------------------------------------------------------------------------- */

static size_t skip_blanks(struct slice bytes, size_t at) {
    while (at < bytes.size && isspace((unsigned char)bytes.data[at]))
        at++;
    return at;
}

/* "Figure 3 of Bishop" is another's figure, "Figure 3 (left)" a part of one. */
static bool is_partial_or_foreign(struct slice text) {
    static const char *const words[] = {"of",    "from",   "in",     "by",    "and",    "to",
                                        "left",  "top",    "bottom", "upper", "lower",  "above",
                                        "right", "middle", "center", "cont",  "adapted"};
    size_t size = 0;
    while (size < text.size && isalpha((unsigned char)text.data[size]))
        size++;
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (slice_equal_ignoring_case(slice_part(text, 0, size), slice_of(words[i])))
            return true;
    return text.size && strchr("([&", *text.data);
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
    if (good && bytes.data[stop] == ' ')
        good = !is_partial_or_foreign(slice_part(bytes, skip_blanks(bytes, stop), caption.end));
    return good ? (struct span){start, stop} : (struct span){0, 0};
}

enum { MOST_NUMBERS = 500 }; /* no note has more; each is compared with each */

struct number {
    struct span place;
    struct slice digits, caption;
    size_t part; /* of a note whose parts count their own figures */
    bool told;
};

/* The 3 of "3", "3a" and "3.1". */
static unsigned long main_number(const struct number *number) {
    return strtoul(number->digits.data, NULL, 10);
}

static bool has_heading_between(const struct document *document, size_t from, size_t to) {
    for (const struct section *section = section_next(&document->root); section;
         section = section_next(section))
        if (section->heading.start > from && section->heading.start < to)
            return true;
    return false;
}

/* Back to 1 under another heading, after a higher one, and running on from there. */
static bool restarts(const struct document *document, const struct number *numbers, size_t count,
                     size_t at) {
    return at && at + 1 < count && main_number(&numbers[at]) == 1 &&
           main_number(&numbers[at - 1]) > 1 && main_number(&numbers[at + 1]) > 1 &&
           has_heading_between(document, numbers[at - 1].place.start, numbers[at].place.start);
}

/* "Figure 2: … (continued)" or the same words again: meant so. */
static bool is_continued(const struct number *number, const struct number *first) {
    return slice_equal(number->caption, first->caption) ||
           slice_find(number->caption, "ontinued", 0) != SLICE_NOT_FOUND ||
           slice_find(number->caption, "cont.", 0) != SLICE_NOT_FOUND;
}

static bool has_same_number(const struct number *first, const struct number *other) {
    return first->part == other->part && slice_equal(first->digits, other->digits) &&
           !is_continued(other, first);
}

/* Once for a number, at its second place; the other lines that have it are named. */
static void report_number(const struct rule *rule, const struct subject *subject,
                          struct number *numbers, size_t count, size_t first) {
    const struct source *source = &subject->document->source;
    struct arena *arena = &subject->findings->arena;
    struct number *second = NULL;
    const char *more = "";
    for (size_t i = first + 1; i < count; i++) {
        if (!has_same_number(&numbers[first], &numbers[i]))
            continue;
        numbers[i].told = true;
        if (second)
            more =
                arena_format(arena, "%s, %zu", more, source_line(source, numbers[i].place.start));
        second = second ? second : &numbers[i];
    }
    if (!second)
        return;
    if (*more)
        more = arena_format(arena, ", and of line %s", more + 2);
    const char *line = arena_format(arena, "%zu", source_line(source, numbers[first].place.start));
    struct place named[] = {{"line", slice_of(line)}, {"more", slice_of(more)}};
    subject_report(subject, rule, second->place, document_text(subject->document, second->place),
                   named, COUNT_OF(named));
}

static void find_numbers(const struct rule *rule, const struct subject *subject,
                         const struct figure_list *figures) {
    const struct document *document = subject->document;
    struct number *numbers = memory_allocate(figures->count, sizeof *numbers);
    size_t count = 0, part = 0;
    for (size_t i = 0; i < figures->count && count < MOST_NUMBERS; i++) {
        struct span caption = figures->items[i].caption;
        struct span place = numbered(document, caption);
        if (!place.end)
            continue;
        size_t digits = place.end;
        while (document->source.bytes.data[digits - 1] != ' ')
            digits--;
        numbers[count++] =
            (struct number){.place = place,
                            .digits = slice_part(document->source.bytes, digits, place.end),
                            .caption = slice_trim(document_text(document, caption))};
    }
    for (size_t i = 0; i < count; i++)
        numbers[i].part = part += restarts(document, numbers, count, i);
    for (size_t i = 0; i < count; i++)
        if (!numbers[i].told)
            report_number(rule, subject, numbers, count, i);
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
    struct figure_list figures = read_figures(document, subject_tags(subject));
    finders[own->finds](rule, subject, &figures);
    free(figures.items);
}

const struct check check_note_figures = {.name = "note-figures",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct figures_parameters),
                                         .places = places,
                                         .needs_document = true,
                                         .run = run};
