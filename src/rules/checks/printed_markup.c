/*
 * Markup that kramdown does not take for markup and prints as text. Sources: kramdown's parsers
 * html.rb ("Found invalidly used HTML closing tag"), extensions.rb ("Found span IAL after text")
 * and header.rb (HEADER_ID).
 */
#include "base/memory.h"
#include "document/tag.h"
#include "rules/check.h"
#include "rules/liquid_tag.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

enum problem { PROBLEM_CLOSING_TAG, PROBLEM_BROKEN_TAG, PROBLEM_ATTRIBUTE_LIST };

static const char *const problem_names[] = {"closing-tag", "broken-tag", "attribute-list", NULL};

struct markup_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct markup_parameters, finds), problem_names}, {0}};

/* More than people use; what a hostile file has beyond is not looked at. */
enum { MOST_NAMES = 64, MOST_SHOWN = 80 };

struct scan {
    const struct rule *rule;
    const struct subject *subject;
    const struct document *document;
    struct slice bytes;
    struct slice names[MOST_NAMES]; /* of elements, with how many are open */
    long open[MOST_NAMES];
    size_t name_count;
};

static void report(const struct scan *scan, size_t start, size_t end) {
    subject_report(scan->subject, scan->rule, (struct span){start, end},
                   slice_part(scan->bytes, start, end), NULL, 0);
}

static char byte_at(const struct scan *scan, size_t at) {
    return at < scan->bytes.size ? scan->bytes.data[at] : '\0';
}

static bool is_text(const struct scan *scan, size_t at) {
    return at < scan->bytes.size && scan->document->kinds[at] == BYTE_TEXT;
}

static bool is_text_or_raw(const struct scan *scan, size_t at) {
    return is_text(scan, at) ||
           (at < scan->bytes.size && scan->document->kinds[at] == BYTE_RAW_TEXT);
}

/* --- Tags --------------------------------------------------------------------------------- */

/* The element's name behind '<' or "</" at `at`; empty when there is none. */
static struct slice read_name(const struct scan *scan, size_t at) {
    size_t start = at + (byte_at(scan, at + 1) == '/' ? 2 : 1), end = start;
    if (!isalpha((unsigned char)byte_at(scan, start)))
        return slice_part(scan->bytes, start, start);
    while (isalnum((unsigned char)byte_at(scan, end)) || byte_at(scan, end) == '-')
        end++;
    return slice_part(scan->bytes, start, end);
}

/* The counter of a name, or NULL when there are too many names. */
static long *find_counter(struct scan *scan, struct slice name) {
    for (size_t i = 0; i < scan->name_count; i++)
        if (slice_equal_ignoring_case(scan->names[i], name))
            return &scan->open[i];
    if (scan->name_count == MOST_NAMES)
        return NULL;
    scan->names[scan->name_count] = name;
    scan->open[scan->name_count] = 0;
    return &scan->open[scan->name_count++];
}

/* Behind the '>' that ends the tag at `at`; Liquid and quoted text in it may hold one, too. */
static size_t tag_end(const struct scan *scan, size_t at) {
    char quote = '\0';
    for (at++; at < scan->bytes.size && scan->document->kinds[at] != BYTE_TEXT; at++) {
        char byte = scan->bytes.data[at];
        if (scan->document->kinds[at] == BYTE_LIQUID)
            continue;
        if (quote)
            quote = byte == quote ? '\0' : quote;
        else if (byte == '"' || byte == '\'')
            quote = byte;
        else if (byte == '>')
            return at + 1;
    }
    return at;
}

/* Without quotes kramdown takes letters and digits only. */
static bool is_unquoted(struct slice attribute, struct slice value) {
    static const char *const names[] = {"src", "href", "class", "style", "width", "height"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_equal_ignoring_case(attribute, slice_of(names[i])))
            return value.size && !strchr(" \t\r\n>", *value.data);
    return false;
}

/* `<name attribute="`, with any quote, straight or not: no other text looks like that. */
static bool has_quoted_attribute(const struct scan *scan, size_t at) {
    static const char *const quotes[] = {
        "\"", "'", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99"};
    size_t start = at, name;
    while (byte_at(scan, at) == ' ' || byte_at(scan, at) == '\t')
        at++;
    name = at;
    if (at == start || !isalpha((unsigned char)byte_at(scan, at)))
        return false;
    while (isalnum((unsigned char)byte_at(scan, at)) || byte_at(scan, at) == '-')
        at++;
    if (byte_at(scan, at) != '=')
        return false;
    struct slice value = slice_part(scan->bytes, at + 1, scan->bytes.size);
    for (size_t i = 0; i < COUNT_OF(quotes); i++)
        if (slice_starts_with(value, quotes[i]))
            return true;
    return is_unquoted(slice_part(scan->bytes, name, at), value);
}

/* "</name" or `<name attribute="` that the reader did not take for a tag. */
static bool is_broken_tag(const struct scan *scan, size_t at, struct slice name) {
    if (!name.size || !is_text_or_raw(scan, at) || (at && byte_at(scan, at - 1) == '\\'))
        return false;
    size_t behind = (size_t)(name.data - scan->bytes.data) + name.size;
    return byte_at(scan, at + 1) == '/' || has_quoted_attribute(scan, behind);
}

/* To its '>' on the same line, or as much as can be shown. */
static void report_broken_tag(const struct scan *scan, size_t at) {
    const struct source *source = &scan->document->source;
    size_t line = source_line(source, at), end = at;
    size_t line_end = source_line_start(source, line) + source_line_text(source, line).size;
    while (end < line_end && end < at + MOST_SHOWN && byte_at(scan, end) != '>')
        end++;
    if (byte_at(scan, end) == '>')
        end++;
    while (end > at && (scan->bytes.data[end - 1] & 0xC0) == 0x80 &&
           (byte_at(scan, end) & 0xC0) == 0x80)
        end--; /* not within a character */
    report(scan, at, end);
}

static void find_broken_tags(struct scan *scan) {
    for (size_t at = 0; (at = slice_find(scan->bytes, "<", at)) != SLICE_NOT_FOUND; at++)
        if (is_broken_tag(scan, at, read_name(scan, at)))
            report_broken_tag(scan, at);
}

/* `[label]: ` and nothing else before `at` on its line. */
static bool follows_label(const struct scan *scan, size_t at) {
    const struct source *source = &scan->document->source;
    size_t start = source_line_start(source, source_line(source, at));
    struct slice before = slice_trim(slice_part(scan->bytes, start, at));
    return slice_starts_with(before, "[") && slice_ends_with(before, "]:") &&
           slice_find(before, "]", 0) == before.size - 2;
}

/*
 * `[label]:<tag>` where a paragraph would begin defines a link, as people write comments; within a
 * paragraph it is text with a tag.
 */
static bool is_definition(const struct scan *scan, size_t at) {
    const struct source *source = &scan->document->source;
    size_t line = source_line(source, at);
    if (!follows_label(scan, at))
        return false;
    return line == 1 || slice_is_blank(source_line_text(source, line - 1));
}

/* Up to where nothing is conditional: an include or a branch may hold the opening tag. */
static size_t unconditional_end(const struct document *document) {
    struct liquid_tag tag;
    for (size_t offset = 0; liquid_tag_next(document, &offset, &tag);)
        if (liquid_tag_opens_choice(&tag) || slice_starts_with(tag.name, "include"))
            return tag.span.start;
    return document->source.bytes.size;
}

/* A closing tag of which no opening one stands before, anywhere: kramdown prints it. */
static void find_closing_tags(struct scan *scan) {
    size_t limit = unconditional_end(scan->document);
    for (size_t at = 0; (at = slice_find(scan->bytes, "<", at)) < limit;) {
        struct slice name = read_name(scan, at);
        bool tag = scan->document->kinds[at] == BYTE_TAG && name.size;
        size_t end = tag ? tag_end(scan, at) : at + 1;
        bool closing = byte_at(scan, at + 1) == '/', broken = is_broken_tag(scan, at, name);
        bool counts = (tag || broken) && !tag_is_void(name) && !is_definition(scan, at);
        long *open = counts ? find_counter(scan, name) : NULL;
        if (open && closing && !broken && *open == 0)
            report(scan, at, end);
        else if (open && closing)
            *open -= *open > 0;
        else if (open && (broken || byte_at(scan, end - 2) != '/'))
            ++*open;
        at = end;
    }
}

/* --- Attribute lists ---------------------------------------------------------------------- */

/* The '}' on the same line, with no brace between, or 0. */
static size_t list_end(const struct scan *scan, size_t at) {
    enum { LONGEST = 200 };
    for (size_t i = at + 1; i < scan->bytes.size && i < at + LONGEST; i++) {
        char byte = scan->bytes.data[i];
        if (byte == '}')
            return i;
        if (byte == '{' || byte == '\n')
            return 0;
    }
    return 0;
}

/* Nothing but the marks of quotes, list items and table cells before it on its line. */
static bool begins_line(const struct scan *scan, size_t at) {
    while (at && byte_at(scan, at - 1) != '\n') {
        if (!strchr(" \t>*+-:|.)0123456789", byte_at(scan, at - 1)))
            return false;
        at--;
    }
    return true;
}

/* `{: .class}` behind text, where kramdown wants something like **bold** or a link. */
static bool follows_text(const struct scan *scan, size_t at) {
    size_t end = at;
    while (end && (byte_at(scan, end - 1) == ' ' || byte_at(scan, end - 1) == '\t'))
        end--;
    if (begins_line(scan, at) || byte_at(scan, end - 1) == '|' || byte_at(scan, end - 1) == '\\')
        return false;
    if (end < at)
        return scan->document->kinds[end - 1] != BYTE_ATTRIBUTES;
    return is_text(scan, end - 1) && isalnum((unsigned char)byte_at(scan, end - 1));
}

/* ".class" or "#id", as Pandoc has them. */
static bool is_class_or_id(struct slice inside) {
    return inside.size > 1 && (*inside.data == '.' || *inside.data == '#') &&
           isalpha((unsigned char)inside.data[1]);
}

/* `width=50%`: a name, a sign, something. */
static bool is_key_and_value(struct slice inside) {
    size_t size = 0;
    while (size < inside.size &&
           (isalnum((unsigned char)inside.data[size]) || inside.data[size] == '-'))
        size++;
    return size && isalpha((unsigned char)*inside.data) && size + 1 < inside.size &&
           inside.data[size] == '=';
}

/* Pandoc's `{.class}` or `{width=50%}` behind a link, an image, code or `[text]`. */
static bool follows_construct(const struct scan *scan, size_t at, struct slice inside) {
    if (!at)
        return false;
    unsigned char kind = scan->document->kinds[at - 1];
    if (kind == BYTE_DESTINATION || (kind == BYTE_CODE && byte_at(scan, at - 1) == '`'))
        return is_class_or_id(inside) || is_key_and_value(inside);
    return kind == BYTE_TEXT && byte_at(scan, at - 1) == ']' && is_class_or_id(inside);
}

static void find_lists_in_text(struct scan *scan) {
    for (size_t at = 0; (at = slice_find(scan->bytes, "{", at)) != SLICE_NOT_FOUND; at++) {
        bool list = scan->document->kinds[at] == BYTE_ATTRIBUTES;
        size_t end = list || is_text(scan, at) ? list_end(scan, at) : 0;
        if (!end || (at && byte_at(scan, at - 1) == '\\'))
            continue;
        struct slice inside = slice_part(scan->bytes, at + 1, end);
        bool kramdown = list && slice_starts_with(inside, ":") && !slice_starts_with(inside, "::");
        if (kramdown ? follows_text(scan, at) : follows_construct(scan, at, inside))
            report(scan, at, end + 1);
    }
}

/* A blank, then "#", a letter and what names are made of: all that kramdown takes in a heading. */
static bool is_heading_id(const struct scan *scan, size_t at, struct slice inside) {
    if (inside.size < 2 || !at || !strchr(" \t", byte_at(scan, at - 1)) ||
        !isalpha((unsigned char)inside.data[1]))
        return false;
    for (size_t i = 2; i < inside.size; i++)
        if (!isalnum((unsigned char)inside.data[i]) && !strchr("_:-", inside.data[i]))
            return false;
    return true;
}

/* `# Heading {.class}`, `{-}` or `{#id .class}` at the end of a heading's line. */
static void look_at_heading(const struct scan *scan, size_t start) {
    const struct source *source = &scan->document->source;
    struct slice line = slice_trim(source_line_text(source, source_line(source, start)));
    while (slice_ends_with(line, "#"))
        line = slice_trim(slice_part(line, 0, line.size - 1));
    size_t at = line.size;
    while (at && line.data[at - 1] != '{')
        at--;
    if (!slice_ends_with(line, "}") || !at)
        return;
    struct slice inside = slice_part(line, at, line.size - 1);
    size_t brace = (size_t)(line.data - scan->bytes.data) + at - 1;
    bool list = scan->document->kinds[brace] == BYTE_ATTRIBUTES;
    bool id = inside.size > 1 && *inside.data == '#' && isalnum((unsigned char)inside.data[1]);
    if (!list && !is_text(scan, brace))
        return;
    if (id ? !is_heading_id(scan, brace, inside)
           : is_class_or_id(inside) || slice_equal_string(inside, "-"))
        report(scan, brace, brace + inside.size + 2);
}

static void find_lists_in_headings(struct scan *scan) {
    const struct section *root = &scan->document->root;
    for (const struct section *at = section_next(root); at; at = section_next(at))
        look_at_heading(scan, at->heading.start);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct markup_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    struct scan scan = {.rule = rule, .subject = subject, .document = document};
    scan.bytes = document->source.bytes;
    if (!document->kinds || document->undecided)
        return;
    switch ((enum problem)own->finds) {
    case PROBLEM_CLOSING_TAG:
        find_closing_tags(&scan);
        break;
    case PROBLEM_BROKEN_TAG:
        find_broken_tags(&scan);
        break;
    case PROBLEM_ATTRIBUTE_LIST:
        find_lists_in_text(&scan);
        find_lists_in_headings(&scan);
        break;
    }
}

const struct check check_printed_markup = {.name = "printed-markup",
                                           .parameters = parameters,
                                           .parameters_size = sizeof(struct markup_parameters),
                                           .needs_document = true,
                                           .run = run};
