#include "rules/include_cycle.h"

#include "document/document.h"
#include "rules/liquid_tag.h"

#include <ctype.h>

/* Of files: a chain this long, and as many of them in all, are followed. */
enum { DEEPEST = 32, MOST_READ = 256 };

struct include_walk {
    const struct snapshot *snapshot;
    struct arena *arena;
    struct slice names[DEEPEST]; /* the chain */
    size_t depth, *read;
};

struct slice include_name(struct slice argument) {
    size_t end = 0;
    while (end < argument.size && !isspace((unsigned char)argument.data[end]))
        end++;
    if (slice_find(argument, "{{", 0) < end)
        end = 0;
    return slice_part(argument, 0, end);
}

static bool leads_back(struct include_walk *walk, struct slice name);

static bool follow_includes(struct include_walk *walk, struct slice text) {
    struct liquid_tag tag;
    size_t offset = 0, choices = 0;
    while (liquid_tag_next_in(text, &offset, &tag)) {
        choices += liquid_tag_opens_choice(&tag);
        choices -= choices && liquid_tag_closes_choice(&tag);
        if (!choices && slice_equal_string(tag.name, "include") &&
            leads_back(walk, include_name(tag.argument)))
            return true;
    }
    return false;
}

static bool leads_back(struct include_walk *walk, struct slice name) {
    for (size_t i = 0; i < walk->depth; i++)
        if (slice_equal(walk->names[i], name))
            return true;
    if (!name.size || walk->depth == DEEPEST || (*walk->read)++ >= MOST_READ)
        return false;
    const char *path = arena_format(walk->arena, "_includes/%.*s", SLICE_ARGUMENTS(name));
    struct buffer text = BUFFER_EMPTY;
    struct error error = ERROR_NONE;
    walk->names[walk->depth++] = name;
    int status = snapshot_read(walk->snapshot, slice_of(path), DOCUMENT_MAX_SIZE, &text, &error);
    bool found = status == OK && follow_includes(walk, buffer_slice(&text));
    walk->depth--;
    error_release(&error);
    buffer_release(&text);
    return found;
}

bool include_leads_back(const struct snapshot *snapshot, struct slice name, struct arena *arena,
                        size_t *read) {
    struct include_walk walk = {.snapshot = snapshot, .arena = arena, .read = read};
    return leads_back(&walk, name);
}
