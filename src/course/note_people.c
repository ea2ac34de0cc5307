#include "course/note_people.h"

#include "base/memory.h"
#include "course/first_page.h"
#include "course/person.h"

#include <stdlib.h>

static void add_all(struct note_people *people, struct slice text, bool several, struct span span) {
    struct people found = {0};
    people_add(&found, text, several, &people->arena);
    for (size_t i = 0; i < found.count; i++)
        ARRAY_PUSH(people->items, people->count, people->capacity) =
            (struct named_person){found.items[i].name, found.items[i].account, span};
    free(found.items);
}

static void add_text(struct note_people *people, const struct document *document,
                     const struct yaml_node *node, bool several) {
    add_all(people, node->text, several, document_value_span(document, node));
}

static void read_first_page(struct note_people *people, const struct document *document) {
    struct first_page page;
    first_page_read(&page, document);
    add_all(people, page.scribe_list, true, page.scribes.span);
    first_page_release(&page);
}

/* A person: a text, or what `name` says. */
static void add_entry(struct note_people *people, const struct document *document,
                      const struct yaml_node *node, bool several) {
    const struct yaml_node *name = node->kind == YAML_MAPPING ? yaml_find(node, "name") : node;
    if (name && name->kind == YAML_SCALAR && yaml_scalar_type(name) != YAML_TYPE_NULL)
        add_text(people, document, name, several);
}

void note_people_read(struct note_people *people, const struct document *document) {
    static const char *const keys[] = {"scribes", "scribe", "authors", "author"};
    *people = (struct note_people){0};
    if (document && document->kind == DOCUMENT_PDF)
        read_first_page(people, document);
    for (size_t i = 0; document && i < COUNT_OF(keys) && !people->count; i++) {
        const struct yaml_node *node = yaml_find(document->front_matter.root, keys[i]);
        if (node && node->kind == YAML_SEQUENCE)
            for (size_t k = 0; k < node->item_count; k++)
                add_entry(people, document, node->items[k], false);
        else if (node)
            add_entry(people, document, node, slice_ends_with(slice_of(keys[i]), "s"));
    }
}

void note_people_release(struct note_people *people) {
    free(people->items);
    arena_release(&people->arena);
    *people = (struct note_people){0};
}

bool person_is(struct roster_person left, struct roster_person right) {
    return (left.account.size && slice_equal_ignoring_case(left.account, right.account)) ||
           person_same_name(left.name, right.name);
}
