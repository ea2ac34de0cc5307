/* Headings of a PDF: by its outline, and by fonts. */
#include "document/pdf_parts.h"

#include "base/memory.h"
#include "document/reader.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGER      1.06 /* than the body's font: a heading, when bold */
#define MUCH        1.25 /* when it is not bold */
#define SAME_SIZE   0.4  /* points */
#define MOST_INDENT 5.0  /* behind a number, in sizes */
#define FULL        0.6  /* of the page's width: a line where the next word may have no room */
#define LINE_PITCH  1.6  /* between lines of one heading, in sizes */

enum {
    LONGEST_HEADING = 240, /* bytes */
    MOST_LINES = 4,
    FRONT_LINES = 14,
    LINES_OVER_TITLE = 3,
    DEEPEST = 6,
    MOST_STYLES = 16,
    MOST_ENTRIES = 2000, /* of the outline */
    MOST_COMPARISONS = 500 * 1000,
};

/* A heading, of one row or several. */
struct heading {
    size_t first, last; /* rows */
    size_t number_size; /* bytes of "1.2 " at its start; 0: none */
    int depth;          /* of its number: 2 of "1.2"; 0: none */
    int outlined;       /* its level in the outline; 0: it is not there */
    double size;
};

struct headings {
    const struct document *document;
    const struct pdf_rows *rows;
    struct heading *items;
    size_t count, capacity;
    const struct pdf_outline_entry *outline;
    bool *used; /* entries of the outline that stand in the text */
    size_t outline_count, found;
    size_t comparisons; /* left: a hostile file has many entries and lines on one page */
};

/* Which level a size of font means; `votes` for each. */
struct style {
    double size;
    size_t votes[DEEPEST + 1];
};

struct styles {
    struct style items[MOST_STYLES];
    size_t count;
};

static struct slice row_text(const struct document *document, const struct pdf_row *row) {
    return document_text(document, row->span);
}

/* "1.2Title", "1Title": where the blank is lost; but "3D" and "2nd" are words. */
static bool is_stuck(struct slice text, size_t at, int depth) {
    bool upper = at < text.size && isupper((unsigned char)text.data[at]);
    bool lower = at + 1 < text.size && islower((unsigned char)text.data[at + 1]);
    return upper && (depth > 1 || lower);
}

/*
 * "1 ", "1.2 ", "1.2.", "A.1 ", "IV. ": the size of the number with the blanks behind it, and how
 * many parts it has. A lone letter or Roman number counts with a point only.
 */
static size_t read_number(struct slice text, int *depth) {
    size_t at = 0, digits = 0;
    *depth = 1;
    if (text.size > 2 && isupper((unsigned char)text.data[0]) && text.data[1] == '.')
        at = 1;
    for (; at < text.size && (isdigit((unsigned char)text.data[at]) || text.data[at] == '.');
         at++) {
        bool point = text.data[at] == '.';
        bool inner = at + 1 < text.size && isdigit((unsigned char)text.data[at + 1]);
        digits = point ? 0 : digits + 1;
        *depth += point && inner;
        if (digits > 3)
            return 0;
    }
    size_t end = at;
    while (end < text.size && (isspace((unsigned char)text.data[end]) || text.data[end] == ':' ||
                               text.data[end] == ')'))
        end++;
    bool number = at && (end > at || is_stuck(text, at, *depth)) && end < text.size;
    *depth = number ? *depth : 0;
    return number ? end : 0;
}

/* True when a letter stands in it, or it is no heading: "37", "=". */
static bool has_letter(struct slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (isalpha((unsigned char)text.data[i]) || (text.data[i] & 0x80))
            return true;
    return false;
}

/* --- The front of the first page ---------------------------------------------------------------
 */

static bool names_people(struct slice text) {
    static const char *const words[] = {"lecturer", "instructor", "professor",  "scribe",
                                        "author",   "speaker",    "written by", "taught by"};
    size_t colon = slice_find(text, ":", 0);
    struct slice start = slice_part(text, 0, colon == SLICE_NOT_FOUND ? 0 : colon);
    for (size_t i = 0; i < COUNT_OF(words); i++)
        for (size_t at = 0; at + strlen(words[i]) <= start.size; at++)
            if (slice_equal_ignoring_case(slice_part(start, at, at + strlen(words[i])),
                                          slice_of(words[i])))
                return true;
    return false;
}

/* A line right below, of the same font, in the block of names. */
static bool goes_on(const struct pdf_row *row, const struct pdf_row *next) {
    return next->page == row->page && !next->begins_block && !next->bold &&
           fabs(next->size - row->size) < SAME_SIZE;
}

size_t pdf_front_end(const struct document *document, const struct pdf_rows *rows) {
    size_t end = 0;
    for (size_t i = 0; i < rows->count && i < FRONT_LINES && !rows->items[i].page; i++)
        if (names_people(row_text(document, &rows->items[i])))
            end = i + 1;
    while (end && end < rows->count && goes_on(&rows->items[end - 1], &rows->items[end]))
        end++;
    if (end || !rows->count)
        return end;
    /* A title is set in the largest font of all and has no number. */
    double largest = 0;
    int depth;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].size > largest && !rows->items[i].running)
            largest = rows->items[i].size;
    for (size_t i = 0; i < rows->count && !rows->items[i].page; i++) {
        const struct pdf_row *row = &rows->items[i];
        bool numbered = read_number(row_text(document, row), &depth) > 0;
        bool title =
            !numbered && row->size > MUCH * rows->body_size && row->size > largest - SAME_SIZE;
        if (title)
            end = i + 1;
        else if (end || numbered || i >= LINES_OVER_TITLE)
            break;
    }
    return end;
}

/* --- The outline ---------------------------------------------------------------------------- */

/* Letters and digits only: outlines have no fonts, and other quotes and dashes. */
static size_t append_plain(char *plain, size_t room, struct slice text) {
    size_t size = 0;
    for (size_t i = 0; i < text.size && size < room; i++)
        if (isalnum((unsigned char)text.data[i]))
            plain[size++] = (char)tolower((unsigned char)text.data[i]);
    return size;
}

/* "1.2 ", and the "Slide 3: " of presentations, stand in one of the two only. */
static struct slice without_number(struct slice text) {
    static const char slide[] = "Slide ";
    int depth;
    if (slice_starts_with(text, slide))
        text = slice_part(text, strlen(slide), text.size);
    return slice_part(text, read_number(text, &depth), text.size);
}

static bool same_title(struct slice left, struct slice right) {
    char one[LONGEST_HEADING], other[LONGEST_HEADING];
    size_t size = append_plain(one, sizeof(one), without_number(left));
    return size && size == append_plain(other, sizeof(other), without_number(right)) &&
           !memcmp(one, other, size);
}

/* The row with which the title of `entry` ends that begins in row `first`; the count: none. */
static size_t find_title_end(const struct headings *headings, size_t first, struct slice title) {
    const struct pdf_rows *rows = headings->rows;
    for (size_t last = first; last < rows->count && last < first + MOST_LINES; last++) {
        struct span span = {rows->items[first].span.start, rows->items[last].span.end};
        if (rows->items[last].page != rows->items[first].page)
            break;
        if (same_title(document_text(headings->document, span), title))
            return last;
    }
    return rows->count;
}

/* Makes `heading` the entry of the outline that begins in row `first`; false: none does. */
static bool find_entry(struct headings *headings, size_t first, struct heading *heading) {
    const struct pdf_row *row = &headings->rows->items[first];
    size_t number = headings->document->pages[row->page].number;
    for (size_t i = 0; i < headings->outline_count && !row->running; i++) {
        const struct pdf_outline_entry *entry = &headings->outline[i];
        if (entry->page != number || headings->used[i] || !headings->comparisons)
            continue;
        headings->comparisons--;
        size_t last = find_title_end(headings, first, entry->title);
        if (last == headings->rows->count)
            continue;
        headings->used[i] = true;
        headings->found++;
        heading->last = last;
        heading->outlined = entry->level < DEEPEST ? entry->level : DEEPEST;
        return true;
    }
    return false;
}

/* --- Candidates ---------------------------------------------------------------------------- */

/* Above it is room, or another heading. */
static bool stands_free(const struct pdf_row *row, double body) {
    return row->begins_block || row[-1].size >= LARGER * body;
}

static bool is_candidate(const struct headings *headings, const struct pdf_row *row, bool bold) {
    struct slice text = row_text(headings->document, row);
    double body = headings->rows->body_size;
    int depth;
    if (row->running || row->code || row->all_math || text.size > LONGEST_HEADING ||
        !has_letter(text))
        return false;
    if (!bold)
        return row->size >= MUCH * body;
    if (!row->bold)
        return false;
    bool numbered = read_number(text, &depth) && depth >= 2 &&
                    isdigit((unsigned char)text.data[0]) && stands_free(row, body);
    return row->size >= LARGER * body || (numbered && row->size > body - SAME_SIZE);
}

/* Below the title, right of its number: so TeX sets the second line, and nothing else. */
static bool is_indented(const struct headings *headings, const struct heading *heading,
                        const struct pdf_row *next) {
    const struct pdf_row *row = &headings->rows->items[heading->first];
    double indent = next->box.x - row->box.x;
    return heading->number_size && indent > row->size && indent < MOST_INDENT * row->size;
}

/* Titles wrap where the next word has no room, and go on below the first. */
static bool wraps(const struct headings *headings, const struct heading *heading,
                  const struct pdf_row *next) {
    const struct pdf_row *row = &headings->rows->items[heading->last];
    struct slice text = row_text(headings->document, next);
    const struct document_page *page = &headings->document->pages[row->page];
    double pitch = next->box.y + next->box.height - row->box.y - row->box.height;
    int depth;
    return heading->last - heading->first + 1 < MOST_LINES && next->page == row->page &&
           fabs(next->size - row->size) < SAME_SIZE && pitch > 0 &&
           pitch < LINE_PITCH * row->size && !read_number(text, &depth) &&
           (row->box.x + row->box.width > FULL * page->width ||
            is_indented(headings, heading, next));
}

static void find_candidates(struct headings *headings, size_t first, bool bold) {
    const struct pdf_rows *rows = headings->rows;
    for (size_t i = first; i < rows->count; i++) {
        const struct pdf_row *row = &rows->items[i];
        struct heading *last = headings->count ? &headings->items[headings->count - 1] : NULL;
        struct heading heading = {.first = i, .last = i, .size = row->size};
        bool outlined = find_entry(headings, i, &heading);
        if (!outlined && !is_candidate(headings, row, bold))
            continue;
        if (!outlined && last && !last->outlined && last->last + 1 == i &&
            wraps(headings, last, row)) {
            last->last = i;
            continue;
        }
        heading.number_size = read_number(row_text(headings->document, row), &heading.depth);
        ARRAY_PUSH(headings->items, headings->count, headings->capacity) = heading;
        i = heading.last;
    }
}

static struct span title_span(const struct headings *headings, const struct heading *heading) {
    const struct pdf_row *rows = headings->rows->items;
    struct span span = {rows[heading->first].span.start + heading->number_size,
                        rows[heading->last].span.end};
    while (span.end > span.start &&
           isspace((unsigned char)headings->document->source.bytes.data[span.end - 1]))
        span.end--;
    return span;
}

/* --- Levels --------------------------------------------------------------------------------- */

static struct style *find_style(struct styles *styles, double size) {
    for (size_t i = 0; i < styles->count; i++)
        if (fabs(styles->items[i].size - size) < SAME_SIZE)
            return &styles->items[i];
    if (styles->count == MOST_STYLES)
        return NULL;
    styles->items[styles->count] = (struct style){.size = size};
    return &styles->items[styles->count++];
}

static int most_voted(const struct style *style) {
    int best = 0;
    for (int level = 1; level <= DEEPEST; level++)
        if (style->votes[level] > style->votes[best])
            best = level;
    return style->votes[best] ? best : 0;
}

static int known_level(const struct heading *heading) {
    int level = heading->outlined ? heading->outlined : heading->depth;
    return level < DEEPEST ? level : DEEPEST;
}

static void vote(struct styles *styles, const struct headings *headings) {
    for (size_t i = 0; i < headings->count; i++) {
        struct style *style = find_style(styles, headings->items[i].size);
        if (style)
            style->votes[known_level(&headings->items[i])] += known_level(&headings->items[i]) > 0;
    }
}

/* By its number or the outline; else as others of that size, or one below the next larger one. */
static int find_level(const struct styles *styles, const struct heading *heading) {
    int level = known_level(heading);
    size_t larger = 0;
    if (level)
        return level;
    for (size_t i = 0; i < styles->count; i++) {
        const struct style *style = &styles->items[i];
        int voted = most_voted(style);
        if (fabs(style->size - heading->size) < SAME_SIZE && voted)
            return voted;
        if (style->size < heading->size + SAME_SIZE)
            continue;
        larger++;
        level = voted > level ? voted : level;
    }
    level = level ? level + 1 : (int)larger + 1;
    return level < DEEPEST ? level : DEEPEST;
}

/* Where the outline is good, a font that no entry of it has is none of headings. */
static bool is_kept(const struct styles *outlined, const struct heading *heading) {
    if (!outlined->count || heading->outlined || heading->depth)
        return true;
    for (size_t i = 0; i < outlined->count; i++)
        if (fabs(heading->size - outlined->items[i].size) < SAME_SIZE)
            return true;
    return false;
}

static void find_outlined_styles(struct styles *styles, const struct headings *headings) {
    for (size_t i = 0; i < headings->count; i++)
        if (headings->items[i].outlined)
            find_style(styles, headings->items[i].size);
}

void pdf_sections_build(struct document *document, const struct pdf_rows *rows,
                        const struct pdf_answer *answer, size_t first) {
    struct headings headings = {.document = document, .rows = rows, .outline = answer->outline};
    struct styles styles = {0}, outlined = {0};
    struct section *last = &document->root;
    size_t size = document->source.bytes.size;
    document->root.content = (struct span){document->pdf->front.end, size};
    headings.outline_count =
        answer->outline_count < MOST_ENTRIES ? answer->outline_count : MOST_ENTRIES;
    headings.comparisons = MOST_COMPARISONS;
    headings.used = memory_allocate(headings.outline_count + 1, sizeof(*headings.used));
    find_candidates(&headings, first, true);
    if (!headings.count)
        find_candidates(&headings, first, false);
    if (2 * headings.found >= headings.outline_count)
        find_outlined_styles(&outlined, &headings);
    vote(&styles, &headings);
    for (size_t i = 0; i < headings.count; i++) {
        const struct heading *heading = &headings.items[i];
        if (!is_kept(&outlined, heading))
            continue;
        struct section *section = arena_allocate(&document->arena, 1, sizeof(*section));
        section->level = find_level(&styles, heading);
        section->title = title_span(&headings, heading);
        section->heading =
            (struct span){rows->items[heading->first].span.start, section->title.end};
        section->content = (struct span){section->title.end, size};
        last = section_append(last, section, section->heading.start);
    }
    free(headings.items);
    free(headings.used);
}
