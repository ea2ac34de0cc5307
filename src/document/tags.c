#include "document/tags.h"

#include "base/memory.h"

/* Fills Liquid in a copy of the tag, since its quotes would end the attributes'. */
bool tags_read(const struct document *document, size_t at, struct tag *tag) {
    struct slice bytes = document->source.bytes;
    char copy[TAG_USUAL_SIZE], quote = '\0';
    size_t size = 0;
    for (bool ended = false; !ended && at + size < bytes.size && size < sizeof copy; size++) {
        unsigned char kind = document->kinds[at + size];
        char byte = kind == BYTE_LIQUID ? 'x' : bytes.data[at + size];
        if (kind != BYTE_LIQUID && kind != BYTE_TAG)
            break;
        copy[size] = byte;
        ended = byte == '>' && !quote;
        if (quote)
            quote = byte == quote ? '\0' : quote;
        else if (byte == '"' || byte == '\'')
            quote = byte;
    }
    if (!tag_read((struct slice){copy, size}, 0, tag))
        return false;
    tag->name.data = bytes.data + at + (tag->name.data - copy);
    return true;
}

bool tags_next(const struct document *document, size_t *at, size_t limit, struct tag *tag,
               struct span *span) {
    while ((*at = slice_find(document->source.bytes, "<", *at)) < limit) {
        if (document->kinds[*at] == BYTE_TAG && tags_read(document, *at, tag)) {
            *span = (struct span){*at, *at + tag->end};
            *at = span->end;
            return true;
        }
        ++*at;
    }
    return false;
}

void tags_collect(struct tag_list *list, const struct document *document) {
    struct found_tag found;
    *list = (struct tag_list){0};
    for (size_t at = 0;
         tags_next(document, &at, document->source.bytes.size, &found.tag, &found.span);)
        ARRAY_PUSH(list->items, list->count, list->capacity) = found;
}
