/* The people of a template's front matter, replaced in the form in which it has them. */
#include "base/memory.h"
#include "course/skeleton_parts.h"
#include "course/skeleton_value.h"

#include <stdlib.h>
#include <string.h>

void skeleton_replace(struct replacements *edits, struct span span, struct slice text) {
    ARRAY_PUSH(edits->items, edits->count, edits->capacity) =
        (struct replacement){span, arena_copy(&edits->arena, text)};
}

void skeleton_replace_scalar(struct replacements *edits, const struct yaml_node *node,
                             struct slice text) {
    struct slice bytes = edits->document->source.bytes;
    struct slice old = slice_part(bytes, node->span.start, node->span.end);
    struct buffer value = BUFFER_EMPTY;
    if (node->span.start && bytes.data[node->span.start - 1] == ':')
        buffer_append_byte(&value, ' ');
    buffer_append_slice(&value, text);
    if (slice_ends_with(old, "\n"))
        buffer_append_byte(&value, '\n');
    skeleton_replace(edits, node->span, buffer_slice(&value));
    buffer_release(&value);
}

static const struct yaml_node *name_node(const struct yaml_node *item) {
    return item->kind == YAML_MAPPING ? yaml_find(item, "name") : item;
}

static size_t line_start(struct slice bytes, size_t at) {
    while (at && bytes.data[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_end(struct slice bytes, size_t at) {
    size_t end = at && bytes.data[at - 1] == '\n' ? at - 1 : slice_find(bytes, "\n", at);
    return end == SLICE_NOT_FOUND ? bytes.size : end + 1;
}

/* A list as it is written: a dash before each entry, or brackets around all of them. */
struct written_list {
    const struct yaml_node *node;
    struct slice bytes;
    bool flow;
};

/* What of the source is the entry: whole lines, or what stands between two commas. */
static struct span entry_span(const struct written_list *list, size_t index) {
    struct span span = list->node->items[index]->span;
    if (list->flow)
        return span;
    bool last = index + 1 == list->node->item_count;
    return (struct span){line_start(list->bytes, span.start),
                         last ? line_end(list->bytes, span.end)
                              : line_start(list->bytes, list->node->items[index + 1]->span.start)};
}

/* The name of an entry must be a scalar that stands in the entry itself. */
static bool is_understood(const struct written_list *list, size_t index) {
    struct span entry = entry_span(list, index);
    const struct yaml_node *name = name_node(list->node->items[index]);
    if (!name || name->kind != YAML_SCALAR || name->span.start < entry.start ||
        name->span.end > entry.end)
        return false;
    if (list->flow)
        return true;
    struct slice line = slice_part(list->bytes, entry.start, list->node->items[index]->span.start);
    return slice_equal_string(slice_trim(line), "-");
}

static bool read_list(struct written_list *list, const struct replacements *edits,
                      const struct yaml_node *node) {
    *list = (struct written_list){node, edits->document->source.bytes, false};
    list->flow = node->item_count && list->bytes.data[node->span.start] == '[';
    for (size_t i = 0; i < node->item_count; i++)
        if (!is_understood(list, i))
            return false;
    return node->item_count > 0;
}

static bool is_one_of(const struct yaml_node *item, const struct roster_person *person) {
    struct slice name = name_node(item)->text;
    return person_same_name(name, person->name) || person_maybe_same_name(name, person->name);
}

/* The entry with another name; what else it says about the person it was is dropped. */
static void append_entry(struct buffer *text, const struct written_list *list, size_t index,
                         const struct roster_person *person, bool forget) {
    const struct yaml_node *item = list->node->items[index], *name = name_node(item);
    struct span entry = entry_span(list, index);
    size_t at = entry.start;
    for (size_t i = 0; i < (item->kind == YAML_MAPPING ? item->pair_count : 1); i++) {
        const struct yaml_node *value = item->kind == YAML_MAPPING ? item->pairs[i].value : item;
        bool link = value != name && forget && value->kind == YAML_SCALAR;
        if ((value != name && !link) || value->span.start < at || value->span.end > entry.end)
            continue;
        buffer_append_slice(text, slice_part(list->bytes, at, value->span.start));
        if (link)
            buffer_append_string(text, value->span.end > value->span.start ? "\"#\"" : "");
        else if (list->bytes.data[value->span.start ? value->span.start - 1 : 0] == ':')
            buffer_append_byte(text, ' ');
        if (!link)
            skeleton_append_scalar(text, skeleton_person_name(person));
        at = value->span.end;
    }
    buffer_append_slice(text, slice_part(list->bytes, at, entry.end));
    if (!list->flow && !slice_ends_with(buffer_slice(text), "\n"))
        buffer_append_byte(text, '\n');
}

static void append_kept(struct buffer *text, const struct written_list *list, size_t index) {
    struct span entry = entry_span(list, index);
    buffer_append_slice(text, slice_part(list->bytes, entry.start, entry.end));
}

/* The entry that is the person already, or SLICE_NOT_FOUND. */
static size_t find_entry(const struct written_list *list, const struct roster_person *person) {
    for (size_t i = 0; i < list->node->item_count; i++)
        if (is_one_of(list->node->items[i], person))
            return i;
    return SLICE_NOT_FOUND;
}

static void replace_list(struct replacements *edits, const struct written_list *list,
                         const struct people *people, bool keep) {
    struct buffer text = BUFFER_EMPTY;
    size_t last = list->node->item_count - 1;
    for (size_t i = 0; i < people->count; i++) {
        size_t kept = keep ? find_entry(list, &people->items[i]) : SLICE_NOT_FOUND;
        buffer_append_string(&text, list->flow && i ? ", " : "");
        if (kept != SLICE_NOT_FOUND)
            append_kept(&text, list, kept);
        else
            append_entry(&text, list, i < last ? i : last, &people->items[i], keep);
    }
    struct span all = {entry_span(list, 0).start, entry_span(list, last).end};
    skeleton_replace(edits, all, buffer_slice(&text));
    buffer_release(&text);
}

void skeleton_replace_people(struct replacements *edits, const struct yaml_node *node,
                             const struct people *people, bool keep) {
    struct written_list list;
    if (node->kind == YAML_SEQUENCE) {
        if (read_list(&list, edits, node))
            replace_list(edits, &list, people, keep);
        return;
    }
    const struct yaml_node *name = name_node(node);
    if (!name || name->kind != YAML_SCALAR)
        return;
    if (keep && people->count == 1 && name->text.size && is_one_of(node, &people->items[0]))
        return;
    struct buffer names = BUFFER_EMPTY;
    skeleton_append_names(&names, people);
    skeleton_replace_scalar(edits, name, buffer_slice(&names));
    buffer_release(&names);
}
