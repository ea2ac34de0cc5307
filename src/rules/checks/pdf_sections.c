/*
 * The sections of a PDF note. Two teams, or two drafts, put together leave the same section twice;
 * headings with numbers typed by hand get out of order.
 */
#include "base/memory.h"
#include "document/pdf_model.h"
#include "rules/check.h"
#include "text/folded.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum problem { PROBLEM_TWICE, PROBLEM_ORDER };

static const char *const problem_names[] = {"twice", "order", NULL};

struct pdf_sections_parameters {
    int finds;
};

static const struct field parameters[] = {
    {"finds", FIELD_CHOICE, true, offsetof(struct pdf_sections_parameters, finds), problem_names},
    {0}};

static const char *const places[] = {"other", "page", NULL};

enum { MOST_WORDS = 16, MOST_SECTIONS = 400, MOST_PARTS = 4 };

struct title {
    const struct section *section;
    struct slice words[MOST_WORDS]; /* folded; no joints, no plural */
    size_t count;
    bool compares; /* "A vs. B" is "B vs. A", but "A to B" is not "B to A" */
    struct buffer folded;
};

static bool is_joint(struct slice word) {
    static const char *const words[] = {"a",    "an",     "and", "as",   "at", "by", "for",
                                        "from", "in",     "is",  "of",   "on", "or", "the",
                                        "to",   "versus", "vs",  "with", "s"};
    return slice_is_one_of(word, words, COUNT_OF(words));
}

static int order_words(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

static bool is_number(struct slice word) {
    for (size_t i = 0; i < word.size; i++)
        if (!isdigit((unsigned char)word.data[i]))
            return false;
    return true;
}

/* "1.2" before a title is its number; "File Systems" and "The file system" are the same. */
static void read_title(struct title *title, const struct document *document,
                       const struct section *section) {
    size_t at = 0;
    *title = (struct title){.section = section, .folded = BUFFER_EMPTY};
    folded_append(&title->folded, document_text(document, section->title));
    for (struct slice word; (word = folded_next_word(buffer_slice(&title->folded), &at)).size;) {
        title->compares =
            title->compares || slice_equal_string(word, "vs") || slice_equal_string(word, "versus");
        if (is_joint(word) || (!title->count && is_number(word)) || title->count == MOST_WORDS)
            continue;
        if (word.size > 3 && word.data[word.size - 1] == 's' && word.data[word.size - 2] != 's')
            word.size--;
        title->words[title->count++] = word;
    }
    if (title->compares)
        qsort(title->words, title->count, sizeof(*title->words), order_words);
}

static bool same_words(const struct title *left, const struct title *right) {
    if (left->count != right->count || !left->count)
        return false;
    for (size_t i = 0; i < left->count; i++)
        if (!slice_equal(left->words[i], right->words[i]))
            return false;
    return true;
}

/* "Examples" and "Overview" stand in every part; a title of two words more says what it is about.
 */
static bool is_repeated(const struct title *first, const struct title *second) {
    enum { TELLING = 3 };
    return same_words(first, second) &&
           (first->section->parent == second->section->parent || first->count >= TELLING);
}

/* "(cont.)" and "Part 2" say that it goes on. */
static bool goes_on(const struct document *document, const struct title *title) {
    static const char *const words[] = {"continued", "cont", "contd", "again", "revisited"};
    struct slice text = document_text(document, title->section->title);
    struct buffer folded = BUFFER_EMPTY;
    size_t at = 0;
    bool found = false;
    folded_append(&folded, text);
    for (struct slice word; (word = folded_next_word(buffer_slice(&folded), &at)).size;)
        found = found || slice_is_one_of(word, words, COUNT_OF(words));
    buffer_release(&folded);
    return found;
}

static void report(const struct rule *rule, const struct subject *subject,
                   const struct section *section, const struct section *other) {
    const struct document *document = subject->document;
    struct buffer page = BUFFER_EMPTY;
    buffer_append_format(&page, "%zu", document_page_number(document, other->heading.start));
    struct place named[] = {{"other", document_text(document, other->title)},
                            {"page", buffer_slice(&page)}};
    subject_report(subject, rule, section->heading, document_text(document, section->title), named,
                   COUNT_OF(named));
    buffer_release(&page);
}

static void check_twice(const struct rule *rule, const struct subject *subject) {
    const struct document *document = subject->document;
    struct title *titles = memory_allocate(MOST_SECTIONS, sizeof(*titles));
    size_t count = 0;
    for (const struct section *at = section_next(&document->root); at && count < MOST_SECTIONS;
         at = section_next(at))
        read_title(&titles[count++], document, at);
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (is_repeated(&titles[k], &titles[i]) && !goes_on(document, &titles[i])) {
                report(rule, subject, titles[i].section, titles[k].section);
                break;
            }
    for (size_t i = 0; i < count; i++)
        buffer_release(&titles[i].folded);
    free(titles);
}

/* --- Numbers -------------------------------------------------------------------------------- */

struct number {
    long parts[MOST_PARTS];
    size_t count; /* 0: the heading has none */
};

/* "2.1 Caches", "3. Caches". */
static struct number read_number(struct slice heading) {
    struct number number = {0};
    size_t at = 0;
    while (at < heading.size && isdigit((unsigned char)heading.data[at]) &&
           number.count < MOST_PARTS) {
        long value = 0;
        size_t digits = 0;
        for (; at < heading.size && isdigit((unsigned char)heading.data[at]) && digits < 3;
             at++, digits++)
            value = 10 * value + (heading.data[at] - '0');
        number.parts[number.count++] = value;
        if (at < heading.size && heading.data[at] == '.')
            at++;
    }
    bool apart = at < heading.size && isspace((unsigned char)heading.data[at]);
    return apart ? number : (struct number){0};
}

/* <0: `left` comes first. */
static int compare(const struct number *left, const struct number *right) {
    for (size_t i = 0; i < left->count && i < right->count; i++)
        if (left->parts[i] != right->parts[i])
            return left->parts[i] < right->parts[i] ? -1 : 1;
    return (left->count > right->count) - (left->count < right->count);
}

/* Parts of a note may be counted anew: only a number that is there already, or a step back within
 * one part, is out of order. */
static void check_order(const struct rule *rule, const struct subject *subject) {
    const struct document *document = subject->document;
    const struct section *last = NULL;
    struct number before = {0};
    for (const struct section *at = section_next(&document->root); at; at = section_next(at)) {
        struct number number = read_number(document_text(document, at->heading));
        bool restarts = number.count == 1 && number.parts[0] == 1;
        if (!number.count)
            continue;
        if (last && !restarts && compare(&number, &before) <= 0)
            report(rule, subject, at, last);
        last = at;
        before = number;
    }
}

static void run(const struct rule *rule, struct subject *subject) {
    const struct pdf_sections_parameters *own = rule->parameters;
    const struct document *document = subject->document;
    if (!document->pdf || document->pdf->outcome != PDF_READ || pdf_is_slides(document))
        return;
    if (own->finds == PROBLEM_TWICE)
        check_twice(rule, subject);
    else
        check_order(rule, subject);
}

const struct check check_pdf_sections = {.name = "pdf-sections",
                                         .parameters = parameters,
                                         .parameters_size = sizeof(struct pdf_sections_parameters),
                                         .places = places,
                                         .needs_document = true,
                                         .run = run};
