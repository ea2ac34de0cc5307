/*
 * The slides of the lectures, as far as they are PDFs in the repository: read together, once for a
 * side of a review, when a rule first asks for them. Any number of threads may.
 */
#ifndef RULES_DECKS_H
#define RULES_DECKS_H

#include "rules/subject.h"
#include "text/term_weights.h"

/* With fewer of them a deck, or a note, is like nothing else. */
enum { DECK_FEWEST_WORDS = 80 };

struct deck {
    const struct lecture *lecture; /* the first that links it */
    struct slice path;
    const struct document *document; /* owned by the store of the review */
    struct terms terms;
};

struct deck_list {
    struct deck *items; /* in the order of the schedule; only those with enough text */
    size_t count, capacity;
    struct term_collection collection;
};

struct decks;

/* Never NULL; reads nothing yet. */
struct decks *decks_open(void);
void decks_close(struct decks *decks);

/* All of the subject's side. It must have a course. */
const struct deck_list *decks_get(const struct subject *subject);

/* The PDF that the row of `lecture` links as its slides, when it is there and has text; or NULL. */
const struct document *deck_of_lecture(const struct subject *subject,
                                       const struct lecture *lecture);

/*
 * Calls `visit` with each title of the slides, in order, one after the other the same only once;
 * stops when it says false.
 */
void deck_visit_titles(const struct document *deck,
                       bool (*visit)(struct slice title, void *context), void *context);

#endif
