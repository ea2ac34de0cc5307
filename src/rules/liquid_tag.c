#include "rules/liquid_tag.h"

#include "base/memory.h"
#include "document/liquid.h"

static const struct {
    const char *opening, *closing;
} choices[] = {{"if", "endif"},   {"unless", "endunless"},     {"case", "endcase"},
               {"for", "endfor"}, {"tablerow", "endtablerow"}, {"capture", "endcapture"}};

bool liquid_tag_opens_choice(const struct liquid_tag *tag) {
    for (size_t i = 0; i < COUNT_OF(choices); i++)
        if (slice_equal_string(tag->name, choices[i].opening))
            return true;
    return false;
}

bool liquid_tag_closes_choice(const struct liquid_tag *tag) {
    for (size_t i = 0; i < COUNT_OF(choices); i++)
        if (slice_equal_string(tag->name, choices[i].closing))
            return true;
    return false;
}

/* Comments may be nested: Liquid reads what they hide. */
bool liquid_tag_next_in(struct slice bytes, size_t *offset, struct liquid_tag *tag) {
    struct liquid_reader reader = {.bytes = bytes, .offset = *offset};
    struct liquid_token token;
    size_t comments = 0;
    while (liquid_next(&reader, &token)) {
        if (token.kind != LIQUID_TAG)
            continue;
        if (slice_equal_string(token.name, "comment")) {
            comments++;
        } else if (comments) {
            comments -= slice_equal_string(token.name, "endcomment");
        } else {
            *tag = (struct liquid_tag){token.span, token.name, token.argument};
            *offset = reader.offset;
            return true;
        }
    }
    return false;
}

bool liquid_tag_next(const struct document *document, size_t *offset, struct liquid_tag *tag) {
    if (*offset < document->body_start)
        *offset = document->body_start;
    return document->kinds && liquid_tag_next_in(document->source.bytes, offset, tag);
}
