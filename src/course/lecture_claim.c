#include "course/lecture_claim.h"

#include "base/memory.h"
#include "course/first_page.h"
#include "course/note_name.h"

#include <ctype.h>
#include <string.h>

/* A run of letters or of digits; a day is one too, whatever it is made of. */
struct word {
    struct span span;
    bool is_day, is_digits;
    long value; /* of digits */
};

enum { MOST_WORDS = 24, MOST_DIGITS = 3 };

struct words {
    struct slice text;
    struct word items[MOST_WORDS];
    size_t count;
    bool cut; /* there were more */
};

static bool is_letter(char byte) {
    return isalpha((unsigned char)byte) || (byte & 0x80);
}

static struct word read_word(struct slice text, size_t start) {
    struct word word = {.span = {start, start},
                        .is_digits = isdigit((unsigned char)text.data[start])};
    for (size_t *end = &word.span.end; *end < text.size; ++*end) {
        char byte = text.data[*end];
        if (word.is_digits ? !isdigit((unsigned char)byte) : !is_letter(byte))
            break;
        if (word.is_digits && *end - start < MOST_DIGITS)
            word.value = word.value * 10 + (byte - '0');
    }
    return word;
}

/* `day` is the place of a day in `text`; may be empty. */
static struct words read_words(struct slice text, struct span day) {
    struct words words = {.text = text};
    for (size_t at = 0; at < text.size;) {
        bool is_day = at == day.start && day.end > day.start;
        if (!is_day && !is_letter(text.data[at]) && !isdigit((unsigned char)text.data[at])) {
            at++;
            continue;
        }
        words.cut = words.count == MOST_WORDS;
        if (words.cut)
            break;
        struct word word =
            is_day ? (struct word){.span = day, .is_day = true} : read_word(text, at);
        if (!is_day && at < day.start && word.span.end > day.start)
            word.span.end = day.start; /* "scribeOct7" */
        words.items[words.count++] = word;
        at = word.span.end;
    }
    return words;
}

/* True when word `index` is one of `list`, which ends with NULL. */
static bool word_is_in(const struct words *words, size_t index, const char *const *list) {
    if (index >= words->count || words->items[index].is_digits || words->items[index].is_day)
        return false;
    struct span span = words->items[index].span;
    struct slice word = slice_part(words->text, span.start, span.end);
    for (; *list; list++)
        if (slice_equal_ignoring_case(word, slice_of(*list)))
            return true;
    return false;
}

static const char *const lecture_words[] = {"lecture", "lectures", "lec", "lect", NULL};
static const char *const week_words[] = {"week", "wk", "module", "unit", NULL};
static const char *const filler_words[] = {"lecture", "lectures", "lec",     "lect",    "note",
                                           "notes",   "scribe",   "scribes", "scribed", "class",
                                           "no",      "number",   "final",   "draft",   NULL};

static bool is_number(const struct words *words, size_t index) {
    const struct word *word = &words->items[index];
    return index < words->count && word->is_digits &&
           word->span.end - word->span.start <= MOST_DIGITS && word->value > 0;
}

/* "week-3": numbers of lectures start anew each week. */
static bool counts_by_week(const struct words *words) {
    for (size_t i = 0; i + 1 < words->count; i++)
        if (word_is_in(words, i, week_words) && is_number(words, i + 1))
            return true;
    return false;
}

/* Only words that every note's name may have, days and numbers: nothing that has another sense. */
static bool has_only_filler(const struct words *words) {
    for (size_t i = 0; i < words->count; i++) {
        bool version = words->items[i].span.end - words->items[i].span.start == 1 &&
                       tolower((unsigned char)words->text.data[words->items[i].span.start]) == 'v';
        if (!words->items[i].is_digits && !words->items[i].is_day && !version &&
            !word_is_in(words, i, filler_words) &&
            !word_is_in(words, i, (const char *const[]){"l", NULL}))
            return false;
    }
    return !words->cut;
}

static void set_number(struct lecture_claim *claim, const struct words *words, size_t first,
                       size_t last) {
    claim->number = words->items[last].value;
    claim->number_span = (struct span){words->items[first].span.start, words->items[last].span.end};
    claim->number_text = slice_part(words->text, claim->number_span.start, claim->number_span.end);
}

static void drop_number(struct lecture_claim *claim) {
    claim->number = 0;
    claim->number_span = (struct span){0, 0};
    claim->number_text = (struct slice){NULL, 0};
}

/* "Lecture 9", "lec12", "lecture-notes-05" */
static bool find_lecture_number(struct lecture_claim *claim, const struct words *words) {
    for (size_t i = 0; i < words->count; i++) {
        size_t last = i + 1;
        if (!word_is_in(words, i, lecture_words))
            continue;
        while (word_is_in(words, last, filler_words) && !word_is_in(words, last, lecture_words))
            last++;
        if (is_number(words, last)) {
            set_number(claim, words, i, last);
            return true;
        }
    }
    return false;
}

/* "L05", "L05_fft", "L5": but "l2-regularization" is about a norm. */
static bool find_letter_number(struct lecture_claim *claim, const struct words *words) {
    size_t first = words->count && words->items[0].is_day ? 1 : 0;
    if (!word_is_in(words, first, (const char *const[]){"l", NULL}) ||
        !is_number(words, first + 1) ||
        words->items[first].span.end != words->items[first + 1].span.start)
        return false;
    struct span digits = words->items[first + 1].span;
    if (digits.end - digits.start < 2 && !has_only_filler(words))
        return false;
    set_number(claim, words, first, first + 1);
    return true;
}

/* "12_scribe", "notes05": a number, or "10-07": a day, when the name has nothing else. */
static void find_bare_numbers(struct lecture_claim *claim, const struct words *words) {
    size_t first = words->count, count = 0;
    for (size_t i = 0; i < words->count; i++) {
        bool version = i && word_is_in(words, i - 1, (const char *const[]){"v", NULL});
        if (!words->items[i].is_digits || version)
            continue;
        if (!count++)
            first = i;
        else if (i != first + 1)
            return;
    }
    if (!count || count > 2 || !has_only_filler(words) || !is_number(words, first))
        return;
    if (count == 1) {
        set_number(claim, words, first, first);
        return;
    }
    const struct word *second = &words->items[first + 1];
    struct day day = {0, (unsigned)words->items[first].value, (unsigned)second->value};
    if (second->span.end - second->span.start > 2 || !day_exists(day))
        return;
    claim->day = day;
    claim->span = (struct span){words->items[first].span.start, second->span.end};
}

static struct words read_claim(struct lecture_claim *claim, struct slice text, bool numeric) {
    struct span day = {0, 0};
    if (day_find(text, numeric, &claim->day, &day))
        claim->span = day;
    struct words words = read_words(text, day);
    if (!counts_by_week(&words))
        find_lecture_number(claim, &words);
    return words;
}

/* Makes the places of a claim in `text`, a part of something, places in the whole. */
static void finish_claim(struct lecture_claim *claim, struct slice text, size_t offset) {
    if (!claim->day.month)
        claim->span = claim->number_span;
    claim->text = slice_part(text, claim->span.start, claim->span.end);
    if (claim->day.month || claim->number) {
        claim->span.start += offset;
        claim->span.end += offset;
    }
    if (claim->number) {
        claim->number_span.start += offset;
        claim->number_span.end += offset;
    }
}

static bool folder_counts_by_week(struct slice path) {
    struct words words = read_words(slice_folder(path), (struct span){0, 0});
    return counts_by_week(&words);
}

struct lecture_claim claim_of_name(struct slice path) {
    struct lecture_claim claim = {0};
    struct slice stem = note_name_read(path).stem;
    struct words words = read_claim(&claim, stem, false);
    if (folder_counts_by_week(path)) {
        drop_number(&claim);
    } else if (!claim.number && !counts_by_week(&words) && !find_letter_number(&claim, &words) &&
               !claim.day.month) {
        find_bare_numbers(&claim, &words);
    }
    finish_claim(&claim, stem, stem.size ? (size_t)(stem.data - path.data) : 0);
    return claim;
}

struct lecture_claim claim_of_folder(struct slice path) {
    struct lecture_claim claim = {0};
    for (struct slice folder = slice_folder(path); folder.size; folder = slice_folder(folder)) {
        size_t start = slice_folder(folder).size;
        start += start ? 1 : 0;
        struct slice name = slice_part(folder, start, folder.size);
        read_claim(&claim, name, false);
        if (folder_counts_by_week(path))
            drop_number(&claim);
        finish_claim(&claim, name, start);
        if (claim.day.month || claim.number)
            return claim;
        claim = (struct lecture_claim){0};
    }
    return claim;
}

/* The value of the first of `keys` that is a scalar and says something, or NULL. */
static const struct yaml_node *find_scalar(const struct document *document,
                                           const char *const *keys) {
    for (; *keys; keys++) {
        const struct yaml_node *node = yaml_find(document->front_matter.root, *keys);
        if (node && node->kind == YAML_SCALAR && !yaml_is_empty(node))
            return node;
    }
    return NULL;
}

/* "5", "05", "Lecture 5", "#5" */
static bool read_number_value(struct lecture_claim *claim, struct slice text) {
    struct words words = read_words(text, (struct span){0, 0});
    if (words.count == 1 && is_number(&words, 0))
        set_number(claim, &words, 0, 0);
    return claim->number || find_lecture_number(claim, &words);
}

static void claim_whole_value(struct lecture_claim *claim, const struct document *document,
                              const struct yaml_node *node) {
    claim->span = document_value_span(document, node);
    claim->text = node->text;
}

struct lecture_claim claim_of_front_matter(const struct document *document) {
    static const char *const day_keys[] = {"date", "lecture_date", "lecture-date", NULL};
    static const char *const number_keys[] = {
        "lecture", "number", "lecture_number", "lecture-number", "lecture_no", "lec", NULL};
    static const char *const week_keys[] = {"week", "module", "unit", NULL};
    struct lecture_claim claim = {0};
    struct span place;
    const struct yaml_node *number = find_scalar(document, number_keys);
    if (number && !find_scalar(document, week_keys) && read_number_value(&claim, number->text)) {
        claim_whole_value(&claim, document, number);
        claim.number_span = claim.span;
        claim.number_text = claim.text;
    }
    const struct yaml_node *date = find_scalar(document, day_keys);
    if (date && day_find(date->text, true, &claim.day, &place))
        claim_whole_value(&claim, document, date);
    else if (number && !claim.number && day_find(number->text, true, &claim.day, &place))
        claim_whole_value(&claim, document, number);
    return claim;
}

/* "9: …" */
static bool find_leading_number(struct lecture_claim *claim, const struct words *words) {
    if (!is_number(words, 0) || words->items[0].span.start ||
        words->items[0].span.end >= words->text.size ||
        words->text.data[words->items[0].span.end] != ':')
        return false;
    set_number(claim, words, 0, 0);
    return true;
}

/* `span` is where `text` stands; where it is written otherwise, the claim has all of it. */
static struct lecture_claim claim_of_title_text(const struct document *document, struct slice text,
                                                struct span span) {
    struct lecture_claim claim = {0};
    struct words words = read_claim(&claim, text, false);
    if (!claim.number && !counts_by_week(&words))
        find_leading_number(&claim, &words);
    finish_claim(&claim, text, span.start);
    if (!slice_equal(document_text(document, span), text)) {
        claim.span = claim.day.month || claim.number ? span : claim.span;
        claim.number_span = claim.number ? span : claim.number_span;
    }
    return claim;
}

/* A PDF has no other title than the one on its first page. */
static struct lecture_claim claim_of_first_page(const struct document *document) {
    struct first_page page;
    struct lecture_claim claim = {0};
    first_page_read(&page, document);
    if (page.number) {
        claim.number = page.number;
        claim.number_span = claim.span = page.number_span;
        claim.number_text = claim.text = document_text(document, page.number_span);
    } else if (page.title.text.size) {
        claim = claim_of_title_text(document, document_text(document, page.title.span),
                                    page.title.span);
    }
    first_page_release(&page);
    return claim;
}

struct lecture_claim claim_of_title(const struct document *document) {
    static const char *const keys[] = {"title", NULL};
    struct lecture_claim claim = {0};
    if (document->kind == DOCUMENT_PDF)
        return claim_of_first_page(document);
    const struct yaml_node *title = find_scalar(document, keys);
    if (title)
        claim = claim_of_title_text(document, title->text, document_value_span(document, title));
    const struct section *first = section_next(&document->root);
    if (!claim.day.month && !claim.number && first)
        claim = claim_of_title_text(document, document_text(document, first->title), first->title);
    return claim;
}
