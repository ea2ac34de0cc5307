/*
 * Where the links are. cmark says which links there are, in order, but its inline positions are
 * wrong after a link that spans lines and in some other cases. So the brackets are read once more
 * here, every construct that may be a link becomes a candidate, and cmark's list picks from them.
 */
#include "base/memory.h"
#include "document/reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST_BRACKETS = 64, LONGEST_DESTINATION = 4096, LOOK_AHEAD = 256 };

struct candidate {
    bool image;
    bool inline_form; /* has its destination with it; else a reference */
    bool spaced;      /* the destination has blanks: only kramdown takes it */
    struct span span; /* the whole construct */
    struct span text; /* between the brackets */
    struct span destination;
};

struct search {
    struct slice shadow;
    struct candidate *items;
    size_t count, capacity;
};

static bool is_escaped_pair(struct slice text, size_t at) {
    return text.data[at] == '\\' && at + 1 < text.size && ispunct((unsigned char)text.data[at + 1]);
}

static size_t skip_spaces(struct slice text, size_t at) {
    while (at < text.size && isspace((unsigned char)text.data[at]))
        at++;
    return at;
}

/* Behind a quoted title, or `at`. */
static size_t skip_title(struct slice text, size_t at) {
    char open = at < text.size ? text.data[at] : '\0';
    char close = open == '(' ? ')' : open;
    if (open != '"' && open != '\'' && open != '(')
        return at;
    for (size_t end = at + 1; end < text.size; end++) {
        if (text.data[end] == close)
            return end + 1;
        end += is_escaped_pair(text, end);
    }
    return at;
}

/* The end of a destination without blanks; its parentheses are balanced. */
static size_t bare_destination_end(struct slice text, size_t at) {
    size_t depth = 0;
    for (; at < text.size && (unsigned char)text.data[at] > ' '; at++) {
        if (text.data[at] == ')' && !depth)
            break;
        if (is_escaped_pair(text, at))
            at++;
        else if (text.data[at] == '(')
            depth++;
        else if (text.data[at] == ')')
            depth--;
    }
    return at;
}

/* kramdown: a destination may hold blanks, up to the closing parenthesis or a title. */
static size_t spaced_destination_end(struct slice text, size_t at) {
    size_t depth = 0;
    for (; at < text.size && text.data[at] != '\n'; at++) {
        if (text.data[at] == ')' && !depth)
            return at;
        if (isspace((unsigned char)text.data[at])) {
            size_t title = skip_spaces(text, at), end = skip_title(text, title);
            if (end > title && skip_spaces(text, end) < text.size &&
                text.data[skip_spaces(text, end)] == ')')
                return at;
        }
        depth += text.data[at] == '(';
        depth -= text.data[at] == ')' && depth;
    }
    return 0;
}

/* Reads `(destination "title")` at `at`; the offset behind it, or 0. */
static size_t read_inline(struct slice text, size_t at, struct candidate *candidate) {
    text = slice_part(text, 0, at + LONGEST_DESTINATION);
    size_t start = skip_spaces(text, at + 1);
    size_t end;
    if (start < text.size && text.data[start] == '<') {
        const char *close = memchr(text.data + start, '>', text.size - start);
        if (!close)
            return 0;
        candidate->destination = (struct span){start + 1, (size_t)(close - text.data)};
        end = candidate->destination.end + 1;
    } else {
        end = bare_destination_end(text, start);
        candidate->destination = (struct span){start, end};
    }
    size_t title = skip_spaces(text, end);
    size_t close = skip_spaces(text, title > end ? skip_title(text, title) : title);
    if (close < text.size && text.data[close] == ')')
        return close + 1;
    end = spaced_destination_end(text, start);
    if (!end)
        return 0;
    candidate->destination.end = end;
    candidate->spaced = true;
    title = skip_spaces(text, end);
    return skip_spaces(text, skip_title(text, title)) + 1;
}

/* Behind `[label]` at `at`, or `at`. */
static size_t skip_label(struct slice text, size_t at) {
    size_t end = at + 1;
    while (end < text.size && text.data[end] != ']' && text.data[end] != '[')
        end += 1 + is_escaped_pair(text, end);
    return end < text.size && text.data[end] == ']' ? end + 1 : at;
}

static void add_candidate(struct search *search, size_t open, size_t close, size_t end) {
    struct candidate candidate = {.text = {open + 1, close}};
    struct slice block = slice_part(search->shadow, 0, end);
    candidate.image =
        open && block.data[open - 1] == '!' && (open < 2 || block.data[open - 2] != '\\');
    candidate.span = (struct span){open - candidate.image, close + 1};
    char next = close + 1 < end ? block.data[close + 1] : '\0';
    size_t behind = next == '(' ? read_inline(block, close + 1, &candidate) : 0;
    candidate.inline_form = behind != 0;
    if (behind)
        candidate.span.end = behind;
    else if (next == '[')
        candidate.span.end = skip_label(block, close + 1);
    ARRAY_PUSH(search->items, search->count, search->capacity) = candidate;
}

static void add_autolink(struct search *search, size_t at, size_t end) {
    const char *close = memchr(search->shadow.data + at, '>', end - at);
    if (!close)
        return;
    size_t stop = (size_t)(close - search->shadow.data);
    ARRAY_PUSH(search->items, search->count, search->capacity) =
        (struct candidate){.inline_form = true,
                           .span = {at, stop + 1},
                           .text = {at + 1, stop},
                           .destination = {at + 1, stop}};
}

static int by_start(const void *left, const void *right) {
    const struct candidate *a = left, *b = right;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

static void find_candidates(struct search *search, struct span block) {
    size_t open[DEEPEST_BRACKETS], depth = 0;
    search->count = 0;
    for (size_t at = block.start; at < block.end; at++) {
        char byte = search->shadow.data[at];
        if (is_escaped_pair(search->shadow, at))
            at++;
        else if (byte == '<')
            add_autolink(search, at, block.end);
        else if (byte == '[' && depth < DEEPEST_BRACKETS)
            open[depth++] = at;
        else if (byte == ']' && depth)
            add_candidate(search, open[--depth], at, block.end);
    }
    if (search->count)
        qsort(search->items, search->count, sizeof *search->items, by_start);
}

/* The bytes of a span with backslash escapes undone. */
static struct slice unescape(struct arena *arena, struct slice text) {
    char *copy = arena_allocate(arena, text.size + 1, 1);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        i += is_escaped_pair(text, i);
        copy[size++] = text.data[i];
    }
    return (struct slice){copy, size};
}

static bool agrees(struct document *document, const struct search *search,
                   const struct candidate *candidate, const struct parsed_link *link) {
    if (candidate->image != link->image || candidate->spaced)
        return false;
    if (!candidate->inline_form)
        return true;
    struct slice written =
        slice_part(search->shadow, candidate->destination.start, candidate->destination.end);
    if (slice_equal(written, link->destination))
        return true;
    if (written.size && memchr(written.data, '&', written.size))
        return true; /* entities: cmark's value is the decoded one */
    if (slice_equal(unescape(&document->arena, written), link->destination))
        return true;
    return slice_starts_with(link->destination, "mailto:") &&
           slice_equal(slice_part(link->destination, 7, link->destination.size), written);
}

static bool holds_liquid(const struct document *document, struct span span) {
    for (size_t i = span.start; i < span.end; i++)
        if (document->kinds[i] == BYTE_LIQUID)
            return true;
    return false;
}

/* A reference takes its destination from a definition: Liquid there must be shown as written. */
static struct slice defined_destination(const struct document *document,
                                        const struct search *search, struct slice destination) {
    for (size_t at = 0; (at = slice_find(search->shadow, "]:", at)) != SLICE_NOT_FOUND; at += 2) {
        size_t start = skip_spaces(search->shadow, at + 2);
        struct span span = {start, start + destination.size};
        if (holds_liquid(document, (struct span){start, start + 1}) &&
            slice_equal(slice_part(search->shadow, span.start, span.end), destination))
            return document_text(document, span);
    }
    return destination;
}

static void add_link(struct document *document, struct mask *mask, const struct search *search,
                     const struct candidate *candidate, struct slice destination,
                     struct slice title) {
    struct link link = {.syntax = LINK_MARKDOWN, .has_place = true, .span = candidate->span};
    link.text = document_text(document, candidate->text);
    link.title = title;
    link.destination = destination;
    if (candidate->inline_form) {
        link.destination_span = candidate->destination;
        if (candidate->spaced || holds_liquid(document, candidate->destination))
            link.destination = document_text(document, candidate->destination);
        size_t from = candidate->text.end + 1 < candidate->span.end ? candidate->text.end + 1
                                                                    : candidate->span.start;
        mask_set(mask, (struct span){from, candidate->span.end}, BYTE_DESTINATION);
    } else {
        link.destination = defined_destination(document, search, destination);
    }
    document_add_link(document, candidate->image, link);
}

static void add_without_place(struct document *document, const struct leaf *leaf,
                              const struct parsed_link *parsed) {
    size_t line = source_line(&document->source, leaf->span.start);
    struct slice text = source_line_text(&document->source, line);
    struct link link = {.syntax = LINK_MARKDOWN};
    link.span = (struct span){leaf->span.start, leaf->span.start + text.size};
    /* Filler must not be taken for a destination. */
    if (!holds_liquid(document, leaf->span))
        link.destination = parsed->destination;
    document_add_link(document, parsed->image, link);
}

/* Candidates passed over are not links for CommonMark; those with blanks are links for kramdown. */
static void pass_over(struct document *document, struct mask *mask, struct search *search,
                      size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (search->items[i].spaced)
            add_link(document, mask, search, &search->items[i], (struct slice){NULL, 0},
                     (struct slice){NULL, 0});
}

static void locate_in_leaf(struct document *document, struct mask *mask, struct search *search,
                           const struct leaf *leaf) {
    find_candidates(search, leaf->span);
    size_t next = 0;
    for (size_t i = 0; i < leaf->link_count; i++) {
        size_t limit = search->count - next < LOOK_AHEAD ? search->count : next + LOOK_AHEAD;
        size_t found = next;
        while (found < limit && !agrees(document, search, &search->items[found], &leaf->links[i]))
            found++;
        if (found == limit) {
            add_without_place(document, leaf, &leaf->links[i]);
            continue;
        }
        pass_over(document, mask, search, next, found);
        add_link(document, mask, search, &search->items[found], leaf->links[i].destination,
                 leaf->links[i].title);
        next = found + 1;
    }
    pass_over(document, mask, search, next, search->count);
}

void links_locate(struct document *document, struct mask *mask, const struct leaf_list *leaves) {
    struct slice shadow = {memory_allocate(mask->bytes.size + 1, 1), mask->bytes.size};
    memcpy((char *)shadow.data, mask->shadow, shadow.size);
    struct search search = {.shadow = shadow};
    for (size_t i = 0; i < leaves->count; i++)
        if (leaves->items[i].kind != LEAF_CODE)
            locate_in_leaf(document, mask, &search, &leaves->items[i]);
    free(search.items);
    free((char *)shadow.data);
}
