#include "course/first_page.h"

#include "base/memory.h"
#include "document/pdf_model.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_LINES = 14, MOST_LABELS = 6, MOST_DIGITS = 3 };

enum label_kind { LABEL_LECTURER, LABEL_SCRIBES };

/* "Scribe(s):" on a line; what is behind it goes to the next label or the end of the line. */
struct label {
    enum label_kind kind;
    size_t start, value; /* offsets in the document: of the label, and behind it */
};

struct reading {
    struct first_page *page;
    const struct document *document;
    const struct pdf_line *label_line[2]; /* by kind: the last line that has one */
    enum label_kind last;
    bool has_label;
};

static const struct {
    const char *text;
    enum label_kind kind;
} label_words[] = {
    {"lecturers", LABEL_LECTURER},   {"lecturer(s)", LABEL_LECTURER}, {"lecturer", LABEL_LECTURER},
    {"instructors", LABEL_LECTURER}, {"instructor", LABEL_LECTURER},  {"professor", LABEL_LECTURER},
    {"taught by", LABEL_LECTURER},   {"speaker", LABEL_LECTURER},     {"scribe(s)", LABEL_SCRIBES},
    {"scribed by", LABEL_SCRIBES},   {"scribes by", LABEL_SCRIBES},   {"scribers", LABEL_SCRIBES},
    {"scribes", LABEL_SCRIBES},      {"scriber", LABEL_SCRIBES},      {"scribe", LABEL_SCRIBES},
    {"authors", LABEL_SCRIBES},      {"author(s)", LABEL_SCRIBES},    {"author", LABEL_SCRIBES},
    {"written by", LABEL_SCRIBES},
};

static struct slice all_bytes(const struct reading *reading) {
    return reading->document->source.bytes;
}

/* The label that begins at `at`, with a colon behind it. */
static bool read_label(struct label *label, struct slice line, size_t at) {
    for (size_t i = 0; i < COUNT_OF(label_words); i++) {
        size_t size = strlen(label_words[i].text), end = at + size;
        if (end >= line.size || strncasecmp(line.data + at, label_words[i].text, size) != 0)
            continue;
        while (end < line.size && isspace((unsigned char)line.data[end]))
            end++;
        if (end >= line.size || line.data[end] != ':')
            continue;
        *label = (struct label){label_words[i].kind, at, end + 1};
        return true;
    }
    return false;
}

static size_t find_labels(struct label labels[MOST_LABELS], struct slice line) {
    size_t count = 0;
    for (size_t at = 0; at < line.size && count < MOST_LABELS; at++) {
        bool word = !at || !isalnum((unsigned char)line.data[at - 1]);
        if (word && read_label(&labels[count], line, at))
            at = labels[count++].value - 1;
    }
    return count;
}

static struct span trim(struct slice bytes, struct span span) {
    while (span.start < span.end && isspace((unsigned char)bytes.data[span.start]))
        span.start++;
    while (span.end > span.start && isspace((unsigned char)bytes.data[span.end - 1]))
        span.end--;
    return span;
}

/* Adds what stands in `span`, behind what the part says already. */
static void extend_part(struct reading *reading, struct first_page_part *part, struct span span) {
    struct buffer text = BUFFER_EMPTY;
    span = trim(all_bytes(reading), span);
    if (span.end == span.start)
        return;
    buffer_append_slice(&text, part->text);
    if (text.size)
        buffer_append_byte(&text, ' ');
    buffer_append_squeezed(&text, slice_part(all_bytes(reading), span.start, span.end));
    part->span.start =
        part->text.size && part->span.start < span.start ? part->span.start : span.start;
    part->span.end = part->span.end > span.end ? part->span.end : span.end;
    part->text = arena_copy(&reading->page->arena, buffer_slice(&text));
    buffer_release(&text);
}

/* --- People ------------------------------------------------------------------------------------
 */

static struct first_page_part *part_of(struct reading *reading, enum label_kind kind) {
    return kind == LABEL_SCRIBES ? &reading->page->scribes : &reading->page->lecturer;
}

static bool has_separator(struct slice text) {
    return slice_find(text, ",", 0) != SLICE_NOT_FOUND ||
           slice_find(text, ";", 0) != SLICE_NOT_FOUND ||
           slice_find(text, "&", 0) != SLICE_NOT_FOUND ||
           slice_find(text, " and ", 0) != SLICE_NOT_FOUND;
}

/* Names that stand one below the other have no other separator than the line. */
static void extend_list(struct reading *reading, struct span span) {
    struct first_page *page = reading->page;
    struct buffer list = BUFFER_EMPTY;
    buffer_append_slice(&list, page->scribe_list);
    if (list.size)
        buffer_append_byte(&list, '\n');
    buffer_append_squeezed(&list, slice_part(all_bytes(reading), span.start, span.end));
    page->scribe_list = arena_copy(&page->arena, buffer_slice(&list));
    buffer_release(&list);
}

static void add_value(struct reading *reading, enum label_kind kind, struct span span) {
    span = trim(all_bytes(reading), span);
    if (kind == LABEL_SCRIBES && span.end > span.start)
        extend_list(reading, span);
    extend_part(reading, part_of(reading, kind), span);
}

static void read_labels(struct reading *reading, const struct pdf_line *line,
                        const struct label *labels, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < count ? labels[i + 1].start : line->span.end - line->span.start;
        struct span value = {line->span.start + labels[i].value, line->span.start + end};
        if (labels[i].kind == LABEL_SCRIBES)
            reading->page->names_scribes = true;
        else
            reading->page->names_lecturer = true;
        reading->label_line[labels[i].kind] = line;
        reading->last = labels[i].kind;
        reading->has_label = true;
        add_value(reading, labels[i].kind, value);
    }
}

static bool stands_below(const struct pdf_line *line, const struct pdf_line *above) {
    return above && line->box.x < above->box.x + above->box.width &&
           above->box.x < line->box.x + line->box.width;
}

/* A line without a label goes on with the one above it. */
static void read_continuation(struct reading *reading, const struct pdf_line *line) {
    enum label_kind kind = reading->last;
    enum label_kind other = kind == LABEL_SCRIBES ? LABEL_LECTURER : LABEL_SCRIBES;
    if (!stands_below(line, reading->label_line[kind]) &&
        stands_below(line, reading->label_line[other]))
        kind = other;
    add_value(reading, kind, line->span);
}

/* --- Course, number, title ----------------------------------------------------------------- */

static const char *const terms[] = {"fall", "autumn", "winter", "spring", "summer"};

static size_t skip_word(struct slice text, size_t at, const char *word) {
    size_t size = strlen(word);
    return text.size - at >= size && !strncasecmp(text.data + at, word, size) ? at + size : at;
}

static size_t skip_blanks(struct slice text, size_t at) {
    while (at < text.size && isspace((unsigned char)text.data[at]))
        at++;
    return at;
}

/* "Winter 2024", "Fall Quarter 2025", "Spring '24" in `text`. */
static bool find_term(struct slice text, struct span *span, int *year) {
    for (size_t at = 0; at < text.size; at++) {
        size_t end = at;
        for (size_t i = 0; i < COUNT_OF(terms) && end == at; i++)
            end = skip_word(text, at, terms[i]);
        if (end == at || (at && isalpha((unsigned char)text.data[at - 1])))
            continue;
        end = skip_blanks(text, end);
        end = skip_blanks(text, skip_word(text, end, "quarter"));
        end = skip_blanks(text, skip_word(text, end, "semester"));
        end = skip_word(text, skip_word(text, end, "'"), "\u2019");
        size_t digits = 0;
        int number = 0;
        for (; end + digits < text.size && digits < 5 &&
               isdigit((unsigned char)text.data[end + digits]);
             digits++)
            number = 10 * number + (text.data[end + digits] - '0');
        if (digits != 4 && digits != 2)
            continue;
        *span = (struct span){at, end + digits};
        *year = digits == 2 ? 2000 + number : number;
        return true;
    }
    return false;
}

/* "Adapted from Winter 2024", "based on the notes of Fall 2023": of where it comes from. */
static bool tells_origin(struct slice text, size_t term) {
    static const char *const words[] = {"from ", "based on", "after "};
    for (size_t at = 0; at < term; at++)
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (skip_word(text, at, words[i]) > at &&
                (!at || !isalpha((unsigned char)text.data[at - 1])))
                return true;
    return false;
}

/* "ABC 101", "ABC-101A" at the start. */
static bool begins_with_course_code(struct slice text) {
    size_t letters = 0;
    while (letters < text.size && isupper((unsigned char)text.data[letters]))
        letters++;
    size_t at = letters;
    if (at < text.size && (text.data[at] == ' ' || text.data[at] == '-'))
        at++;
    size_t digits = at;
    while (digits < text.size && isdigit((unsigned char)text.data[digits]))
        digits++;
    return letters >= 2 && letters <= 6 && digits - at >= 2 && digits - at <= 4;
}

static bool read_course(struct reading *reading, struct span span) {
    struct slice text = slice_part(all_bytes(reading), span.start, span.end);
    struct span term;
    int year;
    bool has_term = find_term(text, &term, &year);
    if (has_term && tells_origin(text, term.start))
        return true;
    if (!has_term && (reading->page->course.text.data || !begins_with_course_code(text)))
        return false;
    if (has_term) {
        reading->page->term = (struct first_page_part){0};
        extend_part(reading, &reading->page->term,
                    (struct span){span.start + term.start, span.start + term.end});
        reading->page->year = year;
    }
    bool only_term = has_term && term.end - term.start == text.size;
    if (!only_term)
        extend_part(reading, &reading->page->course, span);
    return true;
}

/* A line that is a date, and little else: "Oct 9, 2025", "Date: 10/9". */
static bool read_day(struct reading *reading, struct span span) {
    struct slice text = slice_part(all_bytes(reading), span.start, span.end);
    struct span place;
    struct day day;
    if (!day_find(text, true, &day, &place) || place.end - place.start + 12 < text.size)
        return false;
    reading->page->day = day;
    return true;
}

static size_t read_digits(struct slice text, size_t at, long *number) {
    size_t end = at;
    *number = 0;
    while (end < text.size && isdigit((unsigned char)text.data[end]) && end - at < MOST_DIGITS)
        *number = 10 * *number + (text.data[end++] - '0');
    return end < text.size && isdigit((unsigned char)text.data[end]) ? at : end;
}

/* Behind "Lecture 4: ", "4: ", "Lecture #4 - "; `span.start` where there is no number. */
static size_t read_number(struct reading *reading, struct span span) {
    static const char *const words[] = {"lecture notes", "lecture", "lec.", "lec"};
    struct slice text = slice_part(all_bytes(reading), span.start, span.end);
    size_t word = 0;
    long number;
    for (size_t i = 0; i < COUNT_OF(words) && !word; i++)
        word = skip_word(text, 0, words[i]);
    size_t at = skip_blanks(text, skip_word(text, skip_blanks(text, word), "#"));
    size_t end = read_digits(text, at, &number), behind = skip_blanks(text, end);
    static const char *const signs[] = {":", "\u2013", "\u2014", "-", ".", "|"};
    size_t sign = behind;
    for (size_t i = 0; i < COUNT_OF(signs) && sign == behind; i++)
        sign = skip_word(text, behind, signs[i]);
    /* "3 Ways to …" and "2-phase commit" begin with no number of a lecture. */
    bool point = sign > behind && (text.data[behind] == ':' || sign >= text.size ||
                                   isspace((unsigned char)text.data[sign]));
    if (end == at || !number || !(word ? point || behind == text.size || behind > end : point))
        return span.start;
    reading->page->number = number;
    reading->page->number_span = (struct span){span.start + (word ? 0 : at), span.start + end};
    return span.start + (point ? sign : behind);
}

static void read_title_line(struct reading *reading, struct span span) {
    if (!reading->page->number)
        span.start = read_number(reading, span);
    extend_part(reading, &reading->page->title, span);
}

/* --- The page ----------------------------------------------------------------------------- */

static void read_line(struct reading *reading, const struct pdf_line *line) {
    struct label labels[MOST_LABELS];
    struct span span = trim(all_bytes(reading), line->span);
    size_t count = find_labels(labels, document_text(reading->document, line->span));
    if (count)
        read_labels(reading, line, labels, count);
    else if (reading->has_label)
        read_continuation(reading, line);
    else if (span.end > span.start && !read_course(reading, span) && !read_day(reading, span))
        read_title_line(reading, span);
}

void first_page_read(struct first_page *page, const struct document *document) {
    struct reading reading = {.page = page, .document = document};
    *page = (struct first_page){0};
    const struct document_pdf *pdf = document ? document->pdf : NULL;
    for (size_t i = 0; pdf && i < pdf->line_count && i < MOST_LINES; i++) {
        const struct pdf_line *line = &pdf->lines[i];
        if (line->span.start >= pdf->front.end || line->page != 1)
            break;
        if (!line->running)
            read_line(&reading, line);
    }
    if (has_separator(page->scribes.text))
        page->scribe_list = page->scribes.text;
}

void first_page_release(struct first_page *page) {
    arena_release(&page->arena);
    *page = (struct first_page){0};
}
