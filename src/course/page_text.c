#include "course/page_text.h"

#include "base/memory.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_letter(struct slice text, size_t at) {
    return at < text.size && isalpha((unsigned char)text.data[at]);
}

bool says_scribe(struct slice text) {
    static const char *const words[] = {"scribe", "scribing", "note-tak", "note tak", "notetak"};
    for (size_t at = 0; at < text.size; at++) {
        if (at && is_letter(text, at - 1)) /* "describe" */
            continue;
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (text.size - at >= strlen(words[i]) &&
                !strncasecmp(text.data + at, words[i], strlen(words[i])))
                return true;
    }
    return false;
}

static bool is_markup(struct slice text, size_t at) {
    char byte = text.data[at];
    bool in_word = at && isalnum((unsigned char)text.data[at - 1]) && at + 1 < text.size &&
                   isalnum((unsigned char)text.data[at + 1]);
    return byte == '*' || byte == '`' || byte == '|' || (byte == '_' && !in_word);
}

/* Passages are split before this, so that the line ends can go. */
static void flatten(struct page_text *page) {
    const struct document *document = page->document;
    struct slice bytes = document->source.bytes;
    page->flat = memory_allocate(bytes.size + 1, 1);
    for (size_t i = 0; i < bytes.size; i++) {
        int kind = document->kinds ? document->kinds[i] : BYTE_TEXT;
        bool shown = kind == BYTE_TEXT || kind == BYTE_RAW_TEXT || kind == BYTE_CODE;
        bool blank = !shown || isspace((unsigned char)bytes.data[i]) || !bytes.data[i] ||
                     is_markup(bytes, i);
        page->flat[i] = blank ? ' ' : bytes.data[i];
    }
}

/* --- Passages ----------------------------------------------------------------------------------
 */

static bool begins_item(struct slice line) {
    line = slice_trim(line);
    size_t digits = 0;
    while (digits < line.size && isdigit((unsigned char)line.data[digits]))
        digits++;
    if (digits)
        return digits + 1 < line.size && strchr(".)", line.data[digits]) &&
               line.data[digits + 1] == ' ';
    return line.size > 1 && (strchr("-*+:", *line.data) ? line.data[1] == ' ' : *line.data == '|');
}

static void add_passage(struct page_text *page, size_t start, size_t end, bool about) {
    struct passage_text passage = {.span = {start, end}};
    struct slice text = page_text_part(page, passage.span);
    if (slice_is_blank(text))
        return;
    passage.says_scribe = says_scribe(text);
    passage.about_scribes = about || passage.says_scribe;
    ARRAY_PUSH(page->passages, page->count, page->capacity) = passage;
}

static void split(struct page_text *page, struct span content, bool about) {
    const struct source *source = &page->document->source;
    size_t start = content.start;
    for (size_t at = content.start; at < content.end;) {
        size_t next = source_line_start(source, source_line(source, at) + 1);
        struct slice line = slice_part(source->bytes, at, next < content.end ? next : content.end);
        if (slice_is_blank(line) || begins_item(line)) {
            add_passage(page, start, at, about);
            start = at;
        }
        at = next > at ? next : content.end;
    }
    add_passage(page, start, content.end, about);
}

static bool heading_says_scribe(const struct page_text *page, const struct section *section) {
    for (; section && section->level; section = section->parent)
        if (says_scribe(page_text_part(page, section->title)))
            return true;
    return false;
}

/* A page without a title in its front matter is called what its first heading says. */
static bool page_says_scribe(const struct page_text *page) {
    const struct document *document = page->document;
    const struct yaml_node *title = yaml_find(document->front_matter.root, "title");
    const struct section *first = document->root.first_child;
    if (says_scribe(document->path))
        return true;
    if (title)
        return title->kind == YAML_SCALAR && says_scribe(title->text);
    return first && says_scribe(page_text_part(page, first->title));
}

void page_text_read(struct page_text *page, const struct document *document) {
    *page = (struct page_text){.document = document};
    flatten(page);
    bool about = page_says_scribe(page);
    for (const struct section *section = &document->root; section; section = section_next(section))
        split(page, section->content, about || heading_says_scribe(page, section));
}

void page_text_release(struct page_text *page) {
    free(page->flat);
    free(page->passages);
    *page = (struct page_text){0};
}

struct slice page_text_part(const struct page_text *page, struct span span) {
    return slice_part((struct slice){page->flat, page->document->source.bytes.size}, span.start,
                      span.end);
}

const struct passage_text *page_text_find(const struct page_text *page, size_t offset) {
    size_t low = 0, high = page->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->passages[middle].span.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < page->count && page->passages[low].span.start <= offset ? &page->passages[low]
                                                                         : NULL;
}

/* A full stop ends a sentence where a blank and no small letter follows ("a.m. PT" does not). */
static bool ends_sentence(const char *flat, size_t at, size_t end) {
    if (!strchr(".!?", flat[at]) || at + 1 >= end || flat[at + 1] != ' ')
        return false;
    if (at >= 2 && flat[at - 2] == '.') /* "p.m. " */
        return false;
    for (at++; at < end && flat[at] == ' ';)
        at++;
    return at < end && !islower((unsigned char)flat[at]);
}

struct slice page_text_sentence(const struct page_text *page, const struct passage_text *passage,
                                struct span span) {
    enum { LONGEST_HALF = 1000 };
    size_t start = span.start, end = span.end;
    while (start > passage->span.start && span.start - start < LONGEST_HALF &&
           !ends_sentence(page->flat, start - 1, passage->span.end))
        start--;
    while (end < passage->span.end && end - span.end < LONGEST_HALF &&
           !ends_sentence(page->flat, end - 1, passage->span.end))
        end++;
    struct slice text = slice_trim(page_text_part(page, (struct span){start, end}));
    while (text.size && strchr("-+>:#", *text.data))
        text = slice_trim(slice_part(text, 1, text.size));
    return text;
}
