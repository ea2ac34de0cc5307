/* Text that stands in the course's template and was left in a note. */
#include "base/memory.h"
#include "rules/check.h"
#include "rules/precedent.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>

struct template_parameters {
    int scope;
    struct text_list keys; /* front matter: the keys compared */
};

enum template_scope { SCOPE_FRONT_MATTER, SCOPE_PROSE };

static const char *const scope_names[] = {"front-matter", "prose", NULL};

static const struct field parameters[] = {
    {"scope", FIELD_CHOICE, true, offsetof(struct template_parameters, scope), scope_names},
    {"keys", FIELD_TEXTS, false, offsetof(struct template_parameters, keys), NULL},
    {0}};

static const char *const places[] = {"key", "template", "more", NULL};

enum {
    SHORTEST_PROSE = 24, /* shorter runs repeat by chance ("Here is an example:") */
    MOST_LINES = 5,      /* named behind the first */
};

static int prepare(struct rule *rule, struct yaml_file *file, const struct yaml_node *entry,
                   struct error *error) {
    const struct template_parameters *own = rule->parameters;
    if ((own->scope == SCOPE_FRONT_MATTER) == (own->keys.count > 0))
        return OK;
    return yaml_file_error(file, entry, error,
                           "check \"template-text\" takes \"keys\" with scope \"front-matter\"");
}

static void report(const struct rule *rule, const struct subject *subject, struct span span,
                   struct slice text, struct slice key) {
    struct place named[] = {
        {"key", key}, {"template", subject->template_document->path}, {"more", slice_of("")}};
    subject_report(subject, rule, span, text, named, COUNT_OF(named));
}

static bool holds_value(const struct yaml_node *node, struct slice text) {
    if (!node)
        return false;
    if (node->kind == YAML_SCALAR)
        return slice_equal(slice_trim(node->text), text);
    for (size_t i = 0; i < node->item_count; i++)
        if (holds_value(node->items[i], text))
            return true;
    for (size_t i = 0; i < node->pair_count && i < 1; i++)
        if (holds_value(node->pairs[i].value, text))
            return true;
    return false;
}

/* Of things in a list only what names them is compared: "url: #" is right in many. */
static void compare_value(const struct rule *rule, const struct subject *subject,
                          const struct yaml_node *node, const struct yaml_node *model,
                          struct slice key) {
    if (node->kind == YAML_SCALAR) {
        struct slice text = slice_trim(node->text);
        if (text.size && holds_value(model, text))
            report(rule, subject, document_value_span(subject->document, node), text, key);
        return;
    }
    for (size_t i = 0; i < node->item_count; i++)
        compare_value(rule, subject, node->items[i], model, key);
    if (node->pair_count)
        compare_value(rule, subject, node->pairs[0].value, model, key);
}

static void compare_front_matter(const struct rule *rule, const struct subject *subject) {
    const struct template_parameters *own = rule->parameters;
    for (size_t i = 0; i < own->keys.count; i++) {
        const char *key = own->keys.items[i].data;
        const struct yaml_node *value = yaml_find(subject->document->front_matter.root, key);
        const struct yaml_node *model =
            yaml_find(subject->template_document->front_matter.root, key);
        if (value && model)
            compare_value(rule, subject, value, model, own->keys.items[i]);
    }
}

/* Equality with white space folded. */
static bool same_words(struct slice left, struct slice right) {
    size_t i = 0, k = 0;
    while (i < left.size && k < right.size) {
        bool blank = isspace((unsigned char)left.data[i]);
        if (blank != (bool)isspace((unsigned char)right.data[k]))
            return false;
        if (!blank && left.data[i] != right.data[k])
            return false;
        i++, k++;
        while (blank && i < left.size && isspace((unsigned char)left.data[i]))
            i++;
        while (blank && k < right.size && isspace((unsigned char)right.data[k]))
            k++;
    }
    return i == left.size && k == right.size;
}

static struct span trim(const struct document *document, struct span span) {
    struct slice text = document_text(document, span), trimmed = slice_trim(text);
    span.start += trimmed.size ? (size_t)(trimmed.data - text.data) : 0;
    return (struct span){span.start, span.start + trimmed.size};
}

/* The pieces of a document, trimmed once: each is compared with all of another one. */
struct piece_list {
    struct slice *items;
    size_t count;
};

static struct piece_list list_pieces(const struct document *document) {
    struct piece_list list = {memory_allocate(document->prose_count, sizeof *list.items), 0};
    for (size_t i = 0; i < document->prose_count; i++) {
        struct slice text = slice_trim(document_text(document, document->prose[i]));
        if (text.size)
            list.items[list.count++] = text;
    }
    return list;
}

static bool is_among(struct slice text, const struct piece_list *pieces) {
    for (size_t i = 0; text.size >= SHORTEST_PROSE && i < pieces->count; i++)
        if (*pieces->items[i].data == *text.data && same_words(text, pieces->items[i]))
            return true;
    return false;
}

/* Where else than at the first place. */
struct other_lines {
    struct buffer numbers; /* ", 34, 40" */
    size_t last, count;
};

static void add_line(struct other_lines *others, size_t line) {
    if (line == others->last)
        return;
    others->last = line;
    if (++others->count <= MOST_LINES)
        buffer_append_format(&others->numbers, ", %zu", line);
}

static struct slice describe_lines(struct arena *arena, const struct other_lines *others) {
    const char *numbers = buffer_string(&others->numbers), *lines = others->count == 1 ? "" : "s";
    if (!others->count)
        return slice_of("");
    if (others->count <= MOST_LINES)
        return slice_of(arena_format(arena, "; also in line%s %s", lines, numbers + 2));
    return slice_of(arena_format(arena, "; also in lines %s and %zu more", numbers + 2,
                                 others->count - MOST_LINES));
}

/* A piece of the note that stands in the template. */
struct left_piece {
    struct span span;
    size_t keepers; /* how many other notes have it, too */
};

struct left_list {
    const struct document *document;
    struct left_piece *items;
    size_t count, capacity;
};

static void count_keepers(const struct document *note, void *context) {
    const struct left_list *left = context;
    struct piece_list pieces = list_pieces(note);
    for (size_t i = 0; i < left->count; i++)
        left->items[i].keepers +=
            is_among(document_text(left->document, left->items[i].span), &pieces);
    free(pieces.items);
}

/* What most other notes keep, too, the course wants there. */
static void drop_kept(struct left_list *left, const struct subject *subject) {
    enum { FEWEST_NOTES = 3 }; /* fewer may all have forgotten to delete it */
    size_t seen = left->count ? precedent_look(subject, count_keepers, left) : 0, kept = 0;
    for (size_t i = 0; i < left->count; i++)
        if (seen < FEWEST_NOTES || left->items[i].keepers * 2 <= seen)
            left->items[kept++] = left->items[i];
    left->count = kept;
}

/* Told once for a file: a note just begun is all template. */
static void report_left(const struct rule *rule, const struct subject *subject,
                        const struct left_list *left) {
    const struct document *document = left->document;
    struct other_lines others = {.last = source_line(&document->source, left->items->span.start)};
    for (size_t i = 1; i < left->count; i++)
        add_line(&others, source_line(&document->source, left->items[i].span.start));
    struct slice model = subject->template_document->path;
    struct place named[] = {{"value", document_text(document, left->items->span)},
                            {"template", model},
                            {"more", describe_lines(&subject->findings->arena, &others)}};
    subject_report(subject, rule, left->items->span, model, named, COUNT_OF(named));
    buffer_release(&others.numbers);
}

static void compare_prose(const struct rule *rule, const struct subject *subject) {
    const struct document *document = subject->document;
    struct left_list left = {.document = document};
    struct piece_list model = list_pieces(subject->template_document);
    for (size_t i = 0; i < document->prose_count; i++) {
        struct span span = trim(document, document->prose[i]);
        if (is_among(document_text(document, span), &model))
            ARRAY_PUSH(left.items, left.count, left.capacity) = (struct left_piece){.span = span};
    }
    free(model.items);
    drop_kept(&left, subject);
    if (left.count)
        report_left(rule, subject, &left);
    free(left.items);
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct template_parameters *own = rule->parameters;
    if (!subject->template_document || subject->document->kind != DOCUMENT_MARKDOWN)
        return;
    if (own->scope == SCOPE_FRONT_MATTER)
        compare_front_matter(rule, subject);
    else
        compare_prose(rule, subject);
}

const struct check check_template_text = {.name = "template-text",
                                          .parameters = parameters,
                                          .parameters_size = sizeof(struct template_parameters),
                                          .places = places,
                                          .needs_document = true,
                                          .prepare = prepare,
                                          .run = run};
