#include "rules/lecture_scribes.h"

#include "base/memory.h"

/* Each person once; an account alone makes way for the name that comes later. */
static void add(struct people *scribes, struct roster_person person, struct arena *arena) {
    struct slice name = slice_trim(person.name);
    if (!name.size && !person.account.size)
        return;
    person = (struct roster_person){arena_copy(arena, name), arena_copy(arena, person.account)};
    for (size_t i = 0; i < scribes->count; i++) {
        struct roster_person *known = &scribes->items[i];
        if (!person_is(*known, person))
            continue;
        if (!known->name.size)
            known->name = person.name;
        return;
    }
    ARRAY_PUSH(scribes->items, scribes->count, scribes->capacity) = person;
}

void scribes_add_named(struct people *scribes, const struct document *document,
                       struct arena *arena) {
    struct note_people named;
    note_people_read(&named, document);
    for (size_t i = 0; i < named.count; i++)
        add(scribes, (struct roster_person){named.items[i].name, named.items[i].account}, arena);
    note_people_release(&named);
}

void scribes_add_roster(struct people *scribes, const struct roster *roster,
                        const struct lecture *lecture, struct arena *arena) {
    const struct roster_row *row = roster ? roster_find(roster, lecture) : NULL;
    for (size_t i = 0; row && i < row->count; i++)
        add(scribes, row->people[i], arena);
}

/* "Alice Smith <alice@x.edu>" of a trailer. */
static struct roster_person co_author(struct slice text) {
    size_t open = slice_find(text, "<", 0);
    struct slice mail = open == SLICE_NOT_FOUND
                            ? (struct slice){0}
                            : slice_part(text, open + 1, slice_find(text, ">", open));
    return (struct roster_person){slice_part(text, 0, open), person_account_of_mail(mail)};
}

/* "dependabot[bot]" and its kind. */
static void add_author(struct people *scribes, struct roster_person person, struct arena *arena) {
    if (!slice_ends_with(slice_trim(person.name), "[bot]"))
        add(scribes, person, arena);
}

void scribes_add_authors(struct people *scribes, const struct submission *submission,
                         struct arena *arena) {
    for (size_t i = 0; i < submission->count; i++) {
        const struct touch *touch = submission->deliveries[i].touch;
        add_author(scribes,
                   (struct roster_person){touch->author, person_account_of_mail(touch->mail)},
                   arena);
        for (size_t k = 0; k < touch->co_author_count; k++)
            add_author(scribes, co_author(touch->co_authors[k]), arena);
    }
}

const char *scribes_source_name(enum scribes_source source) {
    static const char *const names[] = {NULL, "note", "roster", "commits"};
    return names[source];
}
