/*
 * Checks that what the document reader reports stands where it says, byte by byte:
 *
 *     positions [--quiet] FILE…       positions [--quiet] --stdin0 <NAMES
 *
 * Reads each file as Markdown, with and without single-dollar math. What is looked at are the bytes
 * of the file at the reported place, undone by parsers of their own, not the reader's tables.
 * Prints what is wrong as FILE:LINE:COLUMN, then a table. Exit status 1 when something is wrong.
 */
#include "base/buffer.h"
#include "base/memory.h"
#include "document/document.h"
#include "text/file.h"
#include "text/utf8.h"

#include <cmark.h>
#include <ctype.h>
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum check {
    CHECK_PLACE, /* the reader knows where a Markdown link or image stands */
    CHECK_LINK,
    CHECK_IMAGE,
    CHECK_TAG,
    CHECK_DESTINATION,
    CHECK_HEADING,
    CHECK_TITLE,
    CHECK_CONTENT,
    CHECK_VALUE,
    CHECK_PROSE,
    CHECK_CODE,
    CHECK_COMMENT,
    CHECK_COLUMN,
    CHECKS,
};

static const char *const check_names[CHECKS] = {"links and images with a place",
                                                "Markdown links",
                                                "Markdown images",
                                                "HTML tags",
                                                "destinations",
                                                "headings",
                                                "heading titles",
                                                "section content",
                                                "front matter values",
                                                "prose runs",
                                                "code",
                                                "comments",
                                                "columns there and back"};

struct run {
    const char *path;
    const struct document *document;
    size_t reported[CHECKS], right[CHECKS];
    size_t files, undecided;
    bool quiet;
};

static size_t offset_of(const struct source *source, struct position position) {
    size_t offset = source_line_start(source, position.line);
    if (!offset && slice_starts_with(source->bytes, UTF8_BOM))
        offset = strlen(UTF8_BOM);
    for (size_t column = 1; column < position.column; column++)
        utf8_next(source->bytes, &offset);
    return offset;
}

static void count(struct run *run, enum check check, bool right, struct span span) {
    run->reported[check]++;
    run->right[check] += right;
    if (right || run->quiet)
        return;
    struct position position = source_position(&run->document->source, span.start);
    struct slice bytes = document_text(run->document, span);
    struct buffer shown = BUFFER_EMPTY;
    utf8_append_visible(&shown, slice_part(bytes, 0, 100));
    printf("%s:%zu:%zu: %s: %s\n", run->path, position.line, position.column, check_names[check],
           buffer_string(&shown));
    buffer_release(&shown);
}

/* Every place reported goes through here, so that its line and column are looked at too. */
static void count_place(struct run *run, enum check check, bool right, struct span span) {
    const struct source *source = &run->document->source;
    count(run, check, right, span);
    bool there_and_back = span.start <= span.end && span.end <= source->bytes.size &&
                          offset_of(source, source_position(source, span.start)) == span.start &&
                          offset_of(source, source_position(source, span.end)) == span.end;
    count(run, CHECK_COLUMN, there_and_back, span);
}

/* --- Links, images, tags ------------------------------------------------------------------- */

/* A destination as cmark decodes it between pointed brackets; the caller frees it. */
static char *decode_markdown(struct slice bytes) {
    struct buffer text = BUFFER_EMPTY;
    char *decoded = NULL;
    buffer_append_format(&text, "[x](<%.*s>)", SLICE_ARGUMENTS(bytes));
    cmark_node *root = cmark_parse_document(text.data, text.size, CMARK_OPT_DEFAULT);
    cmark_node *paragraph = cmark_node_first_child(root);
    cmark_node *link = paragraph ? cmark_node_first_child(paragraph) : NULL;
    if (link && cmark_node_get_type(link) == CMARK_NODE_LINK)
        decoded = memory_copy_string(cmark_node_get_url(link));
    cmark_node_free(root);
    buffer_release(&text);
    return decoded;
}

static const GumboAttribute *first_target(const GumboNode *node) {
    if (node->type != GUMBO_NODE_ELEMENT)
        return NULL;
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, "href");
    const GumboVector *children = &node->v.element.children;
    for (unsigned i = 0; !found && i < children->length; i++)
        found = first_target(children->data[i]);
    return found;
}

static char *decode_html(struct slice bytes) {
    struct buffer text = BUFFER_EMPTY;
    char quote = bytes.size && memchr(bytes.data, '"', bytes.size) ? '\'' : '"';
    buffer_append_format(&text, "<a href=%c%.*s%c>", quote, SLICE_ARGUMENTS(bytes), quote);
    GumboOutput *output = gumbo_parse_with_options(&kGumboDefaultOptions, text.data, text.size);
    const GumboAttribute *target = first_target(output->root);
    char *decoded = target ? memory_copy_string(target->value) : NULL;
    gumbo_destroy_output(&kGumboDefaultOptions, output);
    buffer_release(&text);
    return decoded;
}

static bool destination_is_right(const struct run *run, const struct link *link) {
    struct slice bytes = document_text(run->document, link->destination_span);
    if (slice_equal(bytes, link->destination))
        return true;
    char *decoded = link->syntax == LINK_HTML ? decode_html(bytes) : decode_markdown(bytes);
    bool right = decoded && slice_equal_string(link->destination, decoded);
    if (!right && decoded && slice_starts_with(link->destination, "mailto:"))
        right = slice_equal_string(slice_part(link->destination, 7, SLICE_NOT_FOUND), decoded);
    free(decoded);
    return right;
}

static bool has_kind(const struct run *run, struct span span, unsigned kinds) {
    for (size_t i = span.start; i < span.end; i++)
        if (!(kinds & (1u << run->document->kinds[i])))
            return false;
    return true;
}

/* A reference needs a definition somewhere in the file; letter case and line ends may differ. */
static bool is_defined(const struct run *run, struct slice label) {
    struct slice bytes = run->document->source.bytes;
    for (size_t at = 0; (at = slice_find(bytes, "]:", at)) != SLICE_NOT_FOUND; at++) {
        size_t open = at;
        while (open && bytes.data[open] != '[')
            open--;
        struct slice found = slice_trim(slice_part(bytes, open + 1, at));
        if (slice_equal_ignoring_case(found, slice_trim(label)) ||
            memchr(label.data, '\n', label.size))
            return true;
    }
    return false;
}

/* `[text](destination)`, `[text][label]`, `[text]`, `<scheme:…>`, with "!" before an image. */
static bool markdown_is_right(const struct run *run, const struct link *link, bool image) {
    struct slice bytes = document_text(run->document, link->span);
    const char *start = run->document->source.bytes.data + link->span.start;
    size_t open = image;
    if (bytes.size < open + 2 || (image && *bytes.data != '!'))
        return false;
    if (bytes.data[open] == '<')
        return !image && bytes.data[bytes.size - 1] == '>' && link->text.size == bytes.size - 2 &&
               link->text.data == start + 1;
    size_t close = open + 1 + link->text.size;
    if (bytes.data[open] != '[' || (link->text.size && link->text.data != start + open + 1) ||
        close >= bytes.size || bytes.data[close] != ']')
        return false;
    struct slice behind = slice_part(bytes, close + 1, bytes.size);
    char last = behind.size ? behind.data[behind.size - 1] : '\0';
    if (last == ')')
        return *behind.data == '(';
    bool has_label = behind.size > 2;
    return (!last || (*behind.data == '[' && last == ']')) &&
           is_defined(run, has_label ? slice_part(behind, 1, behind.size - 1) : link->text);
}

static bool tag_is_right(const struct run *run, const struct link *link, bool image) {
    struct slice bytes = document_text(run->document, link->span);
    const char *name = image ? "<img" : "<a";
    size_t size = strlen(name);
    return bytes.size > size + 1 && !strncasecmp(bytes.data, name, size) &&
           isspace((unsigned char)bytes.data[size]) && bytes.data[bytes.size - 1] == '>' &&
           link->destination_span.start > link->span.start &&
           link->destination_span.end < link->span.end &&
           has_kind(run, link->span, 1u << BYTE_TAG | 1u << BYTE_LIQUID);
}

/* What stands before a destination says that it is one. */
static bool is_at_destination(const struct run *run, const struct link *link) {
    struct slice before =
        document_text(run->document, (struct span){link->span.start, link->destination_span.start});
    struct slice behind =
        document_text(run->document, (struct span){link->destination_span.end, link->span.end});
    if (link->syntax == LINK_HTML) {
        bool quoted = before.size && strchr("\"'", before.data[before.size - 1]);
        before = slice_trim(slice_part(before, 0, before.size - quoted));
        bool bare = !link->destination.size && !quoted; /* <a href> */
        return (bare || slice_ends_with(before, "=")) && (!quoted || strchr("\"'", *behind.data));
    }
    bool pointed = slice_ends_with(before, "<");
    before = slice_trim(slice_part(before, 0, before.size - pointed));
    while (slice_ends_with(before, ">")) /* the mark of a quote, in front of a new line */
        before = slice_trim(slice_part(before, 0, before.size - 1));
    return (pointed && !before.size) ||
           (slice_ends_with(before, "](") && (!pointed || *behind.data == '>'));
}

static void check_links(struct run *run, const struct link *links, size_t size, bool image) {
    for (size_t i = 0; i < size; i++) {
        const struct link *link = &links[i];
        bool markdown = link->syntax == LINK_MARKDOWN;
        if (markdown)
            count(run, CHECK_PLACE, link->has_place, link->span);
        if (!link->has_place)
            continue;
        if (markdown)
            count_place(run, image ? CHECK_IMAGE : CHECK_LINK, markdown_is_right(run, link, image),
                        link->span);
        else
            count_place(run, CHECK_TAG, tag_is_right(run, link, image), link->span);
        bool reference = link->destination_span.start == link->destination_span.end &&
                         !link->destination_span.start;
        if (!reference)
            count_place(run, CHECK_DESTINATION,
                        is_at_destination(run, link) && destination_is_right(run, link),
                        link->destination_span);
    }
}

/* --- Headings ------------------------------------------------------------------------------ */

static bool is_underline(struct slice line, char mark) {
    line = slice_trim(line);
    for (size_t i = 0; i < line.size; i++)
        if (line.data[i] != mark)
            return false;
    return line.size > 0;
}

static bool heading_is_right(const struct run *run, const struct section *section) {
    struct slice bytes = document_text(run->document, section->heading);
    struct span title = section->title;
    size_t marks = 0;
    while (marks < bytes.size && bytes.data[marks] == '#')
        marks++;
    if (marks && (marks == bytes.size || isspace((unsigned char)bytes.data[marks])))
        return (size_t)section->level == marks && !memchr(bytes.data, '\n', bytes.size) &&
               section->heading.start + marks <= title.start && title.end <= section->heading.end;
    struct slice rest =
        document_text(run->document, (struct span){title.end, section->heading.end});
    size_t line = slice_find(rest, "\n", 0);
    return title.start == section->heading.start && line != SLICE_NOT_FOUND &&
           is_underline(slice_part(rest, line, rest.size), section->level == 1 ? '=' : '-');
}

/* Of what stands around a title only marks, blanks and attribute lists are left out. */
static bool title_is_right(const struct run *run, const struct section *section) {
    struct slice title = document_text(run->document, section->title);
    struct slice before =
        document_text(run->document, (struct span){section->heading.start, section->title.start});
    for (size_t i = 0; i < before.size; i++)
        if (!strchr("# \t", before.data[i]))
            return false;
    for (size_t i = section->title.end; i < section->heading.end; i++)
        if (run->document->kinds[i] != BYTE_ATTRIBUTES &&
            !strchr("# \t\r\n=-", run->document->source.bytes.data[i]))
            return false;
    return slice_trim(title).size == title.size &&
           has_kind(run, section->heading, ~(1u << BYTE_FRONT_MATTER | 1u << BYTE_RAW_TEXT));
}

static void check_sections(struct run *run) {
    const struct document *document = run->document;
    const struct section *section = &document->root;
    size_t border = section->content.end;
    while ((section = section_next(section))) {
        count_place(run, CHECK_HEADING, heading_is_right(run, section), section->heading);
        count_place(run, CHECK_TITLE, title_is_right(run, section), section->title);
        struct slice gap = document_text(document, (struct span){border, section->heading.start});
        for (size_t i = 0; i < gap.size && strchr(" \t>-*+0123456789.)", gap.data[i]); i++)
            border++;
        count_place(run, CHECK_CONTENT,
                    border == section->heading.start &&
                        section->content.start >= section->heading.end &&
                        section->content.start <= section->content.end,
                    section->content);
        border = section->content.end;
    }
    count(run, CHECK_CONTENT, border == document->source.bytes.size, (struct span){border, border});
}

/* --- Front matter -------------------------------------------------------------------------- */

/* Folding and indentation change white space only. */
static bool same_but_spaces(struct slice left, struct slice right) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < left.size && isspace((unsigned char)left.data[i]))
            i++;
        while (k < right.size && isspace((unsigned char)right.data[k]))
            k++;
        if (i == left.size || k == right.size)
            return i == left.size && k == right.size;
        if (left.data[i++] != right.data[k++])
            return false;
    }
}

static void check_values(struct run *run, const struct yaml_node *node) {
    for (size_t i = 0; i < node->item_count; i++)
        check_values(run, node->items[i]);
    for (size_t i = 0; i < node->pair_count; i++) {
        check_values(run, node->pairs[i].key);
        check_values(run, node->pairs[i].value);
    }
    if (node->kind != YAML_SCALAR)
        return;
    struct span span = document_value_span(run->document, node);
    struct slice bytes = document_text(run->document, span);
    bool escaped = bytes.size && strchr("\"'", *bytes.data);
    struct span front = run->document->front_matter.span;
    count_place(run, CHECK_VALUE,
                span.start >= front.start && span.end <= front.end &&
                    (escaped || same_but_spaces(bytes, node->text)),
                span);
}

/* --- Text, code, comments ------------------------------------------------------------------ */

static bool prose_is_right(const struct run *run, struct span span) {
    struct slice text = document_text(run->document, span);
    const struct source *source = &run->document->source;
    size_t last = source_line(source, span.end - 1);
    for (size_t line = source_line(source, span.start) + 1; line < last; line++)
        if (slice_is_blank(source_line_text(source, line)))
            return false;
    return span.start >= run->document->body_start && !slice_is_blank(text) &&
           has_kind(run, span, 1u << BYTE_TEXT | 1u << BYTE_RAW_TEXT);
}

static void check_passages(struct run *run) {
    const struct document *document = run->document;
    for (size_t i = 0; i < document->prose_count; i++)
        count_place(run, CHECK_PROSE, prose_is_right(run, document->prose[i]), document->prose[i]);
    for (size_t i = 0; i < document->code_count; i++)
        count_place(run, CHECK_CODE,
                    has_kind(run, document->code[i].span,
                             1u << BYTE_CODE | 1u << BYTE_LIQUID | 1u << BYTE_DESTINATION),
                    document->code[i].span);
    for (size_t i = 0; i < document->comment_count; i++) {
        struct slice text = document_text(document, document->comments[i].span);
        count_place(run, CHECK_COMMENT,
                    slice_starts_with(text, "<!--") && slice_ends_with(text, "-->"),
                    document->comments[i].span);
    }
}

/* --- The run ------------------------------------------------------------------------------- */

static void check_document(struct run *run, const struct document *document) {
    run->document = document;
    run->undecided += document->undecided != NULL;
    if (document->kind != DOCUMENT_MARKDOWN)
        return;
    check_links(run, document->links, document->link_count, false);
    check_links(run, document->images, document->image_count, true);
    check_sections(run);
    if (document->front_matter.root)
        check_values(run, document->front_matter.root);
    check_passages(run);
}

static bool check_file(struct run *run, const char *path) {
    struct buffer content = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    bool read = file_read(&content, path, DOCUMENT_MAX_SIZE, &error) == OK;
    if (!read)
        fprintf(stderr, "positions: %s\n", error_message(&error));
    for (int dollars = 0; read && dollars < 2; dollars++) {
        struct document_options options = {.dollar_math = dollars};
        struct document *document =
            document_read(slice_of("file.md"), buffer_slice(&content), &options);
        run->path = path;
        check_document(run, document);
        document_free(document);
    }
    run->files += read;
    error_release(&error);
    buffer_release(&content);
    return read;
}

static bool check_names_from_stdin(struct run *run) {
    char *name = NULL;
    size_t capacity = 0;
    bool read = true;
    while (getdelim(&name, &capacity, '\0', stdin) > 0)
        read = check_file(run, name) && read;
    free(name);
    return read;
}

static bool print_table(const struct run *run) {
    bool right = true;
    printf("%-31s %10s %10s %9s\n", "kind", "reported", "right", "share");
    for (int i = 0; i < CHECKS; i++) {
        double share = run->reported[i] ? 100.0 * run->right[i] / run->reported[i] : 100.0;
        printf("%-31s %10zu %10zu %7.3f %%\n", check_names[i], run->reported[i], run->right[i],
               share);
        right = right && run->right[i] == run->reported[i];
    }
    printf("%zu files, %zu times undecided\n", run->files, run->undecided);
    return right;
}

int main(int argc, char **argv) {
    struct run run = {0};
    bool read = true;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--quiet"))
            run.quiet = true;
        else if (!strcmp(argv[i], "--stdin0"))
            read = check_names_from_stdin(&run) && read;
        else
            read = check_file(&run, argv[i]) && read;
    }
    if (!run.files) {
        fputs("usage: positions [--quiet] FILE... | --stdin0\n", stderr);
        return 2;
    }
    bool right = print_table(&run);
    return read && right ? 0 : 1;
}
