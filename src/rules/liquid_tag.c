#include "rules/liquid_tag.h"

#include "base/memory.h"

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

static bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' ||
           (byte >= '0' && byte <= '9');
}

/* `inside` stands between "{%" and "%}"; a hyphen at either end trims white space. */
static void read_inside(struct liquid_tag *tag, struct slice inside) {
    if (slice_starts_with(inside, "-"))
        inside = slice_part(inside, 1, inside.size);
    if (slice_ends_with(inside, "-"))
        inside.size--;
    inside = slice_trim(inside);
    size_t size = 0;
    while (size < inside.size && is_name_byte(inside.data[size]))
        size++;
    tag->name = slice_part(inside, 0, size);
    tag->argument = slice_trim(slice_part(inside, size, inside.size));
}

static bool read_next(const struct document *document, size_t *offset, struct liquid_tag *tag) {
    struct slice bytes = document->source.bytes;
    size_t start = *offset;
    while ((start = slice_find(bytes, "{%", start)) != SLICE_NOT_FOUND &&
           document->kinds[start] != BYTE_LIQUID)
        start += 2;
    size_t end = start == SLICE_NOT_FOUND ? start : slice_find(bytes, "%}", start + 2);
    if (end == SLICE_NOT_FOUND)
        return false;
    read_inside(tag, slice_part(bytes, start + 2, end));
    tag->span = (struct span){start, end + 2};
    *offset = end + 2;
    return true;
}

bool liquid_tag_next(const struct document *document, size_t *offset, struct liquid_tag *tag) {
    bool found = document->kinds && read_next(document, offset, tag);
    while (found && slice_equal_string(tag->name, "comment")) {
        do
            found = read_next(document, offset, tag);
        while (found && !slice_equal_string(tag->name, "endcomment"));
        found = found && read_next(document, offset, tag);
    }
    return found;
}
