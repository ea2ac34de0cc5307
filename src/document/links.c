/*
 * Where the links are. cmark says which links there are, in order, but its inline positions are
 * wrong after a link that spans lines and in some other cases. So the brackets are read once more,
 * every construct that may be a link becomes a candidate, and cmark's list picks from them.
 */
#include "base/memory.h"
#include "document/brackets.h"
#include "document/reader.h"

#include <stdlib.h>
#include <string.h>

/* Candidates that are tried for one link; keeps a block of brackets from going quadratic. */
enum { LOOK_AHEAD = 1024 };

struct search {
    struct document *document;
    struct mask *mask;
    struct candidate_list candidates;
};

/* Something there was masked, so what cmark has of it is filler. */
static bool holds_filler(const struct search *search, struct span span) {
    const struct candidate_list *list = &search->candidates;
    return !slice_equal(slice_part(list->bytes, span.start, span.end),
                        slice_part(list->shadow, span.start, span.end));
}

static struct slice written_destination(const struct search *search, struct span span) {
    struct slice text = document_text(search->document, span);
    bool pointed = slice_starts_with(text, "<") && slice_ends_with(text, ">");
    return pointed ? slice_part(text, 1, text.size - 1) : text;
}

/* Equal once the backslash escapes in `written` are undone. */
static bool equal_unescaped(struct slice written, struct slice text) {
    size_t size = 0;
    for (size_t i = 0; i < written.size; i++) {
        i += is_escaped_pair(written, i);
        if (size == text.size || written.data[i] != text.data[size++])
            return false;
    }
    return size == text.size;
}

/* What cmark has under the name of a reference need not be what its definition here says. */
static bool is_doubtful(const struct search *search, const struct candidate *candidate) {
    size_t start = (size_t)(candidate->label.data - search->candidates.bytes.data);
    return candidate->definition->repeated ||
           holds_filler(search, (struct span){start, start + candidate->label.size});
}

static bool agrees(const struct search *search, const struct candidate *candidate,
                   const struct parsed_link *link) {
    const struct definition *definition = candidate->definition;
    if (candidate->image != link->image)
        return false;
    if (definition && is_doubtful(search, candidate))
        return true;
    if (candidate->spaced)
        return false;
    struct span span = definition ? definition->destination : candidate->destination;
    struct slice written = slice_part(search->candidates.shadow, span.start, span.end);
    if (definition && !written.size)
        return true; /* the destination stands on the next line */
    if (slice_equal(written, link->destination) || equal_unescaped(written, link->destination))
        return true;
    if (written.size && memchr(written.data, '&', written.size))
        return true; /* entities: cmark's value is the decoded one */
    return slice_starts_with(link->destination, "mailto:") &&
           slice_equal(slice_part(link->destination, 7, link->destination.size), written);
}

static void add_link(struct search *search, const struct candidate *candidate,
                     const struct parsed_link *parsed) {
    struct document *document = search->document;
    struct link link = {.syntax = LINK_MARKDOWN, .has_place = true, .span = candidate->span};
    link.text = document_text(document, candidate->text);
    if (parsed) {
        link.title = parsed->title;
        link.destination = parsed->destination;
    }
    struct span destination =
        candidate->definition ? candidate->definition->destination : candidate->destination;
    bool doubtful = candidate->definition && is_doubtful(search, candidate);
    if (!parsed || doubtful || holds_filler(search, destination))
        link.destination = written_destination(search, destination);
    if (candidate->inline_form)
        link.destination_span = candidate->destination;
    /* An autolink is all destination; of other links the text between the brackets is left. */
    bool autolink = document->source.bytes.data[candidate->span.start] == '<';
    size_t text_start = autolink ? candidate->span.end : candidate->text.start;
    size_t text_end = autolink ? candidate->span.end : candidate->text.end;
    mask_set(search->mask, (struct span){candidate->span.start, text_start}, BYTE_DESTINATION);
    mask_set(search->mask, (struct span){text_end, candidate->span.end}, BYTE_DESTINATION);
    document_add_link(document, candidate->image, link);
}

static void add_without_place(const struct search *search, const struct leaf *leaf,
                              const struct parsed_link *parsed) {
    struct document *document = search->document;
    size_t line = source_line(&document->source, leaf->span.start);
    struct slice text = source_line_text(&document->source, line);
    struct link link = {.syntax = LINK_MARKDOWN};
    link.span.start = leaf->span.start; /* behind a BOM */
    link.span.end = source_line_start(&document->source, line) + text.size;
    /* Filler must not be taken for a destination. */
    if (!holds_filler(search, leaf->span))
        link.destination = parsed->destination;
    document_add_link(document, parsed->image, link);
}

/* Candidates passed over are not links for CommonMark; those with blanks are links for kramdown. */
static void pass_over(struct search *search, size_t from, size_t to) {
    for (size_t i = from; i < to; i++)
        if (search->candidates.items[i].spaced)
            add_link(search, &search->candidates.items[i], NULL);
}

static void locate_in_leaf(struct search *search, const struct leaf *leaf) {
    const struct candidate_list *candidates = &search->candidates;
    brackets_find(&search->candidates, leaf->span);
    size_t next = 0;
    for (size_t i = 0; i < leaf->link_count; i++) {
        bool many = candidates->count - next > LOOK_AHEAD;
        size_t limit = many ? next + LOOK_AHEAD : candidates->count, found = next;
        while (found < limit && !agrees(search, &candidates->items[found], &leaf->links[i]))
            found++;
        if (found == limit) {
            add_without_place(search, leaf, &leaf->links[i]);
            continue;
        }
        pass_over(search, next, found);
        add_link(search, &candidates->items[found], &leaf->links[i]);
        next = found + 1;
    }
    pass_over(search, next, candidates->count);
}

void links_locate(struct document *document, struct mask *mask, const struct leaf_list *leaves,
                  const struct definition_list *definitions) {
    size_t size = mask->bytes.size;
    char *shadow = memory_allocate(size + 1, 1);
    memcpy(shadow, mask->shadow, size);
    struct search search = {.document = document, .mask = mask};
    search.candidates = (struct candidate_list){.bytes = mask->bytes,
                                                .shadow = {shadow, size},
                                                .kinds = mask->kinds,
                                                .definitions = definitions};
    for (size_t i = 0; i < leaves->count; i++)
        if (leaves->items[i].kind != LEAF_CODE)
            locate_in_leaf(&search, &leaves->items[i]);
    brackets_release(&search.candidates);
    free(shadow);
}
