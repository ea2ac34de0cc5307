/* Names of people as they stand in cells, front matter and commits; see also roster.h. */
#ifndef COURSE_PERSON_H
#define COURSE_PERSON_H

#include "course/roster.h"

/* A growing list. `items` is released with free(), the texts with the arena they are in. */
struct people {
    struct roster_person *items;
    size_t count, capacity;
};

/*
 * Appends the people that `text` names: separated by line breaks, ";", "and", "&" or commas.
 * "Smith, Alice" is one person where `several` is false (one is expected), or where all parts are
 * written so. Addresses, brackets, numbers and "TBD" are left out; "@alice" is an account.
 */
void people_add(struct people *people, struct slice text, bool several, struct arena *arena);

/* Appends the GitHub accounts of a cell ("@alice", "https://github.com/alice"), without names. */
void people_add_accounts(struct people *people, struct slice text, struct arena *arena);

/* The same as folded_append() of a name without brackets and mail addresses. */
void person_append_folded(struct buffer *buffer, struct slice name);

/*
 * The GitHub account in a "noreply" address of GitHub ("1234+alice@users.noreply.github.com");
 * empty: it is another address.
 */
struct slice person_account_of_mail(struct slice mail);

#endif
