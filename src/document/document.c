#include "document/document.h"

#include "base/memory.h"
#include "document/front_matter.h"
#include "document/pointer.h"
#include "document/reader.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Each of the endings is a dot and small letters or digits. */
static bool has_ending(struct slice path, const char *const *endings, size_t count) {
    const char *dot = path.size ? memrchr(path.data, '.', path.size) : NULL;
    size_t size = dot ? (size_t)(path.data + path.size - dot) : 0;
    if (size < 2 || size == path.size)
        return false;
    for (size_t i = 0; i < count; i++)
        if ((dot[1] | 0x20) == endings[i][1] && strlen(endings[i]) == size &&
            !strncasecmp(dot, endings[i], size))
            return true;
    return false;
}

bool path_is_markdown(struct slice path) {
    static const char *const endings[] = {".md", ".markdown", ".mkd", ".mkdn", ".mkdown"};
    return has_ending(path, endings, COUNT_OF(endings));
}

bool path_is_image(struct slice path) {
    static const char *const endings[] = {".png", ".jpg", ".jpeg", ".gif",  ".svg", ".webp",
                                          ".bmp", ".tif", ".tiff", ".avif", ".ico"};
    return has_ending(path, endings, COUNT_OF(endings));
}

struct slice document_text(const struct document *document, struct span span) {
    return slice_part(document->source.bytes, span.start, span.end);
}

static int order_place(const void *key, const void *element) {
    size_t offset = *(const size_t *)key;
    struct span span = ((const struct passage *)element)->span;
    return offset < span.start ? -1 : offset >= span.end;
}

bool document_is_raw(const struct document *document, size_t offset) {
    return document->raw_count &&
           bsearch(&offset, document->raw, document->raw_count, sizeof *document->raw, order_place);
}

size_t document_page_number(const struct document *document, size_t offset) {
    size_t first = 0, last = document->page_count;
    if (!last)
        return 0;
    while (last - first > 1) {
        size_t middle = first + (last - first) / 2;
        if (document->pages[middle].span.start <= offset)
            first = middle;
        else
            last = middle;
    }
    return document->pages[first].number;
}

/* The room for both lists is doubled in the arena: documents have few links. */
void document_add_link(struct document *document, bool image, struct link link) {
    struct link **links = image ? &document->images : &document->links;
    size_t *count = image ? &document->image_count : &document->link_count;
    bool full = (*count & (*count - 1)) == 0;
    if (full) {
        struct link *larger =
            arena_allocate(&document->arena, *count ? 2 * *count : 1, sizeof *larger);
        if (*count)
            memcpy(larger, *links, *count * sizeof *larger);
        *links = larger;
    }
    (*links)[(*count)++] = link;
}

static int by_start(const void *left, const void *right) {
    const struct link *a = left, *b = right;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

static void sort_links(struct link *links, size_t count) {
    if (count)
        qsort(links, count, sizeof *links, by_start);
}

/* Indented code is known only after parsing: tags and formulas in it are code after all. */
static void apply_indented_code(struct mask *mask, const struct leaf_list *leaves) {
    size_t region = 0, kept = 0;
    for (size_t i = 0; i < leaves->count; i++) {
        struct span code = leaves->items[i].span;
        if (leaves->items[i].kind != LEAF_CODE)
            continue;
        for (; region < mask->region_count && mask->regions[region].span.start < code.start;
             region++)
            mask->regions[kept++] = mask->regions[region];
        while (region < mask->region_count && mask->regions[region].span.start < code.end)
            region++;
        mask_set(mask, code, BYTE_CODE);
    }
    for (; region < mask->region_count; region++)
        mask->regions[kept++] = mask->regions[region];
    mask->region_count = kept;
    for (size_t i = 0; i < leaves->count; i++)
        if (leaves->items[i].kind == LEAF_CODE)
            mask_add_region(mask, REGION_CODE, leaves->items[i].span);
}

static struct passage *collect(struct document *document, const struct mask *mask,
                               enum region_kind kind, size_t *count) {
    struct passage *passages =
        arena_allocate(&document->arena, mask->region_count, sizeof *passages);
    for (size_t i = 0; i < mask->region_count; i++)
        if (mask->regions[i].kind == kind)
            passages[(*count)++].span = mask->regions[i].span;
    return passages;
}

static bool is_prose_kind(unsigned char kind) {
    return kind == BYTE_TEXT || kind == BYTE_RAW_TEXT;
}

static bool is_prose(const struct document *document, size_t at) {
    return is_prose_kind(document->kinds[at]);
}

static bool ends_blank_line(const struct document *document, size_t at) {
    const struct source *source = &document->source;
    return source->bytes.data[at] == '\n' && at &&
           isspace((unsigned char)source->bytes.data[at - 1]) &&
           slice_is_blank(source_line_text(source, source_line(source, at)));
}

enum { AT_ONCE = sizeof(uint64_t) };

/* True when the next eight bytes are of one kind, with no line end among them. */
static bool are_alike(const char *bytes, const unsigned char *kinds) {
    const uint64_t ones = 0x0101010101010101u, high_bits = ones << 7;
    uint64_t text, kind;
    memcpy(&text, bytes, AT_ONCE);
    memcpy(&kind, kinds, AT_ONCE);
    text ^= ones * '\n'; /* a line end becomes a zero byte */
    return kind == ones * *kinds && !((text - ones) & ~text & high_bits);
}

/* Behind the bytes before `end` that neither begin nor end a run: most of them. */
static size_t behind_same(const struct document *document, size_t at, size_t end, bool open) {
    const char *bytes = document->source.bytes.data;
    const unsigned char *kinds = document->kinds;
    while (at < end && is_prose_kind(kinds[at]) == open && bytes[at] != '\n') {
        size_t next = at + 1;
        if (end - at >= AT_ONCE && are_alike(bytes + at, kinds + at))
            next = at + AT_ONCE;
        else
            while (next < end && kinds[next] == kinds[at] && bytes[next] != '\n')
                next++;
        at = next;
    }
    return at;
}

/* Runs of text end where something else begins, at blank lines and where a block starts. */
static void collect_prose(struct document *document, const struct leaf_list *leaves) {
    size_t size = document->source.bytes.size, leaf = 0, capacity = 0, start = 0, next_leaf = 0;
    struct span *runs = NULL;
    bool open = false;
    for (size_t at = document->body_start; at <= size; at++) {
        at = behind_same(document, at, next_leaf, open);
        while (leaf < leaves->count && leaves->items[leaf].span.start < at)
            leaf++;
        next_leaf = leaf < leaves->count ? leaves->items[leaf].span.start : size;
        bool block_starts = leaf < leaves->count && next_leaf == at;
        bool blank_line = open && at < size && ends_blank_line(document, at);
        bool text = at < size && is_prose(document, at);
        if (open && (!text || block_starts || blank_line)) {
            if (!slice_is_blank(document_text(document, (struct span){start, at})))
                ARRAY_PUSH(runs, document->prose_count, capacity) = (struct span){start, at};
            open = false;
        }
        if (text && !open) {
            open = true;
            start = at;
        }
    }
    document->prose = arena_allocate(&document->arena, document->prose_count, sizeof *runs);
    if (document->prose_count)
        memcpy(document->prose, runs, document->prose_count * sizeof *runs);
    free(runs);
}

static void read_body(struct document *document, const struct document_options *options) {
    struct mask mask;
    struct leaf_list leaves = {0};
    struct definition_list definitions = {0};
    const char *reason = NULL;
    mask_init(&mask, document->source.bytes, document->body_start);
    document->kinds = mask.kinds;
    mask_liquid(&mask, document->body_start);
    mask_extensions(&mask, document->body_start);
    mask_elements(&mask, document->body_start);
    if (options->dollar_math)
        mask_dollar_math(&mask, document->body_start);
    mask_attribute_lists(&mask, document->body_start);
    references_mask_footnotes(&mask, document->body_start);
    references_find(&definitions, &mask, document->body_start);
    if (markdown_parse(&leaves, &document->source, &mask, &document->arena, &reason) == OK) {
        apply_indented_code(&mask, &leaves);
        sections_build(document, &leaves);
        links_locate(document, &mask, &leaves, &definitions);
    }
    document->undecided = reason;
    html_read(document, &mask);
    sort_links(document->links, document->link_count);
    sort_links(document->images, document->image_count);
    document->code = collect(document, &mask, REGION_CODE, &document->code_count);
    document->comments = collect(document, &mask, REGION_COMMENT, &document->comment_count);
    document->raw = collect(document, &mask, REGION_RAW, &document->raw_count);
    collect_prose(document, &leaves);
    free(leaves.items);
    free(definitions.items);
    mask_release(&mask);
}

bool path_is_binary(struct slice path) {
    static const char *const endings[] = {
        ".7z",  ".bz2", ".docx", ".eot",  ".exe", ".gz",  ".ipynb", ".jar", ".key",   ".m4a",
        ".mov", ".mp3", ".mp4",  ".otf",  ".pdf", ".ppt", ".pptx",  ".rar", ".tar",   ".tgz",
        ".ttf", ".wav", ".webm", ".woff", ".xls", ".xz",  ".xlsx",  ".zip", ".woff2", ".ogg"};
    return path_is_image(path) || has_ending(path, endings, COUNT_OF(endings));
}

bool document_is_utf16(struct slice bytes) {
    bool marked = slice_starts_with(bytes, "\xFF\xFE") || slice_starts_with(bytes, "\xFE\xFF");
    return marked && bytes.size > 3 && (!bytes.data[2] || !bytes.data[3]);
}

static enum document_kind kind_of(struct slice path, struct slice bytes) {
    if (path_is_markdown(path))
        return DOCUMENT_MARKDOWN;
    if (path_is_binary(path) || (bytes.size && memchr(bytes.data, '\0', bytes.size)))
        return DOCUMENT_BINARY;
    return DOCUMENT_TEXT;
}

/* All but Markdown is read with it. */
static struct document *start_document(struct slice path, struct slice bytes) {
    struct document *document = memory_allocate(1, sizeof *document);
    document->path = arena_copy(&document->arena, path);
    document->kind = kind_of(path, bytes);
    source_init(&document->source, bytes);
    if (bytes.size > DOCUMENT_MAX_SIZE && document->kind != DOCUMENT_BINARY) {
        document->undecided = "it is larger than 2 MiB";
        document->kind = DOCUMENT_TEXT;
    }
    if (document->kind == DOCUMENT_MARKDOWN && document_is_utf16(bytes))
        document->kind = DOCUMENT_BINARY;
    if (document->kind == DOCUMENT_MARKDOWN && is_lfs_pointer(bytes)) {
        document->undecided = "a Git LFS pointer: the text it stands for is not in the repository";
        document->kind = DOCUMENT_BINARY;
    }
    document->front_matter.reason = "the file is not Markdown";
    return document;
}

struct document *document_read(struct slice path, struct slice bytes,
                               const struct document_options *options) {
    struct document *document = start_document(path, bytes);
    if (document->kind != DOCUMENT_MARKDOWN)
        return document;
    document->body_start = front_matter_read(&document->front_matter, bytes, &document->arena);
    read_body(document, options);
    return document;
}

struct document *document_read_behind(struct slice path, struct slice bytes,
                                      const struct front_matter *front_matter, size_t body_start,
                                      const struct document_options *options) {
    struct document *document = start_document(path, bytes);
    if (document->kind != DOCUMENT_MARKDOWN)
        return document;
    document->front_matter = *front_matter;
    document->body_start = body_start;
    read_body(document, options);
    return document;
}

void document_free(struct document *document) {
    if (!document)
        return;
    free(document->kinds);
    source_release(&document->source);
    arena_release(&document->arena);
    free(document);
}
