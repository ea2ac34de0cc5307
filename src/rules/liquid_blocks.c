#include "rules/liquid_blocks.h"

#include "base/memory.h"

/* Liquid itself takes no more. */
enum { DEEPEST = 100 };

/* Searches through the rest of the text that a file may ask for. */
enum { MOST_SEARCHES = 64 };

struct open_blocks {
    struct liquid_token tags[DEEPEST];
    size_t count;
    size_t searches;
};

bool liquid_is_block(struct slice name) {
    static const char *const blocks[] = {"if",      "unless", "case",    "for",       "tablerow",
                                         "capture", "raw",    "comment", "highlight", "ifchanged"};
    return slice_is_one_of(name, blocks, COUNT_OF(blocks));
}

/* `else` and its like divide some blocks only. */
static bool divides(struct slice name, struct slice block) {
    static const struct {
        const char *name, *blocks[5];
    } dividers[] = {
        {"else", {"if", "unless", "case", "for"}}, {"elsif", {"if", "unless"}}, {"when", {"case"}}};
    for (size_t i = 0; i < COUNT_OF(dividers); i++)
        for (size_t j = 0; slice_equal_string(name, dividers[i].name) && dividers[i].blocks[j]; j++)
            if (slice_equal_string(block, dividers[i].blocks[j]))
                return true;
    return false;
}

static bool is_divider(struct slice name) {
    static const char *const dividers[] = {"else", "elsif", "when"};
    return slice_is_one_of(name, dividers, COUNT_OF(dividers));
}

bool liquid_skip_foreign(struct liquid_reader *reader, struct slice name, size_t *searches) {
    struct liquid_reader ahead = *reader;
    struct liquid_token token;
    if ((*searches)++ == MOST_SEARCHES)
        return false;
    while (liquid_next(&ahead, &token))
        if (slice_starts_with(token.name, "end") &&
            slice_equal(slice_part(token.name, 3, token.name.size), name)) {
            *reader = ahead;
            break;
        }
    return true;
}

static enum liquid_blocks_state follow(struct open_blocks *open, const struct liquid_token *tag) {
    struct slice top = open->count ? open->tags[open->count - 1].name : (struct slice){NULL, 0};
    bool ends = slice_starts_with(tag->name, "end");
    struct slice name = ends ? slice_part(tag->name, 3, tag->name.size) : tag->name;
    if (is_divider(tag->name))
        return divides(tag->name, top) || slice_equal_string(top, "comment") ? LIQUID_BLOCKS_CLOSED
                                                                             : LIQUID_BLOCKS_STRAY;
    bool is_bare_end = ends && !name.size;
    if (!liquid_is_block(name) && !is_bare_end)
        return LIQUID_BLOCKS_CLOSED;
    if (!ends) {
        if (open->count == DEEPEST)
            return LIQUID_BLOCKS_TOO_DEEP;
        open->tags[open->count++] = *tag;
    } else if (open->count && slice_equal(top, name)) {
        open->count--;
    } else if (!slice_equal_string(top, "comment")) {
        return LIQUID_BLOCKS_STRAY;
    }
    return LIQUID_BLOCKS_CLOSED;
}

enum liquid_blocks_state liquid_blocks_follow(struct slice bytes, size_t start,
                                              bool (*is_known)(struct slice name),
                                              struct liquid_token *fault) {
    struct liquid_reader reader = {.bytes = bytes, .offset = start};
    struct open_blocks open = {.count = 0};
    while (liquid_next(&reader, fault)) {
        struct slice text = slice_part(bytes, fault->span.start + 2, fault->span.end);
        enum liquid_blocks_state state = LIQUID_BLOCKS_CLOSED;
        if (fault->kind == LIQUID_OPEN_RAW)
            return LIQUID_BLOCKS_OPEN;
        if (fault->kind == LIQUID_BROKEN && slice_find(text, "{%", 0) != SLICE_NOT_FOUND)
            return LIQUID_BLOCKS_CLOSED;
        if (fault->kind == LIQUID_TAG && !is_known(fault->name) &&
            !liquid_skip_foreign(&reader, fault->name, &open.searches))
            return LIQUID_BLOCKS_CLOSED;
        if (fault->kind == LIQUID_TAG)
            state = follow(&open, fault);
        if (state != LIQUID_BLOCKS_CLOSED)
            return state;
    }
    if (open.count)
        *fault = open.tags[open.count - 1];
    return open.count ? LIQUID_BLOCKS_OPEN : LIQUID_BLOCKS_CLOSED;
}
