#include "rules/decks.h"

#include "base/memory.h"
#include "document/pdf_reader.h"
#include "rules/review.h"

#include <pthread.h>
#include <stdlib.h>

enum { SIDES = 2 };

struct decks {
    pthread_mutex_t lock;
    bool is_read[SIDES];
    struct deck_list lists[SIDES];
};

struct decks *decks_open(void) {
    struct decks *decks = memory_allocate(1, sizeof(*decks));
    pthread_mutex_init(&decks->lock, NULL);
    return decks;
}

void decks_close(struct decks *decks) {
    if (!decks)
        return;
    for (size_t side = 0; side < SIDES; side++) {
        struct deck_list *list = &decks->lists[side];
        for (size_t i = 0; i < list->count; i++)
            terms_release(&list->items[i].terms);
        free(list->items);
        term_collection_release(&list->collection);
    }
    pthread_mutex_destroy(&decks->lock);
    free(decks);
}

const struct document *deck_of_lecture(const struct subject *subject,
                                       const struct lecture *lecture) {
    const struct lecture_link *slides = lecture_find_link(lecture, LINK_SLIDES);
    const char *reason;
    if (!slides || !slides->path.size || !path_is_pdf(slides->path))
        return NULL;
    const struct document *deck =
        pdf_store_get(subject->review->pdfs, subject->snapshot, slides->path, &reason);
    return deck && deck->pdf->outcome == PDF_READ && deck->page_count ? deck : NULL;
}

static bool is_listed(const struct deck_list *list, struct slice path) {
    for (size_t i = 0; i < list->count; i++)
        if (slice_equal(list->items[i].path, path))
            return true;
    return false;
}

static void read_all(struct deck_list *list, const struct subject *subject) {
    const struct schedule *schedule = subject->course->schedule;
    for (const struct lecture *at = schedule_next(schedule, 0); at;
         at = schedule_next(schedule, at->index + 1)) {
        const struct lecture_link *slides = lecture_find_link(at, LINK_SLIDES);
        if (!slides || is_listed(list, slides->path))
            continue;
        struct deck deck = {.lecture = at, .path = slides->path};
        deck.document = deck_of_lecture(subject, at);
        if (!deck.document)
            continue;
        terms_add(&deck.terms, deck.document->source.bytes);
        terms_finish(&deck.terms);
        if (deck.terms.words < DECK_FEWEST_WORDS) {
            terms_release(&deck.terms);
            continue;
        }
        term_collection_add(&list->collection, &deck.terms);
        ARRAY_PUSH(list->items, list->count, list->capacity) = deck;
    }
    term_collection_finish(&list->collection);
}

const struct deck_list *decks_get(const struct subject *subject) {
    struct decks *decks = subject->review->decks;
    size_t side = subject->side == SIDE_BASE ? 1 : 0;
    pthread_mutex_lock(&decks->lock);
    if (!decks->is_read[side])
        read_all(&decks->lists[side], subject);
    decks->is_read[side] = true;
    pthread_mutex_unlock(&decks->lock);
    return &decks->lists[side];
}

/* --- Titles --------------------------------------------------------------------------------- */

/* The lines of the largest font in the upper quarter of each page. */
#define TITLE_ROOM 0.25
#define SAME_SIZE  0.6 /* points */

static bool may_be_title(const struct document *deck, const struct pdf_line *line, double height) {
    struct slice text = document_text(deck, line->span);
    return !slice_is_blank(text) && line->box.y < TITLE_ROOM * height;
}

/* Appends the title of the page whose lines are from `first` up to `end`. */
static void append_title(struct buffer *title, const struct document *deck, size_t first,
                         size_t end) {
    const struct pdf_line *lines = deck->pdf->lines;
    const struct document_page *page = pdf_page_find(deck, lines[first].page);
    double height = page ? page->height : 0, largest = 0;
    for (size_t i = first; i < end; i++)
        if (may_be_title(deck, &lines[i], height) && lines[i].size > largest)
            largest = lines[i].size;
    for (size_t i = first; i < end; i++) {
        if (!may_be_title(deck, &lines[i], height) || lines[i].size < largest - SAME_SIZE)
            continue;
        if (title->size)
            buffer_append_byte(title, ' ');
        buffer_append_slice(title, slice_trim(document_text(deck, lines[i].span)));
    }
}

void deck_visit_titles(const struct document *deck,
                       bool (*visit)(struct slice title, void *context), void *context) {
    const struct document_pdf *pdf = deck->pdf;
    struct buffer last = BUFFER_EMPTY, title = BUFFER_EMPTY;
    bool more = true;
    for (size_t first = 0, end; first < pdf->line_count && more; first = end) {
        for (end = first; end < pdf->line_count && pdf->lines[end].page == pdf->lines[first].page;)
            end++;
        buffer_clear(&title);
        append_title(&title, deck, first, end);
        if (!title.size || slice_equal(buffer_slice(&title), buffer_slice(&last)))
            continue;
        more = visit(buffer_slice(&title), context);
        buffer_clear(&last);
        buffer_append_slice(&last, buffer_slice(&title));
    }
    buffer_release(&title);
    buffer_release(&last);
}
